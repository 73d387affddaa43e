import type { PatchOperation } from '../flow-service/flows.ts';
import type { Activation, Members } from './activation.ts';
import { textOf } from './difference.ts';
import { type At, isObject, pointer } from './plan/json-path.ts';
import { sameId } from './same-id.ts';

/**
 * The patch that makes a target connection store where it is wanted: each param by itself, never all of them at
 * once, for whether a server merges is nowhere said.
 *
 * @param found - The dataflow with its target connection as that was read with the etag.
 * @throws RangeError for a place that a patch must not reach.
 * @see manage.md, section 3.1
 */
export function targetPatchOf(aimed: Activation, found: Activation): PatchOperation[] {
  const rank = { replace: 0, remove: 1, add: 2 };
  const [account, held] = [aimed.account, found.account].map((one) =>
    one.kind === 'known' ? one.value : undefined,
  );
  return [
    ...(account === undefined || held === undefined || sameId(account, held)
      ? []
      : [{ op: 'replace' as const, path: pointer(['baseConnectionId']), value: account }]),
    ...(aimed.location.kind === 'known' && found.location.kind === 'known'
      ? membersPatch(['params'], found.location.value, aimed.location.value)
      : []),
  ].toSorted((one, other) => rank[one.op] - rank[other.op]);
}

function membersPatch(at: At, before: Members, after: Members): PatchOperation[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name): PatchOperation[] => {
    const [from, to] = [before, after].map((held) => (Object.hasOwn(held, name) ? held[name] : undefined));
    const way = [...at, name];
    if (isObject(from) && isObject(to)) return membersPatch(way, from, to);
    if (textOf(from) === textOf(to)) return [];
    if (to === undefined) return [{ op: 'remove', path: pointer(way) }];
    return [{ op: Object.hasOwn(before, name) ? 'replace' : 'add', path: pointer(way), value: to }];
  });
}
