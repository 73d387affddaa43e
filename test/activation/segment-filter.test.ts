import { describe, expect, it } from 'vitest';
import {
  filterSegments,
  isFilterOpen,
  originsOf,
  type SegmentFilter,
} from '../../source/activation/content/segment-filter.ts';
import { segment } from '../../source/flow-service/segments.ts';

const nowMs = Date.parse('2026-12-01T00:00:00Z');
const dayMs = 86_400_000;
const made = (id: string, days: number, more: object = {}) =>
  segment.parse({
    id,
    name: id,
    creationTime: nowMs - 400 * dayMs,
    updateTime: nowMs - days * dayMs,
    ...more,
  });

const batch = { evaluationInfo: { batch: { enabled: true } } };
const streaming = { evaluationInfo: { continuous: { enabled: true } } };
const all = [
  made('c', 3, { ...batch, originName: 'REAL_TIME_CUSTOMER_PROFILE' }),
  made('a10', 40, { ...streaming, originName: 'CUSTOM_UPLOAD' }),
  made('a9', 0.5, { ...batch, originName: 'CUSTOM_UPLOAD' }),
  segment.parse({ id: 'x' }),
];

describe('filterSegments', () => {
  it.each<[string, SegmentFilter, string[]]>([
    ['nothing asked', {}, ['c', 'a10', 'a9', 'x']],
    ['by evaluation', { evaluation: 'batch' }, ['c', 'a9']],
    ['by origin', { origin: 'CUSTOM_UPLOAD' }, ['a10', 'a9']],
    ['by last change', { withinDays: 7 }, ['c', 'a9']],
    ['by all of them', { evaluation: 'batch', origin: 'CUSTOM_UPLOAD', withinDays: 1 }, ['a9']],
    ['last changed first', { order: 'changed' }, ['a9', 'c', 'a10', 'x']],
    ['by name, numbers as numbers', { order: 'name' }, ['a9', 'a10', 'c', 'x']],
  ])('%s', (_, filter, wanted) => {
    expect(filterSegments(all, filter, nowMs).map(({ id }) => id)).toEqual(wanted);
  });

  it('costs nothing when it asks for nothing', () => {
    expect(filterSegments(all, {}, nowMs)).toBe(all);
  });

  it.each<[SegmentFilter, boolean]>([
    [{}, true],
    [{ order: 'name' }, true],
    [{ evaluation: 'batch' }, false],
    [{ origin: 'CUSTOM_UPLOAD' }, false],
    [{ withinDays: 1 }, false],
  ])('lets all through by %j: %s', (filter, wanted) => {
    expect(isFilterOpen(filter)).toBe(wanted);
  });

  it('takes a change that is just as old as is asked for', () => {
    expect(filterSegments(all, { withinDays: 3 }, nowMs).map(({ id }) => id)).toEqual(['c', 'a9']);
  });

  it('offers the origins that there are', () => {
    expect(originsOf(all)).toEqual(['CUSTOM_UPLOAD', 'REAL_TIME_CUSTOMER_PROFILE']);
  });
});
