import { wantedEncryption } from '../../activation/content/encryption.ts';
import type { Change } from '../../activation/change/changes.ts';
import { planFindings } from '../../activation/findings/findings.ts';
import { limits } from '../../activation/findings/limits.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { planProblems } from '../../activation/plan/plan-rules.ts';
import { isDocument, stepsToMake, takesSet } from '../../activation/steps.ts';
import { specProblems } from '../../activation/spec/spec-rules.ts';
import { sameId } from '../../activation/same-id.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import { type Draft, draftName, signInOfDraft, mayEncrypt } from '../../wizard/draft.ts';
import { asNew } from '../../wizard/from-plan.ts';
import { applies, type QuestionPage } from '../../wizard/pages.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import type { Asking } from '../page.ts';
import type { Sandbox } from '../../flow-service/sandboxes.ts';
import type { Exports, MadeMs } from '../remote-cache.ts';
import { attributesText, columnsText } from '../content/columns.ts';
import { destinationText, filesText, locationText, signInText, sourceText } from '../target/draft-text.ts';
import { accountLines, exportingTexts, inWords, isOfAccount, removedSegments } from './change-text.ts';
import { isProductionIn } from './confirmation.ts';
import { changeIn, movedPlace, sentText } from './flow-change.ts';
import { sinceTexts } from './changed-since.ts';
import { nextExports } from './next-exports.ts';
import { type Mended, mended } from './review-fixes.ts';
import { unfinishedTexts } from './unfinished-text.ts';
import { groupRows, groupsOf } from './review-groups.ts';
import { inPlan, isAsBefore, type Noted, notesOf, type ReviewNote, rowOf } from './review-notes.ts';

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
    | { kind: 'apply' }
    | { kind: 'compare' }
    | { kind: 'rename' }
    /** `scope`: the segments that the line is about. */
    | { kind: 'jump'; page: QuestionPage; scope?: readonly string[] }
    /** To what stops it, which is on another line. */
    | { kind: 'blocked'; by: Pick<ReviewRow, 'id' | 'does'> };
}

/** What the review looks at beside the draft. */
export interface ReviewFacts {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Dataflows to destinations that the sandbox has, where that is known by now. */
  readonly destinationCount: number | undefined;
  /** What the dataflow of a draft that was taken up holds now. */
  readonly found?: Plan | undefined;
  /** That dataflow is not there any more. */
  readonly isGone?: boolean | undefined;
  /** What is exported right now to the place that is changed; nothing where that is not looked at, or not yet. */
  readonly exports?: Exports | undefined;
  /** Whether the sandbox is production, where only the platform says so. */
  readonly sandboxes?: readonly Sandbox[] | undefined;
  /** When segments were made that no list was chosen from. */
  readonly madeMs?: MadeMs | undefined;
}

/** More segments than these are not asked for one by one. */
const mostAskedFor = 20;

/** Segments of which a plan names no age, and nobody has chosen from a list that does: by their ids, with a blank between. */
export function ageless({ segments, live }: Draft): string | undefined {
  const held = new Set(live?.segments.map(({ id }) => id));
  const ids = segments.flatMap((one) => ('madeMs' in one || held.has(one.id) ? [] : [one.id]));
  return ids.length === 0 || ids.length > mostAskedFor ? undefined : ids.join(' ');
}

