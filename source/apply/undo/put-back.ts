import type { Activation, Item, List, Segment } from '../../activation/activation.ts';
import { ofFlow } from '../../activation/of-flow.ts';
import { setLink } from '../../activation/linked-set.ts';
import { type Change, changesOf } from '../../activation/change/changes.ts';
import { merge } from '../../activation/change/merge.ts';
import type { NamedSet } from '../../activation/change/patch.ts';
import { firstVersion } from '../../activation/requests.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import { type Flow, readAgain } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { foundOf } from '../live/found.ts';
import type { ChangeStep, Found, PatchStep } from '../journal/journal.ts';
import { passedMs } from '../journal/steady.ts';
import { activationOf, FlowMissingError, type Live, readFlow, readTarget, setOf } from '../live/live.ts';
import { ConflictError, courseOf, type ToDo, toDo } from '../live/course.ts';
import { versionWith } from '../mapping-set.ts';
import { leftOf, usualDoubtMs } from '../once/doubt.ts';
import { findAgain, type Waiting } from '../once/find-again.ts';
import { FlowBusyError, readQuiet } from '../once/quiet.ts';
import { patchOnce, type Patching } from '../once/patch-once.ts';
import { type Patched, silentMs, untilSettled } from '../once/settle.ts';
import { Stopped } from '../stopped.ts';
import type { PlanRun, RollbackServices } from './rollback.ts';
import type { RollbackEvent } from './undo-events.ts';

/** A patch that was answered, and does not show that long after, was never taken in, milliseconds. */
const usualSettleMs = 300_000;

/**
 * Puts back what a change has found, and what others have changed since stays. Where they have changed the same,
 * nothing is put back at all: half an undo is worse than none. So it is where a change that was answered does not
 * show yet: it is waited for as an apply does, and what may still come is not called undone. What was refused and then
 * found as it was wanted, by nobody knows whom, is named and left.
 *
 * @returns How many of the two, dataflow and storage location, are not as they were; whether all that may still come
 *   was seen, or waited for.
 */
