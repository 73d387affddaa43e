import { type Run, run as runShape } from '../../source/flow-service/runs.ts';

/** What a run says of itself; it does not say what is absent. Moments are epoch milliseconds. */
export interface ExportTold {
  /** @default 'r' */
  readonly id?: string;
  /** @default 'f' */
  readonly flowId?: string;
  readonly status?: string | undefined;
  /** When it was made, and began. */
  readonly beganMs?: number | undefined;
  /** @default right after it began, where its status is that of one that has ended */
  readonly endedMs?: number | undefined;
  readonly segments?: readonly string[];
}

/**
 * A run of a dataflow, read from an answer of the platform.
 *
 * @param metrics - What else it says, or says otherwise.
 */
export function exportRun(told: ExportTold, metrics: object = {}): Run {
  const { id = 'r', flowId = 'f', status, beganMs, segments = [] } = told;
  const hasEnded = status === 'success' || status === 'failed';
  // Zero is written where there is no moment.
  const endedMs = told.endedMs ?? (hasEnded && beganMs !== undefined ? beganMs + 1 : 0);
  return runShape.parse({
    id,
    flowId,
    createdAt: beganMs,
    metrics: {
      durationSummary: { startedAtUTC: beganMs, completedAtUTC: endedMs },
      statusSummary: { status },
      recordSummary: {
        sourceSummaries: [{ entitySummaries: segments.map((one) => ({ id: `segment:${one}` })) }],
      },
      ...metrics,
    },
  });
}
