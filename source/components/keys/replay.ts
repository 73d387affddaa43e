import { createContext, useContext } from 'react';
import { type KeyPress } from './key-press.ts';

/** Hands a key to whoever listens to the keyboard, as if it had been pressed. */
export class KeyReplay {
  readonly #listeners = new Set<(press: KeyPress) => void>();

  listen(listener: (press: KeyPress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  press(press: KeyPress): void {
    for (const listener of [...this.#listeners]) listener(press);
  }
}

export const KeyReplayContext = createContext<KeyReplay | undefined>(undefined);

export function useKeyReplay(): KeyReplay | undefined {
  return useContext(KeyReplayContext);
}
