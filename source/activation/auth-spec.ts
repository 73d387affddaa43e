import type { ConnectionSpec } from '../flow-service/specs.ts';
import type { JsonSchema } from '../flow-service/json-schema.ts';
import type { AuthMethod } from './catalog.ts';
import { inCatalog } from './catalog.ts';
import type { Field } from './field.ts';

/** Values that a `conditional` may look at, by field name. */
export type Circumstances = Readonly<Record<string, string | undefined>>;

/**
 * The ways to sign in to a destination, as forms.
 *
 * What the API publishes wins; the catalog answers only where the spec has no usable `authSpec` member.
 * An empty list is a real answer of the API (Data Landing Zone): no sign-in at all.
 *
 * @see flow-service.md, sections 2.1 and 4.2
 */
export function authMethods(connectionSpec: ConnectionSpec): readonly AuthMethod[] {
  const known = inCatalog(connectionSpec.id)?.auth ?? [];
  if (connectionSpec.authSpec.length === 0) return known;
  return connectionSpec.authSpec.map((entry) => {
    const fallback = known.find((method) => method.specName === entry.name);
    const published = fieldsOf(entry.spec, {}, fallback?.fields ?? []);
    return {
      specName: entry.name,
      fields: published.length > 0 ? published : (fallback?.fields ?? []),
    };
  });
}

/**
 * The fields of an object schema, the required ones first in their published order.
 *
 * @param circumstances - Answers that `conditional` members are held against; a field whose condition
 *   is false does not apply, required or not.
 * @param known - Fields of the catalog, for titles and examples that a schema lacks.
 */
export function fieldsOf(
  schema: JsonSchema | undefined,
  circumstances: Circumstances,
  known: readonly Field[],
): Field[] {
  const properties = Object.entries(schema?.properties ?? {}).filter(([, property]) =>
    applies(property, circumstances),
  );
  const required = new Set(schema?.required ?? []);
  const fields = properties
    .filter(([, property]) => property.type !== 'object' && property.type !== 'array')
    .map(([name, property]) =>
      toField(
        name,
        property,
        required.has(name),
        known.find((one) => one.name === name),
      ),
    );
  return [...fields.filter((field) => field.isRequired), ...fields.filter((field) => !field.isRequired)];
}

/** Whether a property's `conditional` holds; a field that the circumstances lack leaves it open. @see section 2.1 */
export function applies(property: JsonSchema, circumstances: Circumstances): boolean {
  const condition = property.conditional;
  if (!condition?.field) return true;
  const name = condition.field.split('.').at(-1) ?? '';
  const asked = circumstances[name] ?? (name === '_workflow' ? '' : undefined);
  if (asked === undefined) return true;
  const wanted = (Array.isArray(condition.value) ? condition.value : [condition.value]).map(String);
  switch (condition.operator) {
    case 'EQUALS':
    case 'IN':
      return wanted.includes(asked);
    case 'NOT_EQUALS':
      return !wanted.includes(asked);
    case 'CONTAINS':
      return wanted.some((one) => asked.includes(one));
    case 'NOT_CONTAINS':
      return !wanted.some((one) => asked.includes(one));
    default:
      return true;
  }
}

/** Names that hold a secret even where a spec forgets `format: password`. */
const secretName = /(secret|password|passphrase|privatekey|sshkey|connectionstring|accountkey|sastoken)/i;

function toField(name: string, schema: JsonSchema, isRequired: boolean, known: Field | undefined): Field {
  const isSecret = schema.format === 'password' || secretName.test(name) || (known?.isSecret ?? false);
  const choices = choicesOf(schema);
  const onlyChoice = choices?.length === 1 ? choices[0]?.value : undefined;
  return {
    name,
    title: schema.title ?? known?.title ?? name,
    description: schema.description ?? known?.description,
    kind: choices ? 'choice' : kindOf(schema.type),
    isSecret,
    isMultiline: isSecret && (/ssh|pem|privatekey/i.test(name) || schema.contentEncoding === 'base64'),
    isRequired,
    isBase64: schema.contentEncoding === 'base64',
    choices,
    pattern: schema.pattern ?? known?.pattern,
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    defaultValue: schema.default === undefined ? (known?.defaultValue ?? onlyChoice) : String(schema.default),
    example: known?.example,
  };
}

function kindOf(type: JsonSchema['type']): Field['kind'] {
  if (type === 'boolean') return 'boolean';
  return type === 'integer' || type === 'number' ? 'number' : 'text';
}

function choicesOf(schema: JsonSchema): { value: string; title: string }[] | undefined {
  if (schema.enum && schema.enum.length > 0) {
    return schema.enum.map((value) => ({ value: String(value), title: String(value) }));
  }
  const constants = (schema.oneOf ?? []).filter((one) => one.const !== undefined);
  return constants.length > 0
    ? constants.map((one) => ({ value: String(one.const), title: one.title ?? String(one.const) }))
    : undefined;
}
