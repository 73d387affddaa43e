/*
A table that follows by itself: which rows are drawn, in which order, and where the cursor is. Nothing here reads, waits
or draws; moments come in, epoch milliseconds.
*/
import {
  firstRows,
  type Identified,
  inOrder,
  type LivingRow,
  mergedRows,
  type Nesting,
  placeIn,
  type Places,
  placesOf,
  rowsBelow,
} from './living-rows.ts';

export interface Living<Value> extends Nesting<Value> {
  readonly rows: readonly LivingRow<Value>[];
  /** Where the cursor is, by the row and never by its number; nothing where there is no row. */
  readonly cursor: string | undefined;
  /** Whether it was ever moved: until then it stays at the top, whatever comes above. */
  readonly hasMoved: boolean;
  /** The first row that is drawn, by its number. */
  readonly top: number;
  /** How many are drawn. */
  readonly height: number;
  readonly touchedMs: number;
  /** Since when it stands still by somebody's wish. */
  readonly heldMs: number | undefined;
  /** What was read last, in its own order. */
  readonly latest: readonly Value[];
}

export type LivingEvent<Value> =
  | {
      readonly type: 'read';
      readonly values: readonly Value[];
      /** Where each of them is, where that is known already. */
      readonly places?: Places;
      readonly nowMs: number;
      /** The same moment by the clock that people are told of. @default nowMs */
      readonly toldMs?: number;
    }
  | { readonly type: 'moved'; readonly by: number; readonly nowMs: number }
  | { readonly type: 'movedToEdge'; readonly edge: 'first' | 'last'; readonly nowMs: number }
  /** The cursor is on that row, wherever it is drawn. */
  | { readonly type: 'came'; readonly id: string; readonly nowMs: number }
  /** What a row holds is shown below it, or not any longer. */
  | { readonly type: 'openedOrNot'; readonly id: string; readonly nowMs: number }
  /** Some other key. */
  | { readonly type: 'touched'; readonly nowMs: number }
  /** The person wants the order that belongs to the values, perhaps another one than before. */
  | { readonly type: 'sorted'; readonly compare?: Living<Value>['compare']; readonly nowMs: number }
  /** Holds the page, or lets it go on. */
  | { readonly type: 'heldOrNot'; readonly nowMs: number }
  | { readonly type: 'measured'; readonly height: number };

/** After a key the order is left alone for so long, milliseconds. @see living.md, L8 */
const handMs = 5000;

const holdsNothing = (): readonly never[] => [];

export function startLiving<Value extends Identified>(
  values: readonly Value[],
  compare: Living<Value>['compare'],
  {
    nowMs,
    height,
    cursor,
    holds = holdsNothing,
    open = new Set<string>(),
  }: {
    nowMs: number;
    height: number;
    cursor?: string | undefined;
    holds?: Living<Value>['holds'] | undefined;
    open?: Living<Value>['open'] | undefined;
  },
): Living<Value> {
  const begin = { compare, holds, open };
  const rows = firstRows(begin, values);
  const place = cursor === undefined ? undefined : placeIn(begin, values, cursor);
  return inSight({
    ...begin,
    rows,
    cursor: place ?? rows[0]?.id,
    hasMoved: place !== undefined,
    top: 0,
    height: Math.max(1, height),
    // Nobody has touched anything yet.
    touchedMs: nowMs - handMs,
    heldMs: undefined,
    latest: values,
  });
}

/** (state, event) → state. Pure. @see living.md, L1 to L12 */
export function reduceLiving<Value extends Identified>(
  state: Living<Value>,
  event: LivingEvent<Value>,
): Living<Value> {
  switch (event.type) {
    case 'read':
      return read(state, event);
    case 'moved':
      return moveTo(touched(state, event.nowMs), cursorAt(state) + event.by);
    case 'movedToEdge':
      return moveTo(touched(state, event.nowMs), event.edge === 'first' ? 0 : state.rows.length - 1);
    case 'came': {
      const at = state.rows.findIndex(({ id }) => id === event.id);
      return event.id === state.cursor || at === -1 ? state : moveTo(touched(state, event.nowMs), at);
    }
    case 'openedOrNot':
      return openedOrNot(touched(state, event.nowMs), event.id);
    case 'touched':
      return touched(state, event.nowMs);
    case 'sorted': {
      const { compare = state.compare } = event;
      const rows = inOrder({ ...state, compare }, state.rows);
      return inSight({ ...touched(state, event.nowMs), compare, rows });
    }
    case 'heldOrNot':
      return { ...touched(state, event.nowMs), heldMs: state.heldMs === undefined ? event.nowMs : undefined };
    case 'measured': {
      const height = Math.max(1, event.height);
      return height === state.height ? state : inSight({ ...state, height });
    }
  }
}

