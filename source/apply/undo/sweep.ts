import { sameId } from '../../activation/same-id.ts';
import { idOfStep, type ObjectStep } from '../../activation/steps.ts';
import type { Collection } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { agoMs } from '../journal/steady.ts';
import { FlowMissingError, readFlow } from '../live/live.ts';
import { carries, collectionOf, ownOf } from '../once/find-again.ts';
import { likenessOf } from '../once/likeness.ts';
import { type Shelves, stepOf, usageOf, usersOf } from '../once/single.ts';
import { broughtIn } from './brought-in.ts';
import { specOf } from './doubtful.ts';
import { removeEach, removeObject } from './remove.ts';
import type { Keeping } from './undo-events.ts';
import type { Undoing } from './undoing.ts';

/** The dataflow first, then what it stands on. @see flow-service.md, section 0 */
export const order: readonly ObjectStep[] = [
  'flow',
  'target-connection',
  'source-connection',
  'target-base-connection',
  'source-base-connection',
];

/** Those that something may stand on. */
const usersOn: Partial<Record<ObjectStep, readonly Collection[]>> = {
  'target-connection': ['flows'],
  'source-connection': ['flows'],
  'target-base-connection': ['targetConnections', 'sourceConnections'],
  'source-base-connection': ['targetConnections', 'sourceConnections'],
};

/** An object that is younger may not be seen by every part of the platform yet, milliseconds. */
const youngMs = 10 * 60_000;

/**
 * Removes of a step what is known of it and what carries the marker, and before that what carries it and stands on that.
 */
export function sweepStep(step: ObjectStep, known: readonly string[], undoing: Undoing): Promise<string[]> {
  const users = usersOn[step] ?? [];
  const before = order.slice(0, order.indexOf(step));
  const steps = [...before.filter((one) => users.includes(collectionOf[one])), step];
  return sweep(steps, users, undoing, known);
}

/** Removes of every step what carries the marker. @returns what was there */
export const sweepAll = (undoing: Undoing): Promise<string[]> => sweep(order, [], undoing);

/**
 * Removes of some steps what carries the marker, in their order: what stands on something goes before that.
 *
 * @param known - Of the last of them what is known without a marker.
 * @returns What was there.
 */
async function sweep(
  steps: readonly ObjectStep[],
  users: readonly Collection[],
  undoing: Undoing,
  known: readonly string[] = [],
): Promise<string[]> {
  const { gone } = undoing;
  const { seen, all } = await look([...steps.map((step) => collectionOf[step]), ...users], undoing);
  const swept = new Set<string>();
  for (const step of steps) {
    const marked = await markedOf(step, all[collectionOf[step]] ?? [], undoing);
    const ids = new Set([...(step === steps.at(-1) ? known : []), ...marked.map(({ id }) => id)]);
    // A list may show for a while what is gone.
    const left = [...ids].filter((id) => !gone.has(id) && !swept.has(id));
    await removeEach(left, async (id, onRefused) => {
      if (undoing.mayGoOn()) await remove(step, id, seen, undoing, onRefused);
      else undoing.keep(step, id);
    });
    for (const id of left) swept.add(id);
  }
  return [...swept];
}

/**
 * What there is, on all pages; a collection that could not be looked through is told and left out.
 *
 * @returns `seen`: those that were read to their end. `all`: what was read of each.
 */
async function look(
  collections: readonly Collection[],
  undoing: Undoing,
): Promise<{ seen: Partial<Shelves>; all: Partial<Shelves> }> {
  const { client, abort } = undoing.search;
  const seen: Partial<Shelves> = {};
  const all: Partial<Shelves> = {};
  await Promise.all(
    [...new Set(collections)].map(async (collection) => {
      const found = (all[collection] = [] as Connection[]);
      try {
        for await (const page of client.list(collection, [], { signal: abort })) found.push(...page);
        seen[collection] = found;
      } catch (error) {
        const step = order.find((one) => collectionOf[one] === collection) ?? 'flow';
        undoing.failToList(collection, step, error);
      }
    }),
  );
  return { seen, all };
}

async function markedOf(
  step: ObjectStep,
  rows: readonly Connection[],
  undoing: Undoing,
): Promise<Connection[]> {
  const { state, search, gone } = undoing;
  const collection = collectionOf[step];
  const some = rows.filter((one) => !gone.has(one.id) && stepOf(collection, one) === step);
  try {
    return await ownOf(some, collection, { ...search, isAlike: likenessOf(step, state.plan, state.made) });
  } catch (error) {
    undoing.failToLook(step, error);
    return some.filter((one) => carries(one, search.marker));
  }
}

async function remove(
  step: ObjectStep,
  id: string,
  seen: Partial<Shelves>,
  undoing: Undoing,
  onRefused: () => void,
): Promise<void> {
  const { state, services, clock, gone, kept } = undoing;
  if (gone.has(id) || kept.has(id)) return;
  const isSecond = state.made[idOfStep[step]] !== id;
  const { now = Date.now } = services;
  // A clock on the wall may have been set since.
  const age = agoMs(state.madeSince?.[step]) ?? Math.abs(now() - (state.madeMs[step] ?? 0));
  try {
    const staying = await reasonToKeep(step, id, seen, undoing);
    if (staying) {
      undoing.keep(step, id, staying);
      return;
    }
    const removal = await removeObject({
      ...services,
      clock,
      collection: collectionOf[step],
      id,
      isYoung: !isSecond && age < youngMs,
      onRefused,
      tell: (event) => undoing.tell({ ...event, step, id }),
    });
    if (removal.kind === 'stays') {
      const { reason, why } = removal;
      undoing.keep(step, id, { reason, why });
      return;
    }
    await undoing.removed(step, id, { wasGone: removal.wasGone, ...(isSecond ? { isSecond } : {}) });
  } catch (error) {
    undoing.fail(step, id, error);
  }
}

/** Why it is not to be removed; nothing where it may be. */
async function reasonToKeep(
  step: ObjectStep,
  id: string,
  seen: Partial<Shelves>,
  undoing: Undoing,
): Promise<Keeping | undefined> {
  const { state, gone } = undoing;
  if (step === 'flow') {
    const flow = await flowOrNothing(id, undoing);
    const became = sameId(state.made.flowId ?? '', id) ? state.became : undefined;
    const theirs = flow ? broughtIn(state.plan, became, flow) : [];
    return theirs.length > 0 ? { reason: 'changed', why: theirs.join(', ') } : undefined;
  }
  if (usersOn[step]?.some((collection) => seen[collection] === undefined) === true)
    return { reason: 'notLooked', why: '' };
  // A list may show for a while what is gone.
  const users = usersOf(id, seen).filter((one) => !gone.has(one.id));
  const named = users.map(({ id: of, name = '' }) => (name === '' ? of : `${name} (${of})`));
  if (named.length > 0) return { reason: 'used', why: named.join(', ') };
  const { flows = [], targetConnections = [], sourceConnections = [] } = seen;
  const shelves = { flows, targetConnections, sourceConnections, connections: [] };
  const usage = usageOf({ id, connectionSpec: { id: specOf(step, state) } }, collectionOf[step], shelves);
  return usage === 'unknown' ? { reason: 'notLooked', why: '' } : undefined;
}

async function flowOrNothing(id: string, { search }: Undoing): Promise<Flow | undefined> {
  const { client, abort, stop } = search;
  try {
    return await readFlow(client, id, { signal: abort, stop });
  } catch (error) {
    if (error instanceof FlowMissingError) return undefined;
    throw error;
  }
}
