import type { JsonObject, Scope, Store } from '../store.ts';
import { flowError } from '../wire-error.ts';
import type { World } from '../world.ts';
import { isObject } from './params.ts';
import { paramsOf } from './server-members.ts';

/** Whether a dataflow takes its columns from this mapping set. */
export const namesSet = (flow: JsonObject, id: string): boolean =>
  paramsOf(flow['transformations']).some(
    ({ profileMapping }) => isObject(profileMapping) && profileMapping['mappingId'] === id,
  );

/** Whether a dataflow to a card of today has columns at all. @see cards.md, section 11 (7) */
export const hasColumns = (flow: JsonObject, store: Store, scope: Scope): boolean =>
  paramsOf(flow['transformations']).some(
    ({ profileMapping }) => isObject(profileMapping) && setOf(profileMapping, store, scope) !== undefined,
  );

/** The mapping set that a `profileMapping` names, in that version. */
export const setOf = (
  { mappingId, mappingVersion }: JsonObject,
  store: Store,
  scope: Scope,
): JsonObject | undefined =>
  store.document(scope, 'mappingSets', String(mappingId))?.[Number(mappingVersion)];

/**
 * The columns of a dataflow to a card of today stand in a mapping set of the Data Prep service, which it names with a
 * version. An empty `profileMapping` is one that is still to come.
 *
 * @returns The sources of the set; nothing where none is named.
 * @throws WireError (400)
 * @see cards.md, sections 5.4, 5.5 and 11 (7, 8, 11)
 */
export function mappedSources(
  { profileSelectors, profileMapping }: JsonObject,
  { store, settings }: World,
  scope: Scope,
): readonly string[] | undefined {
  if (profileSelectors !== undefined)
    throw flowError(400, 'profileSelectors is not supported for this destination, use profileMapping');
  if (profileMapping === undefined) return undefined;
  if (!isObject(profileMapping)) throw flowError(400, 'profileMapping must be an object');
  if (Object.keys(profileMapping).length === 0) return undefined;
  const { mappingId, mappingVersion } = profileMapping;
  if (typeof mappingId !== 'string' || !Number.isInteger(mappingVersion))
    throw flowError(400, 'profileMapping must hold mappingId and mappingVersion');
  const set = setOf(profileMapping, store, scope);
  if (!set) {
    if (settings.acceptUnknownMapping) return undefined;
    throw flowError(
      400,
      `Mapping set not found with id = [${mappingId}] and version = [${String(mappingVersion)}]`,
    );
  }
  const mappings = Array.isArray(set['mappings']) ? set['mappings'] : [];
  const sources = mappings.map((one) => (isObject(one) ? String(one['source']) : ''));
  if (sources.filter((source) => source.startsWith('identityMap.')).length > 1)
    throw flowError(400, 'profileMapping holds more than one identity');
  return sources;
}
