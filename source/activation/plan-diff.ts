import type { Plan } from './plan.ts';

/** One difference between two plans. */
export interface Difference {
  /** JSON path; a segment goes by its id: `$.segments[9f7d37fd-…].schedule.startDate`. */
  readonly path: string;
  readonly kind: 'changed' | 'added' | 'removed' | 'reordered';
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Name of the segment that it is about. */
  readonly segment?: string | undefined;
}

/**
 * What has to be done to `before` to get `after`, in the order of the document. Segments are the same when
 * their ids are; the order of columns counts, the order of segments does not.
 */
export function planDifferences(before: Plan, after: Plan): Difference[] {
  const found: Difference[] = [];
  const { segments: segmentsBefore, attributes: attributesBefore, ...restBefore } = before;
  const { segments: segmentsAfter, attributes: attributesAfter, ...restAfter } = after;
  found.push(...objects('$', { ...restBefore, $schema: undefined }, { ...restAfter, $schema: undefined }));

  const byId = new Map(segmentsAfter.map((segment) => [segment.id.toLowerCase(), segment]));
  for (const segment of segmentsBefore) {
    const id = segment.id.toLowerCase();
    const other = byId.get(id);
    const path = `$.segments[${segment.id}]`;
    const name = segment.name ?? segment.id;
    byId.delete(id);
    if (!other) found.push({ path, kind: 'removed', before: name });
    else
      found.push(
        ...objects(path, { ...segment, id }, { ...other, id }).map((one) => ({ ...one, segment: name })),
      );
  }
  for (const segment of byId.values())
    found.push({ path: `$.segments[${segment.id}]`, kind: 'added', after: segment.name ?? segment.id });

  for (const key of ['selected', 'mandatory', 'deduplication'] as const)
    found.push(
      ...lists(`$.attributes.${key}`, attributesBefore[key].map(worded), attributesAfter[key].map(worded)),
    );
  return found;
}

function worded(value: Plan['attributes']['deduplication'][number] | string): string {
  if (typeof value === 'string') return value;
  return value.fieldType === 'ATTRIBUTE' ? value.attributePath : `identity ${value.identityNamespace}`;
}

function lists(path: string, before: readonly string[], after: readonly string[]): Difference[] {
  const gone = before.filter((one) => !after.includes(one));
  const fresh = after.filter((one) => !before.includes(one));
  const stayed = before.filter((one) => after.includes(one)).join('\n');
  const order = after.filter((one) => before.includes(one)).join('\n');
  return [
    ...gone.map((one): Difference => ({ path, kind: 'removed', before: one })),
    ...fresh.map((one): Difference => ({ path, kind: 'added', after: one })),
    ...(stayed === order ? [] : [{ path, kind: 'reordered' as const, after: after.join(', ') }]),
  ];
}

/** Members of both, objects within them too. */
function objects(path: string, before: object, after: object): Difference[] {
  const [left, right] = [before, after] as Record<string, unknown>[];
  const names = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
  return names.flatMap((name): Difference[] => {
    const [from, to] = [left?.[name], right?.[name]];
    const here = `${path}.${name}`;
    if (isObject(from) && isObject(to)) return objects(here, from, to);
    const [said, wanted] = [shown(from), shown(to)];
    if (said === wanted) return [];
    if (said === undefined) return [{ path: here, kind: 'added', after: wanted }];
    return [
      wanted === undefined
        ? { path: here, kind: 'removed', before: said }
        : { path: here, kind: 'changed', before: said, after: wanted },
    ];
  });
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
