import * as z from 'zod';
import { jsonSchema } from './json-schema.ts';

/** One way to sign in. @see flow-service.md, section 2.1 */
const authSpec = z.object({
  name: z.string(),
  type: z.string().optional().catch(undefined),
  spec: jsonSchema.optional().catch(undefined),
});

/** Entries that can be read; one that cannot must not take the others with it. */
const readable = <Shape extends z.ZodType>(shape: Shape) =>
  z.array(z.unknown()).transform((list) =>
    list.flatMap((entry): z.infer<Shape>[] => {
      const read = shape.safeParse(entry);
      return read.success ? [read.data] : [];
    }),
  );

/**
 * Template of a system. `authSpec: []` means that there is no sign-in, none at all that it is not published.
 *
 * @see flow-service.md, section 2.1
 */
export const connectionSpec = z.object({
  id: z.string(),
  name: z.string(),
  providerId: z.string().optional().catch(undefined),
  authSpec: readable(authSpec).optional().catch(undefined),
  targetSpec: z
    .object({
      name: z.string().optional().catch(undefined),
      spec: jsonSchema.optional().catch(undefined),
      attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  /** An empty list means that it encrypts nothing. @see cards.md, section 3.3 */
  encryptionSpecs: readable(z.object({ name: z.string(), spec: jsonSchema.optional().catch(undefined) }))
    .optional()
    .catch(undefined),
  attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const ids = z
  .array(z.string())
  .optional()
  .catch(undefined)
  .transform((all) => all ?? []);

/** Template of a pipeline. @see flow-service.md, section 2.2 */
export const flowSpec = z.object({
  id: z.string(),
  name: z.string(),
  sourceConnectionSpecIds: ids,
  targetConnectionSpecIds: ids,
  attributes: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

export type ConnectionSpec = z.infer<typeof connectionSpec>;
export type FlowSpec = z.infer<typeof flowSpec>;
