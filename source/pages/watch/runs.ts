import { byUrgency, lengthOf, type RunRow } from '../../activation/run-table.ts';
import type { LivingCells } from '../../components/living/living-table.tsx';
import type { LivingRow } from '../../components/living/living-state.ts';
import type { TableColumn } from '../../components/table/scroll-table.tsx';
import type { ToneName } from '../../components/theme/theme.tsx';
import { shortNumber } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import { joined, needs, type Needs, type OwnPage } from '../page.ts';
import type { RunList } from '../remote-cache.ts';
import {
  explanationLines,
  markOf,
  numbered,
  reasonText,
  type RunSaying,
  sizeText,
  stateText,
  subjectOf,
  tookText,
} from './run-words.ts';
import { minuteText } from './freshness.ts';
import { lengthText, momentHere, shortMoment } from './times.ts';

/** Runs of the last 24 h, of one dataflow or of all of them. */
export const runs: OwnPage & { readonly needs: Needs<RunList> } = {
  kind: 'own',
  question: ({ text, state }) =>
    state.watched === undefined
      ? text('question.runs')
      : text('question.runsOf', { name: state.watched.name }),
  needs: { ...needs('runs'), about: ({ state }) => state.watched?.id ?? '' },
};

/** A run as a row of a table that follows by itself. */
export interface RunItem extends RunRow {
  readonly id: string;
}

/** By how much two clocks may differ, milliseconds. @see living.md, T5 */
const aheadMs = 60_000;

/** A run is listed so long after it was asked for at the latest, milliseconds. @see manage.md, section 5.4 */
const listedMs = 300_000;

/**
 * When exports were asked for whose runs are not listed yet, epoch milliseconds of the platform's clock; nothing where
 * none is waited for any more. @see living.md, R14
 */
export function awaitedSince(askedMs: number | undefined, list: RunList): number | undefined {
  if (askedMs === undefined) return undefined;
  const ms = askedMs + list.offsetMs;
  const hasBegun = list.rows.some(({ run }) => (run.beganMs ?? 0) >= ms - aheadMs || run.isUnderWay);
  return hasBegun || list.readMs - ms >= listedMs ? undefined : ms;
}

/** Those that are wanted. What failed comes first, then what is under way; the newest of each first. */
export const runItems = (list: RunList, isFailedOnly: boolean): RunItem[] =>
  list.rows
    .filter(({ run }) => !isFailedOnly || run.state === 'failed')
    .map((row) => ({ ...row, id: row.run.id }));

export const runOrder: (one: RunItem, other: RunItem) => number = byUrgency;

/** With so many columns numbers and moments are written out. */
const wideColumns = 120;

/** What is needed least comes last: that goes first where there is no room. */
export const runColumns = (text: Text, isOfOne: boolean): readonly TableColumn[] => [
  { title: text('runs.column.began'), minWidth: 5 },
  { title: text(isOfOne ? 'runs.column.segment' : 'runs.column.of'), minWidth: 20 },
  { title: text('runs.column.took'), minWidth: 6 },
  { title: text('runs.column.state'), minWidth: 8 },
  { title: text('runs.column.rowsOut'), align: 'right', minWidth: 6 },
  { title: text('runs.column.skipped'), align: 'right', minWidth: 6 },
  { title: text('runs.column.files'), align: 'right', minWidth: 4 },
  { title: text('runs.column.rowsIn'), align: 'right', minWidth: 6 },
];

const tones: Record<RunRow['run']['state'], ToneName> = {
  failed: 'danger',
  running: 'accent',
  unknown: 'warning',
  good: 'success',
};

export function runCells(
  { value, goneMs }: LivingRow<RunItem>,
  saying: RunSaying,
  width: number,
  isOfOne: boolean,
): LivingCells {
  const { run } = value;
  const { text } = saying;
  const isWide = width >= wideColumns;
  const number = (count: number | undefined): string =>
    count === undefined || isWide ? numbered(text, count) : shortNumber(text.language, count);
  const began = run.beganMs;
  const length = lengthOf(run, saying.nowMs);
  const subject = isOfOne && value.segments.length > 0 ? namesOf(value, text) : subjectOf(value, text);
  return {
    mark: markOf(value, saying),
    tone: tones[run.state],
    cells: [
      began === undefined
        ? text('runs.absent')
        : isWide
          ? momentHere(text, began, saying)
          : shortMoment(text, began, saying.nowMs),
      goneMs === undefined ? subject : text('living.gone', { at: minuteText(goneMs), what: subject }),
      // That it is under way says its mark.
      isWide || length === undefined ? tookText(value, saying) : lengthText(text, length.ms),
      stateText(value, text),
      number(run.rowsOut),
      number(run.skipped),
      number(run.filesOut),
      number(run.rowsIn),
    ],
  };
}

