import {
  type ExportTime,
  firstExport,
  type Frequency,
  isDate,
  nextRuns,
  type Schedule,
  timeProblem,
} from '../content/schedule.ts';
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
export const hasSlots = (schedule: WatchedSchedule): boolean => slotted(schedule) !== undefined;

/** A schedule whose slots are known for sure. */
function slotted({ frequency = '', startDate, startTime, endDate }: WatchedSchedule) {
  const isKnown =
    watchable.includes(frequency) &&
    startTime !== undefined &&
    timeProblem(startTime) === undefined &&
    (endDate === undefined || isDate(endDate));
  return isKnown && startDate !== undefined && isDate(startDate)
    ? { frequency: frequency as Frequency, startDate, startTime, endDate }
    : undefined;
}

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
  const known = slotted(schedule);
  if (!known || untilMs < fromMs) return [];
  const most = Math.floor((untilMs - fromMs) / (leastHours * 3_600_000)) + 1;
  return nextRuns(known, fromMs, most).filter((slot) => slot <= untilMs);
}

/** The first slot after a moment. */
export const slotAfter = (schedule: WatchedSchedule, ms: number): number | undefined => {
  const known = slotted(schedule);
  return known && nextRuns(known, ms + 1, 1)[0];
};

/** Whether anything is known of when this schedule exports: at its slots, or whenever its segment was evaluated. */
export const saysWhen = (schedule: WatchedSchedule): boolean =>
  hasSlots(schedule) || isAfterEvaluation(schedule);

/**
 * What is still to come of a schedule; one that nobody knows is taken for one that goes on until its end.
 *
 * @param atMs - Epoch milliseconds.
 */
export function exportAhead(schedule: WatchedSchedule, atMs: number): ExportTime | undefined {
  const { startDate, endDate } = schedule;
  if (startDate === undefined) return undefined;
  if (saysWhen(schedule))
    return firstExport({ ...schedule, frequency: schedule.frequency as Frequency } as Schedule, atMs);
  return firstExport(
    { frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate, endDate } as Schedule,
    atMs,
  );
}
