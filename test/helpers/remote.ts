import { RemoteCache, type RemoteSources } from '../../source/pages/remote-cache.ts';
import { endWithTest } from './scope.ts';

/** Remote data of which only some is asked for; it is let go of with the test. @param now - Epoch milliseconds. */
export function remoteCache(sources: Partial<RemoteSources>, now?: () => number): RemoteCache {
  const cache = new RemoteCache(sources as RemoteSources, now);
  endWithTest(() => cache.close());
  return cache;
}

/** A platform with one dataflow and no sandbox to choose from. */
export const smallPlatform: Partial<RemoteSources> = {
  flowCount: () => Promise.resolve(1),
  madeMs: () => Promise.resolve(new Map()),
  sandboxes: () => Promise.resolve([]),
};
