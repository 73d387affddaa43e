import { type KeyPress } from '../keys/key-press.ts';

/** What every list with a search line does, whatever its rows are. */
export type ListEvent =
  | { readonly type: 'typed'; readonly text: string }
  | { readonly type: 'erased' }
  | { readonly type: 'filter-cleared' }
  | { readonly type: 'moved'; readonly by: number }
  | { readonly type: 'moved-page'; readonly by: -1 | 1 }
  | { readonly type: 'moved-to-edge'; readonly edge: 'first' | 'last' }
  | { readonly type: 'toggled' }
  | { readonly type: 'toggled-all-shown' }
  | { readonly type: 'toggled-only-selected' }
  | { readonly type: 'resized'; readonly height: number };

/** The event of a key that means the same in every list; nothing for typed text and keys of its own. */
export function listEventOf(press: KeyPress): ListEvent | undefined {
  switch (press.kind) {
    case 'text':
      return undefined;
    case 'paste':
      return { type: 'typed', text: press.text };
    case 'ctrl':
      if (press.letter === 'a') return { type: 'toggled-all-shown' };
      return press.letter === 'u' ? { type: 'filter-cleared' } : undefined;
    case 'key':
      break;
  }
  switch (press.name) {
    case 'up':
      return { type: 'moved', by: -1 };
    case 'down':
      return { type: 'moved', by: 1 };
    case 'page-up':
      return { type: 'moved-page', by: -1 };
    case 'page-down':
      return { type: 'moved-page', by: 1 };
    case 'home':
      return { type: 'moved-to-edge', edge: 'first' };
    case 'end':
      return { type: 'moved-to-edge', edge: 'last' };
    case 'tab':
      return { type: 'toggled-only-selected' };
    case 'backspace':
      return { type: 'erased' };
    default:
      return undefined;
  }
}
