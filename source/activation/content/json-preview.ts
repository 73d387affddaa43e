import type { Selected } from '../plan/plan.ts';
import { shownColumns } from './csv-preview.ts';
import { sampleRows } from './sample-rows.ts';

/**
 * How a file of JSON begins: two made-up rows, an object a line, named as their columns are.
 *
 * @param selected - Columns in the order of the file; some usual ones where there are none.
 * @see cards.md, sections 4.1 and 6.3
 */
export function jsonPreview(selected: readonly Selected[]): readonly string[] {
  const columns = shownColumns(selected);
  const [ann, , ben] = sampleRows(
    columns.map(({ path }) => path),
    [],
  );
  return [ann, ben].map((row) => {
    // In their order also where a name is a number.
    const members = columns.map(
      ({ column }, at) => `${JSON.stringify(column)}:${JSON.stringify(row?.values[at] ?? '')}`,
    );
    return `{${members.join(',')}}`;
  });
}

/** What the columns of a file are called, in their order; those of {@link jsonPreview}. */
export const previewColumns = (selected: readonly Selected[]): readonly string[] =>
  shownColumns(selected).map(({ column }) => column);
