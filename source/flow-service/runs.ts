import * as z from 'zod';
import { momentMs } from './moment.ts';
import { listOf, maybe } from './shapes.ts';

/** What cannot be read counts as absent: no member of a run takes the run with it. */
const told = <Shape extends z.ZodType>(shape: Shape) => maybe(shape).catch(undefined);
const part = <Shape extends z.ZodRawShape>(shape: Shape) => told(z.object(shape));
const toldList = <Shape extends z.ZodType>(shape: Shape) => listOf(shape).catch([]);

/** Absent, null and what is no number of things stay absent: never zero. */
const count = told(z.number().nonnegative());
/** Zero is written where there is no moment. */
const moment = told(z.number().positive());
const text = told(z.string());

const reason = z
  .object({ code: text, message: text, count, type: text })
  .catch({ code: undefined, message: undefined, count: undefined, type: undefined });

const records = { inputRecordCount: count, outputRecordCount: count, skippedRecordCount: count };
const summaries = toldList(
  z
    .object({
      id: text,
      entitySummaries: toldList(
        z
          .object({ id: z.string(), ...records })
          .nullable()
          .catch(null),
      ),
    })
    .catch({ id: undefined, entitySummaries: [] }),
);

const duration = part({ startedAtUTC: moment, completedAtUTC: moment });
const status = part({
  status: z.unknown(),
  errors: toldList(reason),
  extensions: part({
    snapshot: part({ batchId: text, datasetId: text }),
    incremental: part({ batchId: text, datasetId: text }),
  }),
});

const reading = z.object({
  id: z.string(),
  flowId: text,
  flowSpec: part({ id: text }),
  providerRefId: text,
  createdAt: moment,
  updatedAt: moment,
  etag: text,
  metrics: part({
    durationSummary: duration,
    sizeSummary: part({ inputBytes: count, outputBytes: count }),
    recordSummary: part({
      ...records,
      createdRecordCount: count,
      updatedRecordCount: count,
      deletedRecordCount: count,
      failedRecordCount: count,
      warningRecordCount: count,
      sourceSummaries: summaries,
      targetSummaries: summaries,
      failedInfo: toldList(reason),
      skippedInfo: toldList(reason),
      warningInfo: toldList(reason),
    }),
    fileSummary: part({
      inputFileCount: count,
      outputFileCount: count,
      skippedFileCount: count,
      failedFileCount: count,
    }),
    statusSummary: status,
  }),
  activities: toldList(
    z
      .object({ id: text, name: text, durationSummary: duration, statusSummary: status })
      .catch({ id: undefined, name: undefined, durationSummary: undefined, statusSummary: undefined }),
  ),
});

/**
 * How a run stands. `running`: it is processed, waits, or says nothing and has no end. `unknown`: it says something that
 * nobody here knows, or has an end and says nothing; it is then neither good nor failed.
 *
 * @see manage.md, section 5.4
 */
export type RunState = 'good' | 'failed' | 'running' | 'unknown';

/** A reason that a run gives: of its failure, of rows that it left out. */
export interface RunReason {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** Rows that it is about. */
  readonly count?: number | undefined;
  /** `Error` or `Warning`, as it came. */
  readonly type?: string | undefined;
}

/** What a run exported of one segment. */
interface RunSegment {
  readonly id: string;
  readonly rowsIn?: number | undefined;
  readonly rowsOut?: number | undefined;
  readonly skipped?: number | undefined;
}

/** A step of a run. */
interface RunActivity {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly state: RunState;
  readonly startedMs?: number | undefined;
  readonly endedMs?: number | undefined;
  readonly errors: readonly RunReason[];
}

/**
 * An export of a dataflow. Whatever it does not say, or says as null, is absent, and never zero. Moments are epoch
 * milliseconds of the platform's clock.
 *
 * @see flow-service.md, section 2.7; manage.md, sections 5.1 and 5.2
 */
export interface Run {
  readonly id: string;
  readonly flowId?: string | undefined;
  readonly state: RunState;
  /** Its state as it came; nothing where it has none. */
  readonly status?: string | undefined;
  /** It has not ended, as far as it says: an unknown state with an end is over. */
  readonly isUnderWay: boolean;
  readonly createdMs?: number | undefined;
  readonly updatedMs?: number | undefined;
  readonly startedMs?: number | undefined;
  /** When it began, as far as it says: when it was made, where it has not begun. */
  readonly beganMs?: number | undefined;
  readonly endedMs?: number | undefined;
  /** Profiles received; refreshed about every hour while it runs. */
  readonly rowsIn?: number | undefined;
  /** Identities activated. */
  readonly rowsOut?: number | undefined;
  /** As `rowsOut`, by the name that only some runs have. */
  readonly created?: number | undefined;
  readonly updated?: number | undefined;
  readonly deleted?: number | undefined;
  /** Identities left out: a mandatory attribute is missing, or a consent. */
  readonly skipped?: number | undefined;
  /** Not told of destinations that take files. */
  readonly failedRows?: number | undefined;
  readonly warnedRows?: number | undefined;
  readonly bytesIn?: number | undefined;
  readonly bytesOut?: number | undefined;
  readonly filesIn?: number | undefined;
  readonly filesOut?: number | undefined;
  readonly filesSkipped?: number | undefined;
  readonly filesFailed?: number | undefined;
  /** Why it failed: of the run, of its rows and of its steps, each said once. */
  readonly errors: readonly RunReason[];
  readonly skipReasons: readonly RunReason[];
  readonly warnings: readonly RunReason[];
  /** What it is of, by its target; by its source where that names none, as a failed run does. Empty: it does not say. */
  readonly segments: readonly RunSegment[];
  readonly activities: readonly RunActivity[];
  /** Which results of the segmentation were exported. */
  readonly snapshotBatchId?: string | undefined;
  readonly incrementalBatchId?: string | undefined;
  readonly flowSpecId?: string | undefined;
  /** Of the exporting system. */
  readonly providerRefId?: string | undefined;
}

