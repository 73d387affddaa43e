import type { FlowWatch } from './watch.ts';

const hourMs = 3_600_000;
/** How far back dataflows are counted that should have exported, milliseconds. */
const backMs = 3 * hourMs;
/** Fewer are no sign. */
const least = 3;

/** That hardly anything has run: it is then probably the platform, and no dataflow's own trouble. */
export interface Standstill {
  /** The same while it lasts. */
  readonly id: string;
  readonly late: number;
  readonly due: number;
  /** Since when nothing has run, epoch milliseconds. */
  readonly sinceMs: number;
}

/**
 * Whether everything stands still: more than half of the dataflows that should have begun lately are late.
 *
 * @param atMs - When it was looked. @param graceMs - Who is within it is not counted.
 * @see living.md, T12
 */
export function standstillOf(
  watches: readonly FlowWatch[],
  atMs: number,
  graceMs: number,
): Standstill | undefined {
  const isDue = (ms: number | undefined): ms is number =>
    ms !== undefined && ms > atMs - backMs && ms + graceMs <= atMs;
  const due = watches.filter(({ segments }) => segments.some(({ decision }) => isDue(decision.slotMs)));
  const late = due.flatMap(({ segments }) => {
    const slots = segments.flatMap(({ decision: { state, slotMs } }) =>
      state === 'late' && isDue(slotMs) ? [slotMs] : [],
    );
    return slots.length === 0 ? [] : [Math.min(...slots)];
  });
  if (late.length < least || late.length * 2 <= due.length) return undefined;
  const sinceMs = Math.min(...late);
  const id = `standstill:${new Date(sinceMs).toISOString().slice(0, 13)}`;
  return { id, late: late.length, due: due.length, sinceMs };
}
