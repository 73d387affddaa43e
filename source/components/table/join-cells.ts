import { fit } from '../text/width.ts';
import { columnGap, type TableColumn, type TableLayout } from './table-layout.ts';

/** The cells of a row in their columns, without those that are left out. */
export const joinCells = (
  cells: readonly string[],
  columns: readonly TableColumn[],
  layout: TableLayout,
  ellipsis: string,
): string =>
  layout.columns
    .flatMap((width, at) =>
      width === 0 ? [] : [fit(cells[at] ?? '', width, ellipsis, columns[at]?.align ?? 'left')],
    )
    .join(' '.repeat(columnGap));
