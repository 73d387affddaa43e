import { hasMoment, previewName, splitNames } from '../../activation/content/filename-template.ts';
import { localTime } from '../../activation/content/local-time.ts';
import { nextRuns, utcText } from '../../activation/content/schedule.ts';
import { dateText, type Language, momentText } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import type { Scope } from './scope.ts';
import type { WizardServices } from '../services.ts';

/** How many exports are listed. */
export const listedRuns = 5;

/** What the settings of the first segment of a scope lead to. */
export interface ExportPreview {
  /** No moment is fixed: exports follow the evaluation. */
  readonly isAfterEvaluation: boolean;
  /** The next exports, one a line, in UTC and in the person's time. */
  readonly runs: readonly string[];
  /** The same in one line. */
  readonly moments: string;
  /** Names of the files of the first export; all but the first for what is split. */
  readonly names: readonly string[];
  readonly overwrites: boolean;
}

/** The next exports, here and in UTC, and the first file names, as the answers are now. */
export function previewOf(
  { segments, settings }: Scope,
  draft: Draft,
  text: Text,
  { now, timeZone }: Pick<WizardServices, 'now' | 'timeZone'>,
): ExportPreview | undefined {
  const [segment] = segments;
  const [first] = settings;
  if (!segment || !first) return undefined;
  const runs = nextRuns(first.schedule, now(), listedRuns);
  return {
    isAfterEvaluation: first.schedule.triggerType === 'AFTER_SEGMENT_EVAL',
    runs: runs.map((ms) => runText(ms, timeZone, text.language)),
    moments: momentsText(runs, timeZone, text.language),
    names: splitNames(
      previewName(first.filenameTemplate, {
        destinationName: draft.destination?.name ?? '',
        segmentId: segment.id,
        segmentName: segment.name,
        atMs: runs[0] ?? now(),
      }),
    ),
    overwrites: first.schedule.frequency !== 'ONCE' && !hasMoment(first.filenameTemplate),
  };
}

/** `2026-12-20 12:00, 18:00, 2026-12-21 00:00`, each with the hour here where it is another one. */
function momentsText(runs: readonly number[], zone: string, language: Language): string {
  return runs
    .map((ms, at) => {
      const [date = '', time = ''] = utcText(ms).split(' ');
      const isSameDay = at > 0 && utcText(runs[at - 1] ?? 0).startsWith(date);
      const here = localTime(ms, zone);
      const said = here.offset === '+00:00' ? time : `${time} (${here.time} ${here.offset})`;
      return isSameDay ? said : `${dateText(language, date)} ${said}`;
    })
    .join(', ');
}

/** `2026-12-20 17:00 UTC   2026-12-20 18:00 +01:00` */
function runText(ms: number, zone: string, language: Language): string {
  const utc = `${momentText(language, utcText(ms))} UTC`;
  const here = localTime(ms, zone);
  return here.offset === '+00:00'
    ? utc
    : `${utc}   ${dateText(language, here.date)} ${here.time} ${here.offset}`;
}
