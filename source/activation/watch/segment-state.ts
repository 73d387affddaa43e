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
export function segmentState(...looked: Looked): Decision {
  const expected = expectedOf(...looked);
  if (expected.kind === 'decided') return expected.decision;
  const { judgedFrom, nextMs } = expected;
  return { ...latestState(expected), nextMs, judgedFrom };
}

/**
 * How every export stands that can be judged, by the rule of `segmentState`, the earliest first: what was missed and is
 * history by now is among them.
 *
 * @see living.md, R2 and T9
 */
export function slotStates(...looked: Looked): Decision[] {
  const expected = expectedOf(...looked);
  if (expected.kind === 'decided') return expected.decision.slotMs === undefined ? [] : [expected.decision];
  const { slots, judgedFrom, nextMs, facts } = expected;
  return slots.flatMap((ms, at) => {
    if (ms < judgedFrom.ms) return [];
    const state = slotState(slotAt(expected, at), facts);
    const isOver = at < slots.length - 1;
    return [
      { ...state, nextMs, state: state.state === 'late' && isOver ? ('missed' as const) : state.state },
    ];
  });
}

type Looked = [
  segment: WatchedSegment,
  flow: Pick<WatchedFlow, 'state' | 'enabledMs'>,
  runs: SegmentRuns,
  reading: Reading,
  limits: Limits,
];

/** Exports that were expected, ascending, epoch milliseconds. */
interface Expected {
  readonly kind: 'slots';
  /** One that is only about to come is among them where its run was ahead of it. */
  readonly slots: readonly number[];
  /** The first that is still to come. */
  readonly afterMs: number | undefined;
  readonly nextMs: number | undefined;
  readonly judgedFrom: JudgedFrom;
  readonly facts: SlotFacts;
}

/** What was expected of a segment, or how it stands where no moment is known. */
function expectedOf(
  ...[segment, flow, runs, reading, limits]: Looked
): Expected | { readonly kind: 'decided'; readonly decision: Decision } {
  const decided = (decision: Decision) => ({ kind: 'decided' as const, decision });
  const plainly = (state: Decision['state']) => decided({ state, remarks: [] });
  if (isPaused(flow)) return plainly('paused');
  if (!exporting.includes(flow.state)) return plainly('notReady');
  const { schedule } = segment;
  const facts: SlotFacts = { segment, runs, reading, limits };
  const judgedFrom = judgedFromOf(segment, flow, reading);
  if (isAfterEvaluation(schedule)) {
    const today = utcText(reading.atMs).slice(0, 10);
    if (schedule.startDate !== undefined && today < schedule.startDate) return plainly('waiting');
    if (schedule.endDate !== undefined && today >= schedule.endDate) return plainly('ended');
    const slots = segment.evaluatedMs?.filter((ms) => ms <= reading.atMs);
    const failedMs = failedEvaluation(slots, judgedFrom, facts);
    if (failedMs !== undefined)
      return decided({ state: 'notEvaluated', slotMs: failedMs, sinceMs: failedMs, remarks: [], judgedFrom });
    return slots === undefined
      ? decided({ ...evaluatedState(facts, judgedFrom.ms), judgedFrom })
      : { kind: 'slots', slots, afterMs: undefined, nextMs: undefined, judgedFrom, facts };
  }
  if (!hasSlots(schedule)) return plainly('notJudged');
  const nextMs = slotAfter(schedule, reading.atMs);
  // One more than is judged: a run of the slot before may still last.
  const past = slotsBetween(schedule, judgedFrom.ms - dayMs, reading.atMs);
  // A run may be ahead of its slot, as clocks are.
  const isAhead =
    nextMs !== undefined &&
    reading.atMs >= nextMs - earlyMs &&
    runs.scheduled.some((run) => isWithin(run, { fromMs: nextMs - earlyMs, untilMs: undefined }));
  return {
    kind: 'slots',
    slots: isAhead ? [...past, nextMs] : past,
    afterMs: isAhead ? undefined : nextMs,
    nextMs,
    judgedFrom,
    facts,
  };
}

/**
 * When the evaluation failed that an export was to follow: none that ended well came after it, and nothing was exported
 * since all the same.
 */
function failedEvaluation(
  slots: readonly number[] | undefined,
  judgedFrom: JudgedFrom,
  { segment: { notEvaluatedMs: ms }, runs, reading }: SlotFacts,
): number | undefined {
  if (ms === undefined || ms > reading.atMs || ms < judgedFrom.ms || !reading.isWhole) return undefined;
  const since = { fromMs: ms - earlyMs, untilMs: undefined };
  const all = [...runs.scheduled, ...runs.onDemand, ...runs.unattributed];
  const isExported = all.some(
    (run) => run.state !== 'failed' && (run.beganMs === undefined || isWithin(run, since)),
  );
  return isExported || (slots?.at(-1) ?? -Infinity) > ms ? undefined : ms;
}

/** A slot between its neighbours. */
const slotAt = ({ slots, afterMs }: Expected, at: number): Slot => ({
  earlier: slots.slice(0, at),
  ms: slots[at] ?? 0,
  afterMs: slots[at + 1] ?? afterMs,
});

/** Only the latest slot counts; what was wrong stays while the new one is only due. @see living.md, T9 */
function latestState(expected: Expected): Decision {
  const { slots, nextMs, judgedFrom, facts } = expected;
  const latest = slots.at(-1);
  if (latest === undefined || latest < judgedFrom.ms)
    return {
      state: nextMs === undefined && !isAfterEvaluation(facts.segment.schedule) ? 'ended' : 'waiting',
      remarks: [],
    };
  const state = slotState(slotAt(expected, slots.length - 1), facts);
  const before = slots.at(-2);
  if (state.state !== 'due' || before === undefined || before < judgedFrom.ms) return state;
  const earlier = slotState(slotAt(expected, slots.length - 2), facts);
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
