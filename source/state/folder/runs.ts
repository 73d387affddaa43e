import { createHash } from 'node:crypto';
import { lstat, open, readdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { JournalNote } from '../../apply/journal/journal.ts';
import type { RunState } from '../../apply/journal/run-state.ts';
import type {
  FoundRun,
  JournalWords,
  OpenJournal,
  OpenRuns,
  RunHolder,
  RunStore,
  WaitingInLine,
} from '../../apply/journal/run-store.ts';
import { makeFolder } from '../../ground/make-folder.ts';
import { mostKeptBytes, readBytes } from '../../ground/read-file.ts';
import { JournalError, RunHeldError, StateUnreadableError } from '../errors.ts';
import { foundIn, stateOf } from '../found-run.ts';
import { orNothing } from './kept-files.ts';
import { holderOf, holdRun } from './run-lock.ts';

/** Room that a run needs at most, bytes: a large plan and its notes. */
const neededBytes = 4 * 1024 * 1024;

/** Whether a disk has room for a run, by what `statfs` says of it: blocks, and bytes of each. */
export const hasRoom = ({ bavail, bsize }: { bavail: number; bsize: number }): boolean =>
  bavail * bsize >= neededBytes;

const runsOf = (stateFolder: string): string => path.join(stateFolder, 'runs');
export const folderOf = (stateFolder: string, run: string): string => path.join(runsOf(stateFolder), run);
export const journalOf = (folder: string): string => path.join(folder, 'journal.ndjson');

/**
 * Begins the journal of a new run, or goes on with one, and keeps every other process off it.
 *
 * @param now - Epoch milliseconds.
 * @throws JournalError when the folder cannot be written or the disk is full; RunHeldError when another
 *   process holds the run.
 */
async function openJournal(
  { stateFolder, now, words }: Keeping,
  run: string,
  onTakeOver?: (holder: RunHolder) => void,
): Promise<OpenJournal> {
  const folder = folderOf(stateFolder, run);
  try {
    makeFolder(folder);
    if (!hasRoom(await statfs(folder))) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const release = await holdRun(folder, now, onTakeOver);
    try {
      await cutTornLine(journalOf(folder), words);
      const file = await open(journalOf(folder), 'a', 0o600);
      return {
        async note(note: JournalNote) {
          try {
            await file.appendFile(words.lineOf(note, now()));
            await file.datasync();
            await markOpen(stateFolder, run, note);
          } catch (error) {
            throw new JournalError(folder, error);
          }
        },
        async close() {
          await file.close();
          await release();
        },
      };
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    if (error instanceof Error && 'kind' in error) throw error;
    throw new JournalError(folder, error);
  }
}

const openOf = (stateFolder: string): string => path.join(stateFolder, 'open');
export const markOf = (stateFolder: string, run: string): string => path.join(openOf(stateFolder), run);

/** What a journal that was kept and is not there any more is called beside the codes of the system. */
const gone = 'GONE';

/** Whether a run has begun and not ended. @throws StateUnreadableError */
async function isMarked(stateFolder: string, run: string): Promise<boolean> {
  const mark = markOf(stateFolder, run);
  return lstat(mark).then(
    () => true,
    (error: unknown) => orNothing(mark, error) ?? false,
  );
}

/** What a journal is called that says nothing beside the receipt of its run. */
const silenced = 'LOST';

/** Codes of runs of which nobody can tell any more what they did. */
const ofNoUse: ReadonlySet<string> = new Set([gone, silenced]);

/** A run whose receipt says that it has ended, and whose journal says nothing any more. @throws StateUnreadableError */
async function lostOf(stateFolder: string, run: string): Promise<FoundRun | undefined> {
  for (const name of ['receipt.json', 'receipt.md']) {
    const file = path.join(folderOf(stateFolder, run), name);
    const isThere = await lstat(file).then(
      (found) => found.isFile(),
      (error: unknown) => orNothing(file, error) ?? false,
    );
    if (isThere) return { kind: 'unreadable', run, file, code: silenced };
  }
  return undefined;
}

/** A file for every run that is not ended, so that a start need not read every journal there is. */
async function markOpen(stateFolder: string, run: string, note: JournalNote): Promise<void> {
  const mark = markOf(stateFolder, run);
  if (note.kind === 'begun') {
    makeFolder(openOf(stateFolder));
    await writeFile(mark, '', { mode: 0o600 });
  } else if (note.kind === 'ended') {
    await rm(mark, { force: true });
  }
}

/**
 * Runs that were broken off, the newest first, and files of those of which nobody can tell any more what they did.
 *
 * @throws StateUnreadableError for what another account or the disk keeps.
 */
async function listOpenRuns(keeping: Keeping): Promise<OpenRuns> {
  const names = await namesIn(openOf(keeping.stateFolder));
  const found = await Promise.all(names.map((run) => readRun(keeping, run)));
  const runs: RunState[] = [];
  const lost: string[] = [];
  for (const one of found) {
    if (one?.kind === 'run' && one.state.outcome === undefined) runs.push(one.state);
    else if (one?.kind === 'damaged' || (one?.kind === 'unreadable' && ofNoUse.has(one.code)))
      lost.push(one.file);
    else if (one?.kind === 'unreadable') throw new StateUnreadableError(one.file, one.code);
  }
  return { runs: runs.sort((a, b) => b.begunMs - a.begunMs), lost };
}

/** With its byte order mark, if it has one: what is cut is counted in bytes. */
export const readJournal = async (file: string): Promise<string> =>
  (await readBytes(file, { mostBytes: mostKeptBytes })).toString('utf8');

/** A line that was being written when something died must not run into the next one. */
async function cutTornLine(file: string, words: JournalWords): Promise<void> {
  const text = await readJournal(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const { isTorn, goodBytes } = words.decode(text, file);
  if (!isTorn) return;
  const handle = await open(file, 'r+');
  await handle.truncate(goodBytes);
  await handle.datasync();
  await handle.close();
}

/** Runs of a folder, or marks of them. @throws StateUnreadableError */
const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: unknown) => orNothing(folder, error) ?? []);

/** Whatever else lies in a folder of runs is none. */
const isRunName = (name: string): boolean => /^[0-9a-f]{8}$/.test(name);

/** Reads one run; nothing when there is none of that name. */
async function readRun({ stateFolder, words }: Keeping, run: string): Promise<FoundRun | undefined> {
  const file = journalOf(folderOf(stateFolder, run));
  let text: string;
  try {
    text = await readJournal(file);
  } catch (error) {
    if (!isRunName(run)) return undefined;
    try {
      orNothing(file, error);
      const lost = await lostOf(stateFolder, run);
      if (lost) return lost;
      return (await isMarked(stateFolder, run))
        ? { kind: 'unreadable', run, file: markOf(stateFolder, run), code: gone }
        : undefined;
    } catch (unreadable) {
      if (!(unreadable instanceof StateUnreadableError)) throw unreadable;
      return { kind: 'unreadable', run, file, code: unreadable.code };
    }
  }
  const found = await foundIn(words, { run, file, text, isMarked: () => isMarked(stateFolder, run) });
  return found.kind === 'empty' ? ((await lostOf(stateFolder, run)) ?? found) : found;
}

interface Keeping {
  readonly stateFolder: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly words: JournalWords;
}

/** The runs of a folder, one folder each. @param now - Epoch milliseconds. */
export function folderRuns(stateFolder: string, now: () => number, words: JournalWords): RunStore {
  const keeping = { stateFolder, now, words };
  return {
    open: (run, waiting) => openJournal(keeping, run, waiting?.onTakeOver),
    read: async (run) => stateOf(words, await readRun(keeping, run)),
    find: (run) => readRun(keeping, run),
    list: () => listRuns(keeping),
    listOpen: () => listOpenRuns(keeping),
    holder: (run) => holderOf(folderOf(stateFolder, run)),
    // A folder belongs to one machine.
    left: () => Promise.resolve(undefined),
    forget: (run) => removeRun(stateFolder, run),
    alone: (what, waiting) => holdAlone(stateFolder, what, now, waiting),
  };
}

/** As long as any apply may take, with its doubts. */
const longestWaitMs = 10 * 60_000;

/** @see RunStore.alone */
async function holdAlone(
  stateFolder: string,
  what: string,
  now: () => number,
  { onWait, stop }: WaitingInLine,
): Promise<() => Promise<void>> {
  const name = createHash('sha256').update(what).digest('hex').slice(0, 16);
  const folder = path.join(stateFolder, 'making', name);
  const sinceMs = performance.now();
  for (let isTold = false; ;) {
    try {
      makeFolder(folder);
    } catch (error) {
      throw new JournalError(folder, error);
    }
    try {
      const release = await holdRun(folder, now);
      return async () => {
        await release();
        // Somebody who waited may have it already.
        await rmdir(folder).catch(() => undefined);
      };
    } catch (error) {
      const isHeld = error instanceof RunHeldError;
      // Whoever held it took the folder away meanwhile.
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isHeld && !isGone) throw new JournalError(folder, error);
      if (stop.aborted || performance.now() - sinceMs > longestWaitMs) throw error;
      if (isHeld && !isTold) onWait(error.holder);
      isTold ||= isHeld;
      await setTimeout(100, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** So many journals are read side by side: each is an open file. */
const atOnce = 32;

/** Every run there is, in no order, some of them in memory at a time. @throws StateUnreadableError */
export async function* eachRun(keeping: Keeping): AsyncGenerator<FoundRun> {
  const { stateFolder } = keeping;
  const marks = (await namesIn(openOf(stateFolder))).filter(isRunName);
  const names = [...new Set([...(await namesIn(runsOf(stateFolder))), ...marks])];
  for (let at = 0; at < names.length; at += atOnce) {
    const some = names.slice(at, at + atOnce).map((run) => readRun(keeping, run));
    for (const one of await Promise.all(some)) if (one) yield one;
  }
}

/** Every run there is, the newest first; those that cannot be read last. @throws StateUnreadableError */
async function listRuns(keeping: Keeping): Promise<FoundRun[]> {
  const found: FoundRun[] = [];
  for await (const one of eachRun(keeping)) found.push(one);
  const begun = (one: FoundRun): number => (one.kind === 'run' ? one.state.begunMs : 0);
  return found.sort((a, b) => begun(b) - begun(a));
}

/** Forgets a run. */
async function removeRun(stateFolder: string, run: string): Promise<void> {
  await rm(markOf(stateFolder, run), { force: true });
  await rm(folderOf(stateFolder, run), { recursive: true, force: true });
}
