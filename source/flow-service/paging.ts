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
  const isMore = query.has('continuationToken') || query.has('start');
  if (!isMore) return undefined;
  const given = new Set(query.keys());
  for (const [name, value] of asked) if (!given.has(name)) query.append(name, value);
  return `${collectionPath}?${query}`;
}

/** Pages in a row that may bring nothing new; a service that goes on and on must not keep anybody for ever. */
const mostIdle = 3;

/**
 * Every page of a list, what was there before left out: pages shift while they are read.
 *
 * @param read - Reads a page; the first one without a place.
 */
export async function* everyPage<Item, Place>(
  read: (place: Place | undefined) => Promise<{ items: readonly Item[]; next: Place | undefined }>,
  idOf: (item: Item) => string,
): AsyncGenerator<Item[]> {
  const seen = new Set<string>();
  const places = new Set<Place | undefined>();
  let place: Place | undefined;
  let idle = 0;
  do {
    places.add(place);
    const page = await read(place);
    const fresh = page.items.filter((item) => {
      const id = idOf(item);
      return !seen.has(id) && seen.add(id);
    });
    idle = fresh.length > 0 ? 0 : idle + 1;
    yield fresh;
    place = page.next;
  } while (place !== undefined && !places.has(place) && idle < mostIdle);
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
