import * as z from 'zod';
import { IncompleteListError } from './errors.ts';
import { everyPage, lost, nextOf } from './paging.ts';
import type { CallOptions, Transport } from './transport.ts';

/** @see flow-service.md, section 2.11 */
const sandbox = z
  .object({
    name: z.string(),
    title: z.string().optional().catch(undefined),
    state: z.string().optional().catch(undefined),
    type: z.string().optional().catch(undefined),
    isDefault: z.boolean().optional().catch(undefined),
  })
  .transform(({ name, title, state, type, isDefault }) => ({
    name,
    title: title ?? name,
    state: state?.toLowerCase() ?? 'active',
    /** What is not known to be harmless is not; nothing where nobody could be asked. */
    isProduction: (type?.toLowerCase() !== 'development') as boolean | undefined,
    isDefault: isDefault ?? false,
  }));

export type Sandbox = z.infer<typeof sandbox>;

const sandboxPage = z.object({
  sandboxes: z.array(sandbox),
  _page: z
    .object({
      limit: z.coerce.number().optional().catch(undefined),
      totalCount: z.coerce.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  _links: z.unknown().optional(),
});

/** Sandboxes asked for at once. */
const pageSize = 100;

/**
 * The sandboxes that the caller may use, page by page; limit and offset go together.
 *
 * A link to the next page is followed, also from an empty one. Without a link, a page that is as long as pages may
 * be, or that does not say how long they are, is followed by another, until one brings nothing new: what is
 * overlooked here may be production.
 *
 * @throws IncompleteListError where it ends before all that it promises; FlowServiceError
 * @see flow-service.md, section 2.11
 */
export function listSandboxes(transport: Transport, options: CallOptions = {}): AsyncGenerator<Sandbox[]> {
  const seen = new Set<string>();
  const list = '/data/foundation/sandbox-management/';
  return everyPage<Sandbox, number>(
    list,
    async (offset = 0) => {
      const query = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
      const path = `${list}?${query}`;
      const { value } = await transport.call({ method: 'GET', path, shape: sandboxPage, ...options });
      const { sandboxes, _page: { limit, totalCount = 0 } = {}, _links } = value;
      const before = seen.size;
      for (const { name } of sandboxes) seen.add(name);
      const end = offset + sandboxes.length;
      const linked = linkedOffset(_links);
      if (linked !== undefined) return { items: sandboxes, next: linked };
      const isIdle = seen.size === before;
      if (isIdle && totalCount > seen.size) throw new IncompleteListError({ method: 'GET', path: list });
      const isLast =
        isIdle || (limit !== undefined && sandboxes.length < Math.min(limit, pageSize) && end >= totalCount);
      return { items: sandboxes, next: isLast ? undefined : end };
    },
    ({ name }) => name,
  );
}

/** Where a link to the next page leads. */
function linkedOffset(links: unknown): number | typeof lost | undefined {
  const next = nextOf(links);
  if (next.kind !== 'query') return next.kind === 'unknown' ? lost : undefined;
  const offset = next.query.get('offset') ?? '';
  return /^\d{1,9}$/.test(offset) ? Number(offset) : lost;
}
