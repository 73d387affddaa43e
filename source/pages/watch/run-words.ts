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
import { isStrangeLength } from '../../activation/watch/usual-length.ts';
import type { Run, RunReason } from '../../flow-service/runs.ts';
import type { Glyphs } from '../../components/theme/glyphs.ts';
import { numberText } from '../../locale/format.ts';
import type { Text } from '../../locale/texts.ts';
import { type Here, lengthText, momentHere } from './times.ts';

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
export function stateText(row: ListRow, text: Text): string {
  if (!isRunRow(row)) return text(`runs.state.${row.state}`);
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

export function tookText(row: ListRow, { text, nowMs }: RunSaying): string {
  const length = isRunRow(row) ? lengthOf(row.run, nowMs) : undefined;
  if (!length || !isRunRow(row)) return text('runs.absent');
  const said = lengthText(text, length.ms);
  const took = length.isSoFar ? text('runs.soFar', { length: said }) : said;
  const usual = usualText(row, text);
  return usual === undefined ? took : text('status.parts', { one: took, other: usual });
}

export const usualText = ({ usualMs }: RunRow, text: Text): string | undefined =>
  usualMs === undefined ? undefined : text('runs.usually', { length: lengthText(text, usualMs) });

export const numbered = (text: Text, value: number | undefined): string =>
  value === undefined ? text('runs.absent') : numberText(text.language, value);

/** How a run ended, and when that was mended; of an export without a run, how it stands. @see living.md, R21 */
export function endText(
  row: ListRow,
  saying: RunSaying,
  at = (ms: number): string => momentHere(saying.text, ms, saying),
): string {
  const { text } = saying;
  const ms = isRunRow(row) ? row.mendedBy?.beganMs : undefined;
  return ms === undefined ? stateText(row, text) : text('runs.state.mended', { at: at(ms) });
}

/** When a run began; of an export without one, when it was expected. Epoch milliseconds. */
export const beganOf = (row: ListRow): number | undefined => (isRunRow(row) ? row.run.beganMs : row.slotMs);

/** Whether it should have left and has not. */
export const isLateRow = (row: ListRow): row is AbsentRow =>
  !isRunRow(row) && (row.state === 'late' || row.state === 'missed');

/** An empty one, and one under way for much longer than usual, is to be looked at. */
export function markOf(row: ListRow, { glyphs, nowMs }: RunSaying): string {
  if (!isRunRow(row)) return isLateRow(row) ? glyphs.cross : glyphs.due;
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
    ...list.filter(isLateRow).flatMap((row) => ['', ...absentLines(row, saying)]),
    ...skipsIn(rows).flatMap((group) => ['', ...skipLines(group, saying)]),
  ];
}

/** Of what is late: what is missing, when it comes again, and how it is known. */
function absentLines(row: AbsentRow, saying: RunSaying): string[] {
  const { text, glyphs, nowMs } = saying;
  const { state, slotMs, nextMs, flow } = row;
  const values = {
    what: subjectOf(row, text),
    at: momentHere(text, slotMs, saying),
    length: lengthText(text, nowMs - slotMs),
  };
  return [
    `${glyphs.cross} ${text(state === 'missed' ? 'runs.absent.missed' : 'runs.absent.late', values)}`,
    ...(nextMs === undefined
      ? []
      : [`  ${text('runs.absent.next', { at: momentHere(text, nextMs, saying) })}`]),
    `  ${text('runs.absent.why', { flow: flow.id })}`,
  ];
}

export function reasonText(text: Text, { code, message }: RunReason): string {
  if (code === undefined || message === undefined) return message ?? code ?? '';
  return text('runs.reason', { message, code });
}

/** What came of runs that failed; those that have sent files say so. @param otherwise - What is said of the others. */
export function sentText(
  runs: readonly Run[],
  text: Text,
  otherwise: 'runs.means.aborted' | 'runs.means.unknown' = 'runs.means.unknown',
): string {
  const files = runs.reduce((sum, { filesOut = 0 }) => sum + filesOut, 0);
  return files > 0 ? text('runs.means.partly', { count: files }) : text(otherwise);
}

function failureLines({ flow, reason, rows }: FailureGroup, { text, glyphs }: RunSaying): string[] {
  const segments = rows.flatMap((row) => row.segments);
  const distinct = [...new Map(segments.map((one) => [one.id, one])).values()];
  const what = subjectOf({ flow, segments: distinct }, text);
  const why = reason === undefined ? text('runs.noReason') : reasonText(text, reason);
  const [{ run } = { run: undefined }] = rows;
  const others = (run?.errors ?? []).slice(1).map((one) => reasonText(text, one));
  const isKnown = reason?.code === 'ACTIVATION_BATCH-0000-FAILED';
  const meaning = isKnown ? 'runs.means.aborted' : 'runs.means.unknown';
  const shown = rows.slice(0, mostIds);
  return [
    `${glyphs.cross} ${text('runs.failed', { what, why, count: rows.length })}`,
    ...others.map((one) => `  ${one}`),
    `  ${sentText(
      rows.map((row) => row.run),
      text,
      meaning,
    )}`,
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
