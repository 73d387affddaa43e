import type { Decision } from './decision.ts';
import { remarksOn } from './remarks.ts';
import { began, inARow, type SlotFacts } from './slot-state.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Runs whose gaps say how often it exports. */
const rhythmOf = 8;
/** With fewer, how often it exports is a guess. */
const leastRuns = 3;

/**
 * How a segment stands that is exported after each evaluation, where nobody could read when those were: there is no
 * slot, only its own rhythm.
 *
 * @param fromMs - Since when it could have exported, as far as is known.
 * @see living.md, T10
 */
export function evaluatedState({ segment, runs, reading, limits }: SlotFacts, fromMs: number): Decision {
  const { scheduled, onDemand, unattributed } = runs;
  const last = scheduled.at(-1);
  const own = { run: last, remarks: [] };
  if (last?.isUnderWay === true && last.state === 'unknown')
    return { ...own, state: 'maybe', sinceMs: began(last) };
  if (last?.isUnderWay === true) {
    const endMs = began(last) + limits.lengthMs;
    const isSlow = reading.isWhole && reading.atMs >= endMs;
    return isSlow
      ? { ...own, state: 'slow', slotMs: began(last), sinceMs: began(last) }
      : { ...own, state: 'running', changesMs: endMs };
  }
  if (!reading.isWhole) return { ...own, state: last?.state === 'good' ? 'good' : 'unknown' };
  const mending = onDemand.findLast(
    (run) => run.state === 'good' && began(run) > (last ? began(last) : fromMs),
  );
  if (mending) return { ...own, run: mending, state: 'mended' };
  if (last?.state === 'failed') return { ...own, state: 'failed', ...inARow(last, scheduled) };
  if (last?.state === 'unknown') return { ...own, state: 'maybe' };

  const sinceMs = Math.max(fromMs, last ? began(last) : (reading.keptMs ?? fromMs));
  const perhaps = unattributed.findLast((run) => began(run) === 0 || began(run) > sinceMs);
  if (perhaps) return { ...own, run: perhaps, state: 'maybe' };
  const gapMs = longestGap(scheduled.slice(-rhythmOf).map(began));
  const [lookMs, wrongMs] = [sinceMs + gapMs + 12 * hourMs, sinceMs + 2 * gapMs];
  if (scheduled.length >= leastRuns && reading.atMs > wrongMs)
    return { ...own, state: 'late', slotMs: sinceMs + gapMs, sinceMs };
  if (reading.atMs > lookMs)
    return {
      ...own,
      state: 'quiet',
      slotMs: sinceMs + gapMs,
      sinceMs,
      ...(scheduled.length >= leastRuns ? { changesMs: wrongMs } : {}),
    };
  if (!last) return { ...own, state: 'waiting', changesMs: lookMs };
  const remarks = remarksOn(
    last,
    scheduled.slice(0, -1).filter(({ state }) => state === 'good'),
    segment,
    limits,
  );
  return { ...own, state: 'good', slotMs: began(last), remarks, changesMs: lookMs };
}

/** At least a day: an evaluation that was missed once says nothing yet. */
function longestGap(moments: readonly number[]): number {
  let gap = dayMs;
  for (const [index, ms] of moments.entries()) {
    const before = moments[index - 1];
    if (before !== undefined) gap = Math.max(gap, ms - before);
  }
  return gap;
}
