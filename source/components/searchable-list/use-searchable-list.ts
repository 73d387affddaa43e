import { useLayoutEffect } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useHeld, useTyping } from '../keys/keyboard.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { listEventOf } from '../list-parts/list-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import { type ListRow } from './search.ts';
import {
  countShown,
  cursorRow,
  isFiltered,
  reduceSearchableList,
  type SearchableListEvent,
  type SearchableListStart,
  type SearchableListState,
  startSearchableList,
} from './searchable-list-state.ts';

type SearchableListCallbacks = {
  readonly isActive: boolean;
  readonly onSubmit: (ids: readonly string[]) => void;
  readonly onBack: (() => void) | undefined;
  readonly onSelectionChange: ((ids: readonly string[]) => void) | undefined;
  readonly onCursorChange: ((row: ListRow | undefined) => void) | undefined;
  readonly onFiltered: ((isFiltered: boolean) => void) | undefined;
  readonly onNearEnd: (() => void) | undefined;
  readonly onKey: ((press: KeyPress) => void) | undefined;
  readonly onPaste: ((lines: readonly string[]) => readonly string[] | undefined) | undefined;
};

/** The keys of the list. Every callback is called here, from the key itself. */
export function useSearchableList(
  start: SearchableListStart,
  callbacks: SearchableListCallbacks,
): SearchableListState {
  const [state, send, peek] = useMachine(reduceSearchableList, () => startSearchableList(start));

  // Rows and height belong to the owner; the state follows them before anything is drawn.
  const { rows, height } = start;
  useLayoutEffect(() => {
    send({ type: 'rows-arrived', rows });
  }, [send, rows]);
  useLayoutEffect(() => {
    send({ type: 'resized', height });
  }, [send, height]);

  function happened(event: SearchableListEvent): void {
    const before = peek();
    const after = send(event);
    if (after.selected !== before.selected) {
      callbacks.onSelectionChange?.([...after.selected]);
    }
    // From the key itself: what its owner shows of the row is drawn together with the cursor.
    if (cursorRow(after) !== cursorRow(before)) {
      callbacks.onCursorChange?.(cursorRow(after));
    }
    if (isFiltered(after) !== isFiltered(before)) {
      callbacks.onFiltered?.(isFiltered(after));
    }
    if (after.cursor > before.cursor && after.cursor + after.height >= countShown(after)) {
      callbacks.onNearEnd?.();
    }
  }

  function submit(): void {
    const now = peek();
    if (now.mode === 'multi') {
      callbacks.onSubmit([...now.selected]);
      return;
    }
    const row = cursorRow(now);
    if (row !== undefined && row.disabled === undefined) {
      callbacks.onSubmit([row.id]);
    }
  }

  function goBack(): void {
    if (isFiltered(peek())) {
      happened({ type: 'filter-cleared' });
    } else {
      callbacks.onBack?.();
    }
  }

  function typed(text: string): void {
    // Inside a chunk of letters a space is part of a name; only the last one may be meant to select.
    const name = text.replace(/ $/, '');
    if (name !== '') happened({ type: 'typed', text: name });
    if (name !== text) happened({ type: 'spaced' });
  }

  useTyping(() => peek().query !== '', callbacks.isActive);
  function pressed(press: KeyPress): void {
    if (press.kind === 'text') {
      typed(press.text);
      return;
    }
    if (press.kind === 'paste') {
      const ids = callbacks.onPaste?.(press.lines);
      if (ids !== undefined) return happened({ type: 'selected-too', ids });
    }
    if (press.kind === 'key' && press.name === 'enter') return submit();
    if (press.kind === 'key' && press.name === 'escape') return goBack();
    if (press.kind === 'key' && press.name === 'shift-up') return happened({ type: 'extended', by: -1 });
    if (press.kind === 'key' && press.name === 'shift-down') return happened({ type: 'extended', by: 1 });
    const isForMany = peek().mode === 'multi';
    if (isForMany && press.kind === 'ctrl' && press.letter === 'r') return happened({ type: 'ranged' });
    const event = listEventOf(press);
    if (event !== undefined) happened(event);
    else callbacks.onKey?.(press);
  }
  useKeys(pressed, callbacks.isActive);
  useHeld(pressed, callbacks.isActive);

  return state;
}
