import type { PatchOperation } from '../../flow-service/flows.ts';
import { type At, pointer } from '../plan/json-path.ts';

/** @throws RangeError for a place that a patch must not reach, as the two below. */
export const added = (at: At, value: unknown): PatchOperation => ({ op: 'add', path: pointer(at), value });

export const replaced = (at: At, value: unknown): PatchOperation => ({
  op: 'replace',
  path: pointer(at),
  value,
});

export const removed = (at: At): PatchOperation => ({ op: 'remove', path: pointer(at) });

const rank = { replace: 0, remove: 1, add: 2 };

/** Replaces, removes, adds: what shifts no index comes before what does. */
export const inOrder = (operations: readonly PatchOperation[]): PatchOperation[] =>
  operations.toSorted((one, other) => rank[one.op] - rank[other.op]);
