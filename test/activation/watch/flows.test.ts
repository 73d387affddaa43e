import { describe, expect, it } from 'vitest';
import { watchedFlow } from '../../../source/activation/watch/of-listed.ts';
import { standstillOf } from '../../../source/activation/watch/standstill.ts';
import { usualLimits } from '../../../source/activation/watch/watched.ts';
import { watchFlow } from '../../../source/activation/watch/watch.ts';
import { listedFlow } from '../../../source/flow-service/flows.ts';
import { at, daily, failedAt, flowOf, hourMs, look, minuteMs, runOf, segmentOf } from './watching.ts';

describe('a dataflow', () => {
  it.each<[string, Parameters<typeof look>[0], string[]]>([
    ['without segments', { at: '14:00', flow: { segments: [] } }, ['idle:8256cfb4 noSegments']],
    [
      'whose schedules have ended',
      { at: '14:00', segment: { schedule: { ...daily, endDate: '2026-11-20' } } },
      ['idle:8256cfb4 over'],
    ],
    [
      'that exported for the once it should',
      {
        at: '14:00',
        segment: { schedule: { ...daily, frequency: 'ONCE', startDate: '2026-11-26' } },
        runs: [runOf('12:01')],
      },
      ['idle:8256cfb4 over'],
    ],
    [
      'that is about to',
      { at: '12:10', segment: { schedule: { ...daily, frequency: 'ONCE', startDate: '2026-11-26' } } },
      [],
    ],
    ['that is paused, without segments', { at: '14:00', flow: { segments: [], state: 'disabled' } }, []],
    [
      'whose frequency nobody knows',
      { at: '14:00', segment: { schedule: { ...daily, frequency: 'WEEKLY' } } },
      [],
    ],
  ])('%s', (_, one, told) => {
    expect(look(one).findings.map(({ id, why }) => `${id} ${why ?? ''}`)).toEqual(told);
  });

  it('tells since when it fails, how often in a row, and why', () => {
    const days = ['2026-11-23 12:10', '2026-11-24 12:10', '2026-11-25 12:10'];
    const runs = [runOf('2026-11-22 12:01'), ...days.map(failedAt), failedAt('12:11')];
    const { findings } = look({ at: '15:00', from: '2026-11-20 00:00', runs });
    expect(findings).toMatchObject([
      {
        id: 'failed:8256cfb4:9f7d37fd',
        severity: 'wrong',
        inARow: 4,
        sinceMs: at('2026-11-23 12:10'),
        code: 'ACTIVATION_BATCH-0000-FAILED',
        message: 'Job aborted.',
      },
    ]);
  });

  it('tells how long a slow run takes otherwise, never of one that ends before it begins', () => {
    const [strange, usual] = ['2026-11-24 12:01', '2026-11-25 12:01'].map((began) => runOf(began));
    const runs = [
      { ...runOf('2026-11-24 12:01'), ...strange, endedMs: at('2026-11-24 11:00') },
      { ...runOf('2026-11-25 12:01'), ...usual },
    ];
    const slow = runOf('12:02', { state: 'running' });
    expect(look({ at: '15:00', runs: [...runs, slow] }).findings).toMatchObject([
      { kind: 'slow', severity: 'look', usualMs: 10 * minuteMs, overMs: 178 * minuteMs, run: slow.id },
    ]);
  });

  it('that could not be looked at is unknown, unless it is paused', () => {
    const unread = { kind: 'unread' as const, why: 'refused' as const, atMs: at('14:00') };
    expect(watchFlow(flowOf(), unread, usualLimits).findings).toMatchObject([
      { id: 'unknown:8256cfb4', severity: 'unknown', why: 'refused' },
    ]);
    expect(watchFlow(flowOf({ state: 'disabled' }), unread, usualLimits).findings).toEqual([]);
  });

  it('of which a segment cannot be read is unknown in part, and never idle', () => {
    const { findings } = look({ at: '14:00', flow: { segments: [], unreadSegments: 1 } });
    expect(findings).toMatchObject([{ kind: 'unknown', why: 'segments' }]);
  });

  it('of a list is watched with what it says of itself', () => {
    const listed = listedFlow.parse({
      id: flowOf().id,
      state: 'ENABLED',
      lastOperation: { operation: 'Enable', started: at('10:00'), updated: at('10:01') },
      transformations: [
        {
          params: {
            segmentSelectors: {
              selectors: [
                {
                  value: {
                    id: 'a',
                    exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
                    schedule: daily,
                    createTime: '1795600000',
                  },
                },
                { value: 'of another kind' },
              ],
            },
          },
        },
      ],
    });
    expect(watchedFlow(listed, at('09:00'))).toMatchObject({
      name: flowOf().id,
      state: 'enabled',
      enabledMs: at('10:01'),
      unreadSegments: 1,
      segments: [{ id: 'a', isIncremental: true, schedule: daily, mappedMs: 1_795_600_000_000 }],
    });
    expect(watchedFlow(listed, at('11:00')).enabledMs).toBe(at('11:00'));
    const paused = { ...listed, lastOperation: { operation: 'disable', startedMs: 1, updatedMs: 2 } };
    expect(watchedFlow(paused).enabledMs).toBeUndefined();
  });

  it('says its next export, and how many segments still have one', () => {
    const over = segmentOf({ id: 'over', schedule: { ...daily, endDate: '2026-11-20' } });
    const soon = segmentOf({ id: 'soon', schedule: { ...daily, startTime: '15:00' } });
    const watch = look({ at: '14:00', flow: { segments: [segmentOf(), over, soon] } });
    expect([watch.livingSegments, watch.nextMs]).toEqual([2, at('15:00')]);
    expect(look({ at: '14:00', flow: { state: 'disabled' } }).nextMs).toBeUndefined();
  });
});

describe('that everything stands still', () => {
  const flows = (late: number, good: number, slotHour = 12) => [
    ...Array.from({ length: late }, () => look({ at: '14:00', segment: slotAt(slotHour) })),
    ...Array.from({ length: good }, () =>
      look({ at: '14:00', segment: slotAt(slotHour), runs: [runOf(at('12:00') + (slotHour - 12) * hourMs)] }),
    ),
  ];
  const slotAt = (hour: number) => ({ schedule: { ...daily, startTime: `${hour}:00` } });
  const sinceOf = (late: number, good: number, hour?: number) =>
    standstillOf(flows(late, good, hour), at('14:00'), usualLimits.graceMs);
  it.each<[number, number, number | undefined, boolean]>([
    [3, 0, 12, true],
    [3, 2, 12, true],
    [3, 3, 12, false],
    [2, 0, 12, false],
    // It is over: who looked then said so.
    [3, 0, 11, false],
    // Not late yet.
    [0, 0, 13, false],
  ])('%d late beside %d good, of %d:00', (late, good, hour, is) => {
    expect(sinceOf(late, good, hour) !== undefined).toBe(is);
  });
  it('is one finding with the same id, since its earliest slot', () => {
    expect(sinceOf(4, 1)).toEqual({ id: 'standstill:2026-11-26T12', late: 4, due: 5, sinceMs: at('12:00') });
  });
});
