import * as z from 'zod';

/** @see flow-service.md, section 2.11 */
export const sandbox = z
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
    isProduction: type?.toLowerCase() === 'production',
    isDefault: isDefault ?? false,
  }));

export type Sandbox = z.infer<typeof sandbox>;
