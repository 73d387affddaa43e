import { Text } from 'ink';
import type { ReactElement } from 'react';
import { hasMoment, previewName, splitNames } from '../activation/filename-template.ts';
import { localTime } from '../activation/local-time.ts';
import { nextRuns, utcText } from '../activation/schedule.ts';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { useScope } from './use-scope.ts';
import { useWizard } from './wizard-context.tsx';

/** How many exports are listed one a line, where there is room for it. */
const listedRuns = 5;
/** Of the names of split files only the end differs. */
const tailLength = 21;
const longLines = 2 + listedRuns + 3;
const shortLines = 3;

/** Lines of the preview on a page of this height. */
export const previewLines = (height: number): number => (height >= longLines + 8 ? longLines : shortLines);

/** The next exports, here and in UTC, and the first file names, as the answers are now. */
export function ExportPreview({ lines }: { readonly lines: number }): ReactElement {
  const { state, services, text } = useWizard();
  const tone = useTone();
  const glyphs = useGlyphs();
  const { segments, settings } = useScope();
  const [segment] = segments;
  const [first] = settings;
  if (!segment || !first) return <Text> </Text>;
  const zone = services.timeZone;
  const isLong = lines === longLines;
  const runs = nextRuns(first.schedule, services.now(), listedRuns);
  const names = splitNames(
    previewName(first.filenameTemplate, {
      destinationName: state.draft.destination?.name ?? '',
      segmentId: segment.id,
      segmentName: segment.name,
      atMs: runs[0] ?? services.now(),
    }),
  );
  const isAfterEvaluation = first.schedule.triggerType === 'AFTER_SEGMENT_EVAL';
  const overwrites = first.schedule.frequency !== 'ONCE' && !hasMoment(first.filenameTemplate);
  return (
    <>
      <Text> </Text>
      {isAfterEvaluation || !isLong ? (
        <Text {...tone.muted} wrap="truncate">
          {`  ${
            isAfterEvaluation
              ? text('settings.afterEvaluation')
              : text('settings.nextRuns', {
                  runs:
                    runs
                      .slice(0, 3)
                      .map((ms) => momentText(ms, zone))
                      .join(', ') || text('review.none'),
                })
          }`}
        </Text>
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

/** `2026-12-20 17:00`, and the hour here where it is another one. */
function momentText(ms: number, zone: string): string {
  const utc = utcText(ms);
  const here = localTime(ms, zone);
  return here.offset === '+00:00' ? utc : `${utc} (${here.time} ${here.offset})`;
}

/** `2026-12-20 17:00 UTC   2026-12-20 18:00 +01:00` */
function runText(ms: number, zone: string): string {
  const utc = `${utcText(ms)} UTC`;
  const here = localTime(ms, zone);
  return here.offset === '+00:00' ? utc : `${utc}   ${here.date} ${here.time} ${here.offset}`;
}
