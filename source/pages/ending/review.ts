import type { FormField } from '../../components/form/form-field.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import { draftName } from '../../wizard/draft.ts';
import type { WizardEvent } from '../../wizard/reducer.ts';
import type { Asking, FieldsPage, OwnPage, Outcome } from '../page.ts';
import { changeIn } from './flow-change.ts';
import type { ReviewRow } from './review-rows.ts';

/** Everything once more, in names. Nothing has been written yet. */
export const review: OwnPage = { kind: 'own', question: ({ text }) => text('question.review') };

/** Longest name of a dataflow. @see flow-service.md, section 6 */
const longestName = 255;

/** The name of the dataflow, changed where it stands. */
export const rename: Pick<FieldsPage, 'fields' | 'given'> & { done(name: string): WizardEvent } = {
  fields: ({ text }): FormField[] => [
    { name: 'name', label: text('review.name'), kind: 'text', required: true },
  ],
  given: ({ state }) => ({ name: draftName(state.draft) }),
  done: (name) => ({ type: 'kept', answer: { of: 'name', value: name.trim().slice(0, longestName) } }),
};

/** What choosing a line leads to: an outcome, or a question under the table. */
export function opened(
  { does, id }: Pick<ReviewRow, 'does' | 'id'>,
  { services }: Asking,
): Outcome | 'rename' | 'confirm' | undefined {
  switch (does.kind) {
    case 'jump':
      return { type: 'jumped', page: does.page, line: id };
    case 'rename':
      return 'rename';
    case 'apply':
      return services.isReadOnly ? { type: 'previewed' } : 'confirm';
    // Nothing is sent, so nobody is asked.
    case 'compare':
      return { type: 'confirmed' };
    case 'none':
      return undefined;
  }
}

/** What is asked before anything is written, and what is typed to say yes to it, where that wants more than a key. */
export interface Confirmation {
  readonly question: string;
  readonly typed: string | undefined;
}

/**
 * What is asked, one after another: a change that leaves little of a dataflow wants the name of that; a sandbox that
 * is not known to be a development one wants its name.
 *
 * @param sandboxes - Nothing where they are not known, or not yet.
 */
export function confirmations(
  asking: Asking,
  sandboxes: readonly Sandbox[] | undefined,
): readonly [Confirmation, ...Confirmation[]] {
  const { text, state } = asking;
  const { live } = state.draft;
  const usual = usualConfirmation(asking, sandboxes);
  if (live === undefined || changeIn(state.draft)?.isEmptying !== true) return [usual];
  const emptying = { question: text('review.emptying', { name: live.name }), typed: live.name };
  return usual.typed === undefined ? [emptying] : [emptying, usual];
}

/** What is asked before the difference of a dataflow that was made is sent again. */
export const resendConfirmation = (asking: Asking, sandboxes: readonly Sandbox[] | undefined): Confirmation =>
  usualConfirmation(asking, sandboxes, 'review.confirmAgain');

function usualConfirmation(
  { text, state }: Asking,
  sandboxes: readonly Sandbox[] | undefined,
  usual: 'review.confirm' | 'review.confirmAgain' = 'review.confirm',
): Confirmation {
  const { name = '', isProduction } = state.draft.sandbox ?? {};
  const kind = isProduction ?? sandboxes?.find((one) => one.name === name)?.isProduction;
  const id = kind === undefined ? 'review.confirmUnknown' : 'review.confirmProduction';
  return kind !== false
    ? { question: text(id, { name }), typed: name }
    : { question: text(usual, { sandbox: name }), typed: undefined };
}
