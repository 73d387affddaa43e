import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RunHolder } from '../apply/journal/run-store.ts';
import { bootId } from '../ground/boot-id.ts';

/** Who holds a run. */
export interface Holder {
  pid: number;
  host: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Tells a process from a later one with the same number; nothing where the machine does not say. */
  born?: string | undefined;
  /** Names the table of processes that `pid` is a number in, whatever the host is called by now. */
  table?: string | undefined;
}

export const named = ({ pid, host, since }: Holder): RunHolder => ({ kind: 'process', pid, host, since });

/** This process. @param nowMs - Epoch milliseconds. */
export const holderHere = (nowMs: number): Holder => ({
  pid: process.pid,
  host: hostname(),
  since: new Date(nowMs).toISOString(),
  born: bornOf(process.pid),
  table: tableHere(),
});

/** Whether a holder lives, or is on another host and cannot be asked. */
export function mayLive(holder: Holder): boolean {
  const canBeAsked =
    holder.host === hostname() || (holder.table !== undefined && holder.table === tableHere());
  return !canBeAsked || isAlive(holder);
}

/**
 * Whether a holder was a process of this machine, and is dead. Two machines may have one name: where nobody can tell
 * that it is this one, nobody can tell that it is dead.
 */
export const isDeadHere = (holder: Holder): boolean =>
  holder.table !== undefined && holder.table === tableHere() && !isAlive(holder);

/** Whether what was read says who it is. */
export function isHolder(read: unknown): read is Holder {
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
