/** Lets at most `most` calls be under way at once; the others wait in line. */
export class Limiter {
  #free: number;
  readonly #line: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** Waits for a place. The returned function gives it back. Ends the wait when `signal` aborts. */
  async enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
    } else {
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const leave = (): void => {
          this.#line.splice(this.#line.indexOf(go), 1);
          reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
        };
        this.#line.push(go);
        signal?.addEventListener('abort', leave, { once: true });
      });
    }
    return () => {
      const next = this.#line.shift();
      if (next) next();
      else this.#free++;
    };
  }
}

/** What several processes share of a limit: asked before every attempt, behind the limit of this one. */
export interface Gate {
  /**
   * Waits until a call may begin. The returned function gives its place back.
   *
   * @throws whatever keeps it from beginning: nothing was sent
   */
  enter(signal?: AbortSignal): Promise<() => void>;
  /** The platform has refused a rate (429), and wants to be left alone for so long, where it says how long. */
  slow(afterMs: number | undefined): Promise<void>;
}
