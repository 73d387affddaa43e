import { isAfterEvaluation } from '../../activation/watch/slots.ts';
import { isPaused } from '../../activation/watch/watched.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { orWithout } from '../../flow-service/errors.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import type { EvaluationsRead } from '../../flow-service/segment-jobs.ts';
import type { CallOptions } from '../../flow-service/transport.ts';

/** Whether it exports anything after its evaluation. */
export const followsEvaluation = ({ segments }: ListedFlow): boolean =>
  segments.some(({ schedule }) => schedule !== undefined && isAfterEvaluation(schedule));

/**
 * The evaluations since a moment, where a dataflow that is not paused follows any. Where they cannot be read, how often
 * something exports has to do.
 *
 * @param sinceMs - Epoch milliseconds.
 * @throws CancelledError
 * @see living.md, T10
 */
export async function knownEvaluations(
  client: Pick<FlowService, 'readEvaluations'>,
  flows: readonly ListedFlow[],
  sinceMs: number,
  options?: CallOptions,
): Promise<EvaluationsRead | undefined> {
  if (!flows.some((flow) => !isPaused(flow) && followsEvaluation(flow))) return undefined;
  return client.readEvaluations(sinceMs, options).catch(orWithout(undefined));
}
