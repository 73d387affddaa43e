import { utcText } from '../content/schedule.ts';
import type { Decision, JudgedFrom } from './decision.ts';
import { evaluatedState } from './evaluated-state.ts';
import type { SegmentRuns } from './flow-runs.ts';
import { earlyMs, isWithin, type Slot, type SlotFacts, slotState } from './slot-state.ts';
import { hasSlots, isAfterEvaluation, slotAfter, slotsBetween } from './slots.ts';
import { isPaused, type Limits, type Reading, type WatchedFlow, type WatchedSegment } from './watched.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** States in which it exports. */
const exporting: readonly string[] = ['enabled', 'updating'];

/**
 * How a segment of a dataflow stands, and what decided it. Nothing is claimed beyond what was read to its end, and
 * nothing here knows the hour: `reading.atMs` is when it was looked.
 *
 * @param onDemand - Its runs, apart by what they are.
 * @see living.md, section 5
 */
export function segmentState(
  segment: WatchedSegment,
  flow: Pick<WatchedFlow, 'state' | 'enabledMs'>,
  runs: SegmentRuns,
  reading: Reading,
  limits: Limits,
): Decision {
  if (isPaused(flow)) return { state: 'paused', remarks: [] };
  if (!exporting.includes(flow.state)) return { state: 'notReady', remarks: [] };
  const { schedule } = segment;
  const facts: SlotFacts = { segment, runs, reading, limits };
  const judgedFrom = judgedFromOf(segment, flow, reading);
  if (isAfterEvaluation(schedule)) {
    const today = utcText(reading.atMs).slice(0, 10);
    if (schedule.startDate !== undefined && today < schedule.startDate)
      return { state: 'waiting', remarks: [] };
    if (schedule.endDate !== undefined && today >= schedule.endDate) return { state: 'ended', remarks: [] };
    const slots = segment.evaluatedMs?.filter((ms) => ms <= reading.atMs);
    return slots === undefined
      ? { ...evaluatedState(facts, judgedFrom.ms), judgedFrom }
      : { ...latestState(slots, undefined, judgedFrom, facts), judgedFrom };
  }
  if (!hasSlots(schedule)) return { state: 'notJudged', remarks: [] };
  const nextMs = slotAfter(schedule, reading.atMs);
  // One more than is judged: a run of the slot before may still last.
  const slots = slotsBetween(schedule, judgedFrom.ms - dayMs, reading.atMs);
  return { ...latestState(slots, nextMs, judgedFrom, facts), nextMs, judgedFrom };
}

/** Only the latest slot counts; what was wrong stays while the new one is only due. @see living.md, T9 */
function latestState(
  past: readonly number[],
  nextMs: number | undefined,
  judgedFrom: JudgedFrom,
  facts: SlotFacts,
): Decision {
  const { segment, runs, reading } = facts;
  // A run may be ahead of its slot, as clocks are.
  const isAhead =
    nextMs !== undefined &&
    reading.atMs >= nextMs - earlyMs &&
    runs.scheduled.some((run) => isWithin(run, { fromMs: nextMs - earlyMs, untilMs: undefined }));
  const slots = isAhead ? [...past, nextMs] : past;
  const latest = slots.at(-1);
  if (latest === undefined || latest < judgedFrom.ms)
    return {
      state: nextMs === undefined && !isAfterEvaluation(segment.schedule) ? 'ended' : 'waiting',
      remarks: [],
    };
  const at = (index: number): Slot => ({
    beforeMs: slots.at(index - 1),
    ms: slots.at(index) ?? latest,
    afterMs: index === -1 ? (isAhead ? undefined : nextMs) : slots.at(index + 1),
  });
  const state = slotState(at(-1), facts);
  const before = slots.at(-2);
  if (state.state !== 'due' || before === undefined || before < judgedFrom.ms) return state;
  const earlier = slotState(at(-2), facts);
  if (earlier.state === 'late') return { ...earlier, state: 'missed', changesMs: state.changesMs };
  return earlier.state === 'failed' ? { ...earlier, changesMs: state.changesMs } : state;
}

/**
 * Before this no slot is judged: the schedule was another one, nothing was to be exported, or nothing was read.
 *
 * @see living.md, T3
 */
function judgedFromOf(
  { changedMs, mappedMs, audienceCreatedMs }: WatchedSegment,
  { enabledMs }: Pick<WatchedFlow, 'enabledMs'>,
  { fromMs }: Reading,
): JudgedFrom {
  const after = (ms: number | undefined, pause: number, why: JudgedFrom['why']): JudgedFrom[] =>
    ms === undefined ? [] : [{ ms: ms + pause, why }];
  return [
    ...after(changedMs ?? mappedMs, hourMs, 'changed'),
    ...after(enabledMs, hourMs, 'enabled'),
    ...after(audienceCreatedMs, dayMs, 'newAudience'),
  ].reduce((latest, one) => (one.ms > latest.ms ? one : latest), { ms: fromMs + earlyMs, why: 'reading' });
}
