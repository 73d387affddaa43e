import type { Decision } from './decision.ts';
import { runsBySegment, type SegmentRuns } from './flow-runs.ts';
import { byWeight, type Finding, findingId, type FindingKind, type Severity } from './finding.ts';
import { usualLength } from './usual-length.ts';
import { segmentState } from './segment-state.ts';
import { exportAhead } from './slots.ts';
import {
  isPaused,
  type Limits,
  type Reading,
  type WatchedFlow,
  type WatchedRun,
  type WatchedSegment,
} from './watched.ts';

/** What is known of a dataflow, or why nothing is. */
export type Seen =
  | {
      readonly kind: 'read';
      readonly runs: readonly WatchedRun[];
      readonly reading: Reading;
    }
  | { readonly kind: 'unread'; readonly why: 'refused' | 'unread'; readonly atMs: number };

export interface WatchedSegmentState {
  readonly segment: WatchedSegment;
  readonly decision: Decision;
}

/** A dataflow, how each of its segments stands, and what there is to say of it. */
export interface FlowWatch {
  readonly flow: WatchedFlow;
  readonly seen: Seen;
  readonly segments: readonly WatchedSegmentState[];
  readonly findings: readonly Finding[];
  /** Segments that still have an export ahead of them. */
  readonly livingSegments: number;
  /** The next export of any of them, epoch milliseconds. */
  readonly nextMs?: number | undefined;
}

/**
 * How a dataflow stands.
 *
 * @param onDemand - Ids of runs that are known to have been asked for.
 * @see living.md, section 5
 */
export function watchFlow(
  flow: WatchedFlow,
  seen: Seen,
  limits: Limits,
  onDemand: ReadonlySet<string> = new Set(),
): FlowWatch {
  const atMs = seen.kind === 'read' ? seen.reading.atMs : seen.atMs;
  const ahead = flow.segments.map(({ schedule }) => exportAhead(schedule, atMs));
  const nexts = ahead.flatMap((one) => (one?.kind === 'at' ? [one.ms] : []));
  const common = {
    flow,
    seen,
    livingSegments: ahead.filter((one) => one !== undefined).length,
    nextMs:
      isPaused(flow) || nexts.length === 0 ? undefined : nexts.reduce((one, other) => Math.min(one, other)),
  };
  if (seen.kind === 'unread') {
    const findings = isPaused(flow) ? [] : [flowFinding('unknown', 'unknown', flow, { why: seen.why })];
    return { ...common, segments: [], findings };
  }
  const runsOf = runsBySegment(flow, seen.runs, onDemand);
  const all = flow.segments.map((segment) => {
    const runs = runsOf(segment);
    return { segment, runs, decision: segmentState(segment, flow, runs, seen.reading, limits) };
  });
  const findings = all.flatMap(({ segment, runs, decision }) =>
    segmentFindings(flow, segment, runs, decision, seen.reading),
  );
  const isWhole = (flow.unreadSegments ?? 0) === 0;
  if (!isWhole && !isPaused(flow))
    findings.push(flowFinding('unknown', 'unknown', flow, { why: 'segments' }));
  const isIdle = isWhole && flow.state === 'enabled' && common.livingSegments === 0 && !all.some(isAtWork);
  if (isIdle) {
    const why = flow.segments.length === 0 ? ('noSegments' as const) : ('over' as const);
    findings.push(flowFinding('idle', 'look', flow, { why }));
  }
  return {
    ...common,
    segments: all.map(({ segment, decision }) => ({ segment, decision })),
    findings: findings.sort(byWeight),
  };
}

const isAtWork = ({ decision }: { decision: Decision }): boolean =>
  decision.state === 'due' || decision.state === 'running' || decision.state === 'behind';

const flowFinding = (
  kind: FindingKind,
  severity: Severity,
  { id, name }: WatchedFlow,
  facts: Partial<Finding>,
): Finding => ({
  id: findingId(kind, id, undefined, undefined),
  kind,
  severity,
  flowId: id,
  flowName: name,
  ...facts,
});

/** What a state is to somebody who watches; nothing for all that is as it should be. @see living.md, T8 */
const told: Partial<Record<Decision['state'], readonly [FindingKind, Severity]>> = {
  late: ['late', 'wrong'],
  missed: ['missed', 'wrong'],
  notEvaluated: ['late', 'wrong'],
  failed: ['failed', 'wrong'],
  slow: ['slow', 'look'],
  quiet: ['idle', 'look'],
  unknown: ['unknown', 'unknown'],
};

function segmentFindings(
  flow: WatchedFlow,
  segment: WatchedSegment,
  runs: SegmentRuns,
  decision: Decision,
  { atMs, isWhole }: Reading,
): Finding[] {
  const { run, slotMs, sinceMs, nextMs, inARow } = decision;
  const finding = (kind: FindingKind, severity: Severity, facts: Partial<Finding>): Finding => ({
    id: findingId(kind, flow.id, segment.id, kind === 'failed' ? undefined : slotMs),
    kind,
    severity,
    flowId: flow.id,
    flowName: flow.name,
    segmentId: segment.id,
    segmentName: segment.name,
    slotMs,
    nextMs,
    run: run?.id,
    ...facts,
  });
  const [kind, severity] = told[decision.state] ?? [];
  const state =
    kind === undefined || severity === undefined
      ? []
      : [
          finding(kind, severity, {
            sinceMs,
            overMs: sinceMs === undefined ? undefined : atMs - sinceMs,
            ...(kind === 'failed' ? { inARow, ...reasonOf(run) } : {}),
            ...(kind === 'slow' ? { usualMs: usualLength(runs.scheduled) } : {}),
            ...(kind === 'idle' ? { why: 'quiet' as const } : {}),
            ...(decision.state === 'notEvaluated' ? { why: 'notEvaluated' as const } : {}),
            ...(kind === 'unknown' ? { why: isWhole ? ('kept' as const) : ('unread' as const) } : {}),
          }),
        ];
  const remarks = decision.remarks.flatMap((remark): Finding[] => {
    switch (remark.kind) {
      case 'skipped':
        return [finding('skipped', remark.isJump ? 'wrong' : 'look', pick(remark))];
      case 'noFiles':
        return [finding('empty', 'look', { why: 'noFiles', rowsIn: remark.rowsIn })];
      case 'noRows':
        return remark.isIncremental ? [] : [finding('empty', 'look', { why: 'noRows' })];
    }
  });
  return [...state, ...remarks];
}

const pick = ({ skipped, rowsIn }: { skipped: number; rowsIn: number }) => ({ skipped, rowsIn });

function reasonOf(run: WatchedRun | undefined): Pick<Finding, 'code' | 'message'> {
  const [first] = run?.errors ?? [];
  return { code: first?.code, message: first?.message };
}
