import { IncompleteListError } from './errors.ts';

/**
 * The next page of a Flow Service collection, from `_links.next.href`.
 *
 * Only the query of the link is used: a link can never lead to another host or collection. Parsed as a
 * query, because tokens contain `=`. What was asked for and the link leaves out, filters for instance, is
 * asked for again.
 *
 * @param asked - The query of the page before.
 *
 * @returns Path and query, or nothing at the end.
 * @see flow-service.md, section 2.0.2
 */
export function nextPath(
  links: unknown,
  collectionPath: string,
  asked: URLSearchParams = new URLSearchParams(),
): string | undefined {
  const next = member(links, 'next');
  const href = typeof next === 'string' ? next : member(next, 'href');
  if (typeof href !== 'string' || !href.includes('?')) return undefined;
  const query = new URLSearchParams(href.slice(href.indexOf('?') + 1));
  const isMore = query.has('continuationToken') || query.has('start') || query.has('offset');
  if (!isMore) return undefined;
  const given = new Set(query.keys());
  for (const [name, value] of asked) if (!given.has(name)) query.append(name, value);
  return `${collectionPath}?${query}`;
}

/** Pages in a row that may bring nothing new, as those do of which a filter takes everything. */
const mostIdle = 250;
/** How long nothing new may come while page follows page, milliseconds. */
const idleMs = 90_000;

/**
 * Every page of a list, what was there before left out: pages shift while they are read.
 *
 * A page without anything new is followed by the next, as long as that one is another. Whoever has read to the end has
 * seen the whole: a list that leads back to where it was, or goes on and on, ends with an error.
 *
 * @param collection - Path of the list, for the error.
 * @param read - Reads a page; the first one without a place.
 *
 * @throws IncompleteListError after everything that came; whatever `read` throws.
 * @see flow-service.md, section 2.0.2
 */
export async function* everyPage<Item, Place>(
  collection: string,
  read: (place: Place | undefined) => Promise<{ items: readonly Item[]; next: Place | undefined }>,
  idOf: (item: Item) => string,
): AsyncGenerator<Item[]> {
  const seen = new Set<string>();
  const places = new Set<Place | undefined>();
  let place: Place | undefined;
  let idle = 0;
  let newsMs = performance.now();
  do {
    const isOver = idle >= mostIdle || performance.now() - newsMs >= idleMs;
    if (places.has(place) || isOver) throw new IncompleteListError({ method: 'GET', path: collection });
    places.add(place);
    const page = await read(place);
    const fresh = page.items.filter((item) => {
      const id = idOf(item);
      return !seen.has(id) && seen.add(id);
    });
    idle = fresh.length > 0 ? 0 : idle + 1;
    if (fresh.length > 0) newsMs = performance.now();
    yield fresh;
    place = page.next;
  } while (place !== undefined);
}

/** A list as a whole. */
export async function inOne<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
