import { describe, expect, it, vi } from 'vitest';
import { dateText, type Language, momentText, numberText } from '../../source/locale/format.ts';

describe('a day', () => {
  it.each<[Language, string, string]>([
    ['en', '2026-12-20', '20 Dec 2026'],
    ['en', '2035-01-01', '01 Jan 2035'],
    ['en', '2028-02-29', '29 Feb 2028'],
    ['zh-TW', '2026-12-20', '2026/12/20'],
    ['zh-TW', '2035-01-01', '2035/01/01'],
    ['zh-TW', '2028-02-29', '2028/02/29'],
  ])('in %s, %s is %s', (language, day, wanted) => {
    expect(dateText(language, day)).toBe(wanted);
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-1-1',
    '20261220',
    '2026-12-20T17:00Z',
  ])('%j is none, and stays as it is', (day) => {
    expect(dateText('en', day)).toBe(day);
    expect(dateText('zh-TW', day)).toBe(day);
  });
});

describe('a moment', () => {
  it.each<[Language, string, string]>([
    ['en', '2026-12-20 17:00', '20 Dec 2026 17:00'],
    ['en', '2026-12-20 00:00', '20 Dec 2026 00:00'],
    ['en', '2026-12-20', '20 Dec 2026'],
    ['zh-TW', '2026-12-20 17:00', '2026/12/20 17:00'],
    ['zh-TW', '2026-12-20 00:00', '2026/12/20 00:00'],
    ['zh-TW', '2026-12-20', '2026/12/20'],
    ['en', '', ''],
    ['zh-TW', 'soon', 'soon'],
  ])('in %s, %s is %s', (language, moment, wanted) => {
    expect(momentText(language, moment)).toBe(wanted);
  });
});

describe('a number', () => {
  it.each<[number, string]>([
    [0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [1204, '1,204'],
    [5_000_000, '5,000,000'],
    [-1204, '-1,204'],
    [0.5, '0.5'],
    [1204.5, '1,204.5'],
  ])('%d is %s in both languages', (value, wanted) => {
    expect(numberText('en', value)).toBe(wanted);
    expect(numberText('zh-TW', value)).toBe(wanted);
  });
});

it('days are those of UTC, wherever the machine is', () => {
  vi.stubEnv('TZ', 'Pacific/Honolulu');
  expect(dateText('en', '2026-12-20')).toBe('20 Dec 2026');
  expect(dateText('zh-TW', '2026-12-20')).toBe('2026/12/20');
  vi.unstubAllEnvs();
});
