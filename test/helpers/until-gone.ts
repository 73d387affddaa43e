import { expect } from 'vitest';

/** Waits until nothing runs under this number any more: after a hang-up nobody is there to hear the exit code. */
export async function untilGone(pid: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isThere, { interval: 20 }).toBe(false);
}
