import { setTimeout } from 'node:timers/promises';
import { StateAwayError } from '../errors.ts';

/**
 * Asks a database until it answers, and not for ever. What is asked may have been done before its answer was lost: done
 * again it must be the same.
 *
 * @param onAway - Told, once, that it is away and is waited for, at most so many milliseconds.
 * @throws StateAwayError where it stays away; whatever else `ask` throws
 */
export type Bearing = <Of>(ask: () => Promise<Of>, onAway?: (mostMs: number) => void) => Promise<Of>;

/** Between two tries, milliseconds. */
const againMs = 250;

/** All who wait do so together: a database that has been away for so long is not waited for by each of them anew. */
export function bearing(patienceMs: number): Bearing {
  let sinceMs: number | undefined;
  return async (ask, onAway) => {
    for (let isTold = false; ;) {
      try {
        const answer = await ask();
        sinceMs = undefined;
        return answer;
      } catch (error) {
        if (!(error instanceof StateAwayError)) throw error;
        sinceMs ??= performance.now();
        if (performance.now() - sinceMs > patienceMs) throw error;
        if (!isTold) onAway?.(patienceMs);
        isTold = true;
        await setTimeout(againMs);
      }
    }
  };
}
