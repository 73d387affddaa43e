import * as z from 'zod';

/** Servers write an absent member as `null` too. */
export const textOrNull = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
export const maybe = <Shape extends z.ZodType>(shape: Shape) =>
  shape
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** A list that may be absent; then it is empty. */
export const listOf = <Shape extends z.ZodType>(shape: Shape) =>
  z
    .array(shape)
    .nullish()
    .transform((list) => list ?? []);

/** A page of a list, whatever it is of. @see flow-service.md, section 2.0.2 */
export const pageOf = z.object({ items: z.array(z.unknown()), _links: z.unknown().optional() });
