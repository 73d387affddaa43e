import type { AbsentRow, RunFlow } from '../../source/activation/run-table.ts';
import type { AbsentState } from '../../source/activation/watch/absent.ts';

/** An export of all of a dataflow that has no run, with nothing that decided it. */
export function absentRow(flow: RunFlow, state: AbsentState, slotMs: number, nextMs?: number): AbsentRow {
  const reading = { fromMs: slotMs, atMs: slotMs, isWhole: true };
  const segments = flow.segments.map(({ id, name = id }) => ({ id, name }));
  const watched = { id: flow.id, name: flow.name, state: 'enabled', segments: [] };
  return {
    flowId: flow.id,
    flow,
    state,
    slotMs,
    nextMs,
    segments,
    watch: {
      flow: watched,
      seen: { kind: 'read', runs: [], reading },
      segments: [],
      findings: [],
      livingSegments: segments.length,
    },
  };
}
