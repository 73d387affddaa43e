import { Box, Text } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { pageOf } from '../scroll/scroll.ts';
import { joinCells } from '../table/join-cells.ts';
import { layOutTable, type TableColumn } from '../table/table-layout.ts';
import { displayWidth, fit, truncate } from '../text/width.ts';
import { useGlyphs, useTone, type ToneName } from '../theme/theme.tsx';
import type { Identified, LivingRow } from './living-rows.ts';
import { cursorAt } from './living-state.ts';
import type { LivingTableState } from './use-living.ts';

export interface LivingCells {
  /** In place of cells, over all columns. */
  readonly label?: string | undefined;
  readonly cells: readonly string[];
  readonly mark: string;
  readonly tone?: ToneName | undefined;
}

export interface LivingTableProps<Value> {
  readonly living: LivingTableState<Value>;
  readonly columns: readonly TableColumn[];
  readonly cellsOf: (row: LivingRow<Value>) => LivingCells;
  readonly width: number;
  readonly isActive: boolean;
  /** In place of rows where there are none. */
  readonly none: string;
  /** A line below the rows, told how many columns there was no room for. */
  readonly below: (hidden: number) => string;
  /** The cursor is moved. */
  readonly onMove: () => void;
  readonly onSelect: (row: LivingRow<Value>) => void;
  readonly onBack: () => void;
  /** All other keys and typed letters. */
  readonly onKey: (press: KeyPress) => void;
}

/** Rows that are measured beside those that are drawn: a column must not change its width with every key. */
const measured = 32;

/** One row for many: to measure them all costs more than a key may. */
function widestRow(rows: readonly LivingCells[]): LivingCells {
  const widest = (texts: readonly string[]): string =>
    texts.reduce((one, other) => (displayWidth(other) > displayWidth(one) ? other : one), '');
  const first = rows.find(({ label }) => label === undefined);
  return {
    mark: widest(rows.map(({ mark }) => mark)),
    cells: (first?.cells ?? []).map((_, at) => widest(rows.map(({ cells }) => cells[at] ?? ''))),
  };
}

/** Rows of a table that follows by itself: its cursor stays on its row, whatever comes and goes. */
export function LivingTable<Value extends Identified>(props: LivingTableProps<Value>): ReactElement {
  const { living, columns, cellsOf, width, isActive } = props;
  const { state, send, peek } = living;
  const glyphs = useGlyphs();
  const tone = useTone();
  const lead = glyphs.pointer.length + 1;
  const { rows, top, height } = state;
  const drawn = rows.slice(top, top + height).map((row) => ({ row, ...cellsOf(row) }));
  const sample = useMemo(() => {
    // From all over: what stands first is often of one kind, and has no numbers.
    const step = Math.ceil(rows.length / measured);
    return widestRow(rows.filter((_, at) => at % step === 0).map(cellsOf));
  }, [rows, cellsOf]);
  const layout = layOutTable(columns, [sample, ...drawn], width - lead);
  const margin = layout.mark === 0 ? 0 : layout.mark + 1;
  const line = (cells: readonly string[]): string => joinCells(cells, columns, layout, glyphs.ellipsis);
  useKeys((press) => {
    if (press.kind !== 'key') return props.onKey(press);
    if (press.name !== 'escape') props.onMove();
    const page = pageOf(peek().height);
    switch (press.name) {
      case 'up':
        return void send({ type: 'moved', by: -1 });
      case 'down':
        return void send({ type: 'moved', by: 1 });
      case 'page-up':
        return void send({ type: 'moved', by: -page });
      case 'page-down':
        return void send({ type: 'moved', by: page });
      case 'home':
        return void send({ type: 'movedToEdge', edge: 'first' });
      case 'end':
        return void send({ type: 'movedToEdge', edge: 'last' });
      case 'enter':
      case 'right': {
        send({ type: 'touched' });
        // The one of this very moment, whatever comes while it is looked at.
        const under = peek().rows[cursorAt(peek())];
        return under === undefined || under.goneMs !== undefined ? undefined : props.onSelect(under);
      }
      case 'escape':
        return props.onBack();
      default:
        props.onKey(press);
    }
  }, isActive);
  return (
    <Box flexDirection="column" width={width}>
      <Text {...tone.muted} wrap="truncate">
        {' '.repeat(lead + margin) + line(columns.map(({ title }) => title))}
      </Text>
      {Array.from({ length: height }, (_, slot) => {
        const one = drawn[slot];
        if (one === undefined)
          return (
            <Text key={slot} {...tone.muted} wrap="truncate">
              {' '.repeat(lead) + (slot === 0 ? props.none : '')}
            </Text>
          );
        const { row, cells, label, mark, tone: marked = 'plain' } = one;
        const isCursor = isActive && row.id === state.cursor;
        const tones = row.goneMs !== undefined ? tone.muted : isCursor ? tone.current : tone.plain;
        return (
          <Text key={slot} wrap="truncate">
            <Pointer isHere={isCursor} lead={lead} />
            {margin === 0 ? null : (
              <Text {...tone[row.goneMs === undefined ? marked : 'muted']}>
                {`${fit(mark, layout.mark, glyphs.ellipsis)} `}
              </Text>
            )}
            <Text {...tones}>
              {label === undefined ? line(cells) : truncate(label, width - lead - margin, glyphs.ellipsis)}
            </Text>
          </Text>
        );
      })}
      <Text {...tone.muted} wrap="truncate">
        {' '.repeat(lead) + props.below(layout.columns.filter((one) => one === 0).length)}
      </Text>
    </Box>
  );
}
