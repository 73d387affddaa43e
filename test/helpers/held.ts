/** The first request of a kind, held by an emulator until the test lets it go on. */
export interface Held {
  /** An option of the emulator. */
  readonly hold: (method: string, path: string) => Promise<void> | undefined;
  /** The request is under way. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

export function holdFirst(wantedMethod: string, wantedPath: RegExp): Held {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isTaken = false;
  return {
    hold(method, path) {
      if (isTaken || method !== wantedMethod || !wantedPath.test(path)) return undefined;
      isTaken = true;
      reached.resolve();
      return released.promise;
    },
    reached: reached.promise,
    release: released.resolve,
  };
}