/** A draft for reading: names rather than ids, each line with the page it can be changed on. */
export function reviewRows(
  asking: Asking,
  { nowMs, destinationCount, found, isGone = false, exports, sandboxes, madeMs: ages }: ReviewFacts,
): readonly ReviewRow[] {
  const { text } = asking;
  const { draft } = asking.state;
  const { isReadOnly } = asking.services;
  const plan = toPlan(draft);
  const forms = draft.destination;
  const problems = [...planProblems(plan), ...(forms ? specProblems(plan, forms) : [])];
  const findings =
    problems.length > 0
      ? []
      : planFindings(plan, nowMs, {
          isProduction: isProductionIn(draft, sandboxes),
          madeMs: new Map(draft.segments.map(({ id, madeMs }) => [id, madeMs ?? ages?.get(id)])),
          forms,
          accountSignIn: signInOfDraft(draft),
          destinationCount: draft.flow === undefined ? destinationCount : undefined,
        }).filter((one) => !isAsBefore(one, plan, draft));
  const { differences = [], schedules = [] } = changeIn(draft) ?? {};
  const groups = groupsOf(draft);
  const told: readonly Noted[] = [
    ...problems.map((one): Noted => ({ ...one, severity: 'problem' })),
    // The last export is named where the schedule is.
    ...findings.filter(({ id }) => id !== 'finding.lastDay'),
  ];
  const placed = Map.groupBy(told, ({ path }) => rowOf(path, groups));
  const gone = removedSegments(differences);
  const [moving] = movedPlace(draft);
  const movingRow = moving && exports && rowOf(moving.path, groups);
  const sent = differences.filter((one) => !isOfAccount(one));
  const changes = Map.groupBy(sent, (one) =>
    gone.includes(one) ? 'removed' : rowOf(inPlan(one.path, plan), groups),
  );
  const ofAccount = Map.groupBy([...differences.filter(isOfAccount), ...otherSignIn(draft)], (one) =>
    rowOf(one.path, groups),
  );
  const moved = Map.groupBy(schedules, ({ id }) => rowOf(inPlan(`$.segments[${id}].schedule`, plan), groups));
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
        ...[
          ...(changes.get(id) ?? []).map((one) => inWords(one, text)),
          ...nextExports(moved.get(id) ?? [], text, { nowMs, zone: asking.services.timeZone }),
        ].map((said): ReviewNote => ({ said, severity: 'change' })),
        ...accountLines(ofAccount.get(id) ?? [], draft.account?.id, text).map((said): ReviewNote => ({
          said,
          severity: 'warning',
        })),
        ...(id === movingRow ? exportingTexts(exports?.exporting, text) : []).map((said): ReviewNote => ({
          said,
          severity: 'warning',
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

  const files = filesText(draft, asking);

  const nameRow = row('name', text('review.name'), [draftName(draft)], { kind: 'rename' });
  const encryption = asked(
    'encryption',
    text('review.encryption'),
    encryptionText(plan, text),
    mayEncrypt(draft) ? 'signInFields' : signInPage(asking.state),
  );
  const isEncrypted =
    plan.destination.encryption !== undefined ||
    differences.some(({ path }) => rowOf(path, groups) === 'encryption');
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
    nameRow,
    asked('destination', text('review.destination'), destinationText(draft, asking), 'destination'),
    asked('signIn', text('review.signIn'), signInText(draft, asking), signInPage(asking.state)),
    ...(isEncrypted ? [encryption] : []),
    asked(
      'location',
      text('review.location'),
      locationText(draft, asking),
      pageAmong(['location', 'locationFields'], asking.state),
    ),
    ...(files.length === 0 ? [] : [asked('files', text('review.files'), files, 'locationFields')]),
    ...(groups.length === 0
      ? [asked('segments.0', text('review.segments', { count: 0 }), '', 'segments')]
      : []),
    ...groups.flatMap((group, at) =>
      groupRows(asking, group, nowMs).map(({ part, label = '', values, page, spoken }) =>
        row(
          `${part}.${at}`,
          label,
          values,
          { kind: 'jump', page, scope: group.segments.map(({ id }) => id) },
          spoken,
        ),
      ),
    ),
    asked(
      'attributes',
      text('review.columns', { count: draft.attributes.length }),
      columnsText(draft, text),
      'attributes',
    ),
    asked('mandatory', text('review.mandatory'), attributesText(draft.mandatory, draft, text), 'attributes'),
    asked(
      'deduplication',
      text('review.deduplication'),
      attributesText(draft.deduplication, draft, text),
      'attributes',
    ),
    // What a dataflow reads from stays as it is.
    ...(draft.flow === undefined
      ? [asked('source', text('review.source'), sourceText(draft, text), 'source')]
      : []),
    // What is not asked for, and can be.
    ...(!isEncrypted && mayEncrypt(draft) ? [encryption] : []),
  ];
  const warnings = rows.flatMap(({ notes }) => notes).filter(({ severity }) => severity === 'warning').length;
  const isSettled = draft.live !== undefined && sent.length === 0;
  const does = isSettled ? 'compare' : isReadOnly ? 'look' : 'apply';
  const label = text(problems.length > 0 ? 'review.problems' : `review.${does}`);
  const first = { id: 'apply', label, spoken: label };
  if (problems.length > 0) {
    const values = [text('review.problemCount', { count: problems.length })];
    const stopping = rows.find(({ notes }) => notes.some(({ severity }) => severity === 'problem'));
    const by = stopping ?? nameRow;
    const does = { kind: 'blocked', by } as const;
    return [{ ...first, values, tone: 'danger', notes: replacedNotes(draft, text), does }, ...rows];
  }
  if (isGone) {
    const name = draft.live?.name ?? draftName(draft);
    const label = text('review.flowGone');
    return [
      {
        ...first,
        label,
        spoken: label,
        values: [text('review.flowGoneWhy', { name, id: draft.flow ?? '' })],
        tone: 'danger',
        notes: [],
        fix: { draft: asNew(draft), fact: text('fix.asNew') },
        does: { kind: 'blocked', by: nameRow },
      },
      ...rows,
    ];
  }
  const said = text('review.warnings', { count: warnings });
  return [
    {
      ...first,
      values: [
        ...(isReadOnly ? [text('review.lookHint')] : []),
        ...(isReadOnly && draft.live === undefined ? [] : [makesText(asking, plan, differences)]),
      ],
      tone: 'success',
      notes: [
        ...replacedNotes(draft, text),
        ...sinceNotes(draft, found, text),
        ...unfinishedTexts(asking).map((said): ReviewNote => ({ said, severity: 'warning' })),
        ...(warnings === 0 ? [] : [{ said, severity: 'warning' } as const]),
      ],
      does: { kind: isSettled ? 'compare' : 'apply' },
    },
    ...rows,
  ];
}

/** While it stores with the account that the dataflow has. */
const otherSignIn = ({ otherSignIn = [], account, live }: Draft): readonly Change[] =>
  sameId(account?.id ?? '', live?.destination.baseConnectionId ?? '') ? otherSignIn : [];

/** What will be there that is not there now, or what becomes of what is. */
function makesText({ text, state }: Asking, plan: Plan, differences: readonly Change[]): string {
  if (state.draft.live) return sentText([...differences, ...otherSignIn(state.draft)], text);
  if (state.draft.flow !== undefined) return text('review.changesUnread');
  const connections = stepsToMake(plan).filter((step) => !isDocument(step) && step !== 'flow');
  return text(takesSet(plan) ? 'review.makesColumns' : 'review.makes', { count: connections.length });
}

function sandboxText({ text, state }: Asking, count: number | undefined): string {
  const sandbox = state.draft.sandbox?.name ?? '';
  const { most } = limits.destinationsPerSandbox;
  // One that is there already is counted.
  return count === undefined || state.draft.flow !== undefined
    ? sandbox
    : text('review.sandboxCount', { sandbox, count: count + 1, most });
}

function encryptionText(plan: Plan, text: Asking['text']): string {
  const wanted = wantedEncryption(plan);
  if (!wanted) return text('review.inClear');
  return wanted.key === undefined
    ? text('review.encryptedOnly')
    : text('review.encrypted', { key: wanted.key });
}

/**
 * Where a sign-in or a place is changed: the first of its pages that is a question. Where none is, it comes with the
 * destination; what one that was not read yet asks for, is known when its forms are.
 */
function pageAmong(pages: readonly QuestionPage[], state: WizardState): QuestionPage {
  const asked = pages.find((page) => applies(page, state.draft, state));
  return asked ?? (state.draft.destination?.isUnread === true ? pages.at(-1) : undefined) ?? 'destination';
}

const signInPage = (state: WizardState): QuestionPage =>
  pageAmong(['account', 'signIn', 'signInFields'], state);

/** Why a dataflow is made that was to be changed, and what is not taken along. @see living.md 2, D13 */
const replacedNotes = ({ replaces }: Draft, text: Asking['text']): ReviewNote[] =>
  replaces === undefined ? [] : [{ said: text('review.replaces', { name: replaces }), severity: 'warning' }];

/** What somebody else has made of the dataflow since it was opened: before anything is sent. */
const sinceNotes = (draft: Draft, found: Plan | undefined, text: Asking['text']): ReviewNote[] =>
  found === undefined
    ? []
    : sinceTexts(draft, found, text).map((said): ReviewNote => ({ said, severity: 'warning' }));