export async function putBack(
  state: PlanRun,
  kept: Found,
  services: RollbackServices,
  tell: (event: RollbackEvent) => void,
): Promise<{ notBack: number; isSeen: boolean }> {
  const { client, journal, stop, abort, clock = () => performance.now() } = services;
  const { settleMs = usualSettleMs } = services;
  const options = { signal: abort, stop };
  const steps = ['change', 'location'] as const;
  const open = new Set(steps.filter((step) => state.written.has(step)));
  const unowned = steps.filter((step) => state.unowned?.has(step) === true);
  let isSeen = true;
  const flowId = state.plan.flow ?? foundOf(kept).flow.id ?? '';
  const targetId = kept.target?.id;
  const look = (): Promise<Flow> =>
    readQuiet(
      () => readFlow(client, flowId, options),
      'change',
      { ...services, clock },
      ({ mostMs }) => tell({ kind: 'waiting', step: 'change', about: 'busy', mostMs, id: flowId }),
    );
  const lookAtTarget = async (): Promise<Connection> => {
    const target = await readTarget(client, { targetConnectionIds: [targetId ?? ''] }, options);
    if (!target) throw new FlowMissingError(targetId ?? '');
    return target;
  };
  const base = {
    journal,
    clock,
    ...(stop ? { stop } : {}),
    ...(services.doubtMs === undefined ? {} : { doubtMs: services.doubtMs }),
    ...(services.retryBaseMs === undefined ? {} : { retryBaseMs: services.retryBaseMs }),
    mayGoOn: () => stop?.aborted !== true,
    // A write of which nobody knows is waited for as long as it may still come.
    earlier: { ...state, patched: new Set<PatchStep>() },
    tell: (event: Parameters<Parameters<typeof patchOnce>[0]['tell']>[0]) => {
      if (event.kind === 'retrying' && isOfUndo(event.step)) tell({ ...event, step: event.step, id: flowId });
      if (event.kind === 'waiting' && event.about === 'doubt' && isOfUndo(event.step))
        tell({ ...event, about: 'doubt', step: event.step, id: flowId });
    },
  };
  for (const step of unowned) {
    const id = step === 'change' ? flowId : (targetId ?? '');
    tell({ kind: 'kept', step, id, reason: 'unowned', why: '' });
  }
  const notBack = (): number => open.size + unowned.length;
  try {
    const { was, forth, back } = waysOf(state, kept);
    // The version before is there still: naming it again is the whole way back, and no set is written to.
    const former = setOf(was.flow);
    const later = await madeSet(state, was, forth, client, options, {
      untilMs: clock() + leftOf('columns', state, services.doubtMs ?? usualDoubtMs),
      clock,
      stop,
      onWait: (mostMs) => tell({ kind: 'waiting', step: 'columns', about: 'doubt', mostMs }),
    });
    if (stop?.aborted === true) throw new Stopped();
    const ways: Way[] = [];
    // Both are looked at before either is written.
    if (open.has('change'))
      ways.push(
        await wayOf<Flow>({
          step: 'change',
          id: flowId,
          was: was.flow,
          look,
          next: (now) => back.nextOfFlow(now, { from: later, to: former }),
          hasCome: (now) => forth.isInFlow(now, { from: former, to: later }),
          isBack: (now) => back.isInFlow(now, { from: later, to: former }),
          lacking: back.lackingInFlow,
          send: (etag, patch) => client.patchFlow(flowId, etag, patch, options),
        }),
      );
    if (open.has('location')) {
      const { id } = await lookAtTarget();
      ways.push(
        await wayOf<Connection>({
          step: 'location',
          id,
          was: was.target ?? {},
          look: lookAtTarget,
          next: back.nextOfTarget,
          hasCome: forth.isInTarget,
          isBack: back.isInTarget,
          lacking: back.lackingInTarget,
          send: (etag, patch) => client.patchConnection('targetConnections', id, etag, patch, options),
        }),
      );
    }
    const unseen = ways.filter(({ isSeen }) => !isSeen);
    for (const { step, id } of unseen) tell({ kind: 'kept', step, id, reason: 'notSeen', why: '' });
    if (unseen.length > 0) return { notBack: notBack(), isSeen };
    for (const way of ways) await way.go();
    leave(state.madeVersion ?? (state.sent.has('columns') && !state.named ? later : undefined));
  } catch (error) {
    isSeen = false;
    const [step = 'columns'] = open;
    if (error instanceof Stopped) tell({ kind: 'kept', step, id: flowId, reason: 'notTried', why: '' });
    else if (error instanceof ConflictError)
      tell({
        kind: 'failed',
        step,
        id: flowId,
        error: new ConflictError(flowId, error.conflicts, 'undoing'),
      });
    else if (isFlowServiceError(error) || isToTell(error)) tell({ kind: 'failed', step, id: flowId, error });
    else throw error;
  }
  return { notBack: notBack(), isSeen };

  /** Of a set that others may use only the whole could be removed. */
  function leave(version: NamedSet | undefined): void {
    if (version && state.made.mappingSetId === undefined && notBack() === 0)
      tell({ kind: 'left', step: 'columns', id: setLink(version) });
  }

  /** Reads it, once what was answered has shown; says whether it can be put back, and refuses what cannot. */
  async function wayOf<Of extends Flow | Connection>(restoring: Restoring<Of>): Promise<Way> {
    const { step, id, was, look: read, next, hasCome } = restoring;
    const isAwaited = state.patched.has(step) && passedMs(state.patchedSince?.[step]) < settleMs;
    const before = isAwaited
      ? await settled(step, id, { read, isProven: hasCome, before: was })
      : await read();
    if (isAwaited && stop?.aborted === true) throw new Stopped();
    // The very version that the change was sent over.
    const isSeen = !isAwaited || hasCome(before) || before.etag !== was.etag;
    if (isSeen) next(before);
    return { step, id, isSeen, go: () => restore(restoring, before) };
  }

  async function restore<Of extends Flow | Connection>(restoring: Restoring<Of>, before: Of): Promise<void> {
    const { step, id, look: read, next, hasCome, isBack, send } = restoring;
    const patching = { ...base, step, before, look: read, next, hasCome, send };
    await patchOnce<Of>({ ...patching, done: 'restored', isTaken: () => false });
    const now = await settled(step, id, { read, isProven: isBack, before });
    if (isBack(now)) {
      open.delete(step);
      tell({ kind: 'restored', step, id });
    } else tell({ kind: 'kept', step, id, reason: 'notTaken', why: restoring.lacking(now).join(', ') });
  }

  /** As long as an apply waits for its own change. */
  function settled<Of extends Flow | Connection>(
    step: ChangeStep,
    id: string,
    reading: Pick<Parameters<typeof untilSettled<Of>>[0], 'read' | 'isProven' | 'before'>,
  ): Promise<Of> {
    let isTold = false;
    return untilSettled<Of>({
      ...reading,
      clock,
      settleMs,
      ...(stop ? { stop } : {}),
      tell() {
        if (!isTold)
          tell({ kind: 'waiting', step, about: 'unseen', mostMs: Math.min(silentMs, settleMs), id });
        isTold = true;
      },
    });
  }
}

