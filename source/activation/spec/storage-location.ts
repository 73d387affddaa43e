import type { ConnectionSpec } from '../../flow-service/specs.ts';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { besideOf, choicesOf, fieldsOf } from './auth-spec.ts';
import { besideParams, inCatalog, type LocationMode, newerCard, newerMode } from './catalog.ts';
import { conditionOf, holds } from './condition.ts';
import { fileTypes, inOrder, newerForms, withUsualCsv } from './newer-forms.ts';
import { usualCsvOptions } from '../content/csv-file.ts';
import { isObject } from '../plan/json-path.ts';
import { own } from '../own.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * The kinds of storage a destination offers, each with its own form.
 *
 * `targetSpec.spec.properties.mode` decides which modes there are; a spec that publishes params and no modes
 * leaves them to the catalog, where it knows the destination. A parameter belongs to a mode when its
 * `conditional` says so; where the spec does not say, the catalog's knowledge of the mode does.
 *
 * @see flow-service.md, section 4.3
 */
export function locationModes(connectionSpec: ConnectionSpec): readonly LocationMode[] {
  const known = inCatalog(connectionSpec.id)?.modes ?? [];
  const newer = newerForms(connectionSpec.id)?.modes;
  const schema = connectionSpec.targetSpec?.spec;
  const { mode, ...params } = schema?.properties ?? {};
  const published = mode && choicesOf(mode)?.map(({ value }) => value);
  if (published) return published.map((one) => withFields(schema, one, known));
  if (Object.keys(params).length === 0) return newer ?? known;
  if (known.length > 0) return known.map((one) => withFields(schema, one.mode ?? '', known));
  const isRequired = schema?.required?.includes('mode') === true;
  const [documented] = newer ?? [];
  const fields = fieldsOf(schema, {}, documented?.fields ?? []).filter(
    (field) => isRequired || field.name !== 'mode',
  );
  if (!documented) return [{ fields, ...besideOf(schema) }];
  const more = besideParams.filter(({ name }) => !fields.some((field) => field.name === name));
  const ordered = inOrder([...fields, ...more], documented.fields);
  return [{ fields: ordered.map(withUsualCsv), ...besideOf(schema) }];
}

/** Whether the API itself says where files may go; if not, the catalog stands in where it knows the destination. */
export function publishesLocation({ targetSpec }: ConnectionSpec): boolean {
  return Object.keys(targetSpec?.spec?.properties ?? {}).length > 0;
}

function withFields(
  schema: JsonSchema | undefined,
  mode: string,
  known: readonly LocationMode[],
): LocationMode {
  const ofThisMode = known.find((one) => one.mode === mode)?.fields;
  const properties = schema?.properties ?? {};
  if (Object.keys(properties).every((name) => name === 'mode'))
    return { mode, fields: ofThisMode ?? [], isOpen: true };
  const ofAnyMode = new Set(known.flatMap((one) => one.fields.map((field) => field.name)));
  const belongs = (name: string): boolean => {
    if (name === 'mode') return false;
    const property = own(properties, name);
    const condition = property && conditionOf(property);
    if (condition?.field === 'mode') return holds(condition, { mode });
    if (ofThisMode === undefined || !ofAnyMode.has(name)) return true;
    return ofThisMode.some((one) => one.name === name);
  };
  const fields = fieldsOf(schema, { mode }, ofThisMode ?? []).filter((field) =>
    belongs(field.path?.[0] ?? field.name),
  );
  // A schema that names nothing required has not said what is.
  const isSilent = (schema?.required ?? []).every((name) => name === 'mode');
  const documented = new Set(ofThisMode?.filter((field) => field.isRequired).map((field) => field.name));
  const { unasked = [], isOpen } = besideOf(schema);
  return {
    mode,
    fields: fields.map((field) =>
      isSilent && documented.has(field.name) ? { ...field, isRequired: true } : field,
    ),
    ...(unasked.length > 0 ? { unasked: unasked.filter(belongs) } : {}),
    ...(isOpen === true ? { isOpen } : {}),
  };
}

/** `params` of the target connection: what the plan says, and `format` where its mode has one. */
export const locationParams = ({ destination }: Plan): Record<string, unknown> =>
  withUsual(destination.location, destination.connectionSpecId);

/** What kind of file a plan exports, where its card has more than one. */
export function fileTypeOf({ destination }: Plan): string | undefined {
  const { fileType } = destination.location;
  return typeof fileType === 'string' ? fileTypeNamed(fileType) : undefined;
}

/** A type of file in the platform's own letters; a server may have been told of one in others. */
export const fileTypeNamed = (fileType: string): string =>
  fileTypes.find((one) => one === fileType.toUpperCase()) ?? fileType;

/**
 * Params as they are meant, on cards of today: how CSV is written says nothing of a file of another type, though a
 * server may have kept it from before.
 *
 * @see cards.md, sections 4.1 and 10 (2)
 */
export function meantParams(
  params: Readonly<Record<string, unknown>>,
  connectionSpecId: string,
): Readonly<Record<string, unknown>> {
  const { fileType } = params;
  if (!newerCard(connectionSpecId) || typeof fileType !== 'string') return params;
  const meant: Record<string, unknown> = { ...params, fileType: fileTypeNamed(fileType) };
  if (meant['fileType'] !== 'CSV' || !isObject(meant['csvOptions'])) delete meant['csvOptions'];
  return meant;
}

/**
 * Params as a server holds them: how CSV is written is not known where it does not say so, for a client always sends it.
 *
 * @see cards.md, section 4.1
 */
export function heldParams(
  given: Readonly<Record<string, unknown>>,
  connectionSpecId: string,
): Record<string, unknown> {
  if (!newerCard(connectionSpecId)) return withUsual(given, connectionSpecId);
  const { mode, ...params } = meantParams(given, connectionSpecId);
  return { mode: mode ?? newerMode, ...params };
}

/** Params with what an absent one means: `format` where their mode has one, and on cards of today how CSV is written. */
export function withUsual(
  given: Readonly<Record<string, unknown>>,
  connectionSpecId: string,
): Record<string, unknown> {
  if (newerCard(connectionSpecId)) {
    const held = heldParams(given, connectionSpecId);
    const { fileType, csvOptions } = held;
    const said = isObject(csvOptions) ? csvOptions : {};
    return { ...held, ...(fileType === 'CSV' ? { csvOptions: { ...usualCsvOptions, ...said } } : {}) };
  }
  const { mode, ...params } = given;
  const known = inCatalog(connectionSpecId)?.modes.find((one) => one.mode === mode);
  const defaults = (known?.fields ?? []).flatMap((field) =>
    field.defaultValue === undefined ? [] : [[field.name, field.defaultValue] as const],
  );
  return { ...(mode === undefined ? {} : { mode }), ...Object.fromEntries(defaults), ...params };
}
