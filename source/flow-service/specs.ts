import * as z from 'zod';
import { jsonSchema } from './json-schema.ts';

/** One way to sign in. @see flow-service.md, section 2.1 */
const authSpec = z.object({
  name: z.string(),
  type: z.string().optional().catch(undefined),
  spec: jsonSchema.optional(),
});

/** Template of a system. `authSpec: []` means that there is no sign-in. @see flow-service.md, section 2.1 */
export const connectionSpec = z.object({
  id: z.string(),
  name: z.string(),
  providerId: z.string().optional().catch(undefined),
  authSpec: z
    .array(authSpec)
    .optional()
    .catch(undefined)
    .transform((list) => list ?? []),
  targetSpec: z
    .object({
      name: z.string().optional().catch(undefined),
      spec: jsonSchema.optional().catch(undefined),
      attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

/** Template of a pipeline. @see flow-service.md, section 2.2 */
export const flowSpec = z.object({
  id: z.string(),
  name: z.string(),
  sourceConnectionSpecIds: z
    .array(z.string())
    .optional()
    .catch(undefined)
    .transform((ids) => ids ?? []),
  targetConnectionSpecIds: z
    .array(z.string())
    .optional()
    .catch(undefined)
    .transform((ids) => ids ?? []),
  attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

export type ConnectionSpec = z.infer<typeof connectionSpec>;
export type AuthSpec = z.infer<typeof authSpec>;
export type FlowSpec = z.infer<typeof flowSpec>;
