import { setTimeout } from 'node:timers/promises';
import type { Waiting } from '../../apply/journal/run-store.ts';
import { StateAwayError } from '../errors.ts';

/**
 * Asks a database until it answers, and not for ever. What is asked may have been done before its answer was lost: done
 * again it must be the same.
 *
 * @param waiting - Who is told, once, that it is away, and until when somebody waits.
 * @throws StateAwayError where it stays away, or nobody waits any more; whatever else `ask` throws
 */
export type Bearing = <Of>(ask: () => Promise<Of>, waiting?: Pick<Waiting, 'onAway' | 'stop'>) => Promise<Of>;

/** Between two tries, milliseconds. */
const againMs = 250;

/** All who wait do so together: a database that has been away for so long is not waited for by each of them anew. */
export function bearing(patienceMs: number): Bearing {
  let sinceMs: number | undefined;
  return async (ask, { onAway, stop } = {}) => {
    for (let isTold = false; ;) {
      try {
        const answer = await ask();
        sinceMs = undefined;
        return answer;
      } catch (error) {
        if (!(error instanceof StateAwayError)) throw error;
        sinceMs ??= performance.now();
        // Nor is it waited for by what comes after, until it has answered.
        if (stop?.aborted === true) sinceMs = -Infinity;
        if (performance.now() - sinceMs > patienceMs) throw error;
        if (!isTold) onAway?.(patienceMs);
        isTold = true;
        // Whoever ends the waiting has one more try.
        await setTimeout(againMs, undefined, stop ? { signal: stop } : {}).catch(() => undefined);
      }
    }
  };
}
