import { rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mostKeptBytes, readText } from '../../ground/read-file.ts';
import lockfile from 'proper-lockfile';
import type { RunHolder } from '../../apply/journal/run-store.ts';
import { RunHeldError } from '../errors.ts';
import { type Holder, holderHere, isHolder, mayLive, named } from '../holder.ts';

/**
 * Holds a run's folder for this process. A holder that is dead is named and replaced, and so is a file that does
 * not name one: it was never written to its end.
 *
 * The holder is a file, read and written under a lock that lasts milliseconds: a lock that had to be
 * renewed would be lost by a process that is only busy or suspended.
 *
 * @returns Lets go of it.
 * @throws RunHeldError when the holder lives, or is on another host and cannot be asked.
 */
export async function holdRun(
  folder: string,
  now: () => number,
  onTakeOver: (holder: RunHolder) => void = () => undefined,
): Promise<() => Promise<void>> {
  const file = path.join(folder, 'holder.json');
  const mine = holderHere(now());
  const unlock = await lockShortly(folder, now);
  try {
    const other = await readHolder(file);
    if (other.kind === 'holder') {
      if (mayLive(other.holder)) throw new RunHeldError(named(other.holder), file);
      onTakeOver(named(other.holder));
    } else if (other.kind === 'nameless') {
      onTakeOver(await nameless(file));
    }
    await writeFile(file, JSON.stringify(mine), { mode: 0o600 });
  } finally {
    await unlock();
  }
  return () => rm(file, { force: true });
}

/** @throws RunHeldError when somebody has held it for longer than anybody should. */
async function lockShortly(folder: string, now: () => number): Promise<() => Promise<void>> {
  const lock = `${folder}.lock`;
  const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: 0 }));
  // A lock from the future was left by somebody whose clock was ahead: it would never be stale.
  if (mtimeMs > now() + 60_000) await rm(lock, { recursive: true, force: true });
  try {
    return await lockfile.lock(folder, {
      stale: 5000,
      retries: { retries: 20, minTimeout: 20, maxTimeout: 400 },
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED')
      throw new RunHeldError(await nameless(lock), lock);
    throw error;
  }
}

const nameless = (file: string): Promise<RunHolder> =>
  stat(file).then(
    ({ mtime }) => ({ kind: 'nameless', since: mtime.toISOString() }),
    () => ({ kind: 'nameless' }),
  );

/** Who holds a run just now; nothing where nobody does, or nobody who lives. Only looks. */
export async function holderOf(folder: string): Promise<RunHolder | undefined> {
  const found = await readHolder(path.join(folder, 'holder.json')).catch(() => undefined);
  return found?.kind === 'holder' && mayLive(found.holder) ? named(found.holder) : undefined;
}

type FoundHolder = { kind: 'none' } | { kind: 'nameless' } | { kind: 'holder'; holder: Holder };

/** Reads who holds a run. @throws Error of the file system, but for a file that is not there. */
async function readHolder(file: string): Promise<FoundHolder> {
  let text: string;
  try {
    text = await readText(file, { mostBytes: mostKeptBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  try {
    const read: unknown = JSON.parse(text);
    return isHolder(read) ? { kind: 'holder', holder: read } : { kind: 'nameless' };
  } catch {
    // Torn by the death of its writer.
    return { kind: 'nameless' };
  }
}
