import { parseMarked } from './clean.ts';
import * as z from 'zod';
import { inMs, momentMs } from './moment.ts';
import { stateOf } from './runs.ts';
import { underFlow } from './references.ts';
import { listOf, maybe, textOrNull } from './shapes.ts';
import { versionNumber } from './version.ts';

/** One instruction of a JSON Patch. @see flow-service.md, section 2.0.4 */
export interface PatchOperation {
  op: 'add' | 'replace' | 'remove';
  path: string;
  /** None in a `remove`. */
  value?: unknown;
}

const text = z.string().optional();
/** @see flow-service.md, section 5.1 */
const segmentSelector = z.object({
  type: text,
  value: z.object({
    id: z.string(),
    systemSegmentId: textOrNull,
    namespace: textOrNull,
    name: textOrNull,
    filenameTemplate: textOrNull,
    exportMode: textOrNull,
    schedule: z
      .object({
        frequency: textOrNull,
        triggerType: textOrNull,
        startDate: textOrNull,
        endDate: textOrNull,
        startTime: textOrNull,
      })
      .nullish()
      .transform((value) => value ?? undefined),
  }),
});

/** @see flow-service.md, sections 5.4 and 5.6 */
const profileSelector = z.object({ type: text, value: z.object({ path: z.string() }) });

/** @see flow-service.md, section 5.5 */
const primaryField = z.object({
  fieldType: textOrNull,
  attributePath: textOrNull,
  identityNamespace: textOrNull,
});

const maybeListOf = <Shape extends z.ZodType>(shape: Shape) => maybe(z.array(shape));

/** Where the columns of a card of today stand; without an id they are still to come. @see cards.md, section 5.4 */
const profileMapping = z.object({
  mappingId: textOrNull.transform((id) => (id === '' ? undefined : id)),
  /** Nothing where it does not say: no version is the usual one. */
  mappingVersion: versionNumber.optional().catch(undefined),
});

const transformation = z.object({
  name: text,
  params: maybe(
    z.object({
      segmentSelectors: maybe(z.object({ selectors: listOf(segmentSelector) })),
      profileSelectors: maybe(
        z.object({
          selectors: listOf(profileSelector),
          mandatoryFields: maybeListOf(z.string()),
          primaryFields: maybeListOf(primaryField),
        }),
      ),
      profileMapping: maybe(profileMapping),
      mandatoryFields: maybeListOf(z.string()),
      primaryFields: maybeListOf(primaryField),
    }),
  ),
});

/** Where the last change of a dataflow stands. `none`: the service does not say. */
export type Progress = 'none' | 'running' | 'completed' | 'partial' | 'failed';

const progressOf: Record<string, Progress> = {
  COMPLETED: 'completed',
  SUCCESS: 'completed',
  SUCCEEDED: 'completed',
  PARTIAL_SUCCESS: 'partial',
  PARTIAL_FAILURE: 'partial',
  FAILED: 'failed',
  FAILURE: 'failed',
  IN_PROGRESS: 'running',
  QUEUED: 'running',
  SCHEDULED: 'running',
};

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const lastOperation = z
  .object({
    started: z.number().optional().catch(undefined),
    percentCompleted: z.number().optional().catch(undefined),
    status: z.unknown(),
  })
  // Whatever else stands there has been said of a change, so it is the status.
  .catch(({ value }) => ({ started: undefined, percentCompleted: undefined, status: value }))
  .transform(({ started, percentCompleted, status }) => {
    const isObject = typeof status === 'object' && status !== null && !Array.isArray(status);
    const { value = null, errors = null }: { value?: unknown; errors?: unknown } = isObject
      ? status
      : { value: status };
    const word = value === null ? undefined : said(value);
    return {
      /** Epoch milliseconds. */
      startedMs: momentMs(started),
      percentCompleted,
      status: word,
      // A word we have never met is a change under way, until the time limit of the caller.
      progress: word === undefined ? ('none' as Progress) : (progressOf[word.toUpperCase()] ?? 'running'),
      errors: errors === null ? [] : (Array.isArray(errors) ? errors : [errors]).map(said),
    };
  });

/** As far as ferry looks at it. */
const reading = z.object({
  id: text,
  name: textOrNull,
  description: textOrNull,
  state: textOrNull,
  etag: textOrNull,
  flowSpec: z.object({ id: z.string() }).optional().catch(undefined),
  sourceConnectionIds: maybeListOf(z.string()),
  targetConnectionIds: maybeListOf(z.string()),
  inheritedAttributes: z.unknown().optional(),
  transformations: listOf(transformation),
  lastOperation: z
    .unknown()
    .transform((value) => (value === null ? undefined : lastOperation.parse(value)))
    .optional(),
  raw: z.unknown(),
});

/**
 * A dataflow as far as ferry looks at it, and beside it in `raw` the whole of it, for writing back.
 *
 * A patch replaces a selector as a whole, and what ferry does not know must survive that. So `raw` is what was
 * sent: members of any name, `null` and absent apart. Where the client read it, it is not cleaned either, as
 * `clean.ts` cuts long texts and takes out what could harm a terminal: written back, a text that nobody
 * touched would be changed for good. Nothing of `raw` is shown unless it is cleaned first.
 *
 * @see flow-service.md, sections 2.6 and 5.7
 */
export const flow = z.preprocess(
  (json) => (typeof json === 'object' && json !== null ? { ...json, raw: json } : json),
  // A read-back may name its connections only as inherited.
  reading.transform(({ inheritedAttributes, ...read }) => {
    const { sourceConnectionIds, targetConnectionIds } = underFlow({ ...read, inheritedAttributes });
    return { ...read, sourceConnectionIds, targetConnectionIds };
  }),
);

