import { spawn } from '@lydell/node-pty';
import { ignoreGone } from './gone.ts';

export interface PtyOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A program in a pseudo-terminal. Once either has gone, everything that is done to it does nothing. */
export interface Pty {
  readonly pid: number;
  onData(listener: (chunk: string) => void): void;
  write(text: string): void;
  resize(columns: number, rows: number): void;
  kill(signal?: string): void;
  /** Closes the terminal, as a dropped connection does. */
  hangUp(): void;
  /** Resolves with the exit code; a signal that ended it counts as 128 and its number. */
  readonly ended: Promise<number>;
}

/** What node-pty has and does not declare. */
interface Undeclared {
  destroy(): void;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): void;
  /** The terminal's own end; its descriptor is closed once it is destroyed. */
  readonly _socket: { readonly destroyed: boolean };
}

/**
Starts a program in a pseudo-terminal, the one place that does.

node-pty closes its descriptor a while before it tells that the program has ended, and the next terminal gets the
same number: from then on nothing may reach it.
*/
export function openPty(file: string, args: readonly string[], options: PtyOptions): Pty {
  const { columns, rows, cwd, env } = options;
  const pty = spawn(file, [...args], {
    // It becomes TERM, whatever the environment says.
    name: env['TERM'] ?? 'xterm-256color',
    cols: columns,
    rows,
    env,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const undeclared = pty as unknown as Undeclared;
  const isOpen = (): boolean => !undeclared._socket.destroyed;
  let hasEnded = false;
  undeclared.on('error', ignoreGone);
  return {
    pid: pty.pid,
    onData: (listener) => void pty.onData(listener),
    write(text) {
      if (isOpen()) pty.write(text);
    },
    resize(newColumns, newRows) {
      if (isOpen()) pty.resize(newColumns, newRows);
    },
    kill(signal) {
      if (!hasEnded) pty.kill(signal);
    },
    hangUp() {
      if (isOpen()) undeclared.destroy();
    },
    ended: new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        hasEnded = true;
        resolve(signal === undefined || signal === 0 ? exitCode : 128 + signal);
      });
    }),
  };
}
