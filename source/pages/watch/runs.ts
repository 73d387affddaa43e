import {
  type AbsentRow,
  isRunRow,
  isWantedRow,
  lengthOf,
  runHours,
  type ListRow,
  type RunRow,
} from '../../activation/run-table.ts';
import { usualLimits } from '../../activation/watch/watched.ts';
import type { LivingCells } from '../../components/living/living-table.tsx';
import type { Identified, LivingRow } from '../../components/living/living-rows.ts';
import type { TableColumn } from '../../components/table/scroll-table.tsx';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import type { ToneName } from '../../components/theme/theme.tsx';
import { shortNumber } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import { joined, needs, type Needs, type Outcome, type OwnPage } from '../page.ts';
import type { RunList } from '../remote-cache.ts';
import type { WizardServices } from '../services.ts';
import { explainLines, type WatchSaying } from './explain-lines.ts';
import {
  beganOf,
  endText,
  explanationLines,
  sentText,
  isLateRow,
  markOf,
  numbered,
  reasonText,
  type RunSaying,
  sizeText,
  subjectOf,
  tookText,
  usualText,
} from './run-words.ts';
import { minuteText } from './freshness.ts';
import { lengthText, listedMoment, momentHere, shortMoment, toldMoment } from './times.ts';

/** Runs of the last 24 h, of one dataflow or of all of them. */
export const runs: OwnPage & { readonly needs: Needs<RunList> } = {
  kind: 'own',
  question: ({ text, state }) =>
    state.watched === undefined
      ? text('question.runs')
      : text('question.runsOf', { name: state.watched.name }),
  needs: { ...needs('runs'), about: ({ state }) => state.watched?.id ?? '' },
};

/** A run, or an export without one, as a row of a table that follows by itself. */
export type RunItem = ListRow & Identified;

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
  const hasBegun = list.rows
    .filter(isRunRow)
    .some(({ run }) => (run.beganMs ?? 0) >= ms - aheadMs || run.isUnderWay);
  return hasBegun || list.readMs - ms >= listedMs ? undefined : ms;
}

/** Those that are wanted, in no order. */
export function runItems(list: RunList, isFailedOnly: boolean): RunItem[] {
  const known = new Set<string>();
  return list.rows
    .filter((row) => isWantedRow(row, { isFailed: isFailedOnly }))
    .map((row) => {
      if (isRunRow(row)) return row;
      const id = absentId(row, known);
      known.add(id);
      return { ...row, id };
    });
}

/**
 * An export is the same one whether it is due, late or missed. Where segments of a dataflow stand apart at one moment,
 * the others have their state with it.
 */
function absentId({ flowId, slotMs, state }: AbsentRow, known: ReadonlySet<string>): string {
  const id = `${flowId.toLowerCase()} ${slotMs}`;
  return known.has(id) ? `${id} ${state}` : id;
}

/** With so many columns numbers and moments are written out. */
const wideColumns = 120;

/**
 * What is needed least comes last: that goes first where there is no room.
 *
 * @param stateWidth - Columns that the states need at least.
 */
export const runColumns = (text: Text, isOfOne: boolean, stateWidth: number): readonly TableColumn[] => [
  // Of another day than today it is nothing without its hours. @see living.md, R8
  { title: text('runs.column.began'), minWidth: 20 },
  { title: text(isOfOne ? 'runs.column.segment' : 'runs.column.of'), minWidth: 20 },
  { title: text('runs.column.took'), minWidth: 6 },
  { title: text('runs.column.state'), minWidth: Math.max(8, stateWidth) },
  { title: text('runs.column.rowsOut'), align: 'right', minWidth: 6 },
  { title: text('runs.column.skipped'), align: 'right', minWidth: 6 },
  { title: text('runs.column.files'), align: 'right', minWidth: 4 },
  { title: text('runs.column.rowsIn'), align: 'right', minWidth: 6 },
];

const tones: Record<RunRow['run']['state'] | AbsentRow['state'], ToneName> = {
  failed: 'danger',
  late: 'danger',
  missed: 'danger',
  due: 'muted',
  first: 'muted',
  running: 'accent',
  unknown: 'warning',
  good: 'success',
};

/** Whether a run was mended: its state is the widest. */
export const isMended = (row: ListRow): boolean => isRunRow(row) && row.mendedBy !== undefined;

export const stateCell = (row: ListRow, saying: RunSaying, width: number): string =>
  endText(row, saying, (ms) => momentIn(ms, saying, width));

