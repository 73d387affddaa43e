import { vi } from 'vitest';

/**
 * What comes of some work, and how often others had their turn while it was done. Its clock goes on by 5 ms whenever
 * somebody looks, so that nothing depends on how quick the machine is.
 */
export async function turnsDuring<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly turns: number }> {
  let ms = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (ms += 5));
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    if (isDone) return;
    turns++;
    setImmediate(count);
  };
  setImmediate(count);
  try {
    return { result: await work(), turns };
  } finally {
    isDone = true;
    clock.mockRestore();
  }
}

/** Processor time of this thread, milliseconds: it does not go on while other programs have the machine. */
function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** How long some work keeps others from their turn at most, milliseconds of the processor; the best of three. */
export async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const longest: number[] = [];
  for (let round = 0; round < 3; round++) {
    let most = 0;
    let beganMs = busyMs();
    let isDone = false;
    const turn = (): void => {
      const nowMs = busyMs();
      most = Math.max(most, nowMs - beganMs);
      beganMs = nowMs;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    await work();
    await new Promise((resolve) => setImmediate(resolve));
    isDone = true;
    longest.push(most);
  }
  return Math.min(...longest);
}
