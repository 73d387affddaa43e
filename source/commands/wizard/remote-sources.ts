import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import { batchDestinations } from '../../activation/spec/destinations.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type {
  OfferedDestinations,
  OfferedSources,
  Place,
  PlatformSources,
} from '../../pages/remote-cache.ts';
import { keepHeapLean } from '../connect/lean-heap.ts';

/** What a wizard reads, each from the client of the place that it is asked for. */
export function remoteSources(clientOf: (place: Place) => Promise<FlowService>): PlatformSources {
  return {
    sandboxes: async (place, signal) => (await clientOf(place)).listSandboxes({ signal }),
    destinations: async (place, signal) => readDestinations(await clientOf(place), signal),
    sources: async (place, signal) => readSources(await clientOf(place), signal),
    flowCount: async (place, signal) => (await clientOf(place)).countDestinationFlows({ signal }),
    unionSchema: async (place, signal) => (await clientOf(place)).getUnionSchema({ signal }),
    async *segments(place, signal) {
      keepHeapLean();
      yield* (await clientOf(place)).listSegments({ signal });
    },
  };
}

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
    ids.length === 0 ? [] : await orNone(everyPage(client.list('connections', [filter], { signal })), signal);
  return { specs, flowSpecs, accounts };
}

async function readSources(client: FlowService, signal: AbortSignal): Promise<OfferedSources> {
  const filters = [`connectionSpec.id==${profileStoreSpecId}`];
  const [connections, sourceConnections] = await Promise.all([
    everyPage(client.list('connections', filters, { signal })),
    everyPage(client.list('sourceConnections', filters, { signal })),
  ]);
  return { connections, sourceConnections };
}

async function everyPage<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** What may not be read is not offered; a person who leaves is not kept waiting. */
async function orNone<Item>(asking: Promise<Item[]>, signal: AbortSignal): Promise<Item[]> {
  try {
    return await asking;
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}
