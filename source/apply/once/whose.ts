import { textOf } from '../../activation/difference.ts';
import { isObject, lookUp } from '../../activation/plan/json-path.ts';
import type { Flow, PatchOperation } from '../../flow-service/flows.ts';
import type { Whose } from '../journal/journal.ts';

/**
 * Whose doing it is that a dataflow holds what was sent and refused: the platform says of its last change what that was
 * made of. One that says nothing of a change since contradicts nothing, and one that says of a change elsewhere does
 * not tell who made this one before.
 *
 * @param over - As it was when the patch was sent.
 * @param sent - What was sent then.
 * @see flow-service.md, section 2.6
 */
export function whoseIs(
  { lastOperation, raw }: Flow,
  over: Pick<Flow, 'lastOperation'>,
  sent: () => readonly PatchOperation[],
): Whose {
  const ops = lookUp(raw, ['lastOperation', 'ops']);
  const isNew = lastOperation !== undefined && lastOperation.startedMs !== over.lastOperation?.startedMs;
  if (!isNew || !Array.isArray(ops) || ops.length === 0) return 'own';
  const all = sent();
  if (ops.length === all.length && all.every((one, at) => isSame(one, ops[at]))) return 'own';
  return all.every((one) => ops.some((echoed) => isAbout(echoed, one))) ? 'theirs' : 'unknown';
}

const isAbout = (echoed: unknown, { path }: PatchOperation): boolean => {
  if (!isObject(echoed) || typeof echoed['path'] !== 'string') return false;
  const [theirs, own] = [echoed['path'], path].map((one) => `${one.replace(/\/(?:-|\d+)$/, '')}/`);
  return theirs !== undefined && own?.startsWith(theirs) === true;
};

const isSame = ({ op, path, value }: PatchOperation, echoed: unknown): boolean =>
  isObject(echoed) &&
  String(echoed['op']).toLowerCase() === op &&
  echoed['path'] === path &&
  (echoed['value'] === undefined || textOf(echoed['value']) === textOf(value));
