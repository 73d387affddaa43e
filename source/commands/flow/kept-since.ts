import type { FlowService } from '../../flow-service/client.ts';
import { orWithout } from '../../flow-service/errors.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { CallOptions } from '../../flow-service/transport.ts';

/**
 * Since when the platform has runs, as far as was seen, epoch milliseconds; nothing where it has none, or does not say.
 *
 * @param runs - Those that were read: none that is older than the oldest.
 * @throws CancelledError
 * @see living.md, T16; manage.md, section 5.5
 */
export async function keptSince(
  client: Pick<FlowService, 'oldestRun'>,
  runs: readonly Run[],
  options?: CallOptions,
): Promise<number | undefined> {
  const oldest = await client.oldestRun(options).catch(orWithout(undefined));
  if (!oldest) return undefined;
  let kept = Infinity;
  for (const { beganMs = Infinity } of [oldest, ...runs]) kept = Math.min(kept, beganMs);
  return kept < Infinity ? kept : undefined;
}
