import type { Change } from '../../activation/changes.ts';
import { own } from '../../activation/own.ts';
import type { ExportSettings } from '../../activation/content/schedule.ts';
import { type Finding, planFindings } from '../../activation/findings/findings.ts';
import { limits } from '../../activation/findings/limits.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { Problem } from '../../activation/plan/problem.ts';
import { planProblems } from '../../activation/plan/plan-rules.ts';
import { sameId } from '../../activation/same-id.ts';
import { specProblems } from '../../activation/spec/spec-rules.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import { listText, valueText } from '../../locale/texts.ts';
import { type ChosenSegment, type Draft, draftName, signInOfDraft } from '../../wizard/draft.ts';
import type { QuestionPage } from '../../wizard/pages.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import type { Asking } from '../page.ts';
import { firstFileName, whenLines } from '../schedule/export-time.ts';
import { locationText, signInText, sourceText } from '../target/draft-text.ts';
import { objectsToMake } from './apply-text.ts';
import { inWords } from './change-text.ts';
import { changeIn, removedSegments, sentText } from './flow-change.ts';
import { type Mended, mended } from './review-fixes.ts';

/** Something that is wrong, or that may not be meant, with the line that it speaks of. */
export interface ReviewNote {
  readonly said: string;
  /** `change`: what becomes of the line, in a dataflow that is there. */
  readonly severity: 'problem' | 'warning' | 'note' | 'change';
}

/** A line of the review, as long as it has to be, and what Enter on it does. */
export interface ReviewRow {
  readonly id: string;
  /** Empty where it belongs to what stands above it. */
  readonly label: string;
  /** What it is, for who does not see what stands above it. */
  readonly spoken: string;
  /** A paragraph each; nothing of them may be cut. */
  readonly values: readonly string[];
  readonly tone?: ToneName | undefined;
  readonly notes: readonly ReviewNote[];
  /** What `f` makes of the draft, where that is mechanical. */
  readonly fix?: Mended | undefined;
  readonly does:
    { kind: 'apply' } | { kind: 'rename' } | { kind: 'jump'; page: QuestionPage } | { kind: 'none' };
}

/** What the review looks at beside the draft. */
export interface ReviewFacts {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Dataflows to destinations that the sandbox has, where that is known by now. */
  readonly destinationCount: number | undefined;
}

interface Noted {
  readonly id: Finding['id'] | Problem['id'];
  readonly path: string;
  readonly values: Finding['values'];
  readonly severity: Exclude<ReviewNote['severity'], 'change'>;
}

