/**
 * The next page of a Flow Service collection, from `_links.next.href`.
 *
 * Only the query of the link is used: a link can never lead to another host or collection. Parsed as a
 * query, because tokens contain `=`.
 *
 * @returns Path and query, or nothing at the end.
 * @see flow-service.md, section 2.0.2
 */
export function nextPath(links: unknown, collectionPath: string): string | undefined {
  const next = member(links, 'next');
  const href = typeof next === 'string' ? next : member(next, 'href');
  if (typeof href !== 'string' || !href.includes('?')) return undefined;
  const query = new URLSearchParams(href.slice(href.indexOf('?') + 1));
  const isMore = query.has('continuationToken') || query.has('start');
  return isMore ? `${collectionPath}?${query}` : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
