import type { Plan } from '../../activation/plan/plan.ts';
import type { Arrival, ArrivalFinding, RunArrival } from '../../activation/watch/arrivals.ts';
import type { Run } from '../../flow-service/runs.ts';
import { placeText, storageText } from '../../locale/storage-text.ts';
import type { Text } from '../../locale/texts.ts';
import { sizeText } from '../../pages/watch/run-words.ts';
import { momentHere } from '../../pages/watch/times.ts';
import type { Failure } from '../../storage/failure.ts';
import { isoText, localZone } from '../console/here.ts';
import { line, type Streams } from '../console/streams.ts';
import { tableLines } from '../console/table-text.ts';
import { columnsOf, tell } from '../console/wrap-said.ts';
import type { Target } from './place-of.ts';
import type { HeadReading } from './read-head.ts';

/** Exports, and manifests, of which no more are read. */
export const mostRead = 20;

/** What was read of an export. */
export interface Told {
  readonly arrival: Arrival;
  /** Nothing where there were more exports than are read. */
  readonly head: HeadReading | undefined;
}

/** What was seen of what has arrived, with what it is held against. */
export interface Looked {
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

/** Whether it is somebody's made-up file, and no export. */
export const isSample = ({ head }: Told): boolean =>
  head !== undefined && 'isSample' in head && head.isSample;

/** Says it to a person. */
export function tellFiles(all: Looked, streams: Streams): void {
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

/** The same for a program. */
export function documentOf(all: Looked, { english }: Streams): object {
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
