/*
When a page that follows by itself reads again. Pure: chance and moments come in, milliseconds.
*/

/** Between two rounds while something is under way; while nothing is, so many times as long. @see living.md, L16 and L17 */
const usualBusyMs = 15_000;
const quietTimes = 4;
/** After so long without a key a page rests, and reads as often as that. */
export const restsAfterMs = 600_000;
const restingMs = 300_000;

/**
 * How long to wait from the end of a round to the next: never exactly as long, so that many consoles do not knock
 * together.
 *
 * @param chance - From 0 to 1.
 */
export const roundMs = (isBusy: boolean, chance: number, busyMs = usualBusyMs): number =>
  (isBusy ? busyMs : quietTimes * busyMs) * (0.9 + chance / 5);

interface Pace {
  readonly isBusy: boolean;
  /** Since the last key. */
  readonly untouchedMs: number;
  /** That the platform wants nobody to ask for so long. */
  readonly askedMs: number;
}

/** The same of a page, which rests where nobody is. */
export function pageRoundMs({ isBusy, untouchedMs, askedMs }: Pace, chance: number): number {
  const usualMs = roundMs(isBusy, chance);
  const restMs = untouchedMs >= restsAfterMs ? restingMs * (0.9 + chance / 5) : 0;
  return Math.max(usualMs, restMs, askedMs);
}
