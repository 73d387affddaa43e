import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { deliveredBy } from '../../activation/content/delivered-files.ts';
import {
  csvOptionsOf,
  type SampleFile,
  sampleFile,
  sampleText,
} from '../../activation/content/sample-file.ts';
import type { Plan, PlanSegment } from '../../activation/plan/plan.ts';
import { isCalled } from '../../activation/same-id.ts';
import { isFlowServiceError, ReadOnlyError } from '../../flow-service/errors.ts';
import type { Scene } from '../../locale/explain.ts';
import { placeText } from '../../locale/storage-text.ts';
import { cleanMs, isLeft } from '../../storage/check.ts';
import { StorageError } from '../../storage/failure.ts';
import type { Store, StoredFile } from '../../storage/store.ts';
import { withConnected } from '../connect/connect.ts';
import type { Flags } from '../console/arguments.ts';
import { canAsk } from '../console/ask.ts';
import { confirmIn } from '../console/confirm-in.ts';
import { exitCode } from '../console/exit-codes.ts';
import { isStop, Stop } from '../console/stop.ts';
import { json, type Streams } from '../console/streams.ts';
import { untilLeft } from '../console/until-left.ts';
import { tell } from '../console/wrap-said.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { audit } from '../runs/record-run.ts';
import { withStore } from './failed.ts';
import { isMadeUp, madeUpNote, mostSampleBytes } from './made-up.ts';
import { openTarget } from './open-target.ts';
import type { Target } from './place-of.ts';

/** For all of it, milliseconds. */
const mostMs = 60_000;
/** Files that are looked at for samples. */
const mostLookedAt = 20_000;

interface Sampling {
  readonly plan: Plan;
  /** Where the plan stands, as it was given. */
  readonly file: string;
  readonly target: Target;
  readonly flags: Flags;
  readonly streams: Streams;
  readonly enter: (scene: Scene) => void;
}

/**
 * `ferry storage sample PLAN`: a file as an export will write it, with made-up rows that say so; `--remove` takes away
 * what it has written.
 *
 * @throws Stop (2, 3, 130); ReadOnlyError; FlowServiceError where the platform has to be asked what opens the place
 */
export async function storageSample(
  file: string | undefined,
  flags: Flags,
  streams: Streams,
  enter: (scene: Scene) => void,
): Promise<number> {
  const plan = await readPlanFile(file, 'storage sample', streams, flags.json === true);
  if (!plan) return exitCode.usage;
  const wanted = segmentsMeant(plan, flags);
  if (flags['read-only'] === true) throw new ReadOnlyError({ method: 'PUT', path: plan.name });
  if (flags.remove !== true) requireBelow(plan, wanted);
  const target = await openTarget({ plan, flags, streams, enter });
  const sampling = { plan, file: file ?? '', target, flags, streams, enter };
  return withStore(target, async (store) =>
    flags.remove === true ? removeAll(store, wanted, sampling) : writeAll(store, wanted, sampling),
  );
}

/** Those that are named, else the first. @throws Stop (2) for a name that is none */
function segmentsMeant({ segments }: Plan, { segment: given, remove }: Flags): readonly PlanSegment[] {
  if (given === undefined) return remove === true ? segments : segments.slice(0, 1);
  return given.map((name) => {
    const found = segments.find((one) => isCalled({ id: one.id, name: one.name ?? one.id }, name));
    if (!found) throw new Stop(exitCode.usage, (text) => text('storage.noSegment', { name }));
    return found;
  });
}

/** @throws Stop (2) for a sample that would lie elsewhere than its template says. */
function requireBelow(plan: Plan, segments: readonly PlanSegment[]): void {
  const out = segments.map((one) => sampleFile(plan, one, Date.now())).find(({ isBelow }) => !isBelow);
  if (out) throw new Stop(exitCode.usage, (text) => text('storage.sampleElsewhere', { name: out.name }));
}

async function writeAll(store: Store, segments: readonly PlanSegment[], sampling: Sampling): Promise<number> {
  const { plan, file, streams, flags, target } = sampling;
  const { stdout, stderr, text, env, glyphs } = streams;
  const signal = AbortSignal.timeout(mostMs);
  const files = segments.map((segment) => sampleFile(plan, segment, Date.now()));
  for (const { name } of files) if (await isSomebodys(store, name, signal)) throw isThere(name);
  const names = files.map(({ name }) => name);
  if (!(await isSure('sample', names, sampling))) return exitCode.interrupted;
  const written: object[] = [];
  for (const sample of files) {
    const bytes = await bytesOf(sample, plan);
    // It may have come while somebody was asked.
    if (await isSomebodys(store, sample.name, AbortSignal.timeout(mostMs))) throw isThere(sample.name);
    await audit(env, {
      act: 'storage sample',
      plan: plan.name,
      server: target.told.server,
      file: sample.name,
    });
    await untilLeft(streams, (left) => putWhole(store, sample.name, bytes, left, streams));
    const { name, columns, rows, type, isGzip } = sample;
    written.push({
      name,
      bytes: bytes.length,
      columns,
      rows: rows.length,
      fileType: type,
      compression: isGzip ? 'GZIP' : 'NONE',
    });
    if (flags.json !== true)
      tell(
        stdout,
        `${glyphs.check} ${text('storage.sampleWritten', { name, count: rows.length, bytes: bytes.length })}`,
      );
  }
  const isEncrypted = plan.destination.encryption !== undefined;
  if (isEncrypted) tell(stderr, text('storage.sampleClear'));
  if (flags.json === true) json(stdout, { plan: plan.name, written, encrypted: false }, 2);
  else tell(stderr, text('storage.sampleRemove', { file }));
  return exitCode.done;
}

