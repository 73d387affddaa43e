import { localTime } from '../../activation/content/local-time.ts';
import { utcText } from '../../activation/content/schedule.ts';
import type { Text } from '../../locale/texts.ts';

const dayMs = 86_400_000;

/**
 * `12:00 UTC (20:00)`: the hour of every export, and what the clocks of the person's zone show then; only once where
 * that is the same.
 *
 * @param ms - The first of them, epoch milliseconds.
 */
export function clockText(text: Text, ms: number, zone: string): string {
  const [day = '', time = ''] = utcText(ms).split(' ');
  const here = localTime(ms, zone);
  if (here.offset === '+00:00') return `${time} UTC`;
  const days = Math.round((Date.parse(here.date) - Date.parse(day)) / dayMs);
  const shift = days === 0 ? '' : days > 0 ? ' +1 d' : ' -1 d';
  return text('text.aside', { value: `${time} UTC`, aside: here.time + shift });
}
