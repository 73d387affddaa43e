import * as z from 'zod';
import { isUsableId } from './sendable.ts';

/** What a create answers. @see flow-service.md, section 2.3 */
export const created = z.object({
  id: z.string().refine(isUsableId, 'sendable'),
  etag: z.string().optional().catch(undefined),
});

/** Any connection, read back; only what ferry looks at. @see flow-service.md, sections 2.3 to 2.5 */
export const connection = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  etag: z.string().optional().catch(undefined),
  state: z.string().optional().catch(undefined),
  connectionSpec: z.object({ id: z.string() }).optional().catch(undefined),
  /** Of a dataflow: what it stands on. */
  sourceConnectionIds: z.array(z.string()).optional().catch(undefined),
  targetConnectionIds: z.array(z.string()).optional().catch(undefined),
  baseConnectionId: z.string().optional().catch(undefined),
  auth: z.object({ specName: z.string() }).optional().catch(undefined),
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

export interface Created {
  id: string;
  etag?: string | undefined;
  /** To name when asking Adobe's support. */
  requestId?: string | undefined;
}
export type Connection = z.infer<typeof connection>;
