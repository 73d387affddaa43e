import type { Connection } from '../../flow-service/connections.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { foundOf } from '../converge.ts';
import type { Found, PatchStep } from '../journal/journal.ts';
import { ConflictError, courseOf, FlowMissingError, readFlow, readTarget, toDo } from '../live.ts';
import { FlowBusyError, readQuiet } from '../once/quiet.ts';
import { patchOnce, type Patching } from '../once/patch-once.ts';
import { Stopped } from '../stopped.ts';
import type { PlanRun, RollbackEvent, RollbackServices } from './rollback.ts';

/**
 * Puts back what a change has found, and what others have changed since stays. Where they have changed the same,
 * nothing is put back at all: half an undo is worse than none.
 *
 * @returns How many of the two, dataflow and storage location, are not as they were.
 */
export async function putBack(
  state: PlanRun,
  kept: Found,
  services: RollbackServices,
  tell: (event: RollbackEvent) => void,
): Promise<number> {
  const { client, journal, stop, abort, clock = () => performance.now() } = services;
  const options = { signal: abort, stop };
  const before = foundOf(kept);
  const { plan, since, isPruned } = state;
  const wish = { plan, since, extras: isPruned ? ('prune' as const) : ('keep' as const) };
  const { found, aimed, todo: forth } = courseOf(wish, before);
  // The way back is the same from the other end.
  const back = toDo(before, aimed, found);
  const flowId = state.plan.flow ?? before.flow.id ?? '';
  const targetId = before.target?.id;
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
  const open = new Set((['change', 'location'] as const).filter((step) => state.sent.has(step)));
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
  try {
    // Both are looked at before either is written.
    const flow = open.has('change') ? await look() : undefined;
    const target = open.has('location') ? await lookAtTarget() : undefined;
    if (flow) back.nextOfFlow(flow);
    if (target) back.nextOfTarget(target);
    if (flow)
      await restore<Flow>('change', flowId, {
        before: flow,
        look,
        next: back.nextOfFlow,
        hasCome: forth.isInFlow,
        isBack: back.isInFlow,
        send: (etag, patch) => client.patchFlow(flowId, etag, patch, options),
      });
    if (target)
      await restore<Connection>('location', target.id, {
        before: target,
        look: lookAtTarget,
        next: back.nextOfTarget,
        hasCome: forth.isInTarget,
        isBack: back.isInTarget,
        send: (etag, patch) => client.patchConnection('targetConnections', target.id, etag, patch, options),
      });
  } catch (error) {
    const [step = 'change'] = open;
    if (error instanceof Stopped) tell({ kind: 'kept', step, id: flowId, reason: 'notTried', why: '' });
    else if (isFlowServiceError(error) || isToTell(error)) tell({ kind: 'failed', step, id: flowId, error });
    else throw error;
  }
  return open.size;

  async function restore<Of extends Flow | Connection>(
    step: 'change' | 'location',
    id: string,
    { isBack, ...patching }: Restoring<Of>,
  ): Promise<void> {
    await patchOnce<Of>({ ...base, ...patching, step, done: 'restored', isTaken: () => false });
    if (isBack(await patching.look())) {
      open.delete(step);
      tell({ kind: 'restored', step, id });
    } else tell({ kind: 'kept', step, id, reason: 'notTaken', why: '' });
  }
}

type Restoring<Of extends Flow | Connection> = Pick<
  Patching<Of>,
  'before' | 'look' | 'next' | 'hasCome' | 'send'
> & {
  /** Whether it is as it was found. */
  isBack: (now: Of) => boolean;
};

const isOfUndo = (step: string): step is 'change' | 'location' => step === 'change' || step === 'location';

const isToTell = (error: unknown): boolean =>
  error instanceof ConflictError || error instanceof FlowMissingError || error instanceof FlowBusyError;
