import type { Json, JsonObject } from '../store.ts';
import { badRequest } from '../wire-error.ts';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Holds params against the schema of a spec: required, types, patterns, enums, conditions, and nothing
 * that the schema does not know.
 *
 * @throws WireError (400) that names the param.
 * @see flow-service.md, section 2.1
 */
export function checkParams(params: Json | undefined, schema: Json | undefined, where: string): void {
  if (!isObject(params)) throw badRequest(`${where} must be an object`);
  if (!isObject(schema)) return;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property) || !holds(property['conditional'], params)) {
      if (isObject(property) && own(params, name) !== undefined)
        throw badRequest(`${where}.${name} does not go with the other values`);
      continue;
    }
    const value = own(params, name);
    if (value === undefined || value === null || value === '') {
      if (required.includes(name)) throw badRequest(`${where}.${name} is required`);
      continue;
    }
    checkValue(value, property, `${where}.${name}`);
  }
  for (const name of Object.keys(params)) {
    if (!Object.hasOwn(properties, name)) throw badRequest(`${where}.${name} is not a known parameter`);
  }
}

/**
 * Holds the params of a target connection against the schema of its card. An older card without a mode is told by
 * its other params.
 *
 * @throws WireError (400) that names the param.
 * @see flow-service.md, section 4.3
 */
export function checkTargetParams(params: Json | undefined, schema: Json | undefined): void {
  if (!isObject(params)) throw badRequest('params must be an object');
  const modes = modesOf(schema);
  if (params['mode'] !== undefined || modes.length === 0) {
    checkParams(params, schema, 'params');
    return;
  }
  // Without a mode the other params say which it is.
  const refusals = modes.flatMap((mode): unknown[] => {
    try {
      checkParams({ ...params, mode }, schema, 'params');
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (refusals.length === modes.length) throw refusals[0];
}

/**
 * The same for a card of today: what real requests say beside its schema is taken, and with `isStrict` only what
 * is published.
 *
 * @throws WireError (400) that names the param.
 * @see cards.md, sections 4.1 and 11 (1 to 3)
 */
export function checkNewerTargetParams(
  params: Json | undefined,
  schema: Json | undefined,
  isStrict: boolean,
): void {
  if (!isObject(params)) throw badRequest('params must be an object');
  const { mode, includeFileManifest = false, datasetFileType, csvOptions, ...others } = params;
  if (mode === undefined ? isStrict : mode !== 'Server-to-server' && mode !== 'FTP')
    throw badRequest('params.mode must be one of Server-to-server');
  if (typeof includeFileManifest !== 'boolean')
    throw badRequest('params.includeFileManifest must be of type boolean');
  if (datasetFileType !== undefined && datasetFileType !== 'JSON' && datasetFileType !== 'PARQUET')
    throw badRequest('params.datasetFileType must be one of JSON, PARQUET');
  const fileType = own(params, 'fileType') ?? datasetFileType;
  const isCounted = csvOptions !== undefined && (isStrict || fileType === 'CSV');
  checkParams(
    {
      ...others,
      ...(fileType === undefined ? {} : { fileType }),
      ...(isCounted ? { csvOptions } : {}),
    },
    schema,
    'params',
  );
}

function modesOf(schema: Json | undefined): Json[] {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  const mode = isObject(properties) ? properties['mode'] : undefined;
  return isObject(mode) && Array.isArray(mode['enum']) ? mode['enum'] : [];
}

/** Names of specs are not ours: one may be called `constructor`. */
export const own = (held: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(held, name) ? held[name] : undefined;

function checkValue(value: Json, property: JsonObject, where: string): void {
  const { type, pattern } = property;
  if (type === 'object') {
    checkParams(value, property, where);
    return;
  }
  const isRight = type === 'integer' ? Number.isInteger(value) : type === undefined || typeof value === type;
  if (!isRight) throw badRequest(`${where} must be of type ${String(type)}`);
  if (Array.isArray(property['enum']) && !property['enum'].includes(value)) {
    throw badRequest(`${where} must be one of ${property['enum'].map(String).join(', ')}`);
  }
  if (Array.isArray(property['oneOf'])) {
    const allowed = property['oneOf'].filter(isObject).map((one) => one['const']);
    if (!allowed.includes(value))
      throw badRequest(`${where} must be one of ${allowed.map(String).join(', ')}`);
  }
  if (property['contentEncoding'] === 'base64' && !isBase64(value))
    throw badRequest(`${where} must be base64 encoded`);
  if (typeof pattern !== 'string' || typeof value !== 'string') return;
  // A published pattern may take its time with a long text.
  if (value.length > longestMatched || !new RegExp(pattern).test(value))
    throw badRequest(`${where} does not match its pattern`);
}

const longestMatched = 255;

const isBase64 = (value: Json): boolean =>
  typeof value === 'string' && Buffer.from(value, 'base64').toString('base64') === value;

function holds(conditional: Json | undefined, params: JsonObject): boolean {
  if (!isObject(conditional)) return true;
  const field = String(conditional['field']).split('.').at(-1) ?? '';
  // Flows of segments have no dataset workflow.
  const actual = field === '_workflow' ? '' : String(own(params, field) ?? '');
  const wanted = (Array.isArray(conditional['value']) ? conditional['value'] : [conditional['value']]).map(
    String,
  );
  switch (conditional['operator']) {
    case 'EQUALS':
      return wanted.includes(actual);
    case 'NOT_CONTAINS':
      return !wanted.some((one) => actual.includes(one));
    default:
      return wanted.some((one) => actual.includes(one));
  }
}
