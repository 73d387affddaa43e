import { type AbsentRow, runFlowOf } from '../../activation/run-table.ts';
import { absentExports } from '../../activation/watch/absent.ts';
import { withEvaluations } from '../../activation/watch/evaluations.ts';
import { watchedFlow } from '../../activation/watch/of-listed.ts';
import { usualLimits } from '../../activation/watch/watched.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import type { EvaluationsRead } from '../../flow-service/segment-jobs.ts';
import type { RunsRead } from '../../flow-service/read-runs.ts';
import type { KnownHere } from '../status/known-here.ts';
import { mapInTurns } from '../../ground/turns.ts';
import { seenOf } from '../status/seen.ts';

/** How much further back than what is listed is read, milliseconds: a run that began then may last still. */
export const leadMs = usualLimits.graceMs + usualLimits.lengthMs;

export interface AbsentWanted {
  readonly listed: readonly ListedFlow[];
  readonly read: RunsRead;
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  readonly atMs: number;
  /** Since when the platform has runs; asked for once something is late. */
  readonly keptMs: () => Promise<number | undefined>;
  readonly evaluations?: EvaluationsRead | undefined;
  /** What was done from here. */
  readonly here: KnownHere;
}

/** Exports of some dataflows that should have begun and have not, as `ferry status` judges them. */
export async function absentRows(wanted: AbsentWanted): Promise<AbsentRow[]> {
  const { listed, read, sinceMs, atMs, here } = wanted;
  const runsOf = Map.groupBy(read.runs, ({ flowId = '' }) => flowId.toLowerCase());
  const absentOf = (flow: ListedFlow, keptMs?: number): AbsentRow[] => {
    const key = flow.id.toLowerCase();
    const seen = seenOf(flow.id, runsOf.get(key) ?? [], [read], atMs, keptMs);
    const watched = withEvaluations(watchedFlow(flow, here.enabledMs.get(key)), wanted.evaluations);
    const exports = absentExports(watched, seen, usualLimits, sinceMs, here.onDemand);
    return exports.map((one): AbsentRow => ({ ...one, flow: runFlowOf(flow) }));
  };
  const look = async (keptMs?: number): Promise<AbsentRow[]> =>
    (await mapInTurns(listed, (flow) => absentOf(flow, keptMs), 1)).flat();
  const rows = await look();
  const isLate = rows.some(({ state }) => state === 'late' || state === 'missed');
  return isLate ? look(await wanted.keptMs()) : rows;
}
