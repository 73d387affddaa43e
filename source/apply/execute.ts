import { sameId } from '../activation/same-id.ts';
import { profileStoreSpecId, inCatalog } from '../activation/catalog.ts';
import { fittingFlowSpecs } from '../activation/destinations.ts';
import { compare, type Report } from '../activation/report.ts';
import type { Plan } from '../activation/plan.ts';
import {
  activationPatch,
  flowBody,
  type ResolvedParams,
  reusedIds,
  sourceBaseConnectionBody,
  sourceConnectionBody,
  targetBaseConnectionBody,
  targetConnectionBody,
} from '../activation/requests.ts';
import type { FlowService } from '../flow-service/client.ts';
import type { Flow } from '../flow-service/flows.ts';
import type { FlowSpec } from '../flow-service/specs.ts';
import type { ApplyEvent, ApplyStep, MadeObjects, Outcome } from './events.ts';
import {
  type CreateStep,
  idOfStep,
  type Journal,
  noJournal,
  type RunState,
  type WriteStep,
} from './journal.ts';
import { Queue } from './queue.ts';
import { untilSettled } from './settle.ts';
import { activate } from './activate.ts';
import { createOnce } from './create-once.ts';
import { Stopped } from './stopped.ts';

/** Where a run can be made to die, for tests. */
export type Checkpoint = 'intended' | 'sent' | 'answered';

export interface ApplyServices {
  client: FlowService;
  /** Auth params with the secrets in clear. */
  authParams: ResolvedParams;
  /** Short id of this run; every object carries it in its description. */
  run: string;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
  /** Takes every write before it is sent and after it is answered. @default nothing is noted */
  journal?: Journal;
  /** What earlier attempts of this run did. */
  earlier?: Pick<RunState, 'made' | 'doubts' | 'isPatched'>;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop?: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort?: AbortSignal;
  /** Longest wait for the platform to take the change in, milliseconds. */
  settleMs?: number;
  /** How long a write whose answer was lost may still turn up, milliseconds. */
  doubtMs?: number;
  /** First pause before a write is tried again, milliseconds; it doubles. */
  retryBaseMs?: number;
  checkpoint?: (point: Checkpoint, step: WriteStep | 'read' | 'settle') => void | Promise<void>;
}

/** The marker in the description of every object of a run. */
export const markerOf = (run: string): string => `ferry run ${run}`;

/** No flow spec fits: the organisation cannot activate to this destination. */
export class NoFlowSpecError extends Error {
  override readonly name = 'NoFlowSpecError';
  readonly kind = 'noFlowSpec';
  readonly connectionSpecId: string;
  constructor(connectionSpecId: string) {
    super(`no flow spec leads from Profile Store to ${connectionSpecId}`);
    this.connectionSpecId = connectionSpecId;
  }
}

/** A connection that the plan wants to use again is one of something else. */
export class ForeignConnectionError extends Error {
  override readonly name = 'ForeignConnectionError';
  readonly kind = 'foreignConnection';
  readonly id: string;
  readonly found: readonly string[];
  readonly connectionSpecId: string;
  constructor(id: string, found: string, connectionSpecId: string) {
    super(`${id} is a connection of ${found}, not of ${connectionSpecId}`);
    this.id = id;
    this.found = [found];
    this.connectionSpecId = connectionSpecId;
  }
}

/**
 * Applies a plan: two chains of writes side by side, then the dataflow, the patch, the wait and the proof.
 *
 * Always ends with one `result` event; failures are events too, the generator itself throws nothing.
 *
 * @see flow-service.md, sections 0, 2.0.3, 2.6 and 5.6
 */
