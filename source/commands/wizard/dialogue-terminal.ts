import type { DialogueIo, Input, Interrupting, OnInterrupt } from '../../dialogue/io.ts';
import { LineInput } from '../../terminal/line-input.ts';
import { handleSignals } from '../../terminal/signals.ts';
import { visible } from '../console/visible.ts';
import { wrapSaid } from '../console/wrap-said.ts';
import { line, type Streams } from '../console/streams.ts';

/** A terminal that speaks in lines, and what interrupts it. */
interface DialogueTerminal {
  readonly io: DialogueIo;
  /** While something is under way Ctrl+C means that, and not the question. */
  readonly onInterrupt: OnInterrupt;
  /** Whether it ended because nobody had typed for too long. */
  readonly isIdle: () => boolean;
  /** Gives the input back: what comes now asks for itself. */
  readonly stopListening: () => void;
  /** The rest: from now on a reader that has gone ends the program as usual. */
  readonly close: () => void;
}

/** The end of a key that is pasted as it is, or a line for those that have none. What comes before a key is not its end. */
const endOfLines = /^(-----END .*KEY( BLOCK)?-----|\.)\s*$/;

/** Names of the platform and values of a plan: no line end looks like a line of ours, and nothing moves the cursor. */
const flat = (said: string): string => visible(said.replaceAll(/[\n\t]+/g, ' '));

export function openDialogue(streams: Streams): DialogueTerminal {
  const { stdin, stdout, restriction, brokenPipe } = streams;
  const input = new LineInput(stdin);
  let act: ((how: Interrupting) => void) | undefined;
  let isIdle = false;
  let isLeaving = false;
  const interrupt = (): void => {
    if (act) act('interrupt');
    else input.interrupt();
  };
  /** However often the end is told: what is under way is told once. */
  const leave = (): void => {
    if (!isLeaving) act?.('end');
    isLeaving = true;
    input.end();
  };
  const onInterrupt: OnInterrupt = (given) => {
    act = given;
    if (isLeaving) given('end');
    return () => {
      act = undefined;
    };
  };
  const usual = brokenPipe.act;
  brokenPipe.act = leave;
  const release = handleSignals({ SIGINT: interrupt, SIGTERM: leave, SIGHUP: leave });

  /** A terminal would break it wherever a line is full. */
  const inLines = (said: string): string => wrapSaid(said, stdout.columns);

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
      const event = await read();
      // What is left of a paste is part of the secret, and no answer to what comes next.
      await input.settled();
      return event;
    } finally {
      input.hide(false);
      stdout.write('\n');
    }
  }

  return {
    io: {
      say: (said) => line(stdout, inLines(flat(said))),
      async ask(prompt) {
        stdout.write(inLines(flat(prompt)));
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
      async unlessLeft(work) {
        let release: (() => void) | undefined;
        const left = new Promise<undefined>((resolve) => {
          release = onInterrupt(() => resolve(undefined));
        });
        try {
          return await Promise.race([work, left]);
        } finally {
          release?.();
        }
      },
      forgetTyped: () => input.forget(),
    },
    onInterrupt,
    isIdle: () => isIdle,
    stopListening() {
      release();
      input.close();
    },
    close() {
      brokenPipe.act = usual;
    },
  };
}
