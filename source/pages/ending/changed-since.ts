import { type Change, planChange } from '../../activation/change/changes.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { Text } from '../../locale/texts.ts';
import type { Draft } from '../../wizard/draft.ts';
import { changeIn } from './flow-change.ts';
import { valueIn, whatOf } from './change-text.ts';

/**
 * What somebody else has changed of a dataflow since a draft of its change was begun, a line each: what it was before,
 * what they made of it, and what the draft wants.
 *
 * @param found - What the dataflow holds now.
 */
export function sinceTexts(draft: Draft, found: Plan, text: Text): readonly string[] {
  const { live } = draft;
  if (live === undefined) return [];
  const { differences: yours = [] } = changeIn(draft) ?? {};
  const { differences: theirs } = planChange(live, found);
  const lines = theirs.map((one) => {
    const mine = yours.find((other) => isSamePlace(one, other));
    return text('review.since', {
      what: whatOf(one, text),
      before: valueOf(one, 'before', text),
      theirs: valueOf(one, 'after', text),
      // What the draft leaves alone it wants as it was.
      yours: mine ? valueOf(mine, 'after', text) : valueOf(one, 'before', text),
    });
  });
  return lines.length === 0 ? [] : [text('review.sinceCount', { count: lines.length }), ...lines];
}

/** Of members of a list, which have no place of their own, the value tells which is meant. */
const isSamePlace = (one: Change, other: Change): boolean =>
  one.path === other.path &&
  (one.kind === 'changed' || other.kind === 'changed' || subjectOf(one) === subjectOf(other));

const subjectOf = ({ before, after }: Change): string | undefined => after ?? before;

/** The value; of what came or went, that it is there or not. */
function valueOf(one: Change, side: 'before' | 'after', text: Text): string {
  const value = one[side];
  if (one.kind === 'changed' || one.kind === 'reordered') return valueIn(one, value, text);
  return value === undefined ? text('review.sinceNone') : valueIn(one, value, text);
}
