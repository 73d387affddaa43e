import { destinationOf, foreignCards } from '../../activation/listed-flows.ts';
import { isOfDataSets } from '../../activation/plan-of-flow.ts';
import { withEvaluations } from '../../activation/watch/evaluations.ts';
import { watchedFlow } from '../../activation/watch/of-listed.ts';
import { isAfterEvaluation, slotsBetween } from '../../activation/watch/slots.ts';
import { type Standstill, standstillOf } from '../../activation/watch/standstill.ts';
import type { Finding } from '../../activation/watch/finding.ts';
import { type FlowWatch, type Seen, watchFlow } from '../../activation/watch/watch.ts';
import { isPaused, type Limits } from '../../activation/watch/watched.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { FlowServiceError } from '../../flow-service/errors.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import { inOne } from '../../flow-service/paging.ts';
import { mapInTurns } from '../../ground/turns.ts';
import { keptSince } from '../flow/kept-since.ts';
import { mostIds, mostLists, type RunsRead } from '../../flow-service/read-runs.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { ConnectionSpec } from '../../flow-service/specs.ts';
import { followsEvaluation, knownEvaluations } from './known-evaluations.ts';
import type { KnownHere } from './known-here.ts';
import { seenOf } from './seen.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** What has to be read at least: the slot before the last one of every day, and its window. */
const leastMs = 50 * hourMs;
/** What says how often something exports that follows its evaluation. */
const mostMs = 9 * dayMs;
/** Runs that are worth reading only to compare with them. */
const worthRuns = 2000;
/** Runs that are worth a list of their own. */
const listRuns = 500;

/** A dataflow that is watched, and what the list says of it. */
export interface Watched {
  readonly watch: FlowWatch;
  readonly listed: ListedFlow;
  /** Its name, or the id of its spec where nobody says. */
  readonly destination: string;
  /** Those that were read, the earliest first. */
  readonly runs: readonly Run[];
}

/** How all dataflows stand, and what it took to know. Moments are epoch milliseconds by the platform's clock. */
export interface Status {
  readonly watched: readonly Watched[];
  readonly standstill?: Standstill | undefined;
  /** When it was read, to the end. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly calls: number;
  /** How far the platform's clock is ahead of this one, milliseconds. */
  readonly offsetMs?: number | undefined;
  /** Since when the platform has runs, where that is later than was asked for. */
  readonly keptMs?: number | undefined;
  /** What kept something from being read. */
  readonly lacks: readonly { readonly flowIds: readonly string[]; readonly error: FlowServiceError }[];
}

