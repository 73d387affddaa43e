import * as z from 'zod';

/** An identity namespace: exports go by its code. @see flow-service.md, section 2.10 */
export interface Namespace {
  readonly code: string;
  readonly name: string;
}

const namespace = z.object({
  code: z.string(),
  name: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
});

/** The namespaces of a sandbox that are in use: a bare array, which comes whole. */
export const namespaces: z.ZodType<Namespace[]> = z
  .array(namespace)
  .transform((all) =>
    all
      .filter(({ status = 'ACTIVE' }) => status.toUpperCase() === 'ACTIVE')
      .map(({ code, name = code }) => ({ code, name })),
  );
