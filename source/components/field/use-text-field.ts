import { useLayoutEffect, useRef } from 'react';
import { type KeyPress, pressesOf, type Stroke } from '../keys/key-press.ts';
import { useStrokes, useTyping } from '../keys/keyboard.tsx';
import { useMachine } from '../machine/use-machine.ts';
import {
  reduceTextField,
  startTextField,
  type TextFieldEvent,
  type TextFieldState,
} from './text-field-state.ts';

type TextFieldCallbacks = {
  readonly value: string;
  readonly isActive: boolean;
  readonly onChange: (value: string) => void;
  readonly onSubmit: ((value: string) => void) | undefined;
  readonly onKey: ((press: KeyPress) => void) | undefined;
  /** Asked of everything that came in one piece, as it came. @returns whether it is refused, and never drawn */
  readonly refuses: ((pasted: string) => boolean) | undefined;
};

/** Pieces of what was refused follow each other sooner than this, milliseconds: no hand is that fast. */
const burstMs = 30;

/** What came in one piece, as it came; one key is none. */
function pieceOf(stroke: Stroke): string | undefined {
  if (stroke.kind === 'pasted') return stroke.text;
  if (stroke.kind === 'typed') return stroke.input.length > 1 ? stroke.input : undefined;
  return stroke.press.kind === 'paste' ? stroke.press.text : undefined;
}

/** The keys of a text field. */
export function useTextField(callbacks: TextFieldCallbacks): TextFieldState {
  const { value, isActive } = callbacks;
  const [state, send, peek] = useMachine(reduceTextField, () => startTextField(value));

  useLayoutEffect(() => {
    send({ type: 'value-given', value });
  }, [send, value]);

  function happened(event: TextFieldEvent): void {
    const before = peek().value;
    const after = send(event).value;
    if (after !== before) {
      callbacks.onChange(after);
    }
  }

  function pressed(press: KeyPress): void {
    const event = eventOf(press);
    if (event !== undefined) {
      happened(event);
    } else if (press.kind === 'key' && press.name === 'enter') {
      callbacks.onSubmit?.(peek().value);
    } else {
      callbacks.onKey?.(press);
    }
  }

  // Nothing that is asked for begins with a question mark: so it can ask back.
  useTyping(() => peek().value !== '', isActive);
  const refusedAt = useRef(Number.NEGATIVE_INFINITY);
  useStrokes((stroke) => {
    const now = performance.now();
    const piece = pieceOf(stroke);
    const isRest = stroke.kind === 'typed' && !stroke.key.ctrl && now - refusedAt.current < burstMs;
    if (isRest || (piece !== undefined && callbacks.refuses?.(piece) === true)) {
      // What is marked as a paste is whole; without marks the rest comes as if it were typed.
      if (stroke.kind === 'typed') refusedAt.current = now;
      return;
    }
    for (const press of pressesOf(stroke)) pressed(press);
  }, isActive);
  return state;
}

/** What a key does to the text; `undefined` for keys that are not the field's. */
function eventOf(press: KeyPress): TextFieldEvent | undefined {
  if (press.kind === 'text' || press.kind === 'paste') {
    return { type: 'inserted', text: press.text };
  }
  if (press.kind === 'ctrl') {
    return eventOfCtrl(press.letter);
  }
  switch (press.name) {
    case 'backspace':
      return { type: 'erased-before' };
    case 'delete':
      return { type: 'erased-after' };
    case 'left':
      return { type: 'moved', to: 'left' };
    case 'right':
      return { type: 'moved', to: 'right' };
    case 'home':
      return { type: 'moved', to: 'start' };
    case 'end':
      return { type: 'moved', to: 'end' };
    default:
      return undefined;
  }
}

/** The line-editing letters of every shell. */
function eventOfCtrl(letter: string): TextFieldEvent | undefined {
  switch (letter) {
    case 'a':
      return { type: 'moved', to: 'start' };
    case 'e':
      return { type: 'moved', to: 'end' };
    case 'u':
      return { type: 'cleared' };
    case 'w':
      return { type: 'erased-word' };
    default:
      return undefined;
  }
}
