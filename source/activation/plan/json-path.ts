import { isExactNumber } from '../../ground/exact-json.ts';

/** A place in a JSON document: the keys that lead there. */
export type At = readonly (string | number)[];

/** `['segments', 0, 'id']` → `$.segments[0].id` */
export function jsonPath(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    const name = String(key);
    return /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
  }, '$');
}

/**
 * `['transformations', 0, 'a/b']` → `/transformations/0/a~1b`
 *
 * @throws RangeError for `__proto__`: there are appliers of patches that would change every object there is.
 * @see RFC 6901
 */
export function pointer(keys: At): string {
  if (keys.includes('__proto__')) throw new RangeError('a patch never reaches for a prototype');
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The way back: `/params/a~1b` → `['params', 'a/b']` */
export const placeOf = (path: string): string[] =>
  path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value);

/** What stands at a place; nothing where it is not the document's own. */
export function lookUp(document: unknown, at: At): unknown {
  return at.reduce<unknown>(
    (above, key) =>
      typeof above === 'object' && above !== null && Object.hasOwn(above, key)
        ? (above as Record<PropertyKey, unknown>)[key]
        : undefined,
    document,
  );
}
