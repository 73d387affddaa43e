import type { Run } from '../../flow-service/runs.ts';
import { columnsOf } from '../content/columns.ts';
import { areKeptApart, type Delivered, deliveredBy } from '../content/delivered-files.ts';
import type { Plan, PlanSegment } from '../plan/plan.ts';
import { listedId } from '../plan/plan.ts';
import { sameId } from '../same-id.ts';
import { kindOf } from '../spec/catalog.ts';
import { fileTypeOf } from '../spec/storage-location.ts';

/** A file as it lies at the destination, by its name below the folder. Moments are epoch milliseconds. */
export interface StoredAt {
  readonly name: string;
  /** Nothing where the server does not say. */
  readonly bytes: number | undefined;
  readonly changedMs?: number | undefined;
}

/** What belongs together: an export, or what of it there is. */
export interface Arrival {
  readonly segment: PlanSegment | undefined;
  /** Of its name, else when its first file was written. */
  readonly atMs: number | undefined;
  /** In the order of their numbers. */
  readonly parts: readonly (StoredAt & { readonly part: number })[];
  /** The numbers of all that are there, also of those that came before. */
  readonly numbers: ReadonlySet<number>;
}

/** What the manifest of a run names. @see cards.md, section 4.2 */
export interface Manifest {
  readonly name: string;
  readonly run: string;
  /** Nothing where it could not be read. */
  readonly files?: readonly { readonly name: string; readonly bytes?: number | undefined }[] | undefined;
}

interface Arrivals {
  readonly exports: readonly Arrival[];
  /** With the run that each is of. */
  readonly manifests: readonly (StoredAt & { readonly run: string })[];
}

/** Something about what has arrived that is not as it should be. */
export type ArrivalFinding =
  | { readonly kind: 'fewer'; readonly run: string; readonly said: number; readonly there: number }
  | { readonly kind: 'partMissing'; readonly file: string; readonly part: number }
  | {
      readonly kind: 'columnsMissing' | 'columnsMore';
      readonly file: string;
      readonly columns: readonly string[];
    }
  | { readonly kind: 'columnsOrder'; readonly file: string }
  | { readonly kind: 'manifestMissing'; readonly file: string; readonly manifest: string }
  | {
      readonly kind: 'manifestSize';
      readonly file: string;
      readonly manifest: string;
      readonly said: number;
      readonly there: number;
    }
  | { readonly kind: 'manifestUnread'; readonly manifest: string }
  | { readonly kind: 'changing'; readonly file: string };

/** When a file came, as far as anybody knows. */
const cameMs = (file: StoredAt, delivered: Delivered | undefined): number | undefined =>
  file.changedMs ?? (delivered?.kind === 'file' ? delivered.atMs : undefined);

/** The files of a plan among all that lie there, as exports, the newest first. */
export function arrivalsOf(plan: Plan, files: readonly StoredAt[], sinceMs: number): Arrivals {
  const isOne = deliveredBy(plan);
  const exports = new Map<
    string,
    {
      segment: PlanSegment | undefined;
      atMs: number | undefined;
      parts: Arrival['parts'][number][];
      numbers: Set<number>;
    }
  >();
  const manifests: Arrivals['manifests'][number][] = [];
  for (const file of files) {
    const delivered = isOne(file.name);
    if (!delivered) continue;
    const ms = cameMs(file, delivered);
    const isLate = ms === undefined || ms >= sinceMs;
    if (delivered.kind === 'manifest') {
      if (isLate) manifests.push({ ...file, run: delivered.run });
      continue;
    }
    const { segment, atMs, part, stem } = delivered;
    const one = exports.get(stem) ?? { segment, atMs: atMs ?? ms, parts: [], numbers: new Set() };
    one.numbers.add(part);
    if (isLate) one.parts.push({ ...file, part });
    exports.set(stem, one);
  }
  for (const { parts } of exports.values()) parts.sort((a, b) => a.part - b.part);
  return {
    exports: [...exports.values()]
      .filter(({ parts }) => parts.length > 0)
      .toSorted((a, b) => (b.atMs ?? 0) - (a.atMs ?? 0)),
    manifests,
  };
}

/** Parts that are not there, though later ones are. */
export const partFindings = ({ parts, numbers }: Arrival): ArrivalFinding[] => {
  const most = parts.at(-1)?.part ?? 0;
  return Array.from({ length: most }, (_, at) => at + 1)
    .filter((part) => !numbers.has(part))
    .slice(0, 10)
    .map((part) => ({ kind: 'partMissing', file: parts[0]?.name ?? '', part }));
};

/**
 * A header held against the columns of the plan. On older cards a column is called after its path, in a way that is
 * not documented.
 *
 * @see cards.md, section 9
 */
export function headerFindings(plan: Plan, file: string, header: readonly string[]): ArrivalFinding[] {
  const isOlder = kindOf(plan.destination.connectionSpecId) === 'older';
  const plain = (name: string): string => (isOlder ? name.replaceAll('.', '_').toLowerCase() : name);
  const wanted = columnsOf(plan.attributes.selected).map(({ column }) => column);
  const [had, want] = [header.map(plain), wanted.map(plain)];
  const missing = wanted.filter((column) => !had.includes(plain(column)));
  const more = header.filter((column) => !want.includes(plain(column)));
  if (missing.length > 0 || more.length > 0)
    return [
      ...(missing.length > 0 ? [{ kind: 'columnsMissing' as const, file, columns: missing }] : []),
      ...(more.length > 0 ? [{ kind: 'columnsMore' as const, file, columns: more }] : []),
    ];
  // The members of an object have no order.
  const isOrdered = fileTypeOf(plan) !== 'JSON';
  return !isOrdered || had.every((column, at) => column === want[at]) ? [] : [{ kind: 'columnsOrder', file }];
}