const momentIn = (ms: number, saying: RunSaying, width: number): string =>
  width >= wideColumns ? momentHere(saying.text, ms, saying) : shortMoment(saying.text, ms, saying.nowMs);

export const beganText = (ms: number, saying: RunSaying, width: number): string =>
  width >= wideColumns ? momentHere(saying.text, ms, saying) : listedMoment(saying.text, ms, saying, width);

/** The mark of a row and its tone. */
export const markedAs = (row: ListRow, saying: RunSaying): Pick<LivingCells, 'mark' | 'tone'> => ({
  mark: markOf(row, saying),
  tone: tones[isRunRow(row) ? row.run.state : row.state],
});

export function runCells(
  { value, goneMs, under }: Pick<LivingRow<RunItem>, 'value' | 'goneMs' | 'under'>,
  saying: RunSaying,
  width: number,
  isOfOne: boolean,
): LivingCells {
  const run = isRunRow(value) ? value.run : undefined;
  const { text } = saying;
  const isWide = width >= wideColumns;
  const number = (count: number | undefined): string =>
    count === undefined || isWide ? numbered(text, count) : shortNumber(text.language, count);
  // What has not run has no numbers, not even absent ones, and a run that tells none lacks them once.
  const [rowsOut, ...others] = run ? [run.rowsOut, run.skipped, run.filesOut, run.rowsIn] : [];
  const isTold = [rowsOut, ...others].some((one) => one !== undefined);
  const numbers = run
    ? [number(rowsOut), ...others.map((one) => (isTold ? number(one) : ''))]
    : ['', '', '', ''];
  const began = beganOf(value);
  const length = run && lengthOf(run, saying.nowMs);
  const beganSaid = began === undefined ? text('runs.absent') : beganText(began, saying, width);
  const subject = isOfOne && value.segments.length > 0 ? namesOf(value, text) : subjectOf(value, text);
  return {
    ...markedAs(value, saying),
    cells: [
      under === undefined ? beganSaid : `  ${beganSaid}`,
      goneMs === undefined ? subject : text('living.gone', { at: minuteText(goneMs), what: subject }),
      // That it is under way says its mark.
      isWide || length === undefined ? tookText(value, saying) : lengthText(text, length.ms),
      stateCell(value, saying, width),
      ...numbers,
    ],
  };
}

/** A run, or an export without one, as a sentence, for who hears it. */
export const runLine = (row: ListRow, saying: RunSaying): string => {
  const { text } = saying;
  const run = isRunRow(row) ? row.run : undefined;
  const began = beganOf(row);
  const told: readonly (readonly [string, string])[] = [
    [text('runs.column.took'), tookText(row, saying)],
    [text('runs.column.rowsIn'), numbered(text, run?.rowsIn)],
    [text('runs.column.rowsOut'), numbered(text, run?.rowsOut)],
    [text('runs.column.skipped'), numbered(text, run?.skipped)],
    [text('runs.column.files'), numbered(text, run?.filesOut)],
  ];
  return [
    began === undefined ? text('runs.absent') : momentHere(text, began, saying),
    endText(row, saying),
    subjectOf(row, text),
    // What it does not say need not be heard.
    ...told.flatMap(([label, value]) =>
      value === text('runs.absent') ? [] : [text('runs.detail', { label, value })],
    ),
  ].join('  ');
};

const namesOf = ({ segments }: ListRow, text: Text): string => {
  const [first] = segments;
  return first !== undefined && segments.length === 1
    ? first.name
    : text('welcome.segments', { count: segments.length });
};

/** The row under the cursor by its whole name, and why it is as it is. */
export function runNote(row: ListRow, saying: RunSaying): string {
  const { text, glyphs } = saying;
  return joined(glyphs, [
    subjectOf(row, text),
    ...(isRunRow(row) ? [usualText(row, text) ?? '', whyOf(row, text)] : [absentText(row, saying)]),
  ]);
}

/** What that means, and what to do: so many lines at most, and none where nothing has to be done. @see screens.md, Runs */
export const meaningLines = 2;

export function runMeaning(row: ListRow, { text }: Pick<RunSaying, 'text'>): readonly string[] {
  if (!isRunRow(row)) return isLateRow(row) ? [text('runs.note.missed'), text('runs.note.why')] : [];
  if (row.run.state !== 'failed') return [];
  return [sentText([row.run], text), text(row.mendedBy ? 'runs.note.mended' : 'runs.note.failed')];
}

function whyOf({ run }: RunRow, text: Text): string {
  const [reason] = run.state === 'failed' ? run.errors : run.skipReasons;
  const none = run.state === 'failed' ? text('runs.noReason') : '';
  return reason === undefined ? none : reasonText(text, reason);
}

