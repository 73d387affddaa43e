import { displayWidth, fit } from '../text/width.ts';
import { type ListRow } from './search.ts';

/** Rows measured to find the width of the columns: enough to be right nearly always, few enough to be free. */
const sampleSize = 200;

/** Spaces between two columns. */
export const columnGap = 2;

/** Columns from which on the beginning of the first cell says something. */
const longCell = 30;

export type ListColumns = {
  readonly label: number;
  readonly cells: readonly number[];
};

export function cellsOf(row: ListRow): readonly string[] {
  return row.cells ?? (row.hint === undefined ? [] : [row.hint]);
}

/** Natural width of label and cells over the first rows. */
export function measureRows(rows: readonly ListRow[]): ListColumns {
  let label = 0;
  const cells: number[] = [];
  for (const row of rows.slice(0, sampleSize)) {
    label = Math.max(label, displayWidth(row.label));
    cellsOf(row).forEach((cell, at) => {
      cells[at] = Math.max(cells[at] ?? 0, displayWidth(cell));
    });
  }
  return { label, cells: Array.from(cells, (width) => width ?? 0) };
}

/**
Shares out `width` columns. The label comes first: it gets what it needs, at least half. Cells are
left out from the right, so that the first ones, which matter most, stay whole; what then remains
goes back to the label.
*/
export function shareColumns(natural: ListColumns, width: number): ListColumns {
  let room = width - Math.min(natural.label, Math.ceil(width / 2));
  const cells: number[] = [];
  for (const cell of natural.cells) {
    const given = Math.min(cell, room - columnGap);
    // Less than most of a cell shows nothing that helps; of a long one the beginning does.
    const least = Math.ceil(cell * 0.75);
    if (given < (cells.length === 0 ? Math.min(least, longCell) : least)) {
      break;
    }
    cells.push(given);
    room -= given + columnGap;
  }
  const used = cells.reduce((sum, cell) => sum + cell + columnGap, 0);
  return { label: Math.max(1, Math.min(natural.label, width - used)), cells };
}

/** The widest of both, column by column: the sample and the rows in sight. */
export function widest(a: ListColumns, b: ListColumns): ListColumns {
  const size = Math.max(a.cells.length, b.cells.length);
  return {
    label: Math.max(a.label, b.label),
    cells: Array.from({ length: size }, (_, at) => Math.max(a.cells[at] ?? 0, b.cells[at] ?? 0)),
  };
}

/**
A cell in `width` columns. Where a word that was searched for would be cut off, the beginning goes instead: what found
the row is what has to be seen.
*/
export function fitAround(cell: string, width: number, ellipsis: string, words: readonly string[]): string {
  const word = words.find((one) => cell.toLowerCase().includes(one));
  const room = width - displayWidth(ellipsis);
  if (word === undefined || displayWidth(cell) <= width) {
    return fit(cell, width, ellipsis);
  }
  const at = cell.toLowerCase().indexOf(word);
  if (displayWidth(cell.slice(0, at + word.length)) <= room) {
    return fit(cell, width, ellipsis);
  }
  let from = at;
  while (from > 0 && displayWidth(cell.slice(from - 1)) <= room) {
    from--;
  }
  return fit(ellipsis + cell.slice(from), width, ellipsis);
}
