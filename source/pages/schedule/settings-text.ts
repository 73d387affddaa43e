import { own } from '../../activation/own.ts';
import { type ExportSettings, lastExport, utcMs, utcText } from '../../activation/content/schedule.ts';
import { dateText, dayText } from '../../locale/format.ts';
import { listText, type Text, valueText } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Asking } from '../page.ts';
import { everyShortText, everyText } from './every-text.ts';
import { clockText } from './clock-text.ts';

/** A value of a setting in the person's words: a day as it is written, a word of the platform as ours. */
export const settingText = (text: Text, value: string): string =>
  dateText(text.language, valueText(text, value));

/** How much of a setting is left to what stands elsewhere; the first that has room is taken. */
export const brevities = ['whole', 'short', 'shortest'] as const;
export type Brevity = (typeof brevities)[number];

/** Nearer than this a day and a month are enough. */
const nearMs = 300 * 86_400_000;

/**
 * What is set for a segment, a few words a column: `full`, `every day`, `12:00 UTC (20:00)`, `27 Nov 2026`. Where it is
 * short the year of a day that is no other's is left out, where it is shortest the hour of the person's zone too:
 * `every 12 h`, `12:00 UTC`, `27 Nov`.
 */
export function settingCells(
  { exportMode, schedule }: ExportSettings,
  { text, services }: Pick<Asking, 'text' | 'services'>,
  brevity: Brevity = 'whole',
): string[] {
  const isShort = brevity !== 'whole';
  const { triggerType, startDate, startTime } = schedule;
  const startMs = utcMs(startDate, startTime ?? '');
  const last = lastExport(schedule);
  const lastDay = last?.kind === 'at' ? utcText(last.ms).slice(0, 10) : last?.day;
  const hour = Number.isNaN(startMs)
    ? `${startTime ?? ''} UTC`
    : clockText(text, startMs, brevity === 'shortest' ? 'UTC' : services.timeZone);
  const isNear = (day = startDate): boolean => Math.abs(utcMs(day, '00:00') - services.now()) < nearMs;
  // The year of one end alone would be read as that of both.
  const isYearless = isShort && isNear() && isNear(lastDay);
  const said = (day: string): string => (isYearless ? dayText(text.language, day) : day);
  return [
    text(`settings.${exportMode}`),
    (isShort ? everyShortText : everyText)(text, schedule),
    triggerType === 'AFTER_SEGMENT_EVAL' ? text('settings.afterEvaluationShort') : hour,
    lastDay === undefined
      ? text('settings.fromDay', { start: said(startDate) })
      : lastDay === startDate
        ? dateText(text.language, said(startDate))
        : text('settings.fromTo', { start: said(startDate), last: said(lastDay) }),
  ];
}

/**
 * `Loyalty: full, every day, …`, of each segment of a draft.
 *
 * @param isWhole - Whether all of it is told: years that are no others', and the name of its files.
 */
export const segmentTexts = (
  { segments, settings }: Draft,
  asking: Pick<Asking, 'text' | 'services'>,
  isWhole: boolean,
): readonly string[] =>
  segments.map(({ id, name }) => {
    const set = own(settings, id);
    const said = set
      ? [
          ...settingCells(set, asking, isWhole ? 'whole' : 'short'),
          ...(isWhole ? [set.filenameTemplate] : []),
        ]
      : [];
    return asking.text('settings.ofSegment', { name, said: listText(asking.text, said) });
  });

/** `Loyalty: full, every day, …; Mountain Biking: full, once, …` */
export const perSegment = (asking: Asking): string =>
  segmentTexts(asking.state.draft, asking, true).join(asking.text('list.clause'));
