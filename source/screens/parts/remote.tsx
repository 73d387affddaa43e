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
  const cache = useRemoteCache();
  const { platform, sandbox } = place;
  const [stable] = useState(() => ({ platform, sandbox }));
  const read = useCallback(() => cache.read(name, stable, about), [cache, name, stable, about]);
  return useSyncExternalStore(cache.subscribe, read);
}
