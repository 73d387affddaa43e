import { exitCode } from './exit-codes.ts';
import type { Streams } from './streams.ts';

/** What nobody caught is our bug: it is reported like one, once the terminal is given back. */
export function catchCrashes(streams: Streams, isJson: boolean): void {
  let isReporting = false;
  const crashed = (error: unknown): void => {
    if (isReporting) return;
    isReporting = true;
    void import('./crash.ts')
      .then(({ reportCrash }) => reportCrash(error, streams, isJson))
      .finally(() => process.exit(exitCode.bug));
  };
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
}
