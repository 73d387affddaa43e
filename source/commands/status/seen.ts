import { sameId } from '../../activation/same-id.ts';
import type { Seen } from '../../activation/watch/watch.ts';
import { isForbidden } from '../../flow-service/errors.ts';
import type { RunsRead } from '../../flow-service/read-runs.ts';
import type { Run } from '../../flow-service/runs.ts';

/**
 * What is known of the runs of a dataflow: those that were read, and of which stretch that is all.
 *
 * @param runs - Its own.
 * @param atMs - When it was looked, epoch milliseconds.
 * @param keptMs - Since when the platform has runs, where somebody asked.
 * @see living.md, T16
 */
export function seenOf(
  id: string,
  runs: readonly Run[],
  readings: readonly RunsRead[],
  atMs: number,
  keptMs?: number,
): Seen {
  const lack = readings
    .flatMap(({ lacks }) => lacks)
    .find(({ flowIds }) => flowIds.some((one) => sameId(one, id)));
  const stretch = readings.map(({ whole }) => whole.get(id)).find((one) => one !== undefined);
  if (stretch && !lack)
    return {
      kind: 'read',
      runs,
      reading: { fromMs: stretch.fromMs, atMs: stretch.toMs, isWhole: true, keptMs },
    };
  if (stretch) return { kind: 'read', runs, reading: { fromMs: stretch.fromMs, atMs, isWhole: false } };
  if (!lack) return { kind: 'read', runs, reading: { fromMs: atMs, atMs, isWhole: true } };
  return { kind: 'unread', why: isForbidden(lack.error) ? 'refused' : 'unread', atMs };
}
