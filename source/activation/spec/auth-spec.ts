import type { ConnectionSpec } from '../../flow-service/specs.ts';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import type { AuthMethod, Form } from './catalog.ts';
import { besideSignIn, inCatalog } from './catalog.ts';
import { type Circumstances, type Condition, conditionOf, holds } from './condition.ts';
import type { Field } from './field.ts';
import { inOrder, newerForms } from './newer-forms.ts';
import { namesSecret } from './secret-params.ts';
import { isKeyName, isRoleName } from './value-form.ts';

/**
 * The ways to sign in to a destination, as forms.
 *
 * What the API publishes wins; the catalog answers only where the spec has no usable `authSpec` member.
 * An empty list is a real answer of the API (Data Landing Zone): no sign-in at all.
 *
 * @see flow-service.md, sections 2.1 and 4.2
 */
export function authMethods(connectionSpec: ConnectionSpec): readonly AuthMethod[] {
  const newer = newerForms(connectionSpec.id);
  const known = newer?.auth ?? inCatalog(connectionSpec.id)?.auth ?? [];
  if (connectionSpec.authSpec === undefined) return known;
  return connectionSpec.authSpec.map(({ name, spec }): AuthMethod => {
    const fallback = known.find((method) => method.specName === name);
    if (Object.keys(spec?.properties ?? {}).length === 0)
      return { specName: name, fields: fallback?.fields ?? [], isOpen: true };
    const documented = fallback?.fields ?? [];
    const published = fieldsOf(spec, {}, documented);
    const fields = newer ? inOrder(published, documented) : published;
    const beside = besideSignIn(connectionSpec.id).filter(
      (one) => !fields.some((field) => field.name === one.name),
    );
    return { specName: name, fields: [...fields, ...beside], ...besideOf(spec) };
  });
}

/** Whether the API itself says how to sign in; if not, the catalog stands in where it knows the destination. */
export const publishesAuth = ({ authSpec }: ConnectionSpec): boolean => authSpec !== undefined;

/** What a schema lets through that `fieldsOf` makes no field of: lists, objects of any members, and more. */
export function besideOf(schema: JsonSchema | undefined): Pick<Form, 'unasked' | 'isOpen'> {
  const unasked = Object.entries(schema?.properties ?? {}).flatMap(([name, property]) =>
    isAsked(property, 1) ? [] : [name],
  );
  const isOpen = schema?.additionalProperties === true;
  return { ...(unasked.length > 0 ? { unasked } : {}), ...(isOpen ? { isOpen } : {}) };
}

/** Whether a property becomes fields as a whole. */
function isAsked({ type, properties, additionalProperties }: JsonSchema, level: number): boolean {
  if (type === 'array') return false;
  if (type !== 'object' && properties === undefined) return true;
  const members = Object.values(properties ?? {});
  if (additionalProperties === true || members.length === 0 || level >= mostLevels) return false;
  return members.every((member) => isAsked(member, level + 1));
}

/**
 * The fields of an object schema, the required ones first in their published order. Members of an object
 * become fields of their own, with the way to them.
 *
 * @param circumstances - Answers that `conditional` members are held against; a field whose condition
 *   is false does not apply, required or not. One about another field of the same form stays open.
 * @param known - Fields of the catalog, for titles and examples that a schema lacks.
 */
export function fieldsOf(
  schema: JsonSchema | undefined,
  circumstances: Circumstances,
  known: readonly Field[],
): Field[] {
  const fields = membersOf(schema, circumstances, known, {
    path: [],
    title: '',
    conditions: [],
    isRequired: true,
  });
  return [...fields.filter((field) => field.isRequired), ...fields.filter((field) => !field.isRequired)];
}

interface Above {
  path: readonly string[];
  title: string;
  conditions: readonly Condition[];
  isRequired: boolean;
}

/** Objects in objects end somewhere: nobody fills in a form that is deeper. */
const mostLevels = 4;

function membersOf(
  schema: JsonSchema | undefined,
  circumstances: Circumstances,
  known: readonly Field[],
  above: Above,
): Field[] {
  const required = new Set(schema?.required ?? []);
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]): Field[] => {
    const condition = conditionOf(property);
    if (condition && !holds(condition, circumstances)) return [];
    const path = [...above.path, name];
    const conditions = [...above.conditions, ...(condition ? [condition] : [])];
    const isRequired = above.isRequired && required.has(name);
    if (property.type === 'object' || (property.type === undefined && property.properties)) {
      const title = [above.title, property.title ?? name].filter((part) => part !== '').join(' / ');
      if (path.length >= mostLevels) return [];
      return membersOf(property, circumstances, [], { path, title, conditions, isRequired });
    }
    if (property.type === 'array' || name === '__proto__') return [];
    const field = toField(
      name,
      property,
      isRequired,
      known.find((one) => one.name === name),
    );
    return [
      {
        ...field,
        ...(path.length > 1 ? { name: path.join('.'), path, title: `${above.title} / ${field.title}` } : {}),
        ...(conditions.length > 0 ? { conditions } : {}),
      },
    ];
  });
}

function toField(name: string, schema: JsonSchema, isRequired: boolean, known: Field | undefined): Field {
  // Specs declare the ARN of a role `password`, and it names what anybody may know. @see cards.md, section 3.1
  const isSecret =
    !isRoleName(name) && (schema.format === 'password' || namesSecret(name) || (known?.isSecret ?? false));
  const choices = choicesOf(schema);
  const onlyChoice = choices?.length === 1 ? choices[0]?.value : undefined;
  return {
    name,
    title: schema.title ?? known?.title ?? name,
    description: schema.description ?? known?.description,
    kind: kindOf(schema.type ?? typeof (schema.enum?.[0] ?? schema.oneOf?.[0]?.const)),
    isSecret,
    isMultiline: isSecret && (isKeyName(name) || schema.contentEncoding === 'base64'),
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

/** What a property may be, where it may be one of a few. */
export function choicesOf(schema: JsonSchema): { value: string; title: string }[] | undefined {
  if (schema.type === 'boolean') return ['true', 'false'].map((value) => ({ value, title: value }));
  if (schema.enum && schema.enum.length > 0) {
    return schema.enum.map((value) => ({ value: String(value), title: String(value) }));
  }
  if (schema.const !== undefined) return [{ value: String(schema.const), title: String(schema.const) }];
  const constants = (schema.oneOf ?? []).filter((one) => one.const !== undefined);
  return constants.length > 0
    ? constants.map((one) => ({ value: String(one.const), title: one.title ?? String(one.const) }))
    : undefined;
}
