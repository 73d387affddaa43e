import { activeFields } from '../activation/field.ts';
import { planFindings } from '../activation/findings.ts';
import { fixed } from '../activation/fixes.ts';
import { planProblems } from '../activation/plan-rules.ts';
import type { TableRow } from '../components/table/scroll-table.tsx';
import { wrapText } from '../components/text/wrap.ts';
import type { Glyphs, ToneName } from '../components/theme/theme.tsx';
import { type Text, valueText } from '../locale/texts.ts';
import { chosenMethod, chosenMode, type Draft, draftName } from '../wizard/draft.ts';
import type { QuestionPage } from '../wizard/pages.ts';
import { withAnswers } from '../wizard/from-plan.ts';
import { toPlan } from '../wizard/to-plan.ts';
import { joined } from './options.ts';
import { whenText } from './settings-text.ts';

/** A line of the review, and what Enter on it does. */
export interface ReviewRow {
  readonly row: TableRow;
  /** What `f` makes of the draft, where that is mechanical. */
  readonly fix?: Draft | undefined;
  readonly does:
    { kind: 'apply' } | { kind: 'rename' } | { kind: 'jump'; page: QuestionPage } | { kind: 'none' };
}

/** Columns before a sentence: pointer, mark and the column of labels. */
const sentenceLead = 24;

/**
 * A draft for reading: names rather than ids, each line with the page it can be changed on.
 *
 * @param known - Dataflows to destinations that the sandbox has; whether not even the end of a secret is shown.
 */
export function reviewRows(
  draft: Draft,
  text: Text,
  glyphs: Glyphs,
  nowMs: number,
  width: number,
  known: {
    destinationCount?: number | undefined;
    isHidden?: boolean;
    fixHint?: string;
    isReadOnly?: boolean;
  } = {},
): ReviewRow[] {
  const plan = toPlan(draft);
  const problems = planProblems(plan);
  const findings =
    problems.length > 0
      ? []
      : planFindings(plan, nowMs, {
          isProduction: draft.sandbox?.isProduction,
          madeMs: Object.fromEntries(draft.segments.map(({ id, madeMs }) => [id, madeMs])),
          destinationCount: known.destinationCount,
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
  /** Long sentences take as many rows as they need. */
  const sentence = (said: string, page: QuestionPage, look: { mark: string; tone: ToneName }): ReviewRow[] =>
    wrapText(said, Math.max(20, width - sentenceLead)).map((part, index) => ({
      row: index === 0 ? { cells: ['', part], ...look } : { cells: ['', part] },
      does: { kind: 'jump', page },
    }));
  const or = (value: string): string => (value === '' ? text('review.none') : value);
  return [
    problems.length === 0
      ? {
          row: {
            cells: [
              text(known.isReadOnly === true ? 'review.look' : 'review.apply'),
              warnings === 0
                ? text(known.isReadOnly === true ? 'review.lookHint' : 'review.applyHint')
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
    ...problems.flatMap((one) =>
      sentence(text(one.id, one.values), pageOf(one.path), { mark: glyphs.cross, tone: 'danger' }),
    ),
    { row: { cells: [text('review.name'), draftName(draft)] }, does: { kind: 'rename' } },
    line(text('review.sandbox'), draft.sandbox?.name ?? '', 'sandbox'),
    line(text('review.destination'), draft.destination?.name ?? '', 'destination'),
    line(
      text('review.signIn'),
      or(signInText(draft, text, glyphs, known.isHidden ?? false)),
      signInPage(draft),
    ),
    line(
      text('review.location'),
      or(locationText(draft, glyphs)),
      (draft.destination?.modes.length ?? 0) > 1 ? 'location' : 'locationFields',
    ),
    line(text('review.source'), sourceText(draft, text), 'source'),
    ...draft.segments.flatMap((segment, index): ReviewRow[] => {
      const settings = draft.settings[segment.id];
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
    ...findings.flatMap((one) => {
      const isWarning = one.severity === 'warning';
      const look = {
        mark: isWarning ? glyphs.warning : glyphs.dot,
        tone: isWarning ? 'warning' : 'muted',
      } as const;
      const better = fixed(plan, one, nowMs);
      const said = text(one.id, one.values);
      if (!better) return sentence(said, pageOf(one.path), look);
      const fix = withAnswers(draft, better);
      return sentence(`${said} ${known.fixHint ?? text('review.fix')}`, pageOf(one.path), look).map(
        (row) => ({
          ...row,
          fix,
        }),
      );
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

/** Shortest secret whose end may be shown. */
const longEnough = 12;

/** Where a sign-in is changed: the first of its pages that is a question. */
function signInPage({ destination, account }: Draft): QuestionPage {
  if ((destination?.accounts?.length ?? 0) > 0) return 'account';
  return account === undefined && (destination?.auth.length ?? 0) > 1 ? 'signIn' : 'signInFields';
}

function sourceText({ source }: Draft, text: Text): string {
  if (source === undefined) return text('source.new');
  const isWhole = source.sourceConnectionId !== undefined;
  return text(isWhole ? 'source.reusesConnection' : 'source.reusesAccount', { name: source.name });
}

/** `S3 · AKIA… · ••••KEY7`: of a secret the last four characters at most. */
export function signInText(draft: Draft, text: Text, glyphs: Glyphs, isHidden: boolean): string {
  if (draft.account) return text('account.reuses', { name: draft.account.name });
  const method = chosenMethod(draft);
  if (!method) return '';
  const shown = activeFields(method.fields, draft.signIn.params).flatMap((field) => {
    const value = draft.signIn.params[field.name];
    if (value === undefined || value === '') return [];
    if (!field.isSecret) return [value];
    const end = value.length >= longEnough && !field.isMultiline && !isHidden ? value.slice(-4) : '';
    return [glyphs.mask.repeat(4) + end];
  });
  return joined(glyphs, [method.specName, ...shown]);
}

/** `S3 · crm-exports/daily` */
export function locationText(draft: Draft, glyphs: Glyphs): string {
  const mode = chosenMode(draft);
  if (!mode) return '';
  const values = activeFields(mode.fields, draft.location.params)
    .filter((field) => !field.choices)
    .map((field) => {
      const value = draft.location.params[field.name] ?? field.defaultValue ?? '';
      return field.isSecret && value !== '' ? glyphs.mask.repeat(4) : value;
    })
    .filter((value) => value !== '');
  const parts = [mode.mode ?? '', values.join('/').replace(/\/+/g, '/')];
  return joined(
    glyphs,
    parts.filter((part) => part !== ''),
  );
}
