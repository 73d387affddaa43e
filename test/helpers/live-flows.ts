import path from 'node:path';
import { clientOf } from './answers.ts';
import { emulatorWith } from './emulator.ts';
import { runProgram } from './program.ts';
import { orgId, signedInTo } from './runs.ts';
import { freshFolder, openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

/** A sandbox in which others have made dataflows. */
export async function liveFlows(flows = 6, faults: string[] = []) {
  const emulator = await emulatorWith({
    segments: 200,
    flows,
    patchDelayMs: 20,
    touchDelayMs: false,
    faults,
    runFaults: ['*=none'],
  });
  const folder = freshFolder();
  const env: Record<string, string> = {
    ...signedInTo(emulator.url),
    FERRY_STATE_DIR: path.join(folder, 'state'),
    FERRY_SANDBOX: 'dev',
  };
  const client = clientOf(emulator.url, { orgId });
  const ids = new Map<string, string>();
  for await (const page of client.list('flows', [])) for (const { id, name = '' } of page) ids.set(name, id);
  const idOf = (name: string): string => ids.get(name) ?? '';
  return {
    client,
    folder,
    idOf,
    stateOf: async (name: string): Promise<string | undefined> => (await client.getFlow(idOf(name))).state,
    /** Names of the segments of a dataflow, once nothing is under way. */
    names: async (name: string): Promise<readonly string[]> => {
      await emulator.idle();
      const { transformations } = await client.getFlow(idOf(name));
      return transformations.flatMap(({ params }) =>
        (params?.segmentSelectors?.selectors ?? []).map(({ value }) => value.name ?? value.id),
      );
    },
    writes: (): string[] =>
      emulator.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method),
    run: (args: readonly string[]) => runProgram(args, { env, cwd: folder }),
    open: (
      args: readonly string[],
      { env: more = {}, ...size }: Pick<TerminalOptions, 'rows' | 'columns' | 'env'> = {},
    ): Terminal =>
      openTerminal({ args, env: { ...env, ...more }, cwd: folder, rows: 24, columns: 80, ...size }),
  };
}
