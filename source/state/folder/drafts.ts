import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { mostKeptBytes, readTextNow } from '../../ground/read-file.ts';
import { makeFolder } from '../../ground/make-folder.ts';
import { StateUnreadableError } from '../errors.ts';
import type { Drafts } from '../state.ts';
import { orNothing } from './kept-files.ts';

const ending = '.draft.json';

/** The drafts of a folder, a file each; other files are left alone. */
export function folderDrafts(stateFolder: string): Drafts {
  const folder = path.join(stateFolder, 'drafts');
  const fileOf = (name: string): string => path.join(folder, `${name}${ending}`);
  return {
    list() {
      let files: readonly string[];
      try {
        files = readdirSync(folder);
      } catch (error) {
        files = orNothing(folder, error) ?? [];
      }
      const names = files
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length));
      const unread: StateUnreadableError[] = [];
      const drafts = names.flatMap((name) => {
        try {
          const text = readText(fileOf(name));
          return text === undefined ? [] : [{ name, text }];
        } catch (error) {
          if (!(error instanceof StateUnreadableError)) throw error;
          unread.push(error);
          return [];
        }
      });
      return Promise.resolve({ drafts, unread });
    },
    async write(name, text) {
      const { default: writeFileAtomic } = await import('write-file-atomic');
      makeFolder(folder);
      await writeFileAtomic(fileOf(name), text, { mode: 0o600 });
    },
    // At once: whoever says so may be ended the next moment.
    remove(name) {
      rmSync(fileOf(name), { force: true });
      return Promise.resolve();
    },
  };
}

/** Nothing for a file that went meanwhile. @throws StateUnreadableError */
function readText(file: string): string | undefined {
  try {
    return readTextNow(file, { mostBytes: mostKeptBytes });
  } catch (error) {
    return orNothing(file, error);
  }
}
