import type { Activation } from '../../source/activation/activation.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { readSet } from '../../source/apply/live/live.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import { open } from '../../source/activation/change/still-open.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { clientOf } from './answers.ts';
import { applyHere, futurePlan, orgId } from './runs.ts';
import { freshFolder } from './terminal.ts';

/** A dataflow that is there, on an emulator of its own, and a plan about it. */
export interface LiveHere {
  emulator: Emulator;
  client: FlowService;
  folder: string;
  flowId: string;
  /** What the dataflow holds, said of it. */
  plan: Plan;
}

/** Applies a plan, so that there is something to be changed. */
export async function liveOn(
  emulator: Emulator,
  made: Plan = futurePlan,
  services: Partial<ApplyServices> = {},
): Promise<LiveHere> {
  const folder = freshFolder();
  const { flowId, outcome } = await applyHere({ folder, run: 'a0a0a0a0', emulator, plan: made, services });
  if (flowId === undefined || outcome !== 'verified') throw new Error(`could not be made: ${outcome}`);
  await emulator.idle();
  return {
    emulator,
    folder,
    flowId,
    client: clientOf(emulator.url, { orgId }),
    plan: { ...made, flow: flowId },
  };
}

/** What it exports, and where to, once nothing is done to it any more. */
export async function activationOn({ client, flowId, emulator }: LiveHere): Promise<Activation> {
  await emulator.idle();
  for (;;) {
    const flow = await client.getFlow(flowId);
    if (flow.lastOperation?.progress === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 5));
      continue;
    }
    const target = await client.getConnection('targetConnections', flow.targetConnectionIds?.[0] ?? '');
    return ofFlow(flow, { target, set: await readSet(client, flow, {}) });
  }
}

/** What is not as it is wanted, in a word each. */
export const amiss = (wanted: Activation, found: Activation): string[] =>
  open(wanted, found).map((one) => `${one.kind} ${one.part} ${one.subject}`);
