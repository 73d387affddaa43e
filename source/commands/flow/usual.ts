import { runKind } from '../../activation/run-table.ts';
import { usualLength } from '../../activation/watch/usual-length.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { orWithout } from '../../flow-service/errors.ts';
import { byBegin } from '../../flow-service/read-runs.ts';
import type { Run } from '../../flow-service/runs.ts';

/** Dataflows whose earlier runs are read, one call each. */
const mostRead = 4;

/**
 * Answers how long a run that is under way usually takes, milliseconds, by those of its kind before it. Each dataflow is
 * asked once, and no more than some of them: without an answer a run is told all the same.
 */
export function usualAsker(
  client: Pick<FlowService, 'newestRuns'>,
): (run: Run) => Promise<number | undefined> {
  const asked = new Map<string, Promise<Run[]>>();
  return async (run) => {
    const { flowId, isUnderWay, beganMs = Infinity } = run;
    if (flowId === undefined || !isUnderWay) return undefined;
    const key = flowId.toLowerCase();
    if (!asked.has(key) && asked.size >= mostRead) return undefined;
    const reading = asked.get(key) ?? client.newestRuns(flowId).catch(orWithout<Run[]>([]));
    asked.set(key, reading);
    const kind = runKind(run);
    const earlier = (await reading).filter((one) => runKind(one) === kind && (one.beganMs ?? 0) < beganMs);
    return usualLength(earlier.sort(byBegin));
  };
}
