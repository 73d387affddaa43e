import type { Run, RunReason } from '../flow-service/runs.ts';
import type { ListedFlow } from '../flow-service/flows.ts';
import { isCalled, sameId } from './same-id.ts';
import { documented } from './spec/catalog.ts';
import { emptinessOf } from './watch/remarks.ts';
import type { AbsentExport, AbsentState } from './watch/absent.ts';

const hourMs = 3_600_000;

/** What began within an hour of the clock. */
interface RunHour {
  readonly count: number;
  readonly hasFailed: boolean;
}

/**
 * How many began in each hour, the earliest first; the last is the hour of `nowMs`.
 *
 * @param nowMs - Epoch milliseconds. @param hours - So many of them.
 */
export function runHours(rows: readonly ListRow[], nowMs: number, hours: number): readonly RunHour[] {
  const last = Math.floor(nowMs / hourMs);
  const all = Array.from({ length: hours }, () => ({ count: 0, hasFailed: false }));
  for (const row of rows) {
    if (!isRunRow(row) || row.run.beganMs === undefined) continue;
    const one = all[hours - 1 - (last - (runHour(row.run) ?? last))];
    if (one === undefined) continue;
    one.count += 1;
    one.hasFailed ||= row.run.state === 'failed';
  }
  return all;
}

/** The hour of the clock, UTC, in which a run began, in hours since 1970; nothing where it does not say. */
export const runHour = ({ beganMs }: Run): number | undefined =>
  beganMs === undefined ? undefined : Math.floor(beganMs / hourMs);

/** A dataflow as far as its runs are told of. */
export interface RunFlow {
  readonly id: string;
  readonly name: string;
  /** The name of where it leads to, or the id of that; nothing where it does not say. */
  readonly destination?: string | undefined;
  readonly segments: readonly {
    readonly id: string;
    readonly name?: string | undefined;
    readonly isIncremental?: boolean | undefined;
  }[];
  /** Columns without which a row is left out. */
  readonly mandatoryFields: readonly string[];
}

/** Runs name an external audience by the id that the platform has for it. */
export const runFlowOf = ({ id, name, targetSpecId, segments, mandatoryFields }: ListedFlow): RunFlow => ({
  id,
  name: name === '' ? id : name,
  destination: targetSpecId && (documented(targetSpecId)?.name ?? targetSpecId),
  segments: segments.map((one) => ({
    id: one.systemId ?? one.id,
    name: one.name,
    isIncremental: one.exportMode === 'FIRST_FULL_THEN_INCREMENTAL',
  })),
  mandatoryFields,
});

/** A run with the names of what it is of. */
export interface RunRow {
  /** That of the run. */
  readonly id: string;
  readonly run: Run;
  readonly flow: RunFlow;
  /** By their names where the dataflow still has them; nothing where the run does not say. */
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  /** How long it usually takes, milliseconds: of one under way, and of one that took much longer. */
  readonly usualMs?: number | undefined;
  /** The good run that was asked for after it had failed. */
  readonly mendedBy?: Run | undefined;
}

/** Whether a run is good and brought nothing, where it should have: what `status` calls empty. */
export function isEmptyRun({ run, flow, segments }: RunRow): boolean {
  if (run.state !== 'good') return false;
  const isIncremental =
    segments.length > 0 &&
    segments.every(({ id }) => flow.segments.some((one) => sameId(one.id, id) && one.isIncremental === true));
  return emptinessOf(run, isIncremental) !== undefined;
}

/** Runs that can be compared: of one dataflow and the same segments. */
export const runKind = ({ flowId = '', segments }: Run): string =>
  [flowId, ...segments.map(({ id }) => id).sort()].join(' ').toLowerCase();

/**
 * Runs that failed, and were mended by one that was asked for after them; by the ids of those that failed.
 *
 * @param onDemand - Ids of runs that are known to have been asked for.
 * @see living.md, R21
 */
export function mendedRuns(runs: readonly Run[], onDemand: ReadonlySet<string>): ReadonlyMap<string, Run> {
  const mending = Map.groupBy(
    runs.filter(({ id, state }) => state === 'good' && onDemand.has(id)),
    runKind,
  );
  return new Map(
    runs.flatMap((run): [string, Run][] => {
      const after = ({ beganMs = 0 }: Run): boolean => beganMs > (run.beganMs ?? Infinity);
      const by = run.state === 'failed' ? mending.get(runKind(run))?.find(after) : undefined;
      return by ? [[run.id, by]] : [];
    }),
  );
}

/**
 * Runs with the names that their dataflows have for them; one of a dataflow that is not among them goes by ids. Names are
 * looked for once: there are ten thousands of runs.
 */
export function runRows(flows: readonly RunFlow[]): (run: Run) => RunRow {
  const known = new Map(flows.map((flow) => [flow.id.toLowerCase(), flow]));
  const names = new Map<RunFlow, ReadonlyMap<string, string | undefined>>();
  const namesOf = (flow: RunFlow): ReadonlyMap<string, string | undefined> => {
    const found =
      names.get(flow) ?? new Map(flow.segments.map(({ id, name }) => [id.toLowerCase(), name] as const));
    names.set(flow, found);
    return found;
  };
  return (run) => {
    const id = run.flowId ?? '';
    const flow = known.get(id.toLowerCase()) ?? { id, name: id, segments: [], mandatoryFields: [] };
    // A run that names none is of the only one there is. @see living.md, T6
    const said = run.segments.length > 0 || flow.segments.length !== 1 ? run.segments : flow.segments;
    const segments = said.map((one) => ({
      id: one.id,
      name: namesOf(flow).get(one.id.toLowerCase()) ?? one.id,
    }));
    return { id: run.id, run, flow, segments };
  };
}

