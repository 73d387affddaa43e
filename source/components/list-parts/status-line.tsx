import { Box, Text } from 'ink';
import { type ReactElement } from 'react';
import { displayWidth } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

type StatusLineProps = {
  readonly indent: number;
  /** Why the line under the cursor cannot be chosen; stands in for `selected`. */
  readonly refusal: string | undefined;
  /** "2 selected · 1 hidden". */
  readonly selected: string;
  /** "1–10 of 38". */
  readonly range: string;
  /** Columns; with too few of them for both the range goes. */
  readonly width: number;
};

/** Between the two. */
const gap = 2;

/** Below a list: what is chosen and where the window stands. */
export function StatusLine({ indent, refusal, selected, range, width }: StatusLineProps): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const fits = refusal !== undefined || indent + displayWidth(selected) + gap + displayWidth(range) <= width;
  return (
    <Box justifyContent="space-between" columnGap={gap} paddingLeft={indent}>
      {refusal === undefined ? (
        <Text wrap="truncate">{selected === '' ? ' ' : selected}</Text>
      ) : (
        <Text {...tone.warning} wrap="truncate">
          {glyphs.warning} {refusal}
        </Text>
      )}
      <Box flexShrink={0}>
        <Text {...tone.muted}>{fits ? range : ''}</Text>
      </Box>
    </Box>
  );
}
