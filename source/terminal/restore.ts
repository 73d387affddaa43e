import { writeSync } from 'node:fs';
import { reportsOff } from './focus-report.ts';

/** The part of `process.stdout` that is needed. */
type RestoreOutput = {
  readonly isTTY?: boolean | undefined;
  readonly fd?: number | undefined;
  readonly write: (text: string) => unknown;
};

/** The part of `process.stdin` that is needed. */
type RestoreInput = {
  readonly isTTY?: boolean | undefined;
  readonly setRawMode?: ((isRaw: boolean) => unknown) | undefined;
};

type RestoreOptions = {
  /** Leave the alternate screen too. Only when it was entered: leaving it moves the cursor. */
  readonly isAlternateScreen?: boolean | undefined;
};

const endSynchronizedUpdate = '\u001B[?2026l';
const plainStyle = '\u001B[0m';
const showCursor = '\u001B[?25h';
const pasteOn = '\u001B[?2004h';
const pasteOff = '\u001B[?2004l';
const mouseOff = '\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1006l';
const leaveAlternateScreen = '\u001B[?1049l';

/**
Gives the terminal back as it was found: echo, cursor, paste, mouse and focus mode.

It is synchronous, so that it works in an `exit` handler, and harmless when called again. A terminal
that is gone is no error: there is nobody left to restore it for.
*/
export function restoreTerminal(
  stdout: RestoreOutput,
  stdin: RestoreInput,
  options: RestoreOptions = {},
): void {
  if (stdin.isTTY === true) {
    quietly(() => stdin.setRawMode?.(false));
  }
  if (stdout.isTTY === true) {
    const leave = options.isAlternateScreen === true ? leaveAlternateScreen : '';
    writeNow(
      stdout,
      endSynchronizedUpdate + plainStyle + mouseOff + reportsOff + pasteOff + leave + showCursor,
    );
  }
}

/**
Takes the terminal again after it was stopped and continued (`fg`): the shell has reset it meanwhile.
What is on screen has to be drawn again by whoever draws.
*/
export function reclaimTerminal(stdout: RestoreOutput, stdin: RestoreInput): void {
  if (stdin.isTTY === true) {
    // Node believes that raw mode is still on and would do nothing.
    quietly(() => stdin.setRawMode?.(false));
    quietly(() => stdin.setRawMode?.(true));
  }
  if (stdout.isTTY === true) {
    writeNow(stdout, pasteOn);
  }
}

/** A stream would report a lost terminal later, as an error that nobody handles. */
function writeNow(stdout: RestoreOutput, text: string): void {
  quietly(() => {
    if (stdout.fd === undefined) {
      stdout.write(text);
    } else {
      writeSync(stdout.fd, text);
    }
  });
}

function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // The terminal is gone.
  }
}
