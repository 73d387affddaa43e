import { isObject } from '../rules/params.ts';
import { mappingsOf } from '../rules/mappings.ts';
import { setOf } from '../rules/profile-mapping.ts';
import { paramsOf, rowRulesOf, selectorsOf } from '../rules/server-members.ts';
import type { Entity, JsonObject, Scope, Store } from '../store.ts';

/** A column of a file: its header, and what it is made of. */
export interface Column {
  readonly name: string;
  readonly source: string;
  readonly sourceType: string;
}

/**
 * The columns of a dataflow, in their order: those of its mapping set on cards of today, else of its profile selectors.
 *
 * @see cards.md, sections 5.2 and 9; flow-service.md, section 5.4
 */
export function columnsOf(flow: Entity, store: Store, scope: Scope): Column[] {
  return paramsOf(flow['transformations']).flatMap((params): Column[] => {
    const { profileMapping, profileSelectors } = params;
    if (isObject(profileMapping) && profileMapping['mappingId'] !== undefined) {
      const set = setOf(profileMapping, store, scope) ?? {};
      return mappingsOf(set).map(({ destination: name, source, sourceType }) => ({
        name,
        source,
        sourceType,
      }));
    }
    return selectorsOf(profileSelectors).flatMap(({ value }): Column[] => {
      if (!isObject(value) || typeof value['path'] !== 'string') return [];
      const source = value['path'];
      const { destination } = isObject(value['mapping']) ? value['mapping'] : ({} as JsonObject);
      const name = typeof destination === 'string' ? destination : source;
      return [{ name, source, sourceType: 'text/x.schema-path' }];
    });
  });
}

/** What a row must have: paths, and codes of namespaces. */
export function neededIn(flow: Entity): ReadonlySet<string> {
  const needed = rowRulesOf(flow['transformations']).flatMap(({ mandatoryFields, primaryFields }) => [
    ...(Array.isArray(mandatoryFields) ? mandatoryFields.map(String) : []),
    ...(Array.isArray(primaryFields) ? primaryFields : []).flatMap((one) =>
      isObject(one) ? [String(one['attributePath'] ?? one['identityNamespace'])] : [],
    ),
  ]);
  return new Set(needed);
}
