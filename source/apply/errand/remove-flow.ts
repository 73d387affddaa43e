import { isObject, lookUp } from '../../activation/plan/json-path.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { isUsableId } from '../../flow-service/sendable.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { Errand, RemovedObject } from '../journal/errands.ts';
import type { ObjectStep } from '../../activation/steps.ts';
import { readFlow, unlessGone } from '../live/live.ts';
import { collectionOf } from '../once/find-again.ts';
import { lookThrough, type Shelves, type Use, usageOf } from '../once/single.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';
import { removeObject } from '../undo/remove.ts';
import { NotTakenError } from './switch-state.ts';

/** How long a dataflow may take until it is gone, milliseconds: its segments are taken out of it first. */
const usualGoneMs = 10 * 60_000;

/**
 * A connection of a dataflow, and what else is known of it. `gone`: it is not there any more. `unread`: nobody could read
 * it. `unnamed`: the dataflow has one whose id cannot be read.
 */
export interface Fate extends RemovedObject {
  readonly name: string | undefined;
  readonly use: Use | 'gone' | 'unread' | 'unnamed';
}

/**
 * What a dataflow stands on, and what of it nothing else uses: the storage location, the source, then the accounts. What
 * a list leaves out is read by itself; a list that is known to leave something out tells of no account that nothing else
 * uses it.
 */
export async function fatesOf(client: FlowService, flow: Flow, options: CallOptions): Promise<Fate[]> {
  const shelves = await lookThrough(client, options);
  let left = { ...shelves, flows: shelves.flows.filter(({ id }) => !sameId(id, flow.id ?? '')) };
  let isWhole = true;
  const fates: Fate[] = [];
  const judged = async (step: ObjectStep, ids: readonly string[]): Promise<Connection[]> => {
    const collection = collectionOf[step] as Exclude<Collection, 'flows'>;
    const there: Connection[] = [];
    for (const id of distinct(ids)) {
      const listed = shelves[collection].find((one) => sameId(one.id, id));
      const found = listed ?? (await readAlone(client, collection, id, options));
      if (found === 'gone' || found === 'unread') {
        fates.push({ step, id, name: undefined, use: found });
        continue;
      }
      there.push(found);
      const said = usageOf(found, collection, left);
      const use = said === 'none' && !isWhole && collection === 'connections' ? 'unknown' : said;
      fates.push({ step, id, name: found.name, use });
      if (use === 'none')
        left = { ...left, [collection]: left[collection].filter((one) => !sameId(one.id, id)) };
      if (!listed && collection !== 'connections') isWhole = false;
    }
    return there;
  };
  const targets = await judged('target-connection', flow.targetConnectionIds ?? []);
  const sources = await judged('source-connection', flow.sourceConnectionIds ?? []);
  const bases = (list: readonly Connection[]): string[] =>
    list.flatMap(({ id, baseConnectionId }) =>
      // A source connection without an account reads back its own id for one.
      baseConnectionId === undefined || sameId(baseConnectionId, id) ? [] : [baseConnectionId],
    );
  await judged('target-base-connection', bases(targets));
  await judged('source-base-connection', bases(sources));
  if (hasUnnamed(flow)) fates.push({ step: 'target-connection', id: '', name: undefined, use: 'unnamed' });
  return fates;
}

const distinct = (ids: readonly string[]): string[] =>
  ids.filter((id, at) => ids.findIndex((one) => sameId(one, id)) === at);

async function readAlone(
  client: FlowService,
  collection: Exclude<Collection, 'flows'>,
  id: string,
  options: CallOptions,
): Promise<Connection | 'gone' | 'unread'> {
  try {
    return (await unlessGone(client, collection, id, options)) ?? 'gone';
  } catch (error) {
    if (!isFlowServiceError(error)) throw error;
    return 'unread';
  }
}

/** Whether a list of its connections holds something that is no id. */
function hasUnnamed({ raw }: Flow): boolean {
  return ['sourceConnectionIds', 'targetConnectionIds'].some((name) => {
    const listed = lookUp(raw, [name]);
    return Array.isArray(listed) && listed.some((one) => idOf(one) === undefined);
  });
}

const idOf = (value: unknown): unknown => {
  const id = isObject(value) ? value['id'] : value;
  return typeof id === 'string' && isUsableId(id) ? id : undefined;
};

/** What is said of an object that stands in the lists, or should. */
const usageIn = (shelves: Shelves, collection: Collection, id: string): Use =>
  usageOf(shelves[collection].find((one) => sameId(one.id, id)) ?? { id }, collection, shelves);

/**
 * Removes a dataflow, waits until the platform says that it is gone, and removes those of its connections that were
 * named and that nothing uses. Whatever an earlier attempt has removed is gone already.
 *
 * @throws FlowMissingError, FlowServiceError, NotTakenError, JournalError, Stopped
 * @see manage.md, section 4.3
 */
export async function remove(working: Working, errand: Extract<Errand, { kind: 'remove' }>): Promise<void> {
  const {
    client,
    step,
    tell,
    journal,
    checkpoint,
    abort,
    stop,
    earlier,
    clock,
    goneMs = usualGoneMs,
  } = working;
  const options = { signal: abort, stop };
  const begun = earlier !== undefined;
  if (!begun) await step('read', () => readFlow(client, errand.flowId, options));

  async function take(what: ObjectStep, id: string): Promise<void> {
    if (!working.mayGoOn()) throw new Stopped();
    await journal.note({ kind: 'intent', step: 'remove' });
    await checkpoint?.('intended', 'remove');
    const removing = removeObject({
      client,
      collection: collectionOf[what],
      id,
      isYoung: false,
      clock,
      goneMs,
      stop,
      abort,
      retryBaseMs: working.retryBaseMs,
      tell(event) {
        if (event.kind === 'retrying') tell({ ...event, step: `remove-${what}` });
        else tell({ kind: 'waiting', step: `remove-${what}`, about: event.about, mostMs: event.mostMs });
      },
    });
    void checkpoint?.('sent', 'remove');
    const removal = await removing;
    await checkpoint?.('answered', 'remove');
    if (removal.kind === 'stays') {
      if (removal.reason === 'interrupted') throw new Stopped();
      if (removal.reason === 'refused') throw removal.error;
      throw new NotTakenError(id, 'DELETE');
    }
    await journal.note({ kind: 'removed', step: what, id });
  }

  await step(
    'remove-flow',
    () => take('flow', errand.flowId),
    () => ({ id: errand.flowId }),
  );
  for (const { step: what, id } of errand.connections) {
    await step(
      `remove-${what}`,
      async () => {
        // Somebody may have begun to use it since it was asked for.
        const use = usageIn(await lookThrough(client, options), collectionOf[what], id);
        if (use === 'none') await take(what, id);
        return use;
      },
      (use) => (use === 'none' ? { id } : { id, isReused: true }),
    );
  }
  await journal.note({ kind: 'ended', outcome: 'verified' });
}
