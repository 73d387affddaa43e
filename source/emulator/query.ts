import type { Json, JsonObject } from './store.ts';
import { flowError } from './wire-error.ts';

/**
 * Filters, order and pages of a collection.
 *
 * @see flow-service.md, sections 2.0.2 and 3.4
 */
export interface Page<Item> {
  items: Item[];
  /** Query of the next page; nothing at the end. */
  next: string | undefined;
  /** Only this number was asked for. */
  count: number | undefined;
}

const known = new Set([
  'limit',
  'continuationToken',
  'orderby',
  'property',
  'count',
  'start',
  'projectionFields',
]);
const mostOnPage = 100;
const usualPage = 20;

export function pageOf<Item extends JsonObject>(items: readonly Item[], query: URLSearchParams): Page<Item> {
  for (const name of query.keys()) {
    if (!known.has(name)) throw flowError(400, `Unsupported query parameter [${name}]`);
  }
  const isCount = query.get('count') === 'true';
  if (isCount && query.has('limit')) throw flowError(400, 'limit and count can not be used together');
  const filtered = filter(items, query.getAll('property'));
  if (isCount) return { items: [], next: undefined, count: filtered.length };
  const limit = limitOf(query.get('limit'));
  const ordered = order(filtered, query.get('orderby'));
  const start = startOf(query.get('continuationToken'));
  const page = projected(ordered.slice(start, start + limit), query.get('projectionFields'));
  const end = start + page.length;
  const following = new URLSearchParams(query);
  following.set('continuationToken', tokenFor(end));
  return { items: page, next: end < ordered.length ? following.toString() : undefined, count: undefined };
}

/** Items with their id and the named members only. @see manage.md, sections 1.4 and 10 */
function projected<Item extends JsonObject>(items: readonly Item[], fields: string | null): Item[] {
  if (fields === null) return [...items];
  const names = new Set(['id', ...fields.split(',')]);
  return items.map(
    (item) => Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name))) as Item,
  );
}

/** Keeps what every `property` lets through. */
export function filter<Item extends JsonObject>(
  items: readonly Item[],
  properties: readonly string[],
): Item[] {
  const tests = properties.map(testOf);
  return items.filter((item) => tests.every((test) => test(item)));
}

/** Base64 keeps its padding: tokens contain `=`, and clients must cope. */
function tokenFor(start: number): string {
  return Buffer.from(`page=${start};`).toString('base64');
}

function startOf(token: string | null): number {
  if (token === null) return 0;
  const [, start] = /^page=(\d+);$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (start === undefined) throw flowError(400, 'Invalid continuationToken');
  return Number(start);
}

function limitOf(text: string | null): number {
  if (text === null) return usualPage;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > mostOnPage)
    throw flowError(400, `Invalid limit [${text}]`);
  return limit;
}

function order<Item extends JsonObject>(items: readonly Item[], orderby: string | null): Item[] {
  if (items.length < 2) return [...items];
  const names = orderby === null ? ['-updatedAt'] : orderby.split(',').map((one) => one.trim());
  const columns = names.map((name) => {
    const path = name.replace(/^[-+ ]/, '');
    if (!/^[A-Za-z][\w.]*$/.test(path)) throw flowError(400, `Invalid orderby [${name}]`);
    const parts = path.split('.');
    return { sign: name.startsWith('-') ? -1 : 1, values: items.map((item) => valuesAt(item, parts)[0]) };
  });
  // Each value is looked up once, and not at every comparison: runs come by the ten thousands.
  return items
    .map((item, at) => ({ item, at }))
    .sort(({ at: a }, { at: b }) => {
      for (const { sign, values } of columns) {
        const [left, right] = [values[a], values[b]];
        const difference =
          typeof left === 'number' && typeof right === 'number'
            ? left - right
            : String(left ?? '').localeCompare(String(right ?? ''), 'en');
        if (difference !== 0) return sign * difference;
      }
      return 0;
    })
    .map(({ item }) => item);
}

type Test = (item: JsonObject) => boolean;

function testOf(property: string): Test {
  const match = /^([^=<>!~]+)(==|>=|<=|>|<)(.*)$/.exec(property);
  const [, path, operator, wanted] = match ?? [];
  if (path === undefined || operator === undefined || wanted === undefined) {
    throw flowError(400, `Unsupported operator in filter [${property}]`);
  }
  if (operator !== '==' && path === 'id')
    throw flowError(400, `Operator [${operator}] is not supported on id`);
  const values = wanted.split(',');
  if (operator !== '==' && values.length > 1) throw flowError(400, `Operator [${operator}] takes one value`);
  const names = path.split('.');
  // Of a status the service knows two spellings. @see manage.md, sections 5.3 and 10 (18)
  const folded = (text: string): string => (names.at(-1) === 'status' ? text.toLowerCase() : text);
  const any = new Set(values.map(folded));
  const limit = Number(wanted);
  return (item) => {
    const found = valuesAt(item, names);
    if (operator === '==') return found.some((one) => any.has(folded(String(one))));
    return found.some((one) => typeof one === 'number' && compares(one, operator, limit));
  };
}

function compares(value: number, operator: string, limit: number): boolean {
  switch (operator) {
    case '>':
      return value > limit;
    case '<':
      return value < limit;
    case '>=':
      return value >= limit;
    default:
      return value <= limit;
  }
}

/** Every value at a dotted path; members of a list are reached with `[]` only. */
function valuesAt(value: Json | undefined, names: readonly string[]): Json[] {
  const [name, ...rest] = names;
  if (value === undefined) return [];
  if (name === undefined) return [value];
  if (value === null || typeof value !== 'object') return [];
  const isList = name.endsWith('[]');
  const key = isList ? name.slice(0, -2) : name;
  if (Array.isArray(value)) {
    // `transformations[].params` and, as the documentation writes it once, `transformations.params`.
    return value.flatMap((one) => valuesAt(one, names));
  }
  if (!Object.hasOwn(value, key)) return [];
  const member = value[key];
  if (isList) return Array.isArray(member) ? member.flatMap((one) => valuesAt(one, rest)) : [];
  return valuesAt(member, rest);
}
