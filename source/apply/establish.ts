import { documented, profileStoreSpecId } from '../activation/spec/catalog.ts';
import { fittingFlowSpecs } from '../activation/spec/destinations.ts';
import type { NamedSet } from '../activation/change/patch.ts';
import {
  flowBody,
  linesOf,
  sourceBaseConnectionBody,
  sourceConnectionBody,
  targetConnectionBody,
} from '../activation/requests.ts';
import { reusedIds, stepsToMake, takesSet } from '../activation/steps.ts';
import { reusedProblems } from '../activation/findings/platform-rules.ts';
import { sameId } from '../activation/same-id.ts';
import type { Connection } from '../flow-service/connections.ts';
import type { FlowSpec } from '../flow-service/specs.ts';
import { PlanRefusedError } from './check/plan-refused.ts';
import { namesakesOf } from './check/doubles.ts';
import { checkPlatform } from './check/platform-check.ts';
import { accountFor } from './account.ts';
import { makeObject } from './once/make.ts';
import { newSet } from './mapping-set.ts';
import { allSettledOrThrow, type Applying, untold } from './steps.ts';

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

/** The dataflow, and what it stands on. */
interface Established {
  readonly flowId: string;
  readonly flowSpecId: string;
  readonly sourceConnectionId: string;
  readonly targetConnectionId: string;
  /** What has the columns, where the card keeps them in a mapping set. */
  readonly set?: NamedSet;
  /** The account as it was read back, where files are to be encrypted. */
  readonly account?: Connection;
  /** The dataflows that were called so before; nothing where another one is wanted, it was made earlier, or nobody could look. */
  readonly before?: ReadonlySet<string>;
}

/**
 * Makes an empty dataflow and what it stands on: two chains of creates side by side, beside them the look-up of
 * its flow spec, then the dataflow. A mapping set is made beside all of them, as only the patch needs it. What is to be
 * used again is looked at before anything is made.
 *
 * @throws ForeignConnectionError, PlanRefusedError, NoFlowSpecError, FlowServiceError, JournalError, Stopped
 * @see flow-service.md, sections 0 and 2.2; cards.md, section 1
 */
export async function establish(applying: Applying): Promise<Established> {
  // All of it before the first write: what does not fit must leave nothing behind. A run that has written was checked.
  const isFirst = (applying.earlier?.sent.size ?? 0) === 0;
  const { plan, client, made, abort, stop } = applying;
  const [, flowSpecs, before] = await allSettledOrThrow([
    lookAtReused(applying),
    isFirst ? untold(applying, () => checkPlatform(applying)) : Promise.resolve(undefined),
    // Whoever may not look makes it all the same.
    applying.isOnly === true && made.flowId === undefined
      ? namesakesOf(plan, client, { signal: abort, stop }).catch(() => undefined)
      : Promise.resolve(undefined),
  ] as const);
  const [flow, set] = await allSettledOrThrow([
    flowOn(applying, flowSpecs),
    takesSet(plan) ? newSet(applying, linesOf(plan)) : Promise.resolve(undefined),
  ] as const);
  return { ...flow, ...(set ? { set } : {}), ...(before ? { before } : {}) };
}

/** The dataflow, after what it stands on. */
async function flowOn(
  applying: Applying,
  flowSpecs: readonly FlowSpec[] | undefined,
): Promise<Omit<Established, 'set' | 'before'>> {
  const [sourceConnectionId, { id: targetConnectionId, account }, flowSpecId] = await allSettledOrThrow([
    sourceChain(applying),
    targetChain(applying),
    findFlowSpec(applying, flowSpecs),
  ] as const);
  const { client, plan, marker, abort } = applying;
  const known = { flowSpecId, sourceConnectionId, targetConnectionId };
  const flowId = await makeObject(applying, 'flow', plan.destination.connectionSpecId, () =>
    client.createFlow(flowBody(plan, known, marker), { signal: abort }),
  );
  return { flowId, ...known, ...(account ? { account } : {}) };
}

