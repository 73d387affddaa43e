import { useEffect, useEffectEvent, useState } from 'react';
import { useStrokes } from '../../components/keys/keyboard.tsx';

/**
 * Calls `onIdle` once nobody has pressed a key for `ms`; never without it, nor while something is under way.
 */
export function useIdle(ms: number | undefined, isWatched: boolean, onIdle: () => void): void {
  const [presses, setPresses] = useState(0);
  const isOn = ms !== undefined;
  useStrokes(() => setPresses((count) => count + 1), isOn);
  const idle = useEffectEvent(onIdle);
  useEffect(() => {
    if (ms === undefined || !isWatched) return;
    const timer = setTimeout(() => idle(), ms);
    return () => clearTimeout(timer);
  }, [ms, isWatched, presses]);
}
