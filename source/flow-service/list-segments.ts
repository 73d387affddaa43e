import * as z from 'zod';
import { RefusedError } from './errors.ts';
import { segmentKeeper } from './kept-segments.ts';
import { nextOf } from './paging.ts';
import { type Segment, segment, type SegmentPage } from './segments.ts';
import type { CallOptions, Transport } from './transport.ts';

/** Largest page both services give. @see flow-service.md, section 2.8 */
const pageSize = 100;

const audiencesPage = z.object({
  children: z.array(segment),
  _page: z
    .object({
      next: z.unknown().optional(),
      totalCount: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  _links: z.unknown().optional(),
});
const definitionsPage = z.object({
  segments: z.array(segment),
  page: z
    .object({ totalCount: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

interface Page {
  rows: Segment[];
  total: number | undefined;
  /** Offset of the next page; nothing at the end. */
  next: number | undefined;
  /** There is a next page, and nobody can tell where. */
  isLost?: boolean;
}

/** Pages in a row that may bring nothing new, as they do for a moment while the list changes. */
const mostIdle = 3;

/** Pages of one list at most: three times the longest that ferry is measured with. */
const mostPages = 3000;
/** How long the list may take, milliseconds. */
const walkMs = 600_000;

/** Pages that are asked for at once; some of the client's calls stay free for what a person does. */
const atOnce = 3;

/**
 * All segments, page by page and in order; the next pages are asked for while the caller works on the last
 * one, side by side where the first page tells where they begin.
 *
 * `/audiences` first; an organisation without it answers 403 or 404, then `/segment/definitions`. Pages
 * shift while segments are made, so each id comes once. A list that ends before all that it promises says so with a
 * last page.
 *
 * @see flow-service.md, sections 2.8, 7.33 and 7.34
 */
export async function* listSegments(
  transport: Transport,
  options: CallOptions = {},
): AsyncGenerator<SegmentPage> {
  let readPage = readAudiences;
  const first = await readPage(transport, 0, options).catch((error: unknown) => {
    if (!(error instanceof RefusedError) || (error.status !== 403 && error.status !== 404)) throw error;
    readPage = readDefinitions;
    return readPage(transport, 0, options);
  });
  const stride = first.next === first.rows.length ? first.next : Number.POSITIVE_INFINITY;
  const asked: Promise<Page>[] = [];
  let farthest = 0;
  const ask = (offset: number): void => {
    farthest = offset;
    const page = readPage(transport, offset, options);
    // Told when it is awaited; a caller that stops reading does not care.
    page.catch(() => undefined);
    asked.push(page);
  };
  const seen = new Set<string>();
  const keep = segmentKeeper();
  const fresh = (page: Page): SegmentPage => ({
    segments: keep(
      page.rows.filter(({ id }) => {
        if (seen.has(id)) return false;
        seen.add(id);
        return true;
      }),
    ),
    total: page.total,
  });
  const isCut = ({ total = 0, next = 0, isLost }: Page): boolean =>
    isLost === true || seen.size < total || next > farthest;
  const end: SegmentPage = { segments: [], total: first.total, isCut: true };
  const beganMs = performance.now();
  let pages = 0;
  const isEndless = (): boolean => ++pages >= mostPages || performance.now() - beganMs >= walkMs;
  let isAtEnd = false;
  let idle = 0;
  let hasShifted = false;
  let last = first;
  for (let page: Page | undefined = first; page; page = await asked.shift()) {
    last = page;
    // A service that points backwards, or on and on past its end, must not keep us here for ever.
    idle = page.rows.some(({ id }) => !seen.has(id)) ? 0 : idle + 1;
    isAtEnd ||= page.rows.length === 0 || idle >= mostIdle || isEndless();
    hasShifted ||= page.total !== first.total;
    if (!isAtEnd && asked.length === 0 && page.next !== undefined && page.next > farthest) ask(page.next);
    while (!isAtEnd && asked.length < atOnce && farthest + stride < (first.total ?? 0))
      ask(farthest + stride);
    yield fresh(page);
  }
  // Pages that were read side by side while the list changed may have let a row slip between them. One after
  // the other they cannot: what is new comes first and moves the rest back.
  if (!hasShifted || stride === Number.POSITIVE_INFINITY || last.isLost === true || isEndless()) {
    if (isCut(last)) yield end;
    return;
  }
  pages = 0;
  const again = new Set<string>();
  for (let offset = 0, idle = 0; ;) {
    const page = await readPage(transport, offset, options);
    const before = again.size;
    for (const { id } of page.rows) again.add(id);
    idle = again.size > before ? 0 : idle + 1;
    yield fresh(page);
    const next = page.rows.length === 0 || idle >= mostIdle ? 0 : (page.next ?? 0);
    const isBeyond = next > offset && isEndless();
    if (next <= offset || isBeyond) {
      if (isBeyond || page.isLost === true || seen.size < (page.total ?? 0)) yield end;
      return;
    }
    offset = next;
  }
}

async function readAudiences(transport: Transport, start: number, options: CallOptions): Promise<Page> {
  const query = new URLSearchParams({
    start: String(start),
    limit: String(pageSize),
    entityType: '_xdm.context.profile',
  });
  const path = `/data/core/ups/audiences?${query}`;
  const { value } = await transport.call({ method: 'GET', path, shape: audiencesPage, ...options });
  const { children: rows, _page: page, _links: links } = value;
  const end = start + rows.length;
  const isMore = rows.length > 0 && end < (page?.totalCount ?? 0);
  // A list that says how much there is and not where it goes on goes on where it ended.
  const next = page?.next ?? startOf(links) ?? (isMore ? end : 0);
  const offset = next === '' ? 0 : typeof next === 'string' || typeof next === 'number' ? Number(next) : NaN;
  const isLost = Number.isNaN(offset);
  return { rows, total: page?.totalCount, next: offset > 0 ? offset : undefined, isLost };
}

/** Offset in a link to the next page; `NaN` where one leads nobody knows where. */
function startOf(links: unknown): string | number | undefined {
  const next = nextOf(links);
  if (next.kind !== 'query') return next.kind === 'unknown' ? NaN : undefined;
  return next.query.get('start') ?? NaN;
}

async function readDefinitions(transport: Transport, start: number, options: CallOptions): Promise<Page> {
  const query = new URLSearchParams({ start: String(start), limit: String(pageSize) });
  const path = `/data/core/ups/segment/definitions?${query}`;
  const { value } = await transport.call({ method: 'GET', path, shape: definitionsPage, ...options });
  const total = value.page?.totalCount;
  const end = start + value.segments.length;
  // Without a total only an empty page is the last: a service may make its pages shorter than they were asked for.
  const isMore = value.segments.length > 0 && (total === undefined || end < total);
  return { rows: value.segments, total, next: isMore ? end : undefined };
}
