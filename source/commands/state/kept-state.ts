import { stateFolder } from '../../settings/state-folder.ts';
import { folderState } from '../../state/folder/state.ts';
import type { State } from '../../state/state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const loadWords = async () => (await import('../../apply/journal/run-store.ts')).journalWords;

/** What is kept between starts, wherever that is. */
export const keptState = (env: Environment): State => folderState(stateFolder(env), loadWords);