interface StatusWanted {
  /** Which of the dataflows; throws for what is none of them. */
  readonly choose: (all: readonly ListedFlow[]) => readonly ListedFlow[];
  readonly limits: Limits;
  /** What was done from here. */
  readonly knownHere: () => Promise<KnownHere>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads dataflows and their runs, and judges them. Sends only GET, four at once.
 *
 * @returns What was read: the runs of some may be missing, and it is said which.
 * @throws FlowServiceError where the dataflows cannot be read; whatever `choose` throws
 */
export async function readStatus(client: FlowService, wanted: StatusWanted): Promise<Status> {
  const beganMs = performance.now();
  const calls = client.callCount();
  const options = { signal: wanted.signal };
  const [all, here] = await Promise.all([inOne(client.listFlows(options)), wanted.knownHere()]);
  const { specs, listed } = await batchOnly(wanted.choose(all), client, options);
  const nowMs = client.clock().nowMs;

  const live = listed.filter((flow) => !isPaused(flow));
  const usualMs = windowOf(live, nowMs);
  const readings: RunsRead[] = [];
  const readFromMs = nowMs - Math.min(usualMs, mostMs);
  // One after the other: each reads as much at once as it may.
  for (const [part, lengthMs] of [
    [live.filter((flow) => !followsEvaluation(flow)), usualMs],
    [live.filter(followsEvaluation), mostMs],
  ] as const)
    readings.push(...(await readApart(part, nowMs, lengthMs, client, options)));

  const evaluations = await knownEvaluations(client, live, nowMs - mostMs, options);
  const flows = listed.map((flow) =>
    withEvaluations(watchedFlow(flow, here.enabledMs.get(flow.id.toLowerCase())), evaluations),
  );

  const atMs = client.clock().nowMs;
  const lacks = readings.flatMap((one) => one.lacks);
  const runs = readings.flatMap((one) => one.runs);
  const runsOf = Map.groupBy(runs, ({ flowId = '' }) => flowId.toLowerCase());
  let keptMs: number | undefined;
  const seenIn = (id: string): Seen => seenOf(id, runsOf.get(id.toLowerCase()) ?? [], readings, atMs, keptMs);
  const look = (): Promise<FlowWatch[]> =>
    mapInTurns(flows, (flow) => watchFlow(flow, seenIn(flow.id), wanted.limits, here.onDemand), 1);
  let watches = await look();
  if (watches.some(({ findings }) => findings.some(isOfAbsence))) {
    keptMs = await keptSince(client, runs, options);
    watches = await look();
  }
  const watched = watches.flatMap((watch, index): Watched[] => {
    const flow = listed[index];
    if (!flow) return [];
    const destination = destinationOf(flow, specs, []) ?? flow.targetSpecId ?? '';
    return [{ watch, listed: flow, destination, runs: runsOf.get(flow.id.toLowerCase()) ?? [] }];
  });
  return {
    watched,
    keptMs: keptMs !== undefined && keptMs > readFromMs ? keptMs : undefined,
    standstill: standstillOf(watches, atMs, wanted.limits.graceMs),
    atMs,
    durationMs: performance.now() - beganMs,
    calls: client.callCount() - calls,
    offsetMs: client.clock().offsetMs,
    lacks,
  };
}

/** What is told because nothing was seen. */
const isOfAbsence = ({ kind, why }: Finding): boolean =>
  kind === 'late' || kind === 'missed' || why === 'quiet';

/** The runs of some dataflows, in as many lists as are read at once where they are many. */
function readApart(
  flows: readonly ListedFlow[],
  nowMs: number,
  lengthMs: number,
  client: FlowService,
  options: { signal: AbortSignal | undefined },
): Promise<RunsRead[]> {
  const sized = flows
    .map((flow) => ({ id: flow.id, size: (runsADay([flow], nowMs) * lengthMs) / dayMs }))
    .sort((one, other) => other.size - one.size);
  const all = sized.reduce((sum, { size }) => sum + size, 0);
  const least = Math.ceil(sized.length / mostIds);
  const count = Math.max(least, Math.min(mostLists, sized.length, Math.ceil(all / listRuns)));
  const lists = Array.from({ length: count }, () => ({ ids: [] as string[], size: 0 }));
  for (const { id, size } of sized) {
    const open = lists.filter(({ ids }) => ids.length < mostIds);
    const lightest = open.reduce((one, other) => (other.size < one.size ? other : one));
    lightest.ids.push(id);
    lightest.size += size;
  }
  return Promise.all(
    lists.map(({ ids }) => client.readRuns({ flowIds: ids, sinceMs: nowMs - lengthMs }, options)),
  );
}

/** Those that lead to a batch destination, with the specs that it takes to name what they lead to. */
async function batchOnly(
  flows: readonly ListedFlow[],
  client: FlowService,
  options: { signal: AbortSignal | undefined },
): Promise<{ specs: readonly ConnectionSpec[]; listed: ListedFlow[] }> {
  const ofSegments = flows.filter(
    ({ hasSchedule, sourceSpecId }) => !isOfDataSets(hasSchedule, sourceSpecId),
  );
  const unknown = foreignCards(ofSegments);
  // Only a name: whoever may not read it is told the id.
  const specs =
    unknown.length === 0
      ? []
      : await client.getConnectionSpecs(unknown, options).catch((error: unknown) => {
          if (options.signal?.aborted === true) throw error;
          return [];
        });
  return {
    specs,
    // What streams has no schedules.
    listed: ofSegments.filter(
      (flow) =>
        destinationOf(flow, specs, []) !== undefined ||
        flow.segments.some(({ schedule }) => schedule?.frequency !== undefined),
    ),
  };
}

/** How far back is read, milliseconds: as far as is needed, and further where that is few runs. */
function windowOf(flows: readonly ListedFlow[], nowMs: number): number {
  const aDay = runsADay(flows, nowMs);
  const days = aDay === 0 ? Infinity : worthRuns / aDay;
  return Math.min(mostMs, Math.max(leastMs, days * dayMs));
}

/** As many as their schedules say; what follows its evaluation is taken for daily. */
const runsADay = (flows: readonly ListedFlow[], nowMs: number): number =>
  flows
    .flatMap(({ segments }) => segments)
    .reduce(
      (sum, { schedule = {} }) =>
        sum + (isAfterEvaluation(schedule) ? 1 : slotsBetween(schedule, nowMs - dayMs + 1, nowMs).length),
      0,
    );
