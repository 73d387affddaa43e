import { useInput, usePaste } from 'ink';
import {
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffectEvent,
  useLayoutEffect,
  useState,
} from 'react';
import type { Stroke } from './key-press.ts';

type Listener = (stroke: Stroke) => void;

/** Hands what is pressed to everybody who listens. */
export class Keyboard {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(stroke: Stroke): void {
    for (const listener of [...this.#listeners]) listener(stroke);
  }
}

const KeyboardContext = createContext<Keyboard | undefined>(undefined);

/**
The only one who listens to the terminal, for as long as the screen is there. It keeps bracketed paste on, so that
a pasted line end can never press Enter.
*/
export function KeyboardProvider({ children }: { readonly children?: ReactNode }): ReactElement {
  const [keyboard] = useState(() => new Keyboard());
  useInput((input, key) => keyboard.tell({ kind: 'typed', input, key }));
  usePaste((text) => keyboard.tell({ kind: 'pasted', text }));
  return <KeyboardContext value={keyboard}>{children}</KeyboardContext>;
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error('There is no KeyboardProvider around this.');
  return keyboard;
}

/**
Calls `onStroke` for everything that is pressed, from the moment on that the component is drawn. An effect would be
too late: it can come turns after the frame, and a key that answers the frame would be lost.
*/
export function useStrokes(onStroke: Listener, isActive = true): void {
  const keyboard = useKeyboard();
  const heard = useEffectEvent(onStroke);
  useLayoutEffect(
    () => (isActive ? keyboard.listen((stroke) => heard(stroke)) : undefined),
    [isActive, keyboard],
  );
}
