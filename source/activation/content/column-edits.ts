import { attributeOf, type Selected } from '../plan/plan.ts';
import { type Problem, problem } from '../plan/problem.ts';
import { columnName, columnsOf, type FromList, fromList, namespaceOf, pathOfList } from './columns.ts';

/** What is done to one of the columns; each is meant by its place among them, from 0. */
export type ColumnEdit =
  /** An empty name gives its usual one back. */
  | { readonly kind: 'renamed'; readonly at: number; readonly name: string }
  | { readonly kind: 'moved'; readonly at: number; readonly to: number }
  | { readonly kind: 'removed'; readonly at: number }
  /** An array is taken in the next or the previous way. */
  | { readonly kind: 'reshaped'; readonly at: number; readonly by: -1 | 1 };

/** The columns after an edit; the same ones where it changes nothing, or must not be. */
export function edited(selected: readonly Selected[], edit: ColumnEdit): readonly Selected[] {
  const { kind, at } = edit;
  const one = selected[at];
  if (one === undefined) return selected;
  switch (kind) {
    case 'renamed':
      return nameProblem(selected, at, edit.name) ? selected : renamed(selected, at, edit.name);
    case 'moved': {
      const isThere = edit.to >= 0 && edit.to < selected.length && edit.to !== at;
      return isThere ? selected.toSpliced(at, 1).toSpliced(edit.to, 0, one) : selected;
    }
    case 'removed':
      return selected.toSpliced(at, 1);
    case 'reshaped': {
      const path = reshaped(selected.map(attributeOf), at, edit.by);
      if (path === undefined) return selected;
      return selected.with(at, typeof one === 'string' ? path : { ...one, path });
    }
  }
}

/**
 * What is wrong with another name for a column; nothing where it may be called that. Also what another column is
 * called only because nobody has named it is taken: no header changes by itself.
 *
 * @see cards.md, section 5.2
 */
export function nameProblem(selected: readonly Selected[], at: number, name: string): Problem | undefined {
  const path = `$.attributes.selected[${at}].column`;
  const column = name.trim();
  if (column.includes('.')) return problem('columns.dot', path, { column });
  // Without a name it has its usual one, told from others by a number.
  const row =
    column === '' ? -1 : columnsOf(selected).findIndex((one, i) => i !== at && one.column === column);
  return row === -1 ? undefined : problem('columns.duplicate', path, { column, row: row + 1 });
}

function renamed(selected: readonly Selected[], at: number, name: string): readonly Selected[] {
  const column = name.trim();
  const path = attributeOf(selected[at] ?? '');
  if (columnsOf(selected)[at]?.column === column) return selected;
  // What it is called anyway need not be said.
  return selected.with(at, column === '' || column === columnName(path) ? path : { path, column });
}

/** The columns with one more at the end; an identity takes the place of another: there is one of them. */
export function withColumn(selected: readonly Selected[], path: string): readonly Selected[] {
  const paths = selected.map(attributeOf);
  if (paths.includes(path)) return selected;
  const isIdentity = (one: string): boolean => namespaceOf(one) !== undefined;
  const other = isIdentity(path) ? paths.findIndex(isIdentity) : -1;
  return other === -1 ? [...selected, path] : selected.with(other, path);
}

/** What stands between the elements of an array, the usual one first. */
const separators = ['_', ', ', ';', '|', ' '];
const mostIndex = 99;

/** Every way to take an array that is offered: all of it with each separator, then one element after the other. */
const waysOf = (list: string): readonly FromList[] => [
  ...separators.map((separator): FromList => ({ kind: 'joined', list, separator })),
  ...Array.from({ length: mostIndex + 1 }, (_, index): FromList => ({ kind: 'element', list, index })),
];

/** All of an array as one text, or its first element: what a choice begins with. */
export const firstWays = (list: string): readonly string[] =>
  [
    waysOf(list).find(({ kind }) => kind === 'joined'),
    waysOf(list).find(({ kind }) => kind === 'element'),
  ].flatMap((way) => (way ? [pathOfList(way)] : []));

/** The next way that no other column takes the array in; nothing where there is none, or it is no array. */
function reshaped(paths: readonly string[], at: number, by: -1 | 1): string | undefined {
  const path = paths[at] ?? '';
  const made = fromList(path);
  if (!made) return undefined;
  const ways = waysOf(made.list).map(pathOfList);
  const here = ways.indexOf(pathOfList(made));
  const rest = by === 1 ? ways.slice(here + 1) : ways.slice(0, Math.max(0, here)).reverse();
  return rest.find((way) => !paths.includes(way));
}
