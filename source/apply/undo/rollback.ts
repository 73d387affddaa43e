import type { Plan } from '../../activation/plan/plan.ts';
import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import {
  type CreateStep,
  type DocumentStep,
  documentSteps,
  idOfStep,
  isDocument,
  type ObjectStep,
} from '../../activation/steps.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { StoredSchema } from '../../flow-service/data-prep.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { isProvenUndone, leftOf, usualDoubtMs } from '../once/doubt.ts';
import { carries, collectionOf, findAgain, findMarked, ownOf } from '../once/find-again.ts';
import type { Journal, RunOutcome } from '../journal/journal.ts';
import type { RunState } from '../journal/run-state.ts';
import { findDocument, findDocuments } from '../once/find-document.ts';
import { likenessOf, UnmarkedError } from '../once/likeness.ts';
import { FlowMissingError, readFlow } from '../live.ts';
import { markerOf } from '../marker.ts';
import { type Shelves, usageOf, usersOf } from '../once/single.ts';
import { agoMs } from '../journal/steady.ts';
import { Queue } from '../queue.ts';
import { broughtIn } from './brought-in.ts';
import { putBack } from './put-back.ts';
import { type Removal, removeEach, type RemovalEvent, removeObject } from './remove.ts';

/**
 * Why an object stays. `notTried`: something before it stood in the way. `notTaken`: the platform has not put it back.
 * `unowned`: it was refused and then found as it was wanted, nobody knows by whom. `notSeen`: what was sent does not show, and may still come. `used`: something else stands on it. `changed`: others
 * have put something into it. `notLooked`: nobody knows what stands on it.
 */
export type KeptReason =
  | Extract<Removal, { kind: 'stays' }>['reason']
  | 'notTried'
  | 'notTaken'
  | 'notSeen'
  | 'unowned'
  | 'used'
  | 'changed'
  | 'notLooked';

/** The dataflow, and where it stores. */
type Restored = 'change' | 'location';

/** What an undo is told of. `columns`: the next version of a mapping set, which nobody can remove. */
type UndoStep = CreateStep | Restored | 'columns';
type Step = { step: UndoStep };

/**
 * What happens while a run is undone. `why` is what the platform says about an object that stays, what uses it, or
 * what others have put into it. `isSecond`: it carries the marker of the run, and the journal does not know it.
 */
export type RollbackEvent =
  | { kind: 'removed'; step: CreateStep; id: string; wasGone: boolean; isSecond?: boolean }
  | { kind: 'absent'; step: CreateStep }
  /** The platform offers nobody to remove it, or a version of it alone; nothing exports through it. */
  | { kind: 'left'; step: DocumentStep | 'columns'; id: string }
  /** What was there before a change is there again. */
  | { kind: 'restored'; step: Restored; id: string }
  | { kind: 'kept'; step: UndoStep; id: string; reason: KeptReason; why: string }
  /** Without an id: the collection could not be looked through. */
  | { kind: 'failed'; step: UndoStep; id: string; error: unknown }
  | (RemovalEvent & Step & { id: string })
  | (Step & { kind: 'waiting'; about: 'doubt' | 'busy'; mostMs: number; id?: string | undefined })
  | {
      kind: 'result';
      /** `notRolledBack`: it was refused before anything was undone, and the run is what it was. */
      outcome: Extract<RunOutcome, 'rolledBack' | 'partlyRolledBack'> | 'notRolledBack';
      kept: number;
      /** How many of the dataflow and its storage location are not as they were. */
      notBack?: number;
      left?: number;
    };

export interface RollbackServices {
  client: FlowService;
  journal: Journal;
  /** Milliseconds that only ever grow. @default performance.now */
  clock?: () => number;
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop?: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort?: AbortSignal;
  doubtMs?: number;
  unseenMs?: number;
  retryBaseMs?: number;
  /** Longest wait until a removed object is gone, milliseconds. */
  goneMs?: number;
  /** Longest wait for the platform to come to an end with a dataflow, milliseconds. */
  settleMs?: number;
}

/** A run that has applied a plan. */
export type PlanRun = Extract<RunState, { plan: Plan }>;

