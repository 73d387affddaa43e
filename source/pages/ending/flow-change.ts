import { type Change, planChange } from '../../activation/change/changes.ts';
import { listText, type Text } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { isOfAccount, nounsOf } from './change-text.ts';

/** Drafts are never altered; one is looked at again with every key. */
const known = new WeakMap<Draft, ReturnType<typeof planChange>>();

/** What a draft does to the dataflow that it was opened from; nothing where it was not. */
export function changeIn(draft: Draft): ReturnType<typeof planChange> | undefined {
  if (!draft.live) return undefined;
  const change = known.get(draft) ?? planChange(draft.live, toPlan(draft));
  known.set(draft, change);
  return change;
}

const isPlace = ({ path }: Change): boolean => /^\$\.destination\.(location|baseConnectionId)/.test(path);

/** What a draft changes of where a dataflow stores: an export that is under way may go to either place. */
export const movedPlace = (draft: Draft): readonly Change[] =>
  (changeIn(draft)?.differences ?? []).filter(isPlace);

/** What is sent: `changes 1 dataflow: 1 segment added, 1 removed, 1 schedule` */
export function sentText(differences: readonly Change[], text: Text): string {
  if (differences.every(isOfAccount))
    return text(differences.length === 0 ? 'change.none' : 'change.noneSent');
  return text('review.changes', { what: listText(text, nounsOf(differences, text)) });
}