/** How long it should have begun by now, and when the next one is due. */
function absentText({ slotMs, nextMs }: AbsentRow, saying: RunSaying): string {
  const { text, glyphs, nowMs } = saying;
  return joined(glyphs, [
    text('runs.ago', { length: lengthText(text, Math.max(0, nowMs - slotMs)) }),
    nextMs === undefined ? '' : text('flows.next', { at: toldMoment(text, nextMs, saying) }),
  ]);
}

/** Everything that is known of a row. */
export const rowDetails = (row: ListRow, saying: RunSaying & WatchSaying): string[] =>
  isRunRow(row) ? runDetails(row, saying) : absentDetails(row, saying);

/** What is missing and what to do, then why it stands so, as `ferry status --explain` says it. @see living.md, T20 */
function absentDetails(row: AbsentRow, saying: RunSaying & WatchSaying): string[] {
  const explained = explanationLines([row], saying).slice(1);
  return [
    ...(explained.length === 0 ? [subjectOf(row, saying.text)] : explained),
    '',
    ...explainLines(row.watch, usualLimits, saying),
  ];
}

/** Everything that is known of a run: what it means and what to do, then what it says. @see living.md, R11 to R13 */
function runDetails(row: RunRow, saying: RunSaying): string[] {
  const { run, segments } = row;
  const { text, glyphs } = saying;
  const told = (label: string, value: string): string => text('runs.detail', { label, value });
  const counted = (id: 'rowsIn' | 'rowsOut' | 'skipped' | 'files', value: number | undefined): string =>
    told(text(`runs.column.${id}`), numbered(text, value));
  const began = run.beganMs === undefined ? text('runs.absent') : momentHere(text, run.beganMs, saying);
  const size = run.bytesOut === undefined ? text('runs.absent') : sizeText(text, run.bytesOut);
  const facts = [
    [
      told(text('runs.column.state'), endText(row, saying)),
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

/** What has come of a run, looked at on the terminal as it is; nothing where nobody may look, or no file can be there yet. */
export function filesOf(row: ListRow, { may }: Pick<WizardServices, 'may'>): Outcome | undefined {
  if (!isRunRow(row) || row.run.beganMs === undefined || !may('storage')) return undefined;
  const { run, flow } = row;
  const { id, name } = flow;
  const then = { kind: 'flow', command: 'files', flow: { id, name }, run: run.id } as const;
  return { type: 'ended', ending: { outcome: 'done', lines: [], then } };
}

/** Some hours that are drawn alike. */
export interface HourBars {
  readonly bars: string;
  readonly hasFailed: boolean;
}

/** The runs of the last 24 hours as bars, an hour each. Nothing where none has begun. */
export function hourBars(
  { rows, readMs }: Pick<RunList, 'rows' | 'readMs'>,
  { bars }: Pick<Glyphs, 'bars'>,
): HourBars[] {
  const hours = runHours(rows, readMs, 24);
  const most = Math.max(...hours.map(({ count }) => count));
  if (most === 0) return [];
  const drawn: { bars: string; hasFailed: boolean }[] = [];
  for (const { count, hasFailed } of hours) {
    const bar = bars[Math.ceil((count / most) * (bars.length - 1))] ?? '';
    const before = drawn.at(-1);
    if (before?.hasFailed === hasFailed) before.bars += bar;
    else drawn.push({ bars: bar, hasFailed });
  }
  return drawn;
}

/** `118 runs · 3 failed · 2 running · 1 late or missed · 2 due`: of exports without a run only where there are any. */
export function runCounts(
  list: Pick<RunList, 'rows'>,
  { text, glyphs }: Pick<RunSaying, 'text' | 'glyphs'>,
): string {
  // Of many thousands each is looked at once.
  const counts = { runs: 0, failed: 0, running: 0, unknown: 0, good: 0, late: 0 };
  for (const row of list.rows) {
    if (isRunRow(row)) {
      counts.runs++;
      counts[row.run.state]++;
    } else if (isLateRow(row)) counts.late++;
  }
  const { runs: all, failed, running, unknown, late } = counts;
  const due = list.rows.length - all - late;
  return joined(glyphs, [
    text('runs.counts', { runs: all, failed, running }),
    unknown === 0 ? '' : text('runs.countsUnknown', { count: unknown }),
    late === 0 ? '' : text('runs.countsLate', { count: late }),
    due === 0 ? '' : text('runs.countsDue', { count: due }),
  ]);
}
