import { Text } from 'ink';
import type { ReactElement } from 'react';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import { listedRuns, previewOf } from '../../../pages/schedule/export-lines.ts';
import { scopeOf } from '../../../pages/schedule/scope.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

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
  const preview = previewOf(scopeOf(state, text), state.draft, text, services);
  if (!preview) return <Text> </Text>;
  const { isAfterEvaluation, runs, moments, names, overwrites } = preview;
  const isLong = lines === longLines;
  const isMedium = lines === mediumLines;
  const runsSaid = text('settings.nextRuns', { runs: moments || text('review.none') });
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
          {`  ${text('settings.runsTitle', { zone: services.timeZone })}`}
        </Text>
      )}
      {isLong && !isAfterEvaluation
        ? Array.from({ length: listedRuns }, (_, at) => (
            <Text key={at} {...tone.muted} wrap="truncate">
              {`    ${runs[at] === undefined ? (at === 0 ? text('review.none') : ' ') : runs[at]}`}
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
