import type { Schedule } from '../../activation/content/schedule.ts';
import { weekdayText } from '../../locale/format.ts';
import { type Text, valueText } from '../../locale/texts.ts';

/** No month is shorter. */
const shortestMonth = 28;

/** How often, in a few words: `every day`, `every Monday`, `monthly on day 31`. */
export function everyText(
  text: Text,
  { frequency, startDate }: Pick<Schedule, 'frequency' | 'startDate'>,
): string {
  const weekday = weekdayText(text.language, startDate);
  if (weekday === undefined) return valueText(text, frequency);
  if (frequency === 'WEEKLY') return text('every.weekday', { weekday });
  return frequency === 'MONTHLY'
    ? text('every.dayOfMonth', { day: dayOf(startDate) })
    : valueText(text, frequency);
}

/** The same, hours by their sign. */
export function everyShortText(text: Text, schedule: Pick<Schedule, 'frequency' | 'startDate'>): string {
  const hours = /^EVERY_(\d+)_HOURS$/.exec(schedule.frequency)?.[1];
  return hours === undefined ? everyText(text, schedule) : text('every.hours', { hours });
}

/** `everyText`, and what becomes of a day that some months do not have. */
export function everyWholeText(text: Text, schedule: Pick<Schedule, 'frequency' | 'startDate'>): string {
  const every = everyText(text, schedule);
  return schedule.frequency === 'MONTHLY' && dayOf(schedule.startDate) > shortestMonth
    ? text('every.shortMonths', { every })
    : every;
}

const dayOf = (date: string): number => Number(date.slice(-2));
