import type { PatchOperation } from '../../flow-service/flows.ts';
import type { Activation, Item } from '../activation.ts';
import { type Compared, difference, type Pair } from '../difference.ts';
import { added, inOrder, removed, replaced } from './patch-operations.ts';

/**
 * The patch that makes a target connection store where it is wanted: each param by itself, never all of them at
 * once, for whether a server merges is nowhere said.
 *
 * @param found - The dataflow with its target connection as that was read with the etag.
 * @throws RangeError for a place that a patch must not reach.
 * @see manage.md, section 3.1
 */
export const targetPatchOf = (aimed: Activation, found: Activation): PatchOperation[] =>
  inOrder(difference(aimed, found).flatMap(operationsOf));

function operationsOf(one: Compared): PatchOperation[] {
  if (one.kind === 'same') return [];
  if (one.part === 'location') return one.param ? [paramChanged(one.param)] : [];
  return one.part === 'account' && one.kind === 'changed' ? [replaced(['baseConnectionId'], one.after)] : [];
}

function paramChanged({ before, after }: Pair<Item>): PatchOperation {
  const at = ['params', ...((after ?? before)?.at ?? [])];
  if (!after) return removed(at);
  return (before ? replaced : added)(at, after.value);
}
