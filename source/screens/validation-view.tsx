import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import type { Report } from '../activation/compare.ts';
import { ScrollTable } from '../components/table/scroll-table.tsx';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import type { Text as Say } from '../locale/texts.ts';
import { validationRows } from './validation-rows.ts';

export interface ValidationViewProps {
  readonly report: Report;
  readonly flowId: string | undefined;
  readonly text: Say;
  readonly height: number;
  readonly width: number;
  readonly isActive: boolean;
  readonly onDone: () => void;
}

/** The proof: verdict, counts, and every thing that was asked beside what came back. Scrolls; `d` leaves the same ones out. */
export function ValidationView(props: ValidationViewProps): ReactElement {
  const { report, flowId, text, height, width } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const rows = useMemo(
    () => validationRows(report, text, glyphs, onlyDifferences),
    [report, text, glyphs, onlyDifferences],
  );
  const wrong = report.rows.filter((row) => row.mark !== 'same').length;
  const counts = [
    ['report.segments', report.segments],
    ['report.attributes', report.attributes],
    ['report.mandatory', report.mandatory],
    ['report.deduplication', report.deduplication],
  ] as const;
  return (
    <Box flexDirection="column" width={width}>
      <Text wrap="truncate">
        <Text {...(report.isVerified ? tone.success : tone.danger)} bold>
          {report.isVerified ? glyphs.check : glyphs.cross}{' '}
          {report.isVerified
            ? text('report.verified')
            : text('report.differs', { count: wrong, total: report.rows.length })}
        </Text>
        <Text {...tone.muted}>{flowId === undefined ? '' : `  ${text('report.flow', { id: flowId })}`}</Text>
      </Text>
      <Text wrap="truncate">
        {counts.map(([title, count]) => {
          const isSame = count.same === count.asked && count.returned === count.asked;
          return (
            <Text key={title}>
              <Text
                {...(isSame ? tone.success : tone.danger)}
              >{`  ${isSame ? glyphs.check : glyphs.cross} `}</Text>
              {text(title)} {text('report.ofCount', { same: count.same, asked: count.asked })}
            </Text>
          );
        })}
      </Text>
      {report.isReordered ? <Text {...tone.muted}>{`  ${text('report.reordered')}`}</Text> : null}
      <ScrollTable
        key={String(onlyDifferences)}
        columns={[
          { title: ' ' },
          { title: text('report.asked') },
          { title: text('report.returned'), minWidth: 4 },
        ]}
        rows={rows}
        height={Math.max(1, height - 4 - (report.isReordered ? 1 : 0))}
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
    </Box>
  );
}
