import { commonStart } from '../../activation/content/delivered-files.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import {
  type Arrival,
  arrivedIn,
  type ArrivalFinding,
  arrivalsOf,
  arrivesFromMs,
  headerFindings,
  manifestFindings,
  manifestOf,
  partFindings,
  type RunArrival,
  runArrivals,
  runFindings,
} from '../../activation/watch/arrivals.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { Run } from '../../flow-service/runs.ts';
import type { Scene } from '../../locale/explain.ts';
import { placeText, storageText } from '../../locale/storage-text.ts';
import type { Text } from '../../locale/texts.ts';
import type { Failure } from '../../storage/failure.ts';
import type { Store } from '../../storage/store.ts';
import { withConnected } from '../connect/connect.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { isoText, localZone } from '../console/here.ts';
import { standardInput } from '../console/standard-input.ts';
import { json, line, type Streams } from '../console/streams.ts';
import { tableLines } from '../console/table-text.ts';
import { momentHere } from '../../pages/watch/times.ts';
import { untilLeft } from '../console/until-left.ts';
import { columnsOf, tell } from '../console/wrap-said.ts';
import { findFlow, namedFlow } from '../flow/find-flow.ts';
import { planOf } from '../flow/plan-of.ts';
import { sizeText } from '../../pages/watch/run-words.ts';
import { sinceMs } from '../flow/since.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { exitOfFailure, safe, withStore } from './failed.ts';
import { openTarget } from './open-target.ts';
import type { Target } from './place-of.ts';
import { type HeadReading, readHead, readManifest } from './read-head.ts';

/** For all of the storage, milliseconds. */
const mostMs = 60_000;
/** Files that are looked at; exports and manifests whose beginnings are read. */
const mostLookedAt = 20_000;
const mostRead = 20;

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

/** What was read of an export. */
interface Told {
  readonly arrival: Arrival;
  /** Nothing where there were more exports than are read. */
  readonly head: HeadReading | undefined;
}

interface Looked {
  readonly plan: Plan;
  readonly target: Target;
  readonly fromMs: number;
  readonly nowMs: number;
  readonly looked: number;
  readonly isWhole: boolean;
  readonly told: readonly Told[];
  readonly runs: readonly RunArrival[] | undefined;
  /** Why files that were to be read could not be. */
  readonly unread: readonly Failure[];
  /** Not every run could be read. */
  readonly lacksRuns: boolean;
  readonly findings: readonly ArrivalFinding[];
  /** The names of the manifests that there are. */
  readonly manifests: readonly string[];
  /** The one run that it is about, where it is about one. */
  readonly only: Run | undefined;
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
  else tellAll(all, streams);
  if (findings.length > 0) return exitCode.differs;
  const [first] = unread;
  return first ? exitOfFailure(first) : exitCode.done;
}

const isSample = ({ head }: Told): boolean => head !== undefined && 'isSample' in head && head.isSample;

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

function tellAll(all: Looked, streams: Streams): void {
  const { plan, target, told, findings, runs, fromMs, nowMs } = all;
  const { stdout, stderr, text, glyphs } = streams;
  const here = { nowMs, zone: localZone() };
  const { server } = target.told;
  tell(stdout, text('storage.of', { plan: plan.name, place: placeText(text, target.told), server }));
  const none = all.isWhole ? 'storage.files.none' : 'storage.files.noneSeen';
  if (told.length === 0) tell(stdout, text(none, { at: momentHere(text, fromMs, here) }));
  else {
    const head = ['segment', 'at', 'parts', 'size', 'rows', 'file'] as const;
    const rows = told.map((one) => [
      one.arrival.segment?.name ?? one.arrival.segment?.id ?? text('runs.absent'),
      one.arrival.atMs === undefined ? text('runs.absent') : momentHere(text, one.arrival.atMs, here),
      one.arrival.parts.length,
      bytesText(one.arrival, text),
      rowsText(one, text),
      one.arrival.parts[0]?.name,
    ]);
    const table = [head.map((name) => text(`storage.files.${name}`)), ...rows];
    for (const one of tableLines(table, columnsOf(stdout))) line(stdout, one);
  }
  if (all.only) tellDetails(all, streams);
  for (const finding of findings) tell(stdout, `${glyphs.cross} ${findingText(finding, text)}`);
  if (findings.length === 0 && told.length > 0) {
    const bare = told.filter(({ head }) => head?.kind !== 'head').length;
    const fine = bare === 0 ? text('storage.files.fine') : text('storage.files.fineUnread', { count: bare });
    if (told.every(isSample))
      tell(stdout, text('storage.files.onlySamples', { at: momentHere(text, fromMs, here) }));
    else tell(stdout, `${glyphs.check} ${fine}`);
  }
  const note = (said: string): void => tell(stderr, `${glyphs.warning} ${said}`);
  for (const [failure] of Map.groupBy(all.unread, (one) => one.kind).values())
    if (failure) note(text('storage.files.unread', { why: storageText(text, failure, target.told).what }));
  if (!all.isWhole) note(text('storage.notAll', { count: all.looked }));
  if (told.length > mostRead) note(text('storage.files.read', { count: mostRead }));
  if (runs === undefined) note(text('storage.files.noRuns'));
  else if (all.lacksRuns) note(text('storage.files.runsUnread'));
  else if (runs.length === 0) tell(stderr, text('storage.files.noRunSays'));
  else tell(stderr, text('storage.files.runs', { count: runs.length }));
}

