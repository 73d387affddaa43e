import { readlinkSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { bootId } from '../../ground/boot-id.ts';

/** A moment by a clock that nobody can set. */
export interface SteadyMoment {
  /** What the clock has counted in since it began: moments of two boots cannot be compared. */
  readonly boot: string;
  /** Milliseconds. */
  readonly ms: number;
}

let boot: string | undefined;

/** Where a machine does not name its boot, only this process can compare. */
export const steadyNow = (): SteadyMoment => ({
  boot: (boot ??= steadyBoot()),
  ms: Number(process.hrtime.bigint() / 1_000_000n),
});

/** @returns Milliseconds since a moment; nothing where nobody can say. */
export function agoMs(since: SteadyMoment | undefined): number | undefined {
  const now = steadyNow();
  return since?.boot === now.boot && since.ms <= now.ms ? now.ms - since.ms : undefined;
}

/** @returns Milliseconds since a moment; 0 where nobody can say. */
export const passedMs = (since: SteadyMoment | undefined): number => agoMs(since) ?? 0;

/** A namespace of time has a clock of its own. */
function steadyBoot(): string {
  const id = bootId();
  if (id === undefined) return randomUUID();
  try {
    return `${id} ${readlinkSync('/proc/self/ns/time')}`;
  } catch {
    return id;
  }
}
