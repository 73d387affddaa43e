/** Between two rounds while something is under way, milliseconds; while nothing is, so many times as long. @see living.md, L16 and L17 */
const usualBusyMs = 15_000;
const quietTimes = 4;

/**
 * How long to wait from the end of a round to the next, milliseconds: never exactly as long, so that many consoles do
 * not knock together.
 *
 * @param chance - From 0 to 1.
 */
export const roundMs = (isBusy: boolean, chance: number, busyMs = usualBusyMs): number =>
  (isBusy ? busyMs : quietTimes * busyMs) * (0.9 + chance / 5);