const inheritedOf = maybeListOf(
  z.object({
    id: textOrNull.catch(undefined),
    connectionSpec: maybe(z.object({ id: z.string() })).catch(undefined),
    baseConnection: maybe(z.object({ id: textOrNull })).catch(undefined),
  }),
).catch(undefined);

/** Seconds in a text or a number. @see flow-service.md, section 5.1 */
const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined)
  .transform(inMs);

/** A segment of a listed dataflow; nothing where its selector cannot be read. */
const listedSegment = z
  .object({
    value: segmentSelector.shape.value.extend({ createTime: seconds, updateTime: seconds }),
  })
  .transform(({ value: { createTime, updateTime, id, systemSegmentId, name, exportMode, schedule } }) => ({
    id,
    systemId: systemSegmentId,
    name,
    exportMode,
    schedule,
    /** When it was mapped and when that was changed, epoch milliseconds. */
    createdMs: createTime,
    updatedMs: updateTime,
  }))
  .nullable()
  .catch(null);

const names = maybeListOf(z.string()).catch(undefined);

const lastRun = z.object({
  id: textOrNull.catch(undefined),
  state: textOrNull.catch(undefined),
  startedAtUTC: maybe(z.number()).catch(undefined),
  completedAtUTC: maybe(z.number()).catch(undefined),
});

/**
 * A dataflow as a list shows it: each item of the service's list is the whole of it.
 *
 * @see manage.md, sections 1.1 and 1.2
 */
export const listedFlow = z
  .object({
    id: z.string(),
    name: textOrNull.catch(undefined),
    state: textOrNull.catch(undefined),
    createdAt: z.number().optional().catch(undefined),
    updatedAt: z.number().optional().catch(undefined),
    scheduleParams: z.unknown().optional(),
    targetConnectionIds: maybeListOf(z.unknown()).catch(undefined),
    inheritedAttributes: maybe(
      z.object({ sourceConnections: inheritedOf, targetConnections: inheritedOf }),
    ).catch(undefined),
    transformations: listOf(
      z.object({
        params: maybe(
          z.object({
            segmentSelectors: maybe(z.object({ selectors: listOf(z.unknown()) })),
            profileSelectors: maybe(z.object({ mandatoryFields: names })).catch(undefined),
            mandatoryFields: names,
            profileMapping: maybe(profileMapping).catch(undefined),
          }),
        ),
      }),
    ).catch([]),
    lastOperation: maybe(
      z.object({
        operation: textOrNull.catch(undefined),
        started: maybe(z.number()).catch(undefined),
        updated: maybe(z.number()).catch(undefined),
      }),
    ).catch(undefined),
    lastRunDetails: maybe(lastRun).catch(undefined),
  })
  .transform((one) => {
    const { inheritedAttributes: inherited, lastRunDetails: run, lastOperation: last } = one;
    const [target] = inherited?.targetConnections ?? [];
    const [targetId] = one.targetConnectionIds ?? [];
    const selectors = one.transformations.flatMap(({ params }) => params?.segmentSelectors?.selectors ?? []);
    return {
      id: one.id,
      name: one.name ?? '',
      state: one.state?.toLowerCase() ?? '',
      /** Epoch milliseconds. */
      createdMs: momentMs(one.createdAt),
      updatedMs: momentMs(one.updatedAt),
      /** Dataflows of data sets have a schedule of their own. */
      hasSchedule: one.scheduleParams !== undefined && one.scheduleParams !== null,
      sourceSpecId: inherited?.sourceConnections?.[0]?.connectionSpec?.id,
      targetSpecId: target?.connectionSpec?.id,
      /** Where its location is, and its account. */
      targetId: target?.id ?? (typeof targetId === 'string' ? targetId : undefined),
      baseId: target?.baseConnection?.id,
      /** Mapping sets that its columns come from. @see cards.md, section 5.4 */
      mappingIds: one.transformations.flatMap(({ params }) => params?.profileMapping?.mappingId ?? []),
      /** Columns without which a row is left out, wherever they stand. @see flow-service.md, section 5.5 */
      mandatoryFields: one.transformations.flatMap(
        ({ params }) => params?.profileSelectors?.mandatoryFields ?? params?.mandatoryFields ?? [],
      ),
      segmentCount: selectors.length,
      /** Those that can be read. */
      segments: selectors.flatMap((selector) => listedSegment.parse(selector) ?? []),
      lastOperation: last && {
        operation: last.operation?.toLowerCase(),
        startedMs: momentMs(last.started),
        updatedMs: momentMs(last.updated),
      },
      lastRun: run && {
        id: run.id,
        state: run.state?.toLowerCase() ?? '',
        outcome: stateOf(run.state, run.completedAtUTC !== undefined),
        startedMs: momentMs(run.startedAtUTC),
        endedMs: momentMs(run.completedAtUTC),
      },
    };
  });

export type ListedFlow = z.infer<typeof listedFlow>;
export type SegmentSelector = z.infer<typeof segmentSelector>;
export type PrimaryField = z.infer<typeof primaryField>;
export type Transformation = z.infer<typeof transformation>;
export type Flow = z.infer<typeof flow>;

/** A dataflow that was kept as it came, read again. @throws ZodError for what is none */
export const readAgain = (raw: unknown): Flow => ({
  ...flow.parse(parseMarked(JSON.stringify(raw))),
  raw,
});

/** What a PATCH answers: 200 or 202, with or without a body. @see flow-service.md, section 2.0.4 */
export const patched = z.object({ etag: z.string().optional().catch(undefined) });
