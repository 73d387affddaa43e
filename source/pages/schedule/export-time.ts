import { own } from '../../activation/own.ts';
import { type NameFacts, previewName } from '../../activation/content/filename-template.ts';
import { localTime } from '../../activation/content/local-time.ts';
import {
  type ExportSettings,
  type ExportTime,
  firstExport,
  lastExport,
  utcMs,
  utcText,
} from '../../activation/content/schedule.ts';
import { type Draft, draftName } from '../../wizard/draft.ts';
import { everyWholeText } from './every-text.ts';
import { dateText, momentText } from '../../locale/format.ts';
import { type Text, valueText } from '../../locale/texts.ts';

/** `27 Nov 2026 12:00 UTC (20:00)`: the hour here where it is another one. @param ms - Epoch milliseconds. @param zone - IANA name. */
export function zonedText(text: Text, ms: number, zone: string): string {
  const utc = utcText(ms);
  const here = localTime(ms, zone);
  const said = `${momentText(text.language, utc)} UTC`;
  if (here.offset === '+00:00') return said;
  const day = utc.startsWith(here.date) ? '' : `${dateText(text.language, here.date)} `;
  return text('text.aside', { value: said, aside: `${day}${here.time}` });
}

/** A moment, or the day of an export that follows the evaluation. */
export const exportTimeText = (text: Text, time: ExportTime, zone: string): string =>
  time.kind === 'at' ? zonedText(text, time.ms, zone) : dateText(text.language, time.day);

/** How often, from when and until when, a line each: the last export is named, never the day after it. */
export function whenLines(
  text: Text,
  { schedule }: Pick<ExportSettings, 'schedule'>,
  zone: string,
): readonly string[] {
  const { frequency, triggerType, startDate, startTime } = schedule;
  const every = everyWholeText(text, schedule);
  const startMs = utcMs(startDate, startTime);
  const start =
    startTime === undefined || Number.isNaN(startMs)
      ? dateText(text.language, startDate)
      : zonedText(text, startMs, zone);
  const isAfter = triggerType === 'AFTER_SEGMENT_EVAL';
  const from = isAfter
    ? text('when.afterFrom', { every, trigger: valueText(text, triggerType), start })
    : text(frequency === 'ONCE' ? 'when.once' : 'when.from', { every, start });
  const last = lastExport(schedule);
  if (last) return [from, text('when.last', { last: exportTimeText(text, last, zone) })];
  return frequency === 'ONCE' ? [from] : [from, text('when.noEnd')];
}

/** What names of files may tell of a draft. */
export function namesIn(draft: Draft) {
  return {
    destinationName: draft.destination?.name ?? '',
    sandbox: draft.sandbox?.name,
    flowId: draft.flow,
    flowName: draftName(draft),
    fileType: own(draft.location.params, 'fileType'),
  };
}

/** The name of the first file from a moment on, epoch milliseconds; what is not known yet keeps its place. */
export function firstFileName(
  { filenameTemplate, schedule }: Pick<ExportSettings, 'filenameTemplate' | 'schedule'>,
  names: Omit<NameFacts, 'atMs' | 'isDayOnly'>,
  fromMs: number,
): string {
  const first = firstExport(schedule, fromMs);
  const startMs = utcMs(schedule.startDate, schedule.startTime);
  const at =
    first === undefined
      ? { atMs: Number.isNaN(startMs) ? undefined : startMs }
      : first.kind === 'at'
        ? { atMs: first.ms }
        : { atMs: utcMs(first.day), isDayOnly: true };
  return previewName(filenameTemplate, { ...names, ...at });
}