export async function* execute(plan: Plan, services: ApplyServices): AsyncGenerator<ApplyEvent> {
  const queue = new Queue<ApplyEvent>();
  const made: MadeObjects = { ...services.earlier?.made };
  let report: Report | undefined;
  const work = run(plan, services, made, (event) => {
    queue.push(event);
  })
    .then((result): Outcome => {
      report = result;
      return result.isVerified ? 'verified' : 'mismatch';
    })
    .catch((error: unknown): Outcome => (error instanceof Stopped ? 'interrupted' : 'failed'))
    .finally(() => {
      queue.end();
    });
  yield* queue;
  const outcome = await work;
  yield {
    kind: 'result',
    outcome: outcome === 'failed' && services.stop?.aborted === true ? 'interrupted' : outcome,
    run: services.run,
    made,
    ...(made.flowId === undefined ? {} : { flowId: made.flowId }),
    ...(report ? { report } : {}),
  };
}

async function run(
  plan: Plan,
  services: ApplyServices,
  made: MadeObjects,
  tell: (event: ApplyEvent) => void,
): Promise<Report> {
  const { client, clock, stop, abort, journal = noJournal } = services;
  const marker = markerOf(services.run);
  const options = { signal: abort };
  // One chain's failure lets the other finish the call it is in, and no more.
  let isBroken = false;
  const mayGoOn = (): boolean => stop?.aborted !== true && !isBroken;

  async function step<Answer>(
    name: ApplyStep,
    call: () => Promise<Answer>,
    facts: (answer: Answer) => { id?: string; requestId?: string; isReused?: boolean } = () => ({}),
  ): Promise<Answer> {
    if (!mayGoOn()) throw new Stopped();
    const startedAt = clock();
    tell({ kind: 'started', step: name });
    try {
      const answer = await call();
      tell({ kind: 'succeeded', step: name, ms: clock() - startedAt, ...facts(answer) });
      return answer;
    } catch (error) {
      if (!(error instanceof Stopped)) {
        isBroken = true;
        tell({ kind: 'failed', step: name, ms: clock() - startedAt, error });
      }
      throw error;
    }
  }

  async function create(
    name: CreateStep,
    connectionSpecId: string,
    call: () => Promise<{ id: string; requestId?: string | undefined }>,
  ): Promise<string> {
    const key = idOfStep[name];
    const earlier = made[key];
    if (earlier !== undefined) {
      tell({ kind: 'succeeded', step: name, ms: 0, id: earlier, isEarlier: true });
      return earlier;
    }
    const { id } = await step(
      name,
      () => createOnce({ ...services, journal, step: name, marker, connectionSpecId, call, tell, mayGoOn }),
      (answer) => ({
        id: answer.id,
        ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
      }),
    );
    made[key] = id;
    return id;
  }

  const { connectionSpecId } = plan.destination;

  /** What is there already is looked at, never changed, and not this run's to remove. */
  async function reuse(
    name: 'source-base-connection' | 'source-connection' | 'target-base-connection',
    id: string | undefined,
    specId: string,
  ): Promise<void> {
    if (id === undefined) return;
    const collection = name === 'source-connection' ? 'sourceConnections' : 'connections';
    await step(
      name,
      async () => {
        const found = await client.getConnection(collection, id, options);
        const itsSpec = found.connectionSpec?.id ?? specId;
        if (!sameId(itsSpec, specId)) throw new ForeignConnectionError(id, itsSpec, specId);
      },
      () => ({ id, isReused: true }),
    );
  }

  const reused = reusedIds(plan);
  // All of them before the first write: what does not fit must leave nothing behind.
  await allSettledOrThrow([
    reused.sourceConnectionId === undefined
      ? reuse('source-base-connection', reused.sourceBaseConnectionId, profileStoreSpecId)
      : reuse('source-connection', reused.sourceConnectionId, profileStoreSpecId),
    reuse('target-base-connection', reused.targetBaseConnectionId, connectionSpecId),
  ]);

  async function sourceChain(): Promise<string> {
    if (reused.sourceConnectionId !== undefined) return reused.sourceConnectionId;
    const sourceBaseConnectionId =
      reused.sourceBaseConnectionId ??
      (await create('source-base-connection', profileStoreSpecId, () =>
        client.createConnection(sourceBaseConnectionBody(plan, marker), options),
      ));
    return create('source-connection', profileStoreSpecId, () =>
      client.createSourceConnection(sourceConnectionBody(plan, { sourceBaseConnectionId }, marker), options),
    );
  }

  async function targetChain(): Promise<string> {
    const targetBaseConnectionId =
      reused.targetBaseConnectionId ??
      (await create('target-base-connection', connectionSpecId, () =>
        client.createConnection(targetBaseConnectionBody(plan, services.authParams, marker), options),
      ));
    return create('target-connection', connectionSpecId, () =>
      client.createTargetConnection(targetConnectionBody(plan, { targetBaseConnectionId }, marker), options),
    );
  }

  async function flowSpec(): Promise<string> {
    const known = plan.destination.flowSpecId ?? inCatalog(connectionSpecId)?.flowSpecId;
    if (known !== undefined) return known;
    return step(
      'flow-spec',
      async () => pickFlowSpec(await client.listFlowSpecs(options), connectionSpecId),
      (id) => ({ id }),
    );
  }

  const [sourceConnectionId, targetConnectionId, flowSpecId] = await allSettledOrThrow([
    sourceChain(),
    targetChain(),
    flowSpec(),
  ] as const);

  const flowId = await create('flow', connectionSpecId, () =>
    client.createFlow(
      flowBody(plan, { flowSpecId, sourceConnectionId, targetConnectionId }, marker),
      options,
    ),
  );

  const prove = (flow: Flow): Report =>
    compare(plan, flow, { flowSpecId, sourceConnectionId, targetConnectionId });
  const isProven = (flow: Flow): boolean => prove(flow).isVerified;
  async function look(name: 'read' | 'settle'): Promise<Flow> {
    await services.checkpoint?.('intended', name);
    const answering = client.getFlow(flowId, options);
    void services.checkpoint?.('sent', name);
    const flow = await answering;
    await services.checkpoint?.('answered', name);
    return flow;
  }
  const before = await step('read', () => look('read'));
  await step(
    'activate',
    () =>
      activate({
        ...services,
        journal,
        flowId,
        before,
        patch: activationPatch(plan),
        isProven,
        tell,
        mayGoOn,
      }),
    (answer) => (answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  );
  const settled = await step('settle', () =>
    untilSettled({
      read: () => look('settle'),
      isProven,
      before,
      clock,
      tell,
      ...(services.settleMs === undefined ? {} : { settleMs: services.settleMs }),
      ...(stop ? { stop } : {}),
    }),
  );
  // The answer that ended the wait is the read-back: asking once more would say the same.
  return step('validate', async () => {
    const report = prove(settled);
    // A wait that was broken off proves nothing, in neither direction.
    if (!report.isVerified && stop?.aborted === true) throw new Stopped();
    await journal.note({ kind: 'ended', outcome: report.isVerified ? 'verified' : 'mismatch' });
    return report;
  });
}

/** Waits for all, then throws the first real failure, so that no chain is left running unseen. */
async function allSettledOrThrow<Results extends readonly Promise<unknown>[]>(
  promises: Results,
): Promise<{ -readonly [K in keyof Results]: Awaited<Results[K]> }> {
  const settled = await Promise.allSettled(promises);
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const worst = failures.find((error) => !(error instanceof Stopped)) ?? failures[0];
  if (worst !== undefined) throw worst;
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as {
    -readonly [K in keyof Results]: Awaited<Results[K]>;
  };
}

/**
 * The flow spec that leads from Profile Store to a destination; dataset ones are never meant.
 *
 * @throws NoFlowSpecError when the organisation has none.
 * @see flow-service.md, section 2.2
 */
export function pickFlowSpec(flowSpecs: readonly FlowSpec[], connectionSpecId: string): string {
  const [chosen] = fittingFlowSpecs(flowSpecs, connectionSpecId);
  if (!chosen) throw new NoFlowSpecError(connectionSpecId);
  return chosen.id;
}
