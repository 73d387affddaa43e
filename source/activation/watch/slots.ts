import { type Frequency, isDate, nextRuns, timeProblem } from '../content/schedule.ts';
import type { WatchedSchedule } from './watched.ts';

/** How often a slot may come at most, hours: the shortest of all frequencies. */
const leastHours = 3;

/** Frequencies whose slots are known for sure: how weeks and months are counted, no source says. */
const watchable: readonly string[] = [
  'ONCE',
  'DAILY',
  'EVERY_3_HOURS',
  'EVERY_6_HOURS',
  'EVERY_8_HOURS',
  'EVERY_12_HOURS',
] satisfies readonly Frequency[];

/** Whether it is known when this schedule exports. */
export const hasSlots = ({ frequency = '', startDate, startTime, endDate }: WatchedSchedule): boolean =>
  watchable.includes(frequency) &&
  startDate !== undefined &&
  isDate(startDate) &&
  startTime !== undefined &&
  timeProblem(startTime) === undefined &&
  (endDate === undefined || isDate(endDate));

export const isAfterEvaluation = ({ triggerType }: WatchedSchedule): boolean =>
  triggerType === 'AFTER_SEGMENT_EVAL';

/**
 * The moments at which a schedule exports, ascending, epoch milliseconds.
 *
 * @param fromMs - The first moment that counts.
 * @param untilMs - The last one.
 * @returns Nothing for a schedule that has no fixed moments, or none that are known for sure.
 */
export function slotsBetween(schedule: WatchedSchedule, fromMs: number, untilMs: number): number[] {
  const { startDate, frequency, startTime, endDate } = schedule;
  if (startDate === undefined || !hasSlots(schedule) || untilMs < fromMs) return [];
  const most = Math.floor((untilMs - fromMs) / (leastHours * 3_600_000)) + 1;
  const known = { frequency: frequency as Frequency, startDate, startTime, endDate };
  return nextRuns(known, fromMs, most).filter((slot) => slot <= untilMs);
}

/** The first slot after a moment. */
export const slotAfter = (schedule: WatchedSchedule, ms: number): number | undefined => {
  const { startDate, frequency, startTime, endDate } = schedule;
  if (startDate === undefined || !hasSlots(schedule)) return undefined;
  return nextRuns({ frequency: frequency as Frequency, startDate, startTime, endDate }, ms + 1, 1)[0];
};
