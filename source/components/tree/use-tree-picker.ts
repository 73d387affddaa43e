import { useLayoutEffect } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import {
  isFiltered,
  reduceTree,
  startTree,
  type TreeEvent,
  type TreeStart,
  type TreeState,
} from './tree-state.ts';

export type TreeCallbacks = {
  readonly isActive: boolean;
  readonly onSubmit: (ids: readonly string[]) => void;
  readonly onBack: (() => void) | undefined;
  readonly onHelp: (() => void) | undefined;
  readonly onSelectionChange: ((ids: readonly string[]) => void) | undefined;
};

/** The keys of the tree: those of the list, and left and right to close and open. */
export function useTreePicker(start: TreeStart, callbacks: TreeCallbacks): TreeState {
  const [state, send, peek] = useMachine(reduceTree, () => startTree(start));

  const { nodes, separator, height } = start;
  useLayoutEffect(() => {
    send({ type: 'nodes-given', nodes, separator });
  }, [send, nodes, separator]);
  useLayoutEffect(() => {
    send({ type: 'resized', height });
  }, [send, height]);

  function happened(event: TreeEvent): void {
    const before = peek().selected;
    const after = send(event).selected;
    if (after !== before) {
      callbacks.onSelectionChange?.([...after]);
    }
  }

  function typed(text: string): void {
    if (text === '?' && peek().query === '' && callbacks.onHelp !== undefined) {
      callbacks.onHelp();
      return;
    }
    happened(text === ' ' ? { type: 'toggled' } : { type: 'typed', text });
  }

  useKeys((press: KeyPress) => {
    switch (press.kind) {
      case 'text':
        return typed(press.text);
      case 'paste':
        return happened({ type: 'typed', text: press.text });
      case 'ctrl':
        if (press.letter === 'a') {
          happened({ type: 'toggled-all-shown' });
        } else if (press.letter === 'u') {
          happened({ type: 'filter-cleared' });
        }
        return;
      case 'key':
        break;
    }
    switch (press.name) {
      case 'up':
        return happened({ type: 'moved', by: -1 });
      case 'down':
        return happened({ type: 'moved', by: 1 });
      case 'page-up':
        return happened({ type: 'moved-page', by: -1 });
      case 'page-down':
        return happened({ type: 'moved-page', by: 1 });
      case 'home':
        return happened({ type: 'moved-to-edge', edge: 'first' });
      case 'end':
        return happened({ type: 'moved-to-edge', edge: 'last' });
      case 'right':
        return happened({ type: 'opened' });
      case 'left':
        return happened({ type: 'closed' });
      case 'tab':
        return happened({ type: 'toggled-only-selected' });
      case 'backspace':
        return happened({ type: 'erased' });
      case 'enter':
        return callbacks.onSubmit([...peek().selected]);
      case 'escape':
        return isFiltered(peek()) ? happened({ type: 'filter-cleared' }) : callbacks.onBack?.();
      case 'delete':
      case 'shift-tab':
        return;
      default:
        return press.name satisfies never;
    }
  }, callbacks.isActive);

  return state;
}
