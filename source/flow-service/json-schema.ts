import * as z from 'zod';
import { isExactNumber } from '../ground/exact-json.ts';

/**
 * The part of JSON Schema that specs and the union schema use, with Adobe's own members
 * (`conditional`, `meta:*`). Whatever else a schema holds is dropped.
 *
 * @see flow-service.md, sections 2.1 and 2.9
 */
export interface JsonSchema {
  type?: string | undefined;
  title?: string | undefined;
  description?: string | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  default?: unknown;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  contentEncoding?: string | undefined;
  properties?: Record<string, JsonSchema> | undefined;
  required?: string[] | undefined;
  items?: JsonSchema | undefined;
  additionalProperties?: boolean | JsonSchema | undefined;
  oneOf?: JsonSchema[] | undefined;
  conditional?: { field?: string | undefined; operator?: string | undefined; value?: unknown } | undefined;
  'meta:xdmType'?: string | undefined;
  'meta:status'?: string | undefined;
}

/** A member of another type than expected carries no meaning for us: it is left out, not refused. */
const loose = <Shape extends z.ZodType>(shape: Shape) => shape.optional().catch(undefined);

/** A spec is only read, so a number need not be more than one of JavaScript's. */
const anyValue = z.unknown().transform((value) => (isExactNumber(value) ? Number(value.rawJSON) : value));

/** One that is nothing: serializers write a member that is absent so. */
const someValue = anyValue.optional().transform((value) => value ?? undefined);

export const jsonSchema: z.ZodType<JsonSchema> = z.object({
  type: loose(z.string()),
  title: loose(z.string()),
  description: loose(z.string()),
  format: loose(z.string()),
  pattern: loose(z.string()),
  enum: loose(z.array(anyValue)),
  const: someValue,
  default: someValue,
  minLength: loose(z.number()),
  maxLength: loose(z.number()),
  contentEncoding: loose(z.string()),
  get properties() {
    return loose(z.record(z.string(), jsonSchema));
  },
  required: loose(z.array(z.string())),
  get items() {
    return loose(jsonSchema);
  },
  get additionalProperties() {
    return loose(z.union([z.boolean(), jsonSchema]));
  },
  get oneOf() {
    return loose(z.array(jsonSchema));
  },
  conditional: loose(
    z.object({ field: loose(z.string()), operator: loose(z.string()), value: anyValue.optional() }),
  ),
  'meta:xdmType': loose(z.string()),
  'meta:status': loose(z.string()),
});
