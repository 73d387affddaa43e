import type { ConnectionSpec } from '../flow-service/specs.ts';
import { catalog, inCatalog } from './catalog.ts';

/**
 * The batch destinations among all connection specs: those of the catalog first and in its order. Sources,
 * streaming destinations and the newer cloud storage cards (another way to map attributes) are left out.
 *
 * @see flow-service.md, sections 2.1 and 4.1
 */
export function batchDestinations(specs: readonly ConnectionSpec[]): ConnectionSpec[] {
  return catalog.flatMap((entry) => specs.find((spec) => sameEntry(spec, entry.connectionSpecId)) ?? []);
}

const sameEntry = (spec: ConnectionSpec, id: string): boolean => spec.id.toLowerCase() === id;

/** The name people know a destination by: the catalog's, then the card's label, then the spec's own. */
export function destinationTitle(spec: ConnectionSpec): string {
  const ui = spec.targetSpec?.attributes?.['uiAttributes'];
  const label = typeof ui === 'object' && ui !== null && 'label' in ui ? ui.label : undefined;
  return inCatalog(spec.id)?.name ?? (typeof label === 'string' ? label : spec.name);
}
