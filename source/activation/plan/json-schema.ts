import * as z from 'zod/mini';
import { planSchema } from './plan.ts';

/** JSON Schema of a plan, for editors. Rules between fields are not in it: `ferry plan check` knows them. */
export function planJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(planSchema, { io: 'input' });
  return { $schema, title: 'ferry plan', ...schema };
}
