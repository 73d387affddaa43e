import { listText, type MessageId } from '../locale/texts.ts';
import { columnNames } from '../wizard/columns.ts';
import { type QuestionStep, stepNamed, stepOf } from '../wizard/pages.ts';
import { type Asking, joined } from './page.ts';
import { destinationText, locationText, signInText } from './target/draft-text.ts';

export interface FinishedStep {
  readonly label: string;
  readonly value: string;
}

/** Steps whose answers stand in the header, and those that have none of their own. */
type Unreviewed = 'page.platform' | 'page.sandbox' | 'page.review' | 'page.source';

interface Finished {
  readonly label: MessageId;
  say(asking: Asking): string;
}

/**
 * What the review says once more, a step after the other, and what is said of each meanwhile; nothing of one that only
 * the review comes after. A step that is neither here nor among those that are not reviewed does not compile.
 */
const reviewed: { readonly [Step in Exclude<QuestionStep, Unreviewed>]: Finished | undefined } = {
  'page.destination': {
    label: 'review.destination',
    say: (asking) => destinationText(asking.state.draft, asking),
  },
  'page.signIn': { label: 'review.signIn', say: (asking) => signInText(asking.state.draft, asking) },
  'page.location': { label: 'review.location', say: (asking) => locationText(asking.state.draft, asking) },
  'page.segments': {
    label: 'report.segments',
    say: ({ text, state }) =>
      listText(
        text,
        state.draft.segments.map(({ name }) => name),
      ),
  },
  'page.attributes': {
    label: 'review.attributes',
    say: ({ text, state }) => listText(text, columnNames(state.draft)),
  },
  'page.schedule': undefined,
};
const reviewedSteps = Object.keys(reviewed) as (keyof typeof reviewed)[];

/** Finished steps in one line each, up to the step the person is at; where all of it is reviewed, by their names. */
export function finishedSteps(asking: Asking): readonly FinishedStep[] {
  const { text, glyphs, state } = asking;
  const step = stepOf(state.page);
  if (state.page === 'review')
    return [
      {
        label: joined(
          glyphs,
          reviewedSteps.map((name) => text(name)),
        ),
        value: '',
      },
    ];
  if (step >= stepOf('review')) return [];
  return reviewedSteps.flatMap((name) => {
    const one = stepNamed(name) < step ? reviewed[name] : undefined;
    const value = one?.say(asking) ?? '';
    return one === undefined || value === '' ? [] : [{ label: text(one.label), value }];
  });
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
