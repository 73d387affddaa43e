import { sameId } from './same-id.ts';
import type { Flow, PrimaryField, SegmentSelector, Transformation } from '../flow-service/flows.ts';
import type { Plan, PlanSegment } from './plan.ts';
import { keyName } from './plan-rules.ts';

/** How one thing that was asked for stands to what came back. */
export type Mark = 'same' | 'different' | 'missing' | 'extra';

export type ReportSection = 'flow' | 'segment' | 'attribute' | 'mandatory' | 'deduplication';

/** The compared fields of a segment, in the order they are shown. @see flow-service.md, section 5.6 */
export const segmentFields = [
  'exportMode',
  'frequency',
  'triggerType',
  'startDate',
  'endDate',
  'startTime',
  'filenameTemplate',
] as const;
export type SegmentField = (typeof segmentFields)[number];

/** One line of a report: a place, what was asked there, what came back, and the verdict. */
export interface ReportRow {
  section: ReportSection;
  /** What the line is about: a segment id, an attribute path, a key, a member of the flow. */
  subject: string;
  /** Name of the segment, for people. */
  name?: string | undefined;
  /** Compared field of a segment; absent when the line is about the subject being there at all. */
  field?: SegmentField | undefined;
  /** JSON path in the returned dataflow (or where it should be). */
  path: string;
  asked?: string | undefined;
  returned?: string | undefined;
  mark: Mark;
}

export interface SectionCount {
  asked: number;
  returned: number;
  /** Subjects that are there and the same in every field. */
  same: number;
}

/** The proof: what was asked held against what the platform holds. */
export interface Report {
  isVerified: boolean;
  rows: ReportRow[];
  segments: SectionCount;
  attributes: SectionCount;
  mandatory: SectionCount;
  deduplication: SectionCount;
  /** The columns came back in another order: told, never a difference. */
  isReordered: boolean;
}

/** Ids that an apply knows and a dataflow must still have. */
export interface ExpectedFlow {
  flowSpecId?: string;
  sourceConnectionId?: string;
  targetConnectionId?: string;
}

type ReturnedFlow = Pick<Flow, 'transformations'> & Partial<Flow>;

/**
 * Compares a plan with a returned dataflow, member by member.
 *
 * What a server adds (`operator`, `mapping`, times, names) is not compared; an absent `triggerType` is
 * `SCHEDULED`; attributes, mandatory fields and keys are sets. Something that is there and was not asked
 * for is `extra` and makes the report differ.
 *
 * @throws Nothing.
 * @see flow-service.md, section 5.6
 */
export function compare(plan: Plan, returned: ReturnedFlow, expected: ExpectedFlow = {}): Report {
  const params = returned.transformations.flatMap(({ params }) => params ?? []);
  const at = firstWith(returned.transformations);
  const base = `$.transformations[${at}].params`;
  const selectors = params.flatMap((one) => one.segmentSelectors?.selectors ?? []);
  const attributes = params
    .flatMap((one) => one.profileSelectors?.selectors ?? [])
    .map((one) => one.value.path);
  // Newer cards keep these two beside the selectors instead of inside.
  const mandatory = params.flatMap(
    (one) => one.profileSelectors?.mandatoryFields ?? one.mandatoryFields ?? [],
  );
  const keys = params.flatMap((one) => one.profileSelectors?.primaryFields ?? one.primaryFields ?? []);

  const flowRows = compareFlow(returned, expected);
  const segmentRows = compareSegments(plan.segments, selectors, `${base}.segmentSelectors.selectors`);
  const attributeRows = compareSets(
    'attribute',
    plan.attributes.selected,
    attributes,
    `${base}.profileSelectors.selectors`,
  );
  const mandatoryRows = compareSets(
    'mandatory',
    plan.attributes.mandatory,
    mandatory,
    `${base}.profileSelectors.mandatoryFields`,
  );
  const keyRows = compareSets(
    'deduplication',
    plan.attributes.deduplication.map((key) => `${key.fieldType} ${keyName(key)}`),
    keys.map(nameOfPrimaryField),
    `${base}.profileSelectors.primaryFields`,
  );
  const rows = [...segmentRows, ...attributeRows, ...mandatoryRows, ...keyRows, ...flowRows];
  const found = attributes.filter((path) => plan.attributes.selected.includes(path));
  const wanted = plan.attributes.selected.filter((path) => attributes.includes(path));
  return {
    isVerified: rows.every((row) => row.mark === 'same'),
    rows,
    segments: count(segmentRows, plan.segments.length, selectors.length),
    attributes: count(attributeRows, plan.attributes.selected.length, attributes.length),
    mandatory: count(mandatoryRows, plan.attributes.mandatory.length, mandatory.length),
    deduplication: count(keyRows, plan.attributes.deduplication.length, keys.length),
    isReordered: found.some((path, index) => path !== wanted[index]),
  };
}

function firstWith(transformations: readonly Transformation[]): number {
  return Math.max(
    0,
    transformations.findIndex((one) => one.params?.segmentSelectors !== undefined),
  );
}

