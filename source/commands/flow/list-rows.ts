import {
  byUrgency,
  isWantedRow,
  type ListRow,
  mendedRuns,
  type RunFilter,
  type RunFlow,
  runKind,
  runRows,
} from '../../activation/run-table.ts';
import { strangeLengths } from '../../activation/watch/usual-length.ts';
import type { Run } from '../../flow-service/runs.ts';
import { mapInTurns, turns } from '../../ground/turns.ts';
import { absentRows, type AbsentWanted } from './absent-rows.ts';

export interface Listing extends AbsentWanted {
  readonly flows: readonly RunFlow[];
  /** Those that are listed, the earliest first; what was read goes further back. */
  readonly runs: readonly Run[];
  readonly filter: RunFilter;
  /** How long one that is under way usually takes, milliseconds. */
  readonly usualOf: (run: Run) => Promise<number | undefined>;
}

/**
 * Runs with how long they usually take and what mended them, and the exports that have none, in the order of a list.
 *
 * @throws whatever `usualOf` and `keptMs` throw
 * @see living.md, R1, R2, R7 and R21
 */
export async function listRows(listing: Listing): Promise<ListRow[]> {
  const { flows, runs, filter, usualOf, here } = listing;
  const mayRest = turns();
  const strange = await strangeLengths(runs, runKind);
  await mayRest();
  const mended = mendedRuns(runs, here.onDemand);
  const rowOf = runRows(flows);
  const all = await mapInTurns(runs, rowOf);
  const wanted = all.filter((row) => isWantedRow(row, filter));
  const open = wanted.filter(({ run }) => run.isUnderWay);
  const [usual, absent] = await Promise.all([
    Promise.all(open.map(async ({ run }) => [run.id, await usualOf(run)] as const)),
    absentRows(listing),
  ]);
  const usualMs = new Map([...usual, ...strange]);
  await mayRest();
  const rows = await mapInTurns(wanted, (row) => ({
    ...row,
    usualMs: usualMs.get(row.run.id),
    mendedBy: mended.get(row.run.id),
  }));
  await mayRest();
  return [...rows, ...absent.filter((row) => isWantedRow(row, filter))].sort(byUrgency);
}
