import { sameId } from '../same-id.ts';
import type { ConnectionSpec, FlowSpec } from '../../flow-service/specs.ts';
import {
  catalog,
  type CatalogDestination,
  documented,
  newerCard,
  type NewerCard,
  profileStoreSpecId,
  successorOf,
} from './catalog.ts';
import type { Plan } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';

/** Which of two cards of one kind a card is, where it is one of those. @see cards.md, section 9 */
export function cardAge(connectionSpecId: string): 'newer' | 'older' | undefined {
  if (newerCard(connectionSpecId)) return 'newer';
  return successorOf(connectionSpecId) ? 'older' : undefined;
}

/** Whether the newer card of its kind is there beside a card. */
export function isReplaced(
  { id }: Pick<ConnectionSpec, 'id'>,
  specs: readonly Pick<ConnectionSpec, 'id'>[],
): boolean {
  const successor = successorOf(id)?.connectionSpecId;
  return successor !== undefined && specs.some((spec) => sameId(spec.id, successor));
}

/**
 * The batch destinations among all connection specs: those that are documented by name, and behind them the
 * older cards whose newer one is there too; then those that call themselves batch destinations and that a flow
 * spec leads to, by name. Sources and streaming destinations are left out.
 *
 * @see flow-service.md, sections 2.1, 2.2 and 4.1; cards.md, section 9
 */
export function batchDestinations(
  specs: readonly ConnectionSpec[],
  flowSpecs: readonly FlowSpec[],
): ConnectionSpec[] {
  const rankOf = (spec: ConnectionSpec): number =>
    documented(spec.id) ? Number(isReplaced(spec, specs)) : 2;
  return specs
    .filter((spec, at) => specs.findIndex(({ id }) => sameId(id, spec.id)) === at)
    .filter(
      (spec) =>
        documented(spec.id) || (callsItselfBatch(spec) && fittingFlowSpecs(flowSpecs, spec.id).length > 0),
    )
    .sort((a, b) => rankOf(a) - rankOf(b) || destinationTitle(a).localeCompare(destinationTitle(b)));
}

/** An older card that the organisation has no more, and the newer one that it has in its place. */
interface MigratedCard {
  readonly older: CatalogDestination;
  readonly newer: NewerCard;
}

/**
 * The older cards that are gone where the newer ones of their kind are there: the organisation was migrated.
 *
 * @see cards.md, section 9
 */
export function migratedCards(specs: readonly Pick<ConnectionSpec, 'id'>[]): MigratedCard[] {
  const isThere = (id: string): boolean => specs.some((spec) => sameId(spec.id, id));
  return catalog.flatMap((older) => {
    const newer = successorOf(older.connectionSpecId);
    if (!newer || isThere(older.connectionSpecId) || !isThere(newer.connectionSpecId)) return [];
    return [{ older, newer }];
  });
}

/**
 * What is wrong with the destination of a plan, held against what the organisation publishes: nothing where
 * its spec is there.
 *
 * @param specs - Connection specs, all of them or those of the plan's destination and its successor.
 */
export function offerProblems(
  { destination }: Plan,
  specs: readonly Pick<ConnectionSpec, 'id'>[],
): Problem[] {
  const { connectionSpecId } = destination;
  if (specs.some(({ id }) => sameId(id, connectionSpecId))) return [];
  const at = '$.destination.connectionSpecId';
  const migrated = migratedCards(specs).find(({ older }) => sameId(older.connectionSpecId, connectionSpecId));
  if (!migrated) return [problem('destination.notOffered', at, { connectionSpecId })];
  const { older, newer } = migrated;
  return [
    problem('destination.migrated', at, {
      name: older.name,
      newer: newer.name,
      newerId: newer.connectionSpecId,
    }),
  ];
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

/** The name people know a destination by: the documented one, then the card's label, then the spec's own. */
export function destinationTitle(spec: ConnectionSpec): string {
  const { label } = uiAttributes(spec);
  return documented(spec.id)?.name ?? (typeof label === 'string' ? label : spec.name);
}
