import { ofFlow, ofPlan, type ReadFlow } from './activation.ts';
import { type Compared, difference } from './difference.ts';
import type { Plan } from './plan/plan.ts';
import { isSettingName, type SettingName } from './settings.ts';

/** How one thing that was asked for stands to what came back. */
export type Mark = 'same' | 'different' | 'missing' | 'extra';

export type ReportSection = 'flow' | 'segment' | 'attribute' | 'mandatory' | 'deduplication';

/** One line of a report: a place, what was asked there, what came back, and the verdict. */
export interface ReportRow {
  section: ReportSection;
  /** What the line is about: a segment id, an attribute path, a key, a member of the flow. */
  subject: string;
  /** Name of the segment, for people. */
  name?: string | undefined;
  /** Compared field of a segment; absent when the line is about the subject being there at all. */
  field?: SettingName | undefined;
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
export function compare(plan: Plan, returned: ReadFlow, expected: ExpectedFlow = {}): Report {
  const { flowSpecId, sourceConnectionId, targetConnectionId } = expected;
  const wanted = ofPlan(plan, {
    ...(flowSpecId === undefined ? {} : { 'flowSpec.id': flowSpecId }),
    ...(sourceConnectionId === undefined ? {} : { sourceConnectionIds: sourceConnectionId }),
    ...(targetConnectionId === undefined ? {} : { targetConnectionIds: targetConnectionId }),
  });
  const found = ofFlow(returned);
  const compared = difference(wanted, found);
  const rows = [...compared.flatMap(rowOf), ...lastChange(returned)];
  const count = (section: ReportSection, of: 'segments' | 'columns' | 'mandatory' | 'keys'): SectionCount => {
    const own = rows.filter((row) => row.section === section);
    const wrong = new Set(own.filter(({ mark }) => mark !== 'same').map(({ subject }) => subject));
    const right = new Set(own.filter(({ subject }) => !wrong.has(subject)).map(({ subject }) => subject));
    return { asked: wanted[of].items.length, returned: found[of].items.length, same: right.size };
  };
  return {
    isVerified: rows.every((row) => row.mark === 'same'),
    rows,
    segments: count('segment', 'segments'),
    attributes: count('attribute', 'columns'),
    mandatory: count('mandatory', 'mandatory'),
    deduplication: count('deduplication', 'keys'),
    isReordered: compared.some(({ part, kind }) => part === 'column' && kind === 'reordered'),
  };
}

const sections = {
  segment: 'segment',
  column: 'attribute',
  mandatory: 'mandatory',
  key: 'deduplication',
  state: 'flow',
  link: 'flow',
} as const satisfies Partial<Record<Compared['part'], ReportSection>>;

const marks = { same: 'same', changed: 'different', missing: 'missing', extra: 'extra' } as const;

/** A line of the report; nothing for what proves nothing, such as names and the order of columns. */
function rowOf(compared: Compared): ReportRow[] {
  const { part, kind, subject, before, after, place } = compared;
  if (!Object.hasOwn(sections, part) || kind === 'reordered') return [];
  const section = sections[part as keyof typeof sections];
  const mark = marks[kind];
  if (part !== 'segment')
    return [{ section, subject, path: place.before, asked: after, returned: before, mark }];
  const { member, of } = compared;
  if (member !== undefined && !isSettingName(member)) return [];
  const { name } = of.after ?? of.before ?? {};
  return [
    { section, subject, name, field: member, path: place.before, asked: after, returned: before, mark },
  ];
}

/** What is still being changed proves nothing yet, and what failed never will. */
function lastChange({ lastOperation }: ReadFlow): ReportRow[] {
  if (!lastOperation) return [];
  const { progress, status, errors } = lastOperation;
  if ((progress === 'completed' || progress === 'none') && errors.length === 0) return [];
  const returned = [status, ...errors].filter((one) => one !== undefined).join(': ');
  const subject = 'lastOperation';
  return [
    { section: 'flow', subject, path: `$.${subject}`, asked: 'completed', returned, mark: 'different' },
  ];
}
