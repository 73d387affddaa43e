import type { Activation } from './activation.ts';
import { type Joins, ofFlow, type ReadFlow } from './of-flow.ts';
import { ofPlanOver } from './of-plan.ts';
import { setLink } from './linked-set.ts';
import { type Compared, difference, isOfAccount } from './difference.ts';
import type { NamedSet } from './change/patch.ts';
import { jsonPath } from './plan/json-path.ts';
import type { Plan } from './plan/plan.ts';
import { withRenames } from './renames.ts';
import { besidePlan, isBeyond, type Unsaid } from './sayable.ts';
import type { SettingName } from './settings.ts';
import { newerCard } from './spec/catalog.ts';

/** How one thing that was asked for stands to what came back. `unread`: that could not be read. */
export type Mark = 'same' | 'different' | 'missing' | 'extra' | 'unread';

/** What is compared of a segment: how it is exported, and which one it is. */
type ReportField = SettingName | 'type' | 'namespace' | 'systemSegmentId';

export type ReportSection = 'flow' | 'segment' | 'attribute' | 'mandatory' | 'deduplication';

/** One line of a report: a place, what was asked there, what came back, and the verdict. */
export interface ReportRow {
  section: ReportSection;
  /** What the line is about: a segment id, an attribute path, a key, a member of the flow. */
  subject: string;
  /** Name of the segment, for people. */
  name?: string | undefined;
  /** Compared field of a segment; absent when the line is about the subject being there at all. */
  field?: ReportField | undefined;
  /** JSON path in the returned dataflow (or where it should be). */
  path: string;
  asked?: string | undefined;
  returned?: string | undefined;
  mark: Mark;
}

interface SectionCount {
  asked: number;
  returned: number;
  /** Subjects that are there and the same in every field. */
  same: number;
  /** Subjects that are there and were not asked for, but for those that no plan can ask for. */
  extra: number;
  /** Whether nothing of it differs: neither a subject nor their order. */
  isSame: boolean;
}

/** The proof: what was asked held against what the platform holds. */
export interface Report {
  isVerified: boolean;
  rows: ReportRow[];
  segments: SectionCount;
  attributes: SectionCount;
  mandatory: SectionCount;
  deduplication: SectionCount;
  /** The columns came back in another order: where they stand in no mapping set that is told, and no difference. */
  isReordered: boolean;
  /** What is there besides and no plan can say: it is told, and no difference. */
  beside?: Unsaid[];
  /** The account that it stores with, where something of that differs. */
  accountId?: string;
}

/** Ids that an apply knows and a dataflow must still have. */
interface ExpectedFlow {
  flowSpecId?: string;
  sourceConnectionId?: string;
  targetConnectionId?: string;
  /** The account that was made, where the plan names none. */
  accountId?: string | undefined;
  /** The mapping set that it must name, where one was made. */
  set?: NamedSet | undefined;
  /** What its state was before a change, in small letters. @default `enabled` */
  state?: string | undefined;
}

/**
 * Compares a plan with a returned dataflow, member by member.
 *
 * What a server adds (`operator`, `mapping`, times, names) is not compared; an absent `triggerType` is
 * `SCHEDULED`; attributes, mandatory fields and keys are sets, but for the columns of a mapping set, whose order is
 * that of the file. Something that is there and was not asked for is `extra` and makes the report differ. A plan about
 * a dataflow that is there also says how that is called
 * and how its columns are ordered, and all that there is to its storage location.
 *
 * @param joins - What of the dataflow was read besides; where it stores is only compared when it was.
 * @throws Nothing.
 * @see flow-service.md, section 5.6; cards.md, section 5.5
 */
