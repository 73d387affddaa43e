import {
  type AbsentRow,
  type FailureGroup,
  failuresIn,
  isEmptyRun,
  isRunRow,
  lengthOf,
  type ListRow,
  type RunRow,
  type SkipGroup,
  skipsIn,
} from '../../activation/run-table.ts';
import type { RunReason } from '../../flow-service/runs.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import { isStrangeLength } from '../../activation/watch/usual-length.ts';
import { numberText } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import { tableLines } from '../console/table-text.ts';
import { type Here, lengthText, momentHere } from '../console/times.ts';
import { isoText } from '../console/here.ts';

/** Of one failure, at most: the others are in `--json`. */
const mostIds = 10;

export interface RunSaying extends Here {
  readonly text: Text;
  readonly glyphs: Glyphs;
}

/** Of what a run is: `CRM weekly › Hikers`. */
export function subjectOf({ flow, segments }: Pick<ListRow, 'flow' | 'segments'>, text: Text): string {
  const [first] = segments;
  if (!first) return flow.name;
  return segments.length === 1
    ? text('runs.of', { flow: flow.name, segment: first.name })
    : text('runs.ofMany', { flow: flow.name, count: segments.length });
}

/** In its own words where it says something that nobody here knows. @see living.md, R4 */
export function stateText(row: RunRow, text: Text): string {
  const { state, status } = row.run;
  if (isEmptyRun(row)) return text('status.kind.empty');
  return state === 'unknown' && status !== undefined
    ? text('runs.state.foreign', { status })
    : text(`runs.state.${state}`);
}

/** `855.2 MB`, by thousands. */
export function sizeText(text: Text, bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = Math.round((bytes / 1000 ** power) * 10) / 10;
  return `${numberText(text.language, value)} ${units[power] ?? ''}`;
}

function tookText(row: RunRow, { text, nowMs }: RunSaying): string {
  const length = lengthOf(row.run, nowMs);
  if (!length) return text('runs.absent');
  const said = lengthText(text, length.ms);
  const took = length.isSoFar ? text('runs.soFar', { length: said }) : said;
  const usual = usualText(row, text);
  return usual === undefined ? took : text('status.parts', { one: took, other: usual });
}

const usualText = ({ usualMs }: RunRow, text: Text): string | undefined =>
  usualMs === undefined ? undefined : text('runs.usually', { length: lengthText(text, usualMs) });

const numbered = (text: Text, value: number | undefined): string =>
  value === undefined ? text('runs.absent') : numberText(text.language, value);

/**
 * Runs as a table: what is not known is a dash, and zero is zero. An export without a run stands at its time.
 *
 * @param columns - Of the terminal; 0 where it is none.
 */
export function runLines(rows: readonly ListRow[], saying: RunSaying, columns = 0): string[] {
  const { text } = saying;
  const head = ['began', 'took', 'rowsIn', 'rowsOut', 'skipped', 'files', 'size', 'state', 'of'] as const;
  return tableLines(
    [
      ['', ...head.map((column) => text(`runs.column.${column}`))],
      ...rows.map((row) => {
        if (!isRunRow(row)) return absentCells(row, saying);
        const { run } = row;
        const ms = run.beganMs;
        return [
          markOf(row, saying),
          ms === undefined ? text('runs.absent') : momentHere(text, ms, saying),
          tookText(row, saying),
          numbered(text, run.rowsIn),
          numbered(text, run.rowsOut),
          numbered(text, run.skipped),
          numbered(text, run.filesOut),
          run.bytesOut === undefined ? text('runs.absent') : sizeText(text, run.bytesOut),
          mendedText(row, saying) ?? stateText(row, text),
          subjectOf(row, text),
        ];
      }),
    ],
    columns,
  );
}

function mendedText({ mendedBy }: RunRow, saying: RunSaying): string | undefined {
  const { text } = saying;
  const ms = mendedBy?.beganMs;
  return ms === undefined ? undefined : text('runs.state.mended', { at: momentHere(text, ms, saying) });
}

function absentCells(row: AbsentRow, saying: RunSaying): string[] {
  const { text, glyphs } = saying;
  const isWrong = row.state === 'late' || row.state === 'missed';
  return [
    isWrong ? glyphs.cross : glyphs.due,
    momentHere(text, row.slotMs, saying),
    ...Array<string>(6).fill(text('runs.absent')),
    text(`runs.state.${row.state}`),
    subjectOf(row, text),
  ];
}

/** An empty one, and one under way for much longer than usual, is to be looked at. */
function markOf(row: RunRow, { glyphs, nowMs }: RunSaying): string {
  const { run, usualMs } = row;
  const isLong = run.isUnderWay && isStrangeLength(lengthOf(run, nowMs)?.ms ?? 0, usualMs);
  if (isLong || isEmptyRun(row)) return glyphs.warning;
  return { failed: glyphs.cross, running: glyphs.isAscii ? '.' : '…', unknown: '?', good: glyphs.check }[
    run.state
  ];
}

/** Below the table: each failure with what it means and what to do, and why rows were left out. @see living.md, R11 and R12 */
export function explanationLines(list: readonly ListRow[], saying: RunSaying): string[] {
  const rows = list.filter(isRunRow);
  return [
    ...failuresIn(rows).flatMap((group) => ['', ...failureLines(group, saying)]),
    ...list.flatMap((row) => (isRunRow(row) ? [] : absentLines(row, saying))),
    ...skipsIn(rows).flatMap((group) => ['', ...skipLines(group, saying)]),
  ];
}

