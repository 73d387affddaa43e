import { pageOf } from '../scroll/scroll.ts';

/** Entries of some lines each, a cursor on one of them, and the lines that are in sight. */
export type EntriesState = {
  /** Which entries there are: the cursor stays on its own when others come or go. */
  readonly ids: readonly string[];
  /** Lines of each entry. */
  readonly heights: readonly number[];
  /** Lines in sight. */
  readonly height: number;
  readonly cursor: number;
  /** The first line in sight. */
  readonly top: number;
};

export type EntriesEvent =
  | { readonly type: 'moved'; readonly by: -1 | 1 }
  | { readonly type: 'moved-page'; readonly by: -1 | 1 }
  | { readonly type: 'moved-to-edge'; readonly edge: 'first' | 'last' }
  | {
      readonly type: 'measured';
      readonly ids: readonly string[];
      readonly heights: readonly number[];
      readonly height: number;
    };

export function startEntries(
  { ids, heights, height }: Pick<EntriesState, 'ids' | 'heights' | 'height'>,
  at: string | undefined,
): EntriesState {
  const state = { ids, heights, height: Math.max(1, height), cursor: 0, top: 0 };
  return at === undefined ? state : moveTo(state, ids.indexOf(at));
}

export function reduceEntries(state: EntriesState, event: EntriesEvent): EntriesState {
  switch (event.type) {
    case 'moved':
      return move(state, event.by);
    case 'moved-page': {
      const top = clampTop(state, state.top + event.by * pageOf(state.height));
      if (top === state.top) return moveTo(state, event.by < 0 ? 0 : state.ids.length - 1);
      // The first that begins in sight; where none does, the one that fills it.
      const next = state.ids.findIndex((_, at) => firstLine(state, at) >= top);
      const begins = next >= 0 && firstLine(state, next) < top + state.height;
      return { ...state, top, cursor: begins ? next : (next < 0 ? state.ids.length : next) - 1 };
    }
    case 'moved-to-edge':
      return moveTo(state, event.edge === 'first' ? 0 : state.ids.length - 1);
    case 'measured': {
      const { ids, heights } = event;
      const height = Math.max(1, event.height);
      if (ids === state.ids && heights === state.heights && height === state.height) return state;
      const kept = ids.indexOf(state.ids[state.cursor] ?? '');
      return moveTo({ ...state, ids, heights, height }, kept < 0 ? state.cursor : kept);
    }
    default:
      return event satisfies never;
  }
}

/** Lines of all entries. */
export const lineCount = ({ heights }: Pick<EntriesState, 'heights'>): number =>
  heights.reduce((sum, one) => sum + one, 0);

const firstLine = ({ heights }: EntriesState, entry: number): number =>
  lineCount({ heights: heights.slice(0, entry) });

const clampTop = (state: EntriesState, top: number): number =>
  Math.max(0, Math.min(top, lineCount(state) - state.height));

/** To the next entry; through one that is longer than the window, line by line. */
function move(state: EntriesState, by: -1 | 1): EntriesState {
  const first = firstLine(state, state.cursor);
  const end = first + (state.heights[state.cursor] ?? 0);
  if (by > 0 && end > state.top + state.height) return { ...state, top: state.top + 1 };
  if (by < 0 && first < state.top) return { ...state, top: state.top - 1 };
  return moveTo(state, state.cursor + by);
}

/** Puts the cursor on an entry, as near as there is one, and moves the window no more than it must. */
function moveTo(state: EntriesState, wanted: number): EntriesState {
  const cursor = Math.max(0, Math.min(wanted, state.ids.length - 1));
  const first = firstLine(state, cursor);
  const end = first + (state.heights[cursor] ?? 0);
  const isLonger = end - first > state.height;
  // Of one that is longer than the window, the side that it is come to from.
  const lowest = isLonger && cursor < state.cursor ? end - state.height : first;
  const highest = isLonger ? lowest : end - state.height;
  return { ...state, cursor, top: clampTop(state, Math.max(highest, Math.min(state.top, lowest))) };
}