/** Of one run there is room for what its files begin with, and for its manifest. */
function tellDetails({ told, manifests, plan, isWhole }: Looked, { stdout, text }: Streams): void {
  for (const { head } of told)
    if (head?.kind === 'head') tell(stdout, text('storage.files.header', { columns: head.head.header }));
  if (manifests.length > 0) tell(stdout, text('storage.files.manifests', { files: manifests }));
  else if (isWhole && plan.destination.location['includeFileManifest'] === true)
    tell(stdout, text('storage.files.noManifest'));
}

/** Nothing where the server does not say how long each is. */
const bytesOf = ({ parts }: Arrival): number | undefined =>
  parts.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );

function bytesText(arrival: Arrival, text: Text): string {
  const bytes = bytesOf(arrival);
  return bytes === undefined ? text('runs.absent') : sizeText(text, bytes);
}

/** Rows of the first file: where there are more parts, theirs are not known. */
function rowsText(one: Told, text: Text): string {
  const { parts } = one.arrival;
  const rows = one.head?.kind === 'head' ? one.head.head.rows : undefined;
  const count = rows?.count ?? 0;
  const counted = text(rows?.isExact === true ? 'storage.files.exactly' : 'storage.files.about', { count });
  const said = rows ? counted : text('runs.absent');
  if (isSample(one)) return text('storage.files.sample', { rows: said });
  return rows && parts.length > 1 ? text('storage.files.first', { rows: said }) : said;
}

function findingText(finding: ArrivalFinding, text: Text): string {
  switch (finding.kind) {
    case 'fewer':
      return text('storage.found.fewer', { ...finding });
    case 'partMissing':
      return text('storage.found.partMissing', { ...finding, part: String(finding.part) });
    case 'columnsMissing':
      return text('storage.found.columnsMissing', { ...finding });
    case 'columnsMore':
      return text('storage.found.columnsMore', { ...finding });
    case 'columnsOrder':
      return text('storage.found.columnsOrder', { ...finding });
    case 'manifestMissing':
      return text('storage.found.manifestMissing', { ...finding });
    case 'manifestSize':
      return text('storage.found.manifestSize', { ...finding });
    case 'manifestUnread':
      return text('storage.found.manifestUnread', { ...finding });
    case 'changing':
      return text('storage.found.changing', { ...finding });
  }
}

function documentOf(all: Looked, { english }: Streams): object {
  const { plan, target, told, runs, findings } = all;
  const { kind, server, name, folder } = target.told;
  return {
    plan: plan.name,
    flow: plan.flow,
    storage: { kind, server, name, folder },
    since: isoText(all.fromMs),
    readAt: isoText(all.nowMs),
    looked: all.looked,
    isComplete: all.isWhole && !all.lacksRuns && all.unread.length === 0,
    exports: told.map(({ arrival, head }) => ({
      ...(isSample({ arrival, head }) ? { sample: true } : {}),
      segment: arrival.segment && { id: arrival.segment.id, name: arrival.segment.name },
      at: isoText(arrival.atMs),
      bytes: bytesOf(arrival),
      files: arrival.parts.map((one) => ({
        name: one.name,
        part: one.part,
        bytes: one.bytes,
        changedAt: isoText(one.changedMs),
      })),
      ...(head?.kind === 'head' ? { header: head.head.header, rows: head.head.rows } : {}),
    })),
    runs: runs?.map(({ run, beganMs, said, there }) => ({
      run,
      began: isoText(beganMs),
      files: said,
      there,
    })),
    findings: findings.map((one) => ({ ...one, message: findingText(one, english) })),
  };
}
