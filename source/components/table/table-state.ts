import { pageOf, scrollTo } from '../scroll/scroll.ts';

export type TableState = {
  readonly count: number;
  readonly height: number;
  /** Without a cursor this is the first drawn row, and `top` is the same. */
  readonly cursor: number;
  readonly top: number;
  readonly hasCursor: boolean;
};

export type TableEvent =
  | { readonly type: 'moved'; readonly by: number }
  | { readonly type: 'moved-page'; readonly by: -1 | 1 }
  | { readonly type: 'moved-to-edge'; readonly edge: 'first' | 'last' }
  | { readonly type: 'measured'; readonly count: number; readonly height: number };

export function startTable(count: number, height: number, hasCursor: boolean, cursor = 0): TableState {
  return moveTo({ count, height: Math.max(1, height), cursor: 0, top: 0, hasCursor }, cursor);
}

export function reduceTable(state: TableState, event: TableEvent): TableState {
  switch (event.type) {
    case 'moved':
      return moveTo(state, state.cursor + event.by);
    case 'moved-page':
      return moveTo(state, state.cursor + event.by * pageOf(state.height));
    case 'moved-to-edge':
      return moveTo(state, event.edge === 'first' ? 0 : state.count - 1);
    case 'measured': {
      const height = Math.max(1, event.height);
      return event.count === state.count && height === state.height
        ? state
        : moveTo({ ...state, count: event.count, height }, state.cursor);
    }
    default:
      return event satisfies never;
  }
}

function moveTo(state: TableState, wanted: number): TableState {
  if (state.hasCursor) {
    return { ...state, ...scrollTo(state.top, wanted, state.count, state.height) };
  }
  const top = Math.max(0, Math.min(wanted, state.count - state.height));
  return { ...state, cursor: top, top };
}
