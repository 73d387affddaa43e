import { type ListEvent } from '../list-parts/list-keys.ts';
import { withAllOrNone, withToggled } from '../list-parts/selection.ts';
import { pageOf, scrollTo } from '../scroll/scroll.ts';
import { queryWords, typedQuery } from '../searchable-list/search.ts';
import { withoutLastGrapheme } from '../text/graphemes.ts';
import { type FlatNode, indexTree, type TreeIndex, type TreeNode } from './tree-index.ts';

export type TreeState = {
  readonly index: TreeIndex;
  readonly height: number;
  readonly query: string;
  /** A word is typed: letters are no keys, also before the first of them. */
  readonly isSearching: boolean;
  readonly isOnlySelected: boolean;
  readonly expanded: ReadonlySet<string>;
  /** Chosen ids in the order of choosing. */
  readonly selected: ReadonlySet<string>;
  /** Positions in the index that are drawn, from top to bottom. */
  readonly shown: readonly number[];
  /** Position of the cursor among the shown ones. */
  readonly cursor: number;
  readonly top: number;
};

export type TreeEvent =
  | ListEvent
  | { readonly type: 'opened' }
  | { readonly type: 'search-begun' }
  /** A leaf is chosen, whatever it was. */
  | { readonly type: 'chosen'; readonly id: string }
  | { readonly type: 'closed' }
  /** The chosen leaf under the cursor goes up or down among the chosen ones, while only those are shown. */
  | { readonly type: 'reordered'; readonly by: -1 | 1 }
  | { readonly type: 'nodes-given'; readonly nodes: readonly TreeNode[]; readonly separator: string };

export type TreeStart = {
  readonly nodes: readonly TreeNode[];
  readonly separator: string;
  readonly height: number;
  readonly selected?: Iterable<string> | undefined;
  /** Ids of open branches; those above chosen leaves are open anyway. */
  readonly expanded?: Iterable<string> | undefined;
};

export function startTree(start: TreeStart): TreeState {
  const index = indexTree(start.nodes, start.separator);
  const selected = new Set(start.selected ?? []);
  const chosen = index.flat.filter(({ node }) => selected.has(node.id));
  const state: TreeState = {
    index,
    height: Math.max(1, start.height),
    query: '',
    isSearching: false,
    isOnlySelected: false,
    expanded: new Set([...(start.expanded ?? []), ...chosen.flatMap((flat) => ancestors(index, flat))]),
    selected,
    shown: [],
    cursor: 0,
    top: 0,
  };
  const shown = findShown(state);
  // What was chosen before is in sight.
  const first = shown.findIndex((position) => isSelected(state, position));
  return withCursor({ ...state, shown }, Math.max(0, first));
}

export function reduceTree(state: TreeState, event: TreeEvent): TreeState {
  switch (event.type) {
    case 'typed':
      return search(state, typedQuery(state.query, event.text));
    case 'erased':
      return state.query === ''
        ? { ...state, isSearching: false }
        : search(state, withoutLastGrapheme(state.query));
    case 'filter-cleared':
      return unfilter(state);
    case 'moved':
      return withCursor(state, state.cursor + event.by);
    case 'moved-page':
      return withCursor(state, state.cursor + event.by * pageOf(state.height));
    case 'moved-to-edge':
      return withCursor(state, event.edge === 'first' ? 0 : state.shown.length - 1);
    case 'search-begun':
      return { ...state, isSearching: true };
    case 'chosen':
      return state.selected.has(event.id)
        ? state
        : { ...state, selected: new Set([...state.selected, event.id]) };
    case 'opened':
      return open(state);
    case 'closed':
      return close(state);
    case 'reordered':
      return reorder(state, event.by);
    case 'toggled':
      return toggle(state);
    case 'toggled-all-shown':
      return chooseAllOrNone(
        state,
        state.shown.flatMap((position) => flatAt(state, position)),
      );
    case 'toggled-only-selected':
      return toggleOnlySelected(state);
    case 'nodes-given':
      return event.nodes === state.index.nodes
        ? state
        : keepingCursor(state, { ...state, index: indexTree(event.nodes, event.separator) });
    case 'resized': {
      const height = Math.max(1, event.height);
      return height === state.height ? state : withCursor({ ...state, height }, state.cursor);
    }
    default:
      return event satisfies never;
  }
}

/** Filtered, the tree is a flat list of leaves with their paths. */
export function isFiltered(state: TreeState): boolean {
  return state.query !== '' || state.isOnlySelected;
}

/** Where the cursor is, as far as it matters for what a key does. */
export function placeOf(state: TreeState): TreePlace {
  const under = flatUnderCursor(state);
  return {
    id: under?.node.id,
    isLeaf: under?.isLeaf ?? false,
    isChoosable: under?.isLeaf === true && under.node.disabled === undefined,
    isSearching: state.isSearching,
    isFiltered: isFiltered(state) || state.isSearching,
  };
}

export type TreePlace = {
  readonly id: string | undefined;
  readonly isLeaf: boolean;
  /** A leaf that can be chosen. */
  readonly isChoosable: boolean;
  readonly isSearching: boolean;
  /** Whether Esc shows the whole tree again. */
  readonly isFiltered: boolean;
};

export function flatUnderCursor(state: TreeState): FlatNode | undefined {
  const position = state.shown[state.cursor];
  return position === undefined ? undefined : state.index.flat[position];
}

