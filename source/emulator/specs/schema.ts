import type { JsonObject } from '../store.ts';

/** Short ways to write the JSON Schemas of specs. @see flow-service.md, section 2.1 */
export function text(title: string, more: JsonObject = {}): JsonObject {
  return {
    title,
    description: more['description'] ?? `${title} of the destination`,
    type: 'string',
    ...more,
  };
}

export const secret = (title: string, more: JsonObject = {}): JsonObject =>
  text(title, { format: 'password', ...more });

export const port = (): JsonObject => ({ title: 'Port', description: 'Port of the server', type: 'integer' });

export function objectSchema(properties: JsonObject, required: string[]): JsonObject {
  return { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties, required };
}

export function authSpec(name: string, type: string, properties: JsonObject, required: string[]): JsonObject {
  return {
    name,
    type,
    spec: { ...objectSchema(properties, required), description: `Sign-in of type ${name}` },
  };
}

/** A property that goes with one value of another. */
export const when = (field: string, value: string, schema: JsonObject): JsonObject => ({
  ...schema,
  conditional: { field, operator: 'EQUALS', value },
});
