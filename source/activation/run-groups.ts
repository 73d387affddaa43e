import { byUrgency, isRunRow, type ListRow, runHour } from './run-table.ts';

/** What runs are put together by: what of them fails alike within an hour, or whose they are. @see living.md, R10 */
export type RunGrouping = 'error' | 'flow' | 'destination';

/** Runs that are one line until it is opened. */
export interface RunGroup<Row extends ListRow = ListRow> {
  /** The same as long as it is the same group, whatever comes into it. */
  readonly id: string;
  readonly by: RunGrouping;
  /** At least one; what is worst first, and of that the newest. */
  readonly rows: readonly [Row, ...Row[]];
}

export const isRunGroup = <Row extends ListRow>(one: Row | RunGroup<Row>): one is RunGroup<Row> =>
  'by' in one;

/**
 * Rows and groups of rows, in no order: each row is in one of them. A failure that is alone in its hour, and what has not
 * failed, stand for themselves where failures are put together; every dataflow and destination is a group, however small.
 */
export function groupedRuns<Row extends ListRow>(
  rows: readonly Row[],
  by: RunGrouping,
): (Row | RunGroup<Row>)[] {
  const alone: Row[] = [];
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const key = keyOf(row, by);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined) alone.push(row);
    else if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const made = [...groups].map(([key, own]): Row | RunGroup<Row> => {
    if (by === 'error' && own.length === 1) return own[0];
    own.sort(byUrgency);
    return { id: `${by} ${key}`, by, rows: own };
  });
  return [...made, ...alone];
}

/** Those of one key are one to a reader; nothing of what stands for itself. */
function keyOf(row: ListRow, by: RunGrouping): string | undefined {
  const flow = row.flow.id.toLowerCase();
  if (by === 'flow') return flow;
  if (by === 'destination') return row.flow.destination ?? '';
  if (!isRunRow(row) || row.run.state !== 'failed') return undefined;
  const [reason] = row.run.errors;
  return JSON.stringify([runHour(row.run), flow, reason?.code, reason?.message]);
}

/** By what is worst in it; a group stands where its worst row would. */
export function byWorst<Row extends ListRow & { readonly id: string }>(
  one: Row | RunGroup<Row>,
  other: Row | RunGroup<Row>,
): number {
  const order = byUrgency(worstOf(one), worstOf(other));
  return order === 0 && one.id !== other.id ? (one.id < other.id ? -1 : 1) : order;
}

export const worstOf = <Row extends ListRow>(one: Row | RunGroup<Row>): Row =>
  isRunGroup(one) ? one.rows[0] : one;