export function compare(
  plan: Plan,
  returned: ReadFlow,
  expected: ExpectedFlow = {},
  joins: Joins = {},
): Report {
  const { flowSpecId = plan.destination.flowSpecId, sourceConnectionId, targetConnectionId, set } = expected;
  const found = ofFlow(returned, joins, newerCard(plan.destination.connectionSpecId) !== undefined);
  const asked = ofPlanOver(plan, found, {
    ...(flowSpecId === undefined ? {} : { 'flowSpec.id': flowSpecId }),
    ...(sourceConnectionId === undefined ? {} : { sourceConnectionIds: sourceConnectionId }),
    ...(targetConnectionId === undefined ? {} : { targetConnectionIds: targetConnectionId }),
    ...(set ? { profileMapping: setLink(set) } : {}),
  });
  const isWhole = plan.flow !== undefined;
  const wanted: Activation = {
    ...asked,
    ...(expected.accountId === undefined ? {} : { account: { kind: 'known', value: expected.accountId } }),
    // Of one that is there and does not say it, nothing is known.
    ...(expected.state === undefined &&
    isWhole &&
    found.state.kind === 'known' &&
    found.state.value === undefined
      ? {}
      : { state: { kind: 'known', value: expected.state ?? 'enabled' } }),
  };
  const differing = difference(wanted, found);
  const accountId = found.account.kind === 'known' ? found.account.value : undefined;
  const compared = withRenames(differing, wanted, found);
  const isTold = (one: Compared): boolean =>
    isWhole || (wanted.hasSet && one.kind === 'reordered') || !isOnlyTold(one);
  const beyond = isBeyond(found, wanted);
  // One that makes a dataflow asks for nothing else: there it is a row.
  const beside = isWhole ? besidePlan(found, differing, beyond) : [];
  const rows = [
    // What no plan can say is nothing that one leaves out.
    ...compared.flatMap((one) => ((isWhole && beyond(one)) || !isTold(one) ? [] : rowOf(one))),
    ...scattered(found),
    ...(set ? [] : unread(found)),
    ...lastChange(returned),
  ];
  const count = (section: ReportSection, of: 'segments' | 'columns' | 'mandatory' | 'keys'): SectionCount => {
    const own = rows.filter((row) => row.section === section);
    const subjects = (some: readonly ReportRow[]): Set<string> => new Set(some.map(({ subject }) => subject));
    const wrong = subjects(own.filter(({ mark }) => mark !== 'same'));
    return {
      asked: wanted[of].items.length,
      returned: found[of].items.length,
      same: subjects(own.filter(({ subject }) => !wrong.has(subject))).size,
      extra: own.filter(({ mark, field }) => mark === 'extra' && field === undefined).length,
      isSame: wrong.size === 0,
    };
  };
  return {
    isVerified: rows.every((row) => row.mark === 'same'),
    rows,
    segments: count('segment', 'segments'),
    attributes: count('attribute', 'columns'),
    mandatory: count('mandatory', 'mandatory'),
    deduplication: count('deduplication', 'keys'),
    isReordered: compared.some(({ kind }) => kind === 'reordered'),
    ...(beside.length > 0 ? { beside } : {}),
    ...(accountId === undefined || !differing.some((one) => one.kind !== 'same' && isOfAccount(one))
      ? {}
      : { accountId }),
  };
}

const sections = {
  segment: 'segment',
  column: 'attribute',
  mandatory: 'mandatory',
  key: 'deduplication',
  state: 'flow',
  link: 'flow',
  name: 'flow',
  description: 'flow',
  account: 'flow',
  encryption: 'flow',
  signIn: 'flow',
  location: 'flow',
} as const satisfies Partial<Record<Compared['part'], ReportSection>>;

const marks = {
  same: 'same',
  changed: 'different',
  reordered: 'different',
  missing: 'missing',
  extra: 'extra',
  unread: 'unread',
} as const;

/** A line of the report; nothing for what proves nothing. */
function rowOf(compared: Compared): ReportRow[] {
  const { part, kind, subject, before, after, place } = compared;
  if (!Object.hasOwn(sections, part)) return [];
  const section = sections[part as keyof typeof sections];
  const mark = marks[kind];
  if (part !== 'segment')
    return [{ section, subject, path: place.before, asked: after, returned: before, mark }];
  const { member, of } = compared;
  // A name is a copy of another moment, and who a segment is may be told by the platform of its own accord.
  if (member === 'id' || member === 'name') return [];
  const isIdentity = member === 'namespace' || member === 'systemSegmentId' || member === 'type';
  if (isIdentity && (kind === 'extra' || kind === 'same')) return [];
  const { name } = of.after ?? of.before ?? {};
  return [
    { section, subject, name, field: member, path: place.before, asked: after, returned: before, mark },
  ];
}

/** What a plan that makes a dataflow leaves to the platform: its name, the order, and params of its own. */
const isOnlyTold = ({ part, kind }: Compared): boolean =>
  part === 'name' ||
  part === 'description' ||
  kind === 'reordered' ||
  (part === 'location' && kind === 'extra');

/** What columns of several lists come to in a file is nowhere said. */
function scattered({ columns }: Activation): ReportRow[] {
  const lists = [...new Set(columns.items.map(({ at }) => jsonPath(at.slice(0, -1))))];
  if (lists.length < 2) return [];
  const asked = jsonPath(columns.at);
  const [path = asked] = lists.filter((one) => one !== asked);
  return [
    { section: 'attribute', subject: path, path, asked, returned: lists.join(', '), mark: 'different' },
  ];
}

/** Columns in a set that nobody has read prove nothing. */
function unread({ columns, links }: Activation): ReportRow[] {
  if (columns.isUnread !== true) return [];
  const path = jsonPath(columns.at);
  const asked = links.profileMapping;
  return [{ section: 'attribute', subject: 'profileMapping', path, asked, mark: 'missing' }];
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