function compareFlow(returned: ReturnedFlow, expected: ExpectedFlow): ReportRow[] {
  const rows: ReportRow[] = [];
  const row = (subject: string, asked: string, got: string | undefined): void => {
    const mark = got === undefined ? 'missing' : got === asked ? 'same' : 'different';
    rows.push({ section: 'flow', subject, path: `$.${subject}`, asked, returned: got, mark });
  };
  if (returned.state !== undefined) row('state', 'enabled', returned.state.toLowerCase());
  if (expected.flowSpecId !== undefined) row('flowSpec.id', expected.flowSpecId, returned.flowSpec?.id);
  if (expected.sourceConnectionId !== undefined) {
    row('sourceConnectionIds', expected.sourceConnectionId, returned.sourceConnectionIds?.join(', '));
  }
  if (expected.targetConnectionId !== undefined) {
    row('targetConnectionIds', expected.targetConnectionId, returned.targetConnectionIds?.join(', '));
  }
  const operation = returned.lastOperation;
  // What is still being changed proves nothing yet.
  const isDone = operation?.progress === 'completed' || operation?.progress === 'none';
  if (operation && (!isDone || operation.errors.length > 0)) {
    const told = [operation.status, ...operation.errors].filter((one) => one !== undefined).join(': ');
    row('lastOperation', 'completed', told);
  }
  return rows;
}

function compareSegments(
  asked: readonly PlanSegment[],
  selectors: readonly SegmentSelector[],
  base: string,
): ReportRow[] {
  const isFree = selectors.map(() => true);
  const rows: ReportRow[] = [];
  for (const segment of asked) {
    const index = selectors.findIndex((one, i) => isFree[i] === true && sameId(one.value.id, segment.id));
    const path = index < 0 ? base : `${base}[${index}]`;
    const about = { section: 'segment' as const, subject: segment.id, name: segment.name };
    const selector = selectors[index];
    if (!selector) {
      rows.push({ ...about, path, asked: segment.name ?? segment.id, mark: 'missing' });
      continue;
    }
    isFree[index] = false;
    const wanted = askedFields(segment);
    const got = returnedFields(selector);
    for (const field of segmentFields) {
      const mark = markOf(wanted[field], got[field]);
      if (mark === undefined) continue;
      const member = field === 'exportMode' || field === 'filenameTemplate' ? field : `schedule.${field}`;
      rows.push({
        ...about,
        field,
        path: `${path}.value.${member}`,
        asked: wanted[field],
        returned: got[field],
        mark,
      });
    }
  }
  selectors.forEach((selector, index) => {
    if (isFree[index] !== true) return;
    const { id, name } = selector.value;
    rows.push({
      section: 'segment',
      subject: id,
      name,
      path: `${base}[${index}]`,
      returned: name ?? id,
      mark: 'extra',
    });
  });
  return rows;
}

/** Nothing when neither side has the field. */
function markOf(asked: string | undefined, returned: string | undefined): Mark | undefined {
  if (asked === returned) return asked === undefined ? undefined : 'same';
  if (returned === undefined) return 'missing';
  return asked === undefined ? 'extra' : 'different';
}

type FieldTexts = Record<SegmentField, string | undefined>;

function askedFields(segment: PlanSegment): FieldTexts {
  const { schedule, exportMode, filenameTemplate } = segment;
  return { exportMode, filenameTemplate, ...scheduleFields(schedule) };
}

function returnedFields(selector: SegmentSelector): FieldTexts {
  const { schedule = {}, exportMode, filenameTemplate } = selector.value;
  return { exportMode, filenameTemplate, ...scheduleFields(schedule) };
}

type LooseSchedule = Partial<NonNullable<SegmentSelector['value']['schedule']>>;

function scheduleFields(schedule: LooseSchedule): Omit<FieldTexts, 'exportMode' | 'filenameTemplate'> {
  return {
    frequency: schedule.frequency,
    triggerType: schedule.triggerType ?? 'SCHEDULED',
    startDate: schedule.startDate,
    endDate: schedule.endDate ?? undefined,
    // Seconds say nothing here: a start time has whole hours only.
    startTime: schedule.startTime?.replace(/^(\d\d:\d\d):00$/, '$1'),
  };
}

function compareSets(
  section: ReportSection,
  asked: readonly string[],
  returned: readonly string[],
  base: string,
): ReportRow[] {
  const isFree = returned.map(() => true);
  const rows = asked.map((subject): ReportRow => {
    const index = returned.findIndex((one, i) => isFree[i] === true && one === subject);
    if (index < 0) return { section, subject, path: base, asked: subject, mark: 'missing' };
    isFree[index] = false;
    return { section, subject, path: `${base}[${index}]`, asked: subject, returned: subject, mark: 'same' };
  });
  returned.forEach((subject, index) => {
    if (isFree[index] === true)
      rows.push({ section, subject, path: `${base}[${index}]`, returned: subject, mark: 'extra' });
  });
  return rows;
}

function nameOfPrimaryField(field: PrimaryField): string {
  const fieldType = field.fieldType ?? (field.attributePath === undefined ? 'IDENTITY' : 'ATTRIBUTE');
  return `${fieldType} ${(fieldType === 'ATTRIBUTE' ? field.attributePath : field.identityNamespace) ?? ''}`;
}

function count(rows: readonly ReportRow[], asked: number, returned: number): SectionCount {
  const wrong = new Set(rows.filter((row) => row.mark !== 'same').map((row) => row.subject));
  const right = new Set(
    rows.filter((row) => row.mark === 'same' && !wrong.has(row.subject)).map((row) => row.subject),
  );
  return { asked, returned, same: right.size };
}
