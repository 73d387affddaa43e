import { useEffectEvent, useLayoutEffect } from 'react';
import { type KeyName, type KeyPress } from '../keys/key-press.ts';
import { useHeld, useTyping } from '../keys/keyboard.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { listEventOf } from '../list-parts/list-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import {
  placeOf,
  reduceTree,
  startTree,
  type TreeEvent,
  type TreePlace,
  type TreeStart,
  type TreeState,
} from './tree-state.ts';

type TreeCallbacks = {
  readonly isActive: boolean;
  readonly onSubmit: (ids: readonly string[]) => void;
  readonly onBack: (() => void) | undefined;
  readonly onSelectionChange: ((ids: readonly string[]) => void) | undefined;
  readonly onPlaceChange: ((place: TreePlace) => void) | undefined;
  /** Letters that are keys on a leaf that can be chosen, as long as no word is typed; they choose it too. */
  readonly onLetter: Readonly<Record<string, (id: string) => void>> | undefined;
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
  const told = useEffectEvent(() => callbacks.onPlaceChange?.(placeOf(peek())));
  useLayoutEffect(() => told(), []);

  function happened(event: TreeEvent): void {
    const before = peek();
    const after = send(event);
    if (after.selected !== before.selected) {
      callbacks.onSelectionChange?.([...after.selected]);
    }
    if (callbacks.onPlaceChange === undefined) return;
    const [was, is] = [placeOf(before), placeOf(after)];
    if (was.id !== is.id || was.isSearching !== is.isSearching || was.isFiltered !== is.isFiltered)
      callbacks.onPlaceChange(is);
  }

  function typed(text: string): void {
    const { id, isChoosable, isSearching } = placeOf(peek());
    const { onLetter = {} } = callbacks;
    if (text.startsWith('/') && !isSearching && callbacks.onLetter !== undefined) {
      happened({ type: 'search-begun' });
      if (text.length > 1) happened({ type: 'typed', text: text.slice(1) });
      return;
    }
    // A slow line delivers what was pressed quickly in one piece.
    const pressed = new Set(text);
    if (
      !isSearching &&
      isChoosable &&
      id !== undefined &&
      [...pressed].every((one) => Object.hasOwn(onLetter, one))
    ) {
      happened({ type: 'chosen', id });
      for (const letter of pressed) onLetter[letter]?.(id);
      return;
    }
    happened(text === ' ' ? { type: 'toggled' } : { type: 'typed', text });
  }

  useTyping(() => peek().query !== '', callbacks.isActive);
  useKeys((press: KeyPress) => {
    if (press.kind === 'text') return typed(press.text);
    const event = press.kind === 'key' ? (ownEventOf(press.name) ?? listEventOf(press)) : listEventOf(press);
    if (event !== undefined) happened(event);
    else if (press.kind === 'key' && press.name === 'enter') callbacks.onSubmit([...peek().selected]);
    else if (press.kind === 'key' && press.name === 'escape') {
      if (placeOf(peek()).isFiltered) happened({ type: 'filter-cleared' });
      else callbacks.onBack?.();
    }
  }, callbacks.isActive);
  // Nobody has seen a leaf yet that a letter could be meant for.
  useHeld((press) => {
    if (press.kind !== 'text' && press.kind !== 'paste') return;
    const said = placeOf(peek()).isSearching ? press.text : press.text.replace(/^\//, '');
    happened({ type: 'search-begun' });
    if (said !== '') happened({ type: 'typed', text: said });
  }, callbacks.isActive);

  return state;
}

/** Branches open to the right and close to the left. */
function ownEventOf(name: KeyName): TreeEvent | undefined {
  if (name === 'right') return { type: 'opened' };
  if (name === 'shift-up') return { type: 'reordered', by: -1 };
  if (name === 'shift-down') return { type: 'reordered', by: 1 };
  return name === 'left' ? { type: 'closed' } : undefined;
}
