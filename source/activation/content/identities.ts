import { attributeOf, type Plan } from '../plan/plan.ts';
import { kindOf } from '../spec/catalog.ts';
import { namespaceOf } from './columns.ts';

/** Namespaces of the identities that a plan exports, or is deduplicated by, with the place of each. */
export function identitiesIn({ attributes, destination }: Plan): { code: string; path: string }[] {
  // Cards of today take the code with its dots, others what an identity has too.
  const isNewer = kindOf(destination.connectionSpecId) === 'newer';
  const namespaceIn = (path: string): string | undefined =>
    isNewer ? namespaceOf(path) : /^identityMap\.([^.]+)/.exec(path)?.[1];
  return [
    ...attributes.selected.flatMap((one, at) => {
      const code = namespaceIn(attributeOf(one));
      return code === undefined ? [] : [{ code, path: `$.attributes.selected[${at}]` }];
    }),
    ...attributes.deduplication.flatMap((key, at) =>
      key.fieldType === 'IDENTITY'
        ? [{ code: key.identityNamespace, path: `$.attributes.deduplication[${at}]` }]
        : [],
    ),
  ];
}