/**
 * The way that a change went, from what its patch came over, and the way back. What others had done before it came
 * is none of the change, also where they did the same; what is to go again must be what became of the patch.
 *
 * @throws ConflictError
 */
function waysOf(
  state: PlanRun,
  kept: Found,
): { was: Live; before: Activation; became: Activation; forth: ToDo; back: ToDo } {
  const { plan, since, isPruned, over = {} } = state;
  const begun = foundOf(kept);
  const { found, aimed } = courseOf({ plan, since, extras: isPruned ? 'prune' : 'keep' }, begun);
  const was: Live = {
    ...begun,
    ...(over.flow === undefined ? {} : { flow: readAgain(over.flow) }),
    ...(over.target === undefined ? {} : { target: over.target }),
  };
  const before = activationOf(was);
  const sent = merge(found, before, aimed);
  if (sent.kind === 'conflict') throw new ConflictError(plan.flow ?? '', sent.conflicts);
  const became = readBack(sent.activation, state.became);
  return { was, before, became, forth: toDo(was, before, became), back: toDo(was, became, before) };
}

/**
 * What an undo of a change puts back, by its journal alone: of a dataflow and its storage location what was written.
 * Nothing where the journal tells of none, or where what it tells of cannot be put back.
 *
 * @throws Nothing.
 */
export function takenBack(state: PlanRun): Change[] {
  if (state.found === undefined) return [];
  try {
    const { before, became } = waysOf(state, state.found);
    return changesOf(before, before, became).filter(({ path }) =>
      state.written.has(path.startsWith('$.destination') ? 'location' : 'change'),
    );
  } catch (error) {
    // Whoever undoes it is told.
    if (error instanceof ConflictError) return [];
    throw error;
  }
}

/** What was sent as it was read back, so that a stranger's change of it is seen; of the rest nothing is known. */
function readBack(sent: Activation, became: unknown): Activation {
  const read = became === undefined ? undefined : ofFlow(readAgain(became));
  const values = (ours: List<Item>, theirs: List<Item> | undefined): List<Item> => {
    const all = new Map(theirs?.items.map(({ name, value }) => [name, value]));
    return { ...ours, items: ours.items.map((item) => ({ ...item, value: all.get(item.name) })) };
  };
  const all = new Map(read?.segments.items.map((one) => [one.id.toLowerCase(), one]));
  const asRead = (segment: Segment): Segment => ({ ...segment, raw: all.get(segment.id.toLowerCase())?.raw });
  return {
    ...sent,
    segments: { ...sent.segments, items: sent.segments.items.map(asRead) },
    // Those of a mapping set stand in no dataflow.
    columns: sent.hasSet ? sent.columns : values(sent.columns, read?.columns),
    mandatory: values(sent.mandatory, read?.mandatory),
    keys: values(sent.keys, read?.keys),
  };
}

/**
 * The set that a change has named, as its journal says; where that says nothing it had not come so far. A version of
 * which nobody knows whether it was made is looked for as long as it may still come.
 */
async function madeSet(
  { made, sent, named }: PlanRun,
  { set }: Live,
  { columns, lines }: ToDo,
  client: FlowService,
  options: CallOptions,
  waiting: Waiting,
): Promise<NamedSet | undefined> {
  if (columns.length === 0) return undefined;
  if (named) return named;
  if (made.mappingSetId !== undefined) return { id: made.mappingSetId, version: firstVersion };
  if (!set || !sent.has('columns')) return undefined;
  let found: NamedSet | undefined;
  await findAgain(waiting, async () => (found = await versionWith(client, set, lines, options))?.id);
  return found;
}

interface Restoring<Of extends Flow | Connection> extends Pick<Patching<Of>, 'look' | 'next' | 'send'> {
  step: ChangeStep;
  id: string;
  /** What the change was sent over. */
  was: Patched;
  hasCome: (now: Of) => boolean;
  /** Whether it is as it was found. */
  isBack: (now: Of) => boolean;
  /** What of it is not, by the names that people know. */
  lacking: (now: Of) => readonly string[];
}

/** One of the two on its way back. */
interface Way {
  step: ChangeStep;
  id: string;
  /** Whether what was sent shows, or cannot come any more. */
  isSeen: boolean;
  go: () => Promise<void>;
}

const isOfUndo = (step: string): step is ChangeStep => step === 'change' || step === 'location';

const isToTell = (error: unknown): boolean =>
  error instanceof FlowMissingError || error instanceof FlowBusyError;
