import { displayWidth, fit } from '../../components/text/width.ts';

type Cell = string | number | boolean | undefined;

/** No column is made wider than this for one long name. Cells. */
const widest = 120;

/** Rows as lines with aligned columns; Chinese takes two cells a character. No space at the line ends. */
export function tableLines(rows: readonly (readonly Cell[])[]): string[] {
  // A name may hold a line end; a row is one line.
  const texts = rows.map((row) => row.map((cell) => String(cell ?? '').replaceAll(/[\n\t]+/g, ' ')));
  const widths: number[] = [];
  for (const row of texts) {
    row.forEach((text, column) => {
      widths[column] = Math.min(widest, Math.max(widths[column] ?? 0, displayWidth(text)));
    });
  }
  return texts.map((row) =>
    row
      .map((text, column) => fit(text, Math.max(widths[column] ?? 0, displayWidth(text)), ''))
      .join('  ')
      .trimEnd(),
  );
}
