import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Measured } from './asked.ts';
import type { Answer, Trial } from './runner.ts';
import type { Verdict } from './verdict.ts';

/** Longest that nothing is heard of the tests, milliseconds. */
const silentMs = 60_000;

/** Tries changes in a process of its own, which is begun anew when a change never ends. */
export class Runner implements AsyncDisposable {
  readonly #args: readonly string[];
  #begun: { process: ChildProcess; tests: readonly string[] } | undefined;

  constructor(purpose: 'try' | 'measure') {
    this.#args = purpose === 'measure' ? ['measure'] : [];
  }

  /** All files of tests, by their path. */
  async tests(): Promise<readonly string[]> {
    return (await this.#begin()).tests;
  }

  async measure(test: string): Promise<Measured> {
    const answer = await this.#ask({ kind: 'measure', test });
    if (answer?.kind === 'measured') return answer.measured;
    return { isGreen: false, ms: silentMs, longestMs: silentMs, places: [], outside: [], tests: [] };
  }

  /** What never ends was noticed if the same tests end without it, and in a fraction of the time. */
  async try(trial: Trial & { kind: 'try' }, original: string): Promise<Verdict> {
    const answer = await this.#ask(trial);
    if (answer?.kind === 'verdict') return answer.verdict;
    const startedAt = performance.now();
    const without = await this.#ask({ ...trial, text: original });
    const isWell = without?.kind === 'verdict' && without.verdict.kind === 'survived';
    return isWell && performance.now() - startedAt < silentMs
      ? { kind: 'noticed', test: 'no end', testFile: '' }
      : { kind: 'untold', why: 'no end, and none without the change either' };
  }

  /** Nothing when the process had to be ended. */
  async #ask(trial: Trial): Promise<Answer | undefined> {
    const { process } = await this.#begin();
    process.send(trial);
    const answer = await answerOf(process);
    if (answer) return answer;
    process.kill('SIGKILL');
    this.#begun = undefined;
    return undefined;
  }

  async #begin(): Promise<{ process: ChildProcess; tests: readonly string[] }> {
    if (this.#begun) return this.#begun;
    const process = fork(new URL('runner.ts', import.meta.url), this.#args, {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [ready] = (await once(process, 'message')) as [Answer];
    return (this.#begun = { process, tests: ready.kind === 'ready' ? ready.tests : [] });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { process } = this.#begun ?? {};
    if (!process || process.exitCode !== null) return;
    const gone = once(process, 'exit');
    process.disconnect();
    await gone;
  }
}

/** What the tests say; nothing when the process ends, or says nothing for too long. */
function answerOf(runner: ChildProcess): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const end = (answer: Answer | undefined): void => {
      clearTimeout(silence);
      runner.off('message', hear).off('exit', leave);
      resolve(answer);
    };
    const hear = (answer: Answer): void => {
      silence.refresh();
      if (answer.kind !== 'alive') end(answer);
    };
    const leave = (): void => end(undefined);
    const silence = setTimeout(leave, silentMs);
    runner.on('message', hear).on('exit', leave);
  });
}
