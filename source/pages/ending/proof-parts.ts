import type { Mark, Report, ReportRow } from '../../activation/report.ts';
import { lastExport } from '../../activation/content/schedule.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { type MessageId, type Text, valueText } from '../../locale/texts.ts';
import type { Words } from '../page.ts';
import { columnWords } from '../content/columns.ts';
import { everyText } from '../schedule/every-text.ts';
import { exportTimeText } from '../schedule/export-time.ts';
import { locationValue, paramTitle } from '../target/field-title.ts';
import { settingText } from '../schedule/settings-text.ts';

/** One thing that was held against another, in the person's words. */
export interface ProofField {
  readonly label: string;
  readonly mark: Mark;
  /** Nothing where it was not asked for; empty where it only has to be there. */
  readonly asked: string | undefined;
  /** Nothing where it is not there. */
  readonly returned: string | undefined;
  /** How far a day is from the one that was asked for: `6 days earlier`. */
  readonly apart: string | undefined;
}

/** What belongs together in a proof: a segment, the columns, the connections. */
export interface ProofPart {
  readonly id: string;
  readonly label: string;
  /** What was asked, in a few words side by side. */
  readonly asked: readonly string[];
  readonly isSame: boolean;
  readonly fields: readonly ProofField[];
}

/** A report in parts: what agrees can be told in a line each. @param zone - IANA name. */
export function proofParts(report: Report, plan: Plan, words: Words, zone: string): readonly ProofPart[] {
  const { text } = words;
  const groups = Map.groupBy(report.rows, ({ section, subject }) =>
    section === 'segment' ? `segment ${subject.toLowerCase()}` : section,
  );
  // What was asked for comes first, as it is in the report; the links of the dataflow end it.
  const ordered = [...groups].sort(([a], [b]) => Number(a === 'flow') - Number(b === 'flow'));
  const called = columnWords(plan, text);
  return ordered.map(([id, rows]): ProofPart => {
    const fields = rows.map((row) => fieldOf(row, text, called));
    const [first] = rows;
    return {
      id,
      label: first ? labelOf(first, report, text) : '',
      asked:
        first?.section === 'segment' ? settingsOf(first.subject, plan, words, zone) : namesOf(rows, fields),
      isSame: fields.every(({ mark }) => mark === 'same'),
      fields,
    };
  });
}

function labelOf(row: ReportRow, report: Report, text: Text): string {
  switch (row.section) {
    case 'segment':
      return row.name ?? row.subject;
    case 'flow':
      return text('report.connections');
    case 'attribute':
      return text('review.columns', { count: report.attributes.asked });
    case 'mandatory':
      return countText(text, 'mandatory', report.mandatory.asked);
    case 'deduplication':
      return countText(text, 'deduplication', report.deduplication.asked);
  }
}

/** `1 deduplication key` */
const countText = (text: Text, what: 'mandatory' | 'deduplication', count: number): string =>
  text(`report.${what}Of`, { count });

/** `full`, `every day`, `last export 24 Dec 2026` */
function settingsOf(id: string, plan: Plan, { text }: Words, zone: string): readonly string[] {
  const segment = plan.segments.find((one) => sameId(one.id, id));
  if (!segment) return [];
  const { exportMode, schedule } = segment;
  const last = lastExport(schedule);
  return [
    valueText(text, exportMode),
    everyText(text, schedule),
    ...(last ? [text('when.last', { last: exportTimeText(text, last, zone) })] : []),
  ];
}

const namesOf = (rows: readonly ReportRow[], fields: readonly ProofField[]): readonly string[] =>
  fields.flatMap(({ label, asked }, at) =>
    asked === undefined && rows[at]?.section !== 'flow' ? [] : [label],
  );

const links: Readonly<Record<string, MessageId>> = {
  'flowSpec.id': 'report.flowSpec',
  sourceConnectionIds: 'report.sourceConnection',
  targetConnectionIds: 'report.targetConnection',
  profileMapping: 'report.mappingSet',
  // A list as a whole differs by its order alone.
  '$.attributes.selected': 'review.columnsReordered',
  state: 'report.state',
  lastOperation: 'report.lastOperation',
  name: 'report.name',
  description: 'report.description',
  'destination.baseConnectionId': 'report.account',
  'destination.encryption.algorithm': 'report.encryption',
  'destination.encryption.publicKey': 'report.publicKey',
  'destination.location.mode': 'page.location',
};

/** `csvOptions.quote`, of what is said of a location or a sign-in. */
const wayOf = (subject: string): string | undefined =>
  /^destination\.(?:location|auth\.params)\.(.+)$/.exec(subject)?.[1];

/** What a line of a report is about, within its part. */
export function fieldLabel({ section, subject, field }: ReportRow, text: Text): string {
  if (field !== undefined) return text(`segmentField.${field}`);
  const link = Object.hasOwn(links, subject) ? links[subject] : undefined;
  if (link !== undefined) return text(link);
  if (section === 'flow') {
    return paramTitle(text, wayOf(subject) ?? subject.replace(/^destination\./, ''));
  }
  // `ATTRIBUTE personalEmail.address`: an attribute is what a key is, if nothing else is said.
  const namespace = /^IDENTITY (.+)$/.exec(subject)?.[1];
  return namespace === undefined
    ? subject.replace(/^ATTRIBUTE /, '')
    : text('columns.identity', { namespace });
}

/** What was asked for, or came back, as a form has it: a tab is not to be seen. */
export function fieldValue({ section, subject }: ReportRow, value: string, text: Text): string {
  const way = section === 'flow' ? wayOf(subject) : undefined;
  return way === undefined ? settingText(text, value) : locationValue(text, way, value);
}

function fieldOf(row: ReportRow, text: Text, called: ReadonlyMap<string, string>): ProofField {
  const { section, subject, field, mark, asked, returned } = row;
  const label = fieldLabel(row, text);
  const isColumn = isOfColumns.has(section) && mark !== 'different';
  const named = isColumn ? called.get(subject.replace(/^(?:ATTRIBUTE|IDENTITY) /, '')) : undefined;
  const shown = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : fieldValue(row, value, text);
  const isThere = field === undefined && section !== 'flow' && mark !== 'different';
  return {
    label: named ?? label,
    mark,
    asked: isThere ? (mark === 'extra' ? undefined : '') : shown(asked),
    returned:
      mark === 'unread'
        ? text('report.unread')
        : isThere
          ? mark === 'missing'
            ? undefined
            : ''
          : shown(returned),
    apart: apartText(text, asked, returned),
  };
}

/** The parts that speak of columns. */
const isOfColumns: ReadonlySet<ReportRow['section']> = new Set(['attribute', 'mandatory', 'deduplication']);

const isDay = (value: string | undefined): value is string =>
  value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value);

function apartText(text: Text, asked: string | undefined, returned: string | undefined): string | undefined {
  if (!isDay(asked) || !isDay(returned)) return undefined;
  const days = Math.round((Date.parse(returned) - Date.parse(asked)) / 86_400_000);
  if (days === 0 || Number.isNaN(days)) return undefined;
  const count = Math.abs(days);
  return text(days < 0 ? 'report.daysEarlier' : 'report.daysLater', { count });
}
