import { afterEach } from 'vitest';
import {
  openTerminal as openPseudoTerminal,
  type Terminal,
  type TerminalOptions,
} from './pseudo-terminal.ts';

export * from './pseudo-terminal.ts';

const open = new Set<Terminal>();
afterEach(() => {
  for (const terminal of open) terminal.kill('SIGKILL');
  open.clear();
});

/** As `pseudo-terminal.ts` does it, and ended with the test at the latest. */
export function openTerminal(options: TerminalOptions = {}): Terminal {
  const terminal = openPseudoTerminal(options);
  open.add(terminal);
  void terminal.ended.then(() => open.delete(terminal));
  return terminal;
}
