import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentExports } from '../../../source/activation/watch/absent.ts';
import { usualLimits, type WatchedFlow } from '../../../source/activation/watch/watched.ts';
import { meeting } from '../../helpers/some.ts';
import {
  at,
  dayMs,
  daily,
  failedAt,
  flowOf,
  hourMs,
  type Look,
  look,
  minuteMs,
  runOf,
  segmentOf,
} from './watching.ts';

/** What is missing of a dataflow since the beginning of its day before: state and hour. */
function missing(
  { flow, segment, runs = [], asked = [], isWhole = true, ...one }: Look,
  sinceMs = at('2026-11-25 00:00'),
): string[] {
  const atMs = typeof one.at === 'number' ? one.at : at(one.at);
  const watched: WatchedFlow = flowOf({ segments: [segmentOf(segment)], ...flow });
  const reading = { fromMs: atMs - 3 * dayMs, atMs, isWhole };
  const onDemand = new Set(asked.map(({ id }) => id));
  return absentExports(
    watched,
    { kind: 'read', runs: [...runs, ...asked], reading },
    usualLimits,
    sinceMs,
    onDemand,
  ).map(
    ({ state, slotMs, segments }) =>
      `${state} ${new Date(slotMs).toISOString().slice(5, 13)} ${segments.length}`,
  );
}
const yesterday = runOf('2026-11-25 12:01');

describe('an export without a run', () => {
  it.each<[string, Look, string[]]>([
    ['is due within its grace', { at: '12:59', runs: [yesterday] }, ['due 11-26T12 1']],
    ['is late from then on', { at: '13:00', runs: [yesterday] }, ['late 11-26T12 1']],
    ['is missed once the next is due', { at: '12:30' }, ['missed 11-25T12 1', 'due 11-26T12 1']],
    ['is history where a later one was good', { at: '14:00', runs: [runOf('12:10')] }, ['missed 11-25T12 1']],
    ['is none where a run failed', { at: '14:00', runs: [yesterday, failedAt('12:10')] }, []],
    [
      'is none while the former lasts',
      { at: '14:00', runs: [runOf('12:20', { state: 'running' }), yesterday] },
      [],
    ],
    ['is mended by one that was asked for', { at: '15:30', runs: [yesterday], asked: [runOf('15:10')] }, []],
    ['is not claimed beyond what was read', { at: '14:00', isWhole: false }, []],
    ['is not expected of what is paused', { at: '14:00', flow: { state: 'disabled' } }, []],
    [
      'is not judged before its schedule was changed',
      { at: '14:00', segment: { changedMs: at('11:30') } },
      [],
    ],
    [
      'is the first where it was mapped lately',
      { at: '14:00', segment: { mappedMs: at('10:00'), changedMs: at('10:00') } },
      ['first 11-26T12 1'],
    ],
    [
      'is not told where a run may be the one',
      {
        at: '14:00',
        flow: { segments: [segmentOf(), segmentOf({ id: 'other' })] },
        runs: [yesterday, runOf('12:10', { segments: [] })],
      },
      ['missed 11-25T12 1'],
    ],
  ])('%s', (_, one, wanted) => {
    expect(missing(one)).toEqual(wanted);
  });

  it('is one row with the others of its dataflow and hour', () => {
    const segments = ['one', 'two', 'three'].map((id) => segmentOf({ id }));
    const ran = runOf('12:10', { segments: [{ id: 'two' }] });
    expect(missing({ at: '14:00', flow: { segments }, runs: [ran] }, at('08:00'))).toEqual([
      'late 11-26T12 2',
    ]);
  });

  it('is none where nothing could be read', () => {
    const unread = { kind: 'unread' as const, why: 'refused' as const, atMs: at('14:00') };
    expect(absentExports(flowOf(), unread, usualLimits, 0)).toEqual([]);
  });

  it('is told of the latest one by the rule of the status', () => {
    const drawn = fc.record({
      at: fc.integer({ min: at('2026-11-26 00:00'), max: at('2026-11-27 00:00') }),
      frequency: fc.constantFrom('DAILY', 'EVERY_3_HOURS', 'EVERY_12_HOURS'),
      runs: fc.array(
        fc.record({
          beganMs: fc.integer({ min: at('2026-11-24 00:00'), max: at('2026-11-27 00:00') }),
          state: fc.constantFrom('good' as const, 'failed' as const, 'running' as const),
          minutes: fc.nat(200),
        }),
        { maxLength: 5 },
      ),
    });
    meeting(['late', 'due', 'none'], (meet) =>
      fc.assert(
        fc.property(drawn, (one) => {
          const runs = one.runs
            .filter(({ beganMs }) => beganMs <= one.at)
            .map(({ beganMs, state, minutes }) =>
              runOf(beganMs, {
                state,
                ...(state === 'running' ? {} : { endedMs: beganMs + minutes * minuteMs }),
              }),
            );
          const look_: Look = {
            at: one.at,
            from: one.at - 3 * dayMs,
            segment: { schedule: { ...daily, frequency: one.frequency } },
            runs,
          };
          const decision = look(look_).segments[0]?.decision;
          const { state = 'nothing', slotMs = 0 } = decision ?? {};
          const isTold = ['due', 'first', 'late', 'missed'].includes(state);
          const told = missing(look_, one.at - 2 * dayMs);
          const wanted = `${state} ${new Date(slotMs).toISOString().slice(5, 13)} 1`;
          expect(told.includes(wanted)).toBe(isTold);
          // Nothing is wrong in the list that the status would call good.
          if (state === 'good') expect(told.some((row) => row.startsWith('late'))).toBe(false);
          meet(state === 'late' ? 'late' : state === 'due' ? 'due' : 'none');
          for (const row of told.filter((each) => each.startsWith('due')))
            expect(one.at - Date.parse(`2026-${row.slice(4, 12)}:00:00Z`)).toBeLessThan(hourMs);
        }),
        { numRuns: 500 },
      ),
    );
  });
});
