import { type ListEvent } from '../list-parts/list-keys.ts';
import { withAllOrNone, withToggled } from '../list-parts/selection.ts';
import { withoutLastGrapheme } from '../text/graphemes.ts';
import { pageOf, scrollTo } from '../scroll/scroll.ts';
import {
  indexRows,
  type ListRow,
  says,
  search as searchRows,
  type SearchIndex,
  type Shown,
  typedQuery,
} from './search.ts';

export type SelectionMode = 'multi' | 'single';

export type SearchableListState = {
  readonly mode: SelectionMode;
  readonly height: number;
  readonly index: SearchIndex;
  readonly query: string;
  readonly isOnlySelected: boolean;
  /** Chosen ids in the order of choosing; may hold ids of rows that have not arrived yet. */
  readonly selected: ReadonlySet<string>;
  readonly shown: Shown;
  /** How many of the shown rows hold the words of the query; those after them are similar. */
  readonly exact: number;
  /** Those rows in the order of the list. */
  readonly held: Shown;
  /** The row where a range begins: the one that was chosen last. */
  readonly anchor: string | undefined;
  /** Position of the cursor among the shown rows; 0 when there are none. */
  readonly cursor: number;
  /** Id of the row to begin at, as long as that has not arrived and nobody has done anything. */
  readonly awaited: string | undefined;
  /** Whether the cursor stays at the top, whatever comes above: until somebody has done anything. */
  readonly follows: boolean;
  /** Position of the first drawn row among the shown rows. */
  readonly top: number;
};

export type SearchableListEvent =
  | ListEvent
  /** Moves and selects on the way. */
  | { readonly type: 'extended'; readonly by: -1 | 1 }
  /** Selects from the row that was chosen last to the cursor. */
  | { readonly type: 'ranged' }
  /** The space bar, which both selects and parts words. */
  | { readonly type: 'spaced' }
  /** All of these are selected, whether they are shown or not. */
  | { readonly type: 'selected-too'; readonly ids: readonly string[] }
  | { readonly type: 'rows-arrived'; readonly rows: readonly ListRow[] };

export type SearchableListStart = {
  readonly mode: SelectionMode;
  readonly height: number;
  readonly rows: readonly ListRow[];
  readonly selected?: Iterable<string> | undefined;
  readonly query?: string | undefined;
  /** Id of the row to begin at; in a single list the chosen one by default. */
  readonly cursorId?: string | undefined;
};

/** Whether what is shown stands as it does in the list: what a search finds best would come first. */
export const isInListOrder = ({ shown, held }: Pick<SearchableListState, 'shown' | 'held'>): boolean =>
  shown === held ||
  (shown?.length === held?.length && shown?.every((position, at) => position === held?.[at]) === true);

export function startSearchableList(start: SearchableListStart): SearchableListState {
  const index = indexRows(start.rows);
  const query = typedQuery('', start.query ?? '');
  const selected = new Set(start.selected ?? []);
  const [first] = selected;
  const cursorId = start.cursorId ?? (start.mode === 'single' ? first : undefined);
  const state: SearchableListState = {
    mode: start.mode,
    height: Math.max(1, start.height),
    index,
    query,
    isOnlySelected: false,
    selected,
    ...searchRows(index, query),
    anchor: undefined,
    awaited: undefined,
    follows: cursorId === undefined,
    cursor: 0,
    top: 0,
  };
  return cursorId === undefined ? state : beginAt(state, cursorId);
}

function beginAt(state: SearchableListState, id: string): SearchableListState {
  const position = positionOf(state, id);
  return position === undefined
    ? { ...state, awaited: id }
    : withCursor({ ...state, awaited: undefined }, position);
}

