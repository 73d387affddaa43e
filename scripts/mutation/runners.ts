import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Trial, Verdict } from './runner.ts';

/** Longest that nothing is heard of the tests, milliseconds: what goes on longer has no end, and was noticed. */
const silentMs = 90_000;

/** Tries changes in a process of its own, which is begun anew when a change never ends. */
export class Runner implements AsyncDisposable {
  #process: ChildProcess | undefined;

  async try(trial: Trial): Promise<Verdict> {
    const runner = (this.#process ??= await begin());
    runner.send(trial);
    const verdict = await verdictOf(runner);
    if (typeof verdict === 'object') return verdict;
    runner.kill('SIGKILL');
    this.#process = undefined;
    return { test: verdict, testFile: '' };
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

/** What the tests say; why there is nothing to hear of them. */
function verdictOf(runner: ChildProcess): Promise<Verdict | string> {
  return new Promise((resolve) => {
    const end = (verdict: Verdict | string): void => {
      clearTimeout(silence);
      runner.off('message', hear).off('exit', leave);
      resolve(verdict);
    };
    const hear = (message: Verdict | 'alive'): void => {
      silence.refresh();
      if (message !== 'alive') end(message);
    };
    const leave = (): void => end('the process of the tests ended');
    const silence = setTimeout(() => end('no end'), silentMs);
    runner.on('message', hear).on('exit', leave);
  });
}
