import { Text } from 'ink';
import type { ReactElement } from 'react';
import { useGlyphs, useTone } from '../theme/theme.tsx';

/** The cursor of a list before one of its lines, and as much room before the others: a tone would be seen there. */
export function Pointer(props: {
  readonly isHere: boolean;
  /** Columns. @default those of the cursor */
  readonly lead?: number | undefined;
}): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const { isHere, lead = glyphs.pointer.length } = props;
  return (
    <Text>
      {isHere ? <Text {...tone.accent}>{glyphs.pointer}</Text> : null}
      {' '.repeat(Math.max(0, lead - (isHere ? glyphs.pointer.length : 0)))}
    </Text>
  );
}
