import { type AbsentRow, runFlowOf } from '../../activation/run-table.ts';
import { absentExports } from '../../activation/watch/absent.ts';
import { watchedFlow } from '../../activation/watch/of-listed.ts';
import { usualLimits } from '../../activation/watch/watched.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import type { RunsRead } from '../../flow-service/read-runs.ts';
import { seenOf } from '../status/seen.ts';

/** How much further back than what is listed is read, milliseconds: a run that began then may last still. */
export const leadMs = usualLimits.graceMs + usualLimits.lengthMs;

export interface AbsentWanted {
  readonly listed: readonly ListedFlow[];
  readonly read: RunsRead;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** Since when the platform has runs; asked for once something is late, as the next. */
  readonly keptMs: () => Promise<number | undefined>;
  /** When dataflows were enabled from here. */
  readonly enabledHere: () => Promise<ReadonlyMap<string, number>>;
}

/** Exports of some dataflows that should have begun and have not, as `ferry status` judges them. */
export async function absentRows(wanted: AbsentWanted): Promise<AbsentRow[]> {
  const { listed, read, sinceMs, atMs } = wanted;
  const runsOf = Map.groupBy(read.runs, ({ flowId = '' }) => flowId.toLowerCase());
  const look = (keptMs?: number, enabled?: ReadonlyMap<string, number>): AbsentRow[] =>
    listed.flatMap((flow) => {
      const key = flow.id.toLowerCase();
      const seen = seenOf(flow.id, runsOf.get(key) ?? [], [read], atMs, keptMs);
      const exports = absentExports(watchedFlow(flow, enabled?.get(key)), seen, usualLimits, sinceMs);
      return exports.map((one): AbsentRow => ({ ...one, flow: runFlowOf(flow) }));
    });
  const rows = look();
  const isLate = rows.some(({ state }) => state === 'late' || state === 'missed');
  return isLate ? look(await wanted.keptMs(), await wanted.enabledHere()) : rows;
}
