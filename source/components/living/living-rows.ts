/*
The rows of a table that follows by itself, on two levels: what was read, and below what is opened what that holds. Which
there are and in which order; where the cursor is and what a hand holds back is `living-state.ts`.
*/

import { mapInTurns } from '../../ground/turns.ts';

export interface Identified {
  readonly id: string;
}

export interface LivingRow<Value> {
  readonly id: string;
  readonly value: Value;
  /** When it was missed, by the clock that people are told of: it stays for as long as the cursor is on it, and can be used for nothing. */
  readonly goneMs?: number | undefined;
  /** The row that it belongs to, and stands below. */
  readonly under?: string | undefined;
}

/** What makes the two levels of a table. */
export interface Nesting<Value> {
  readonly compare: (one: Value, other: Value) => number;
  /** The rows that one stands for until it is opened, in any order. */
  readonly holds: (value: Value) => readonly Value[];
  /** Ids of those that are opened: what they hold stands below them. */
  readonly open: ReadonlySet<string>;
}

const rowOf = <Value extends Identified>(value: Value): LivingRow<Value> => ({ id: value.id, value });

const rowUnder =
  (under: string) =>
  <Value extends Identified>(value: Value): LivingRow<Value> => ({ id: value.id, value, under });

/** What stands below a row, in its order. */
export const rowsBelow = <Value extends Identified>(
  { compare, holds, open }: Nesting<Value>,
  value: Value,
): LivingRow<Value>[] => (open.has(value.id) ? holds(value).toSorted(compare).map(rowUnder(value.id)) : []);

/** The rows of both levels before anything moved them. */
export const firstRows = <Value extends Identified>(
  nesting: Nesting<Value>,
  values: readonly Value[],
): LivingRow<Value>[] =>
  values.toSorted(nesting.compare).flatMap((value) => [rowOf(value), ...rowsBelow(nesting, value)]);

/** Where a row is among these: itself, or what is closed over it; nothing where it is not there. */
export function placeIn<Value extends Identified>(
  { holds, open }: Pick<Nesting<Value>, 'holds' | 'open'>,
  values: readonly Value[],
  wanted: string,
): string | undefined {
  if (values.some(({ id }) => id === wanted)) return wanted;
  const holder = values.find((value) => holds(value).some(({ id }) => id === wanted));
  return holder && (open.has(holder.id) ? wanted : holder.id);
}

/** What decides where rows come to stand that were read. */
interface Merging<Value> extends Nesting<Value> {
  /** Nobody's hand is on the table: all of it may be put in order. */
  readonly isFree: boolean;
  /** The id of the row that stays although it is gone. */
  readonly ghost: string | undefined;
  /** The moment of the reading, by the clock that people are told of. */
  readonly toldMs: number;
}

/** Where in a reading each row is, by its id: of many thousands each is looked for once. */
export type Places = ReadonlyMap<string, number>;

export function placesOf(values: readonly Identified[]): Places {
  const places = new Map<string, number>();
  for (let at = 0; at < values.length; at++) places.set(values[at]?.id ?? '', at);
  return places;
}

/** The same of many thousands, with turns for others between. */
export async function placesInTurns(values: readonly Identified[]): Promise<Places> {
  const places = new Map<string, number>();
  await mapInTurns(values, ({ id }, at) => void places.set(id, at));
  return places;
}

/** The rows as they stand, with what was read of them. */
export const mergedRows = <Value extends Identified>(
  merging: Merging<Value>,
  standing: readonly LivingRow<Value>[],
  values: readonly Value[],
  places: Places,
): LivingRow<Value>[] =>
  merging.open.size === 0
    ? merged(merging, standing, values.map(rowOf), places)
    : opened(merging, standing, values, places);

/** The same, of both levels. */
function opened<Value extends Identified>(
  merging: Merging<Value>,
  rows: readonly LivingRow<Value>[],
  values: readonly Value[],
  fresh: Places,
): LivingRow<Value>[] {
  const { heads, under } = levelsOf(rows);
  const standing = heads.map((head) => {
    // A ghost stays where it is when what it stood below is gone as well.
    const left = fresh.has(head.id) ? undefined : under.get(head.id)?.find(({ id }) => id === merging.ghost);
    return left === undefined ? head : { ...left, under: undefined };
  });
  return merged(merging, standing, values.map(rowOf), fresh).flatMap((head) => {
    if (head.goneMs !== undefined || !merging.open.has(head.id)) return [head];
    const held = merging.holds(head.value).map(rowUnder(head.id));
    return held.length === 0
      ? [head]
      : [head, ...merged(merging, under.get(head.id) ?? [], held, placesOf(held))];
  });
}

/** The rows of one level as they stand, with what was read of them. */
function merged<Value extends Identified>(
  state: Merging<Value>,
  standing: readonly LivingRow<Value>[],
  fresh: readonly LivingRow<Value>[],
  places: Places,
): LivingRow<Value>[] {
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

/** By their values; a ghost keeps its place among the others. */
export const inOrder = <Value>(
  { compare }: Pick<Nesting<Value>, 'compare'>,
  rows: readonly LivingRow<Value>[],
): LivingRow<Value>[] => {
  const { heads, under } = levelsOf(rows);
  return sorted({ compare }, heads).flatMap((head) => [
    head,
    ...sorted({ compare }, under.get(head.id) ?? []),
  ]);
};

const sorted = <Value>(
  { compare }: Pick<Nesting<Value>, 'compare'>,
  rows: readonly LivingRow<Value>[],
): LivingRow<Value>[] => rows.toSorted((one, other) => compare(one.value, other.value));

/** New rows where they belong among those that stand, of which none moves. */
function among<Value>(
  { compare }: Pick<Nesting<Value>, 'compare'>,
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

type Ordered<Value> = Pick<Nesting<Value>, 'compare'> & { readonly rows: readonly LivingRow<Value>[] };

/** How many rows would move if they stood in their order. */
export function wouldMove<Value>(state: Ordered<Value>): number {
  if (isInOrder(state)) return 0;
  return inOrder(state, state.rows).filter((row, at) => row !== state.rows[at]).length;
}

/** Looks at each once, where there is one level only. */
const isInOrder = <Value>({ rows, compare }: Ordered<Value>): boolean =>
  rows.every((row, at) => {
    const before = rows[at - 1];
    return row.under === undefined && (before === undefined || compare(before.value, row.value) <= 0);
  });
