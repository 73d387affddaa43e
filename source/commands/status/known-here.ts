import { keptState } from '../state/kept-state.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import type { Streams } from '../console/streams.ts';
import { isSamePlace } from '../runs/same-place.ts';

/** What was done to dataflows from here, which they do not tell themselves. */
export interface KnownHere {
  /** When they were last enabled, epoch milliseconds, by their ids in small letters: a dataflow tells its last operation only. */
  readonly enabledMs: ReadonlyMap<string, number>;
  /** Ids of runs that were asked for: they are never the export that a schedule lets expect. @see living.md, T7 */
  readonly onDemand: ReadonlySet<string>;
}

export const nothingKnown: KnownHere = { enabledMs: new Map(), onDemand: new Set() };

/**
 * What the journals here say of dataflows of this place. What cannot be read of them is left out: it only makes what is
 * said of an export better.
 *
 * A run that was under way before it was asked for, or that was looked for because nobody knew, may be one of the
 * schedule.
 */
export async function knownHere(connected: Connected, env: Streams['env']): Promise<KnownHere> {
  const runs = await keptState(env)
    .runs.list(placeOf(connected))
    .catch(() => []);
  const enabledMs = new Map<string, number>();
  const onDemand = new Set<string>();
  for (const run of runs) {
    if (run.kind !== 'run') continue;
    if (!isSamePlace(run.state, connected)) continue;
    const { errand, begunMs, exported } = run.state;
    if (errand?.kind === 'enable') {
      const id = errand.flowId.toLowerCase();
      enabledMs.set(id, Math.max(begunMs, enabledMs.get(id) ?? 0));
    }
    for (const job of exported?.values() ?? [])
      for (const { runId, isEarlier } of job.isFound ? [] : job.runs)
        if (runId !== undefined && isEarlier !== true) onDemand.add(runId);
  }
  return { enabledMs, onDemand };
}
