import { Text } from 'ink';
import type { ReactElement } from 'react';
import { hasMoment, previewName, splitNames } from '../activation/filename-template.ts';
import { localTime } from '../activation/local-time.ts';
import { nextRuns, utcText } from '../activation/schedule.ts';
import { wrapText } from '../components/text/wrap.ts';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { useScope } from './use-scope.ts';
import { useWizard } from './wizard-context.tsx';

/** How many exports are listed one a line, where there is room for it. */
const listedRuns = 5;
/** Of the names of split files only the end differs. */
const tailLength = 21;
const longLines = 2 + listedRuns + 3;
const mediumLines = 6;
const shortLines = 3;

/** Lines of the preview on a page of this height. */
export function previewLines(height: number): number {
  if (height >= longLines + 8) return longLines;
  return height >= mediumLines + 7 ? mediumLines : shortLines;
}

/** The next exports, here and in UTC, and the first file names, as the answers are now. */
export function ExportPreview({ lines }: { readonly lines: number }): ReactElement {
  const { state, services, text, width } = useWizard();
  const tone = useTone();
  const glyphs = useGlyphs();
  const { segments, settings } = useScope();
  const [segment] = segments;
  const [first] = settings;
  if (!segment || !first) return <Text> </Text>;
  const zone = services.timeZone;
  const isLong = lines === longLines;
  const isMedium = lines === mediumLines;
  const runs = nextRuns(first.schedule, services.now(), listedRuns);
  const names = splitNames(
    previewName(first.filenameTemplate, {
      destinationName: state.draft.destination?.name ?? '',
      segmentId: segment.id,
      segmentName: segment.name,
      atMs: runs[0] ?? services.now(),
    }),
  );
  const runsSaid = text('settings.nextRuns', {
    runs: momentsText(runs, zone) || text('review.none'),
  });
  const isAfterEvaluation = first.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const overwrites = first.schedule.frequency !== 'ONCE' && !hasMoment(first.filenameTemplate);
  return (
    <>
      <Text> </Text>
      {isAfterEvaluation || !isLong ? (
        wrapText(isAfterEvaluation ? text('settings.afterEvaluation') : runsSaid, width - 4)
          .slice(0, isMedium ? 3 : 1)
          .map((line, at) => (
            <Text key={at} {...tone.muted} wrap="truncate">
              {`  ${line}`}
            </Text>
          ))
      ) : (
        <Text {...tone.muted} wrap="truncate">
          {`  ${text('settings.runsTitle', { zone })}`}
        </Text>
      )}
      {isLong && !isAfterEvaluation
        ? Array.from({ length: listedRuns }, (_, at) => (
            <Text key={at} {...tone.muted} wrap="truncate">
              {`    ${runs[at] === undefined ? (at === 0 ? text('review.none') : ' ') : runText(runs[at], zone)}`}
            </Text>
          ))
        : null}
      <Text {...tone.muted} wrap="truncate-middle">
        {`  ${text('settings.preview', { name: names[0] ?? '' })}`}
      </Text>
      {isLong ? (
        <Text {...tone.muted} wrap="truncate">
          {`  ${text('settings.split', {
            names: names
              .slice(1)
              .map((name) => glyphs.ellipsis + name.slice(-tailLength))
              .join(', '),
          })}`}
        </Text>
      ) : null}
      {isLong ? (
        <Text {...tone.warning} wrap="truncate">
          {overwrites ? `  ${glyphs.warning} ${text('settings.overwrites')}` : ' '}
        </Text>
      ) : null}
    </>
  );
}

/** `2026-12-20 12:00, 18:00, 2026-12-21 00:00`, each with the hour here where it is another one. */
function momentsText(runs: readonly number[], zone: string): string {
  return runs
    .map((ms, at) => {
      const [date = '', time = ''] = utcText(ms).split(' ');
      const isSameDay = at > 0 && utcText(runs[at - 1] ?? 0).startsWith(date);
      const here = localTime(ms, zone);
      const said = here.offset === '+00:00' ? time : `${time} (${here.time} ${here.offset})`;
      return isSameDay ? said : `${date} ${said}`;
    })
    .join(', ');
}

/** `2026-12-20 17:00 UTC   2026-12-20 18:00 +01:00` */
function runText(ms: number, zone: string): string {
  const utc = `${utcText(ms)} UTC`;
  const here = localTime(ms, zone);
  return here.offset === '+00:00' ? utc : `${utc}   ${here.date} ${here.time} ${here.offset}`;
}
