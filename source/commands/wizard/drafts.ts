import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseExactly } from '../../ground/exact-json.ts';
import { makeFolder } from '../../ground/make-folder.ts';
import { orNothing, StateUnreadableError } from '../../apply/journal/kept-files.ts';
import type { SavedDraft } from '../../wizard/draft.ts';

/** Most drafts that are offered; older ones are kept and not shown. */
const mostOffered = 3;

const folderOf = (stateFolder: string): string => path.join(stateFolder, 'drafts');

export interface KeptDraft {
  file: string;
  saved: SavedDraft;
}

export interface Drafts {
  readonly drafts: readonly KeptDraft[];
  /** Those that this account may not read. */
  readonly unread: readonly StateUnreadableError[];
}

/**
 * Every draft there is, the newest first; a file that is none of ours is left alone.
 *
 * @throws StateUnreadableError where the folder cannot be read.
 */
export function listDrafts(stateFolder: string): Drafts {
  const folder = folderOf(stateFolder);
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    names = orNothing(folder, error) ?? [];
  }
  const drafts: KeptDraft[] = [];
  const unread: StateUnreadableError[] = [];
  for (const name of names) {
    if (!name.endsWith('.draft.json')) continue;
    const file = path.join(folder, name);
    try {
      const saved = readDraft(file);
      if (saved) drafts.push({ file, saved });
    } catch (error) {
      if (!(error instanceof StateUnreadableError)) throw error;
      unread.push(error);
    }
  }
  return { drafts: drafts.sort((a, b) => b.saved.savedMs - a.saved.savedMs), unread };
}

/** What a start offers to go on with, what it only tells of, and what it cannot read. @throws StateUnreadableError */
export function offeredDrafts(
  stateFolder: string,
  isMeant: (saved: SavedDraft) => boolean,
  isElsewhere: (saved: SavedDraft) => boolean,
): { offered: readonly KeptDraft[]; elsewhere: readonly SavedDraft[]; unread: readonly string[] } {
  const { drafts, unread } = listDrafts(stateFolder);
  const meant = drafts.filter(({ saved }) => isMeant(saved));
  return {
    offered: meant.filter(({ saved }) => !isElsewhere(saved)).slice(0, mostOffered),
    elsewhere: meant.flatMap(({ saved }) => (isElsewhere(saved) ? [saved] : [])).slice(0, mostOffered),
    unread: unread.slice(0, mostOffered).map(({ file }) => file),
  };
}

/** Nothing for what is no draft. @throws StateUnreadableError */
function readDraft(file: string): SavedDraft | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return orNothing(file, error);
  }
  try {
    const saved = parseExactly(text) as Partial<SavedDraft>;
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
  /** What is given from now on is another draft. */
  begin(): void;
  /** Goes on with the file of a restored draft. */
  adopt(file: string): void;
  forget(): void;
  /** Everything that was given is on the disk. @returns why the last one is not: `ENOSPC`, `EACCES` … */
  settled(): Promise<{ folder: string; code: string } | undefined>;
}

/**
 * Writes drafts atomically, mode 0600, one after another. A folder that cannot be written costs the draft,
 * never the work; it is told at the end.
 */
export function keepDrafts(stateFolder: string, session: string): DraftKeeper {
  const fileOf = (count: number): string =>
    path.join(folderOf(stateFolder), `${session}${count === 0 ? '' : `-${count}`}.draft.json`);
  let begun = 0;
  let file = fileOf(begun);
  let waiting: { saved: SavedDraft; file: string } | undefined;
  let writing: Promise<void> | undefined;
  let failure: { folder: string; code: string } | undefined;
  let isForgotten = false;

  async function write(): Promise<void> {
    const { default: writeFileAtomic } = await import('write-file-atomic');
    while (waiting) {
      const { saved, file } = waiting;
      waiting = undefined;
      try {
        makeFolder(path.dirname(file));
        await writeFileAtomic(file, escapedJson(saved), { mode: 0o600 });
        failure = undefined;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        failure = { folder: path.dirname(file), code };
      }
    }
  }

  return {
    keep(saved) {
      isForgotten = false;
      waiting = { saved, file };
      writing ??= write().finally(() => {
        writing = undefined;
      });
    },
    begin() {
      file = fileOf(++begun);
    },
    adopt(other) {
      file = other;
    },
    forget() {
      waiting = undefined;
      isForgotten = true;
      const forgotten = file;
      drop(forgotten);
      // What is just being written comes after that.
      void writing?.then(() => {
        if (isForgotten) drop(forgotten);
      });
    },
    async settled() {
      while (writing) await writing;
      return failure;
    },
  };
}

/** What cannot be removed was most likely never written; it costs the work nothing. */
function drop(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It is offered at the next start, if it is there.
  }
}
