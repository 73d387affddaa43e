import { longestText } from '../../activation/longest-text.ts';
import type { FormField } from '../../components/form/form-field.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import { draftName } from '../../wizard/draft.ts';
import type { WizardEvent, WizardState } from '../../wizard/reducer.ts';
import { runOf } from '../../wizard/run-of.ts';
import type { Text } from '../../locale/texts.ts';
import type { Asking, FieldsPage, OwnPage, Outcome } from '../page.ts';
import type { Exports } from '../remote-cache.ts';
import { type Confirmation, inSandbox } from './confirmation.ts';
import { nounsOf } from './change-text.ts';
import { changeIn, movedPlace } from './flow-change.ts';
import type { ReviewRow } from './review-rows.ts';
import { undoableText } from './undo-text.ts';

/** Everything once more, in names. Nothing has been written yet. */
export const review: OwnPage = { kind: 'own', question: ({ text }) => text('question.review') };

/** The name of the dataflow, changed where it stands. */
export const rename: Pick<FieldsPage, 'fields' | 'given'> & { done(name: string): WizardEvent } = {
  fields: ({ text }): FormField[] => [
    { name: 'name', label: text('review.name'), kind: 'text', required: true },
  ],
  given: ({ state }) => ({ name: draftName(state.draft) }),
  done: (name) => ({ type: 'kept', answer: { of: 'name', value: name.trim().slice(0, longestText) } }),
};

/** What choosing a line leads to: an outcome, or a question under the table. */
export function opened(
  { does, id }: Pick<ReviewRow, 'does' | 'id'>,
  asking: Asking,
): Outcome | 'rename' | 'confirm' {
  switch (does.kind) {
    case 'jump':
      return { type: 'jumped', page: does.page, line: id, scope: does.scope };
    case 'rename':
      return 'rename';
    case 'apply':
      return asking.services.isReadOnly ? { type: 'previewed' } : 'confirm';
    // Nothing is sent, so nobody is asked.
    case 'compare':
      return { type: 'confirmed' };
    case 'blocked':
      return opened(does.by, asking);
  }
}

/** Why `f` does nothing on a line, and what Enter does there. */
export function unmendedText({ does, label }: Pick<ReviewRow, 'does' | 'label'>, text: Text): string {
  if (does.kind === 'jump' || does.kind === 'rename') return text('review.noFix');
  const what = does.kind === 'blocked' ? text('review.toProblem') : label;
  return text('review.noFixFirst', { what });
}

/**
 * What is asked, one after another: an export to the place that is changed is better waited for; a change that leaves little of a dataflow wants the name of that; a sandbox that
 * is not known to be a development one wants its name.
 *
 * @param sandboxes - Nothing where they are not known, or not yet.
 */
export function confirmations(
  asking: Asking,
  sandboxes: readonly Sandbox[] | undefined,
  exports?: Exports,
): readonly [Confirmation, ...Confirmation[]] {
  const { text, state } = asking;
  const { live } = state.draft;
  const usual = usualConfirmation(asking, sandboxes);
  const isEmptying = live !== undefined && changeIn(state.draft)?.isEmptying === true;
  const emptying = isEmptying
    ? [
        {
          question: withUndo(text('review.emptying', { name: live.name }), state, text),
          typed: live.name,
        },
      ]
    : [];
  const isExporting = (exports?.exporting ?? []).length > 0 && movedPlace(state.draft).length > 0;
  const answers = { yes: text('review.exportNow'), no: text('review.exportWait') };
  const exporting = isExporting ? [{ question: text('review.exporting'), typed: undefined, answers }] : [];
  const [first, ...others] = [...exporting, ...emptying];
  if (!first) return [usual];
  // Whoever has said so much is not asked for a mere key once more.
  return usual.typed === undefined ? [first, ...others] : [first, ...others, usual];
}

/** What is asked before the difference of a dataflow that was made is sent again. */
export const resendConfirmation = (asking: Asking, sandboxes: readonly Sandbox[] | undefined): Confirmation =>
  usualConfirmation(asking, sandboxes, 'review.confirmAgain');

function usualConfirmation(
  { text, state }: Asking,
  sandboxes: readonly Sandbox[] | undefined,
  usual: 'review.confirm' | 'review.confirmAgain' = 'review.confirm',
): Confirmation {
  const words = { production: 'review.confirmProduction', unknown: 'review.confirmUnknown' } as const;
  const { draft } = state;
  const sandbox = draft.sandbox?.name ?? '';
  const named = inSandbox(draft, sandboxes, words, text);
  if (named !== undefined)
    return draft.live === undefined ? named : { ...named, question: withUndo(named.question, state, text) };
  const isChange = usual === 'review.confirm' && draft.live !== undefined;
  return {
    question: isChange ? changeQuestion(state, sandbox, text) : text(usual, { sandbox }),
    typed: undefined,
    answers: { yes: text('review.confirmYes'), no: text('review.confirmNo') },
  };
}

/** Which dataflow, where, what becomes of it, and what can be taken back. */
function changeQuestion(state: WizardState, sandbox: string, text: Text): string {
  const { draft } = state;
  const question = text('review.confirmChange', {
    name: draft.live?.name ?? draftName(draft),
    id: draft.flow ?? '',
    sandbox,
    what: nounsOf(changeIn(draft)?.differences ?? [], text),
  });
  return withUndo(question, state, text);
}

/** What is asked of a change, and what of it can be taken back; of a rehearsal nothing is kept. @see living.md 3, C9 */
const withUndo = (question: string, { draft, unfinished }: WizardState, text: Text): string =>
  draft.platform === 'emulator'
    ? question
    : text('text.sentences', { first: question, then: undoableText(runOf(unfinished, draft), text) });