const touched = <Value>(state: Living<Value>, nowMs: number): Living<Value> => ({
  ...state,
  touchedMs: nowMs,
});

/** The number of the row under the cursor; 0 where there is none. */
export const cursorAt = <Value>({ rows, cursor }: Pick<Living<Value>, 'rows' | 'cursor'>): number =>
  Math.max(
    0,
    rows.findIndex(({ id }) => id === cursor),
  );

function read<Value extends Identified>(
  state: Living<Value>,
  { values, places, nowMs, toldMs = nowMs }: LivingEvent<Value> & { readonly type: 'read' },
): Living<Value> {
  const next = { ...state, latest: values };
  // What was asked for before it was held comes too late to be shown.
  if (state.heldMs !== undefined) return next;
  const isFree = nowMs - state.touchedMs >= handMs && cursorAt(state) === 0;
  const cursor = state.hasMoved ? heirOf(state, values) : undefined;
  const isGone = cursor !== undefined && placeIn(state, values, cursor) === undefined;
  const rows = mergedRows(
    { ...state, isFree, ghost: isGone ? cursor : undefined, toldMs },
    state.rows,
    values,
    places ?? placesOf(values),
  );
  if (!state.hasMoved) return inSight({ ...next, rows, cursor: rows[0]?.id, top: 0 });
  // The line that the eye is on stays where it is on the screen.
  const line = cursorAt(state) - state.top;
  const place = cursor ?? rows[0]?.id;
  return inSight({ ...next, rows, cursor: place, top: cursorAt({ rows, cursor: place }) - line });
}

/** The row that the cursor is on next: its own, what has been closed over it, or the first of what has come apart below it. */
function heirOf<Value extends Identified>(
  state: Living<Value>,
  values: readonly Value[],
): string | undefined {
  const { cursor, rows, holds } = state;
  if (cursor === undefined) return undefined;
  const found = placeIn(state, values, cursor);
  if (found !== undefined) return found;
  const row = rows.find(({ id }) => id === cursor);
  for (const { id } of row === undefined ? [] : holds(row.value).toSorted(state.compare)) {
    const place = placeIn(state, values, id);
    if (place !== undefined) return place;
  }
  return cursor;
}

/** Opens a row or closes it, of what is shown; the cursor stays, or goes to what was closed over it. */
function openedOrNot<Value extends Identified>(state: Living<Value>, id: string): Living<Value> {
  const at = state.rows.findIndex((row) => row.id === id);
  const head = state.rows[at];
  if (head === undefined || head.goneMs !== undefined || state.holds(head.value).length === 0) return state;
  const isOpen = state.open.has(id);
  const open = new Set(state.open);
  if (isOpen) open.delete(id);
  else open.add(id);
  const held = rowsBelow({ ...state, open }, head.value);
  const rows = isOpen
    ? state.rows.filter((row) => row.under !== id)
    : [...state.rows.slice(0, at + 1), ...held, ...state.rows.slice(at + 1)];
  const isCovered = isOpen && state.rows.some((row) => row.under === id && row.id === state.cursor);
  return inSight({ ...state, open, rows, hasMoved: true, cursor: isCovered ? id : state.cursor });
}

/** A row that is gone goes once the cursor leaves it: the next one below takes its place, else the one above. */
function moveTo<Value>(state: Living<Value>, wanted: number): Living<Value> {
  const at = Math.max(0, Math.min(wanted, state.rows.length - 1));
  const cursor = state.rows[at]?.id;
  if (cursor === state.cursor) return { ...state, hasMoved: true };
  // Where nothing is gone the rows are the same, and what was made of them stays.
  if (!state.rows.some(({ goneMs }) => goneMs !== undefined))
    return inSight({ ...state, cursor, hasMoved: true });
  const ghostsAbove = state.rows.slice(0, at).filter(({ goneMs }) => goneMs !== undefined).length;
  return inSight({
    ...state,
    cursor,
    hasMoved: true,
    rows: state.rows.filter(({ id, goneMs }) => goneMs === undefined || id === cursor),
    top: state.top - ghostsAbove,
  });
}

/** The window such that the cursor is in it, and no more of it is empty than has to be. */
function inSight<Value>(state: Living<Value>): Living<Value> {
  const at = cursorAt(state);
  const last = Math.max(0, state.rows.length - state.height);
  const top = Math.max(0, Math.min(last, Math.max(at - state.height + 1, Math.min(state.top, at))));
  return top === state.top ? state : { ...state, top };
}
