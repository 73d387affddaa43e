import { isObject } from '../rules/params.ts';
import type { JsonObject } from '../store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** When the daily evaluation of all segments has ended, after midnight UTC. */
const evaluatedMs = 3.5 * hourMs;

/** Whether a selector exports whenever its segment has been evaluated. */
export const isAfterEvaluation = ({ schedule }: JsonObject): boolean =>
  isObject(schedule) && schedule['triggerType'] === 'AFTER_SEGMENT_EVAL';

/** The daily evaluations of all segments that have begun in a stretch of time, epoch milliseconds, ascending. */
export function evaluationsOf(fromMs: number, untilMs: number): { beginMs: number; endMs: number }[] {
  const found: { beginMs: number; endMs: number }[] = [];
  for (let beginMs = Math.ceil(fromMs / dayMs) * dayMs; beginMs <= untilMs; beginMs += dayMs)
    found.push({ beginMs, endMs: beginMs + evaluatedMs });
  return found;
}

/**
 * When a selector exports, epoch milliseconds, ascending: by its schedule, or after each daily evaluation.
 *
 * @param untilMs - Does not belong to it any more.
 * @see flow-service.md, section 5.1
 */
export function slotsOf(value: JsonObject, fromMs: number, untilMs: number): number[] {
  const schedule = isObject(value['schedule']) ? value['schedule'] : {};
  const { frequency, startDate, endDate, startTime } = schedule;
  const isEvaluated = isAfterEvaluation(value);
  const midnight = Date.parse(`${String(startDate)}T00:00:00Z`);
  const first = isEvaluated
    ? midnight + evaluatedMs
    : Date.parse(`${String(startDate)}T${String(startTime)}:00Z`);
  const endMs = Math.min(
    untilMs,
    typeof endDate === 'string' ? Date.parse(`${endDate}T00:00:00Z`) : Infinity,
  );
  if (Number.isNaN(first) || Number.isNaN(endMs)) return [];
  if (frequency === 'ONCE') return first >= fromMs && first < endMs ? [first] : [];
  const slots: number[] = [];
  const stepMs = stepOf(String(frequency));
  if (stepMs === undefined) return [];
  if (stepMs === 'month') {
    for (let month = 0; ; month++) {
      const at = monthsLater(first, month);
      if (at >= endMs) return slots;
      if (at >= fromMs) slots.push(at);
    }
  }
  for (let at = first + Math.max(0, Math.ceil((fromMs - first) / stepMs)) * stepMs; at < endMs; at += stepMs)
    slots.push(at);
  return slots;
}

function stepOf(frequency: string): number | 'month' | undefined {
  if (frequency === 'DAILY') return dayMs;
  if (frequency === 'WEEKLY') return 7 * dayMs;
  if (frequency === 'MONTHLY') return 'month';
  const hours = Number(/^EVERY_(\d+)_HOURS$/.exec(frequency)?.[1]);
  return hours > 0 ? hours * hourMs : undefined;
}

/** The same day and hour some months later, or the last day of a month that is shorter. */
function monthsLater(first: number, months: number): number {
  const at = new Date(first);
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), lastDay);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, day, at.getUTCHours());
}
