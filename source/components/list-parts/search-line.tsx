import { Box, type DOMElement, Text } from 'ink';
import { type ReactElement, useRef } from 'react';
import { TextCursor } from '../cursor/text-cursor.tsx';
import { displayWidth } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';

type SearchLineProps = {
  /** Columns to leave free before the label. */
  readonly indent: number;
  /** "Search: ", with the blank that parts it from what is typed where its language has one. */
  readonly label: string;
  readonly query: string;
  /** Muted, as long as nothing is typed. */
  readonly placeholder?: string | undefined;
  /** Titles of columns below, at the very right. */
  readonly beside?: string | undefined;
  /** At the right, the longest that there is room for: "38 of 1,204 match". Of a number a piece is another number. */
  readonly matches: readonly string[];
  /** Columns of the whole line. */
  readonly width: number;
  /** Whether the cursor stands here. */
  readonly isActive: boolean;
};

/** Blanks between what is typed and what stands beside it. */
export const searchGap = 2;

/** What is typed, and how much it finds. */
export function SearchLine(props: SearchLineProps): ReactElement {
  const { indent, label, query, placeholder = '', beside = '', isActive } = props;
  const room = props.width - indent - displayWidth(`${label}${query} ${beside}`) - searchGap;
  const matches = props.matches.find((one) => displayWidth(one) <= room) ?? '';
  const glyphs = useGlyphs();
  const tone = useTone();
  const box = useRef<DOMElement>(null);
  return (
    <Box justifyContent="space-between" columnGap={searchGap} paddingLeft={indent}>
      <Box ref={box} flexGrow={1}>
        <Text wrap={query === '' ? 'truncate' : 'truncate-start'}>
          <Text {...tone.muted}>{label}</Text>
          {query.trimEnd()}
          <Text {...tone.muted}>{glyphs.blank.repeat(query.length - query.trimEnd().length)}</Text>
          {/* Room for the cursor. */ ' '}
          <Text {...tone.muted}>{query === '' ? placeholder : ''}</Text>
        </Text>
      </Box>
      {isActive ? <TextCursor isOneLine anchor={box} before={label + query} /> : null}
      {/* What is typed is read before how much it finds. */}
      <Box flexShrink={query === '' ? 0 : 100}>
        <Text {...tone.muted} wrap="truncate">
          {matches + beside}
        </Text>
      </Box>
    </Box>
  );
}
