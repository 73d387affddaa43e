import type { Decision } from './decision.ts';
import type { SegmentRuns } from './flow-runs.ts';
import { remarksOn } from './remarks.ts';
import type { Limits, Reading, WatchedRun, WatchedSegment } from './watched.ts';

/** Clocks differ: a run may begin so long before its slot, milliseconds. */
export const earlyMs = 5 * 60_000;
const dayMs = 86_400_000;

/** What is looked at for one slot. */
export interface SlotFacts {
  readonly segment: WatchedSegment;
  readonly runs: SegmentRuns;
  readonly reading: Reading;
  readonly limits: Limits;
}

/** A slot between its neighbours, epoch milliseconds. */
export interface Slot {
  /** Those before it, ascending. */
  readonly earlier: readonly number[];
  readonly ms: number;
  readonly afterMs: number | undefined;
}

/**
 * How the export of one slot stands; the first line that fits. Only a good run, or one that is under way, is believed
 * where the reading did not come to its end, or the platform has forgotten that time.
 *
 * @see living.md, T5 to T8
 */
export function slotState(slot: Slot, facts: SlotFacts): Decision {
  const { segment, runs, reading, limits } = facts;
  const window = { fromMs: slot.ms - earlyMs, untilMs: beginOf(slot.afterMs) };
  const own = runs.scheduled.filter((run) => isWithin(run, window));
  const about = { slotMs: slot.ms, window, remarks: [] };
  const said = (state: Decision['state'], more: Partial<Decision> = {}): Decision => ({
    ...about,
    state,
    ...more,
  });

  const good = own.findLast(({ state }) => state === 'good');
  if (good) {
    const earlier = runs.scheduled.filter((run) => run.state === 'good' && began(run) < began(good));
    const remarks = reading.isWhole ? remarksOn(good, earlier, segment, limits) : [];
    return said('good', { run: good, remarks, beganLate: began(good) - slot.ms > limits.graceMs });
  }
  const underWay = own.findLast(({ isUnderWay }) => isUnderWay);
  if (underWay) return underWayState(underWay, facts, said);
  if (!reading.isWhole) return said('unknown');
  // One that ended in a word that nobody knows was perhaps good.
  const strange = own.findLast(({ state }) => state !== 'failed');
  if (strange) return said('maybe', { run: strange });

  const failed = own.at(-1);
  const mending = runs.onDemand.findLast((run) => run.state === 'good' && began(run) >= slot.ms);
  if (mending) return said('mended', { run: mending });
  if (failed) return said('failed', { run: failed, ...inARow(failed, runs.scheduled) });

  const perhaps = runs.unattributed.findLast((run) => run.beganMs === undefined || isWithin(run, window));
  if (perhaps) return said('maybe', { run: perhaps });
  if (window.fromMs < (reading.keptMs ?? -Infinity)) return said('unknown');
  return behindState(slot, facts, said) ?? noRunState(slot, facts, said);
}

type Say = (state: Decision['state'], more?: Partial<Decision>) => Decision;

/** A run is slow from a length on; of one that says what nobody knows, nobody knows that it runs. */
function underWayState(run: WatchedRun, { reading, limits }: SlotFacts, said: Say): Decision {
  if (run.state === 'unknown') return said('maybe', { run, sinceMs: began(run) });
  const endMs = began(run) + limits.lengthMs;
  const isSlow = reading.isWhole && reading.atMs >= endMs;
  return said(isSlow ? 'slow' : 'running', {
    run,
    sinceMs: began(run),
    ...(isSlow ? {} : { changesMs: endMs }),
  });
}

/** The run of a slot before still lasts, also over more than one slot, or has only just ended. */
function behindState({ earlier, ms }: Slot, facts: SlotFacts, said: Say): Decision | undefined {
  const { runs, reading, limits } = facts;
  const last = runs.scheduled.findLast((run) => isWithin(run, { fromMs: -Infinity, untilMs: ms - earlyMs }));
  const at = last ? earlier.findLastIndex((slotMs) => began(last) >= slotMs - earlyMs) : -1;
  const slotMs = earlier[at];
  if (!last || slotMs === undefined) return undefined;
  if (last.isUnderWay) {
    const lasting = underWayState(last, facts, said);
    const window = { fromMs: slotMs - earlyMs, untilMs: (earlier[at + 1] ?? ms) - earlyMs };
    return lasting.state === 'slow' ? { ...lasting, slotMs, window } : { ...lasting, state: 'behind' };
  }
  const freeMs = last.endedMs === undefined ? undefined : last.endedMs + limits.graceMs;
  if (freeMs === undefined || reading.atMs >= freeMs) return undefined;
  return said('behind', { run: last, changesMs: freeMs });
}

function noRunState(slot: Slot, { segment, runs, reading, limits }: SlotFacts, said: Say): Decision {
  const lateMs = slot.ms + limits.graceMs;
  if (reading.atMs < lateMs) return said('due', { changesMs: lateMs });
  const isNew = segment.mappedMs !== undefined && slot.ms - segment.mappedMs < dayMs;
  const hasRun = runs.scheduled.length > 0 || runs.onDemand.length > 0;
  if (isNew && !hasRun && reading.atMs < slot.ms + dayMs)
    return said('first', { changesMs: slot.ms + dayMs });
  return said('late', { sinceMs: slot.ms });
}

/** How many have failed one after the other, and since when, as far as was read. */
export function inARow(
  failed: WatchedRun,
  scheduled: readonly WatchedRun[],
): Pick<Decision, 'inARow' | 'sinceMs'> {
  const until = scheduled.slice(0, scheduled.indexOf(failed) + 1);
  const lastOther = until.findLastIndex(({ state }) => state !== 'failed');
  const row = until.slice(lastOther + 1);
  return { inARow: row.length, sinceMs: began(row[0] ?? failed) };
}

const beginOf = (slotMs: number | undefined): number | undefined =>
  slotMs === undefined ? undefined : slotMs - earlyMs;

/** Of runs that have been placed. */
export const began = (run: WatchedRun): number => run.beganMs ?? 0;

export function isWithin(
  run: WatchedRun,
  { fromMs, untilMs }: { fromMs: number; untilMs: number | undefined },
): boolean {
  const ms = run.beganMs;
  return ms !== undefined && ms >= fromMs && (untilMs === undefined || ms < untilMs);
}
