import { ofFlow } from '../../activation/of-flow.ts';
import { ofPlan } from '../../activation/of-plan.ts';
import { difference } from '../../activation/difference.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { sameId } from '../../activation/same-id.ts';
import { withUsual } from '../../activation/spec/storage-location.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { destinationFlows } from '../../flow-service/create-client.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import { readTarget } from '../live/live.ts';

/** A dataflow that a plan may mean, although it does not say so. */
export interface Double {
  readonly id: string;
  readonly name: string;
}

/** A plan that was applied before, and the dataflow that came of it. */
export interface AppliedBefore {
  readonly plan: Plan;
  readonly flowId: string;
}

/**
 * Dataflows of the sandbox that a plan would make a second time: of its name and storage location, or made by an apply
 * of such a plan before, whatever has become of them since.
 *
 * @param before - Earlier applies in that place, the newest first.
 * @throws FlowServiceError
 * @see manage.md, section 1.4
 */
export async function doublesOf(
  plan: Plan,
  client: FlowService,
  before: readonly AppliedBefore[],
  options: CallOptions = {},
): Promise<Double[]> {
  const earlier = madeBefore(plan, before);
  const found = new Map<string, Double>();
  const filters = [destinationFlows, ...(earlier.length === 0 ? named(plan) : [])];
  for await (const page of client.list('flows', filters, options)) {
    for (const { id, name = '', targetConnectionIds } of page) {
      const isMade = earlier.some((one) => sameId(one, id));
      if (!isMade && name !== plan.name) continue;
      if (isMade || (await storesThere(plan, client, targetConnectionIds, options)))
        found.set(id, { id, name });
    }
  }
  return [...found.values()];
}

/** Asks for those of its name only. A comma would part two names. */
const named = ({ name }: Plan): string[] => (/^[\w .-]+$/.test(name) ? [`name==${name}`] : []);

/** Ids of the dataflows that are called as a plan is, wherever they store. @throws FlowServiceError */
export async function namesakesOf(
  plan: Plan,
  client: FlowService,
  options: CallOptions,
): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const page of client.list('flows', [destinationFlows, ...named(plan)], options))
    for (const { id, name } of page) if (name === plan.name) found.add(id);
  return found;
}

/** The dataflows that applies of such a plan have made. */
export const madeBefore = (plan: Plan, before: readonly AppliedBefore[]): string[] =>
  before.filter((one) => isSameExport(plan, one.plan)).map(({ flowId }) => flowId);

/** Whether two plans are of one dataflow: its name, destination and storage location say so. */
export function isSameExport(plan: Plan, other: Plan): boolean {
  return (
    plan.name === other.name &&
    sameId(plan.destination.connectionSpecId, other.destination.connectionSpecId) &&
    isSameLocation(difference(ofPlan(plan), ofPlan(other)))
  );
}

async function storesThere(
  plan: Plan,
  client: FlowService,
  targetConnectionIds: string[] | undefined,
  options: CallOptions,
): Promise<boolean> {
  const target = await readTarget(client, { targetConnectionIds }, options);
  if (!target?.connectionSpec || !sameId(target.connectionSpec.id, plan.destination.connectionSpecId))
    return false;
  const { params, connectionSpec } = target;
  // A server may have left out how CSV is written, and it is the same place.
  const meant = params && { ...target, params: withUsual(params, connectionSpec.id) };
  return isSameLocation(
    difference(ofPlan(plan), ofFlow({ transformations: [] }, { target: meant ?? target })),
  );
}

/** What the platform adds to a location of its own is no other location, and what cannot be read may be this one. */
const isSameLocation = (compared: ReturnType<typeof difference>): boolean =>
  compared.every(({ part, kind }) => part !== 'location' || ['same', 'extra', 'unread'].includes(kind));
