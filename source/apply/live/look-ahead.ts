import { setLink } from '../../activation/linked-set.ts';
import { empties } from '../../activation/change/aim.ts';
import { changesOf, rescheduled } from '../../activation/change/changes.ts';
import type { Extras } from '../../activation/change/patch.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { changeRequests } from './change-requests.ts';
import { exportingOf } from '../check/under-way.ts';
import { courseOf } from './course.ts';
import type { DifferenceEvent } from '../events.ts';
import { exportsInClear, type Live, readFlow, readLive, sharers, whereElse } from './live.ts';
import { courseOfSet, type SetCourse } from '../mapping-set.ts';
import { requireSameDestination } from './not-changeable.ts';
import { readQuiet } from '../once/quiet.ts';
import type { Applying } from '../steps.ts';

/** What it takes to look ahead. */
export interface Looking extends Pick<Applying, 'clock' | 'stop' | 'settleMs' | 'elsewhere'> {
  readonly client: FlowService;
  readonly extras: Extras;
  /** Told while something is done to the dataflow: what is read meanwhile means nothing. */
  readonly tell: Parameters<typeof readQuiet>[3];
}

/**
 * What an apply would do to the dataflow of a plan; only reads.
 *
 * @throws FlowMissingError, OtherDestinationError, DataSetsError, FlowBusyError, FlowServiceError, Stopped
 */
export async function lookAhead(
  plan: Plan,
  flowId: string,
  looking: Looking,
): Promise<{ event: DifferenceEvent; live: Live }> {
  const { client, extras, stop, tell } = looking;
  const options = { stop };
  const read = (): Promise<Flow> => readFlow(client, flowId, options);
  const flow = await readQuiet(read, 'read', looking, tell).catch(whereElse(flowId, looking.elsewhere));
  const live = await readLive(client, plan, flow, options);
  requireSameDestination(plan, live);
  const way = courseOf({ plan, extras }, live);
  const course = await courseOfSet({ client, made: {}, ...options }, flowId, live, way.todo);
  return { event: await eventOf({ client, plan }, flowId, live, { ...way, course }, options), live };
}

/** What is about to be done, for who is asked about it. @throws ConflictError, FlowServiceError */
export async function eventOf(
  { client, plan }: Pick<Applying, 'client' | 'plan'>,
  flowId: string,
  live: Live,
  { wanted, found, aimed, todo, course }: ReturnType<typeof courseOf> & { course: SetCourse | undefined },
  options: CallOptions,
): Promise<DifferenceEvent> {
  const { flow, target } = live;
  const isMoved = todo.target.length > 0 && target !== undefined;
  const alsoReaches = isMoved ? await sharers(client, flowId, target.id, options) : [];
  const here = isMoved ? [flowId, ...alsoReaches.map(({ id }) => id)] : [];
  return {
    kind: 'difference',
    flowId,
    name: flow.name ?? flowId,
    differences: changesOf(wanted, aimed, found),
    schedules: rescheduled(aimed, found),
    // What would leave unencrypted is only told.
    requests: exportsInClear(plan, live.account) ? [] : changeRequests(plan, flowId, live, todo, course),
    alsoReaches,
    exporting: await exportingOf(client, here, options),
    isEmptying: empties(aimed, found),
    ...(target?.baseConnectionId === undefined ? {} : { accountId: target.baseConnectionId }),
    ...(live.set?.isGone === true ? { lostSet: setLink(live.set) } : {}),
  };
}
