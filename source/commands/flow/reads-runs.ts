import { type RunFlow, runFlowOf, runRow } from '../../activation/run-table.ts';
import { FlowMissingError, readFlow } from '../../apply/live.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { listedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { RunsRound } from '../../pages/remote-cache.ts';
import { runRounds } from './run-rounds.ts';

/** What a page shows, milliseconds back. */
const windowMs = 24 * 3_600_000;
/** Rounds after which the dataflows themselves are read again. @see living.md, L20 */
const flowsEvery = 4;

export type RunsReader = (signal: AbortSignal) => Promise<RunsRound>;

/**
 * Reads the runs of the last 24 h, of one dataflow or of all, a round with each call: the first reads all of them, each
 * later one what can have changed.
 *
 * @returns what reads; it throws FlowServiceError where a round is not whole, and then nothing of it counts
 */
export function readsRuns(client: FlowService, flowId: string | undefined): RunsReader {
  const known = new Map<string, Run>();
  let count = 0;
  let flows: { readonly all: readonly RunFlow[]; readonly isGone: boolean } | undefined;
  let rounds: { readonly ids: string; readonly round: ReturnType<typeof runRounds> } | undefined;
  return async (signal) => {
    const calls = client.callCount();
    if (flows === undefined || count % flowsEvery === 0) flows = await flowsNow(client, flowId, signal);
    const flowIds = flows.all.map(({ id }) => id);
    const ids = flowIds.toSorted().join();
    // The runs of a dataflow that is new are read from the beginning.
    if (rounds?.ids !== ids)
      rounds = { ids, round: runRounds({ client, flowIds, sinceMs: client.clock().nowMs - windowMs }) };
    for (const run of await rounds.round({ signal })) known.set(run.id.toLowerCase(), run);
    count++;
    const { nowMs, offsetMs = 0 } = client.clock();
    for (const [key, { beganMs, isUnderWay }] of known)
      if (!isUnderWay && beganMs !== undefined && beganMs < nowMs - windowMs) known.delete(key);
    const { all, isGone } = flows;
    return {
      rows: [...known.values()].map((run) => runRow(run, all)),
      readMs: nowMs,
      offsetMs,
      calls: client.callCount() - calls,
      isGone,
    };
  };
}

async function flowsNow(client: FlowService, flowId: string | undefined, signal: AbortSignal) {
  if (flowId === undefined)
    return { all: (await inOne(client.listFlows({ signal }))).map(runFlowOf), isGone: false };
  try {
    const { raw } = await readFlow(client, flowId, { signal });
    return { all: [runFlowOf(listedFlow.parse(raw))], isGone: false };
  } catch (error) {
    if (!(error instanceof FlowMissingError)) throw error;
    return { all: [{ id: flowId, name: flowId, segments: [], mandatoryFields: [] }], isGone: true };
  }
}
