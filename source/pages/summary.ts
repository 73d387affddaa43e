import { listText } from '../locale/texts.ts';
import { columnNames } from '../wizard/columns.ts';
import { stepNameOf, stepOf } from '../wizard/pages.ts';
import { type Asking, joined } from './page.ts';
import { destinationText, locationText, signInText } from './target/draft-text.ts';

export interface FinishedStep {
  readonly label: string;
  readonly value: string;
}

/** What the review says once more, line by line. */
const reviewed = ['destination', 'signIn', 'location', 'segments', 'attributes', 'schedule'] as const;

/** Finished steps in one line each, up to the step the person is at; where all of it is reviewed, by their names. */
export function finishedSteps(asking: Asking): readonly FinishedStep[] {
  const { text, glyphs, state } = asking;
  const { draft, page } = state;
  const step = stepOf(page);
  if (page === 'review')
    return [
      {
        label: joined(
          glyphs,
          reviewed.map((one) => text(stepNameOf(one))),
        ),
        value: '',
      },
    ];
  const all = [
    { of: 'destination', label: text('review.destination'), value: destinationText(draft, asking) },
    { of: 'signIn', label: text('review.signIn'), value: signInText(draft, asking) },
    { of: 'location', label: text('review.location'), value: locationText(draft, asking) },
    {
      of: 'segments',
      label: text('report.segments'),
      value: listText(
        text,
        draft.segments.map((segment) => segment.name),
      ),
    },
    { of: 'attributes', label: text('review.attributes'), value: listText(text, columnNames(draft)) },
  ] as const;
  if (step >= stepOf('review')) return [];
  return all.filter(({ of, value }) => stepOf(of) < step && value !== '');
}

/** The same in so many lines: the first steps share one where there are more. */
export function inLines(
  steps: readonly FinishedStep[],
  lines: number,
  asking: Asking,
): readonly FinishedStep[] {
  const [first] = steps;
  const shared = steps.length - lines + 1;
  if (first === undefined || lines === 0) return [];
  if (shared <= 1) return steps;
  // What they share a line for is which they were: the details are in the review.
  const values = steps.slice(0, shared).map(({ value }) => value.split(` ${asking.glyphs.dot} `)[0] ?? '');
  return [{ ...first, value: joined(asking.glyphs, values) }, ...steps.slice(shared)];
}
