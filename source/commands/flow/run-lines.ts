import { type AbsentRow, isRunRow, lengthOf, type ListRow, type RunRow } from '../../activation/run-table.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import {
  beganOf,
  endText,
  markOf,
  numbered,
  reasonText,
  type RunSaying,
  sizeText,
  stateText,
  subjectOf,
  tookText,
  usualText,
} from '../../pages/watch/run-words.ts';
import { momentHere } from '../../pages/watch/times.ts';
import { tableLines } from '../console/table-text.ts';
import { isoText } from '../console/here.ts';

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
        const run = isRunRow(row) ? row.run : undefined;
        const ms = beganOf(row);
        return [
          markOf(row, saying),
          ms === undefined ? text('runs.absent') : momentHere(text, ms, saying),
          tookText(row, saying),
          numbered(text, run?.rowsIn),
          numbered(text, run?.rowsOut),
          numbered(text, run?.skipped),
          numbered(text, run?.filesOut),
          run?.bytesOut === undefined ? text('runs.absent') : sizeText(text, run.bytesOut),
          endText(row, saying),
          subjectOf(row, text),
        ];
      }),
    ],
    columns,
  );
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