/** A draft for reading: names rather than ids, each line with the page it can be changed on. */
export function reviewRows(asking: Asking, { nowMs, destinationCount }: ReviewFacts): readonly ReviewRow[] {
  const { text, glyphs } = asking;
  const { draft } = asking.state;
  const { isReadOnly } = asking.services;
  const plan = toPlan(draft);
  const forms = draft.destination;
  const problems = [...planProblems(plan), ...(forms ? specProblems(plan, forms) : [])];
  const findings =
    problems.length > 0
      ? []
      : planFindings(plan, nowMs, {
          isProduction: draft.sandbox?.isProduction,
          madeMs: new Map(draft.segments.map(({ id, madeMs }) => [id, madeMs])),
          forms,
          accountSignIn: signInOfDraft(draft),
          destinationCount: draft.flow === undefined ? destinationCount : undefined,
        }).filter((one) => !isAsBefore(one, plan, draft));
  const { differences = [] } = changeIn(draft) ?? {};
  const groups = groupsOf(draft);
  const told: readonly Noted[] = [
    ...problems.map((one): Noted => ({ ...one, severity: 'problem' })),
    // The last export is named where the schedule is.
    ...findings.filter(({ id }) => id !== 'finding.lastDay'),
  ];
  const placed = Map.groupBy(told, ({ path }) => rowOf(path, groups));
  const gone = removedSegments(differences);
  const changes = Map.groupBy(differences, (one) =>
    gone.includes(one) ? 'removed' : rowOf(inPlan(one.path, plan), groups),
  );
  const row = (
    id: string,
    label: string,
    values: readonly string[],
    does: ReviewRow['does'],
    spoken = label,
  ): ReviewRow => {
    const here = placed.get(id) ?? [];
    return {
      id,
      label,
      spoken,
      values: values.length === 0 || values[0] === '' ? [text('review.none')] : values,
      notes: [
        ...(changes.get(id) ?? []).map((one): ReviewNote => ({
          said: inWords(one, text),
          severity: 'change',
        })),
        ...notesOf(asking, here),
      ],
      fix: mended(
        asking,
        plan,
        findings.filter((one) => here.includes(one)),
        nowMs,
      ),
      does,
    };
  };
  const asked = (
    id: string,
    label: string,
    value: string | readonly string[],
    page: QuestionPage,
  ): ReviewRow => row(id, label, typeof value === 'string' ? [value] : value, { kind: 'jump', page });
  const columns = (values: readonly string[]): string => listText(text, values);

  const rows = [
    // What goes is read before what stays.
    ...(gone.length === 0
      ? []
      : [
          asked(
            'removed',
            text('review.removed'),
            text('review.segments', { count: gone.length }),
            'segments',
          ),
        ]),
    asked('sandbox', text('review.sandbox'), sandboxText(asking, destinationCount), 'sandbox'),
    row('name', text('review.name'), [draftName(draft)], { kind: 'rename' }),
    asked('destination', text('review.destination'), draft.destination?.name ?? '', 'destination'),
    asked('signIn', text('review.signIn'), signInText(draft, asking), signInPage(draft)),
    asked(
      'location',
      text('review.location'),
      locationText(draft, glyphs),
      (draft.destination?.modes.length ?? 0) > 1 ? 'location' : 'locationFields',
    ),
    ...(groups.length === 0
      ? [asked('segments.0', text('review.segments', { count: 0 }), '', 'segments')]
      : []),
    ...groups.flatMap((group, at) =>
      groupRows(asking, group, nowMs).map(({ part, label = '', values, page, spoken }) =>
        row(`${part}.${at}`, label, values, { kind: 'jump', page }, spoken),
      ),
    ),
    asked(
      'attributes',
      text('review.columns', { count: draft.attributes.length }),
      columns(draft.attributes),
      'attributes',
    ),
    asked('mandatory', text('review.mandatory'), columns(draft.mandatory), 'attributes'),
    asked('deduplication', text('review.deduplication'), columns(draft.deduplication), 'attributes'),
    // What a dataflow reads from stays as it is.
    ...(draft.flow === undefined
      ? [asked('source', text('review.source'), sourceText(draft, text), 'source')]
      : []),
  ];
  const warnings = rows.flatMap(({ notes }) => notes).filter(({ severity }) => severity === 'warning').length;
  const label = text(problems.length > 0 ? 'review.problems' : isReadOnly ? 'review.look' : 'review.apply');
  const first = { id: 'apply', label, spoken: label };
  if (problems.length > 0) {
    const values = [text('review.problemCount', { count: problems.length })];
    return [{ ...first, values, tone: 'danger', notes: [], does: { kind: 'none' } }, ...rows];
  }
  const said = text('review.warnings', { count: warnings });
  return [
    {
      ...first,
      values: [
        ...(isReadOnly ? [text('review.lookHint')] : []),
        ...(isReadOnly && draft.live === undefined ? [] : [makesText(asking, differences)]),
      ],
      tone: 'success',
      notes: warnings === 0 ? [] : [{ said, severity: 'warning' }],
      does: { kind: 'apply' },
    },
    ...rows,
  ];
}

/** Segments that are exported in the same way, in the order of the first of each. */
interface Group {
  readonly segments: readonly ChosenSegment[];
  /** Their places in the plan. */
  readonly places: readonly number[];
  readonly settings: ExportSettings | undefined;
}

function groupsOf(draft: Draft): readonly Group[] {
  const placed = draft.segments.map((segment, place) => ({
    segment,
    place,
    settings: own(draft.settings, segment.id),
  }));
  return [...Map.groupBy(placed, ({ settings }) => JSON.stringify(settings) ?? '').values()].map((all) => ({
    segments: all.map(({ segment }) => segment),
    places: all.map(({ place }) => place),
    settings: all[0]?.settings,
  }));
}

interface GroupRow {
  readonly part: 'mode' | 'when' | 'file' | 'segments';
  readonly label?: string;
  readonly spoken: string;
  readonly values: readonly string[];
  readonly page: QuestionPage;
}

/** More names than these stand side by side. */
const mostBelow = 6;

function groupRows(asking: Asking, { segments, settings }: Group, nowMs: number): readonly GroupRow[] {
  const { text, glyphs, state, services } = asking;
  const names = segments.map(({ name }) => name);
  const label = text('review.segments', { count: segments.length });
  const named = {
    part: 'segments',
    values: names.length > mostBelow ? [names.join(` ${glyphs.dot} `)] : names,
    page: 'segments',
    spoken: text('report.segments'),
  } as const;
  if (!settings) return [{ ...named, label }];
  const [only] = segments.length === 1 ? segments : [];
  const file = firstFileName(
    settings,
    {
      destinationName: state.draft.destination?.name ?? '',
      segmentId: only?.id ?? `<${text('review.segmentId')}>`,
      segmentName: only?.name ?? `<${text('review.segmentName')}>`,
    },
    nowMs,
  );
  const when = whenLines(text, settings, services.timeZone);
  const mode = valueText(text, settings.exportMode);
  return [
    { part: 'mode', label, spoken: label, values: [mode], page: 'schedule' },
    { part: 'when', spoken: text('review.when'), values: when, page: 'schedule' },
    { part: 'file', spoken: text('segmentField.filenameTemplate'), values: [file], page: 'schedule' },
    named,
  ];
}

