import { stateUrl } from '../settings/state-url.ts';
import type { Arguments } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import type { Streams } from './console/streams.ts';
import { withStop } from './console/with-stop.ts';

/** `ferry state check|migrate|copy|receipt`: the state that several machines share. @see cli.md */
export function runState({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async () => {
    const [verb = '', given] = rest;
    if (!['check', 'migrate', 'copy', 'receipt'].includes(verb))
      throw new Stop(exitCode.usage, (text) => text('state.usage', { word: verb }));
    const url = stateUrl(streams.env);
    if (url === undefined) throw new Stop(exitCode.usage, (text) => text('state.noUrl'));
    if (verb === 'check') return (await import('./state/check.ts')).checkState(url, flags, streams);
    if (verb === 'migrate') return (await import('./state/migrate.ts')).migrateState(url, flags, streams);
    if (verb === 'receipt')
      return (await import('./state/receipt.ts')).showReceipt(given, url, flags, streams);
    return (await import('./state/copy.ts')).copyState(url, flags, streams);
  });
}
