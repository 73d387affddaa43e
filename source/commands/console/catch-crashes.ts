import { isMissingPart } from '../../locale/missing-part.ts';
import { exitCode } from './exit-codes.ts';
import type { Streams } from './streams.ts';
import { tellMissingPart } from './tell-missing-part.ts';

/** What nobody caught is our bug: it is reported like one, once the terminal is given back. */
export function catchCrashes(streams: Streams, isJson: boolean): void {
  let isReporting = false;
  const crashed = (error: unknown): void => {
    if (isReporting) return;
    isReporting = true;
    // Later, when who guards the terminal has given it back.
    const told = isMissingPart(error)
      ? turn().then(() => tellMissingPart(streams, isJson))
      : import('./crash.ts').then(({ reportCrash }) => reportCrash(error, streams, isJson));
    void told.finally(() => process.exit(exitCode.bug));
  };
  process.on('uncaughtException', crashed);
  process.on('unhandledRejection', crashed);
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
