import { displayWidth, fit } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';

type Cell = string | number | boolean | undefined;

/** No column is made wider than this for one long name. Cells. */
const widest = 120;
/** Between two columns. */
const gap = 2;
/** What goes on of a row stands to the right of where rows begin. */
const indent = 4;
/** In less room there is no table. */
const leastColumns = 20;

/**
 * Rows as lines with aligned columns; Chinese takes two cells a character. No space at the line ends.
 *
 * @param columns - Of the terminal: the columns of the table that have no room beside the others go below them, and
 *   nothing is cut. 0 where the rows go elsewhere: then each is one line.
 */
export function tableLines(rows: readonly (readonly Cell[])[], columns: number): string[] {
  // A name may hold a line end; a row is one line.
  const texts = rows.map((row) => row.map((cell) => String(cell ?? '').replaceAll(/[\n\t]+/g, ' ')));
  const widths: number[] = [];
  for (const row of texts) {
    row.forEach((text, column) => {
      widths[column] = Math.min(widest, Math.max(widths[column] ?? 0, displayWidth(text)));
    });
  }
  const whole = widths.reduce((sum, width) => sum + width + gap, -gap);
  if (columns < leastColumns || whole <= columns)
    return texts.map((row) =>
      row
        .map((text, column) => fit(text, Math.max(widths[column] ?? 0, displayWidth(text)), ''))
        .join(' '.repeat(gap))
        .trimEnd(),
    );
  const lines = sharedOut(widths, columns);
  return texts.flatMap((row) =>
    lines.flatMap(({ from, to, lead }) =>
      rowLines(row.slice(from, to), widths.slice(from, to), lead, columns),
    ),
  );
}

/** Which columns of a table stand on which line of a row. */
function sharedOut(
  widths: readonly number[],
  columns: number,
): readonly { readonly from: number; readonly to: number; readonly lead: number }[] {
  const lines: { from: number; to: number; lead: number; used: number }[] = [];
  widths.forEach((width, at) => {
    const line = lines.at(-1);
    if (line !== undefined && line.used + gap + width <= columns) {
      line.to = at + 1;
      line.used += gap + width;
      return;
    }
    const lead = line === undefined ? 0 : indent;
    lines.push({ from: at, to: at + 1, lead, used: lead + width });
  });
  return lines;
}

/** The cells of one line; one that is wider than the terminal goes on below itself. */
function rowLines(
  cells: readonly string[],
  widths: readonly number[],
  lead: number,
  columns: number,
): readonly string[] {
  const wrapped = cells.map((cell) => wrapText(cell, columns - lead));
  const height = Math.max(1, ...wrapped.map(({ length }) => length));
  const lines = Array.from({ length: height }, (_, at) => {
    const said = wrapped.map((one, column) =>
      fit(one[at] ?? '', Math.min(widths[column] ?? 0, columns - lead), ''),
    );
    return (' '.repeat(lead) + said.join(' '.repeat(gap))).trimEnd();
  });
  return lead === 0 ? lines : lines.filter((one) => one !== '');
}
