import { useEffect, useState } from 'react';

/** Often enough for a countdown in seconds. */
const everyMs = 1000;

/** Milliseconds of `performance.now()`, every second while somebody counts. */
export function useSteadyMs(isCounting: boolean): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setNowMs(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [isCounting]);
  return nowMs;
}
