import type { Activation } from '../activation.ts';
import { type Compared, difference } from '../difference.ts';
import type { Change } from './changes.ts';

/** A segment or a column that a dataflow holds as it is wanted; `before` and `after` are its name. */
export interface Unchanged extends Omit<Change, 'kind' | 'before' | 'after'> {
  readonly kind: 'unchanged';
  readonly before: string;
  readonly after: string;
}

export const isSegment = ({ path }: Pick<Unchanged, 'path'>): boolean => path.startsWith('$.segments');

/**
 * Segments and columns of which a dataflow holds all that is wanted of them: segments first, each once, in the order
 * in which they are wanted. That one is called otherwise by now is no change of it.
 *
 * @see living.md 2, D6
 */
export function unchangedIn(wanted: Activation, found: Activation): Unchanged[] {
  const compared = difference(wanted, found);
  return (['segment', 'column'] as const).flatMap((part) => {
    const own = compared.filter((one) => one.part === part);
    const differing = new Set(own.filter(isDiffering).map(({ subject }) => subject));
    const all = new Map(own.map((one) => [one.subject, one]));
    return [...all.values()].filter(({ subject }) => !differing.has(subject)).map(asUnchanged);
  });
}

const isDiffering = (one: Compared): boolean =>
  one.kind !== 'same' && !('member' in one && one.member === 'name');

function asUnchanged(one: Compared): Unchanged {
  const { before, after } = one.part === 'segment' ? one.of : {};
  const name = before?.name ?? after?.name ?? one.subject;
  const path = one.part === 'segment' ? `$.segments[${one.subject}]` : '$.attributes.selected';
  return { path, kind: 'unchanged', before: name, after: name };
}
