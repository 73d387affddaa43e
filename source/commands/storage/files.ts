import { commonStart } from '../../activation/content/delivered-files.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import {
  arrivedIn,
  type ArrivalFinding,
  arrivalsOf,
  arrivesFromMs,
  headerFindings,
  manifestFindings,
  manifestOf,
  partFindings,
  runArrivals,
  runFindings,
} from '../../activation/watch/arrivals.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { Scene } from '../../locale/explain.ts';
import type { Failure } from '../../storage/failure.ts';
import type { Store } from '../../storage/store.ts';
import { withConnected } from '../connect/connect.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { standardInput } from '../console/standard-input.ts';
import { json, type Streams } from '../console/streams.ts';
import { untilLeft } from '../console/until-left.ts';
import { findFlow, namedFlow } from '../flow/find-flow.ts';
import { planOf } from '../flow/plan-of.ts';
import { sinceMs } from '../flow/since.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { exitOfFailure, safe, withStore } from './failed.ts';
import { openTarget } from './open-target.ts';
import type { Target } from './place-of.ts';
import { readHead, readManifest } from './read-head.ts';
import { documentOf, isSample, mostRead, tellFiles, type Told } from './tell-files.ts';

/** For all of the storage, milliseconds. */
const mostMs = 60_000;
/** Files that are looked at. */
const mostLookedAt = 20_000;

interface Asking {
  readonly flags: Flags;
  readonly streams: Streams;
  readonly enter: (scene: Scene) => void;
}

/**
 * `ferry storage files PLAN|FLOW`: the files at the destination that belong to a dataflow, held against its columns, its
 * manifests and its runs. Only reads.
 *
 * @throws Stop (2, 3); FlowServiceError
 */
export async function storageFiles(
  given: string | undefined,
  flags: Flags,
  streams: Streams,
  enter: (scene: Scene) => void,
): Promise<number> {
  const asking = { flags, streams, enter };
  // What cannot be meant is told before anything is asked.
  const fromMs = sinceMs(flags.since ?? '2d', Date.now());
  const named = namedFlow(given, 'ferry storage files PLAN|FLOW');
  if (named !== standardInput && !named.endsWith('.json'))
    return withConnected({ flags, streams, readOnly: true }, enter, async (connected) => {
      const flow = await findFlow(named, 'alike', connected);
      const { plan } = await planOf(flow, connected.client);
      return look({ ...plan, flow: flow.id }, fromMs, asking, connected);
    });
  const plan = await readPlanFile(named, 'storage files', streams, flags.json === true);
  if (!plan) return exitCode.usage;
  if (plan.flow === undefined) return look(plan, fromMs, asking, undefined);
  return withConnected(
    { flags, streams, planSandbox: plan.sandbox, readOnly: true },
    enter,
    async (connected) => look(plan, fromMs, asking, connected),
  );
}

/**
 * The same of a dataflow that is looked at already, or of one of its runs: what is there of that, with its header.
 *
 * @throws Stop (2, 3); FlowServiceError
 */
export async function filesIn(
  connected: Connected,
  flow: Flow & { readonly id: string },
  run: string | undefined,
  asking: Asking,
): Promise<number> {
  const { client } = connected;
  const [{ plan }, only] = await Promise.all([
    planOf(flow, client),
    run === undefined ? undefined : client.getRun(run),
  ]);
  const nowMs = client.clock().nowMs;
  const fromMs = only?.beganMs === undefined ? sinceMs('2d', nowMs) : arrivesFromMs(only.beganMs);
  return look({ ...plan, flow: flow.id }, fromMs, asking, connected, only);
}