/** A run as a sentence, for who hears it. */
export const runLine = (row: RunRow, saying: RunSaying): string => {
  const { text } = saying;
  const { run } = row;
  const told: readonly (readonly [string, string])[] = [
    [text('runs.column.took'), tookText(row, saying)],
    [text('runs.column.rowsIn'), numbered(text, run.rowsIn)],
    [text('runs.column.rowsOut'), numbered(text, run.rowsOut)],
    [text('runs.column.skipped'), numbered(text, run.skipped)],
    [text('runs.column.files'), numbered(text, run.filesOut)],
  ];
  return [
    run.beganMs === undefined ? text('runs.absent') : momentHere(text, run.beganMs, saying),
    stateText(row, text),
    subjectOf(row, text),
    // What it does not say need not be heard.
    ...told.flatMap(([label, value]) =>
      value === text('runs.absent') ? [] : [text('runs.detail', { label, value })],
    ),
  ].join('  ');
};

const namesOf = ({ segments }: RunRow, text: Text): string => {
  const [first] = segments;
  return first !== undefined && segments.length === 1
    ? first.name
    : text('welcome.segments', { count: segments.length });
};

/** The run under the cursor by its whole name, and why it is as it is. */
export function runNote(row: RunRow, { text, glyphs }: Pick<RunSaying, 'text' | 'glyphs'>): string {
  const { run } = row;
  const [reason] = run.state === 'failed' ? run.errors : run.skipReasons;
  const none = run.state === 'failed' ? text('runs.noReason') : '';
  return joined(glyphs, [subjectOf(row, text), reason === undefined ? none : reasonText(text, reason)]);
}

/** Everything that is known of a run: what it means and what to do, then what it says. @see living.md, R11 to R13 */
export function runDetails(row: RunRow, saying: RunSaying): string[] {
  const { run, segments } = row;
  const { text, glyphs } = saying;
  const told = (label: string, value: string): string => text('runs.detail', { label, value });
  const counted = (id: 'rowsIn' | 'rowsOut' | 'skipped' | 'files', value: number | undefined): string =>
    told(text(`runs.column.${id}`), numbered(text, value));
  const began = run.beganMs === undefined ? text('runs.absent') : momentHere(text, run.beganMs, saying);
  const size = run.bytesOut === undefined ? text('runs.absent') : sizeText(text, run.bytesOut);
  const facts = [
    [
      told(text('runs.column.state'), stateText(row, text)),
      told(text('runs.column.began'), began),
      told(text('runs.column.took'), tookText(row, saying)),
    ],
    [
      counted('rowsIn', run.rowsIn),
      counted('rowsOut', run.rowsOut),
      counted('skipped', run.skipped),
      counted('files', run.filesOut),
      told(text('runs.column.size'), size),
    ],
  ];
  const explained = explanationLines([row], saying).slice(1);
  const isSilent =
    explained.length === 0 &&
    !run.isUnderWay &&
    [run.rowsIn, run.rowsOut, run.skipped, run.filesOut, run.bytesOut].every((one) => one === undefined);
  return [
    ...(run.state === 'failed' ? [] : [subjectOf(row, text), text('runs.runId', { id: run.id })]),
    ...explained,
    ...(isSilent ? [text('runs.silent')] : []),
    '',
    ...facts.map((line) => joined(glyphs, line)),
    ...(segments.length > 1 ? ['', ...segments.map(({ name }) => name)] : []),
  ];
}

/** `118 runs · 3 failed · 2 running`. */
export function runCounts(list: RunList, text: Text): string {
  const count = (state: string): number => list.rows.filter(({ run }) => run.state === state).length;
  return text('runs.counts', {
    runs: list.rows.length,
    failed: count('failed'),
    running: count('running'),
  });
}
