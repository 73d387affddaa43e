import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../store.ts';
import { isObject } from './params.ts';

/**
 * What the service adds to selectors. When a segment was added stays, whatever is sent; the time of its last change
 * is the service's own.
 *
 * @see flow-service.md, section 5.6; manage.md, section 2.4
 */
export function withServerMembers(
  transformations: Json | undefined,
  {
    before,
    atMs,
    dropAttributes,
    isNewer,
  }: { before: Json | undefined; atMs: number; dropAttributes: boolean; isNewer: boolean },
): Json {
  const seconds = String(Math.floor(atMs / 1000));
  const earlier = new Map(segmentValues(before).map((value) => [value['id'], value]));
  const list = structuredClone(transformations);
  for (const value of segmentValues(list)) {
    const known = earlier.get(value['id']);
    if (known && isDeepStrictEqual(known, value)) continue;
    const createTime = known?.['createTime'] ?? value['createTime'] ?? seconds;
    if (isNewer) value['description'] ??= '';
    Object.assign(value, { createTime, updateTime: seconds });
  }
  for (const one of Array.isArray(list) ? list : []) {
    const params = isObject(one) ? one['params'] : undefined;
    const profile = isObject(params) ? params['profileSelectors'] : undefined;
    if (dropAttributes && isObject(profile)) profile['selectors'] = [];
    if (dropAttributes && isObject(params) && isNewer) params['profileMapping'] = {};
    for (const selector of selectorsOf(profile)) {
      const value = selector['value'];
      const path = isObject(value) ? value['path'] : undefined;
      if (!isObject(value) || typeof path !== 'string') continue;
      value['operator'] ??= 'EXISTS';
      value['mapping'] ??= mappingOf(path);
    }
  }
  return list ?? [];
}

const mappingOf = (path: string): JsonObject => ({
  sourceType: 'text/x.schema-path',
  source: path,
  destination: path,
  identity: false,
  primaryIdentity: false,
  functionVersion: 0,
  copyModeMapping: false,
  sourceAttribute: path,
  destinationXdmPath: path,
});

/** The params of all transformations. */
export const paramsOf = (transformations: Json | undefined): JsonObject[] =>
  (Array.isArray(transformations) ? transformations : []).map((one) =>
    isObject(one) && isObject(one['params']) ? one['params'] : {},
  );

/** What the segment selectors of all transformations hold. */
export const segmentValues = (transformations: Json | undefined): JsonObject[] =>
  paramsOf(transformations)
    .flatMap(({ segmentSelectors }) => selectorsOf(segmentSelectors))
    .flatMap(({ value }) => (isObject(value) ? [value] : []));

export function selectorsOf(holder: Json | undefined): JsonObject[] {
  const selectors = isObject(holder) ? holder['selectors'] : undefined;
  return Array.isArray(selectors) ? selectors.filter(isObject) : [];
}

/** What of each transformation may say what a row must have: older cards say it in either. */
export const rowRulesOf = (transformations: Json | undefined): JsonObject[] =>
  paramsOf(transformations).flatMap((params) =>
    isObject(params['profileSelectors']) ? [params, params['profileSelectors']] : [params],
  );
