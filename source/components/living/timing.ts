import { createContext, useContext } from 'react';

/** Time and chance of pages that follow by themselves; handed in, so that a test waits for nothing. */
export interface Timing {
  /** Epoch milliseconds. */
  now(): number;
  /** From 0 to 1. */
  chance(): number;
  /** Calls once, after so many milliseconds, unless the returned function was called before. */
  after(ms: number, act: () => void): () => void;
}

const realTiming: Timing = {
  now: Date.now,
  chance: Math.random,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

export const TimingContext = createContext<Timing>(realTiming);

export const useTiming = (): Timing => useContext(TimingContext);
