import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { line } from '../console/streams.ts';
import { sharedState } from './shared-state.ts';

/**
 * `ferry state receipt RUN`: what proves a run, as it lies beside the journal of a folder; `--json` for programs.
 *
 * @throws Stop (2) where there is none; StateAddressError, StateAwayError, StateRefusedError, StateVersionError
 */
export async function showReceipt(
  run: string | undefined,
  url: string,
  flags: Flags,
  { env, stdout }: Streams,
): Promise<number> {
  const found = run === undefined ? undefined : await (await sharedState(url, env)).receipt(run);
  if (!found) throw new Stop(exitCode.usage, (text) => text('state.noReceipt', { run: run ?? '' }));
  for (const one of (flags.json === true ? found.json : found.markdown).trimEnd().split('\n'))
    line(stdout, one);
  return exitCode.done;
}
