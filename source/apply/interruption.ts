/** How what is under way is told to end. */
export interface Interruption {
  /** The call under way is finished, no other is begun. */
  readonly stop: AbortSignal;
  /** The call under way is given up. */
  readonly abort: AbortSignal;
  /** The first one stops, the second one aborts. @returns whether it was the first */
  readonly interrupt: () => boolean;
  /** Stops, however often it is said. */
  readonly end: () => void;
}

/** One person may ask twice, and means more the second time. */
export function interruption(): Interruption {
  const stop = new AbortController();
  const abort = new AbortController();
  // Not whether it was stopped: a line that was cut has asked for nothing.
  let isAsked = false;
  return {
    stop: stop.signal,
    abort: abort.signal,
    interrupt: () => {
      const isFirst = !isAsked;
      isAsked = true;
      (isFirst ? stop : abort).abort();
      return isFirst;
    },
    end: () => stop.abort(),
  };
}
