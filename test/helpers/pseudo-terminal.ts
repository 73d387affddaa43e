import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import headless from '@xterm/headless';
import { freshFolder } from './folders.ts';
import { openPty } from './pty.ts';

/** The built program; `npm test` builds it first. */
export const builtProgram = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** The same as it is when it is installed: a link on the path, by which the program is called `ferry`. */
export function installedProgram(): string {
  const folder = path.join(path.dirname(freshFolder()), 'ferry-test-bin');
  const link = path.join(folder, 'ferry');
  mkdirSync(folder, { recursive: true });
  try {
    symlinkSync(builtProgram, link);
  } catch (error) {
    // Another worker has made it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return link;
}

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface TerminalOptions {
  /** Another program than ours, with its arguments: ssh. */
  readonly command?: readonly [string, ...string[]];
  readonly args?: readonly string[];
  /** @default 80 */
  readonly columns?: number;
  /** @default 24 */
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the program runs; a fresh folder of its own when absent. */
  readonly cwd?: string;
}

/** A text, a pattern or a condition on the whole screen. */
export type Wanted = string | RegExp | ((screen: string) => boolean);

export interface Terminal {
  readonly cwd: string;
  readonly pid: number;
  /** Sends keys as they are. */
  write(keys: string): void;
  /** Sends keys, and waits until the screen is another one and shows what is wanted. */
  press(keys: string, wanted: Wanted): Promise<string>;
  /** Waits for what is on the screen; fails with the screen. */
  waitFor(wanted: Wanted): Promise<string>;
  /** What a person sees now, a line for each row, without spaces at the line ends. */
  screen(): string;
  /** Everything that the program wrote so far, as it was written. */
  bytes(): string;
  resize(columns: number, rows: number): void;
  kill(signal?: string): void;
  /** Closes the terminal, as a dropped connection does. */
  hangUp(): void;
  /** The cells of the screen, for drawing it. */
  readonly buffer: () => headless.Terminal['buffer']['active'];
  /** Resolves with the exit code; a signal that ended it counts as 128 and its number. */
  readonly ended: Promise<number>;
  /** Waits for the end; fails with the screen. @returns the exit code, as of `ended` */
  waitForEnd(): Promise<number>;
}

/** A run that takes this long is stuck; nothing waits this long to pass. */
const deadlineMs = 90_000;

/** The environment of a run: nothing of the one who runs the tests but what a program needs to start. */
export function cleanEnv(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const folder = freshFolder();
  return {
    PATH: `${process.env['PATH'] ?? ''}:${path.dirname(installedProgram())}`,
    HOME: folder,
    TMPDIR: path.dirname(folder),
    FERRY_STATE_DIR: path.join(folder, 'state'),
    FERRY_CONFIG_DIR: path.join(folder, 'config'),
    TERM: 'xterm-256color',
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    ...more,
  };
}

/**
Runs the built program in a real pseudo-terminal and reads its screen back the way a terminal draws it.

It does not look at colours; `bytes()` has them.
*/
export function openTerminal(options: TerminalOptions = {}): Terminal {
  const { args = [], columns = 80, rows = 24, env = {}, cwd = freshFolder() } = options;
  const view = new headless.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
  const [file, ...rest] = options.command ?? [process.execPath, installedProgram(), ...args];
  const pty = openPty(file, rest, { columns, rows, cwd, env: cleanEnv(env) });
  let written = '';
  let isDrawing = 0;
  /** What is on the screen, until something is drawn: whoever waits looks much more often than that. */
  let shown: string | undefined;
  let hasEnded = false;
  void pty.ended.then(() => (hasEnded = true));
  pty.onData((chunk) => {
    written += chunk;
    isDrawing++;
    view.write(chunk, () => {
      isDrawing--;
      shown = undefined;
    });
  });
  // Programs ask a terminal what it is; this one answers.
  view.onData((answer) => {
    pty.write(answer);
  });

  function screen(): string {
    return (shown ??= read());
  }

  function read(): string {
    const { active } = view.buffer;
    const lines = Array.from(
      { length: view.rows },
      // A blank that was written looks as one that was not.
      (_, row) =>
        active
          .getLine(active.viewportY + row)
          ?.translateToString(true, 0, view.cols)
          .replace(/ +$/, '') ?? '',
    );
    return lines.join('\n').trimEnd();
  }

  /** Whether no frame is half drawn; a program that ends may leave one so. */
  function isWhole(): boolean {
    return isDrawing === 0 && (hasEnded || !view.modes.synchronizedOutputMode);
  }

  async function waitFor(wanted: Wanted): Promise<string> {
    const isThere = (seen: string): boolean =>
      typeof wanted === 'string'
        ? seen.includes(wanted)
        : wanted instanceof RegExp
          ? wanted.test(seen)
          : wanted(seen);
    const deadline = performance.now() + deadlineMs;
    for (;;) {
      const seen = screen();
      if (isWhole() && isThere(seen)) return seen;
      if (performance.now() > deadline) {
        throw new Error(`Waited ${deadlineMs} ms for ${String(wanted)}. The screen:\n${seen}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  return {
    cwd,
    pid: pty.pid,
    write: pty.write,
    async press(keys, wanted) {
      pty.write(keys);
      return waitFor(wanted);
    },
    waitFor,
    screen,
    bytes: () => written,
    resize(newColumns, newRows) {
      pty.resize(newColumns, newRows);
      view.resize(newColumns, newRows);
      shown = undefined;
    },
    kill: pty.kill,
    hangUp: pty.hangUp,
    buffer: () => view.buffer.active,
    ended: pty.ended,
    async waitForEnd() {
      let code: number | undefined;
      void pty.ended.then((given) => (code = given));
      await waitFor(() => code !== undefined);
      return pty.ended;
    },
  };
}
