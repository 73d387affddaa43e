/** What a person feels as late, milliseconds, is several times as much; and a key that comes waits for two of them. */
const mostMs = 8;

/**
 * Lets others have their turn while there is much to do: a key that is pressed meanwhile is heard, drawn and answered.
 * To be called between two parts of the work; it waits only where the turn has lasted long enough.
 */
export function turns(): () => Promise<void> | undefined {
  let beganMs = performance.now();
  return () => {
    if (performance.now() - beganMs < mostMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        beganMs = performance.now();
        resolve();
      });
    });
  };
}

/** Items a part of `mapInTurns`: what is done with one takes microseconds. */
const partSize = 200;

/**
 * Like `map`, with turns for others between.
 *
 * @param size - Items a part. @param mayRest - Those of work that began before.
 */
export async function mapInTurns<Item, Made>(
  items: readonly Item[],
  make: (item: Item, at: number) => Made,
  size = partSize,
  mayRest = turns(),
): Promise<Made[]> {
  const made: Made[] = [];
  for (const [at, item] of items.entries()) {
    if (at % size === 0) await mayRest();
    made.push(make(item, at));
  }
  return made;
}
