import { type RunFlow, runFlowOf } from '../../activation/run-table.ts';
import { FlowMissingError, readFlow } from '../../apply/live/live.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { type ListedFlow, listedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import { byBegin, type RunsRead } from '../../flow-service/read-runs.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { EvaluationsRead } from '../../flow-service/segment-jobs.ts';
import { turns } from '../../ground/turns.ts';
import type { RunsRound } from '../../pages/remote-cache.ts';
import { knownEvaluations } from '../status/known-evaluations.ts';
import type { KnownHere } from '../status/known-here.ts';
import { leadMs } from './absent-rows.ts';
import { keptSince } from './kept-since.ts';
import { listRows } from './list-rows.ts';
import { runRounds } from './run-rounds.ts';
import { usualAsker } from './usual.ts';

/** What a page shows, milliseconds back. */
const windowMs = 24 * 3_600_000;
/** What is read for that: an export of its beginning may lie further back. */
const readMs = windowMs + leadMs;
/** Rounds after which the dataflows themselves are read again, and what is known of them. @see living.md, L20 */
const flowsEvery = 4;

export type RunsReader = (signal: AbortSignal) => Promise<RunsRound>;

interface Flows {
  readonly all: readonly RunFlow[];
  /** The same as the platform lists them; nothing of one that is not there any more. */
  readonly listed: readonly ListedFlow[];
  readonly isGone: boolean;
}

/** What changes less often than runs do. */
interface Known extends Flows {
  readonly evaluations: EvaluationsRead | undefined;
  readonly here: KnownHere;
  readonly usualOf: ReturnType<typeof usualAsker>;
}

/**
 * Reads the runs of the last 24 h and the exports that have none, of one dataflow or of all, a round with each call: the
 * first reads all of them, each later one what can have changed.
 *
 * @param hereOf - What was done from here, as it is now.
 * @returns what reads; it throws FlowServiceError where a round is not whole, and then nothing of it counts
 */
export function readsRuns(
  client: FlowService,
  flowId: string | undefined,
  hereOf: () => Promise<KnownHere>,
): RunsReader {
  const runs = new Map<string, Run>();
  const usual = new Map<string, number>();
  let count = 0;
  let known: Known | undefined;
  let keptMs: number | undefined;
  let rounds:
    | { readonly ids: string; readonly sinceMs: number; readonly round: ReturnType<typeof runRounds> }
    | undefined;

  async function usualOf(run: Run): Promise<number | undefined> {
    const ms = usual.get(run.id) ?? (await known?.usualOf(run));
    if (ms !== undefined) usual.set(run.id, ms);
    return ms;
  }

  return async (signal) => {
    const calls = client.callCount();
    // What changes seldom is read again with every fourth round.
    const kept = count % flowsEvery === 0 ? undefined : known;
    const flows: Flows = kept ?? (await flowsNow(client, flowId, signal));
    const flowIds = flows.all.map(({ id }) => id);
    const ids = flowIds.toSorted().join();
    // The runs of a dataflow that is new are read from the beginning.
    if (rounds?.ids !== ids) {
      const sinceMs = client.clock().nowMs - readMs;
      rounds = { ids, sinceMs, round: runRounds({ client, flowIds, sinceMs }) };
    }
    const [read, here, evaluations] = await Promise.all([
      rounds.round({ signal }),
      kept ? kept.here : hereOf(),
      kept
        ? kept.evaluations
        : knownEvaluations(client, flows.listed, client.clock().nowMs - readMs, { signal }),
    ]);
    const isNew = ({ id }: Run): boolean => !runs.has(id.toLowerCase());
    known = {
      ...flows,
      here: kept && read.runs.some(isNew) ? await hereOf() : here,
      evaluations,
      usualOf: kept ? kept.usualOf : usualAsker(client),
    };
    const mayRest = turns();
    for (const run of read.runs) runs.set(run.id.toLowerCase(), run);
    count++;
    const { nowMs, offsetMs = 0 } = client.clock();
    for (const [key, { beganMs, isUnderWay }] of runs)
      if (!isUnderWay && beganMs !== undefined && beganMs < nowMs - readMs) runs.delete(key);
    await mayRest();
    const all = [...runs.values()].sort(byBegin);
    await mayRest();
    const rows = await listRows({
      flows: known.all,
      listed: known.listed,
      read: { runs: all, whole: stretches(read, Math.max(rounds.sinceMs, nowMs - readMs)), lacks: [] },
      runs: all.filter(({ beganMs = Infinity, isUnderWay }) => isUnderWay || beganMs >= nowMs - windowMs),
      filter: {},
      usualOf,
      sinceMs: nowMs - windowMs,
      atMs: nowMs,
      keptMs: async () => (keptMs ??= await keptSince(client, all, { signal })),
      evaluations: known.evaluations,
      here: known.here,
    });
    return {
      rows,
      readMs: nowMs,
      offsetMs,
      calls: client.callCount() - calls,
      isGone: known.isGone,
    };
  };
}

/** Rounds leave no gap between them: what all of them read reaches from the first to the last. */
const stretches = ({ whole }: Pick<RunsRead, 'whole'>, fromMs: number): RunsRead['whole'] =>
  new Map([...whole].map(([id, { toMs }]) => [id, { fromMs, toMs }]));

async function flowsNow(
  client: FlowService,
  flowId: string | undefined,
  signal: AbortSignal,
): Promise<Flows> {
  if (flowId === undefined) {
    const listed = await inOne(client.listFlows({ signal }));
    return { all: listed.map(runFlowOf), listed, isGone: false };
  }
  try {
    const { raw } = await readFlow(client, flowId, { signal });
    const listed = listedFlow.parse(raw);
    return { all: [runFlowOf(listed)], listed: [listed], isGone: false };
  } catch (error) {
    if (!(error instanceof FlowMissingError)) throw error;
    const gone = { id: flowId, name: flowId, segments: [], mandatoryFields: [] };
    return { all: [gone], listed: [], isGone: true };
  }
}
