import type { Decision } from '../../activation/watch/decision.ts';
import type { Finding } from '../../activation/watch/finding.ts';
import { lastSuccessMs } from './open-metrics.ts';
import type { Status, Watched } from './read-status.ts';
import { countsOf } from '../../pages/watch/finding-words.ts';
import { findingsOf } from './status-lines.ts';
import { isoText } from '../console/here.ts';

/** How things stand, for programs; moments are ISO 8601 in UTC, lengths milliseconds. What is not known is not there. */
export function statusJson(status: Status, sandbox: string, isExplained: boolean): object {
  const { watched, standstill, atMs, keptMs, calls, durationMs, offsetMs, lacks } = status;
  const findings = findingsOf(status);
  return {
    sandbox,
    at: isoText(atMs),
    isComplete: !findings.some(({ kind }) => kind === 'unknown'),
    calls,
    durationMs: Math.round(durationMs),
    clockOffsetMs: offsetMs,
    keptSince: isoText(keptMs),
    dataflows: watched.length,
    counts: countsOf(findings),
    standstill: standstill && {
      id: standstill.id,
      late: standstill.late,
      due: standstill.due,
      since: isoText(standstill.sinceMs),
    },
    findings: findings.map(findingJson),
    flows: watched.map((one) => flowJson(one, isExplained)),
    lacks: lacks.map(({ flowIds, error }) => ({ flows: flowIds, kind: error.kind, message: error.message })),
  };
}

function findingJson({ slotMs, sinceMs, nextMs, ...one }: Finding): object {
  return { ...one, slot: isoText(slotMs), since: isoText(sinceMs), next: isoText(nextMs) };
}

function flowJson(one: Watched, isExplained: boolean): object {
  const { watch, listed, destination } = one;
  const { seen, segments } = watch;
  const reading = seen.kind === 'read' ? seen.reading : undefined;
  return {
    id: listed.id,
    name: listed.name,
    state: listed.state,
    destination,
    segments: listed.segmentCount,
    livingSegments: watch.livingSegments,
    next: isoText(watch.nextMs),
    lastSuccess: isoText(lastSuccessMs(one)),
    findings: watch.findings.map(({ id }) => id),
    ...(isExplained
      ? {
          read: reading && {
            from: isoText(reading.fromMs),
            until: isoText(reading.atMs),
            isWhole: reading.isWhole,
          },
          explained: segments.map(({ segment, decision }) => ({
            segment: segment.id,
            name: segment.name,
            ...decisionJson(decision),
          })),
        }
      : {}),
  };
}

function decisionJson({ state, slotMs, window, run, beganLate, changesMs, judgedFrom }: Decision): object {
  return {
    state,
    slot: isoText(slotMs),
    window: window && { from: isoText(window.fromMs), until: isoText(window.untilMs) },
    run: run?.id,
    beganLate,
    changes: isoText(changesMs),
    judgedFrom: judgedFrom && { at: isoText(judgedFrom.ms), why: judgedFrom.why },
  };
}
