import type { Activation } from './activation.ts';
import { open } from './merge.ts';
import { type Difference, worded } from './plan-differences.ts';
import { isBeyond } from './sayable.ts';

/** One thing that a change does, or does not do: `kept` is what the dataflow holds and nobody wants. */
export interface Change extends Omit<Difference, 'kind'> {
  readonly kind: Difference['kind'] | 'kept';
}

/** What cannot be overlooked comes first. */
const danger: readonly Change['kind'][] = ['removed', 'changed', 'added', 'reordered', 'kept'];

const kinds = { changed: 'changed', missing: 'added', extra: 'removed', reordered: 'reordered' } as const;

/**
 * What would be done to a dataflow, in the order of danger: what goes, changes, comes, moves, and what it keeps
 * although nobody wants it.
 *
 * @param aimed - What it is to become.
 * @param wanted - What is wanted of it.
 */
export function changesOf(wanted: Activation, aimed: Activation, found: Activation): Change[] {
  const sent = open(aimed, found).flatMap((one): Change[] =>
    one.kind === 'same' ? [] : [worded(one, kinds[one.kind])],
  );
  const beyond = isBeyond(aimed);
  const kept = open(wanted, aimed).flatMap((one): Change[] =>
    one.kind === 'extra' && !beyond(one) ? [{ ...worded(one, 'removed'), kind: 'kept' }] : [],
  );
  return [...sent, ...kept].sort((one, other) => danger.indexOf(one.kind) - danger.indexOf(other.kind));
}
