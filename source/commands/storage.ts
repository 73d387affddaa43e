import type { Arguments } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { requireRight } from './console/rights.ts';
import { Stop } from './console/stop.ts';
import type { Streams } from './console/streams.ts';
import { withStop } from './console/with-stop.ts';

/** `ferry storage check|sample|files`: the place itself that files go to. @see cli.md */
export function runStorage({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter) => {
    requireRight('storage', streams.restriction);
    const [verb = '', given] = rest;
    if (verb === 'check')
      return (await import('./storage/check.ts')).storageCheck(given, flags, streams, enter);
    if (verb === 'sample')
      return (await import('./storage/sample.ts')).storageSample(given, flags, streams, enter);
    if (verb === 'files')
      return (await import('./storage/files.ts')).storageFiles(given, flags, streams, enter);
    throw new Stop(exitCode.usage, (text) => text('storage.usage', { word: verb }));
  });
}
