import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useIsFocused } from './focus.ts';
import { pageRoundMs, restsAfterMs } from './rhythm.ts';
import { useTiming } from './timing.ts';

/** After so long out of sight the page is read as soon as it is looked at again, milliseconds. @see living.md, L18 */
const oldMs = 15_000;

interface RoundsOf {
  /** Another object for each round that ended. */
  readonly ended: object;
  /** Something is under way that may end soon. */
  readonly isBusy: boolean;
  /** Nobody is helped by asking again. */
  readonly isRefused: boolean;
  /** How long the platform wants to be left alone, milliseconds. @default 0 */
  readonly askedMs?: number | undefined;
  /** Not more often than that, milliseconds. @default 0 */
  readonly leastMs?: number | undefined;
  readonly isHeld: boolean;
  /** Begins a round, perhaps because somebody has asked for it. It does nothing while one is under way. */
  readonly refresh: (isAsked?: boolean) => void;
}

export interface Rounds {
  /** When the last round ended, epoch milliseconds. */
  readonly endedMs: number;
  /** From the end of the last round to the next, milliseconds; nothing where none is to come. */
  readonly everyMs: number | undefined;
  readonly isResting: boolean;
  /** To be called with each key. */
  readonly touch: () => void;
  /** Begins a round now. @returns milliseconds that the platform still wants to be left alone; 0 where it began */
  readonly readNow: () => number;
}

/**
 * Reads again and again, one round at a time, each a while after the last has ended: never out of sight, nor while the
 * page is held, and seldom where nobody is.
 *
 * @see living.md, L16 to L21
 */
export function useRounds({
  ended,
  isBusy,
  isRefused,
  askedMs = 0,
  leastMs = 0,
  isHeld,
  refresh,
}: RoundsOf): Rounds {
  const timing = useTiming();
  const isFocused = useIsFocused();
  const touched = useRef<number | undefined>(undefined);
  touched.current ??= timing.now();
  const [, wake] = useReducer((count: number) => count + 1, 0);
  const plan = useRef<{ ended: object; endedMs: number; everyMs: number; isResting: boolean } | undefined>(
    undefined,
  );
  const planned = (): NonNullable<typeof plan.current> => {
    const nowMs = timing.now();
    const untouchedMs = nowMs - (touched.current ?? nowMs);
    const isResting = untouchedMs >= restsAfterMs;
    const { current } = plan;
    if (current?.ended === ended && (current.isResting === isResting || isResting)) return current;
    const endedMs = current?.ended === ended ? current.endedMs : nowMs;
    const everyMs = Math.max(leastMs, pageRoundMs({ isBusy, untouchedMs, askedMs }, timing.chance()));
    return (plan.current = { ended, endedMs, everyMs, isResting });
  };
  const { endedMs, everyMs, isResting } = planned();
  const isOn = !isRefused && !isHeld;
  useEffect(() => {
    if (!isOn || !isFocused) return;
    return timing.after(Math.max(0, endedMs + everyMs - timing.now()), () => refresh());
  }, [timing, isOn, isFocused, endedMs, everyMs, refresh]);
  // What was out of sight for long is read as soon as it is seen.
  const wasFocused = useRef(isFocused);
  useEffect(() => {
    const isBack = isFocused && !wasFocused.current;
    wasFocused.current = isFocused;
    if (isBack && isOn && timing.now() - endedMs >= Math.max(oldMs, askedMs, leastMs)) refresh();
  }, [timing, isFocused, isOn, endedMs, askedMs, leastMs, refresh]);
  const touch = useCallback(() => {
    touched.current = timing.now();
    if (plan.current?.isResting === true) wake();
  }, [timing]);
  const readNow = useCallback(() => {
    const leftMs = endedMs + askedMs - timing.now();
    if (askedMs > 0 && leftMs > 0) return leftMs;
    refresh(true);
    return 0;
  }, [timing, endedMs, askedMs, refresh]);
  return { endedMs, everyMs: isOn ? everyMs : undefined, isResting, touch, readNow };
}
