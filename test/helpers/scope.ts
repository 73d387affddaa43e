import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<AsyncDisposableStack>();

/** Runs a test, and ends what it began, the last first. Which test asks is known by the calls that lead there. */
export async function withScope(runTest: () => Promise<void>): Promise<void> {
  const begun = new AsyncDisposableStack();
  try {
    await current.run(begun, runTest);
  } finally {
    await begun.disposeAsync();
  }
}

/** Has something that a test began ended with that test at the latest. Only for use inside of a test. */
export function endWithTest(end: () => void | Promise<void>): void {
  const begun = current.getStore();
  if (!begun) throw new Error('outside of a test');
  begun.defer(end);
}
