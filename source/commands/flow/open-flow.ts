import type { FlowService } from '../../flow-service/client.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { chosenDestination } from '../../pages/target/destination.ts';
import type { Draft } from '../../wizard/draft.ts';
import { fromLive, whatIsLost } from '../../wizard/from-plan.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { readDestinations } from '../wizard/remote-sources.ts';
import { planOf } from './plan-of.ts';

/**
 * A dataflow as a draft that changes it: every answer filled from what the platform holds, its account by its id, and
 * no secret. Sends only GET.
 *
 * @throws Stop (2) for one that the wizard cannot change; FlowServiceError.
 */
export async function openFlow(flow: Flow, client: FlowService, signal: AbortSignal): Promise<Draft> {
  const offered = await readDestinations(client, signal);
  const { plan } = await planOf(flow, client);
  const lost = whatIsLost(plan);
  if (lost !== undefined)
    throw new Stop(exitCode.usage, (text) => text(`flow.lost.${lost}`, { name: plan.name }));
  const spec = offered.specs.find((one) => one.id === plan.destination.connectionSpecId);
  return fromLive(plan, spec && chosenDestination(spec, offered));
}
