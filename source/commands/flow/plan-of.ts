import type { Plan } from '../../activation/plan/plan.ts';
import { needsSpec, planOfFlow } from '../../activation/plan-of-flow.ts';
import type { Unsaid } from '../../activation/sayable.ts';
import { readAccount, readSet, readTarget } from '../../apply/live/live.ts';
import { RefusedError } from '../../flow-service/errors.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/**
 * A dataflow said as a plan, with what no plan can say of it.
 *
 * @throws Stop (2) for a dataflow of another kind; FlowServiceError.
 */
export async function planOf(
  flow: Flow,
  client: FlowService,
): Promise<{ plan: Plan; unsaid: readonly Unsaid[]; account: Connection | undefined }> {
  const [target, set] = await Promise.all([readTarget(client, flow, {}), readSet(client, flow, {})]);
  const account = await readAccount(client, target, {}).catch((error: unknown) => {
    // Whoever may not read accounts still reads the dataflow.
    if (error instanceof RefusedError && error.status === 403) return undefined;
    throw error;
  });
  const published = needsSpec(target)
    ? {
        specs: await client.getConnectionSpecs([target?.connectionSpec?.id ?? '']),
        flowSpecs: await client.listFlowSpecs(),
      }
    : {};
  const reading = planOfFlow({ flow, target, set, account, ...published }, client.sandbox);
  if (reading.kind === 'plan') return { ...reading, account };
  const { why, destination } = reading;
  const { name = '', id = '' } = flow;
  throw new Stop(exitCode.usage, (text) =>
    text(`pull.other.${why}`, { name: name || id, card: destination }),
  );
}
