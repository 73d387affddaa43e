import { describe } from 'vitest';
import { journalWords } from '../../source/apply/journal/run-store.ts';
import { folderState } from '../../source/state/folder/state.ts';
import { freshFolder } from '../helpers/folders.ts';
import { stateContract } from '../helpers/state-contract.ts';

describe('a state in a folder', () => {
  stateContract(() => {
    const folder = freshFolder();
    const words = () => Promise.resolve(journalWords);
    return Promise.resolve([folderState(folder, words), folderState(folder, words)]);
  });
});
