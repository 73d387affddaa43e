import { describe, expect, it } from 'vitest';
import { planChange } from '../../source/activation/change/changes.ts';
import type { Schedule } from '../../source/activation/content/schedule.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { textsOf } from '../../source/locale/texts.ts';
import { zhTW } from '../../source/locale/zh-TW.ts';
import { nextExports } from '../../source/pages/ending/next-exports.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const [first, second] = tutorialPlan.segments;
if (!first || !second) throw new Error('two segments are needed');
const chinese = textsOf(zhTW, 'zh-TW');
const nowMs = Date.parse('2026-12-24T10:30:00Z');
const daily: Schedule = { frequency: 'DAILY', startDate: '2026-12-01', startTime: '06:00' };

/** What is said of two segments that go from one schedule to another each. */
const said = (pairs: readonly (readonly [Schedule, Schedule])[], zone = 'UTC', text = english): string[] => {
  const plan = (side: 0 | 1): Plan => ({
    ...tutorialPlan,
    segments: pairs.map((pair, at) => ({
      ...second,
      id: `${at}${second.id.slice(1)}`,
      name: `S${at}`,
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: pair[side],
    })),
  });
  return nextExports(planChange(plan(0), plan(1)).schedules, text, { nowMs, zone });
};

describe('another schedule', () => {
  it.each<[string, Schedule, string]>([
    [
      'another hour',
      { ...daily, startTime: '18:00' },
      '24 Dec 2026 18:00 UTC, 25 Dec 2026 18:00 UTC, 26 Dec 2026 18:00 UTC',
    ],
    ['an end', { ...daily, endDate: '2026-12-26' }, '25 Dec 2026 06:00 UTC'],
    [
      'every week',
      { ...daily, frequency: 'WEEKLY' },
      '29 Dec 2026 06:00 UTC, 05 Jan 2027 06:00 UTC, 12 Jan 2027 06:00 UTC',
    ],
    [
      'every month, also where it has no such day',
      { ...daily, frequency: 'MONTHLY', startDate: '2026-12-31' },
      '31 Dec 2026 06:00 UTC, 31 Jan 2027 06:00 UTC, 28 Feb 2027 06:00 UTC',
    ],
    ['a frequency that nobody knows', { ...daily, frequency: 'HOURLY' as never }, 'not known'],
    ['a trigger that nobody knows', { ...daily, triggerType: 'ON_CALL' as never }, 'not known'],
    ['no hour', { ...daily, startTime: undefined }, 'not known'],
    ['another form of a day', { ...daily, startDate: '2026-12-01T00:00:00Z' }, 'not known'],
    ['an empty end', { ...daily, endDate: 'null' }, 'not known'],
    ['words for nothing', { frequency: 'null' as never, startDate: 'null', startTime: 'null' }, 'not known'],
    [
      'a frequency that nobody knows, with each evaluation',
      { ...daily, frequency: 'HOURLY' as never, triggerType: 'AFTER_SEGMENT_EVAL' },
      'not known',
    ],
    ['one that has been', { ...daily, frequency: 'ONCE' }, 'none'],
    [
      'the evaluation',
      { frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '2026-12-01' },
      'with each evaluation from 24 Dec 2026',
    ],
  ])('tells the next three exports before and after: %s', (_, after, wanted) => {
    const before = '25 Dec 2026 06:00 UTC, 26 Dec 2026 06:00 UTC, 27 Dec 2026 06:00 UTC';
    expect(said([[daily, after]])).toEqual([`> next exports of "S0": before ${before}; then ${wanted}`]);
  });

  it('is told on the clocks of the place too, and once for those that go alike', () => {
    const later = { ...daily, startTime: '23:00', endDate: '2026-12-26' };
    const ended = { ...daily, endDate: '2026-12-24' };
    const [one, ...others] = said(Array(5).fill([ended, later]), 'Europe/Berlin');
    expect(one).toBe(
      '> next exports of "S0", "S1", "S2" and 2 more: before none; ' +
        'then 24 Dec 2026 23:00 UTC (25 Dec 2026 00:00), 25 Dec 2026 23:00 UTC (26 Dec 2026 00:00)',
    );
    expect(others).toEqual([]);
  });

  it('is said in Chinese with Chinese quotes', () => {
    const pairs = Array(5).fill([daily, { ...daily, startTime: '18:00' }]) as [Schedule, Schedule][];
    expect(said(pairs.slice(0, 1), 'UTC', chinese)[0]).toMatch(/^> 「S0」的下次匯出：變更前 /);
    expect(said(pairs, 'UTC', chinese)[0]).toMatch(
      /^> 「S0」、「S1」、「S2」等（另有 2 個）的下次匯出：變更前 /,
    );
  });

  it('is nothing where only the file is another one', () => {
    const other = { ...first, filenameTemplate: '%DESTINATION_NAME%' };
    const plan = { ...tutorialPlan, segments: [other, second] };
    expect(planChange(tutorialPlan, plan).schedules).toEqual([]);
  });
});
