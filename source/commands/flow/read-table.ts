import { nextExport, type TableFlow } from '../../activation/flow-table.ts';
import { foreignCards } from '../../activation/listed-flows.ts';
import { inCatalog, newerCard } from '../../activation/spec/catalog.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { type FlowServiceError, IncompleteListError, isFlowServiceError } from '../../flow-service/errors.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import { mostIds } from '../../flow-service/read-runs.ts';
import { inChunks } from '../../ground/in-chunks.ts';
import { addressOf } from '../../pages/ending/place-text.ts';

/** The dataflows of a sandbox with what they lead to, and what of that could not be read. */
export interface FlowTable {
  readonly rows: readonly TableFlow[];
  /** Ids stand for it: a reason for each kind of what is joined. */
  readonly lacks: readonly FlowServiceError[];
  /** There may be more than came. */
  readonly cut?: IncompleteListError | undefined;
}

/**
 * All dataflows to destinations, in few calls: a page for a hundred of them, and one for forty locations and for forty
 * accounts; the names of destinations that are in no catalog in one.
 *
 * @throws FlowServiceError where the dataflows themselves cannot be read
 * @see manage.md, sections 1.1 to 1.3
 */
export async function readTable(client: FlowService): Promise<FlowTable> {
  const flows: ListedFlow[] = [];
  let cut: IncompleteListError | undefined;
  try {
    for await (const page of client.listFlows()) flows.push(...page);
  } catch (error) {
    // What came is shown before it is said that there may be more.
    if (!(error instanceof IncompleteListError) || flows.length === 0) throw error;
    cut = error;
  }
  const lacks: FlowServiceError[] = [];
  const orNone = async <Item>(reading: Promise<Item[]>): Promise<Item[]> => {
    try {
      return await reading;
    } catch (error) {
      if (!isFlowServiceError(error) || error.kind === 'cancelled') throw error;
      lacks.push(error);
      return [];
    }
  };
  const idsOf = (read: (flow: ListedFlow) => string | undefined): string[] => [
    ...new Set(flows.flatMap((flow) => read(flow)?.toLowerCase() ?? [])),
  ];
  const joined = (collection: 'connections' | 'targetConnections', ids: readonly string[]) =>
    orNone(byIds(client, collection, ids));
  const foreign = foreignCards(flows);
  const [targets, accounts, specs] = await Promise.all([
    joined(
      'targetConnections',
      idsOf(({ targetId }) => targetId),
    ),
    joined(
      'connections',
      idsOf(({ baseId }) => baseId),
    ),
    foreign.length === 0 ? [] : orNone(client.getConnectionSpecs(foreign)),
  ]);
  const [targetOf, accountOf, specOf] = [byId(targets), byId(accounts), byId(specs)];
  const { nowMs } = client.clock();
  return {
    lacks,
    cut,
    rows: flows.map((flow): TableFlow => {
      const { targetSpecId = '', targetId, baseId } = flow;
      const known = inCatalog(targetSpecId) ?? newerCard(targetSpecId) ?? specOf(targetSpecId);
      const account = accountOf(baseId);
      const params = targetOf(targetId)?.params;
      return {
        flow,
        destination: known?.name ?? targetSpecId,
        account: baseId === undefined ? undefined : { id: baseId, name: account?.name },
        location: params && addressOf({ connectionSpecId: targetSpecId, location: params }),
        next: nextExport(flow, nowMs),
      };
    }),
  };
}

const byId = <Item extends { id: string }>(list: readonly Item[]) => {
  const known = new Map(list.map((one) => [one.id.toLowerCase(), one]));
  return (id: string | undefined): Item | undefined => known.get(id?.toLowerCase() ?? '');
};

async function byIds(
  client: FlowService,
  collection: 'connections' | 'targetConnections',
  ids: readonly string[],
): Promise<Connection[]> {
  const found: Connection[] = [];
  for (const some of inChunks(ids, mostIds))
    found.push(...(await inOne(client.list(collection, [`id==${some.join(',')}`]))));
  return found;
}
