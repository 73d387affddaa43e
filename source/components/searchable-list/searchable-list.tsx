import { Box, type DOMElement, Text, useWindowSize } from 'ink';
import { type ReactElement, type ReactNode, useMemo, useRef } from 'react';
import { TextCursor } from '../cursor/text-cursor.tsx';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type ListRow } from './search.ts';
import { measureRows, shareColumns, widest } from './searchable-list-layout.ts';
import { leadWidth } from './searchable-list-look.ts';
import { SearchableListRow } from './searchable-list-row.tsx';
import { countHidden, countShown, cursorRow, type SelectionMode, shownRow } from './searchable-list-state.ts';
import { useSearchableList } from './use-searchable-list.ts';

export type { ListRow } from './search.ts';

/** Words of the list; numbers come in plain, so that the catalog groups digits. */
export type SearchableListTexts = {
  /** Before what is typed: "Search:". */
  readonly search: string;
  /** "38 of 1,204 match". */
  readonly matches: (matching: number, total: number) => string;
  /** "1–10 of 38"; the first and last are 1-based. */
  readonly range: (first: number, last: number, total: number) => string;
  /** "2 selected · 1 hidden"; not asked for in a single list. */
  readonly selected: (selected: number, hidden: number) => string;
  /** Instead of rows when nothing matches. */
  readonly none: string;
  /** While more rows are on the way. */
  readonly loading?: string | undefined;
  /** Beside the search while only chosen rows are shown. */
  readonly onlySelected?: string | undefined;
};

export type SearchableListProps = {
  /** All rows, a new array whenever they change; kept row objects cost nothing. */
  readonly rows: readonly ListRow[];
  /** @default 'multi' */
  readonly mode?: SelectionMode | undefined;
  /** Most rows to draw. The whole list is two lines taller: search above, range below. */
  readonly height: number;
  /** Columns to draw in. @default the width of the terminal */
  readonly width?: number | undefined;
  readonly texts: SearchableListTexts;
  readonly initialSelected?: readonly string[] | undefined;
  readonly initialQuery?: string | undefined;
  /** Id of the row to begin at. */
  readonly initialCursor?: string | undefined;
  /** Whether keys arrive here. @default true */
  readonly isActive?: boolean | undefined;
  /** More rows are on the way. */
  readonly isLoading?: boolean | undefined;
  /** Enter: the chosen ids in the order of choosing (multi), or the id under the cursor (single). */
  readonly onSubmit: (ids: readonly string[]) => void;
  /** Esc when no filter is left to clear. */
  readonly onBack?: (() => void) | undefined;
  /** `?` before anything is typed; without it `?` is text. */
  readonly onHelp?: (() => void) | undefined;
  readonly onSelectionChange?: ((ids: readonly string[]) => void) | undefined;
  readonly onQueryChange?: ((query: string) => void) | undefined;
  readonly onCursorChange?: ((row: ListRow | undefined) => void) | undefined;
  /** The cursor moved down to the last screenful: time to fetch the next page. */
  readonly onNearEnd?: (() => void) | undefined;
  /** A line or more about the row under the cursor, below the list. */
  readonly renderPreview?: ((row: ListRow) => ReactNode) | undefined;
};

/**
A list of up to 100,000 rows that is searched by typing.

In a list for many, space selects and a comma parts words of the search; in a list for one, space is
text. A filter never changes what is selected.
*/
export function SearchableList(props: SearchableListProps): ReactElement {
  const { rows, mode = 'multi', height, texts, isActive = true, isLoading = false } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;

  const state = useSearchableList(
    {
      mode,
      height,
      rows,
      selected: props.initialSelected,
      query: props.initialQuery,
      cursorId: props.initialCursor,
    },
    {
      isActive,
      onSubmit: props.onSubmit,
      onBack: props.onBack,
      onHelp: props.onHelp,
      onSelectionChange: props.onSelectionChange,
      onQueryChange: props.onQueryChange,
      onCursorChange: props.onCursorChange,
      onNearEnd: props.onNearEnd,
    },
  );

  const total = state.index.rows.length;
  const shownCount = countShown(state);
  // As many lines as the unfiltered list has, so that nothing below jumps while the person types.
  const slots = Math.max(1, Math.min(state.height, total));
  const drawn = Array.from({ length: slots }, (_, slot) => shownRow(state, state.top + slot));

  const sample = useMemo(() => measureRows(state.index.rows), [state.index.rows]);
  const natural = widest(sample, measureRows(drawn.filter((row) => row !== undefined)));
  const shared = shareColumns(natural, width - leadWidth(mode, glyphs));
  const columnsKey = [shared.label, ...shared.cells].join();
  const columns = useMemo(() => {
    const [label = 1, ...cells] = columnsKey.split(',').map(Number);
    return { label, cells };
  }, [columnsKey]);

  const searchBox = useRef<DOMElement>(null);
  const hidden = useMemo(() => countHidden(state), [state]);
  const under = cursorRow(state);
  const margin = ' '.repeat(glyphs.pointer.length + 1);

  return (
    <Box flexDirection="column" width={width}>
      <Box justifyContent="space-between" columnGap={2}>
        <Box ref={searchBox} flexGrow={1}>
          <Text wrap="truncate-start">
            {margin}
            <Text {...tone.muted}>{texts.search} </Text>
            {state.query}
            {/* Room for the cursor. */ ' '}
          </Text>
        </Box>
        {isActive ? (
          <TextCursor isOneLine anchor={searchBox} before={`${margin}${texts.search} ${state.query}`} />
        ) : null}
        <Box flexShrink={0}>
          <Text {...tone.muted}>
            {state.isOnlySelected && texts.onlySelected !== undefined
              ? `${texts.onlySelected} ${glyphs.dot} `
              : ''}
            {texts.matches(shownCount, total)}
          </Text>
        </Box>
      </Box>
      {drawn.map((row, slot) =>
        row === undefined ? (
          <Text key={slot} {...tone.muted}>
            {slot === 0 ? margin + (total === 0 && isLoading ? (texts.loading ?? '') : texts.none) : ' '}
          </Text>
        ) : (
          <SearchableListRow
            key={slot}
            row={row}
            mode={mode}
            isCursor={isActive && state.top + slot === state.cursor}
            isSelected={state.selected.has(row.id)}
            query={state.query}
            columns={columns}
          />
        ),
      )}
      <Box justifyContent="space-between" columnGap={2}>
        {under?.disabled !== undefined ? (
          <Text {...tone.warning} wrap="truncate">
            {margin}
            {glyphs.warning} {under.disabled}
          </Text>
        ) : (
          <Text {...(state.selected.size > 0 ? tone.strong : tone.muted)} wrap="truncate">
            {margin}
            {mode === 'multi' ? texts.selected(state.selected.size, hidden) : ''}
          </Text>
        )}
        <Box flexShrink={0}>
          <Text {...tone.muted}>
            {isLoading && texts.loading !== undefined && total > 0 ? `${texts.loading} ${glyphs.dot} ` : ''}
            {shownCount === 0
              ? ''
              : texts.range(state.top + 1, Math.min(state.top + state.height, shownCount), shownCount)}
          </Text>
        </Box>
      </Box>
      {under !== undefined && props.renderPreview !== undefined ? props.renderPreview(under) : null}
    </Box>
  );
}
