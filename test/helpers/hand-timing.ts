import type { FocusReport } from '../../source/components/living/focus.ts';
import type { Timing } from '../../source/components/living/timing.ts';

/** Time that passes by hand: a test of a page that follows by itself waits for nothing. */
export function handTiming(startMs: number) {
  let nowMs = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly act: () => void }>();
  const timing: Timing = {
    now: () => nowMs,
    chance: () => 0.5,
    after(ms, act) {
      const one = { atMs: nowMs + ms, act };
      waiting.add(one);
      return () => waiting.delete(one);
    },
  };
  return {
    timing,
    /** Milliseconds until the next thing that is waited for; nothing where there is none. */
    next: (): number | undefined =>
      waiting.size === 0 ? undefined : Math.min(...[...waiting].map(({ atMs }) => atMs)) - nowMs,
    /** Lets time pass, and what is due happen. */
    pass(ms: number): void {
      nowMs += ms;
      for (const one of [...waiting])
        if (one.atMs <= nowMs) {
          waiting.delete(one);
          one.act();
        }
    },
  };
}

/** A terminal that is looked at, or is not. */
export function handFocus(): FocusReport & { set(is: boolean): void } {
  let isNow = true;
  const listeners = new Set<() => void>();
  return {
    isFocused: () => isNow,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(is) {
      isNow = is;
      for (const listener of listeners) listener();
    },
  };
}
