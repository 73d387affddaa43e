import { type ChildProcess, spawn } from 'node:child_process';
import { ignoreGone } from './gone.ts';
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