/** Writes a file; of one that could not be written to its end nothing stays, or it is told. @throws StorageError */
async function putWhole(
  store: Store,
  name: string,
  bytes: Uint8Array,
  left: AbortSignal,
  { stderr, text, glyphs }: Streams,
): Promise<void> {
  try {
    await store.put(name, bytes, AbortSignal.any([left, AbortSignal.timeout(mostMs)]));
  } catch (error) {
    const isThere =
      error instanceof StorageError &&
      (await isLeft(store, name, error.failure, AbortSignal.timeout(cleanMs)));
    if (isThere) tell(stderr, `${glyphs.warning} ${text('storage.left', { name })}`);
    throw error;
  }
}

/** Whether there is a file of this name that is no sample: it is an export, and stays. */
async function isSomebodys(store: Store, name: string, signal: AbortSignal): Promise<boolean> {
  const found = await store.find(name, signal);
  return found !== undefined && !(await isSample(store, found, signal));
}

const isThere = (name: string): Stop =>
  new Stop(exitCode.conflict, (say) => say('storage.sampleThere', { name }));

async function removeAll(
  store: Store,
  segments: readonly PlanSegment[],
  sampling: Sampling,
): Promise<number> {
  const { plan, target, streams, flags } = sampling;
  const { stdout, stderr, text, env, glyphs } = streams;
  const signal = AbortSignal.timeout(mostMs);
  const isOne = deliveredBy({ ...plan, segments: [...segments] });
  const { files, isWhole, looked } = await store.list({ depth: target.depth, most: mostLookedAt, signal });
  const found: string[] = [];
  for (const one of files)
    if (isOne(one.name) !== undefined && (await isSample(store, one, signal))) found.push(one.name);
  if (!isWhole) tell(stderr, `${glyphs.warning} ${text('storage.notAll', { count: looked })}`);
  if (found.length === 0) {
    if (flags.json === true) json(stdout, { plan: plan.name, removed: [], isComplete: isWhole }, 2);
    else tell(stdout, text('storage.sampleNone'));
    return exitCode.done;
  }
  if (!(await isSure('remove', found, sampling))) return exitCode.interrupted;
  const removed: string[] = [];
  for (const name of found) {
    // An export may have been written over it while somebody was asked.
    const now = await store.find(name, AbortSignal.timeout(mostMs));
    if (!now || !(await isSample(store, now, AbortSignal.timeout(mostMs)))) continue;
    await audit(env, {
      act: 'storage sample --remove',
      plan: plan.name,
      server: target.told.server,
      file: name,
    });
    await store.remove(name, AbortSignal.timeout(mostMs));
    removed.push(name);
    if (flags.json !== true) tell(stdout, `${glyphs.check} ${text('storage.sampleRemoved', { name })}`);
  }
  if (flags.json === true) json(stdout, { plan: plan.name, removed, isComplete: isWhole }, 2);
  return exitCode.done;
}

/** Whether every row of a file is made up: only such a one may go. */
async function isSample(
  store: Store,
  { name, bytes = 1 }: StoredFile,
  signal: AbortSignal,
): Promise<boolean> {
  if (bytes === 0 || bytes > mostSampleBytes) return false;
  const read = Buffer.from(await store.read(name, mostSampleBytes + 1, signal));
  return read.length <= mostSampleBytes && isMadeUp(read);
}

async function bytesOf(sample: SampleFile, plan: Plan): Promise<Uint8Array> {
  if (sample.type === 'PARQUET') {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    const columnData = sample.columns.map((name, at) => ({
      name,
      data: sample.rows.map((row) => row[at] ?? ''),
      type: 'STRING' as const,
    }));
    const kvMetadata = [{ key: 'ferry', value: madeUpNote }];
    return new Uint8Array(parquetWriteBuffer({ columnData, codec: 'UNCOMPRESSED', kvMetadata }));
  }
  const bytes = Buffer.from(sampleText(sample, csvOptionsOf(plan)));
  return sample.isGzip ? promisify(gzip)(bytes) : bytes;
}

/** Asks whoever is there; in a sandbox that is not known to be for development by its name. @throws Stop (3) */
async function isSure(
  act: 'sample' | 'remove',
  names: readonly string[],
  { plan, target, flags, streams, enter }: Sampling,
): Promise<boolean> {
  const { stdout, text } = streams;
  const values = { names, place: placeText(text, target.told), server: target.told.server };
  // Whoever is asked for the name of the sandbox is asked nothing else.
  if (canAsk(flags, streams) && flags.yes !== true) tell(stdout, text(`storage.${act}What`, values));
  const known = async (): Promise<boolean | undefined> =>
    withConnected({ flags, streams, planSandbox: plan.sandbox, readOnly: true }, enter, (connected) =>
      connected.isProduction(),
    ).catch((error: unknown) => {
      // Whoever has no platform here may still have a storage.
      if (isStop(error) || isFlowServiceError(error)) return undefined;
      throw error;
    });
  const place = { isProduction: known, client: { sandbox: plan.sandbox } };
  return confirmIn(
    [place],
    text(`storage.${act}Confirm`, values),
    (say) => say('storage.needsYes'),
    flags,
    streams,
  );
}
