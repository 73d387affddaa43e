import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import lockfile from 'proper-lockfile';
import { bootId } from './steady.ts';

/** Who holds a run. */
interface Holder {
  pid: number;
  host: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Tells a process from a later one with the same number; nothing where the machine does not say. */
  born?: string | undefined;
  /** Names the table of processes that `pid` is a number in, whatever the host is called by now. */
  table?: string | undefined;
}

/** Who holds a run, or held it, as far as that is known. */
export type RunHolder =
  | { readonly kind: 'process'; readonly pid: number; readonly host: string; readonly since: string }
  /** Whoever it was did not come to say who; `since` is missing where not even the moment is known. */
  | { readonly kind: 'nameless'; readonly since?: string };

/** Another process holds the run. */
export class RunHeldError extends Error {
  override readonly name = 'RunHeldError';
  readonly kind = 'runHeld';
  readonly holder: RunHolder;
  /** Says who holds it; removing it is the way out when nobody does any more. */
  readonly file: string;
  constructor(holder: RunHolder, file: string) {
    super(`held: ${file}`);
    this.holder = holder;
    this.file = file;
  }
}

const named = ({ pid, host, since }: Holder): RunHolder => ({ kind: 'process', pid, host, since });

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
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date(now()).toISOString(),
    born: bornOf(process.pid),
    table: tableHere(),
  };
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

/** Whether a holder lives, or is on another host and cannot be asked. */
function mayLive(holder: Holder): boolean {
  const canBeAsked =
    holder.host === hostname() || (holder.table !== undefined && holder.table === tableHere());
  return !canBeAsked || isAlive(holder);
}

type FoundHolder = { kind: 'none' } | { kind: 'nameless' } | { kind: 'holder'; holder: Holder };

/** Reads who holds a run. @throws Error of the file system, but for a file that is not there. */
async function readHolder(file: string): Promise<FoundHolder> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
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

function isHolder(read: unknown): read is Holder {
  if (typeof read !== 'object' || read === null) return false;
  const { pid, host, since } = read as Partial<Record<keyof Holder, unknown>>;
  // 0 and below are no process but groups of them.
  const isProcess = typeof pid === 'number' && Number.isSafeInteger(pid) && pid > 0;
  return isProcess && typeof host === 'string' && host !== '' && typeof since === 'string';
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const found = statOf(pid);
  // A zombie is dead: only its parent has not taken note.
  if (found?.state === 'Z' || found?.state === 'X') return false;
  return born === undefined || found?.born === undefined || found.born === born;
}

/** When a process began, in ticks since the machine did. Linux only. */
const bornOf = (pid: number): string | undefined => statOf(pid)?.born;

/** @see proc(5), /proc/[pid]/stat */
function statOf(pid: number): { state: string | undefined; born: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const facts = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: facts[0], born: facts[19] };
  } catch {
    return undefined;
  }
}

/** This boot of this machine, and the namespace of processes in it. Linux only. */
function tableHere(): string | undefined {
  const boot = bootId();
  try {
    return boot === undefined ? undefined : `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
