import { own } from '../../activation/own.ts';
import { planFindings } from '../../activation/findings/findings.ts';
import { fixed } from '../../activation/findings/fixes.ts';
import { planProblems } from '../../activation/plan/plan-rules.ts';
import { specProblems } from '../../activation/spec/spec-rules.ts';
import type { TableRow } from '../../components/table/table-layout.ts';
import type { ToneName } from '../../components/theme/tone.ts';
import { valueText } from '../../locale/texts.ts';
import { type Draft, draftName, signInOfDraft } from '../../wizard/draft.ts';
import { withAnswers } from '../../wizard/from-plan.ts';
import type { QuestionPage } from '../../wizard/pages.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import type { Asking } from '../page.ts';
import { whenText } from '../schedule/settings-text.ts';
import { locationText, signInText, sourceText } from '../target/draft-text.ts';

/** A line of the review, and what Enter on it does. */
export interface ReviewRow {
  readonly row: TableRow;
  /** Its last cell is a sentence, which takes as many lines as it needs. */
  readonly isSentence?: boolean;
  /** What `f` makes of the draft, where that is mechanical. */
  readonly fix?: Draft | undefined;
  readonly does:
    { kind: 'apply' } | { kind: 'rename' } | { kind: 'jump'; page: QuestionPage } | { kind: 'none' };
}

/** What the review looks at beside the draft. */
export interface ReviewFacts {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Dataflows to destinations that the sandbox has, where that is known by now. */
  readonly destinationCount: number | undefined;
  /** How a finding is mended with one key. */
  readonly fixHint: string;
}

/** A draft for reading: names rather than ids, each line with the page it can be changed on. */
export function reviewRows(asking: Asking, { nowMs, destinationCount, fixHint }: ReviewFacts): ReviewRow[] {
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
          destinationCount,
        });
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const line = (label: string, value: string, page: QuestionPage): ReviewRow => ({
    row: { cells: [label, value] },
    does: { kind: 'jump', page },
  });
  const list = (label: string, values: readonly string[], page: QuestionPage): ReviewRow[] =>
    [or(values[0] ?? ''), ...values.slice(1)].map((value, index) =>
      line(index === 0 ? label : '', value, page),
    );
  const sentence = (said: string, page: QuestionPage, look: { mark: string; tone: ToneName }): ReviewRow => ({
    row: { cells: ['', said], ...look },
    isSentence: true,
    does: { kind: 'jump', page },
  });
  const or = (value: string): string => (value === '' ? text('review.none') : value);
  return [
    problems.length === 0
      ? {
          row: {
            cells: [
              text(isReadOnly ? 'review.look' : 'review.apply'),
              warnings === 0
                ? text(isReadOnly ? 'review.lookHint' : 'review.applyHint')
                : text('review.warnings', { count: warnings, mark: glyphs.warning }),
            ],
            mark: glyphs.arrow,
            tone: 'success',
          },
          does: { kind: 'apply' },
        }
      : {
          row: { kind: 'group', label: text('review.problems'), mark: glyphs.cross, tone: 'danger' },
          does: { kind: 'none' },
        },
    ...problems.map((one) =>
      sentence(text(one.id, one.values), pageOf(one.path), { mark: glyphs.cross, tone: 'danger' }),
    ),
    { row: { cells: [text('review.name'), draftName(draft)] }, does: { kind: 'rename' } },
    line(text('review.sandbox'), draft.sandbox?.name ?? '', 'sandbox'),
    line(text('review.destination'), draft.destination?.name ?? '', 'destination'),
    line(text('review.signIn'), or(signInText(draft, asking)), signInPage(draft)),
    line(
      text('review.location'),
      or(locationText(draft, glyphs)),
      (draft.destination?.modes.length ?? 0) > 1 ? 'location' : 'locationFields',
    ),
    line(text('review.source'), sourceText(draft, text), 'source'),
    ...draft.segments.flatMap((segment, index): ReviewRow[] => {
      const settings = own(draft.settings, segment.id);
      const label = index === 0 ? text('review.segment') : '';
      if (!settings) return [line(label, segment.name, 'segments')];
      return [
        line(label, segment.name, 'segments'),
        line('', `  ${valueText(text, settings.exportMode)}`, 'exportMode'),
        line('', `  ${whenText(text, settings)}`, 'schedule'),
        line('', `  ${settings.filenameTemplate}`, 'schedule'),
      ];
    }),
    ...list(text('review.attributes'), draft.attributes, 'attributes'),
    ...list(text('review.mandatory'), draft.mandatory, 'mandatory'),
    ...list(text('review.deduplication'), draft.deduplication, 'deduplication'),
    ...findings.map((one): ReviewRow => {
      const isWarning = one.severity === 'warning';
      const look = {
        mark: isWarning ? glyphs.warning : glyphs.dot,
        tone: isWarning ? 'warning' : 'muted',
      } as const;
      const better = fixed(plan, one, nowMs);
      const said = text(one.id, one.values);
      if (!better) return sentence(said, pageOf(one.path), look);
      return { ...sentence(`${said} ${fixHint}`, pageOf(one.path), look), fix: withAnswers(draft, better) };
    }),
  ];
}

/** Where a place in the plan is answered. */
function pageOf(path: string): QuestionPage {
  if (path.startsWith('$.sandbox')) return 'sandbox';
  if (path.startsWith('$.source')) return 'source';
  if (path.startsWith('$.destination.baseConnectionId')) return 'account';
  if (path.startsWith('$.destination.auth')) return 'signInFields';
  if (path.startsWith('$.destination.location')) return 'locationFields';
  if (path.startsWith('$.destination')) return 'destination';
  if (path.includes('.exportMode')) return 'exportMode';
  if (/\.(schedule|filenameTemplate)/.test(path)) return 'schedule';
  if (path.startsWith('$.segments')) return 'segments';
  if (path.includes('.mandatory')) return 'mandatory';
  return path.includes('.deduplication') ? 'deduplication' : 'attributes';
}

/** Where a sign-in is changed: the first of its pages that is a question. */
function signInPage({ destination, account }: Draft): QuestionPage {
  if ((destination?.accounts?.length ?? 0) > 0) return 'account';
  return account === undefined && (destination?.auth.length ?? 0) > 1 ? 'signIn' : 'signInFields';
}
