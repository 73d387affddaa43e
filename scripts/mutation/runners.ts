import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Trial, Verdict } from './runner.ts';

/** Longest that the tests may take with a change, milliseconds: what goes on longer has been noticed. */
const mostMs = 400_000;

/** Tries changes in a process of its own, which is begun anew when a change never ends. */
export class Runner implements AsyncDisposable {
  #process: ChildProcess | undefined;

  async try(trial: Trial): Promise<Verdict> {
    const runner = (this.#process ??= await begin());
    const answeredOrGone = new AbortController();
    const over = AbortSignal.any([AbortSignal.timeout(mostMs), answeredOrGone.signal]);
    const answered = once(runner, 'message', { signal: over }) as Promise<[Verdict]>;
    const gone = once(runner, 'exit', { signal: over });
    answered.catch(() => undefined);
    gone.catch(() => undefined);
    runner.send(trial);
    try {
      const [verdict] = await Promise.race([
        answered,
        gone.then((): [Verdict] => [{ test: 'the process of the tests ended', testFile: '' }]),
      ]);
      if (runner.exitCode !== null) this.#process = undefined;
      return verdict;
    } catch {
      runner.kill('SIGKILL');
      this.#process = undefined;
      return { test: `no end within ${String(mostMs / 1000)} s`, testFile: '' };
    } finally {
      answeredOrGone.abort();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const runner = this.#process;
    if (!runner || runner.exitCode !== null) return;
    const gone = once(runner, 'exit');
    runner.disconnect();
    await gone;
  }
}

async function begin(): Promise<ChildProcess> {
  const runner = fork(new URL('runner.ts', import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(runner, 'message');
  return runner;
}
