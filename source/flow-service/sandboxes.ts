import * as z from 'zod';
import { everyPage } from './paging.ts';
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
});

/** Sandboxes asked for at once. */
const pageSize = 100;

/**
 * The sandboxes that the caller may use, page by page; limit and offset go together.
 *
 * A page that is as long as pages may be, or that does not say how long they are, is followed by another, until
 * one brings nothing new: what is overlooked here may be production.
 *
 * @see flow-service.md, section 2.11
 */
export function listSandboxes(transport: Transport, options: CallOptions = {}): AsyncGenerator<Sandbox[]> {
  const seen = new Set<string>();
  return everyPage<Sandbox, number>(
    async (offset = 0) => {
      const query = new URLSearchParams({ limit: String(pageSize), offset: String(offset) });
      const path = `/data/foundation/sandbox-management/?${query}`;
      const { value } = await transport.call({ method: 'GET', path, shape: sandboxPage, ...options });
      const { sandboxes, _page: { limit, totalCount } = {} } = value;
      const before = seen.size;
      for (const { name } of sandboxes) seen.add(name);
      const end = offset + sandboxes.length;
      const isLast =
        seen.size === before ||
        (limit !== undefined && sandboxes.length < Math.min(limit, pageSize) && end >= (totalCount ?? 0));
      return { items: sandboxes, next: isLast ? undefined : end };
    },
    ({ name }) => name,
  );
}