async function look(
  plan: Plan,
  fromMs: number,
  asking: Asking,
  connected: Connected | undefined,
  only?: Run,
): Promise<number> {
  const { streams } = asking;
  const target = await openTarget({ plan, ...asking }, connected);
  const read =
    plan.flow !== undefined && (await connected?.client.readRuns({ flowIds: [plan.flow], sinceMs: fromMs }));
  const nowMs = connected?.client.clock().nowMs ?? Date.now();
  const seen = await untilLeft(streams, (left) =>
    withStore(target, (store) => seenIn(store, plan, target, { fromMs, only, left })),
  );
  const meant = read ? read.runs.filter(({ id }) => only === undefined || id === only.id) : undefined;
  // What somebody made up is no export, though it is called as one.
  const samples = new Set(seen.told.filter(isSample).map(({ arrival }) => arrival));
  const exports = seen.arrivals.exports.filter((one) => !samples.has(one));
  const runs = meant && runArrivals(plan, meant, { ...seen.arrivals, exports }, fromMs);
  // Of files that were not looked at nobody can say that they are missing.
  const missing = runs && seen.isWhole ? runFindings(runs) : [];
  const { told, isWhole, looked, unread } = seen;
  const lacksRuns = read ? read.lacks.length > 0 : false;
  const findings = [...seen.findings, ...missing];
  const manifests = seen.arrivals.manifests.map(({ name }) => name);
  const all = {
    plan,
    target,
    fromMs,
    nowMs,
    looked,
    isWhole,
    told,
    unread,
    runs,
    lacksRuns,
    findings,
    manifests,
    only,
  };
  if (asking.flags.json === true) json(streams.stdout, documentOf(all, streams), 2);
  else tellFiles(all, streams);
  if (findings.length > 0) return exitCode.differs;
  const [first] = unread;
  return first ? exitOfFailure(first) : exitCode.done;
}

async function seenIn(
  store: Store,
  plan: Plan,
  { depth }: Target,
  { fromMs, only, left }: { fromMs: number; only: Run | undefined; left: AbortSignal },
) {
  const signal = AbortSignal.any([left, AbortSignal.timeout(mostMs)]);
  const start = commonStart(plan);
  const listed = await store.list({ prefix: start, depth, most: mostLookedAt, signal });
  const manifestsToo =
    start === '' ? undefined : await store.list({ prefix: 'manifest-', most: mostLookedAt, signal });
  // What begins as a manifest does was listed twice.
  const both = [...listed.files, ...(manifestsToo?.files ?? [])];
  const everything = [...new Map(both.map((one) => [one.name, one])).values()];
  const isWhole = listed.isWhole && (manifestsToo?.isWhole ?? true);
  const { looked } = listed.isWhole && manifestsToo?.isWhole === false ? manifestsToo : listed;
  // A run is told by its time on either clock, that of the server and that of the names.
  const arrivals = only
    ? arrivedIn(only, arrivalsOf(plan, everything, 0))
    : arrivalsOf(plan, everything, fromMs);
  const told: Told[] = [];
  // What was not looked at may be there.
  const findings: ArrivalFinding[] = listed.isWhole ? arrivals.exports.flatMap(partFindings) : [];
  const unread: Failure[] = [];
  for (const [at, arrival] of arrivals.exports.entries()) {
    const [first] = arrival.parts;
    const head = first && at < mostRead ? await readHead(store, first, plan, signal) : undefined;
    told.push({ arrival, head });
    if (!first) continue;
    if (head?.kind === 'unread') unread.push(safe(head.failure));
    if (head?.kind === 'changing') findings.push({ kind: 'changing', file: first.name });
    if (head?.kind === 'head') findings.push(...headerFindings(plan, first.name, head.head.header));
  }
  for (const file of arrivals.manifests.slice(0, mostRead)) {
    const manifest = await readManifest(store, file, file.run, signal);
    if ('kind' in manifest) unread.push(safe(manifest));
    // What was not looked at may be there.
    else if (listed.isWhole || !manifest.files)
      findings.push(...manifestFindings(manifestOf(plan, manifest, start), everything));
  }
  return { arrivals, told, findings, unread, looked, isWhole };
}
