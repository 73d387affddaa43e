import { type ChildProcess, spawn } from 'node:child_process';
import { ignoreGone } from './gone.ts';
import { endWithTest } from './scope.ts';
import { installedProgram, cleanEnv, freshFolder } from './terminal.ts';

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Writes all that a program will read, the one place that does. It may have ended before. */
export function giveInput({ stdin }: ChildProcess, input: string): void {
  stdin?.on('error', ignoreGone).end(input);
}

/** Runs the built program without a terminal, to its end. */
export function runProgram(
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; cwd?: string; input?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [installedProgram(), ...args], {
      cwd: options.cwd ?? freshFolder(),
      env: cleanEnv(options.env),
      stdio: 'pipe',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode: exitCode ?? (signal === null ? -1 : 128), stdout, stderr });
    });
    giveInput(child, options.input ?? '');
  });
}

/** A program that runs while a test goes on. */
export interface Begun {
  readonly child: ChildProcess;
  /** Its exit code; 128 where a signal has ended it. */
  readonly ended: Promise<number>;
  /** All of it so far, on either stream. */
  said(): string;
}

/** Begins the built program without a terminal and without input; it ends with the test at the latest. */
export function beginProgram(
  args: readonly string[],
  { env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd: string },
): Begun {
  const child = spawn(process.execPath, [installedProgram(), ...args], {
    cwd,
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('error', ignoreGone).on('data', (text: Buffer) => {
      said += text.toString();
    });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 128)));
  endWithTest(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  return { child, ended, said: () => said };
}
