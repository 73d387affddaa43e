import { pageOf, scrollTo } from '../scroll/scroll.ts';

export type TableState = {
  readonly count: number;
  readonly height: number;
  /** Without a cursor this is the first drawn row, and `top` is the same. */
  readonly cursor: number;
  readonly top: number;
  readonly hasCursor: boolean;
  /** The last row stays in sight below the others, which scroll. */
  readonly isLastPinned: boolean;
};

type TableEvent =
  | { readonly type: 'moved'; readonly by: number }
  | { readonly type: 'moved-page'; readonly by: -1 | 1 }
  | { readonly type: 'moved-to-edge'; readonly edge: 'first' | 'last' }
  | { readonly type: 'measured'; readonly count: number; readonly height: number };

export function startTable(
  start: Pick<TableState, 'count' | 'height' | 'hasCursor' | 'isLastPinned'>,
  cursor = 0,
): TableState {
  return moveTo({ ...start, height: Math.max(1, start.height), cursor: 0, top: 0 }, cursor);
}

/** How many rows scroll, and how many of them are drawn. */
export function scrollingOf({
  count,
  height,
  isLastPinned,
}: Pick<TableState, 'count' | 'height' | 'isLastPinned'>): {
  readonly count: number;
  readonly height: number;
} {
  const pinned = isLastPinned && height > 1 && count > 1 ? 1 : 0;
  return { count: count - pinned, height: height - pinned };
}

export function reduceTable(state: TableState, event: TableEvent): TableState {
  switch (event.type) {
    case 'moved':
      return moveTo(state, neighbour(state, event.by));
    case 'moved-page': {
      const { count, height } = scrollingOf(state);
      const wanted = neighbour(state, event.by * pageOf(height));
      // The end of what scrolls is seen before what stands below it.
      return moveTo(state, state.cursor < count - 1 ? Math.min(wanted, count - 1) : wanted);
    }
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

/** The row that is come to: above the one that stays is what is drawn above it. */
function neighbour(state: TableState, by: number): number {
  const { count, height } = scrollingOf(state);
  const isPinned = count < state.count && state.cursor === count;
  return (isPinned ? Math.min(count, state.top + height) : state.cursor) + by;
}

function moveTo(state: TableState, wanted: number): TableState {
  if (state.hasCursor) {
    const { count, height } = scrollingOf(state);
    // To reach the one that stays moves nothing.
    const isPinned = wanted >= count && count < state.count;
    const scroll = scrollTo(state.top, isPinned ? state.top : wanted, count, height);
    return { ...state, ...scroll, ...(isPinned ? { cursor: count } : {}) };
  }
  const top = Math.max(0, Math.min(wanted, state.count - state.height));
  return { ...state, cursor: top, top };
}
