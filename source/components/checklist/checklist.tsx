import { Box, Text, useWindowSize } from 'ink';
import { Fragment, type ReactElement } from 'react';
import { SpinnerGlyph } from '../spinner/spinner.tsx';
import { displayWidth, fit, truncate } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type ChecklistState, lookOfState } from './checklist-look.ts';

export type ChecklistRow = {
  readonly label: string;
  readonly state: ChecklistState;
  /** Beside the label: an id, a reason, "again in 2 s". */
  readonly detail?: string | undefined;
  /** How long it took, milliseconds. */
  readonly ms?: number | undefined;
};

type ChecklistProps = {
  readonly rows: readonly ChecklistRow[];
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  /** Most lines. Where all do not fit, what is done goes first: it is counted. @default as many as there are */
  readonly height?: number | undefined;
  /** "3 steps done". @default the number */
  readonly doneAbove?: ((count: number) => string) | undefined;
  /** "1.2 s". @default seconds with one decimal */
  readonly duration?: ((ms: number) => string) | undefined;
};

/** Things to do one after the other, and how each went. */
export function Checklist(props: ChecklistProps): ReactElement {
  const { rows, width, height = Infinity, doneAbove = String, duration = seconds } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const room = width ?? window.columns;
  const lead = displayWidth(glyphs.check) + 1;
  const times = rows.map((row) => (row.ms === undefined ? '' : duration(row.ms)));
  const timeWidth = Math.max(0, ...times.map(displayWidth));
  const textWidth = room - lead - (timeWidth === 0 ? 0 : timeWidth + 2);
  const labelWidth = Math.min(textWidth, Math.max(0, ...rows.map((row) => displayWidth(row.label))));
  const detailWidth = textWidth - labelWidth - 2;
  // An id may be cut; what is waited for is said below where there is no room beside.
  const below = rows.map(({ state, detail = '' }) =>
    state === 'running' && displayWidth(detail) > detailWidth ? wrapText(detail, room - lead) : [],
  );
  const gone = countGone(
    rows,
    below.map((lines) => 1 + lines.length),
    height,
  );

  return (
    <Box flexDirection="column" width={room}>
      {gone === 0 ? null : (
        <Text wrap="truncate">
          <Text {...tone.success}>{glyphs.check.padEnd(lead)}</Text>
          <Text {...tone.muted}>{doneAbove(gone)}</Text>
        </Text>
      )}
      {rows.map((row, at) => {
        if (at < gone) return null;
        const look = lookOfState(row.state, glyphs);
        const lines = below[at] ?? [];
        const beside = lines.length > 0 ? '' : (row.detail ?? '');
        const detail = detailWidth < 4 ? '' : truncate(beside, detailWidth, glyphs.ellipsis);
        return (
          <Fragment key={at}>
            <Box>
              {row.state === 'running' ? (
                <Box width={lead} flexShrink={0}>
                  <SpinnerGlyph still={look.mark} />
                </Box>
              ) : (
                <Text {...tone[look.markTone]}>{look.mark.padEnd(lead)}</Text>
              )}
              <Text wrap="truncate">
                <Text {...tone[look.labelTone]}>{fit(row.label, labelWidth, glyphs.ellipsis)}</Text>
                <Text {...(row.state === 'failed' ? tone.danger : tone.muted)}>
                  {detailWidth < 4 ? '' : `  ${fit(detail, detailWidth, glyphs.ellipsis)}`}
                </Text>
                <Text {...tone.muted}>
                  {timeWidth === 0 ? '' : `  ${fit(times[at] ?? '', timeWidth, glyphs.ellipsis, 'right')}`}
                </Text>
              </Text>
            </Box>
            {lines.map((line, part) => (
              <Text key={part} {...tone.muted}>
                {' '.repeat(lead)}
                {line}
              </Text>
            ))}
          </Fragment>
        );
      })}
    </Box>
  );
}

/** How many of the first rows are left out: no more than are done, and no more than have to be. */
function countGone(rows: readonly ChecklistRow[], lines: readonly number[], height: number): number {
  const undone = rows.findIndex(({ state }) => state !== 'done');
  let left = lines.reduce((sum, count) => sum + count, 0);
  let gone = 0;
  // The count takes a line of its own.
  while (left + (gone === 0 ? 0 : 1) > height && gone < undone) left -= lines[gone++] ?? 0;
  return gone;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
