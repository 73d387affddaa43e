import type { Json, JsonObject } from '../store.ts';
import { adls } from '../specs/cards.ts';
import { flowError } from '../wire-error.ts';
import { isObject } from './params.ts';
import { identitySource } from './paths.ts';

/** What the selectors of a dataflow are checked against. */
export interface Known {
  isSegment(id: string): boolean;
  isAttribute(path: string): boolean;
}

/** A card of today. @see cards.md, sections 5.4 and 6.1 */
export interface NewerCard {
  /** Of its connection spec. */
  readonly id: string;
  /** The sources that keys have to be among; nothing where it does not count. @throws WireError (400) */
  mapped(params: JsonObject): readonly string[] | undefined;
}

const refuse = (message: string): never => {
  throw flowError(400, message);
};

/**
 * The rules of segment selectors, profile selectors, mandatory fields and deduplication keys.
 *
 * @throws WireError (400) with what is wrong.
 * @see flow-service.md, sections 5.1 to 5.5
 */
export function checkTransformations(
  transformations: Json | undefined,
  known: Known,
  newer?: NewerCard,
): void {
  if (!Array.isArray(transformations)) return refuse('transformations must be a list');
  for (const transformation of transformations) {
    if (!isObject(transformation)) refuse('a transformation must be an object');
    const params = isObject(transformation) ? transformation['params'] : undefined;
    if (!isObject(params)) continue;
    const segments = selectorsOf(params['segmentSelectors']);
    const ids = segments.map((one) => checkSegment(one, known, newer));
    if (new Set(ids).size !== ids.length) refuse('Duplicate segment in segmentSelectors');
    if (newer) {
      const sources = newer.mapped(params);
      const isMapped = (name: string): boolean =>
        sources === undefined || sources.includes(name) || sources.includes(identitySource(name));
      checkMandatory(params['mandatoryFields'], isMapped);
      checkKeys(params['primaryFields'], isMapped, isMapped);
      continue;
    }
    const profile = params['profileSelectors'];
    const paths = selectorsOf(profile).map((one) => checkAttribute(one, known));
    if (new Set(paths).size !== paths.length) refuse('Duplicate attribute in profileSelectors');
    const isSelected = (path: string): boolean => paths.includes(path);
    for (const holder of [profile, params]) {
      if (!isObject(holder)) continue;
      checkMandatory(holder['mandatoryFields'], isSelected);
      checkKeys(holder['primaryFields'], isSelected, () => true);
    }
  }
}

function selectorsOf(holder: Json | undefined): Json[] {
  if (!isObject(holder)) return [];
  const { selectors } = holder;
  return Array.isArray(selectors) ? selectors : refuse('selectors must be a list');
}

const template = /%([^%]+)%/g;
const macros = new Set([
  'DESTINATION_NAME',
  'SEGMENT_ID',
  'SEGMENT_NAME',
  'DATETIME(YYYYMMdd_HHmmss)',
  'TIMESTAMP',
]);
/** More of them on the cards of today, none of which is needed. @see cards.md, section 6.2 */
const newerMacros = new Set([
  'DESTINATION',
  'DESTINATION_INSTANCE_ID',
  'DESTINATION_INSTANCE_NAME',
  'ORGANIZATION_NAME',
  'SANDBOX_NAME',
]);
const hourly = new Set(['EVERY_3_HOURS', 'EVERY_6_HOURS', 'EVERY_8_HOURS', 'EVERY_12_HOURS']);

function checkSegment(selector: Json, known: Known, newer: NewerCard | undefined): string {
  const value = isObject(selector) && selector['type'] === 'PLATFORM_SEGMENT' ? selector['value'] : undefined;
  if (!isObject(value)) return refuse('A segment selector has type PLATFORM_SEGMENT and a value');
  const { id, systemSegmentId = id, filenameTemplate, exportMode, schedule } = value;
  // One from outside has an id of its maker's, and beside it one of the platform's.
  if (typeof id !== 'string' || typeof systemSegmentId !== 'string' || !known.isSegment(systemSegmentId))
    return refuse(`Segment not found with id = [${String(id)}]`);
  checkTemplate(filenameTemplate, newer !== undefined);
  if (exportMode !== 'DAILY_FULL_EXPORT' && exportMode !== 'FIRST_FULL_THEN_INCREMENTAL')
    refuse(`Invalid exportMode [${String(exportMode)}]`);
  if (!isObject(schedule)) return refuse(`Segment ${id} has no schedule`);
  checkSchedule(exportMode === 'DAILY_FULL_EXPORT', schedule, newer);
  return id;
}