/** How many chosen leaves the filter hides. A closed branch hides nothing: it says how many it holds. */
export function countHidden(state: TreeState): number {
  if (!isFiltered(state)) {
    return 0;
  }
  const seen = state.shown.filter((position) => isSelected(state, position)).length;
  return state.selected.size - seen;
}

function isSelected(state: TreeState, position: number): boolean {
  const id = state.index.flat[position]?.node.id;
  return id !== undefined && state.selected.has(id);
}

function search(state: TreeState, query: string): TreeState {
  if (query === '') {
    return unfilter(state, state.isOnlySelected);
  }
  const next = { ...state, query, isSearching: true };
  return { ...next, shown: findShown(next), cursor: 0, top: 0 };
}

function unfilter(state: TreeState, isOnlySelected = false): TreeState {
  const under = flatUnderCursor(state);
  // What was found is shown in its place.
  const expanded =
    under === undefined || isOnlySelected
      ? state.expanded
      : new Set([...state.expanded, ...ancestors(state.index, under)]);
  return keepingCursor(state, { ...state, query: '', isSearching: false, isOnlySelected, expanded });
}

function toggleOnlySelected(state: TreeState): TreeState {
  return state.isOnlySelected && state.query === ''
    ? unfilter(state)
    : keepingCursor(state, { ...state, isOnlySelected: !state.isOnlySelected });
}

function open(state: TreeState): TreeState {
  const under = flatUnderCursor(state);
  if (under === undefined || under.isLeaf || isFiltered(state)) {
    return state;
  }
  if (state.expanded.has(under.node.id)) {
    const hasChildren = (under.node.children?.length ?? 0) > 0;
    return hasChildren ? withCursor(state, state.cursor + 1) : state;
  }
  return keepingCursor(state, { ...state, expanded: new Set([...state.expanded, under.node.id]) });
}

function close(state: TreeState): TreeState {
  const under = flatUnderCursor(state);
  if (under === undefined || isFiltered(state)) {
    return state;
  }
  if (!under.isLeaf && state.expanded.has(under.node.id)) {
    const expanded = new Set(state.expanded);
    expanded.delete(under.node.id);
    return keepingCursor(state, { ...state, expanded });
  }
  const parent = state.shown.indexOf(under.parent);
  return parent === -1 ? state : withCursor(state, parent);
}

function toggle(state: TreeState): TreeState {
  const position = state.shown[state.cursor];
  const under = flatUnderCursor(state);
  if (position === undefined || under === undefined) {
    return state;
  }
  if (!under.isLeaf) {
    return chooseAllOrNone(state, state.index.flat.slice(position, under.end));
  }
  const selected = withToggled(state.selected, under.node);
  return selected === state.selected ? state : { ...state, selected };
}

function chooseAllOrNone(state: TreeState, flat: readonly FlatNode[]): TreeState {
  const ids = flat
    .filter(({ node, isLeaf }) => isLeaf && node.disabled === undefined)
    .map(({ node }) => node.id);
  const selected = withAllOrNone(state.selected, ids);
  return selected === state.selected ? state : { ...state, selected };
}

function inOrderOfChoosing({ index, selected }: TreeState): readonly number[] {
  const positions = new Map(index.flat.map(({ node }, position) => [node.id, position]));
  return [...selected].flatMap((id) => positions.get(id) ?? []);
}

function reorder(state: TreeState, by: -1 | 1): TreeState {
  const id = flatUnderCursor(state)?.node.id;
  const order = [...state.selected];
  const at = id === undefined ? -1 : order.indexOf(id);
  const other = order[at + by];
  if (!state.isOnlySelected || state.query !== '' || id === undefined || at === -1 || other === undefined) {
    return state;
  }
  order[at] = other;
  order[at + by] = id;
  return keepingCursor(state, { ...state, selected: new Set(order) });
}

function findShown(state: TreeState): readonly number[] {
  const { flat } = state.index;
  const shown: number[] = [];
  if (!isFiltered(state)) {
    for (let position = 0; position < flat.length;) {
      const here = flat[position];
      shown.push(position);
      const isClosed = here !== undefined && !here.isLeaf && !state.expanded.has(here.node.id);
      position = isClosed ? here.end : position + 1;
    }
    return shown;
  }
  if (state.isOnlySelected && state.query === '') return inOrderOfChoosing(state);
  const words = queryWords(state.query);
  flat.forEach(({ node, isLeaf, text }, position) => {
    const isWanted = !state.isOnlySelected || state.selected.has(node.id);
    if (isLeaf && isWanted && words.every((word) => text.includes(word))) {
      shown.push(position);
    }
  });
  return shown;
}

/** Finds anew what is shown, with the cursor on the same node, or on the nearest one above it. */
function keepingCursor(previous: TreeState, next: TreeState): TreeState {
  const shown = findShown(next);
  const id = flatUnderCursor(previous)?.node.id;
  const found = shown.findIndex((position) => next.index.flat[position]?.node.id === id);
  return withCursor({ ...next, shown }, found === -1 ? next.cursor : found);
}

function withCursor(state: TreeState, wanted: number): TreeState {
  return { ...state, ...scrollTo(state.top, wanted, state.shown.length, state.height) };
}

function flatAt(state: TreeState, position: number): readonly FlatNode[] {
  const flat = state.index.flat[position];
  return flat === undefined ? [] : [flat];
}

function ancestors(index: TreeIndex, flat: FlatNode): readonly string[] {
  const ids: string[] = [];
  for (let parent = index.flat[flat.parent]; parent !== undefined; parent = index.flat[parent.parent]) {
    ids.push(parent.node.id);
  }
  return ids;
}
