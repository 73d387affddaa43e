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