/** The same of one. */
export const runRow = (run: Run, flows: readonly RunFlow[]): RunRow => runRows(flows)(run);

/** An export that was expected and has no run, with the names of what it is of. */
export interface AbsentRow extends AbsentExport {
  readonly flow: RunFlow;
}

/** What stands in a list of runs: absence is a row of its own. @see living.md, R2 */
export type ListRow = RunRow | AbsentRow;

export const isRunRow = (row: ListRow): row is RunRow => 'run' in row;

const urgency: Record<Run['state'] | AbsentState, number> = {
  failed: 0,
  late: 0,
  missed: 0,
  running: 1,
  unknown: 1,
  due: 1,
  first: 1,
  good: 2,
};

// Asked a million times of a long list: without an object for each.
const stateOf = (row: ListRow): Run['state'] | AbsentState => (isRunRow(row) ? row.run.state : row.state);
const msOf = (row: ListRow): number => (isRunRow(row) ? (row.run.beganMs ?? Infinity) : row.slotMs);
const idOf = (row: ListRow): string => (isRunRow(row) ? row.run.id : row.flowId);

/** What is wrong first, then what is under way, then what is good; the newest of each first. @see living.md, R1 */
export function byUrgency(left: ListRow, right: ListRow): number {
  const urgent = urgency[stateOf(left)] - urgency[stateOf(right)];
  if (urgent !== 0) return urgent;
  const leftMs = msOf(left);
  const rightMs = msOf(right);
  if (leftMs !== rightMs) return leftMs < rightMs ? 1 : -1;
  const one = idOf(left);
  const other = idOf(right);
  return one < other ? -1 : one > other ? 1 : 0;
}

export interface RunFilter {
  readonly isFailed?: boolean | undefined;
  /** Any of them, by id or whole name. A run that does not say of what it is may be of each that its dataflow exports. */
  readonly segments?: readonly string[] | undefined;
}

/** An export without a run has not failed: it is in no list of failed ones. */
export function isWantedRow(row: ListRow, { isFailed, segments: wanted }: RunFilter): boolean {
  const { flow, segments } = row;
  if (isFailed === true && !(isRunRow(row) && row.run.state === 'failed')) return false;
  if (wanted === undefined || wanted.length === 0) return true;
  return (segments.length > 0 ? segments : flow.segments).some((segment) =>
    wanted.some((one) => isCalled(segment, one)),
  );
}

/**
 * How long a run took, of itself alone; while it is under way, how long so far.
 *
 * @param nowMs - By the platform's clock, epoch milliseconds.
 * @returns Nothing where it does not say, or says that it ended before it began.
 * @see living.md, R6
 */
export function lengthOf(
  { startedMs, endedMs, isUnderWay }: Run,
  nowMs: number,
): { readonly ms: number; readonly isSoFar: boolean } | undefined {
  if (startedMs === undefined || (endedMs === undefined && !isUnderWay)) return undefined;
  const ms = (endedMs ?? nowMs) - startedMs;
  return ms < 0 ? undefined : { ms, isSoFar: endedMs === undefined };
}

/** Failures that are one to a reader: of one dataflow, for one reason. @see living.md, R10 */
export interface FailureGroup {
  readonly flow: RunFlow;
  readonly reason: RunReason | undefined;
  readonly rows: readonly RunRow[];
}

export function failuresIn(rows: readonly RunRow[]): FailureGroup[] {
  const groups = new Map<string, { flow: RunFlow; reason: RunReason | undefined; rows: RunRow[] }>();
  for (const row of rows.filter(({ run }) => run.state === 'failed')) {
    const [reason] = row.run.errors;
    const key = JSON.stringify([row.flow.id, reason?.code, reason?.message]);
    const group = groups.get(key) ?? { flow: row.flow, reason, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Rows that were left out of files of one dataflow, and the reasons that were given. */
export interface SkipGroup {
  readonly flow: RunFlow;
  readonly reasons: readonly RunReason[];
  readonly skipped: number;
  /** Of how many; nothing where a run does not say. */
  readonly rowsIn: number | undefined;
  readonly runs: number;
}

export function skipsIn(rows: readonly RunRow[]): SkipGroup[] {
  const groups = new Map<string, RunRow[]>();
  for (const row of rows) {
    if ((row.run.skipped ?? 0) === 0) continue;
    groups.set(row.flow.id, [...(groups.get(row.flow.id) ?? []), row]);
  }
  return [...groups.values()].flatMap((list): SkipGroup[] => {
    const [first] = list;
    if (!first) return [];
    const reasons = new Map(
      list.flatMap(({ run }) =>
        run.skipReasons.map((one) => [JSON.stringify([one.code, one.message]), one] as const),
      ),
    );
    const rowsIn = list.reduce<number | undefined>(
      (sum, { run }) => (sum === undefined || run.rowsIn === undefined ? undefined : sum + run.rowsIn),
      0,
    );
    const skipped = list.reduce((sum, { run }) => sum + (run.skipped ?? 0), 0);
    return [{ flow: first.flow, reasons: [...reasons.values()], skipped, rowsIn, runs: list.length }];
  });
}
