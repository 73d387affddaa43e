import { reclaimTerminal, restoreTerminal } from '../../terminal/restore.ts';
import { clearOnResize } from '../../terminal/resizing.ts';
import { handleSignals, watchHangUp } from '../../terminal/signals.ts';
import type { Streams } from '../console/streams.ts';

/**
 * Gives the terminal back on every road out, and takes it again after a suspension.
 *
 * @param end - Ends the program in order; called once for a signal or a terminal that is gone.
 * @param forget - Makes whoever draws believe that nothing is drawn, so that all of it is drawn anew.
 * @returns Ends the guard.
 */
export function guardTerminal(
  { stdin, stdout, stderr }: Streams,
  end: () => void,
  forget: () => void,
): () => void {
  let isRestored = false;
  // Leaving the other screen twice would move the cursor back over what was said in between.
  const restore = (): void => {
    restoreTerminal(stdout, stdin, { isAlternateScreen: !isRestored });
    isRestored = true;
  };
  const stopClearing = clearOnResize(stdout, forget);
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
  // Before anything is said of a crash: on the other screen nobody would read it.
  process.prependListener('uncaughtException', restore);
  process.prependListener('unhandledRejection', restore);
  return () => {
    stopWatching();
    stopClearing();
    stopSignals();
    process.off('exit', restore);
    process.off('uncaughtException', restore);
    process.off('unhandledRejection', restore);
    restoreTerminal(stdout, stdin);
  };
}
