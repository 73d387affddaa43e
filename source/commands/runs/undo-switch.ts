import type { RunState } from '../../apply/journal/run-state.ts';
import type { Errand } from '../../apply/journal/errands.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Connected } from '../connect/open-client.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { requireRight, rightForErrand } from '../console/rights.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { switchIn } from '../flow-state.ts';
import { findFlow } from '../flow/find-flow.ts';
import { keptState } from '../state/kept-state.ts';
import { requireSamePlace } from './same-place.ts';

type Switched = Extract<Errand, { kind: 'enable' | 'disable' }>;

export const isSwitch = (errand: Errand | undefined): errand is Switched =>
  errand?.kind === 'enable' || errand?.kind === 'disable';

/**
 * Puts a dataflow back that was paused, or let export again, where it still is so and no later run has done either: by
 * a run of its own, with its question and its journal. The earlier one is taken back with its end.
 *
 * @returns the exit code
 * @throws Stop (2) for one that is not finished, (3), (5) where a later run has switched it; FlowMissingError
 */
export async function undoSwitch(
  found: RunState,
  { kind, flowId }: Switched,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  requireRight(rightForErrand({ kind }), streams.restriction);
  requireSamePlace(found, connected);
  const { run, outcome, begunMs } = found;
  if (outcome !== 'verified') throw new Stop(exitCode.usage, (text) => text('command.resumeOnly', { run }));
  const { runs } = keptState(streams.env);
  const later = (await runs.list(found.place)).find(
    (one) =>
      one.kind === 'run' &&
      one.state.begunMs > begunMs &&
      isSwitch(one.state.errand) &&
      sameId(one.state.errand.flowId, flowId) &&
      one.state.outcome !== 'rolledBack',
  );
  if (later) throw new Stop(exitCode.conflict, (text) => text('errand.switchedSince', { run: later.run }));
  const flow = await findFlow(flowId, 'exact', connected);
  const code = await switchIn(connected, kind === 'enable' ? 'disable' : 'enable', flow, flags, streams);
  if (code !== exitCode.done) return code;
  const journal = await runs.open(run);
  try {
    await journal.note({ kind: 'ended', outcome: 'rolledBack' });
  } finally {
    await journal.close();
  }
  return code;
}
