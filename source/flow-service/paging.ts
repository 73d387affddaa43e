import { IncompleteListError } from './errors.ts';

/** What a page says of the one after it. `unknown`: there is one, and nobody can tell where. */
export type Next =
  | { readonly kind: 'none' }
  | { readonly kind: 'query'; readonly query: URLSearchParams }
  | { readonly kind: 'unknown' };

const none: Next = { kind: 'none' };
const unknown: Next = { kind: 'unknown' };

/**
 * Reads `_links.next` of a page: the query that leads on, whatever it is made of.
 *
 * Only what is absent, `null` or empty is no link; one in any other form says that there is more.
 *
 * @see flow-service.md, section 2.0.2
 */
export function nextOf(links: unknown): Next {
  if (isNothing(links)) return none;
  if (typeof links !== 'object' || Array.isArray(links)) return unknown;
  const next = member(links, 'next');
  if (isNothing(next)) return none;
  const href = typeof next === 'string' ? next : member(next, 'href');
  if (href === null || href === '') return none;
  if (typeof href !== 'string') return unknown;
  const query = new URLSearchParams(/\?([^#]*)/.exec(href)?.[1] ?? '');
  return query.size === 0 ? unknown : { kind: 'query', query };
}

/** Servers write what is absent in several ways. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/**
 * The next page of a Flow Service collection.
 *
 * Only the query of the link is used: a link can never lead to another host or collection. Parsed as a
 * query, because tokens contain `=`. What was asked for and the link leaves out, filters for instance, is
 * asked for again.
 *
 * @param asked - The query of the page before.
 * @returns Path and query; nothing at the end; `lost` where there is more that cannot be asked for.
 */
export function nextPath(
  links: unknown,
  collectionPath: string,
  asked: URLSearchParams = new URLSearchParams(),
): string | typeof lost | undefined {
  const next = nextOf(links);
  if (next.kind !== 'query') return next.kind === 'unknown' ? lost : undefined;
  const query = new URLSearchParams(next.query);
  for (const [name, value] of asked) if (!next.query.has(name)) query.append(name, value);
  return `${collectionPath}?${query}`;
}

/** The place of a page that there is, and that nobody can ask for. */
export const lost = Symbol('lost');

/** Pages in a row that may bring nothing new, as those do of which a filter takes everything. */
const mostIdle = 250;
/** How long nothing new may come while page follows page, milliseconds. */
const idleMs = 90_000;
/** Pages of one list: a hundred times what a sandbox holds of anything. */
const mostPages = 1000;
/** How long one list may be walked through, milliseconds. */
const walkMs = 300_000;

/**
 * Every page of a list, what was there before left out: pages shift while they are read.
 *
 * A page without anything new is followed by the next, as long as that one is another. Whoever has read to the end has
 * seen the whole: a list that leads back to where it was, leads nowhere, or goes on and on, with or without anything
 * new, ends with an error.
 *
 * @param collection - Path of the list, for the error.
 * @param read - Reads a page; the first one without a place.
 * @param isOver - Whether whoever asks can wait no longer; asked before each page but the first.
 *
 * @throws IncompleteListError after everything that came; whatever `read` throws.
 * @see flow-service.md, section 2.0.2
 */
export async function* everyPage<Item, Place>(
  collection: string,
  read: (place: Place | undefined) => Promise<{
    items: readonly Item[];
    next: Place | typeof lost | undefined;
  }>,
  idOf: (item: Item) => string,
  isOver: () => boolean = () => false,
): AsyncGenerator<Item[]> {
  const seen = new Set<string>();
  const places = new Set<Place | undefined>();
  let place: Place | undefined;
  let idle = 0;
  const beganMs = performance.now();
  let newsMs = beganMs;
  const isEndless = (): boolean => {
    const nowMs = performance.now();
    return (
      idle >= mostIdle ||
      nowMs - newsMs >= idleMs ||
      places.size >= mostPages ||
      nowMs - beganMs >= walkMs ||
      (places.size > 0 && isOver())
    );
  };
  for (;;) {
    if (places.has(place) || isEndless()) throw new IncompleteListError({ method: 'GET', path: collection });
    places.add(place);
    const page = await read(place);
    const fresh = page.items.filter((item) => {
      const id = idOf(item);
      return !seen.has(id) && seen.add(id);
    });
    idle = fresh.length > 0 ? 0 : idle + 1;
    if (fresh.length > 0) newsMs = performance.now();
    yield fresh;
    if (page.next === undefined) return;
    if (page.next === lost) throw new IncompleteListError({ method: 'GET', path: collection });
    place = page.next;
  }
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
