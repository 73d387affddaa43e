import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../store.ts';
import { problem } from '../wire-error.ts';
import { isObject, own } from './params.ts';
import { schemaAt, valueAt } from './paths.ts';

/** A line of a mapping set. */
export interface Mapping {
  readonly sourceType: string;
  readonly source: string;
  readonly destination: string;
}

/** What is written as the first is stored as the second, and both may be written. @see cards.md, sections 5.3, 11 (21) */
const sourceTypes: Readonly<Record<string, string>> = {
  ATTRIBUTE: 'text/x.schema-path',
  EXPRESSION: 'text/x.aep-xl',
  STATIC: 'text/plain',
};
const isPath = ({ sourceType }: Mapping): boolean => sourceType === sourceTypes['ATTRIBUTE'];
const isExpression = ({ sourceType }: Mapping): boolean => sourceType === sourceTypes['EXPRESSION'];

const refused = (detail: string): Error => problem(400, 'BadRequestError', detail);

/** @throws WireError (400) for what is no list of mappings. */
export function mappingsOf({ mappings }: JsonObject): Mapping[] {
  if (!Array.isArray(mappings) || mappings.length === 0) throw refused('mappings must hold one or more');
  return mappings.map((one) => {
    const { sourceType, source, destination } = isObject(one) ? one : {};
    const stored = Object.entries(sourceTypes).find((names) =>
      names.some((name) => name === sourceType),
    )?.[1];
    if (stored === undefined) throw refused(`Unknown sourceType [${String(sourceType)}]`);
    if (typeof source !== 'string' || source === '') throw refused('A mapping needs a source');
    if (typeof destination !== 'string' || destination === '') throw refused('A mapping needs a destination');
    return { sourceType: stored, source, destination };
  });
}

/**
 * A column has no dot in its name, and no other has its name.
 *
 * @see cards.md, sections 5.2 and 11 (10)
 */
function mistakeOf({ destination }: Mapping, mappings: readonly Mapping[]): string | undefined {
  if (destination.includes('.')) return `Destination [${destination}] contains a dot`;
  if (mappings.filter((one) => one.destination === destination).length > 1)
    return `Duplicate destination [${destination}]`;
  return undefined;
}

/** @throws WireError (400) for a column that cannot be one, or that the schema, where it counts, does not declare. */
export function checkColumns(mappings: readonly Mapping[], declared: JsonObject | undefined): void {
  for (const one of mappings) {
    const mistake = mistakeOf(one, mappings);
    if (mistake !== undefined) throw refused(mistake);
    const properties = declared?.['properties'];
    if (declared && !(isObject(properties) && own(properties, one.destination) !== undefined))
      throw refused(`Destination [${one.destination}] is not in the output schema`);
  }
}

/** What is wrong with each mapping, as `validate` tells it. @see cards.md, sections 5.3 and 11 (12) */
export function validation(mappings: readonly Mapping[], inputSchema: JsonObject | undefined): JsonObject[] {
  return mappings.map((one) => {
    const exception = mistakeOf(one, mappings) ?? sourceMistake(one, inputSchema);
    return exception === undefined
      ? { status: 'SUCCESS', errors: [] }
      : { status: 'FAILED', errors: [{ ...one, exception }] };
  });
}

function sourceMistake(one: Mapping, inputSchema: JsonObject | undefined): string | undefined {
  if (isPath(one))
    return inputSchema && schemaAt(inputSchema, one.source) === undefined
      ? `Source [${one.source}] is not in the input schema`
      : undefined;
  if (!isExpression(one)) return undefined;
  if (!/^\w+\(.*\)$/s.test(one.source)) return `[${one.source}] is no expression`;
  const joined = joining(one.source);
  const array = joined && inputSchema ? schemaAt(inputSchema, joined.path) : undefined;
  if (joined && inputSchema && !(isObject(array) && array['type'] === 'array'))
    return `[${joined.path}] is no array of the input schema`;
  return undefined;
}

/** The one function that is calculated here. @see cards.md, section 6.3 */
export function joining(expression: string): { separator: string; path: string } | undefined {
  const [, separator, path] =
    /^array_to_string\(\s*'([^']*)'\s*,\s*([^\s(),']+)\s*\)$/.exec(expression) ?? [];
  return separator === undefined || path === undefined ? undefined : { separator, path };
}

/** A record as the mappings would write it, and what could not be calculated. */
export function preview(
  mappings: readonly Mapping[],
  record: JsonObject,
): { data: JsonObject; errors: JsonObject[] } {
  const data: JsonObject = {};
  const errors: JsonObject[] = [];
  for (const one of mappings) {
    const value = calculated(one, record);
    if (value === undefined && isExpression(one)) errors.push({ ...one, exception: 'Not calculated' });
    else if (value !== undefined) data[one.destination] = value;
  }
  return { data, errors };
}

function calculated(one: Mapping, record: JsonObject): Json | undefined {
  if (isPath(one)) return valueAt(record, one.source);
  if (!isExpression(one)) return one.source;
  const joined = joining(one.source);
  const list = joined ? valueAt(record, joined.path) : undefined;
  return joined && Array.isArray(list) ? list.map(String).join(joined.separator) : undefined;
}

/** A mapping as it is stored, each time with an id of its own. @see cards.md, section 5.3 */
export const stored = ({ sourceType, source, destination }: Mapping): JsonObject => ({
  id: randomBytes(16).toString('hex'),
  version: 0,
  sourceType,
  source,
  destination,
  identity: false,
  primaryIdentity: false,
  matchScore: 0,
  functionVersion: 0,
  sourceAttribute: source,
  destinationXdmPath: destination,
});
