import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, type ReactNode, useMemo } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { joinCells } from './join-cells.ts';
import { fit, truncate } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { layOutTable, type TableColumn, type TableLayout, type TableRow } from './table-layout.ts';
import { scrollingOf } from './table-state.ts';
import { useScrollTable } from './use-scroll-table.ts';

export type { TableColumn, TableRow } from './table-layout.ts';

export type ScrollTableProps = {
  /** Titles are drawn when at least one is not empty. */
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Most rows to draw; titles and the range add a line each. */
  readonly height: number;
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  /** "11–20 of 132"; drawn when not all rows fit. */
  readonly range: (first: number, last: number, total: number) => string;
  /** @default true */
  readonly isActive?: boolean | undefined;
  /** Enter on a row; with it the table has a cursor, without it the keys scroll. */
  readonly onSelect?: ((index: number) => void) | undefined;
  readonly initialCursor?: number | undefined;
  /** The last row is none of the list: it stays in sight, and is not counted. */
  readonly isLastPinned?: boolean | undefined;
  readonly onCursorChange?: ((index: number) => void) | undefined;
  /** Enter in a table without a cursor. */
  readonly onEnter?: (() => void) | undefined;
  /** Esc. */
  readonly onBack?: (() => void) | undefined;
  /** Shift with an arrow: a row is to change places with its neighbour. @returns whether it did; the cursor goes with it */
  readonly onOrder?: ((index: number, by: -1 | 1) => boolean) | undefined;
  /** In place of the cells under the cursor while they are written; it has all keys then. */
  readonly editor?: ReactNode;
  /** All other keys and typed letters. */
  readonly onKey?: ((press: KeyPress) => void) | undefined;
};

/** Rows in straight columns, hundreds of them if need be. */
export function ScrollTable(props: ScrollTableProps): ReactElement {
  const { columns, rows, height, isActive = true, onSelect } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const width = props.width ?? window.columns;
  const state = useScrollTable({
    count: rows.length,
    height,
    initialCursor: props.initialCursor,
    isLastPinned: props.isLastPinned ?? false,
    onCursorChange: props.onCursorChange,
    isActive: isActive && props.editor === undefined,
    onSelect,
    onEnter: props.onEnter,
    onOrder: props.onOrder,
    onBack: props.onBack,
    onKey: props.onKey,
  });

  const lead = onSelect === undefined ? 0 : glyphs.pointer.length + 1;
  const layout = useMemo(() => layOutTable(columns, rows, width - lead), [columns, rows, width, lead]);
  const hasTitles = columns.some((column) => column.title !== '');
  const scrolling = scrollingOf(state);
  const end = Math.min(state.top + scrolling.height, scrolling.count);
  const drawn = [
    ...rows.slice(state.top, end).map((row, slot) => ({ row, at: state.top + slot })),
    ...rows.slice(scrolling.count).map((row, slot) => ({ row, at: scrolling.count + slot })),
  ];
  const isCut = rows.length > state.height;

  return (
    <Box flexDirection="column" width={width}>
      {hasTitles ? (
        <Text {...tone.muted} wrap="truncate">
          {' '.repeat(lead + marginOf(layout))}
          {joinCells(
            columns.map((column) => column.title),
            columns,
            layout,
            glyphs.ellipsis,
          )}
        </Text>
      ) : null}
      {drawn.map(({ row, at }, slot) => {
        const isCursor = lead > 0 && isActive && at === state.cursor;
        if (isCursor && props.editor !== undefined)
          return (
            <Box key={slot}>
              <Pointer isHere lead={lead + marginOf(layout)} />
              {props.editor}
            </Box>
          );
        return (
          <Text key={slot} wrap="truncate">
            <Pointer isHere={isCursor && lead > 0} lead={lead} />
            <Text {...tone[row.tone ?? 'plain']}>
              {layout.mark === 0 ? '' : `${fit(row.mark ?? '', layout.mark, glyphs.ellipsis)} `}
            </Text>
            {row.kind === 'group' ? (
              <Text {...(isCursor ? tone.current : tone.strong)}>
                {truncate(row.label, width - lead - marginOf(layout), glyphs.ellipsis)}
              </Text>
            ) : (
              <Text {...(isCursor ? tone.current : tone.plain)}>
                {joinCells(row.cells, columns, layout, glyphs.ellipsis)}
              </Text>
            )}
          </Text>
        );
      })}
      {isCut ? (
        <Box justifyContent="flex-end">
          <Text {...tone.muted}>{props.range(state.top + 1, end, scrolling.count)}</Text>
        </Box>
      ) : null}
    </Box>
  );
}

/** Columns before the first cell. */
function marginOf(layout: TableLayout): number {
  return layout.mark === 0 ? 0 : layout.mark + 1;
}