function checkTemplate(value: Json | undefined, isNewer: boolean): void {
  if (typeof value !== 'string' || value === '') return refuse('filenameTemplate is required');
  const used = [...value.matchAll(template)].map((match) => match[1] ?? '');
  for (const macro of used) {
    if (!macros.has(macro) && !(isNewer && newerMacros.has(macro)))
      refuse(`Unknown macro %${macro}% in filenameTemplate`);
  }
  for (const macro of isNewer ? [] : ['DESTINATION_NAME', 'SEGMENT_ID']) {
    if (!used.includes(macro)) refuse(`filenameTemplate must contain %${macro}%`);
  }
  if (used.includes('TIMESTAMP') && used.includes('DATETIME(YYYYMMdd_HHmmss)'))
    refuse('filenameTemplate has both DATETIME and TIMESTAMP');
}

const rare = new Set(['WEEKLY', 'MONTHLY']);

function checkSchedule(isFull: boolean, schedule: JsonObject, newer: NewerCard | undefined): void {
  const { frequency, startDate, endDate, startTime } = schedule;
  const trigger = schedule['triggerType'] ?? 'SCHEDULED';
  const isHourly = typeof frequency === 'string' && hourly.has(frequency);
  const isRare = typeof frequency === 'string' && rare.has(frequency) && newer !== undefined;
  if (frequency !== 'ONCE' && frequency !== 'DAILY' && !isHourly && !isRare)
    refuse(`Invalid frequency [${String(frequency)}]`);
  if (isRare && (newer.id === adls || trigger === 'AFTER_SEGMENT_EVAL'))
    refuse(`frequency [${String(frequency)}] is not valid for this destination or triggerType`);
  if (isFull ? isHourly : frequency === 'ONCE' || isRare)
    refuse(`frequency [${String(frequency)}] is not valid for this exportMode`);
  if (trigger !== 'SCHEDULED' && trigger !== 'AFTER_SEGMENT_EVAL')
    refuse(`Invalid triggerType [${String(trigger)}]`);
  if (trigger === 'AFTER_SEGMENT_EVAL' && !isFull) refuse('AFTER_SEGMENT_EVAL is for DAILY_FULL_EXPORT only');
  if (!isDay(startDate)) refuse(`Invalid startDate [${String(startDate)}]`);
  if (endDate !== undefined) {
    if (frequency === 'ONCE') refuse('endDate is not applicable to ONCE');
    if (!isDay(endDate)) refuse(`Invalid endDate [${String(endDate)}]`);
    if (String(endDate) <= String(startDate)) refuse('endDate must be after startDate');
  }
  if (trigger === 'AFTER_SEGMENT_EVAL') {
    if (startTime !== undefined) refuse('startTime is not applicable to AFTER_SEGMENT_EVAL');
  } else if (typeof startTime !== 'string' || !/^([01]\d|2[0-3]):00$/.test(startTime)) {
    refuse(`Invalid startTime [${String(startTime)}]`);
  }
}

function isDay(value: Json | undefined): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === value;
}

function checkAttribute(selector: Json, known: Known): string {
  const value = isObject(selector) && selector['type'] === 'JSON_PATH' ? selector['value'] : undefined;
  const path = isObject(value) ? value['path'] : undefined;
  if (typeof path !== 'string' || !known.isAttribute(path))
    return refuse(`Attribute not found with path = [${String(path)}]`);
  return path;
}

function checkMandatory(fields: Json | undefined, isSelected: (name: string) => boolean): void {
  if (fields === undefined) return;
  if (!Array.isArray(fields)) return refuse('mandatoryFields must be a list of strings');
  for (const field of fields) {
    if (typeof field !== 'string' || !isSelected(field))
      refuse(`mandatoryFields: [${String(field)}] is not a selected attribute`);
  }
}

function checkKeys(
  fields: Json | undefined,
  isSelected: (path: string) => boolean,
  isIdentity: (code: string) => boolean,
): void {
  if (fields === undefined) return;
  if (!Array.isArray(fields)) return refuse('primaryFields must be a list');
  const types = new Set<Json | undefined>();
  for (const field of fields) {
    if (!isObject(field)) return refuse('primaryFields: an entry must be an object');
    types.add(field['fieldType']);
    if (field['fieldType'] === 'ATTRIBUTE') {
      const path = field['attributePath'];
      if (typeof path !== 'string' || !isSelected(path))
        refuse(`primaryFields: [${String(path)}] is not a selected attribute`);
    } else if (field['fieldType'] !== 'IDENTITY' || typeof field['identityNamespace'] !== 'string') {
      refuse('primaryFields: fieldType must be ATTRIBUTE or IDENTITY');
    } else if (!isIdentity(field['identityNamespace'])) {
      refuse(`primaryFields: [${field['identityNamespace']}] is not mapped`);
    }
  }
  if (types.size > 1) refuse('primaryFields mixes attributes and identities');
  if (fields.length > (types.has('IDENTITY') ? 1 : 2)) refuse('primaryFields has too many entries');
}
