import type { Flow } from '../flow-service/flows.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { exitCode } from './console/exit-codes.ts';
import type { Streams } from './console/streams.ts';
import { withStop } from './console/with-stop.ts';
import { findFlow, namedFlow } from './flow/find-flow.ts';
import { errandAndTell } from './runs/apply-run.ts';
import { newRun } from './runs/run-journal.ts';

/** `ferry enable FLOW`: lets a dataflow export. @see cli.md */
export const runEnable = (args: Arguments, streams: Streams): Promise<number> =>
  switchFlow('enable', args, streams);

/** `ferry disable FLOW`: pauses a dataflow; what it would have exported meanwhile is not exported later. @see cli.md */
export const runDisable = (args: Arguments, streams: Streams): Promise<number> =>
  switchFlow('disable', args, streams);

function switchFlow(
  kind: 'enable' | 'disable',
  { rest, flags }: Arguments,
  streams: Streams,
): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const named = namedFlow(rest[0], `ferry ${kind} FLOW`);
    return withConnected({ flags, streams }, enter, async (connected) =>
      switchIn(connected, kind, await findFlow(named, 'exact', connected), flags, streams),
    );
  });
}

/** Asks for it, lets a dataflow export or pauses it, and tells of it. @returns the exit code @throws Stop (3, 130) */
export async function switchIn(
  connected: Connected,
  kind: 'enable' | 'disable',
  { id, name = id }: Flow & { id: string },
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const values = { name, id, ...connected.scene };
  const isSure = await confirmIn(
    [connected],
    streams.text(`errand.${kind}.confirm`, values),
    (text) => text(`errand.${kind}.needsYes`, values),
    flags,
    streams,
  );
  if (!isSure) return exitCode.interrupted;
  const errand = { kind, flowId: id, name };
  return errandAndTell({ errand, connected, run: newRun(), streams, isJson: flags.json === true });
}
