import type { ListedFlow } from '../flow-service/flows.ts';
import type { ConnectionSpec, FlowSpec } from '../flow-service/specs.ts';
import { isOfDataSets } from './plan-of-flow.ts';
import { sameId } from './same-id.ts';
import { inCatalog, newerCard } from './spec/catalog.ts';
import { batchDestinations, destinationTitle } from './spec/destinations.ts';

/**
 * What a dataflow in a list leads to, by the name that people know it by.
 *
 * @param specs - What the organisation publishes; flow specs are empty where they may not be read.
 * @returns Nothing for a dataflow of data sets, and for one that leads to no batch destination.
 */
export function destinationOf(
  { hasSchedule, sourceSpecId, targetSpecId }: ListedFlow,
  specs: readonly ConnectionSpec[],
  flowSpecs: readonly FlowSpec[],
): string | undefined {
  if (targetSpecId === undefined || isOfDataSets(hasSchedule, sourceSpecId)) return undefined;
  const known = inCatalog(targetSpecId) ?? newerCard(targetSpecId);
  if (known) return known.name;
  const spec = batchDestinations(specs, flowSpecs).find(({ id }) => sameId(id, targetSpecId));
  return spec && destinationTitle(spec);
}

/** Cards that some dataflows lead to and no catalog knows: their specs say how they are called. Each once. */
export const foreignCards = (flows: readonly Pick<ListedFlow, 'targetSpecId'>[]): string[] => [
  ...new Set(
    flows.flatMap(({ targetSpecId: id }) =>
      id === undefined || inCatalog(id) || newerCard(id) ? [] : [id.toLowerCase()],
    ),
  ),
];
