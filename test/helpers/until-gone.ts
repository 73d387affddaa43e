import { setTimeout as after } from 'node:timers/promises';

/**
 * Waits until nothing runs under this number any more: after a hang-up nobody is there to hear the exit code. Tests that
 * run side by side may wait for theirs: `expect.poll` would not know which of them asks.
 */
export async function untilGone(pid: number): Promise<void> {
  const isThere = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (isThere()) await after(20);
}