const known: ReadonlyMap<string, RunState> = new Map([
  ['success', 'good'],
  ['failed', 'failed'],
  ['processing', 'running'],
  ['waiting', 'running'],
]);

/** A status of any kind, in words. */
function saidOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How a run stands that says this of itself. */
export function stateOf(said: string | undefined, hasEnd: boolean): RunState {
  if (said === undefined) return hasEnd ? 'unknown' : 'running';
  return known.get(said.toLowerCase()) ?? 'unknown';
}

/** Reasons that say anything, each once. */
function reasonsIn(...lists: readonly (readonly RunReason[])[]): RunReason[] {
  const found = new Map<string, RunReason>();
  for (const one of lists.flat()) {
    if (one.code === undefined && one.message === undefined) continue;
    const key = JSON.stringify([one.code, one.message]);
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

type Summaries = z.infer<typeof summaries>;

/** @see manage.md, section 5.3: a failed run names its segment by its source only */
function segmentsOf(source: Summaries, target: Summaries): RunSegment[] {
  const entities = (list: Summaries) =>
    list.flatMap(({ entitySummaries }) =>
      entitySummaries.flatMap((one) => {
        const id = one === null ? '' : one.id.replace(/^segment:/i, '');
        return one === null || id === '' ? [] : [{ ...one, id }];
      }),
    );
  const [from, to] = [entities(source), entities(target)];
  const found = new Map<string, RunSegment>();
  for (const { id } of to.length > 0 ? to : from) {
    const key = id.toLowerCase();
    if (found.has(key)) continue;
    const of = (list: typeof from) => list.find((one) => one.id.toLowerCase() === key);
    const [read, written] = [of(from), of(to)];
    found.set(key, {
      id,
      rowsIn: read?.inputRecordCount ?? written?.inputRecordCount,
      rowsOut: written?.outputRecordCount,
      skipped: read?.skippedRecordCount ?? written?.skippedRecordCount,
    });
  }
  return [...found.values()];
}

/** A run as it is read. @throws ZodError for what has no id, and for nothing else */
export const run = reading.transform(({ metrics, activities, ...one }): Run => {
  const { durationSummary, sizeSummary, recordSummary, fileSummary, statusSummary } = metrics ?? {};
  const status = saidOf(statusSummary?.status);
  const hasEnd = durationSummary?.completedAtUTC !== undefined;
  const state = stateOf(status, hasEnd);
  const createdMs = momentMs(one.createdAt);
  const startedMs = momentMs(durationSummary?.startedAtUTC);
  return {
    id: one.id,
    flowId: one.flowId,
    state,
    status,
    isUnderWay: (state === 'running' || state === 'unknown') && !hasEnd,
    createdMs,
    updatedMs: momentMs(one.updatedAt),
    startedMs,
    beganMs: startedMs ?? createdMs,
    endedMs: momentMs(durationSummary?.completedAtUTC),
    rowsIn: recordSummary?.inputRecordCount,
    rowsOut: recordSummary?.outputRecordCount ?? recordSummary?.createdRecordCount,
    created: recordSummary?.createdRecordCount,
    updated: recordSummary?.updatedRecordCount,
    deleted: recordSummary?.deletedRecordCount,
    skipped: recordSummary?.skippedRecordCount,
    failedRows: recordSummary?.failedRecordCount,
    warnedRows: recordSummary?.warningRecordCount,
    bytesIn: sizeSummary?.inputBytes,
    bytesOut: sizeSummary?.outputBytes,
    filesIn: fileSummary?.inputFileCount,
    filesOut: fileSummary?.outputFileCount,
    filesSkipped: fileSummary?.skippedFileCount,
    filesFailed: fileSummary?.failedFileCount,
    errors: reasonsIn(
      statusSummary?.errors ?? [],
      recordSummary?.failedInfo ?? [],
      ...activities.map((step) => step.statusSummary?.errors ?? []),
    ),
    skipReasons: reasonsIn(recordSummary?.skippedInfo ?? []),
    warnings: reasonsIn(recordSummary?.warningInfo ?? []),
    segments: segmentsOf(recordSummary?.sourceSummaries ?? [], recordSummary?.targetSummaries ?? []),
    activities: activities.map((step): RunActivity => {
      const endedMs = momentMs(step.durationSummary?.completedAtUTC);
      return {
        id: step.id,
        name: step.name,
        state: stateOf(saidOf(step.statusSummary?.status), endedMs !== undefined),
        startedMs: momentMs(step.durationSummary?.startedAtUTC),
        endedMs,
        errors: reasonsIn(step.statusSummary?.errors ?? []),
      };
    }),
    snapshotBatchId: nonEmpty(statusSummary?.extensions?.snapshot?.batchId),
    incrementalBatchId: nonEmpty(statusSummary?.extensions?.incremental?.batchId),
    flowSpecId: one.flowSpec?.id,
    providerRefId: one.providerRefId,
  };
});

/** Texts of `extensions` are empty where there is none. */
const nonEmpty = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
