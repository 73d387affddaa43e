import type { JsonObject } from '../store.ts';
import type { PlannedRun } from './plan-runs.ts';
import { rowsOf, type Sizes } from './run-rows.ts';

const hourMs = 3_600_000;
/** Between the end of a run and when all of it is told. */
const toldMs = 60_000;
const rowBytes = 110;

const steps = [
  { id: 'c4f238e3-7334-4933-8b56-64d7ea43ea54', name: 'Activation Batch XdmProcessor Activity' },
  { id: '51d82b36-6b8f-11eb-9439-0242ac130002', name: 'Activation Batch Publisher Activity' },
];

const skipReason = { code: 'ACTIVATION_BATCH-0000-SKIP', message: "Records didn't match attribute filter." };
const failure = { code: 'ACTIVATION_BATCH-0000-FAILED', message: 'Job aborted.' };

const firstOf = (list: unknown): string => (Array.isArray(list) ? String(list[0]) : '');

/**
 * A run as it is told at a moment, with what runs lack: a waiting one has no begin, one under way no end and rows only
 * from its second hour on, a failed one neither sizes nor files, and its segment by its source alone.
 *
 * @see flow-service.md, section 2.7; manage.md, sections 5.1 and 5.2
 */
export function bodyOf(run: PlannedRun, nowMs: number, sizes: Sizes): JsonObject {
  const { flow, course, startedMs, endedMs } = run;
  const common = {
    id: run.id,
    flowId: flow.id,
    flowSpec: flow['flowSpec'] ?? {},
    providerRefId: run.id.replaceAll('-', ''),
    createdAt: run.createdMs,
    updatedAt: updatedMs(run, nowMs),
    etag: `"${run.id.slice(0, 8)}-0000-0200-0000-${String(updatedMs(run, nowMs)).slice(-8)}0000"`,
  };
  const rows = rowsOf(run, sizes);
  const named = (counts: JsonObject): JsonObject =>
    course.isBare === true
      ? counts
      : { ...counts, entitySummaries: [{ id: `segment:${run.segmentId}`, ...counts }] };
  const from = (counts: JsonObject): JsonObject => ({
    sourceSummaries: [{ id: firstOf(flow['sourceConnectionIds']), ...named(counts) }],
  });
  if (nowMs < startedMs) return { ...common, metrics: { statusSummary: { status: 'waiting' } } };
  if (nowMs < endedMs) {
    const read = nowMs - startedMs < hourMs ? {} : { inputRecordCount: rows.input };
    return {
      ...common,
      metrics: {
        durationSummary: { startedAtUTC: startedMs },
        recordSummary: { ...read, ...from(read) },
        statusSummary: { status: 'processing' },
      },
      activities: [step(0, run, 'processing')],
    };
  }
  const durationSummary = { startedAtUTC: startedMs, completedAtUTC: endedMs };
  const status = course.status ?? 'success';
  if (status === 'failed') {
    const none = { inputRecordCount: 0, skippedRecordCount: 0 };
    return {
      ...common,
      metrics: {
        durationSummary,
        recordSummary: { ...from(none), failedInfo: [failure] },
        statusSummary: { status, errors: [failure], activityRefs: [steps[0]?.id ?? ''], extensions: {} },
      },
      activities: [
        { ...step(0, run, status), sizeSummary: {}, fileSummary: {}, latencySummary: {}, recordSummary: {} },
      ],
    };
  }
  const out = { createdRecordCount: rows.output, outputRecordCount: rows.output };
  const read = { inputRecordCount: rows.input, skippedRecordCount: rows.skipped };
  const { files } = rows;
  const bytes = run.bytes ?? rows.output * rowBytes;
  return {
    ...common,
    metrics: {
      durationSummary,
      sizeSummary: { inputBytes: bytes, outputBytes: bytes },
      recordSummary: {
        ...read,
        ...out,
        ...from(read),
        targetSummaries: [{ id: firstOf(flow['targetConnectionIds']), ...named(out) }],
        ...(rows.skipped === 0 ? {} : { skippedInfo: [{ ...skipReason, count: rows.skipped }] }),
      },
      fileSummary: { inputFileCount: files, outputFileCount: files },
      latencySummary: {},
      statusSummary: {
        status,
        activityRefs: steps.map(({ id }) => id),
        extensions: { snapshot: { batchId: run.id.slice(0, 8), datasetId: '' }, incremental: {} },
      },
    },
    activities: [step(0, run, status), step(1, run, status)],
  };
}

/** While it runs, what is told of it is renewed every hour. */
export function updatedMs({ createdMs, startedMs, endedMs }: PlannedRun, nowMs: number): number {
  if (nowMs >= endedMs) return Math.min(nowMs, endedMs + toldMs);
  if (nowMs < startedMs) return createdMs;
  return startedMs + Math.floor((nowMs - startedMs) / hourMs) * hourMs;
}

const step = (at: 0 | 1, { startedMs, endedMs }: PlannedRun, status: string): JsonObject => ({
  ...steps[at],
  updatedAtUTC: 0,
  durationSummary: {
    startedAtUTC: startedMs,
    ...(status === 'processing' ? {} : { completedAtUTC: endedMs }),
  },
  statusSummary: { status, errors: status === 'failed' ? [failure] : [] },
});
