const reportsOn = '\u001B[?1004h';
export const reportsOff = '\u001B[?1004l';

/**
Whether the terminal is in focus, as it says itself (`CSI ? 1004 h`). It is asked for that only while somebody wants to
know, and one that does not say counts as looked at.
*/
export class FocusReport {
  readonly #write: (text: string) => unknown;
  readonly #listeners = new Set<{ readonly tell: () => void }>();
  #isFocused = true;

  constructor(write: (text: string) => unknown) {
    this.#write = write;
  }

  isFocused = (): boolean => this.#isFocused;

  /** Tells of changes until the returned function is called. */
  watch = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#write(reportsOn);
    const one = { tell: listener };
    this.#listeners.add(one);
    return () => {
      if (!this.#listeners.delete(one) || this.#listeners.size > 0) return;
      this.#write(reportsOff);
      // Nobody hears it any more: whoever asks again is told anew.
      this.#isFocused = true;
    };
  };

  /** The terminal has said it. */
  tell(isFocused: boolean): void {
    if (isFocused === this.#isFocused) return;
    this.#isFocused = isFocused;
    for (const one of [...this.#listeners]) one.tell();
  }
}
