import { Text } from 'ink';
import { type ReactElement } from 'react';
import { useGlyphs, useTone } from '../theme/theme.tsx';

export type MeterProps = {
  /** From 0 to 1. */
  readonly value: number;
  /** Columns of the bar. */
  readonly width: number;
  /** After the bar: "3 of 5". It also stands for the bar when it is read aloud. */
  readonly label: string;
};

/** How far something has come. */
export function Meter({ value, width, label }: MeterProps): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const full = fullCells(value, width);
  return (
    <Text aria-label={label} wrap="truncate">
      <Text {...tone.accent}>{glyphs.barFull.repeat(full)}</Text>
      <Text {...tone.muted}>{glyphs.barEmpty.repeat(width - full)}</Text> {label}
    </Text>
  );
}

/** Full only when it is all done, empty only when nothing is. */
export function fullCells(value: number, width: number): number {
  const share = Math.max(0, Math.min(1, Number.isNaN(value) ? 0 : value));
  if (share === 0 || share === 1) {
    return share * width;
  }
  return Math.max(1, Math.min(width - 1, Math.round(share * width)));
}
