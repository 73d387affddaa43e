import { AsyncLocalStorage } from 'node:async_hooks';
import { aroundEach } from 'vitest';

type End = () => unknown;

const current = new AsyncLocalStorage<End[]>();

// Which test asks is known by the calls that lead there: tests of one file may run side by side.
aroundEach(async (runTest) => {
  const ends: End[] = [];
  try {
    await current.run(ends, runTest);
  } finally {
    for (const end of ends.reverse()) await end();
  }
});

/** Has something that a test began ended with that test at the latest. Only for use inside of a test. */
export function endWithTest(end: End): void {
  const ends = current.getStore();
  if (!ends) throw new Error('outside of a test');
  ends.push(end);
}
