import { stateFolder } from '../../settings/state-folder.ts';
import { shownStateUrl, stateUrl } from '../../settings/state-url.ts';
import { folderState } from '../../state/folder/state.ts';
import { lateState } from '../../state/late.ts';
import type { State } from '../../state/state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const loadWords = async () => (await import('../../apply/journal/run-store.ts')).journalWords;

/**
 * What is kept between starts, wherever that is: a database where one is named, and never a folder in its place. Its
 * driver is read when somebody asks for something.
 */
export function keptState(env: Environment): State {
  const url = stateUrl(env);
  if (url === undefined) return folderState(stateFolder(env), loadWords);
  return lateState(shownStateUrl(url), async () => (await import('./shared-state.ts')).sharedState(url, env));
}
