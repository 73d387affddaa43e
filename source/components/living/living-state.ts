/*
A table that follows by itself: which rows are drawn, in which order, and where the cursor is. Nothing here reads, waits
or draws; moments come in, epoch milliseconds.
*/

export interface LivingRow<Value> {
  readonly id: string;
  readonly value: Value;
  /** When it was missed, by the clock that people are told of: it stays for as long as the cursor is on it, and can be used for nothing. */
  readonly goneMs?: number | undefined;
  /** The row that it belongs to, and stands below. */
  readonly under?: string | undefined;
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
  /** The rows that one stands for until it is opened, in any order. */
  readonly holds: (value: Value) => readonly Value[];
  /** Ids of those that are opened: what they hold stands below them. */
  readonly open: ReadonlySet<string>;
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
  /** What a row holds is shown below it, or not any longer. */
  | { readonly type: 'openedOrNot'; readonly id: string; readonly nowMs: number }
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
  const rows = values
    .toSorted(compare)
    .flatMap((value) => [rowOf(value), ...below(begin, value).map(rowUnder(value.id))]);
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

const rowOf = <Value extends Identified>(value: Value): LivingRow<Value> => ({ id: value.id, value });

const rowUnder =
  (under: string) =>
  <Value extends Identified>(value: Value): LivingRow<Value> => ({ id: value.id, value, under });

type Nesting<Value> = Pick<Living<Value>, 'compare' | 'holds' | 'open'>;

/** What stands below a row, in its order. */
const below = <Value extends Identified>({ compare, holds, open }: Nesting<Value>, value: Value): Value[] =>
  open.has(value.id) ? holds(value).toSorted(compare) : [];

/** Where a row is among these: itself, or what is closed over it; nothing where it is not there. */
function placeIn<Value extends Identified>(
  { holds, open }: Pick<Nesting<Value>, 'holds' | 'open'>,
  values: readonly Value[],
  wanted: string,
): string | undefined {
  if (values.some(({ id }) => id === wanted)) return wanted;
  const holder = values.find((value) => holds(value).some(({ id }) => id === wanted));
  return holder && (open.has(holder.id) ? wanted : holder.id);
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
  { values, nowMs, toldMs = nowMs }: LivingEvent<Value> & { readonly type: 'read' },
): Living<Value> {
  const next = { ...state, latest: values };
  // What was asked for before it was held comes too late to be shown.
  if (state.heldMs !== undefined) return next;
  const isFree = nowMs - state.touchedMs >= handMs && cursorAt(state) === 0;
  const cursor = state.hasMoved ? heirOf(state, values) : undefined;
  const isGone = cursor !== undefined && placeIn(state, values, cursor) === undefined;
  const merging = { ...state, isFree, ghost: isGone ? cursor : undefined, toldMs };
  const rows =
    state.open.size === 0 ? merged(merging, state.rows, values.map(rowOf)) : opened(merging, values);
  if (!state.hasMoved) return inSight({ ...next, rows, cursor: rows[0]?.id, top: 0 });
  // The line that the eye is on stays where it is on the screen.
  const line = cursorAt(state) - state.top;
  const place = cursor ?? rows[0]?.id;
  return inSight({ ...next, rows, cursor: place, top: cursorAt({ rows, cursor: place }) - line });
}

type Merging<Value> = Living<Value> & {
  readonly isFree: boolean;
  readonly ghost: string | undefined;
  readonly toldMs: number;
};

/** The rows of both levels as they stand, with what was read of them. */
function opened<Value extends Identified>(
  merging: Merging<Value>,
  values: readonly Value[],
): LivingRow<Value>[] {
  const { heads, under } = levelsOf(merging.rows);
  const fresh = new Set(values.map(({ id }) => id));
  const standing = heads.map((head) => {
    // A ghost stays where it is when what it stood below is gone as well.
    const left = fresh.has(head.id) ? undefined : under.get(head.id)?.find(({ id }) => id === merging.ghost);
    return left === undefined ? head : { ...left, under: undefined };
  });
  return merged(merging, standing, values.map(rowOf)).flatMap((head) => {
    if (head.goneMs !== undefined || !merging.open.has(head.id)) return [head];
    const held = merging.holds(head.value).map(rowUnder(head.id));
    return held.length === 0 ? [head] : [head, ...merged(merging, under.get(head.id) ?? [], held)];
  });
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

/** The rows of one level as they stand, with what was read of them. */
function merged<Value extends Identified>(
  state: Merging<Value>,
  standing: readonly LivingRow<Value>[],
  fresh: readonly LivingRow<Value>[],
): LivingRow<Value>[] {
  // Of many thousands each is looked for once.
  const places = new Map<string, number>();
  for (const [at, { id }] of fresh.entries()) places.set(id, at);
  const isKnown = new Uint8Array(fresh.length);
  const stayed: LivingRow<Value>[] = [];
  for (const row of standing) {
    const at = places.get(row.id);
    const now = at === undefined ? undefined : fresh[at];
    if (at !== undefined) isKnown[at] = 1;
    if (now !== undefined) stayed.push(row.value === now.value && row.goneMs === undefined ? row : now);
    else if (row.id === state.ghost) stayed.push({ ...row, goneMs: row.goneMs ?? state.toldMs });
  }
  const added = fresh.filter(({ id }, at) => isKnown[at] === 0 && places.get(id) === at);
  return state.isFree ? sorted(state, [...stayed, ...added]) : among(state, stayed, added);
}

interface Levels<Value> {
  readonly heads: readonly LivingRow<Value>[];
  /** By what they stand below. */
  readonly under: ReadonlyMap<string | undefined, readonly LivingRow<Value>[]>;
}

function levelsOf<Value>(rows: readonly LivingRow<Value>[]): Levels<Value> {
  const heads = rows.filter((row) => row.under === undefined);
  if (heads.length === rows.length) return { heads, under: new Map() };
  return { heads, under: Map.groupBy(rows, (row) => row.under) };
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
  const held = below({ ...state, open }, head.value).map(rowUnder(id));
  const rows = isOpen
    ? state.rows.filter((row) => row.under !== id)
    : [...state.rows.slice(0, at + 1), ...held, ...state.rows.slice(at + 1)];
  const isCovered = isOpen && state.rows.some((row) => row.under === id && row.id === state.cursor);
  return inSight({ ...state, open, rows, hasMoved: true, cursor: isCovered ? id : state.cursor });
}

/** By their values; a ghost keeps its place among the others. */
const inOrder = <Value>(
  { compare }: Pick<Living<Value>, 'compare'>,
  rows: readonly LivingRow<Value>[],
): LivingRow<Value>[] => {
  const { heads, under } = levelsOf(rows);
  return sorted({ compare }, heads).flatMap((head) => [
    head,
    ...sorted({ compare }, under.get(head.id) ?? []),
  ]);
};

const sorted = <Value>(
  { compare }: Pick<Living<Value>, 'compare'>,
  rows: readonly LivingRow<Value>[],
): LivingRow<Value>[] => rows.toSorted((one, other) => compare(one.value, other.value));

/** New rows where they belong among those that stand, of which none moves. */
function among<Value>(
  { compare }: Living<Value>,
  standing: readonly LivingRow<Value>[],
  added: readonly LivingRow<Value>[],
): LivingRow<Value>[] {
  const rows: LivingRow<Value>[] = [];
  // What belongs further down than another never belongs above where that one does.
  let next = 0;
  for (const row of sorted({ compare }, added)) {
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
  if (isInOrder(state)) return 0;
  return inOrder(state, state.rows).filter((row, at) => row !== state.rows[at]).length;
}

/** Looks at each once, where there is one level only. */
const isInOrder = <Value>({ rows, compare }: Pick<Living<Value>, 'rows' | 'compare'>): boolean =>
  rows.every((row, at) => {
    const before = rows[at - 1];
    return row.under === undefined && (before === undefined || compare(before.value, row.value) <= 0);
  });

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
