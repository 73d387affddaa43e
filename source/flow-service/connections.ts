import * as z from 'zod';
import { type StandsOn, underAccount, underConnection, underFlow } from './references.ts';
import { isUsableId } from './sendable.ts';

/** What a create answers. @see flow-service.md, section 2.3 */
export const created = z.object({
  id: z.string().refine(isUsableId, 'sendable'),
  etag: z.string().optional().catch(undefined),
});

const encryption = z.object({
  params: z.object({
    encryptionAlgo: z.string().optional().catch(undefined),
    publicKey: z.string().optional().catch(undefined),
  }),
});

/** What every entity has, as far as ferry looks at it. */
const common = z.object({
  id: z.string(),
  name: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  etag: z.string().optional().catch(undefined),
  state: z.string().optional().catch(undefined),
  connectionSpec: z.object({ id: z.string() }).optional().catch(undefined),
  auth: z
    .object({ specName: z.string(), params: z.record(z.string(), z.unknown()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  params: z.record(z.string(), z.unknown()).optional().catch(undefined),
  /** How files are encrypted, under either name that is published. @see cards.md, section 3.3 */
  encryption: encryption.optional().catch(undefined),
  encryptionSpecs: encryption.optional().catch(undefined),
});

const withStandsOn = (read: (entity: Readonly<Record<string, unknown>>) => StandsOn) =>
  z
    .looseObject({ id: z.string() })
    .transform((entity): z.infer<typeof common> & StandsOn => ({ ...common.parse(entity), ...read(entity) }));

/**
 * Entities by their collection, read back; only what ferry looks at.
 *
 * @see flow-service.md, sections 2.3 to 2.6
 */
export const connectionIn = {
  connections: withStandsOn(underAccount),
  sourceConnections: withStandsOn(underConnection),
  targetConnections: withStandsOn(underConnection),
  flows: withStandsOn(underFlow),
} as const;

export interface Created {
  id: string;
  etag?: string | undefined;
  /** To name when asking Adobe's support. */
  requestId?: string | undefined;
}
export type Connection = z.infer<typeof common> &
  StandsOn & {
    /** Of a storage location, as it was sent: what is put back is that. @see Flow */
    readonly raw?: unknown;
  };
