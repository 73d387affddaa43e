import type { Activation } from '../../activation/activation.ts';
import { ofFlow } from '../../activation/of-flow.ts';
import { linkedSet, placeOfSet, type ReadSet } from '../../activation/linked-set.ts';
import type { NamedSet } from '../../activation/change/patch.ts';
import { readEncryption } from '../../activation/content/encryption.ts';
import { isObject, jsonPath, lookUp } from '../../activation/plan/json-path.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { basePath } from '../../activation/requests.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { UnreadableAnswerError } from '../../flow-service/errors.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { isUsableId } from '../../flow-service/sendable.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import type { ApplyServices } from '../services.ts';

/** There is no such dataflow in the sandbox. */
export class FlowMissingError extends Error {
  override readonly name = 'FlowMissingError';
  readonly kind = 'flowMissing';
  readonly id: string;
  /** Other sandboxes that have it. */
  readonly found: readonly string[];
  constructor(id: string, found: readonly string[] = []) {
    super(`there is no dataflow ${id}`);
    this.id = id;
    this.found = found;
  }
}

/** A dataflow that is there, and where it stores. */
export interface Live {
  readonly flow: Flow;
  readonly target?: Connection | undefined;
  /** It was looked for where it stores: it names no place, or that is gone. */
  readonly hasNoTarget?: boolean | undefined;
  /** The mapping set that it names. */
  readonly set?: ReadSet | undefined;
  /** The account that it stores with, where a plan says how files are encrypted, or how it signs in. */
  readonly account?: Connection | undefined;
}

/** What it exports. */
export const activationOf = ({ flow, ...joins }: Live): Activation => ofFlow(flow, joins);

/** Says by name that it is the dataflow that is not there. @throws FlowMissingError, FlowServiceError */
export async function readFlow(client: FlowService, id: string, options: CallOptions): Promise<Flow> {
  try {
    return await client.getFlow(id, options);
  } catch (error) {
    throw (await client.isGone('flows', id, error, options)) ? new FlowMissingError(id) : error;
  }
}

/** Says of a dataflow that is not there where it is. */
export const whereElse =
  (flowId: string, elsewhere: ApplyServices['elsewhere']) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof FlowMissingError)) throw error;
    throw new FlowMissingError(flowId, await elsewhere?.(flowId));
  };

/** Where it stores. @throws FlowServiceError, also of an answer that does not prove that it is gone */
export async function readPlace(
  client: FlowService,
  flow: Pick<Flow, 'targetConnectionIds'>,
  options: CallOptions,
): Promise<Pick<Live, 'target' | 'hasNoTarget'>> {
  const target = await readTarget(client, flow, options);
  return target ? { target } : { hasNoTarget: true };
}

/** Its target connection; nothing when it names none, or that is gone. @throws FlowServiceError */
export const readTarget = async (
  client: FlowService,
  { targetConnectionIds: [id] = [] }: Pick<Flow, 'targetConnectionIds'>,
  options: CallOptions,
): Promise<Connection | undefined> =>
  id === undefined ? undefined : unlessGone(client, 'targetConnections', id, options);

/** The account of a storage location; nothing when it names none, or that is gone. @throws FlowServiceError */
export const readAccount = async (
  client: FlowService,
  target: Pick<Connection, 'baseConnectionId'> | undefined,
  options: CallOptions,
): Promise<Connection | undefined> =>
  target?.baseConnectionId === undefined
    ? undefined
    : unlessGone(client, 'connections', target.baseConnectionId, options);

/** A connection of any kind; nothing when it is proven that it is gone. @throws FlowServiceError */
export async function unlessGone(
  client: FlowService,
  collection: Exclude<Collection, 'flows'>,
  id: string,
  options: CallOptions,
): Promise<Connection | undefined> {
  try {
    return await client.getConnection(collection, id, options);
  } catch (error) {
    if (await client.isGone(collection, id, error, options)) return undefined;
    throw error;
  }
}

/** Whether files would leave unencrypted although a plan wants them encrypted. @see cards.md, section 10 (16) */
export const exportsInClear = ({ destination }: Plan, account: Connection | undefined): boolean =>
  destination.encryption !== undefined && (!account || readEncryption(account) === undefined);

