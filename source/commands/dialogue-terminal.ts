import type { DialogueIo, Input } from '../dialogue/io.ts';
import { LineInput } from '../terminal/line-input.ts';
import { handleSignals } from '../terminal/signals.ts';
import { line, type Streams } from './streams.ts';

/** A terminal that speaks in lines, and what interrupts it. */
export interface DialogueTerminal {
  readonly io: DialogueIo;
  /** While something is under way Ctrl+C means that, and not the question. @returns ends it */
  readonly onInterrupt: (act: () => void) => () => void;
  /** Whether it ended because nobody had typed for too long. */
  readonly isIdle: () => boolean;
  readonly close: () => void;
}

/** The end of a key that is pasted as it is, or a line for those that have none. */
const endOfLines = /^(-----END .*-----|\.)\s*$/;

/** Line ends in what the platform calls something must not look like lines of ours; spaces at the ends stay. */
const flat = (said: string): string => said.replaceAll(/[\n\t]+/g, ' ');

export function openDialogue(streams: Streams): DialogueTerminal {
  const { stdin, stdout, restriction, brokenPipe } = streams;
  const input = new LineInput(stdin);
  let act: (() => void) | undefined;
  let isIdle = false;
  const interrupt = (): void => {
    if (act) act();
    else input.interrupt();
  };
  const leave = (): void => {
    act?.();
    input.end();
  };
  const usual = brokenPipe.act;
  brokenPipe.act = leave;
  const release = handleSignals({ SIGINT: interrupt, SIGTERM: leave, SIGHUP: leave });

  /** Whoever says nothing for too long is not there any more. */
  async function waited(asking: Promise<Input>): Promise<Input> {
    if (!restriction) return asking;
    const timer = setTimeout(() => {
      isIdle = true;
      leave();
    }, restriction.idleMs);
    try {
      return await asking;
    } finally {
      clearTimeout(timer);
    }
  }

  async function hidden(prompt: string, read: () => Promise<Input>): Promise<Input> {
    // The echo is off before anybody is asked to type.
    input.hide(true);
    stdout.write(flat(prompt));
    try {
      return await read();
    } finally {
      input.hide(false);
      stdout.write('\n');
    }
  }

  return {
    io: {
      say: (said) => line(stdout, flat(said)),
      async ask(prompt) {
        stdout.write(flat(prompt));
        const event = await waited(input.next());
        // What interrupts a line leaves the cursor in it.
        if (event.kind !== 'line') stdout.write('\n');
        return event;
      },
      askHidden: (prompt) => hidden(prompt, () => waited(input.nextHidden())),
      askHiddenLines: (prompt) =>
        hidden(prompt, async () => {
          const lines: string[] = [];
          for (;;) {
            const event = await waited(input.nextHidden());
            if (event.kind !== 'line') return event;
            // An empty first line is no key: it is Enter.
            if (lines.length === 0 && (event.text.trim() === '' || event.text.startsWith(':'))) return event;
            const isLast = endOfLines.test(event.text);
            if (event.text.trim() !== '.') lines.push(event.text);
            if (isLast) return { kind: 'line', text: lines.join('\n') };
          }
        }),
    },
    onInterrupt(given) {
      act = given;
      return () => {
        act = undefined;
      };
    },
    isIdle: () => isIdle,
    close() {
      brokenPipe.act = usual;
      release();
      input.close();
    },
  };
}
