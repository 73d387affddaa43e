import { type Key } from 'ink';
import { useRef } from 'react';
import { type KeyPress, pressesOf } from '../keys/key-press.ts';
import { useStrokes, useTyping } from '../keys/keyboard.tsx';
import { useMachine } from '../machine/use-machine.ts';
import { reduceSecretField, secretOf, type SecretFieldEvent } from './secret-field-state.ts';

/**
A key file pasted without bracketed paste arrives in several chunks, and one of them can be a lone
line end. An Enter sooner than this after a chunk with line ends belongs to the paste: no hand is
that fast.
*/
const burstMs = 30;

type SecretFieldCallbacks = {
  readonly initialValue: string;
  readonly isMultiline: boolean;
  readonly isActive: boolean;
  readonly onChange: (value: string) => void;
  readonly onSubmit: ((value: string) => void) | undefined;
  readonly onKey: ((press: KeyPress) => void) | undefined;
  /** Milliseconds, rising. */
  readonly now: () => number;
};

/**
The keys of a secret: it is appended to, shortened or cleared, never edited inside.

@returns The secret. It must never be drawn.
*/
export function useSecretField(callbacks: SecretFieldCallbacks): string {
  const { isMultiline, isActive, now } = callbacks;
  const [state, send, peek] = useMachine(reduceSecretField, () => ({
    raw: callbacks.initialValue,
    isMultiline,
  }));
  const lastBurstAt = useRef(Number.NEGATIVE_INFINITY);

  function happened(event: SecretFieldEvent): void {
    const before = secretOf(peek());
    const after = secretOf(send(event));
    if (after !== before) {
      callbacks.onChange(after);
    }
  }

  function pressed(press: KeyPress): void {
    if (press.kind === 'text' || press.kind === 'paste') {
      happened({ type: 'appended', text: press.text });
    } else if (press.kind === 'ctrl' && press.letter === 'u') {
      happened({ type: 'cleared' });
    } else if (press.kind === 'key' && (press.name === 'backspace' || press.name === 'delete')) {
      happened({ type: 'erased' });
    } else if (press.kind === 'key' && press.name === 'enter') {
      callbacks.onSubmit?.(secretOf(peek()));
    } else {
      callbacks.onKey?.(press);
    }
  }

  useTyping(() => true, isActive);
  useStrokes((stroke) => {
    // Line ends are part of the secret: a paste is taken as it is.
    if (stroke.kind === 'pasted') {
      happened({ type: 'appended', text: stroke.text });
    } else if (stroke.kind === 'typed' && isMultiline && isPartOfBurst(stroke, now() - lastBurstAt.current)) {
      lastBurstAt.current = now();
      happened({ type: 'appended', text: stroke.key.return ? '\r' : stroke.input });
    } else {
      for (const press of pressesOf(stroke)) pressed(press);
    }
  }, isActive);

  return secretOf(state);
}

function isPartOfBurst(
  { input, key }: { readonly input: string; readonly key: Key },
  sinceLastMs: number,
): boolean {
  const isLineEnd = key.return || input === '\n' || input === '\r';
  return isLineEnd ? sinceLastMs < burstMs : /[\r\n]/.test(input);
}
