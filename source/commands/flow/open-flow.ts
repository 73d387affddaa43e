import { joinedPlan, signInChanges } from '../../activation/change/changes.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Unsaid } from '../../activation/sayable.ts';
import { OtherDestinationError } from '../../apply/live/not-changeable.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { chosenDestination } from '../../pages/target/destination.ts';
import type { ChosenDestination, Draft } from '../../wizard/draft.ts';
import { fromLive, fromPlan, whatIsLost } from '../../wizard/from-plan.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { planOf } from './plan-of.ts';
import { readDestinations } from './read-destinations.ts';

/**
 * A dataflow as a draft that changes it: every answer filled from what the platform holds, its account by its id, and
 * no secret. Sends only GET.
 *
 * @throws Stop (2) for one that the wizard cannot change; FlowServiceError.
 */
export async function openFlow(
  flow: Flow,
  client: FlowService,
  signal: AbortSignal,
): Promise<{ draft: Draft; unsaid: readonly Unsaid[] }> {
  const { plan, destination, unsaid } = await readLive(flow, client, signal);
  return { draft: fromLive(plan, destination), unsaid };
}

/**
 * A plan about a dataflow as a draft that changes it: what the plan says, and what the dataflow holds beside it.
 * Sends only GET.
 *
 * @throws Stop (2) for one that the wizard cannot change; OtherDestinationError; FlowServiceError.
 */
export async function openPlan(
  asked: Plan,
  flow: Flow & { id: string },
  client: FlowService,
  signal: AbortSignal,
): Promise<Draft> {
  const { plan: live, destination, account } = await readLive(flow, client, signal);
  const { connectionSpecId } = asked.destination;
  if (!sameId(live.destination.connectionSpecId, connectionSpecId))
    throw new OtherDestinationError(flow.id, live.destination.connectionSpecId, connectionSpecId);
  const plan = joinedPlan(live, asked);
  requireWhole(plan);
  return { ...fromPlan(plan, destination), live, otherSignIn: signInChanges(asked, account) };
}

async function readLive(
  flow: Flow,
  client: FlowService,
  signal: AbortSignal,
): Promise<{
  plan: Plan;
  destination: ChosenDestination | undefined;
  account: Connection | undefined;
  unsaid: readonly Unsaid[];
}> {
  const [offered, { plan, account, unsaid }] = await Promise.all([
    readDestinations(client, signal),
    planOf(flow, client),
  ]);
  requireWhole(plan);
  const spec = offered.specs.find((one) => one.id === plan.destination.connectionSpecId);
  return { plan, destination: spec && chosenDestination(spec, offered), account, unsaid };
}

function requireWhole(plan: Plan): void {
  const lost = whatIsLost(plan);
  if (lost !== undefined)
    throw new Stop(exitCode.usage, (text) => text(`flow.lost.${lost}`, { name: plan.name }));
}
