import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import type { Report, SectionCount } from '../../../activation/report.ts';
import { previewName } from '../../../activation/content/filename-template.ts';
import type { Plan } from '../../../activation/plan/plan.ts';
import { destinationName } from '../../../activation/requests.ts';
import { nextRuns, utcText } from '../../../activation/content/schedule.ts';
import { ScrollTable } from '../../../components/table/scroll-table.tsx';
import { displayWidth } from '../../../components/text/width.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import type { Text as Say } from '../../../locale/texts.ts';
import { verdictText } from '../../../pages/ending/ending.ts';
import { validationRows } from '../../../pages/ending/validation-rows.ts';

export interface ValidationViewProps {
  readonly report: Report;
  readonly plan: Plan;
  /** Epoch milliseconds. */
  readonly nowMs: number;
  readonly flowId: string | undefined;
  readonly text: Say;
  readonly height: number;
  readonly width: number;
  readonly isActive: boolean;
  readonly onDone: () => void;
}

/**
 * The proof: verdict, counts, and every thing that was asked beside what came back. Scrolls; `d` leaves
 * out what is the same.
 */
export function ValidationView(props: ValidationViewProps): ReactElement {
  const { report, flowId, text, height, width } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const rows = useMemo(
    () => validationRows(report, text, glyphs, onlyDifferences),
    [report, text, glyphs, onlyDifferences],
  );
  const counts = countTexts(report, text);
  const countsWidth = counts.reduce((sum, one) => sum + displayWidth(one.said) + 4, 0);
  const files = firstFile(props.plan, props.nowMs, text);
  const spare =
    4 + Math.ceil(countsWidth / width) + (report.isReordered ? 1 : 0) + (files === undefined ? 0 : 1);
  return (
    <Box flexDirection="column" width={width}>
      <Text wrap="truncate">
        <Text {...(report.isVerified ? tone.success : tone.danger)} bold>
          {report.isVerified ? glyphs.check : glyphs.cross} {verdictText(report, text)}
        </Text>
        <Text {...tone.muted}>{flowId === undefined ? '' : `  ${text('report.flow', { id: flowId })}`}</Text>
      </Text>
      <Box flexWrap="wrap" columnGap={2} width={width}>
        {counts.map(({ said, isSame }) => (
          <Text key={said}>
            <Text {...(isSame ? tone.success : tone.danger)}>{isSame ? glyphs.check : glyphs.cross}</Text>{' '}
            {said}
          </Text>
        ))}
      </Box>
      {report.isReordered ? <Text {...tone.muted}>{text('report.reordered')}</Text> : null}
      <ScrollTable
        key={String(onlyDifferences)}
        columns={[
          { title: ' ' },
          { title: text('report.asked') },
          { title: text('report.returned'), minWidth: 4 },
        ]}
        rows={rows}
        height={Math.max(1, height - spare)}
        width={width}
        isActive={props.isActive}
        range={(from, to, total) => text('report.range', { from, to, total })}
        onEnter={props.onDone}
        onBack={props.onDone}
        onKey={(press) => {
          if (press.kind !== 'text') return;
          if (press.text === 'd') setOnlyDifferences((is) => !is);
          if (press.text === 'q') props.onDone();
        }}
      />
      {files === undefined ? null : (
        <Text {...tone.muted} wrap="truncate-middle">
          {files}
        </Text>
      )}
    </Box>
  );
}

function countTexts(report: Report, text: Say): { said: string; isSame: boolean }[] {
  const count = (
    what: 'segments' | 'attributes' | 'mandatory' | 'deduplication',
    { same, asked, returned }: SectionCount,
  ) => {
    const isSame = same === asked && returned === asked;
    const number = (count: number): string =>
      count === 1 ? text(`report.${what}.one`) : text(`report.${what}.many`, { count });
    if (isSame) return { said: number(asked), isSame };
    // Nothing was asked for: what is there is all too much.
    if (asked === 0) return { said: text('report.countExtra', { what: number(returned) }), isSame };
    return {
      said: text('report.countOf', { same, asked, what: number(asked).replace(/^[\d,]+ /, '') }),
      isSame,
    };
  };
  return [
    count('segments', report.segments),
    count('attributes', report.attributes),
    count('mandatory', report.mandatory),
    count('deduplication', report.deduplication),
  ];
}

/** The first file that will be written, and when. Nothing when no moment is fixed. */
function firstFile(plan: Plan, nowMs: number, text: Say): string | undefined {
  const upcoming = plan.segments
    .flatMap((segment) => nextRuns(segment.schedule, nowMs, 1).map((atMs) => ({ segment, atMs })))
    .sort((a, b) => a.atMs - b.atMs);
  const [first] = upcoming;
  if (!first) return undefined;
  const { segment, atMs } = first;
  const name = previewName(segment.filenameTemplate, {
    destinationName: destinationName(plan),
    segmentId: segment.id,
    segmentName: segment.name ?? segment.id,
    atMs,
  });
  return text('report.first', { name, at: utcText(atMs) });
}
