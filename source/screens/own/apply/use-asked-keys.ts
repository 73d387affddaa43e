import { useIsTyping } from '../../../components/keys/keyboard.tsx';
import type { PageKeyName } from '../../frame/page-keys.ts';

/** The keys of a question below a page: a name is typed, anything else is chosen. */
export function useAskedKeys(isScrolled: boolean): readonly PageKeyName[] {
  const scroll = isScrolled ? (['scroll'] as const) : [];
  return useIsTyping() ? [...scroll, 'continue', 'close'] : [...scroll, 'moveAside', 'choose', 'close'];
}