/** What is there already is looked at, never changed, and not this run's to remove. */
async function lookAtReused({ plan, client, step, abort, stop }: Applying): Promise<void> {
  const reused = reusedIds(plan);
  async function look(
    name: 'source-base-connection' | 'source-connection' | 'target-base-connection',
    id: string | undefined,
    specId: string,
  ): Promise<void> {
    if (id === undefined) return;
    const collection = name === 'source-connection' ? 'sourceConnections' : 'connections';
    await step(
      name,
      async () => {
        const found = await client.getConnection(collection, id, { signal: abort, stop });
        const itsSpec = found.connectionSpec?.id ?? specId;
        if (!sameId(itsSpec, specId)) throw new ForeignConnectionError(id, itsSpec, specId);
        const problems = reusedProblems(found, pathOf[name]);
        if (problems.length > 0) throw new PlanRefusedError(problems);
      },
      () => ({ id, isReused: true }),
    );
  }
  await allSettledOrThrow([
    reused.sourceConnectionId === undefined
      ? look('source-base-connection', reused.sourceBaseConnectionId, profileStoreSpecId)
      : look('source-connection', reused.sourceConnectionId, profileStoreSpecId),
    look('target-base-connection', reused.targetBaseConnectionId, plan.destination.connectionSpecId),
  ]);
}

/** Where a plan names what is to be used again. */
const pathOf = {
  'source-base-connection': '$.source.baseConnectionId',
  'source-connection': '$.source.sourceConnectionId',
  'target-base-connection': '$.destination.baseConnectionId',
};

/** @returns id of the source connection */
async function sourceChain(applying: Applying): Promise<string> {
  const { plan, client, marker, abort } = applying;
  const reused = reusedIds(plan);
  if (reused.sourceConnectionId !== undefined) return reused.sourceConnectionId;
  const sourceBaseConnectionId =
    reused.sourceBaseConnectionId ??
    (stepsToMake(plan).includes('source-base-connection')
      ? await makeObject(applying, 'source-base-connection', profileStoreSpecId, () =>
          client.createConnection(sourceBaseConnectionBody(plan, marker), { signal: abort }),
        )
      : undefined);
  return makeObject(applying, 'source-connection', profileStoreSpecId, () =>
    client.createSourceConnection(
      sourceConnectionBody(
        plan,
        sourceBaseConnectionId === undefined ? {} : { sourceBaseConnectionId },
        marker,
      ),
      { signal: abort },
    ),
  );
}

/** @returns id of the target connection, and its account as it was read back where files are to be encrypted. */
async function targetChain(applying: Applying): Promise<{ id: string; account?: Connection | undefined }> {
  const { plan, client, marker, abort } = applying;
  const { connectionSpecId } = plan.destination;
  const { id: targetBaseConnectionId, account } = await accountFor(applying);
  const id = await makeObject(applying, 'target-connection', connectionSpecId, () =>
    client.createTargetConnection(targetConnectionBody(plan, { targetBaseConnectionId }, marker), {
      signal: abort,
    }),
  );
  return { id, ...(account ? { account } : {}) };
}

/** @param listed - Nothing where they could not be read, or have not been. */
async function findFlowSpec(
  { plan, client, step, abort, stop }: Applying,
  listed: readonly FlowSpec[] | undefined,
): Promise<string> {
  const { connectionSpecId, flowSpecId } = plan.destination;
  if (flowSpecId !== undefined) return flowSpecId;
  const known = documented(connectionSpecId)?.flowSpecId;
  if (known !== undefined && (listed?.some(({ id }) => sameId(id, known)) ?? true)) return known;
  return step(
    'flow-spec',
    async () =>
      pickFlowSpec(listed ?? (await client.listFlowSpecs({ signal: abort, stop })), connectionSpecId),
    (id) => ({ id }),
  );
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
