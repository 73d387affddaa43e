import { displayWidth } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import { type FormField, type FormTexts } from './form-field.ts';

/** Spaces between labels and answers. */
export const labelGap = 2;

export type FormColumns = {
  /** The answer being written stands below its label when there is no room beside it. */
  readonly isStacked: boolean;
  readonly label: number;
  /** Room for the answer being written. */
  readonly value: number;
};

/** With less room beside the labels than this, the answer being written goes below. */
const narrowestEditor = 24;

/** Room that an answer at rest keeps beside its label, whatever the label. */
const narrowestAnswer = 10;

export function layOutColumns(labels: readonly string[], width: number, lead: number): FormColumns {
  const label = Math.max(0, ...labels.map(displayWidth));
  const beside = width - lead - label - labelGap;
  return beside >= narrowestEditor
    ? { isStacked: false, label, value: beside }
    : {
        isStacked: true,
        label: Math.max(1, Math.min(label, width - lead - labelGap - narrowestAnswer)),
        value: Math.max(1, width - lead),
      };
}

/** Help and example under the active field, broken into lines. @param problem - Said above: with the example, that is said once. */
export function noteLines(
  field: FormField,
  texts: FormTexts,
  width: number,
  problem: string,
): readonly string[] {
  const { help, example } = field;
  const note = texts.note(help, example !== undefined && problem.includes(example) ? undefined : example);
  return note === '' ? [] : wrapText(note, width);
}

/** What Tab would make of the answer. */
export function completionLines(field: FormField, value: string, texts: FormTexts): readonly string[] {
  const completed = field.complete?.(value);
  return completed === undefined ? [] : [texts.completion(completed)];
}

type FieldWindow = {
  /** Index of the first drawn field. */
  readonly from: number;
  /** Index after the last drawn field. */
  readonly to: number;
};

/**
Which fields to draw in `height` lines: the active one always, then as many of its neighbours as fit, the next before
the previous. Where fields are left out, a line on that side tells how many; where nothing is, its line is a field's.
*/
export function windowFields(heights: readonly number[], active: number, height: number): FieldWindow {
  let window: FieldWindow = { from: active, to: active + 1 };
  const fits = ({ from, to }: FieldWindow): boolean => {
    const fields = heights.slice(from, to).reduce((sum, lines) => sum + lines, 0);
    return fields + (from > 0 ? 1 : 0) + (to < heights.length ? 1 : 0) <= height;
  };
  for (let hasGrown = true; hasGrown;) {
    hasGrown = false;
    // The last together: a line that tells of one field is as long as the field.
    for (const [up, down] of [
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const wider = { from: Math.max(0, window.from - up), to: Math.min(heights.length, window.to + down) };
      const isWider = wider.from < window.from || wider.to > window.to;
      if (!isWider || !fits(wider)) continue;
      window = wider;
      hasGrown = true;
    }
  }
  return window;
}