/** What will be there that is not there now, or what becomes of what is. */
function makesText({ text, state }: Asking, differences: readonly Change[]): string {
  if (state.draft.live) return sentText(differences, text);
  if (state.draft.flow !== undefined) return text('review.changesUnread');
  // All but the dataflow.
  const count = objectsToMake(state.draft) - 1;
  return text('review.makes', { count });
}

function sandboxText({ text, state }: Asking, count: number | undefined): string {
  const sandbox = state.draft.sandbox?.name ?? '';
  const { most } = limits.destinationsPerSandbox;
  // One that is there already is counted.
  return count === undefined || state.draft.flow !== undefined
    ? sandbox
    : text('review.sandboxCount', { sandbox, count: count + 1, most });
}

/** Names of segments that are told one by one. */
const mostNamed = 3;

/** What is said of several segments in the same words is said once. */
function notesOf({ text }: Asking, told: readonly Noted[]): readonly ReviewNote[] {
  const alike = ({ id, values }: Noted): string => JSON.stringify([id, { ...values, segment: undefined }]);
  return [...Map.groupBy(told, alike).values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const names = all.flatMap(({ values: { segment } }) => (segment === undefined ? [] : [String(segment)]));
    const left = names.length - mostNamed;
    const segment =
      left > 0 ? [...names.slice(0, mostNamed), text('review.andMore', { count: left })] : names;
    const values = names.length > 1 ? { ...first.values, segment } : first.values;
    return [{ said: text(first.id, values), severity: first.severity }];
  });
}

/** `$.segments[9f7d37fd-…].schedule` → `$.segments[0].schedule` */
const inPlan = (path: string, { segments }: Plan): string =>
  path.replace(/^\$\.segments\[([^\]]+)\]/, (_, id: string) => {
    const place = segments.findIndex((one) => sameId(one.id, id));
    return `$.segments[${place}]`;
  });

/** Whether a finding is about a start that has long been: of a dataflow that is there that is no surprise. */
function isAsBefore({ id, path }: Finding, plan: Plan, { live }: Draft): boolean {
  if (id !== 'finding.startPast' && id !== 'finding.startSoon') return false;
  const segment = plan.segments[Number(/^\$\.segments\[(\d+)\]/.exec(path)?.[1] ?? -1)];
  const before = live?.segments.find((one) => one.id === segment?.id)?.schedule;
  return (
    before !== undefined &&
    before.startDate === segment?.schedule.startDate &&
    before.startTime === segment.schedule.startTime
  );
}

/** The line that a place in the plan is shown on. */
function rowOf(path: string, groups: readonly Group[]): string {
  const place = Number(/^\$\.segments\[(\d+)\]/.exec(path)?.[1] ?? -1);
  const group = Math.max(
    0,
    groups.findIndex(({ places }) => places.includes(place)),
  );
  const isSet = groups[group]?.settings !== undefined;
  if (/^\$\.(name|description)/.test(path)) return 'name';
  if (path.startsWith('$.sandbox')) return 'sandbox';
  if (path.startsWith('$.source')) return 'source';
  if (/^\$\.destination\.(auth|baseConnectionId)/.test(path)) return 'signIn';
  if (path.startsWith('$.destination.location')) return 'location';
  if (path.startsWith('$.destination')) return 'destination';
  if (isSet && path.includes('.exportMode')) return `mode.${group}`;
  if (isSet && path.includes('.schedule')) return `when.${group}`;
  if (isSet && path.includes('.filenameTemplate')) return `file.${group}`;
  if (path.startsWith('$.segments')) return `segments.${group}`;
  if (path.includes('.mandatory')) return 'mandatory';
  return path.includes('.deduplication') ? 'deduplication' : 'attributes';
}

/** Where a sign-in is changed: the first of its pages that is a question. */
function signInPage({ destination, account }: Draft): QuestionPage {
  if ((destination?.accounts?.length ?? 0) > 0) return 'account';
  return account === undefined && (destination?.auth.length ?? 0) > 1 ? 'signIn' : 'signInFields';
}
