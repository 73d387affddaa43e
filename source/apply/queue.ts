/**
 * Turns pushed values into an async sequence: two chains of requests push, one reader draws.
 * Values pushed before anybody reads are kept. Ends after `end()`.
 */
export class Queue<Value> implements AsyncIterable<Value> {
  readonly #waiting: Value[] = [];
  #isEnded = false;
  #wake: (() => void) | undefined;

  push(value: Value): void {
    this.#waiting.push(value);
    this.#wake?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
      } else if (this.#isEnded) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
