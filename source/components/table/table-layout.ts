import { displayWidth } from '../text/width.ts';
import { type ToneName } from '../theme/theme.tsx';

export type TableColumn = {
  readonly title: string;
  /** @default 'left' */
  readonly align?: 'left' | 'right' | undefined;
  /** Narrower than this it is left out rather than cut. @default 6, or its natural width */
  readonly minWidth?: number | undefined;
};

export type TableRow =
  | {
      readonly kind?: 'row' | undefined;
      readonly cells: readonly string[];
      /** A glyph before the cells: what this row is about, also without colour. */
      readonly mark?: string | undefined;
      /** Tone of the mark. */
      readonly tone?: ToneName | undefined;
    }
  | {
      readonly kind: 'group';
      readonly label: string;
      readonly mark?: string | undefined;
      readonly tone?: ToneName | undefined;
    };

export type TableLayout = {
  /** Width of the mark column, 0 when no row has a mark. */
  readonly mark: number;
  /** Width of each column; 0 for one that is left out. */
  readonly columns: readonly number[];
};

/** Spaces between two columns. */
export const columnGap = 2;

const defaultMinWidth = 6;

/**
Shares out `width` columns: everyone gets what is needed; when that is too much, the widest columns
are cut first, to one common width; and when that is not enough, columns are left out from the right.
*/
export function layOutTable(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number,
): TableLayout {
  const natural = columns.map((column) => displayWidth(column.title));
  let mark = 0;
  for (const row of rows) {
    mark = Math.max(mark, displayWidth(row.mark ?? ''));
    if (row.kind !== 'group') {
      row.cells.forEach((cell, at) => {
        natural[at] = Math.max(natural[at] ?? 0, displayWidth(cell));
      });
    }
  }
  const room = width - (mark === 0 ? 0 : mark + 1);
  const least = columns.map((column, at) => Math.min(natural[at] ?? 0, column.minWidth ?? defaultMinWidth));

  let kept = columns.length;
  while (kept > 1 && sum(least.slice(0, kept)) + columnGap * (kept - 1) > room) {
    kept--;
  }
  const shared = cutWidest(natural.slice(0, kept), least.slice(0, kept), room - columnGap * (kept - 1));
  return { mark, columns: columns.map((_, at) => shared[at] ?? 0) };
}

/** Cuts the widest to a common width until all fit; nobody below its least. */
function cutWidest(natural: readonly number[], least: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let excess = sum(widths) - room; excess > 0;) {
    const cuttable = widths.flatMap((width, at) => (width > (least[at] ?? 0) ? [at] : []));
    if (cuttable.length === 0) {
      // A single column that does not fit is cut however narrow it gets.
      return widths.map((width) => Math.max(1, Math.min(width, room)));
    }
    const widest = Math.max(...cuttable.map((at) => widths[at] ?? 0));
    const atWidest = cuttable.filter((at) => widths[at] === widest);
    for (const at of atWidest.slice(0, excess)) {
      widths[at] = widest - 1;
      excess--;
    }
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
