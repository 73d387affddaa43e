import { render } from 'ink-testing-library';
import { type ReactElement } from 'react';
import { KeyboardProvider } from '../../source/components/keys/keyboard.tsx';
import { endWithTest } from './scope.ts';

export { keys } from './keys.ts';

export type InkHarness = {
  /** Sends one chunk of input, then waits until nothing more is drawn because of it. */
  readonly write: (chunk: string) => Promise<void>;
  /** Sends each chunk after the one before has been drawn. */
  readonly press: (...chunks: readonly string[]) => Promise<void>;
  /** The last frame, without spaces at line ends. */
  readonly frame: () => string;
  /** Every frame so far, oldest first. */
  readonly frames: () => readonly string[];
  /** Waits for a text, a pattern or a condition on the frame; fails with the last frame. */
  readonly waitFor: (wanted: string | RegExp | ((frame: string) => boolean)) => Promise<string>;
  readonly rerender: (node: ReactElement) => Promise<void>;
  readonly resize: (columns: number, rows?: number) => Promise<void>;
  readonly unmount: () => void;
};

export type RenderInkOptions = {
  /** @default 100 */
  readonly columns?: number;
  /** @default 40 */
  readonly rows?: number;
};

/** How long a condition may take before the test fails; nothing ever waits this long to pass. */
const deadlineMs = 3000;

/**
Draws a component in a terminal that exists only in memory, and types into it.

It reads frames as text: colours are off, and it does not know what a real terminal does with cursor
control. That is the business of the journeys.
*/
export async function renderInk(node: ReactElement, options: RenderInkOptions = {}): Promise<InkHarness> {
  const instance = render(withKeyboard(node));
  const { stdout, stdin } = instance;
  let latest = withKeyboard(node);

  async function resize(columns: number, rows = 40): Promise<void> {
    Object.defineProperty(stdout, 'columns', { value: columns, configurable: true });
    Object.defineProperty(stdout, 'rows', { value: rows, configurable: true });
    stdout.emit('resize');
    instance.rerender(latest);
    await settle();
  }

  /** React draws in microtasks and effects in the turn after; quiet means two turns without a frame. */
  async function settle(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2;) {
      const before = stdout.frames.length;
      await new Promise((resolve) => setImmediate(resolve));
      quietTurns = stdout.frames.length === before ? quietTurns + 1 : 0;
    }
  }

  function frame(): string {
    return trimLines(stdout.lastFrame() ?? '');
  }

  async function write(chunk: string): Promise<void> {
    stdin.write(chunk);
    await settle();
  }

  async function press(...chunks: readonly string[]): Promise<void> {
    for (const chunk of chunks) {
      await write(chunk);
    }
  }

  async function waitFor(wanted: string | RegExp | ((frame: string) => boolean)): Promise<string> {
    const isThere = (text: string): boolean =>
      typeof wanted === 'string'
        ? text.includes(wanted)
        : wanted instanceof RegExp
          ? wanted.test(text)
          : wanted(text);
    const deadline = performance.now() + deadlineMs;
    while (!isThere(frame())) {
      if (performance.now() > deadline) {
        throw new Error(`Waited ${deadlineMs} ms for ${String(wanted)}. Last frame:\n${frame()}`);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    return frame();
  }

  function unmount(): void {
    instance.unmount();
    instance.cleanup();
  }
  endWithTest(unmount);

  await settle();
  await resize(options.columns ?? 100, options.rows ?? 40);
  return {
    write,
    press,
    frame,
    frames: () => stdout.frames.map(trimLines),
    waitFor,
    async rerender(next) {
      latest = withKeyboard(next);
      instance.rerender(latest);
      await settle();
    },
    resize,
    unmount,
  };
}

function withKeyboard(node: ReactElement): ReactElement {
  return <KeyboardProvider>{node}</KeyboardProvider>;
}

function trimLines(frame: string): string {
  return frame
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
