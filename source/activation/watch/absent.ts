import { runsBySegment } from './flow-runs.ts';
import { slotStates } from './segment-state.ts';
import { type FlowWatch, type Seen, watchFlow, type WatchedSegmentState } from './watch.ts';
import type { Limits, WatchedFlow } from './watched.ts';

/** How an export stands that was expected and has no run. */
const absent = ['due', 'first', 'late', 'missed'] as const;
export type AbsentState = (typeof absent)[number];

/** An export that was expected and has no run: absence is a row of its own. @see living.md, R2 */
export interface AbsentExport {
  readonly flowId: string;
  readonly state: AbsentState;
  /** When it was expected, epoch milliseconds. */
  readonly slotMs: number;
  /** Everything of the dataflow that was expected then, and has no run. */
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  /** The next export, epoch milliseconds. */
  readonly nextMs?: number | undefined;
  /** What decided that: the dataflow as far as it is about this export. */
  readonly watch: FlowWatch;
}

const isAbsent = (state: string): state is AbsentState => absent.some((one) => one === state);

/**
 * The exports of a dataflow that should have begun since a moment and have not, by the rule of `watchFlow`. Nothing is
 * said of what was not read to its end.
 *
 * @param sinceMs - Epoch milliseconds.
 * @param onDemand - Ids of runs that are known to have been asked for.
 */
export function absentExports(
  flow: WatchedFlow,
  seen: Seen,
  limits: Limits,
  sinceMs: number,
  onDemand: ReadonlySet<string> = new Set(),
): AbsentExport[] {
  if (seen.kind === 'unread') return [];
  const runsOf = runsBySegment(flow, seen.runs, onDemand);
  const found = new Map<
    string,
    Omit<AbsentExport, 'watch' | 'segments'> & { readonly states: WatchedSegmentState[] }
  >();
  for (const segment of flow.segments) {
    for (const decision of slotStates(segment, flow, runsOf(segment), seen.reading, limits)) {
      const { state, slotMs, nextMs } = decision;
      // After an evaluation that failed nothing comes: that is late, whatever made it so.
      const told = state === 'notEvaluated' ? 'late' : state;
      if (slotMs === undefined || slotMs < sinceMs || !isAbsent(told)) continue;
      const key = `${told} ${slotMs}`;
      const row = found.get(key) ?? { flowId: flow.id, state: told, slotMs, nextMs, states: [] };
      row.states.push({ segment, decision });
      found.set(key, row);
    }
  }
  if (found.size === 0) return [];
  const whole = watchFlow(flow, seen, limits, onDemand);
  return [...found.values()].map(({ states, ...row }) => ({
    ...row,
    segments: states.map(({ segment: { id, systemId, name } }) => ({ id: systemId ?? id, name: name ?? id })),
    watch: {
      ...whole,
      segments: states,
      findings: whole.findings.filter(
        ({ slotMs, segmentId }) =>
          slotMs === row.slotMs && states.some(({ segment }) => segment.id === segmentId),
      ),
    },
  }));
}
