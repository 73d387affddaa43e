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

export type ChecklistProps = {
  readonly rows: readonly ChecklistRow[];
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  /** "1.2 s". @default seconds with one decimal */
  readonly duration?: ((ms: number) => string) | undefined;
};

/** Things to do one after the other, and how each went. */
export function Checklist({ rows, width, duration = seconds }: ChecklistProps): ReactElement {
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

  return (
    <Box flexDirection="column" width={room}>
      {rows.map((row, at) => {
        const look = lookOfState(row.state, glyphs);
        // An id may be cut; what is waited for is said below where there is no room beside.
        const below =
          row.state === 'running' && displayWidth(row.detail ?? '') > detailWidth
            ? wrapText(row.detail ?? '', room - lead)
            : [];
        const beside = below.length > 0 ? '' : (row.detail ?? '');
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
            {below.map((line, part) => (
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

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