/** The dataflow first, then what it stands on. @see flow-service.md, section 0 */
const order: readonly ObjectStep[] = [
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

/** How often the collections are looked through once everything known is gone, at most. */
const mostSweeps = 3;

/**
 * Removes what a run made, and nothing else: what its journal knows, and whatever carries its marker. Before each one
 * it is looked whether others have begun to use it: a dataflow that they have put something into stays, and so does
 * whatever something else stands on. An object of which nobody knows whether it was made is looked for first, as long
 * as it may still turn up. Each one is asked for until the platform says that it is gone; in the end every collection
 * is looked through once more, and only when nothing carries the marker the run is undone.
 *
 * What a mapping set was made of cannot be removed, nor a version of one: it is named. Ends with one `result` event; what stays is named
 * before.
 */
export async function* rollback(state: PlanRun, services: RollbackServices): AsyncGenerator<RollbackEvent> {
  const queue = new Queue<RollbackEvent>();
  const work = undo(state, services, (event) => {
    queue.push(event);
  }).finally(() => {
    queue.end();
  });
  // Told when it is awaited.
  work.catch(() => undefined);
  yield* queue;
  await work;
}

async function undo(
  state: PlanRun,
  services: RollbackServices,
  tell: (event: RollbackEvent) => void,
): Promise<void> {
  const { client, stop, abort, doubtMs = usualDoubtMs } = services;
  const { clock = () => performance.now(), now = Date.now } = services;
  const marker = markerOf(state.run);
  const search = { client, marker, clock, stop, abort };
  let hasUndone = false;
  let isReopened = false;
  const journal: Journal = {
    note(note) {
      hasUndone ||= note.kind === 'removed' || note.kind === 'restored' || note.kind === 'doubtful';
      isReopened ||= note.kind === 'intent';
      return services.journal.note(note);
    },
  };
  const gone = new Set<string>();
  let leftBehind = 0;
  const kept = new Set<string>();
  let isBroken = false;
  let isLookedThrough = true;
  const unread = new Set<Collection>();
  const mayGoOn = (): boolean => !isBroken && stop?.aborted !== true;

  function tellCounted(event: RollbackEvent): void {
    if (event.kind === 'left') leftBehind++;
    tell(event);
  }

  function fail(step: CreateStep, id: string, error: unknown): void {
    const isUnmarked = error instanceof UnmarkedError;
    if (!isUnmarked && !isFlowServiceError(error)) throw error;
    hasUndone ||= !isUnmarked && error.method === 'DELETE' && !isProvenUndone(error);
    tell({ kind: 'failed', step, id, error });
    if (isUnmarked) return;
    // Only a refusal or a list may be about this one; whoever has no token or no connection gets no further.
    if (error.kind === 'incomplete') return;
    if (error.kind !== 'refused' || error.status === 401) isBroken = true;
  }

  /** The connection spec of what a step makes. */
  const specOf = (step: CreateStep): string =>
    step === 'source-base-connection' || step === 'source-connection'
      ? profileStoreSpecId
      : state.plan.destination.connectionSpecId;

  /** Why it is not to be removed; nothing where it may be. */
  async function reasonToKeep(
    step: ObjectStep,
    id: string,
    seen: Partial<Shelves>,
  ): Promise<{ reason: KeptReason; why: string } | undefined> {
    if (step === 'flow') {
      const flow = await flowOrNothing(id);
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
    const usage = usageOf({ id, connectionSpec: { id: specOf(step) } }, collectionOf[step], shelves);
    return usage === 'unknown' ? { reason: 'notLooked', why: '' } : undefined;
  }

  async function flowOrNothing(id: string): Promise<Flow | undefined> {
    try {
      return await readFlow(client, id, { signal: abort, stop });
    } catch (error) {
      if (error instanceof FlowMissingError) return undefined;
      throw error;
    }
  }

  async function remove(
    step: ObjectStep,
    id: string,
    seen: Partial<Shelves>,
    onRefused: () => void,
  ): Promise<void> {
    if (gone.has(id) || kept.has(id)) return;
    const isSecond = state.made[idOfStep[step]] !== id;
    // A clock on the wall may have been set since.
    const age = agoMs(state.madeSince?.[step]) ?? Math.abs(now() - (state.madeMs[step] ?? 0));
    try {
      const staying = await reasonToKeep(step, id, seen);
      if (staying) {
        kept.add(id);
        tell({ kind: 'kept', step, id, ...staying });
        return;
      }
      const removal = await removeObject({
        ...services,
        clock,
        collection: collectionOf[step],
        id,
        isYoung: !isSecond && age < youngMs,
        onRefused,
        tell: (event) => tell({ ...event, step, id }),
      });
      if (removal.kind === 'stays') {
        hasUndone ||= removal.reason !== 'refused';
        kept.add(id);
        tell({ kind: 'kept', step, id, reason: removal.reason, why: removal.why });
        return;
      }
      gone.add(id);
      await journal.note({ kind: 'removed', step, id });
      tell({
        kind: 'removed',
        step,
        id,
        wasGone: removal.wasGone,
        ...(isSecond ? { isSecond } : {}),
      });
    } catch (error) {
      kept.add(id);
      fail(step, id, error);
    }
  }

  /** What there is, on all pages; a collection that could not be looked through is told and left out. */
  async function look(
    collections: readonly Collection[],
  ): Promise<{ seen: Partial<Shelves>; all: Partial<Shelves> }> {
    const seen: Partial<Shelves> = {};
    const all: Partial<Shelves> = {};
    await Promise.all(
      [...new Set(collections)].map(async (collection) => {
        const found = (all[collection] = [] as Connection[]);
        try {
          for await (const page of client.list(collection, [], { signal: abort })) found.push(...page);
          seen[collection] = found;
        } catch (error) {
          isLookedThrough = false;
          if (unread.has(collection)) return;
          unread.add(collection);
          fail(order.find((step) => collectionOf[step] === collection) ?? 'flow', '', error);
        }
      }),
    );
    return { seen, all };
  }

  /**
   * Removes of some steps what carries the marker, in their order: what stands on something goes before that.
   *
   * @param known - Of the last of them what is known without a marker.
   * @returns What was there.
   */
  async function sweep(
    steps: readonly ObjectStep[],
    users: readonly Collection[],
    known: readonly string[] = [],
  ): Promise<string[]> {
    const { seen, all } = await look([...steps.map((step) => collectionOf[step]), ...users]);
    const swept = new Set<string>();
    for (const step of steps) {
      const marked = await markedOf(step, all[collectionOf[step]] ?? []);
      const ids = new Set([...(step === steps.at(-1) ? known : []), ...marked.map((one) => one.id)]);
      // A list may show for a while what is gone.
      const left = [...ids].filter((id) => !gone.has(id) && !swept.has(id));
      await removeEach(left, async (id, onRefused) => {
        if (mayGoOn()) await remove(step, id, seen, onRefused);
        else keep(step, id);
      });
      for (const id of left) swept.add(id);
    }
    return [...swept];
  }

  async function markedOf(step: ObjectStep, rows: readonly Connection[]): Promise<Connection[]> {
    const isAlike = likenessOf(step, state.plan, state.made);
    const some = rows.filter(
      ({ id, connectionSpec }) => !gone.has(id) && stepOf(connectionSpec?.id, step) === step,
    );
    try {
      return await ownOf(some, collectionOf[step], { ...search, isAlike });
    } catch (error) {
      isLookedThrough = false;
      fail(step, '', error);
      return some.filter((one) => carries(one, marker));
    }
  }

  /** What a write without a proven end has made. */
  async function doubtful(step: CreateStep): Promise<string[]> {
    const leftMs = leftOf(step, state, doubtMs);
    if (state.doubts[step] === undefined && leftMs === 0) return [];
    try {
      const id = await findAgain(
        {
          ...search,
          untilMs: clock() + leftMs,
          onWait: (mostMs) => tell({ kind: 'waiting', step, about: 'doubt', mostMs }),
        },
        (isOver) =>
          isDocument(step)
            ? findDocument(step, { ...search, isOver, plan: state.plan, made: state.made })
            : findMarked({
                ...search,
                isOver,
                step,
                connectionSpecId: specOf(step),
                isAlike: likenessOf(step, state.plan, state.made),
              }),
      );
      if (id === undefined && stop?.aborted === true) return [];
      await journal.note(
        id === undefined ? { kind: 'absent', step } : { kind: 'made', step, id, isFound: true },
      );
      if (id === undefined) tell({ kind: 'absent', step });
      else state.made[idOfStep[step]] = id;
      return id === undefined ? [] : [id];
    } catch (error) {
      isLookedThrough = false;
      fail(step, '', error);
      return [];
    }
  }

  if (state.plan.flow !== undefined) {
    const { notBack, isSeen } = state.found
      ? await putBack(state, state.found, { ...services, journal }, tellCounted)
      : { notBack: 0, isSeen: true };
    isLookedThrough &&= isSeen;
    await documents(notBack === 0);
    await end(notBack + kept.size === 0 && isLookedThrough, notBack + kept.size, notBack);
    return;
  }

  for (const [at, step] of order.entries()) {
    const made = state.made[idOfStep[step]];
    const known = made === undefined && mayGoOn() ? await doubtful(step) : made === undefined ? [] : [made];
    const users = usersOn[step] ?? [];
    const steps = order.slice(0, at + 1).filter((one) => one === step || users.includes(collectionOf[one]));
    if (mayGoOn()) await sweep(steps, users, known);
    else for (const id of known) keep(step, id);
  }

  /** The mapping set, once no dataflow names it; what it was made of is only named. */
  async function documents(isUnused: boolean): Promise<void> {
    const certain: [DocumentStep, string[]][] = [];
    for (const step of documentSteps) {
      const id = state.made[idOfStep[step]];
      const ids = id === undefined && mayGoOn() ? await doubtful(step) : [id].flatMap((one) => one ?? []);
      certain.push([step, ids]);
    }
    let reading: Promise<readonly StoredSchema[]> | undefined;
    const schemas = (): Promise<readonly StoredSchema[]> => (reading ??= allSchemas());
    const known: [DocumentStep, string[]][] = [];
    for (const [step, ids] of certain) {
      const isSent = state.sent.has(step) || ids.length > 0;
      const others = isSent && mayGoOn() ? await furtherOf(step, schemas) : [];
      known.unshift([step, [...new Set([...ids, ...others])]]);
    }
    for (const [step, ids] of known)
      for (const id of ids) {
        if (step !== 'mapping-set') leave(step, id);
        else if (mayGoOn() && isUnused) await removeSet(id);
        else keep(step, id);
      }
  }

  async function allSchemas(): Promise<readonly StoredSchema[]> {
    const all: StoredSchema[] = [];
    for await (const page of client.dataPrep.listSchemas({ signal: abort })) all.push(...page);
    return all;
  }

  /** Whatever else the run has made of a step: a write may have been acted upon twice. */
  async function furtherOf(
    step: DocumentStep,
    schemas: () => Promise<readonly StoredSchema[]>,
  ): Promise<readonly string[]> {
    try {
      const { ids, unknown } = await findDocuments(step, { ...search, ...state, schemas });
      if (unknown.length === 0) return ids;
      throw new UnmarkedError(unknown, marker);
    } catch (error) {
      isLookedThrough = false;
      fail(step, '', error);
      return [];
    }
  }

  function leave(step: DocumentStep, id: string): void {
    tellCounted({ kind: 'left', step, id });
  }

  async function removeSet(id: string): Promise<void> {
    const step = 'mapping-set';
    try {
      const removal = await client.dataPrep.removeMappingSet(id, { signal: abort, stop });
      if (removal === 'notOffered') {
        leave(step, id);
        return;
      }
      gone.add(id);
      await journal.note({ kind: 'removed', step, id });
      tell({ kind: 'removed', step, id, wasGone: removal === 'alreadyGone' });
    } catch (error) {
      kept.add(id);
      fail(step, id, error);
    }
  }

  function keep(step: CreateStep, id: string): void {
    kept.add(id);
    tell({ kind: 'kept', step, id, reason: 'notTried', why: '' });
  }

  let left: string[] = [];
  for (let time = 1; time <= mostSweeps && mayGoOn() && isLookedThrough; time++) {
    left = await sweep(order, []);
    if (left.every((id) => kept.has(id))) break;
  }
  await documents(kept.size === 0);
  const isLeft = left.some((id) => !kept.has(id));
  const isWhole = kept.size === 0 && mayGoOn() && isLookedThrough && !isLeft;
  await end(isWhole, kept.size);

  async function end(isUndone: boolean, count: number, notBack = 0): Promise<void> {
    const outcome = isUndone ? 'rolledBack' : hasUndone ? 'partlyRolledBack' : 'notRolledBack';
    if (outcome !== 'notRolledBack') await journal.note({ kind: 'ended', outcome });
    // What was asked for and refused leaves the run as it was.
    else if (isReopened && state.outcome) await journal.note({ kind: 'ended', outcome: state.outcome });
    const parts = {
      ...(notBack === 0 ? {} : { notBack }),
      ...(leftBehind === 0 ? {} : { left: leftBehind }),
    };
    tell({ kind: 'result', outcome, kept: count, ...parts });
  }
}

/** Which of the two kinds of base connection one is; the other collections hold one kind only. */
function stepOf(connectionSpecId: string | undefined, step: ObjectStep): ObjectStep {
  if (collectionOf[step] !== 'connections') return step;
  const isSource = connectionSpecId !== undefined && sameId(connectionSpecId, profileStoreSpecId);
  return isSource ? 'source-base-connection' : 'target-base-connection';
}
