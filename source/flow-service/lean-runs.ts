import type { Run, RunReason } from './runs.ts';

const none: readonly never[] = [];

/**
 * Makes runs lean that are kept by the ten thousands: without activities and what only a single run is asked for, with
 * every id and every reason there once, however many runs say it. What a run does not say takes no room.
 */
export function leanRuns(): (run: Run) => Run {
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    return text;
  };
  const reasons = new Map<string, RunReason>();
  const reasonOnce = (reason: RunReason): RunReason => {
    const key = JSON.stringify(reason);
    const known = reasons.get(key);
    if (known) return known;
    reasons.set(key, reason);
    return reason;
  };
  const listOf = (list: readonly RunReason[]): readonly RunReason[] =>
    list.length === 0 ? none : list.map(reasonOnce);
  return ({ id, flowId, status, segments, errors, skipReasons, ...run }) => ({
    id,
    state: run.state,
    isUnderWay: run.isUnderWay,
    flowId: flowId === undefined ? undefined : once(flowId),
    status: status === undefined ? undefined : once(status),
    createdMs: run.createdMs,
    startedMs: run.startedMs,
    beganMs: run.beganMs,
    endedMs: run.endedMs,
    rowsIn: run.rowsIn,
    rowsOut: run.rowsOut,
    skipped: run.skipped,
    filesOut: run.filesOut,
    bytesOut: run.bytesOut,
    errors: listOf(errors),
    skipReasons: listOf(skipReasons),
    warnings: none,
    segments: segments.map((one) => ({ ...one, id: once(one.id) })),
    activities: none,
  });
}
