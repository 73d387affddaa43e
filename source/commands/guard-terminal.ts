import { reclaimTerminal, restoreTerminal } from '../terminal/restore.ts';
import { handleSignals, watchHangUp } from '../terminal/signals.ts';
import type { Streams } from './streams.ts';

/**
 * Gives the terminal back on every road out, and takes it again after a suspension.
 *
 * @param end - Ends the program in order; called once for a signal or a terminal that is gone.
 * @returns Ends the guard.
 */
export function guardTerminal({ stdin, stdout, stderr }: Streams, end: () => void): () => void {
  const restore = (): void => restoreTerminal(stdout, stdin, { isAlternateScreen: true });
  const stopWatching = watchHangUp([stdin, stdout, stderr], end);
  const stopSignals = handleSignals({
    SIGINT: end,
    SIGTERM: end,
    SIGHUP: end,
    SIGCONT: () => {
      reclaimTerminal(stdout, stdin);
      // A resize is what makes everything be drawn anew.
      stdout.emit('resize');
    },
  });
  process.on('exit', restore);
  return () => {
    stopWatching();
    stopSignals();
    process.off('exit', restore);
    restoreTerminal(stdout, stdin);
  };
}
