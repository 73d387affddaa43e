import { expect, it } from 'vitest';
import { daysSince, startOfDay } from '../../source/activation/content/local-time.ts';

const now = Date.parse('2026-11-26T10:00:00Z');

it.each([
  ['UTC', '2026-11-26T00:00:00Z', 0],
  ['UTC', '2026-11-25T23:59:00Z', 1],
  ['UTC', '2026-11-25T16:00:00Z', 1],
  ['UTC', '2026-11-24T23:00:00Z', 2],
  ['Asia/Taipei', '2026-11-25T16:00:00Z', 0],
  ['Asia/Taipei', '2026-11-25T15:59:00Z', 1],
  ['America/New_York', '2026-11-26T04:00:00Z', 1],
  ['UTC', '2026-11-26T12:00:00Z', 0],
])('in %s a moment at %s was %d midnights ago', (zone, at, days) => {
  expect(daysSince(Date.parse(at), startOfDay(now, zone))).toBe(days);
});

it('begins a day at its midnight where the clocks were changed in it', () => {
  const start = startOfDay(Date.parse('2026-03-29T12:00:00Z'), 'Europe/Berlin');
  expect(new Date(start).toISOString()).toBe('2026-03-28T23:00:00.000Z');
});