/**
 * What of a manifest is about a plan: several dataflows may write to one folder, each with manifests of its own. One
 * that names no file of the plan is another's, and names nothing here.
 *
 * @param start - How the names begin that were listed: of others nobody knows whether they are there.
 */
export function manifestOf(plan: Plan, manifest: Manifest, start: string): Manifest {
  const { name, files } = manifest;
  if (!files) return manifest;
  const isOne = deliveredBy(plan);
  // It lies beside what it names.
  const beside = name.slice(0, name.lastIndexOf('/') + 1);
  const isOwn = files.some((one) => isOne(beside + one.name)?.kind === 'file');
  return { ...manifest, files: isOwn ? files.filter((one) => lastOf(one.name).startsWith(start)) : [] };
}

/** Of one manifest nobody reads more. */
const mostOfManifest = 100;

/** A manifest held against what is there. */
export function manifestFindings(manifest: Manifest, files: readonly StoredAt[]): ArrivalFinding[] {
  const { name, files: named } = manifest;
  if (!named) return [{ kind: 'manifestUnread', manifest: name }];
  const there = Map.groupBy(files, (file) => lastOf(file.name));
  const findings = named.flatMap((one): ArrivalFinding[] => {
    const found = there
      .get(lastOf(one.name))
      ?.find((file) => file.name === one.name || file.name.endsWith(`/${one.name}`));
    if (!found) return [{ kind: 'manifestMissing', file: one.name, manifest: name }];
    const { bytes: said } = one;
    return said === undefined || found.bytes === undefined || said === found.bytes
      ? []
      : [{ kind: 'manifestSize', file: one.name, manifest: name, said, there: found.bytes }];
  });
  return findings.slice(0, mostOfManifest);
}

/** The name of a file without its folders. */
const lastOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/**
 * A name may have the moment of the schedule, and a run begins some time after that; a file is written while its run
 * is under way, by another clock. Milliseconds before a run is seen to begin, and after it has ended.
 */
const namedBeforeMs = 90 * 60_000;
const writtenBeforeMs = 10 * 60_000;
const afterMs = 60 * 60_000;

/** What runs are told apart by. */
interface RunTime extends Pick<Run, 'segments'> {
  readonly beganMs: number;
  readonly endedMs: number;
}

/** The parts of an export that are of a run, by its segment and its time. */
function partsIn(
  { segments, beganMs, endedMs }: RunTime,
  { segment, parts, atMs }: Arrival,
): Arrival['parts'] {
  const isOfRun =
    segment === undefined ||
    segments.length === 0 ||
    segments.some(({ id }) => sameId(id, segment.id) || sameId(id, listedId(segment)));
  const isWithin = (ms: number | undefined, leadMs: number): boolean =>
    ms !== undefined && ms >= beganMs - leadMs && ms <= endedMs + afterMs;
  return isOfRun
    ? parts.filter(({ changedMs }) => isWithin(changedMs, writtenBeforeMs) || isWithin(atMs, namedBeforeMs))
    : [];
}

/** From when on files of a run may be there, epoch milliseconds. */
export const arrivesFromMs = (beganMs: number): number => beganMs - namedBeforeMs;

/** What is there of one run. */
export function arrivedIn(run: Run, { exports, manifests }: Arrivals): Arrivals {
  const { beganMs = 0, segments } = run;
  const time = { segments, beganMs, endedMs: run.endedMs ?? beganMs };
  return {
    exports: exports
      .map((one) => ({ ...one, parts: partsIn(time, one) }))
      .filter(({ parts }) => parts.length > 0),
    manifests: manifests.filter((one) => sameId(one.run, run.id)),
  };
}

/** How many files a run says it wrote, and how many of that time are there. */
export interface RunArrival {
  readonly run: string;
  readonly beganMs: number;
  readonly said: number;
  readonly there: number;
}

/**
 * Runs that ended well and say how many files they wrote, held against the files of their time. Where exports are
 * written over each other only the last run can be told.
 */
export function runArrivals(
  plan: Plan,
  runs: readonly Run[],
  { exports }: Arrivals,
  sinceMs: number,
): RunArrival[] {
  const ended = runs
    .filter(({ state }) => state === 'good')
    .flatMap((run) => {
      const { beganMs, endedMs, filesOut, segments } = run;
      if (beganMs === undefined || filesOut === undefined || beganMs < sinceMs) return [];
      return [{ run: run.id, segments, beganMs, endedMs: endedMs ?? beganMs, said: filesOut }];
    });
  const last = ended.toSorted((a, b) => b.beganMs - a.beganMs);
  const told = areKeptApart(plan)
    ? last
    : last.filter(
        (run, at) =>
          !last
            .slice(0, at)
            .some((later) => run.segments.some(({ id }) => later.segments.some((one) => sameId(one.id, id)))),
      );
  return told.map(({ run, said, ...time }) => ({
    run,
    beganMs: time.beganMs,
    said,
    there: exports.reduce((sum, one) => sum + partsIn(time, one).length, 0),
  }));
}

export const runFindings = (arrivals: readonly RunArrival[]): ArrivalFinding[] =>
  arrivals
    .filter(({ said, there }) => there < said)
    .map(({ run, said, there }) => ({ kind: 'fewer', run, said, there }));
