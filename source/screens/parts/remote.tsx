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

/** The only road to remote data. */
export function useRemote<Name extends RemoteName>(name: Name, place: Place): Remote<RemoteValues[Name]> {
  const cache = useContext(RemoteContext);
  if (!cache) throw new Error('useRemote needs a RemoteProvider');
  const { platform, sandbox } = place;
  const [stable] = useState(() => ({ platform, sandbox }));
  const read = useCallback(() => cache.read(name, stable), [cache, name, stable]);
  return useSyncExternalStore(cache.subscribe, read);
}
