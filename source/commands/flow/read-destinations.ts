import { batchDestinations } from '../../activation/spec/destinations.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { inOne } from '../../flow-service/paging.ts';
import type { OfferedDestinations } from '../../pages/remote-cache.ts';

/** What there is to connect to. Only the specs must be readable: the rest makes the choice richer. */
export async function readDestinations(
  client: FlowService,
  signal: AbortSignal,
): Promise<OfferedDestinations> {
  const [specs, flowSpecs] = await Promise.all([
    client.listConnectionSpecs({ signal }),
    orNone(client.listFlowSpecs({ signal }), signal),
  ]);
  const ids = batchDestinations(specs, flowSpecs).map(({ id }) => id);
  const filter = `connectionSpec.id==${ids.join(',')}`;
  const accounts =
    ids.length === 0 ? [] : await orNone(inOne(client.list('connections', [filter], { signal })), signal);
  return { specs, flowSpecs, accounts };
}

/** What may not be read is not offered; a person who leaves is not kept waiting. */
export async function orNone<Item>(asking: Promise<Item[]>, signal: AbortSignal): Promise<Item[]> {
  try {
    return await asking;
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}