export function reduceSearchableList(
  before: SearchableListState,
  event: SearchableListEvent,
): SearchableListState {
  const isOwners = event.type === 'rows-arrived' || event.type === 'resized';
  const isBegun = before.awaited === undefined && !before.follows;
  const state = isOwners || isBegun ? before : { ...before, awaited: undefined, follows: false };
  switch (event.type) {
    case 'typed':
      return search(state, typedQuery(state.query, event.text));
    case 'erased':
      return state.query === '' ? state : search(state, withoutLastGrapheme(state.query));
    case 'filter-cleared':
      return showAll(state);
    case 'moved':
      return withCursor(state, state.cursor + event.by);
    case 'moved-page':
      return withCursor(state, state.cursor + event.by * pageOf(state.height));
    case 'moved-to-edge':
      return withCursor(state, event.edge === 'first' ? 0 : countShown(state) - 1);
    case 'toggled':
      return toggle(state);
    case 'extended':
      return extend(state, event.by);
    case 'ranged':
      return selectRange(state);
    case 'spaced':
      return isSpaceText(state) ? search(state, `${state.query} `) : toggle(state);
    case 'toggled-all-shown':
      return toggleAllShown(state);
    case 'toggled-only-selected':
      return toggleOnlySelected(state);
    case 'selected-too':
      return selectToo(state, event.ids);
    case 'rows-arrived':
      return takeRows(state, event.rows);
    case 'resized': {
      const height = Math.max(1, event.height);
      return height === state.height ? state : withCursor({ ...state, height }, state.cursor);
    }
    default:
      return event satisfies never;
  }
}

export function countShown(state: SearchableListState): number {
  return state.shown?.length ?? state.index.rows.length;
}

/** The row at a position among the shown rows. */
export function shownRow(state: SearchableListState, position: number): ListRow | undefined {
  const at = state.shown === undefined ? position : state.shown[position];
  return at === undefined ? undefined : state.index.rows[at];
}

export function cursorRow(state: SearchableListState): ListRow | undefined {
  return shownRow(state, state.cursor);
}

export function isFiltered(state: SearchableListState): boolean {
  return state.query !== '' || state.isOnlySelected;
}

/** How many chosen rows the filter hides. */
export function countHidden(state: SearchableListState): number {
  if (state.selected.size === 0) {
    return 0;
  }
  let seen = 0;
  const size = countShown(state);
  for (let position = 0; position < size && seen < state.selected.size; position++) {
    const row = shownRow(state, position);
    if (row !== undefined && state.selected.has(row.id)) {
      seen++;
    }
  }
  return state.selected.size - seen;
}

function search(state: SearchableListState, query: string): SearchableListState {
  // A longer query can only match fewer rows, so the last answer is searched instead of everything.
  const isNarrower = state.query !== '' && query.startsWith(state.query);
  const within = onlySelected(state, state.isOnlySelected);
  const narrowed = isNarrower ? state.held : within;
  return { ...state, query, ...searchRows(state.index, query, within, narrowed), cursor: 0, top: 0 };
}

/**
Space is text right where a shown name goes on with one: "loyalty" on the way to "Loyalty Segment".
Anywhere else, after moving, and the second time, it selects. A space too many is harmless; a segment
too many is not.
*/
function isSpaceText(state: SearchableListState): boolean {
  const { query, cursor, shown, index } = state;
  if (state.mode === 'single') {
    return true;
  }
  if (query === '' || query.endsWith(' ') || cursor !== 0) {
    return false;
  }
  const wanted = `${query.toLowerCase()} `;
  return shown?.some((at) => says(index, at, wanted)) ?? false;
}

/** Whether a blank was taken for a part of a name, and the next one selects. */
export function isSpaceNext(state: SearchableListState): boolean {
  const row = cursorRow(state);
  const isBlank = state.mode === 'multi' && state.query.endsWith(' ') && state.query.trim() !== '';
  return isBlank && row !== undefined && row.disabled === undefined && !state.selected.has(row.id);
}

/** Selected as well, with the cursor on the first of them. */
function selectToo(state: SearchableListState, ids: readonly string[]): SearchableListState {
  const [first] = ids;
  if (first === undefined) {
    return state;
  }
  const all = showAll({ ...state, selected: new Set([...state.selected, ...ids]) });
  return withCursor(all, positionOf(all, first) ?? all.cursor);
}

function showAll(state: SearchableListState): SearchableListState {
  return keepingCursorRow(state, {
    ...state,
    query: '',
    isOnlySelected: false,
    shown: undefined,
    exact: state.index.rows.length,
    held: undefined,
  });
}

