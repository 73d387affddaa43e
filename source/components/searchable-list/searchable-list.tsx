import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, type ReactNode, useLayoutEffect, useMemo } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { SearchLine } from '../list-parts/search-line.tsx';
import { StatusLine } from '../list-parts/status-line.tsx';
import { joinParts, type SearchTexts } from '../list-parts/texts.ts';
import { displayWidth } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import { type ToneName, useGlyphs, useTone } from '../theme/theme.tsx';
import { type ListRow } from './search.ts';
import { measureRows, shareColumns, widest } from './searchable-list-layout.ts';
import { leadWidth } from './searchable-list-look.ts';
import { SearchableListRow } from './searchable-list-row.tsx';
import {
  countHidden,
  countShown,
  cursorRow,
  isInListOrder,
  isSpaceNext,
  type SelectionMode,
  shownRow,
} from './searchable-list-state.ts';
import { useSearchableList } from './use-searchable-list.ts';

export type { ListRow } from './search.ts';

export type SearchableListTexts = SearchTexts;

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
  readonly onSelectionChange?: ((ids: readonly string[]) => void) | undefined;
  /** Whether Esc shows all rows again, or goes back. */
  readonly onFiltered?: ((isFiltered: boolean) => void) | undefined;
  /** Whether no row is left to act on. */
  readonly onEmpty?: ((isEmpty: boolean) => void) | undefined;
  /** Told the row under the cursor, at first and whenever it is another one; nothing where none is shown. */
  readonly onCursorChange?: ((row: ListRow | undefined) => void) | undefined;
  /** The cursor moved down to the last screenful: time to fetch the next page. */
  readonly onNearEnd?: (() => void) | undefined;
  /** How many rows there are behind a filter of the owner's. @default as many as `rows` */
  readonly total?: number | undefined;
  /** The owner's order and filter in words, beside the count. */
  readonly scope?: string | undefined;
  /** The same while what matches best comes first. @default what the texts have for it */
  readonly scopeByMatch?: string | undefined;
  /** What was pasted, line by line. @returns ids to select; nothing for something to search */
  readonly onPaste?: ((lines: readonly string[]) => readonly string[] | undefined) | undefined;
  /** Keys that the list has no use for, such as Ctrl letters. */
  readonly onKey?: ((press: KeyPress) => void) | undefined;
  /** Tone of what stands beside the labels. @default muted */
  readonly beside?: ToneName | undefined;
  /** A line or more about the row under the cursor, below the list. */
  readonly renderPreview?: ((row: ListRow) => ReactNode) | undefined;
};

/** With fewer columns what is typed needs those of the owner's filter. */
const leastForScope = 60;

/**
A list of up to 100,000 rows that is searched by typing.

In a list for many, space selects, except where a name goes on with one, and a comma parts words of the
search too; in a list for one, space is text. A filter never changes what is selected.
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
      onSelectionChange: props.onSelectionChange,
      onCursorChange: props.onCursorChange,
      onFiltered: props.onFiltered,
      onNearEnd: props.onNearEnd,
      onKey: props.onKey,
      onPaste: props.onPaste,
    },
  );

  // Rows that have just come are in the state a moment later than in the props: both counts go by the state.
  const total = state.index.rows.length + Math.max(0, (props.total ?? rows.length) - rows.length);
  const shownCount = countShown(state);
  const isEmpty = shownCount === 0;
  const indent = glyphs.pointer.length + 1;
  const none = isEmpty
    ? wrapText(total === 0 && isLoading ? (texts.loading ?? '') : texts.none, width - indent)
    : [];
  // As many lines as the unfiltered list has, so that nothing below jumps while the person types.
  const slots = Math.max(1, Math.min(state.height, Math.max(state.index.rows.length, none.length)));
  const drawn = Array.from({ length: slots }, (_, slot) => shownRow(state, state.top + slot));

  const sample = useMemo(() => measureRows(state.index.rows), [state.index.rows]);
  const natural = widest(sample, measureRows(drawn.filter((row) => row !== undefined)));
  const shared = shareColumns(natural, width - leadWidth(mode, glyphs));
  const columnsKey = [shared.label, ...shared.cells].join();
  const columns = useMemo(() => {
    const [label = 1, ...cells] = columnsKey.split(',').map(Number);
    return { label, cells };
  }, [columnsKey]);

  // One letter is everywhere: marking it says little, and costs the most bytes of all keys.
  const marked = /^[ -~] *$/.test(state.query) ? '' : state.query;
  const isNarrow = width < leastForScope;
  const matches = texts.matches(shownCount, total);
  const needed = displayWidth([texts.search, props.scope ?? '', matches].join('   ')) + indent + 2;
  const hasScope = isNarrow ? state.query === '' && needed <= width : true;
  const hidden = useMemo(() => countHidden(state), [state]);
  const said = joinParts(
    isNarrow && isSpaceNext(state)
      ? [texts.spaceAgain]
      : [
          hasScope ? (isInListOrder(state) ? props.scope : (props.scopeByMatch ?? texts.byMatch)) : undefined,
          state.isOnlySelected ? texts.onlySelected : undefined,
          matches,
          isSpaceNext(state) ? texts.spaceAgain : undefined,
        ],
    glyphs.dot,
  );
  const under = cursorRow(state);
  const { onEmpty, onCursorChange } = props;
  useLayoutEffect(() => onEmpty?.(isEmpty), [onEmpty, isEmpty]);
  // Rows that come, or a window of another size, bring another one under the cursor as well.
  useLayoutEffect(() => onCursorChange?.(under), [onCursorChange, under]);

  return (
    <Box flexDirection="column" width={width}>
      <SearchLine
        indent={indent}
        label={texts.search}
        query={state.query}
        matches={[said, matches]}
        width={width}
        isActive={isActive}
      />
      {drawn.map((row, slot) =>
        row === undefined ? (
          <Text key={slot} {...tone.muted}>
            {' '.repeat(indent) + (none[slot] ?? '')}
          </Text>
        ) : (
          <SearchableListRow
            key={slot}
            row={row}
            mode={mode}
            isCursor={isActive && state.top + slot === state.cursor}
            isSelected={state.selected.has(row.id)}
            query={marked}
            isSimilar={state.top + slot >= state.exact}
            columns={columns}
            beside={props.beside ?? 'muted'}
          />
        ),
      )}
      <StatusLine
        width={width}
        indent={indent}
        refusal={under?.disabled}
        selected={mode === 'multi' ? texts.selected(state.selected.size, hidden) : ''}
        range={joinParts(
          [
            isLoading && total > 0 ? texts.loading : undefined,
            shownCount <= state.height
              ? undefined
              : texts.range(state.top + 1, Math.min(state.top + state.height, shownCount), shownCount),
          ],
          glyphs.dot,
        )}
      />
      {under !== undefined && props.renderPreview !== undefined ? props.renderPreview(under) : null}
    </Box>
  );
}
