import { draftName } from '../../wizard/draft.ts';
import type { Confirmation } from '../ending/confirmation.ts';
import type { Asking } from '../page.ts';

/**
 * What is asked before somebody goes to another sandbox, or to another platform: what was answered is of this one, and
 * stays behind.
 *
 * @returns Nothing where nothing was answered yet that would be lost.
 */
export function answersLost({ text, state: { draft } }: Asking): Confirmation | undefined {
  const { sandbox, destination, flow, live } = draft;
  if (sandbox === undefined || destination === undefined) return undefined;
  const values = { name: live?.name ?? draftName(draft), sandbox: sandbox.name };
  return {
    question: text(flow === undefined ? 'sandbox.answersLost' : 'sandbox.changeLost', values),
    typed: undefined,
    answers: { yes: text('sandbox.goWithout'), no: text('sandbox.stay', values) },
  };
}
