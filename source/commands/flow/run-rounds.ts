import type { FlowService } from '../../flow-service/client.ts';
import { mostQueuedMs, type RunsRead } from '../../flow-service/read-runs.ts';
import type { CallOptions } from '../../flow-service/transport.ts';

/** How far back a round looks again: a run may be listed late. Milliseconds. */
const againMs = 300_000;

export interface Rounds {
  readonly client: Pick<FlowService, 'readRuns' | 'getRuns'>;
  readonly flowIds: readonly string[];
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  /** Runs that are waited for: they may not be listed yet. */
  readonly awaited?: readonly string[] | undefined;
}

/**
 * Rounds over the runs of dataflows, of which each reads only what can have changed: what is under way by its id, and
 * what was made since the last one.
 *
 * @returns a round; it throws FlowServiceError where it could not be read to its end, and the next reads the same again
 * @see living.md, L15 and L20
 */
export function runRounds({ client, flowIds, sinceMs, awaited = [] }: Rounds) {
  const open = new Map<string, string>();
  const seen = new Set<string>();
  let fromMs = sinceMs;
  let isFirst = true;
  return async (options?: CallOptions): Promise<Pick<RunsRead, 'runs' | 'whole'>> => {
    const missing = isFirst ? awaited : awaited.filter((id) => !seen.has(id.toLowerCase()));
    const ids = [...new Set([...open.values(), ...missing])];
    const [read, again] = await Promise.all([
      client.readRuns({ flowIds, sinceMs: fromMs, leadMs: isFirst ? mostQueuedMs : againMs }, options),
      ids.length === 0 ? [] : client.getRuns(ids, options),
    ]);
    const [lack] = read.lacks;
    if (lack) throw lack.error;
    isFirst = false;
    const ends = [...read.whole.values()].map(({ toMs }) => toMs);
    if (ends.length > 0) fromMs = Math.max(fromMs, Math.min(...ends) - againMs);
    const all = new Map(read.runs.map((run) => [run.id.toLowerCase(), run]));
    // Read by its id it is the newer one.
    for (const run of again) all.set(run.id.toLowerCase(), run);
    for (const [key, run] of all) {
      seen.add(key);
      if (run.isUnderWay) open.set(key, run.id);
      else open.delete(key);
    }
    return { runs: [...all.values()], whole: read.whole };
  };
}
