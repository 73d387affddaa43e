import type { Selected } from '../plan/plan.ts';
import { columnsOf } from './columns.ts';
import { csvLine, type CsvOptions } from './csv-file.ts';
import { sampleRows } from './sample-rows.ts';

/** What stands for the columns while nobody has chosen any. */
const usualPaths = ['person.name.firstName', 'person.name.lastName', 'personalEmail.address'];

/** The columns that a preview shows, in the order of the file. */
export const shownColumns = (selected: readonly Selected[]): ReturnType<typeof columnsOf> =>
  columnsOf(selected.length === 0 ? usualPaths : selected);

/**
 * How a file begins: its header and two made-up rows as these options write them. The first has the delimiter and the
 * quote in a value, the second a value that is missing and one that is empty.
 *
 * @param selected - Columns in the order of the file; some usual ones where there are none.
 * @see cards.md, section 4.1
 */
export function csvPreview(selected: readonly Selected[], options: CsvOptions): readonly string[] {
  const { delimiter, quote } = options;
  const columns = shownColumns(selected);
  const paths = columns.map(({ path }) => path);
  const [ann, , ben] = sampleRows(paths, []);
  const last = columns.length - 1;
  const mark = quote === '' ? '"' : quote;
  const tricky = (value: string, at: number): string =>
    at === Math.min(1, last) ? `${value}${delimiter} ${mark}A${mark}` : value;
  const withHoles = (value: string, at: number): string | undefined => {
    if (at === last) return undefined;
    return at === last - 1 ? '' : value;
  };
  return [
    columns.map(({ column }) => column),
    ann?.values.map(tricky) ?? [],
    ben?.values.map(withHoles) ?? [],
  ].map((values) => csvLine(values, options));
}
