import type { ConnectionSpec } from '../flow-service/specs.ts';
import { fieldsOf } from './auth-spec.ts';
import { inCatalog, type LocationMode } from './catalog.ts';
import { conditionOf, holds } from './condition.ts';
import type { Field } from './field.ts';
import type { Plan } from './plan.ts';

/**
 * The kinds of storage a destination offers, each with its own form.
 *
 * `targetSpec.spec.properties.mode.enum` decides which modes there are. A parameter belongs to a mode
 * when its `conditional` says so; where the spec does not say, the catalog's knowledge of the mode does.
 *
 * @see flow-service.md, section 4.3
 */
export function locationModes(connectionSpec: ConnectionSpec): readonly LocationMode[] {
  const known = inCatalog(connectionSpec.id)?.modes ?? [];
  const schema = connectionSpec.targetSpec?.spec;
  const published = (schema?.properties?.['mode']?.enum ?? []).map(String);
  if (published.length > 0) return published.map((mode) => withFields(connectionSpec, mode, known));
  if (known.length > 0) return known;
  const fields = fieldsOf(schema, {}, []).filter((field) => field.name !== 'mode');
  return fields.length > 0 ? [{ fields }] : [];
}

/** Whether the API itself says where files may go; if not, the catalog stands in where it knows the destination. */
export function publishesLocation({ targetSpec }: ConnectionSpec): boolean {
  return Object.keys(targetSpec?.spec?.properties ?? {}).length > 0;
}

/** The mode a person starts from: the corrected one of the platform's later documentation. */
export function defaultMode(connectionSpec: ConnectionSpec): string | undefined {
  const offered = locationModes(connectionSpec);
  const preferred = inCatalog(connectionSpec.id)?.modes[0]?.mode;
  return offered.find((one) => one.mode === preferred)?.mode ?? offered[0]?.mode;
}

function withFields(
  connectionSpec: ConnectionSpec,
  mode: string,
  known: readonly LocationMode[],
): LocationMode {
  const ofThisMode = known.find((one) => one.mode === mode)?.fields;
  const ofAnyMode = new Set(known.flatMap((one) => one.fields.map((field) => field.name)));
  const schema = connectionSpec.targetSpec?.spec;
  const properties = schema?.properties ?? {};
  const belongs = (field: Field): boolean => {
    if (field.name === 'mode') return false;
    const property = properties[field.name];
    const condition = property && conditionOf(property);
    if (condition?.field === 'mode') return holds(condition, { mode });
    if (ofThisMode === undefined || !ofAnyMode.has(field.name)) return true;
    return ofThisMode.some((one) => one.name === field.name);
  };
  const fields = fieldsOf(schema, { mode }, ofThisMode ?? []).filter(belongs);
  const unpublished = (ofThisMode ?? []).filter(
    (field) => properties[field.name] === undefined && field.isRequired,
  );
  const required = new Set((ofThisMode ?? []).filter((field) => field.isRequired).map((field) => field.name));
  return {
    mode,
    fields: [...fields, ...unpublished].map((field) =>
      required.has(field.name) ? { ...field, isRequired: true } : field,
    ),
  };
}

/** `params` of the target connection: what the plan says, and `format` where its mode has one. */
export function locationParams(plan: Plan): Record<string, unknown> {
  const { mode, ...params } = plan.destination.location;
  const known = inCatalog(plan.destination.connectionSpecId)?.modes.find((one) => one.mode === mode);
  const defaults = (known?.fields ?? []).flatMap((field) =>
    field.defaultValue === undefined ? [] : [[field.name, field.defaultValue] as const],
  );
  return { ...(mode === undefined ? {} : { mode }), ...Object.fromEntries(defaults), ...params };
}
