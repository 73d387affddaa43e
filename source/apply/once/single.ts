import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { carries, ownOf } from './find-again.ts';
import { likenessOf } from './likeness.ts';
import type { ObjectStep } from '../../activation/steps.ts';
import { removeEach, removeObject } from '../undo/remove.ts';
import type { Applying } from '../steps.ts';
import { Stopped } from '../stopped.ts';

/** There are more of a run's objects than it needs, and they cannot be removed safely. */
export class DoubledError extends Error {
  override readonly name = 'DoubledError';
  readonly kind = 'doubled';
  /** Collection and id of each. */
  readonly found: readonly string[];
  constructor(found: readonly string[]) {
    super(`made twice: ${found.join(', ')}`);
    this.found = found;
  }
}

/** What uses something comes before it. */
const collections = ['flows', 'targetConnections', 'sourceConnections', 'connections'] as const;

export type Shelves = Record<Collection, Connection[]>;

/**
 * Sees to it that there is exactly one of each object of a run. A second one is removed when it carries the marker
 * of the run, nothing uses it, and, of a dataflow, nothing is in it.
 *
 * @returns How many were removed.
 * @throws DoubledError that names those that stay; FlowServiceError when not everything could be looked through;
 *   Stopped.
 */
export async function leaveOne(applying: Applying): Promise<number> {
  const { client, plan, marker, made, journal, tell, stop, abort } = applying;
  const own = new Set<string>(Object.values(made));
  const shelves = await lookThrough(client, { signal: abort, stop });
  const stays: string[] = [];
  let removed = 0;
  for (const collection of collections) {
    const seconds = await ownOf(
      shelves[collection].filter(({ id }) => !own.has(id)),
      collection,
      { client, marker, abort, isAlike: (one) => likenessOf(stepOf(collection, one), plan, made)(one) },
    );
    const there = new Set<string>();
    await removeEach(seconds, async (one, onRefused) => {
      if (stop?.aborted === true) throw new Stopped();
      const isFree =
        usageOf(one, collection, shelves) === 'none' && (collection !== 'flows' || (await isEmpty(one.id)));
      const removal = isFree
        ? await removeObject({
            ...applying,
            collection,
            id: one.id,
            isYoung: true,
            onRefused,
            tell: (event) => {
              if (event.kind === 'retrying') tell({ ...event, step: 'single' });
            },
          })
        : undefined;
      if (removal?.kind !== 'gone') {
        there.add(one.id);
        return;
      }
      await journal.note({ kind: 'removed', step: stepOf(collection, one), id: one.id });
      removed++;
      shelves[collection] = shelves[collection].filter(({ id }) => id !== one.id);
    });
    stays.push(...seconds.filter(({ id }) => there.has(id)).map(({ id }) => `${collection} ${id}`));
  }
  if (stays.length > 0) throw new DoubledError(stays);
  return removed;

  async function isEmpty(flowId: string): Promise<boolean> {
    const { transformations } = await client.getFlow(flowId, { signal: abort, stop });
    return transformations.every(
      ({ params }) =>
        (params?.segmentSelectors?.selectors ?? []).length === 0 &&
        (params?.profileSelectors?.selectors ?? []).length === 0,
    );
  }
}

/** Pages of a collection that a glance reads at most: those of a sandbox hold a few hundred objects. */
const mostGlances = 100;

/**
 * Whether there is a second object of a run, on whatever page of its list. Runs beside other calls, ends with the first
 * that is found, and proves nothing where it finds none: a service may list late, or not at all.
 */
export async function glanceForSecond({ client, marker, made, abort, stop }: Applying): Promise<boolean> {
  const own = new Set<string>(Object.values(made));
  let isFound = false;
  const glance = async (collection: Collection): Promise<void> => {
    let pages = 0;
    for await (const page of client.list(collection, [], { signal: abort, stop })) {
      isFound ||= page.some((one) => carries(one, marker) && !own.has(one.id));
      if (isFound || ++pages === mostGlances || stop?.aborted === true) return;
    }
  };
  // One that cannot be read says nothing of the others.
  await Promise.allSettled(collections.map(glance));
  return isFound;
}

/** Everything there is, on all pages: what is used is not only used by this run. */
export async function lookThrough(client: FlowService, options: CallOptions): Promise<Shelves> {
  const all = async (collection: Collection): Promise<Connection[]> => {
    const found = new Map<string, Connection>();
    for await (const page of client.list(collection, [], options))
      for (const one of page) found.set(one.id, one);
    return [...found.values()];
  };
  const [flows, targetConnections, sourceConnections, connections] = await Promise.all(collections.map(all));
  return {
    flows: flows ?? [],
    targetConnections: targetConnections ?? [],
    sourceConnections: sourceConnections ?? [],
    connections: connections ?? [],
  };
}

/** Whether something else stands on an object. `unknown`: something may, and does not say. */
export type Use = 'none' | 'used' | 'unknown';

/** What everything else says of standing on an object; what does not say all of it may stand on any of its kind. */
export function usageOf(
  { id, connectionSpec }: Pick<Connection, 'id' | 'connectionSpec'>,
  collection: Collection,
  { flows, targetConnections, sourceConnections }: Shelves,
): Use {
  const others = [...flows, ...targetConnections, ...sourceConnections].filter((one) => !sameId(one.id, id));
  if (others.some((one) => standsOn(one, id))) return 'used';
  const may = others.filter(({ isUnsure }) => isUnsure === true);
  switch (collection) {
    case 'flows':
      return 'none';
    case 'targetConnections':
    case 'sourceConnections':
      return may.some((one) => flows.includes(one)) ? 'unknown' : 'none';
    case 'connections':
      // A connection and its account are of one spec.
      return may.some((one) => !flows.includes(one) && mayBeAlike(one.connectionSpec, connectionSpec))
        ? 'unknown'
        : 'none';
  }
}

/** Whether an entity says, in whatever place, that it stands on another. */
export const standsOn = (
  { sourceConnectionIds = [], targetConnectionIds = [], baseConnectionId = '', mentions = [] }: Connection,
  id: string,
): boolean =>
  [...sourceConnectionIds, ...targetConnectionIds, baseConnectionId, ...mentions].some((one) =>
    sameId(one, id),
  );

/** Whether two are of one spec, as far as they say. */
export const mayBeAlike = (one: Connection['connectionSpec'], other: Connection['connectionSpec']): boolean =>
  one === undefined || other === undefined || sameId(one.id, other.id);

/** What says of itself that it stands on it. A source connection without an account reads back its own id for one. */
export const usersOf = (
  id: string,
  { flows = [], targetConnections = [], sourceConnections = [] }: Partial<Shelves>,
): Connection[] =>
  [...flows, ...targetConnections, ...sourceConnections].filter(
    (one) => !sameId(one.id, id) && standsOn(one, id),
  );

/** The step that makes such an object. */
export function stepOf(collection: Collection, { connectionSpec }: Connection): ObjectStep {
  switch (collection) {
    case 'flows':
      return 'flow';
    case 'sourceConnections':
      return 'source-connection';
    case 'targetConnections':
      return 'target-connection';
    case 'connections':
      return connectionSpec !== undefined && sameId(connectionSpec.id, profileStoreSpecId)
        ? 'source-base-connection'
        : 'target-base-connection';
  }
}
