import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import lockfile from 'proper-lockfile';

/** Who holds a run. */
interface Holder {
  pid: number;
  host: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Tells a process from a later one with the same number; nothing where the machine does not say. */
  born?: string | undefined;
}

/** Another process holds the run. */
export class RunHeldError extends Error {
  override readonly name = 'RunHeldError';
  readonly kind = 'runHeld';
  readonly holder: string;
  constructor(holder: string) {
    super(`held by ${holder}`);
    this.holder = holder;
  }
}

const named = ({ pid, host, since }: Holder): string => `process ${pid} on ${host} since ${since}`;

/**
 * Holds a run's folder for this process. A holder that is dead is named and replaced.
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
  onTakeOver: (holder: string) => void = () => undefined,
): Promise<() => Promise<void>> {
  const file = path.join(folder, 'holder.json');
  const mine: Holder = {
    pid: process.pid,
    host: hostname(),
    since: new Date(now()).toISOString(),
    born: bornOf(process.pid),
  };
  const unlock = await lockfile.lock(folder, {
    stale: 5000,
    retries: { retries: 20, minTimeout: 20, maxTimeout: 400 },
  });
  try {
    const other = await readHolder(file);
    if (other) {
      if (other.host !== mine.host || isAlive(other)) throw new RunHeldError(named(other));
      onTakeOver(named(other));
    }
    await writeFile(file, JSON.stringify(mine), { mode: 0o600 });
  } finally {
    await unlock();
  }
  return () => rm(file, { force: true });
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    // Not there, or torn by the death of its writer: nobody holds it.
    return undefined;
  }
}

function isAlive({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return born === undefined || bornOf(pid) === born;
}

/** When a process began, in ticks since the machine did. Linux only. */
function bornOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