/** The mapping set that a dataflow names, in that version. @throws UnreadableAnswerError where it names no version */
export function setOf(flow: Flow): NamedSet | undefined {
  const linked = linkedSet(flow);
  if (!linked) return undefined;
  const { id, version } = linked;
  if (version !== undefined) return { id, version };
  const path = jsonPath([...placeOfSet(flow), 'mappingVersion']);
  throw new UnreadableAnswerError({ method: 'GET', path: `${basePath}/flows/${flow.id ?? ''}` }, 200, [
    { path, expected: 'integer' },
  ]);
}

/** The mapping set that a dataflow names, in that version; without a line when it is gone. @throws FlowServiceError */
export async function readSet(
  client: FlowService,
  flow: Flow,
  options: CallOptions,
): Promise<ReadSet | undefined> {
  const named = setOf(flow);
  if (!named) return undefined;
  try {
    return await readSetOf(client, named, options);
  } catch (error) {
    if (await client.dataPrep.isGone(named.id, error, options)) return { ...named, lines: [], isGone: true };
    throw error;
  }
}

/** @throws FlowServiceError */
export async function readSetOf(
  client: FlowService,
  { id, version }: NamedSet,
  options: CallOptions,
): Promise<ReadSet> {
  const read = await client.dataPrep.getMappingSet(id, version, options);
  return {
    id,
    version,
    lines: read.mappings.map((line, index) => ({ ...line, raw: lookUp(read.raw, ['mappings', index]) })),
    raw: { ...(isObject(read.raw) ? read.raw : {}), mappings: undefined },
    inputSchemaId: read.inputSchema?.id,
    outputSchemaId: read.outputSchema?.id,
  };
}

/** A dataflow with everything that its plan is held against, beside each other. @throws FlowServiceError */
export async function readLive(
  client: FlowService,
  plan: Plan,
  flow: Flow,
  options: CallOptions,
): Promise<Live> {
  const [place, set] = await Promise.all([
    readPlaceFor(client, plan, flow, options),
    readSet(client, flow, options),
  ]);
  return { flow, ...place, set };
}

/**
 * Where a dataflow stores, and with what account: that is only asked for where a plan says how files are encrypted, or
 * how it signs in. The dataflow says which that is as well; so it is asked for beside the place, which has the last word.
 *
 * @throws FlowServiceError
 */
export async function readPlaceFor(
  client: FlowService,
  { destination, flow: about }: Plan,
  flow: Flow,
  options: CallOptions,
): Promise<Pick<Live, 'target' | 'hasNoTarget' | 'account'>> {
  const place = readPlace(client, flow, options);
  if (!destination.encryption && !(destination.auth && about !== undefined)) return place;
  const said = inheritedAccount(flow);
  const read = said === undefined ? undefined : readAccount(client, { baseConnectionId: said }, options);
  // Where the place names another one, it is of no account.
  read?.catch(() => undefined);
  const { target, hasNoTarget } = await place;
  const isIt = said !== undefined && sameId(said, target?.baseConnectionId ?? '');
  return { target, hasNoTarget, account: await (isIt ? read : readAccount(client, target, options)) };
}

function inheritedAccount({ raw }: Flow): string | undefined {
  const id = lookUp(raw, ['inheritedAttributes', 'targetConnections', 0, 'baseConnection', 'id']);
  return typeof id === 'string' && isUsableId(id) ? id : undefined;
}

/** Other dataflows that store where this one does: what is changed there is changed for them too. */
export async function sharers(
  client: FlowService,
  flowId: string,
  targetId: string,
  options: CallOptions,
): Promise<{ id: string; name?: string | undefined }[]> {
  const found: { id: string; name?: string | undefined }[] = [];
  for await (const page of client.list('flows', [`targetConnectionIds[]==${targetId}`], options))
    for (const { id, name, targetConnectionIds } of page)
      // A service that ignores the filter must not answer for others.
      if (!sameId(id, flowId) && targetConnectionIds?.some((one) => sameId(one, targetId)) === true)
        found.push({ id, name });
  return found;
}
