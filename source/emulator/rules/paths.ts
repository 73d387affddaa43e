import type { Json } from '../store.ts';
import { isObject, own } from './params.ts';

const dot = '\0';

/**
 * The steps of a source path: names, and numbers for elements of arrays. A dot inside a name is written `//.`.
 *
 * @example `identityMap.Phone_E//.164` is `identityMap`, `Phone_E.164`; `purchaseTime[0]` is `purchaseTime`, 0
 * @returns Nothing for what is no path.
 * @see cards.md, sections 5.2 and 6.3
 */
export function stepsOf(path: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const part of path.replaceAll('//.', dot).split('.')) {
    const [, name = '', indexes = ''] = /^([^[\]\s]+)((?:\[\d+\])*)$/.exec(part) ?? [];
    if (name === '') return undefined;
    steps.push(name.replaceAll(dot, '.'), ...[...indexes.matchAll(/\d+/g)].map(Number));
  }
  return steps;
}

/** How a namespace is written in a source path. */
export const identitySource = (code: string): string => `identityMap.${code.replaceAll('.', '//.')}`;

/** The schema of what a path leads to, through objects, maps and elements of arrays. */
export function schemaAt(schema: Json | undefined, path: string): Json | undefined {
  return stepsOf(path)?.reduce<Json | undefined>((here, step) => {
    if (!isObject(here)) return undefined;
    if (typeof step === 'number') return here['type'] === 'array' ? here['items'] : undefined;
    const property = isObject(here['properties']) ? own(here['properties'], step) : undefined;
    return property ?? (isObject(here['additionalProperties']) ? here['additionalProperties'] : undefined);
  }, schema);
}

/** What a path leads to in a record. */
export function valueAt(record: Json | undefined, path: string): Json | undefined {
  return stepsOf(path)?.reduce<Json | undefined>((here, step) => {
    if (typeof step === 'number') return Array.isArray(here) ? here[step] : undefined;
    return isObject(here) ? own(here, step) : undefined;
  }, record);
}
