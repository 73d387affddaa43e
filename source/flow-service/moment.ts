/** No calendar goes further. @see ECMA-262, section "Time Values and Time Range" */
const farthestMs = 8.64e15;

/** A moment of an answer, epoch milliseconds; nothing for a number that no date has: writing it would throw. */
export const momentMs = (ms: number | null | undefined): number | undefined =>
  typeof ms === 'number' && Math.abs(ms) <= farthestMs ? ms : undefined;

/** The same of a time in seconds, milliseconds or microseconds: all are met, and told apart by their size. */
export function inMs(time: number | undefined): number | undefined {
  if (time === undefined || time <= 0) return undefined;
  if (time < 1e11) return time * 1000;
  return momentMs(time < 1e14 ? time : Math.floor(time / 1000));
}
