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

/** A dataflow in the table of a sandbox. */
export interface FlowRow extends Pick<ListedFlow, 'id' | 'name' | 'state' | 'updatedMs' | 'segmentCount'> {
  readonly lastRun?: Pick<NonNullable<ListedFlow['lastRun']>, 'state' | 'endedMs'> | undefined;
  readonly destination: string;
  /** When it was missed in a later reading, epoch milliseconds; its place is kept until the table is left. */
  readonly goneMs?: number;
}

/** The most recently changed first; by value, then name, then id, so that rows of one moment never swap. */
export const byLastChange = (one: FlowRow, other: FlowRow): number =>
  (other.updatedMs ?? 0) - (one.updatedMs ?? 0) ||
  (one.name < other.name ? -1 : one.name > other.name ? 1 : 0) ||
  (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

/**
 * A later reading in the order of an earlier one: nothing moves under somebody's hand. What is new comes last, and what
 * is gone keeps its place.
 *
 * @param nowMs - When it was read, epoch milliseconds.
 */
export function inHeldOrder(before: readonly FlowRow[], fresh: readonly FlowRow[], nowMs: number): FlowRow[] {
  const found = new Map(fresh.map((one) => [one.id, one]));
  const held = before.map((one) => found.get(one.id) ?? { ...one, goneMs: one.goneMs ?? nowMs });
  const known = new Set(before.map(({ id }) => id));
  return [...held, ...fresh.filter(({ id }) => !known.has(id)).sort(byLastChange)];
}