function toggle(state: SearchableListState): SearchableListState {
  const row = cursorRow(state);
  if (state.mode === 'single' || row === undefined) {
    return state;
  }
  const selected = withToggled(state.selected, row);
  if (selected === state.selected) return state;
  // The list is not filtered again: an unselected row stays in sight and can be taken back.
  return { ...state, selected, anchor: row.id };
}

/** Chosen as well: rows from one position to another that can be. */
function selectBetween(state: SearchableListState, from: number, to: number): SearchableListState {
  const selected = new Set(state.selected);
  for (let position = Math.min(from, to); position <= Math.max(from, to); position++) {
    const row = shownRow(state, position);
    if (row !== undefined && row.disabled === undefined) {
      selected.add(row.id);
    }
  }
  return selected.size === state.selected.size ? state : { ...state, selected };
}

function extend(state: SearchableListState, by: -1 | 1): SearchableListState {
  const moved = withCursor(state, state.cursor + by);
  if (state.mode === 'single') {
    return moved;
  }
  return { ...selectBetween(moved, state.cursor, moved.cursor), anchor: cursorRow(moved)?.id };
}

function selectRange(state: SearchableListState): SearchableListState {
  if (state.mode === 'single' || state.anchor === undefined) {
    return state;
  }
  const from = positionOf(state, state.anchor);
  return from === undefined
    ? state
    : { ...selectBetween(state, from, state.cursor), anchor: cursorRow(state)?.id };
}

function toggleAllShown(state: SearchableListState): SearchableListState {
  if (state.mode === 'single') {
    return state;
  }
  const ids: string[] = [];
  for (let position = 0; position < countShown(state); position++) {
    const row = shownRow(state, position);
    if (row !== undefined && row.disabled === undefined) {
      ids.push(row.id);
    }
  }
  const selected = withAllOrNone(state.selected, ids);
  return selected === state.selected ? state : { ...state, selected };
}

function toggleOnlySelected(state: SearchableListState): SearchableListState {
  if (state.mode === 'single') {
    return state;
  }
  const isOnlySelected = !state.isOnlySelected;
  const within = onlySelected(state, isOnlySelected);
  const found = searchRows(state.index, state.query, within);
  return keepingCursorRow(state, { ...state, isOnlySelected, ...found });
}

function onlySelected(state: SearchableListState, isOnlySelected: boolean): Shown {
  if (!isOnlySelected) {
    return undefined;
  }
  const found: number[] = [];
  state.index.rows.forEach((row, at) => {
    if (state.selected.has(row.id)) {
      found.push(at);
    }
  });
  return found;
}

function takeRows(state: SearchableListState, rows: readonly ListRow[]): SearchableListState {
  const index = indexRows(rows, state.index);
  if (index === state.index) {
    return state;
  }
  const found = searchRows(index, state.query, onlySelected({ ...state, index }, state.isOnlySelected));
  const taken = { ...state, index, ...found };
  if (state.follows) return withCursor(taken, 0);
  const next = keepingLine(state, keepingCursorRow(state, taken));
  return state.awaited === undefined ? next : beginAt(next, state.awaited);
}

/** The line that the eye is on stays where it is on the screen. @see living.md, L9 */
function keepingLine(previous: SearchableListState, next: SearchableListState): SearchableListState {
  const top = Math.max(0, next.cursor - (previous.cursor - previous.top));
  return withCursor({ ...next, top }, next.cursor);
}

/** Moves the cursor of `next` to the row that it is on in `previous`, if that row is still shown. */
function keepingCursorRow(previous: SearchableListState, next: SearchableListState): SearchableListState {
  const row = cursorRow(previous);
  const position = row === undefined ? undefined : positionOf(next, row.id);
  return withCursor(next, position ?? next.cursor);
}

function positionOf(state: SearchableListState, id: string): number | undefined {
  // Rows mostly keep their place, so the old one is tried first.
  if (shownRow(state, state.cursor)?.id === id) {
    return state.cursor;
  }
  const size = countShown(state);
  for (let position = 0; position < size; position++) {
    if (shownRow(state, position)?.id === id) {
      return position;
    }
  }
  return undefined;
}

function withCursor(state: SearchableListState, wanted: number): SearchableListState {
  return { ...state, ...scrollTo(state.top, wanted, countShown(state), state.height) };
}
