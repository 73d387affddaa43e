import type { RollbackEvent } from '../../apply/undo/rollback.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import { leftBehind } from '../../wizard/run-of.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import type { Asking } from '../page.ts';
import { type Confirmation, inSandbox } from './confirmation.ts';

/** A run that can be taken back from where the person is. */
export interface Undoable {
  readonly run: string;
  /** Objects that it has made; nothing of one that has changed a dataflow. */
  readonly made: number | undefined;
}

/** What `u` on the review takes back: what no apply uses goes first. */
export const undoableIn = ({ draft, unfinished }: WizardState): Undoable | undefined =>
  leftBehind(unfinished, draft)[0];

/** What is asked before a run is taken back; a sandbox that is not known to be a development one wants its name. */
export function undoConfirmation(
  { text, state }: Asking,
  { run, made }: Undoable,
  sandboxes: readonly Sandbox[] | undefined,
): Confirmation {
  const sandbox = state.draft.sandbox?.name ?? '';
  const question =
    made === undefined ? text('undo.askChange', { run, sandbox }) : text('undo.ask', { run, made, sandbox });
  const words = { production: 'flow.typeProduction', unknown: 'flow.typeUnknown' } as const;
  const named = inSandbox(state.draft, sandboxes, words, text);
  return named
    ? { ...named, question: text('text.sentences', { first: question, then: named.question }) }
    : { question, typed: undefined, answers: { yes: text('undo.yes'), no: text('review.confirmNo') } };
}

/** How many objects of a run are there after it was taken back: one at least where not all could be looked for. */
export const leftAfter = ({ outcome, kept }: Extract<RollbackEvent, { kind: 'result' }>): number =>
  outcome === 'rolledBack' ? 0 : Math.max(1, kept);
