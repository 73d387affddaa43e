import type { Sandbox } from '../../flow-service/sandboxes.ts';
import type { Confirmation } from '../../pages/ending/confirmation.ts';
import { askLine, askYesNo, type Dialogue, type Turn, turnOf } from '../dialogue.ts';

/** The sandboxes, where it is not known whether the chosen one is production. */
export async function sandboxesOf(dialogue: Dialogue): Promise<readonly Sandbox[] | undefined> {
  if (dialogue.state.draft.sandbox?.isProduction !== undefined) return undefined;
  return (await dialogue.fetch('sandboxes').catch(() => undefined)) as readonly Sandbox[] | undefined;
}

/**
 * Nothing is written before all of these are answered; a production sandbox wants its name typed.
 *
 * @returns Whether they were, or the turn of somebody who wants to leave.
 */
export async function areConfirmed(
  dialogue: Dialogue,
  confirmations: readonly Confirmation[],
): Promise<boolean | Turn> {
  const { io, text } = dialogue;
  for (const one of confirmations) {
    const { question, typed } = one;
    if (typed === undefined) {
      const reply = await askYesNo(dialogue, question, one.answers);
      if (reply.kind === 'leave') return turnOf(reply);
      if (reply.kind !== 'value' || !reply.value) return false;
      continue;
    }
    const reply = await askLine(dialogue, text('dialogue.typeName', { question }));
    if (reply.kind === 'leave') return turnOf(reply);
    if (reply.kind !== 'value') return false;
    if (reply.value.trim() !== typed.trim()) {
      io.say(text('review.confirmMismatch'));
      return false;
    }
  }
  return true;
}
