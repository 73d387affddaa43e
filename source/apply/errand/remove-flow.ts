import { sameId } from '../../activation/same-id.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { ObjectStep, Errand, RemovedObject } from '../journal/journal.ts';
import { readFlow } from '../live.ts';
import { collectionOf } from '../once/find-again.ts';
import { lookThrough, type Shelves, type Use, usageOf } from '../once/single.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';
import { removeObject } from '../undo/remove.ts';
import { NotTakenError } from './switch-state.ts';

/** How long a dataflow may take until it is gone, milliseconds: its segments are taken out of it first. */
const usualGoneMs = 10 * 60_000;

/** A connection of a dataflow, and whether anything but that dataflow uses it. */
export interface Fate extends RemovedObject {
  readonly name: string | undefined;
  readonly use: Use;
}

/** What a dataflow stands on, and what of it nothing else uses: the storage location, the source, then the accounts. */
export async function fatesOf(client: FlowService, flow: Flow, options: CallOptions): Promise<Fate[]> {
  const shelves = await lookThrough(client, options);
  const own = (list: readonly Connection[], ids: readonly string[] = []): Connection[] =>
    list.filter(({ id }) => ids.some((one) => sameId(one, id)));
  const [targets, sources] = [
    own(shelves.targetConnections, flow.targetConnectionIds),
    own(shelves.sourceConnections, flow.sourceConnectionIds),
  ];
  const bases = (list: readonly Connection[]): Connection[] =>
    own(
      shelves.connections,
      list.flatMap(({ baseConnectionId }) => baseConnectionId ?? []),
    );
  let left = { ...shelves, flows: shelves.flows.filter(({ id }) => !sameId(id, flow.id ?? '')) };
  const fates: Fate[] = [];
  for (const [step, list] of [
    ['target-connection', targets],
    ['source-connection', sources],
    ['target-base-connection', bases(targets)],
    ['source-base-connection', bases(sources)],
  ] as const) {
    for (const { id, name } of list) {
      const collection = collectionOf[step];
      const use = usageIn(left, collection, id);
      fates.push({ step, id, name, use });
      if (use !== 'none') continue;
      left = { ...left, [collection]: left[collection].filter((one) => !sameId(one.id, id)) };
    }
  }
  return fates;
}

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
