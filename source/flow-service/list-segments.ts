import * as z from 'zod';
import { RefusedError } from './errors.ts';
import { type Segment, segment, type SegmentPage } from './segments.ts';
import type { CallOptions, Transport } from './transport.ts';

/** Largest page both services give. @see flow-service.md, section 2.8 */
const pageSize = 100;

const audiencesPage = z.object({
  children: z.array(segment),
  _page: z
    .object({
      next: z.union([z.string(), z.number()]).nullish(),
      totalCount: z.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
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
}

/**
 * All segments, page by page; the next page is asked for while the caller works on the last one.
 *
 * `/audiences` first; an organisation without it answers 403 or 404, then `/segment/definitions`. Pages
 * shift while segments are made, so each id comes once.
 *
 * @see flow-service.md, sections 2.8, 7.33 and 7.34
 */
export async function* listSegments(
  transport: Transport,
  options: CallOptions = {},
): AsyncGenerator<SegmentPage> {
  let readPage = readAudiences;
  let pending = readPage(transport, 0, options).catch((error: unknown) => {
    if (!(error instanceof RefusedError) || (error.status !== 403 && error.status !== 404)) throw error;
    readPage = readDefinitions;
    return readPage(transport, 0, options);
  });
  const seen = new Set<string>();
  let offset = 0;
  for (;;) {
    const page = await pending;
    // A service that points backwards must not keep us here for ever.
    const next = page.next !== undefined && page.next > offset ? page.next : undefined;
    if (next !== undefined) {
      offset = next;
      pending = readPage(transport, offset, options);
      // Told when it is awaited; a caller that stops reading does not care.
      pending.catch(() => undefined);
    }
    const segments = page.rows.filter((row) => {
      if (seen.has(row.id)) return false;
      seen.add(row.id);
      return true;
    });
    yield { segments, total: page.total };
    if (next === undefined) return;
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
  const next = Number(value._page?.next ?? 0);
  return { rows: value.children, total: value._page?.totalCount, next: next > 0 ? next : undefined };
}

async function readDefinitions(transport: Transport, start: number, options: CallOptions): Promise<Page> {
  const query = new URLSearchParams({ start: String(start), limit: String(pageSize) });
  const path = `/data/core/ups/segment/definitions?${query}`;
  const { value } = await transport.call({ method: 'GET', path, shape: definitionsPage, ...options });
  const total = value.page?.totalCount;
  const end = start + value.segments.length;
  const isMore =
    total === undefined ? value.segments.length === pageSize : end < total && value.segments.length > 0;
  return { rows: value.segments, total, next: isMore ? end : undefined };
}
