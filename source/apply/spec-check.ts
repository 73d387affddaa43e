import { successorOf } from '../activation/catalog.ts';
import { offerProblems } from '../activation/destinations.ts';
import { formsOf } from '../activation/forms.ts';
import type { Plan } from '../activation/plan.ts';
import { sameId } from '../activation/same-id.ts';
import { specProblems } from '../activation/spec-rules.ts';
import type { FlowService } from '../flow-service/client.ts';
import { RefusedError } from '../flow-service/errors.ts';
import type { ConnectionSpec } from '../flow-service/specs.ts';
import { PlanRefusedError } from './plan-refused.ts';

/**
 * Holds a plan against what its destination publishes today; only reads.
 *
 * @throws PlanRefusedError, FlowServiceError
 * @see flow-service.md, section 2.1
 */
export async function checkSpec(plan: Plan, client: FlowService, signal?: AbortSignal): Promise<void> {
  const { connectionSpecId } = plan.destination;
  const specs = await readSpecs(plan, client, signal);
  if (specs === undefined) return;
  const spec = specs.find(({ id }) => sameId(id, connectionSpecId));
  const problems = spec ? specProblems(plan, formsOf(spec)) : offerProblems(plan, specs);
  if (problems.length > 0) throw new PlanRefusedError(problems);
}

/** The destination's spec, and that of the newer card of its kind; nothing where specs may not be read. */
async function readSpecs(
  { destination }: Plan,
  client: FlowService,
  signal: AbortSignal | undefined,
): Promise<ConnectionSpec[] | undefined> {
  const { connectionSpecId } = destination;
  const newer = successorOf(connectionSpecId)?.connectionSpecId;
  try {
    return await client.getConnectionSpecs([connectionSpecId, ...(newer === undefined ? [] : [newer])], {
      signal,
    });
  } catch (error) {
    // Whoever may not look can often still connect; then the platform judges the plan.
    if (error instanceof RefusedError && error.status === 403) return undefined;
    throw error;
  }
}
