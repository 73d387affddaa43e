/*
A table that follows by itself: which rows are drawn, in which order, and where the cursor is. Nothing here reads, waits
or draws; moments come in, epoch milliseconds.
*/

export interface LivingRow<Value> {
  readonly id: string;
  readonly value: Value;
  /** When it was missed, by the clock that people are told of: it stays for as long as the cursor is on it, and can be used for nothing. */
  readonly goneMs?: number | undefined;
}

export interface Living<Value> {
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
  readonly compare: (one: Value, other: Value) => number;
}

export type LivingEvent<Value> =
  | {
      readonly type: 'read';
      readonly values: readonly Value[];
      readonly nowMs: number;
      /** The same moment by the clock that people are told of. @default nowMs */
      readonly toldMs?: number;
    }
  | { readonly type: 'moved'; readonly by: number; readonly nowMs: number }
  | { readonly type: 'movedToEdge'; readonly edge: 'first' | 'last'; readonly nowMs: number }
  /** The cursor is on that row, wherever it is drawn. */
  | { readonly type: 'came'; readonly id: string; readonly nowMs: number }
  /** Some other key. */
  | { readonly type: 'touched'; readonly nowMs: number }
  /** The person wants the order that belongs to the values, perhaps another one than before. */
  | { readonly type: 'sorted'; readonly compare?: Living<Value>['compare']; readonly nowMs: number }
  /** Holds the page, or lets it go on. */
  | { readonly type: 'heldOrNot'; readonly nowMs: number }
  | { readonly type: 'measured'; readonly height: number };

export interface Identified {
  readonly id: string;
}

/** After a key the order is left alone for so long, milliseconds. @see living.md, L8 */
const handMs = 5000;

export function startLiving<Value extends Identified>(
  values: readonly Value[],
  compare: Living<Value>['compare'],
  { nowMs, height, cursor }: { nowMs: number; height: number; cursor?: string | undefined },
): Living<Value> {
  const rows = [...values].sort(compare).map(rowOf);
  const begun = rows.find(({ id }) => id === cursor) ?? rows[0];
  return inSight({
    rows,
    cursor: begun?.id,
    hasMoved: begun !== undefined && begun.id === cursor,
    top: 0,
    height: Math.max(1, height),
    // Nobody has touched anything yet.
    touchedMs: nowMs - handMs,
    heldMs: undefined,
    latest: values,
    compare,
  });
}

const rowOf = <Value extends Identified>(value: Value): LivingRow<Value> => ({ id: value.id, value });

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
export const cursorAt = <Value>({ rows, cursor }: Living<Value>): number =>
  Math.max(
    0,
    rows.findIndex(({ id }) => id === cursor),
  );

function read<Value extends Identified>(
  state: Living<Value>,
  { values, nowMs, toldMs = nowMs }: LivingEvent<Value> & { readonly type: 'read' },
): Living<Value> {
  const next = { ...state, latest: values };
  // What was asked for before it was held comes too late to be shown.
  if (state.heldMs !== undefined) return next;
  const fresh = new Map(values.map((value) => [value.id, value]));
  const stayed = state.rows.flatMap((row): LivingRow<Value>[] => {
    const value = fresh.get(row.id);
    if (value !== undefined) return [row.value === value && row.goneMs === undefined ? row : rowOf(value)];
    return state.hasMoved && row.id === state.cursor ? [{ ...row, goneMs: row.goneMs ?? toldMs }] : [];
  });
  const known = new Set(state.rows.map(({ id }) => id));
  const added = values.filter(({ id }) => !known.has(id)).map(rowOf);
  const isFree = nowMs - state.touchedMs >= handMs && cursorAt(state) === 0;
  const rows = isFree ? inOrder(state, [...stayed, ...added]) : among(state, stayed, added);
  if (!state.hasMoved) return inSight({ ...next, rows, cursor: rows[0]?.id, top: 0 });
  // The line that the eye is on stays where it is on the screen.
  const line = cursorAt(state) - state.top;
  return inSight({ ...next, rows, top: cursorAt({ ...next, rows }) - line });
}

/** By their values; a ghost keeps its place among the others. */
const inOrder = <Value>(
  { compare }: Pick<Living<Value>, 'compare'>,
  rows: readonly LivingRow<Value>[],
): LivingRow<Value>[] => [...rows].sort((one, other) => compare(one.value, other.value));

/** New rows where they belong among those that stand, of which none moves. */
function among<Value>(
  { compare }: Living<Value>,
  standing: readonly LivingRow<Value>[],
  added: readonly LivingRow<Value>[],
): LivingRow<Value>[] {
  const rows: LivingRow<Value>[] = [];
  const sorted = [...added].sort((one, other) => compare(one.value, other.value));
  // What belongs further down than another never belongs above where that one does.
  let next = 0;
  for (const row of sorted) {
    for (let other = standing[next]; other !== undefined; other = standing[++next]) {
      if (compare(row.value, other.value) < 0) break;
      rows.push(other);
    }
    rows.push(row);
  }
  return [...rows, ...standing.slice(next)];
}

/** How many rows would move if they stood in their order. */
export function wouldMove<Value>(state: Pick<Living<Value>, 'rows' | 'compare'>): number {
  const sorted = inOrder(state, state.rows);
  return sorted.filter((row, at) => row !== state.rows[at]).length;
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
