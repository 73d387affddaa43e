import { type FlowRow, nextExport } from '../../activation/flow-table.ts';
import { destinationOf } from '../../activation/listed-flows.ts';
import { sameId } from '../../activation/same-id.ts';
import { type Look, lookOf } from '../../activation/watch/since-last.ts';
import { usualLimits } from '../../activation/watch/watched.ts';
import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import { exportingOf } from '../../apply/check/under-way.ts';
import { readFlow, sharers } from '../../apply/live/live.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import type { Text } from '../../locale/texts.ts';
import type {
  Exports,
  MadeMs,
  OfferedSources,
  OpenedFlow,
  Place,
  PlatformSources,
  StatusRound,
} from '../../pages/remote-cache.ts';
import { keepHeapLean } from '../connect/lean-heap.ts';
import { isStop, saidBy } from '../console/stop.ts';
import { openFlow } from '../flow/open-flow.ts';
import type { KnownHere } from '../status/known-here.ts';
import { readStatus } from '../status/read-status.ts';
import { type RunsReader, readsRuns } from '../flow/reads-runs.ts';
import { inOne } from '../../flow-service/paging.ts';
import { orNone, readDestinations } from '../flow/read-destinations.ts';

/** What somebody saw when they last looked at a place. */
export interface Looks {
  before(place: Place): Promise<Look | undefined>;
  keep(place: Place, look: Look): Promise<void>;
}

/** What a wizard reads, each from the client of the place that it is asked for. */
export function remoteSources(
  clientOf: (place: Place) => Promise<FlowService>,
  text: Text,
  hereOf: (place: Place) => Promise<KnownHere>,
  looks: Looks,
): PlatformSources {
  const readerOf = keptReaders();
  return {
    sandboxes: async (place, signal) => (await clientOf(place)).listSandboxes({ signal }),
    destinations: async (place, signal) => readDestinations(await clientOf(place), signal),
    sources: async (place, signal) => readSources(await clientOf(place), signal),
    flowCount: async (place, signal) => (await clientOf(place)).countDestinationFlows({ signal }),
    async *flows(place, signal) {
      keepHeapLean();
      yield* rowsOf(await clientOf(place), signal);
    },
    flow: async (place, signal, id) => opened(id, await clientOf(place), signal, text),
    async runs(place, signal, id) {
      keepHeapLean();
      return readerOf(await clientOf(place), id, () => hereOf(place))(signal);
    },
    async status(place, signal, id) {
      keepHeapLean();
      const status = await statusNow(id, await clientOf(place), () => hereOf(place), signal);
      if (id !== '') return status;
      const before = await looks.before(place);
      const findings = status.watched.flatMap((one) => one.findings);
      if (!status.isCut) await looks.keep(place, lookOf(findings, status.readMs));
      return { ...status, before };
    },
    exporting: async (place, signal, id) => exportsBeside(id, await clientOf(place), signal),
    unionSchema: async (place, signal) => (await clientOf(place)).getUnionSchema({ signal }),
    namespaces: async (place, signal) => (await clientOf(place)).listNamespaces({ signal }),
    async *segments(place, signal) {
      keepHeapLean();
      yield* (await clientOf(place)).listSegments({ signal });
    },
    madeMs: async (place, signal, ids) => madeMsOf(ids.split(' '), await clientOf(place), signal),
  };
}

/** Rounds of runs go on where the last one ended, for as long as the client is the same. */
function keptReaders() {
  const ofClient = new WeakMap<FlowService, Map<string, RunsReader>>();
  return (client: FlowService, flowId: string, here: () => Promise<KnownHere>): RunsReader => {
    const readers = ofClient.get(client) ?? new Map<string, RunsReader>();
    ofClient.set(client, readers);
    const reader = readers.get(flowId) ?? readsRuns(client, flowId === '' ? undefined : flowId, here);
    readers.set(flowId, reader);
    return reader;
  };
}

/** The dataflows that a person looks for, page by page. */
async function* rowsOf(client: FlowService, signal: AbortSignal): AsyncGenerator<FlowRow[]> {
  const published = Promise.all([
    client.listConnectionSpecs({ signal }),
    orNone(client.listFlowSpecs({ signal }), signal),
  ]);
  // Told by whoever waits for it.
  published.catch(() => undefined);
  for await (const page of client.listFlows({ signal })) {
    const [specs, flowSpecs] = await published;
    yield page.flatMap((one) => {
      const destination = destinationOf(one, specs, flowSpecs);
      const atMs = client.clock().nowMs;
      const next = nextExport(one, atMs);
      return destination === undefined ? [] : [{ id: one.id, flow: one, destination, next, atMs }];
    });
  }
}

/** One that cannot be read says nothing. */
async function madeMsOf(ids: readonly string[], client: FlowService, signal: AbortSignal): Promise<MadeMs> {
  const found = await Promise.all(
    ids.map(async (id): Promise<[string, number][]> => {
      try {
        const { createdAtMs } = await client.getSegment(id, { signal });
        return createdAtMs === undefined ? [] : [[id, createdAtMs]];
      } catch (error) {
        if (!isFlowServiceError(error)) throw error;
        return [];
      }
    }),
  );
  return new Map(found.flat());
}

async function opened(id: string, client: FlowService, signal: AbortSignal, text: Text): Promise<OpenedFlow> {
  const flow = await readFlow(client, id, { signal });
  const { name = id, state } = flow;
  const about = { id, name, isEnabled: state?.toLowerCase() !== 'disabled' };
  try {
    return { ...about, reading: { kind: 'draft', ...(await openFlow(flow, client, signal)) } };
  } catch (error) {
    if (!isStop(error)) throw error;
    return {
      ...about,
      reading: { kind: 'unusable', why: saidBy(error, text) },
    };
  }
}

/** How a dataflow stands, or all of them where none is named. */
async function statusNow(
  id: string,
  client: FlowService,
  here: () => Promise<KnownHere>,
  signal: AbortSignal,
): Promise<StatusRound> {
  const status = await readStatus(client, {
    choose: (all) => (id === '' ? all : all.filter((one) => sameId(one.id, id))),
    limits: usualLimits,
    knownHere: here,
    signal,
  });
  return {
    watched: status.watched.map(({ watch }) => watch),
    limits: usualLimits,
    isCut: status.lacks.length > 0,
    readMs: status.atMs,
    offsetMs: status.offsetMs ?? 0,
    calls: status.calls,
  };
}

/** A location that is changed is that of all who store there. @see manage.md, section 3.1 */
async function exportsBeside(id: string, client: FlowService, signal: AbortSignal): Promise<Exports> {
  try {
    const { targetConnectionIds = [] } = await client.getFlow(id, { signal });
    const [target] = targetConnectionIds;
    const others = target === undefined ? [] : await sharers(client, id, target, { signal });
    return { exporting: await exportingOf(client, [id, ...others.map((one) => one.id)], { signal }) };
  } catch (error) {
    if (!isFlowServiceError(error)) throw error;
    return { exporting: undefined };
  }
}

async function readSources(client: FlowService, signal: AbortSignal): Promise<OfferedSources> {
  const filters = [`connectionSpec.id==${profileStoreSpecId}`];
  const [connections, sourceConnections] = await Promise.all([
    inOne(client.list('connections', filters, { signal })),
    inOne(client.list('sourceConnections', filters, { signal })),
  ]);
  return { connections, sourceConnections };
}
