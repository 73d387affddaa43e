/** What passes between two readings at most, milliseconds: pauses here are shorter, and a look may take a while. */
const mostMs = 15_000;

/**
 * A clock that goes on from where another one is, and that no leap of that one moves on by more than a moment: a machine
 * that was frozen or moved, and whose clock then catches up, has looked no further into what may still turn up.
 *
 * @param clock - Milliseconds; read often, or the time between is lost.
 */
export function withoutLeaps(clock: () => number): () => number {
  let read = clock();
  let passed = read;
  return () => {
    const now = clock();
    passed += Math.min(Math.max(0, now - read), mostMs);
    read = now;
    return passed;
  };
}
