import type { FlowService } from '../../flow-service/client.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { CallOptions } from '../../flow-service/transport.ts';
import type { Exporting } from '../events.ts';

/**
 * Which of some dataflows are exporting right now: what is written may go to the former place, the new one, or both.
 *
 * @returns Nothing where it could not be looked at: an answer to come is no reason not to change anything.
 * @see manage.md, section 3.1
 */
export async function exportingOf(
  client: FlowService,
  flowIds: readonly string[],
  options: CallOptions,
): Promise<Exporting[] | undefined> {
  try {
    const found = await Promise.all(
      flowIds.map(async (id): Promise<Exporting[]> => {
        const open = (await client.newestRuns(id, options)).filter(({ isUnderWay }) => isUnderWay);
        if (open.length === 0) return [];
        const begun = open.flatMap(({ startedMs }) => startedMs ?? []);
        return [{ id, ...(begun.length === 0 ? {} : { sinceMs: Math.min(...begun) }) }];
      }),
    );
    return found.flat();
  } catch (error) {
    if (!isFlowServiceError(error)) throw error;
    return undefined;
  }
}
