import { mapInTurns, turns } from '../../ground/turns.ts';
import type { WatchedRun } from './watched.ts';
import { median } from './remarks.ts';

/** Good runs that say how long it usually takes, the last ones. */
const usualOf = 20;
/** With fewer nothing is called strange. */
const leastRuns = 3;
/** So many times as long as usual is strange. */
const strangeTimes = 3;

type Timed = Pick<WatchedRun, 'id' | 'state' | 'beganMs' | 'endedMs'>;

/** Of a good run that says how long it took, milliseconds. */
const lengthOf = ({ state, beganMs, endedMs }: Timed): number | undefined =>
  state === 'good' && beganMs !== undefined && endedMs !== undefined && endedMs >= beganMs
    ? endedMs - beganMs
    : undefined;

/**
 * How long runs usually take, milliseconds: the middle of the last good ones.
 *
 * @param runs - Of one dataflow and segment, ascending.
 * @returns Nothing where none says how long it took.
 * @see living.md, R7
 */
export function usualLength(runs: readonly Timed[]): number | undefined {
  const lengths = runs.flatMap((run) => lengthOf(run) ?? []).slice(-usualOf);
  return lengths.length === 0 ? undefined : median(lengths);
}

/**
 * Good runs that took much longer than those of their kind before them, with how long those usually took, milliseconds;
 * by their ids. Of ten thousands it takes a while: others have their turn meanwhile.
 *
 * @param kindOf - What runs have in common that can be compared.
 * @see living.md, R7
 */
export async function strangeLengths<Of extends Timed>(
  runs: readonly Of[],
  kindOf: (run: Of) => string,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const kinds = await mapInTurns(runs, kindOf);
  const mayRest = turns();
  for (const own of Map.groupBy(runs, (_, at) => kinds[at]).values()) {
    await mayRest();
    const before: number[] = [];
    for (const run of own.toSorted((one, other) => (one.beganMs ?? 0) - (other.beganMs ?? 0))) {
      const length = lengthOf(run);
      if (length === undefined) continue;
      const usual = before.length < leastRuns ? undefined : median(before);
      if (usual !== undefined && isStrangeLength(length, usual)) found.set(run.id, usual);
      before.push(length);
      if (before.length > usualOf) before.shift();
    }
  }
  return found;
}

/** Whether something takes so much longer than usual that somebody should look. */
export const isStrangeLength = (ms: number, usualMs: number | undefined): boolean =>
  usualMs !== undefined && ms > strangeTimes * usualMs;
