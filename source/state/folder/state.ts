import { statSync } from 'node:fs';
import path from 'node:path';
import type { JournalWords } from '../../apply/journal/run-store.ts';
import { makeFolder } from '../../ground/make-folder.ts';
import { lateRuns } from '../late.ts';
import type { State } from '../state.ts';
import { folderDrafts } from './drafts.ts';
import { orNothing } from './kept-files.ts';

/**
 * What is kept in a folder of this machine. Locks and journals are read when somebody asks for them.
 *
 * @param loadWords - What the lines of a journal are.
 */
export function folderState(stateFolder: string, loadWords: () => Promise<JournalWords>): State {
  const runs = lateRuns(async () => {
    const [words, { folderRuns }] = await Promise.all([loadWords(), import('./runs.ts')]);
    return folderRuns(stateFolder, Date.now, words);
  });
  const placeOf = (run: string): string => path.join(stateFolder, 'runs', run);
  return {
    place: stateFolder,
    placeOf,
    placeOfDrafts: path.join(stateFolder, 'drafts'),
    runs: {
      ...runs,
      // A start that finds none reads nothing more.
      listOpen: async () =>
        hasSomething(path.join(stateFolder, 'open')) ? runs.listOpen() : { runs: [], lost: [] },
    },
    drafts: folderDrafts(stateFolder),
    async audit(line) {
      const { appendFile } = await import('node:fs/promises');
      makeFolder(stateFolder);
      await appendFile(path.join(stateFolder, 'audit.ndjson'), `${line}\n`, { mode: 0o600 });
    },
    async keepReceipt(run, { json, markdown }) {
      const { default: writeFileAtomic } = await import('write-file-atomic');
      const folder = placeOf(run);
      const file = path.join(folder, 'receipt.md');
      await writeFileAtomic(path.join(folder, 'receipt.json'), json, { mode: 0o600 });
      await writeFileAtomic(file, markdown, { mode: 0o600 });
      return file;
    },
  };
}

/** @throws StateUnreadableError */
function hasSomething(folder: string): boolean {
  try {
    statSync(folder);
    return true;
  } catch (error) {
    orNothing(folder, error);
    return false;
  }
}
