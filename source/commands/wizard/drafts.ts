import { escapedJson } from '../../activation/escaped-json.ts';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { SavedDraft } from '../../wizard/draft.ts';

/** Most drafts that are offered; older ones are kept and not shown. */
const mostOffered = 3;

const folderOf = (stateFolder: string): string => path.join(stateFolder, 'drafts');

export interface KeptDraft {
  file: string;
  saved: SavedDraft;
}

/** Every draft there is, the newest first; a file that is none of ours is left alone. */
export function listDrafts(stateFolder: string): KeptDraft[] {
  const folder = folderOf(stateFolder);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.draft.json'))
    .flatMap((name) => {
      const file = path.join(folder, name);
      const saved = readDraft(file);
      return saved ? [{ file, saved }] : [];
    })
    .sort((a, b) => b.saved.savedMs - a.saved.savedMs);
}

/** What a start offers to go on with. */
export function offeredDrafts(stateFolder: string, isMeant: (saved: SavedDraft) => boolean): KeptDraft[] {
  return listDrafts(stateFolder)
    .filter(({ saved }) => isMeant(saved))
    .slice(0, mostOffered);
}

function readDraft(file: string): SavedDraft | undefined {
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as Partial<SavedDraft>;
    const isOurs =
      saved.version === 1 &&
      typeof saved.savedMs === 'number' &&
      typeof saved.page === 'string' &&
      Array.isArray(saved.draft?.segments) &&
      Array.isArray(saved.draft.attributes) &&
      typeof saved.draft.signIn.params === 'object' &&
      typeof saved.draft.location.params === 'object';
    return isOurs ? (saved as SavedDraft) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps one draft in its file; the last one that was given wins. */
export interface DraftKeeper {
  keep(saved: SavedDraft): void;
  /** Goes on with the file of a restored draft. */
  adopt(file: string): void;
  forget(): void;
  /** Everything that was given is on the disk. */
  settled(): Promise<void>;
}

/**
 * Writes drafts atomically, mode 0600, one after another. A folder that cannot be written costs the draft,
 * never the work.
 */
export function keepDrafts(stateFolder: string, session: string): DraftKeeper {
  let file = path.join(folderOf(stateFolder), `${session}.draft.json`);
  let waiting: SavedDraft | undefined;
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    const { default: writeFileAtomic } = await import('write-file-atomic');
    while (waiting) {
      const saved = waiting;
      waiting = undefined;
      try {
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
        await writeFileAtomic(file, escapedJson(saved), { mode: 0o600 });
      } catch {
        return;
      }
    }
  }

  return {
    keep(saved) {
      waiting = saved;
      writing ??= write().finally(() => {
        writing = undefined;
      });
    },
    adopt(other) {
      file = other;
    },
    forget() {
      waiting = undefined;
      rmSync(file, { force: true });
    },
    async settled() {
      while (writing) await writing;
    },
  };
}
