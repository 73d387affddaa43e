import { successorOf } from '../../activation/spec/catalog.ts';
import { offerProblems } from '../../activation/spec/destinations.ts';
import { formsOf } from '../../activation/spec/forms.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { secretProblems } from '../../activation/findings/platform-rules.ts';
import { offeredEncryption } from '../../activation/content/encryption.ts';
import { type Problem, problem } from '../../activation/plan/problem.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { sameId } from '../../activation/same-id.ts';
import { specProblems } from '../../activation/spec/spec-rules.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { ConnectionSpec } from '../../flow-service/specs.ts';
import type { CallOptions } from '../../flow-service/transport.ts';

/**
 * What does not fit what the destination publishes today.
 *
 * @param specs - As `readSpecs` reads them.
 * @param params - With the secrets in clear.
 * @see flow-service.md, section 2.1
 */
export function publishedProblems(
  plan: Plan,
  params: ResolvedParams,
  specs: readonly ConnectionSpec[],
): Problem[] {
  const spec = specs.find(({ id }) => sameId(id, plan.destination.connectionSpecId));
  if (!spec) return offerProblems(plan, specs);
  const { encryption, connectionSpecId } = plan.destination;
  const isOffered = encryption === undefined || offeredEncryption(connectionSpecId, spec) !== undefined;
  return [
    ...specProblems(plan, formsOf(spec)),
    ...secretProblems(plan, params, spec),
    ...(isOffered ? [] : [problem('encryption.notOffered', '$.destination.encryption')]),
  ];
}

/** The destination's spec, and that of the newer card of its kind. @throws FlowServiceError */
export function readSpecs(
  { destination }: Plan,
  client: FlowService,
  options: CallOptions,
): Promise<ConnectionSpec[]> {
  const { connectionSpecId } = destination;
  const newer = successorOf(connectionSpecId)?.connectionSpecId;
  return client.getConnectionSpecs([connectionSpecId, ...(newer === undefined ? [] : [newer])], options);
}
