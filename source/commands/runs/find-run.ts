import { type FoundRun, listRuns, readRun } from '../../apply/journal/journal-file.ts';
import { JournalDamagedError, type RunState } from '../../apply/journal/journal.ts';
import { StateUnreadableError } from '../../apply/journal/kept-files.ts';
import type { MessageId } from '../../locale/texts.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';

/** Whether a run still has something to be finished. */
export const isOpen = (state: RunState): boolean =>
  state.outcome === undefined || state.outcome === 'partlyRolledBack';

/**
 * The run that a person means: the one that was named, or the newest that `isMeant` is true of.
 *
 * @param none - What to say when none is meant.
 * @throws Stop (2) when there is none; JournalDamagedError, StateUnreadableError.
 */
export async function findRun(
  name: string | undefined,
  env: Streams['env'],
  isMeant: (state: RunState) => boolean,
  none: MessageId,
): Promise<RunState> {
  const folder = stateFolder(env);
  if (name === undefined) {
    const runs = await listRuns(folder);
    const found = runs.find((one) => one.kind === 'run' && isMeant(one.state));
    if (found?.kind === 'run') return found.state;
    const damaged = runs.find((one) => one.kind === 'damaged' || one.kind === 'unreadable');
    if (damaged) return stateOf(damaged);
    throw new Stop(exitCode.usage, (text) => text(none));
  }
  const found = /^[0-9a-f]{8}$/.test(name) ? await readRun(folder, name) : undefined;
  if (!found || found.kind === 'empty')
    throw new Stop(exitCode.usage, (text) => text('command.noRun', { run: name }));
  return stateOf(found);
}

function stateOf(found: Exclude<FoundRun, { kind: 'empty' }>): RunState {
  if (found.kind === 'run') return found.state;
  if (found.kind === 'unreadable') throw new StateUnreadableError(found.file, found.code);
  throw new JournalDamagedError(found.file, found.line);
}
