import { sameId } from './same-id.ts';
import type { ConnectionSpec, FlowSpec } from '../flow-service/specs.ts';
import { catalog, inCatalog, profileStoreSpecId } from './catalog.ts';

/**
 * The newer cloud storage cards: they take attributes through a mapping set of another service, which
 * ferry does not make.
 *
 * @see flow-service.md, sections 4.1 and 5.5
 */
const newerCards: readonly string[] = [
  '4fce964d-3f37-408f-9778-e597338a21ee',
  '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
  '36965a81-b1c6-401b-99f8-22508f1e6a26',
  'be2c3209-53bc-47e7-ab25-145db8b873e1',
  '10440537-2a7b-4583-ac39-ed38d4b848e8',
  'c5d93acb-ea8b-4b14-8f53-02138444ae99',
];

/**
 * The batch destinations among all connection specs: those of the catalog first and in its order, then
 * those that call themselves batch destinations and that a flow spec leads to, by name. Sources, streaming
 * destinations and the newer cloud storage cards are left out.
 *
 * @see flow-service.md, sections 2.1, 2.2 and 4.1
 */
export function batchDestinations(
  specs: readonly ConnectionSpec[],
  flowSpecs: readonly FlowSpec[],
): ConnectionSpec[] {
  const known = catalog.flatMap(
    (entry) => specs.find((spec) => sameId(spec.id, entry.connectionSpecId)) ?? [],
  );
  const others = specs.filter(
    (spec) =>
      !inCatalog(spec.id) &&
      !newerCards.includes(spec.id.toLowerCase()) &&
      callsItselfBatch(spec) &&
      fittingFlowSpecs(flowSpecs, spec.id).length > 0,
  );
  return [...known, ...others.sort((a, b) => destinationTitle(a).localeCompare(destinationTitle(b)))];
}

/**
 * Flow specs that lead from Profile Store to a destination; the ones for datasets are never meant.
 *
 * @see flow-service.md, section 2.2
 */
export function fittingFlowSpecs(flowSpecs: readonly FlowSpec[], connectionSpecId: string): FlowSpec[] {
  return flowSpecs.filter(
    (spec) =>
      spec.targetConnectionSpecIds.some((id) => sameId(id, connectionSpecId)) &&
      spec.sourceConnectionSpecIds.some((id) => sameId(id, profileStoreSpecId)) &&
      !JSON.stringify(spec.attributes?.['_workflow'] ?? '')
        .toUpperCase()
        .includes('DATASETS'),
  );
}

/** Whether a spec is one of a destination for files, by the signals there are. @see flow-service.md, section 2.1 */
function callsItselfBatch(spec: ConnectionSpec): boolean {
  const own = spec.attributes ?? {};
  const ui = uiAttributes(spec);
  const isDestination = own['isDestination'] === true || ui['isDestination'] === true;
  const frequency = [own['frequency'], ui['frequency']].map((one) => JSON.stringify(one ?? '').toLowerCase());
  if (!isDestination || frequency.some((one) => one.includes('stream'))) return false;
  const category = String(own['category'] ?? ui['category'] ?? '');
  return (
    frequency.some((one) => one.includes('batch')) ||
    ['cloudstorage', 'emailmarketing'].includes(category.replaceAll(/[\s_-]/g, '').toLowerCase())
  );
}

function uiAttributes(spec: ConnectionSpec): Record<string, unknown> {
  const ui = spec.targetSpec?.attributes?.['uiAttributes'];
  return typeof ui === 'object' && ui !== null ? (ui as Record<string, unknown>) : {};
}

/** The name people know a destination by: the catalog's, then the card's label, then the spec's own. */
export function destinationTitle(spec: ConnectionSpec): string {
  const { label } = uiAttributes(spec);
  return inCatalog(spec.id)?.name ?? (typeof label === 'string' ? label : spec.name);
}
