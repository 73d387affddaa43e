import { displayWidth, fit } from '../text/width.ts';
import { entryLead, type Span } from './entries.tsx';

/** Narrower than this, what is said stands below its label. */
export const columnsForBeside = 60;

/** Between a label and what is said of it. */
export const gap = 2;

/** Columns that labels take beside what is said of them. */
export const labelColumns = (labels: readonly string[]): number =>
  Math.max(0, ...labels.map(displayWidth)) + gap;

/**
 * A label with what is said of it: beside it where there is room, otherwise below it, so that an id still has a
 * line of its own at forty columns.
 *
 * @param labels - Columns of all labels, as of `labelColumns`.
 * @param say - What is said, in lines of so many columns.
 * @param short - All that is said, where that is one line: it may stand beside its label wherever it fits.
 */
export function labelledLines(
  label: string,
  labels: number,
  width: number,
  say: (columns: number) => readonly (readonly Span[])[],
  short?: string,
): readonly (readonly Span[])[] {
  const room = width - entryLead;
  const fits = short !== undefined && label !== '' && labels + displayWidth(short) <= room;
  if (width < columnsForBeside && !fits) return label === '' ? say(room) : [[{ said: label }], ...say(room)];
  return say(room - labels).map((spans, at) => [{ said: fit(at === 0 ? label : '', labels, '') }, ...spans]);
}
