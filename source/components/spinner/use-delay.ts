import { useEffect, useState } from 'react';

/** False for the first `delayMs` milliseconds, then true. */
export function useDelay(delayMs: number): boolean {
  const [isDue, setIsDue] = useState(delayMs <= 0);
  useEffect(() => {
    if (delayMs <= 0) {
      return;
    }
    const timer = setTimeout(() => setIsDue(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isDue;
}
