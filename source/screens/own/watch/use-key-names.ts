import { useLayoutEffect } from 'react';
import type { PageKeyName } from '../../frame/page-keys.ts';

/** Tells the keys that do something just now, side by side. */
export function useKeyNames(names: readonly PageKeyName[], onKeys: (names: string) => void): void {
  const said = names.join(' ');
  useLayoutEffect(() => onKeys(said), [onKeys, said]);
}
