import { useLayoutEffect } from 'react';
import { type KeyPress } from '../keys/key-press.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useMachine } from '../machine/use-machine.ts';
import { reduceTable, startTable, type TableState } from './table-state.ts';

type TableCallbacks = {
  readonly count: number;
  readonly height: number;
  readonly initialCursor: number | undefined;
  readonly isLastPinned: boolean;
  readonly onCursorChange: ((index: number) => void) | undefined;
  readonly isActive: boolean;
  readonly onSelect: ((index: number) => void) | undefined;
  readonly onEnter: (() => void) | undefined;
  readonly onOrder: ((index: number, by: -1 | 1) => boolean) | undefined;
  readonly onBack: (() => void) | undefined;
  readonly onKey: ((press: KeyPress) => void) | undefined;
};

/** The keys of a table: without `onSelect` there is no cursor, and they move the window itself. */
export function useScrollTable(callbacks: TableCallbacks): TableState {
  const { count, height, onSelect } = callbacks;
  const [state, dispatch, peek] = useMachine(reduceTable, () =>
    startTable(
      { count, height, hasCursor: onSelect !== undefined, isLastPinned: callbacks.isLastPinned },
      callbacks.initialCursor,
    ),
  );
  useLayoutEffect(() => {
    dispatch({ type: 'measured', count, height });
  }, [dispatch, count, height]);
  const send = (event: Parameters<typeof dispatch>[0]): void => {
    const before = peek().cursor;
    const { cursor } = dispatch(event);
    if (cursor !== before) callbacks.onCursorChange?.(cursor);
  };

  useKeys((press) => {
    if (press.kind !== 'key') {
      callbacks.onKey?.(press);
      return;
    }
    switch (press.name) {
      case 'up':
        send({ type: 'moved', by: -1 });
        return;
      case 'down':
        send({ type: 'moved', by: 1 });
        return;
      case 'page-up':
        send({ type: 'moved-page', by: -1 });
        return;
      case 'page-down':
        send({ type: 'moved-page', by: 1 });
        return;
      case 'home':
        send({ type: 'moved-to-edge', edge: 'first' });
        return;
      case 'end':
        send({ type: 'moved-to-edge', edge: 'last' });
        return;
      case 'enter':
        if (onSelect === undefined) {
          callbacks.onEnter?.();
        } else if (count > 0) {
          onSelect(peek().cursor);
        }
        return;
      case 'shift-up':
      case 'shift-down': {
        const by = press.name === 'shift-up' ? -1 : 1;
        if (callbacks.onOrder?.(peek().cursor, by) === true) send({ type: 'moved', by });
        return;
      }
      case 'escape':
        callbacks.onBack?.();
        return;
      default:
        callbacks.onKey?.(press);
    }
  }, callbacks.isActive);

  return state;
}
