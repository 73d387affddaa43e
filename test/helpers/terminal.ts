import {
  openTerminal as openPseudoTerminal,
  type Terminal,
  type TerminalOptions,
} from './pseudo-terminal.ts';
import { endWithTest } from './scope.ts';

export * from './folders.ts';
export * from './pseudo-terminal.ts';

/** As `pseudo-terminal.ts` does it, and ended with the test at the latest. */
export function openTerminal(options: TerminalOptions = {}): Terminal {
  const terminal = openPseudoTerminal(options);
  endWithTest(() => {
    terminal.kill('SIGKILL');
  });
  return terminal;
}
