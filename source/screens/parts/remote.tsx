import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Place, Remote, RemoteCache, RemoteName, RemoteValues } from '../../pages/remote-cache.ts';

const RemoteContext = createContext<RemoteCache | undefined>(undefined);

export function RemoteProvider(props: {
  readonly cache: RemoteCache;
  readonly children: ReactNode;
}): ReactElement {
  return <RemoteContext value={props.cache}>{props.children}</RemoteContext>;
}

/** The cache itself, for who has to ask for something anew. */
export function useRemoteCache(): RemoteCache {
  const cache = useContext(RemoteContext);
  if (!cache) throw new Error('useRemote needs a RemoteProvider');
  return cache;
}

/** The only road to remote data. */
export function useRemote<Name extends RemoteName>(
  name: Name,
  place: Place,
  about = '',
): Remote<RemoteValues[Name]> {
  const { platform, sandbox } = place;
  const [stable] = useState(() => ({ platform, sandbox }));
  return useRemoteAbout(name, stable, about);
}

/** The same where it may be about nothing: then nothing is asked for. */
export function useRemoteAbout<Name extends RemoteName, About extends string | undefined>(
  name: Name,
  { platform, sandbox }: Place,
  about: About,
): Remote<RemoteValues[Name]> | (About extends string ? never : undefined) {
  const cache = useRemoteCache();
  const read = useCallback(
    () => (about === undefined ? undefined : cache.read(name, { platform, sandbox }, about)),
    [cache, name, platform, sandbox, about],
  );
  type Read = Remote<RemoteValues[Name]> | (About extends string ? never : undefined);
  return useSyncExternalStore(cache.subscribe, read as () => Read);
}

/** Reads again what is shown of a place, about one thing or about all. */
export function useRefresh(
  name: Parameters<RemoteCache['refresh']>[0],
  { platform, sandbox }: Place,
  about = '',
): () => Promise<void> {
  const cache = useRemoteCache();
  return useCallback(
    () => cache.refresh(name, { platform, sandbox }, about),
    [cache, name, platform, sandbox, about],
  );
}

/** The sandboxes of the organisation, once they are known. */
export function useSandboxes(place: Place): RemoteValues['sandboxes'] | undefined {
  const listing = useRemote('sandboxes', place);
  return listing.kind === 'ready' ? listing.value : undefined;
}
