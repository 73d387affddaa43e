import { profileStoreSpecId, inCatalog } from '../activation/catalog.ts';
import { compare, type Report } from '../activation/compare.ts';
import type { Plan } from '../activation/plan.ts';
import {
  activationPatch,
  flowBody,
  type ResolvedParams,
  sourceBaseConnectionBody,
  sourceConnectionBody,
  targetBaseConnectionBody,
  targetConnectionBody,
} from '../activation/requests.ts';
import type { FlowService } from '../flow-service/client.ts';
import { RefusedError } from '../flow-service/errors.ts';
import type { Flow } from '../flow-service/flows.ts';
import type { FlowSpec } from '../flow-service/specs.ts';
import type { ApplyEvent, ApplyStep, MadeObjects, Outcome } from './events.ts';
import { Queue } from './queue.ts';
import { untilSettled } from './settle.ts';

export interface ApplyServices {
  client: FlowService;
  /** Auth params with the secrets in clear. */
  authParams: ResolvedParams;
  /** Short id of this run; every object carries it in its description. */
  run: string;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop?: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort?: AbortSignal;
  /** Longest wait for the platform to take the change in, milliseconds. */
  settleMs?: number;
}

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

/** Ends a chain quietly between two calls. */
class Stopped extends Error {}

/**
 * Applies a plan: two chains of writes side by side, then the dataflow, the patch, the wait and the proof.
 *
 * Always ends with one `result` event; failures are events too, the generator itself throws nothing.
 *
 * @see flow-service.md, sections 0, 2.0.3, 2.6 and 5.6
 */
export async function* execute(plan: Plan, services: ApplyServices): AsyncGenerator<ApplyEvent> {
  const queue = new Queue<ApplyEvent>();
  const made: MadeObjects = {};
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
  const { client, clock, stop, abort } = services;
  const marker = `ferry run ${services.run}`;
  const options = abort ? { signal: abort } : {};
  // One chain's failure lets the other finish the call it is in, and no more.
  let isBroken = false;

  async function step<Answer>(
    name: ApplyStep,
    call: () => Promise<Answer>,
    facts: (answer: Answer) => { id?: string; requestId?: string } = () => ({}),
  ): Promise<Answer> {
    if (stop?.aborted === true || isBroken) throw new Stopped();
    const startedAt = clock();
    tell({ kind: 'started', step: name });
    try {
      const answer = await call();
      tell({ kind: 'succeeded', step: name, ms: clock() - startedAt, ...facts(answer) });
      return answer;
    } catch (error) {
      isBroken = true;
      tell({ kind: 'failed', step: name, ms: clock() - startedAt, error });
      throw error;
    }
  }

  async function create(
    name: ApplyStep,
    key: keyof MadeObjects,
    call: () => Promise<{ id: string; requestId?: string | undefined }>,
  ): Promise<string> {
    const { id } = await step(name, call, (answer) => ({
      id: answer.id,
      ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    }));
    made[key] = id;
    return id;
  }

  async function sourceChain(): Promise<string> {
    const sourceBaseConnectionId = await create('source-base-connection', 'sourceBaseConnectionId', () =>
      client.createConnection(sourceBaseConnectionBody(plan, marker), options),
    );
    return create('source-connection', 'sourceConnectionId', () =>
      client.createSourceConnection(sourceConnectionBody(plan, { sourceBaseConnectionId }, marker), options),
    );
  }

  async function targetChain(): Promise<string> {
    const targetBaseConnectionId = await create('target-base-connection', 'targetBaseConnectionId', () =>
      client.createConnection(targetBaseConnectionBody(plan, services.authParams, marker), options),
    );
    return create('target-connection', 'targetConnectionId', () =>
      client.createTargetConnection(targetConnectionBody(plan, { targetBaseConnectionId }, marker), options),
    );
  }

  async function flowSpec(): Promise<string> {
    const known = plan.destination.flowSpecId ?? inCatalog(plan.destination.connectionSpecId)?.flowSpecId;
    if (known !== undefined) return known;
    return step(
      'flow-spec',
      async () => pickFlowSpec(await client.listFlowSpecs(options), plan.destination.connectionSpecId),
      (id) => ({ id }),
    );
  }

  const [sourceConnectionId, targetConnectionId, flowSpecId] = await allSettledOrThrow([
    sourceChain(),
    targetChain(),
    flowSpec(),
  ] as const);

  const flowId = await create('flow', 'flowId', () =>
    client.createFlow(
      flowBody(plan, { flowSpecId, sourceConnectionId, targetConnectionId }, marker),
      options,
    ),
  );

  const before = await step('read', () => readForPatch(client, flowId, options));
  const patch = activationPatch(plan);
  await step(
    'activate',
    () =>
      client.patchFlow(flowId, before.etag, patch, options).catch(async (error: unknown) => {
        // The service touches new entities itself, so a fresh etag can be stale a moment later: read
        // again, make sure that nobody else filled the dataflow, and repeat once.
        if (!(error instanceof RefusedError) || error.status !== 412) throw error;
        tell({ kind: 'retrying', step: 'activate', attempt: 2, afterMs: 0, why: 'etag' });
        const again = await readForPatch(client, flowId, options);
        if (hasSelectors(again.flow)) throw error;
        return client.patchFlow(flowId, again.etag, patch, options);
      }),
    (answer) => (answer.requestId === undefined ? {} : { requestId: answer.requestId }),
  );

  const prove = (flow: Flow): Report =>
    compare(plan, flow, { flowSpecId, sourceConnectionId, targetConnectionId });
  const settled = await step('settle', () =>
    untilSettled({
      read: () => client.getFlow(flowId, options),
      isProven: (flow) => prove(flow).isVerified,
      before: before.flow,
      clock,
      tell,
      ...(services.settleMs === undefined ? {} : { settleMs: services.settleMs }),
      ...(stop ? { stop } : {}),
    }),
  );
  // The answer that ended the wait is the read-back: asking once more would say the same.
  return step('validate', () => Promise.resolve(prove(settled)));
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

async function readForPatch(
  client: FlowService,
  flowId: string,
  options: { signal?: AbortSignal },
): Promise<{ flow: Flow; etag: string }> {
  const flow = await client.getFlow(flowId, options);
  return { flow, etag: flow.etag ?? '' };
}

const hasSelectors = (flow: Flow): boolean =>
  flow.transformations.some(
    ({ params }) =>
      (params?.segmentSelectors?.selectors.length ?? 0) > 0 ||
      (params?.profileSelectors?.selectors.length ?? 0) > 0,
  );

/**
 * The flow spec that leads from Profile Store to a destination; dataset ones are never meant.
 *
 * @throws NoFlowSpecError when the organisation has none.
 * @see flow-service.md, section 2.2
 */
export function pickFlowSpec(flowSpecs: readonly FlowSpec[], connectionSpecId: string): string {
  const lower = (ids: readonly string[]): string[] => ids.map((id) => id.toLowerCase());
  const fitting = flowSpecs.filter(
    (spec) =>
      lower(spec.targetConnectionSpecIds).includes(connectionSpecId.toLowerCase()) &&
      lower(spec.sourceConnectionSpecIds).includes(profileStoreSpecId) &&
      !JSON.stringify(spec.attributes?.['_workflow'] ?? '')
        .toUpperCase()
        .includes('DATASETS'),
  );
  const [chosen] = fitting;
  if (!chosen) throw new NoFlowSpecError(connectionSpecId);
  return chosen.id;
}