/** Of what is late: what is missing, when it comes again, and how it is known. */
function absentLines(row: AbsentRow, saying: RunSaying): string[] {
  const { text, glyphs, nowMs } = saying;
  const { state, slotMs, nextMs, flow } = row;
  if (state !== 'late' && state !== 'missed') return [];
  const values = {
    what: subjectOf(row, text),
    at: momentHere(text, slotMs, saying),
    length: lengthText(text, nowMs - slotMs),
  };
  return [
    '',
    `${glyphs.cross} ${text(`runs.absent.${state}`, values)}`,
    ...(nextMs === undefined
      ? []
      : [`  ${text('runs.absent.next', { at: momentHere(text, nextMs, saying) })}`]),
    `  ${text('runs.absent.why', { flow: flow.id })}`,
  ];
}

function reasonText(text: Text, { code, message }: RunReason): string {
  if (code === undefined || message === undefined) return message ?? code ?? '';
  return text('runs.reason', { message, code });
}

function failureLines({ flow, reason, rows }: FailureGroup, { text, glyphs }: RunSaying): string[] {
  const segments = rows.flatMap((row) => row.segments);
  const distinct = [...new Map(segments.map((one) => [one.id, one])).values()];
  const what = subjectOf({ flow, segments: distinct }, text);
  const why = reason === undefined ? text('runs.noReason') : reasonText(text, reason);
  const [{ run } = { run: undefined }] = rows;
  const others = (run?.errors ?? []).slice(1).map((one) => reasonText(text, one));
  const isKnown = reason?.code === 'ACTIVATION_BATCH-0000-FAILED';
  const shown = rows.slice(0, mostIds);
  return [
    `${glyphs.cross} ${text('runs.failed', { what, why, count: rows.length })}`,
    ...others.map((one) => `  ${one}`),
    `  ${text(isKnown ? 'runs.means.aborted' : 'runs.means.unknown')}`,
    `  ${text('runs.next.failed', { flow: flow.id })}`,
    ...shown.map((row) => `  ${text('runs.runId', { id: row.run.id })}`),
    ...(rows.length > shown.length
      ? [`  ${text('runs.moreIds', { count: rows.length - shown.length })}`]
      : []),
  ];
}

function skipLines(
  { flow, reasons, skipped, rowsIn, runs }: SkipGroup,
  { text, glyphs }: RunSaying,
): string[] {
  const share = rowsIn === undefined || rowsIn === 0 ? undefined : Math.round((skipped / rowsIn) * 1000) / 10;
  const values = { flow: flow.name, skipped, count: runs };
  const isMandatory = reasons.some(({ code }) => code === 'ACTIVATION_BATCH-0000-SKIP');
  const { mandatoryFields: fields } = flow;
  return [
    `${glyphs.warning} ${
      share === undefined || rowsIn === undefined
        ? text('runs.skipped', values)
        : text('runs.skippedOf', { ...values, rows: rowsIn, share })
    }`,
    ...reasons.map((one) => `  ${reasonText(text, one)}`),
    `  ${
      isMandatory && fields.length > 0
        ? text('runs.means.mandatory', { fields })
        : text(isMandatory ? 'runs.means.mandatoryUnknown' : 'runs.means.skipped')
    }`,
  ];
}

/** Widths of the lines of a following; the names come last, and are as long as they are. */
const widths = { time: 24, state: 10, took: 14, rows: 13 };

const padded = (text: string, width: number): string => fit(text, Math.max(width, displayWidth(text)), '');

export const followHead = ({ text }: RunSaying): string =>
  [
    padded(text('runs.column.time'), widths.time),
    padded(text('runs.column.state'), widths.state),
    padded(text('runs.column.took'), widths.took),
    padded(text('runs.column.rowsOut'), widths.rows),
    text('runs.column.of'),
  ].join('  ');

/** A change of a run, on one line: when it was seen, the state, and of what. @see living.md, L28 and L29 */
export function followLine(row: RunRow, saying: RunSaying): string {
  const { text, nowMs } = saying;
  const why =
    row.run.state === 'failed' ? row.run.errors.slice(0, 1).map((one) => reasonText(text, one)) : [];
  return [
    padded(`${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`, widths.time),
    padded(stateText(row, text), widths.state),
    padded(tookText({ ...row, usualMs: undefined }, saying), widths.took),
    padded(numbered(text, row.run.rowsOut), widths.rows),
    [subjectOf(row, text), ...why, usualText(row, text) ?? ''].join('  ').trimEnd(),
  ].join('  ');
}

/** An export without a run, for programs. */
export const absentJson = ({ flow, segments, state, slotMs, nextMs }: AbsentRow) => ({
  flow: { id: flow.id, name: flow.name },
  segments,
  state,
  slot: isoText(slotMs),
  next: isoText(nextMs),
});

/** A run for programs; what it does not say is not there. */
export const runJson = ({ run, flow, segments, usualMs, mendedBy }: RunRow, nowMs: number) => {
  const length = lengthOf(run, nowMs);
  return {
    id: run.id,
    flow: { id: flow.id, name: flow.name },
    segments: segments.map((one) => {
      const said = run.segments.find(({ id }) => id === one.id);
      return { ...one, rowsIn: said?.rowsIn, rowsOut: said?.rowsOut, skipped: said?.skipped };
    }),
    state: run.state,
    status: run.status,
    createdAt: isoText(run.createdMs),
    startedAt: isoText(run.startedMs),
    endedAt: isoText(run.endedMs),
    tookMs: length?.isSoFar === false ? length.ms : undefined,
    usualMs,
    mendedBy: mendedBy?.id,
    rowsIn: run.rowsIn,
    rowsOut: run.rowsOut,
    skipped: run.skipped,
    files: run.filesOut,
    bytes: run.bytesOut,
    errors: run.errors,
    skipReasons: run.skipReasons,
  };
};
