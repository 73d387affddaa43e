import type { ExportSettings } from '../../activation/content/schedule.ts';
import { dateText, momentText } from '../../locale/format.ts';
import { type Text, valueText } from '../../locale/texts.ts';
import type { Asking, SettingsPage } from '../page.ts';

/** `every 6 hours, 22 Dec 2026 17:00 – 31 Dec 2026` */
export function whenText(text: Text, { schedule }: ExportSettings): string {
  const { frequency, triggerType, startDate, startTime, endDate } = schedule;
  const every = valueText(text, frequency);
  const start =
    triggerType === 'AFTER_SEGMENT_EVAL'
      ? text('settings.afterEvaluationFrom', { trigger: valueText(text, triggerType), start: startDate })
      : momentText(text.language, `${startDate} ${startTime ?? ''}`.trim());
  return endDate === undefined
    ? text('settings.when', { every, start })
    : text('settings.whenUntil', { every, start, end: endDate });
}

/** A value of a setting in the person's words: a day as it is written, a word of the platform as ours. */
export const settingText = (text: Text, value: string): string =>
  dateText(text.language, valueText(text, value));

/** `Loyalty: every day, …; Mountain Biking: once, …` */
export const perSegment = (page: SettingsPage, asking: Asking): string =>
  asking.state.draft.segments
    .map(({ id, name }) => {
      const settings = asking.state.draft.settings[id];
      return `${name}: ${settings ? page.describe(settings, asking).join(', ') : ''}`;
    })
    .join('; ');
