import { Box, type DOMElement, Text } from 'ink';
import { type ReactElement, useRef } from 'react';
import { TextCursor } from '../cursor/text-cursor.tsx';
import { useGlyphs, useTone } from '../theme/theme.tsx';

export type SearchLineProps = {
  /** Columns to leave free before the label. */
  readonly indent: number;
  /** "Search:". */
  readonly label: string;
  readonly query: string;
  /** Muted, as long as nothing is typed. */
  readonly placeholder?: string | undefined;
  /** Titles of columns below, at the very right. */
  readonly beside?: string | undefined;
  /** At the right: "38 of 1,204 match". */
  readonly matches: string;
  /** Whether the cursor stands here. */
  readonly isActive: boolean;
};

/** What is typed, and how much it finds. */
export function SearchLine(props: SearchLineProps): ReactElement {
  const { indent, label, query, placeholder = '', matches, beside = '', isActive } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const box = useRef<DOMElement>(null);
  return (
    <Box justifyContent="space-between" columnGap={2} paddingLeft={indent}>
      <Box ref={box} flexGrow={1}>
        <Text wrap={query === '' ? 'truncate' : 'truncate-start'}>
          <Text {...tone.muted}>{label} </Text>
          {query.trimEnd()}
          <Text {...tone.muted}>{glyphs.blank.repeat(query.length - query.trimEnd().length)}</Text>
          {/* Room for the cursor. */ ' '}
          <Text {...tone.muted}>{query === '' ? placeholder : ''}</Text>
        </Text>
      </Box>
      {isActive ? <TextCursor isOneLine anchor={box} before={`${label} ${query}`} /> : null}
      {/* What is typed is read before how much it finds. */}
      <Box flexShrink={query === '' ? 0 : 100}>
        <Text {...tone.muted} wrap="truncate">
          {matches + beside}
        </Text>
      </Box>
    </Box>
  );
}
