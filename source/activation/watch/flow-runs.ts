import type { WatchedFlow, WatchedRun, WatchedSegment } from './watched.ts';

/** Runs of a segment, of a dataflow, the earliest first. */
export interface SegmentRuns {
  /** By the schedule, as far as anybody knows. */
  readonly scheduled: readonly WatchedRun[];
  /** Asked for by somebody: they mend a failure, and are never the export that was expected. */
  readonly onDemand: readonly WatchedRun[];
  /** Perhaps of this segment: they do not say of which, or not when. They never prove that an export was good. */
  readonly unattributed: readonly WatchedRun[];
}

/**
 * Whose run each is. One that names no segment is of the only one there is; of several, each may be the one.
 *
 * @param onDemand - Ids of runs that are known to have been asked for.
 * @see living.md, T6 and T7
 */
export function runsBySegment(
  { segments }: Pick<WatchedFlow, 'segments'>,
  runs: readonly WatchedRun[],
  onDemand: ReadonlySet<string>,
): (segment: WatchedSegment) => SegmentRuns {
  const sorted = runs.toSorted((one, other) => (one.beganMs ?? 0) - (other.beganMs ?? 0));
  const named = new Map<string, WatchedRun[]>();
  const unnamed: WatchedRun[] = [];
  for (const run of sorted) {
    if (run.segments.length === 0) unnamed.push(run);
    for (const { id } of run.segments) {
      const key = id.toLowerCase();
      const list = named.get(key);
      if (list) list.push(run);
      else named.set(key, [run]);
    }
  }
  const isOnly = segments.length === 1;
  return ({ id, systemId }) => {
    const own = named.get(id.toLowerCase()) ?? [];
    const also = systemId === undefined ? [] : (named.get(systemId.toLowerCase()) ?? []);
    const all = [...new Set([...own, ...also, ...(isOnly ? unnamed : [])])];
    if (also.length > 0 || isOnly) all.sort((one, other) => (one.beganMs ?? 0) - (other.beganMs ?? 0));
    const placed = all.filter((run) => run.beganMs !== undefined);
    return {
      scheduled: placed.filter((run) => !onDemand.has(run.id)),
      onDemand: placed.filter((run) => onDemand.has(run.id)),
      unattributed: [
        ...all.filter((run) => run.beganMs === undefined),
        ...(isOnly ? [] : unnamed.filter((run) => !onDemand.has(run.id))),
      ],
    };
  };
}
