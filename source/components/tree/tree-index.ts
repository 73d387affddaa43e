/** A branch or leaf of the tree. `id`s are unique in the whole tree; only leaves are chosen. */
export type TreeNode = {
  readonly id: string;
  readonly label: string;
  /** Muted text beside the label. */
  readonly hint?: string | undefined;
  /** More text to find the node by, never shown. */
  readonly searchText?: string | undefined;
  /** Makes this a branch, even when it is empty. */
  readonly children?: readonly TreeNode[] | undefined;
  /** Why this leaf cannot be chosen. */
  readonly disabled?: string | undefined;
};

export type FlatNode = {
  readonly node: TreeNode;
  readonly isLeaf: boolean;
  /** Position of the parent; -1 at the top. */
  readonly parent: number;
  /** Position behind the last node of this branch: the nodes between are all below it. */
  readonly end: number;
  /** For each level from the top: whether the way down passes the last of its siblings. */
  readonly isLastPerLevel: readonly boolean[];
  /** Labels from the top, joined. */
  readonly path: string;
  /** Lowered path, hint and more, to be searched. */
  readonly text: string;
};

/** All nodes from top to bottom, as if everything were open. */
export type TreeIndex = {
  readonly nodes: readonly TreeNode[];
  readonly flat: readonly FlatNode[];
  readonly leafCount: number;
};

export function indexTree(nodes: readonly TreeNode[], separator: string): TreeIndex {
  const flat: FlatNode[] = [];
  let leafCount = 0;

  function add(
    siblings: readonly TreeNode[],
    parent: number,
    lasts: readonly boolean[],
    prefix: string,
  ): void {
    siblings.forEach((node, at) => {
      const position = flat.length;
      const isLeaf = node.children === undefined;
      const path = prefix === '' ? node.label : prefix + separator + node.label;
      const isLastPerLevel = [...lasts, at === siblings.length - 1];
      const text = `${path}\n${node.hint ?? ''}\n${node.searchText ?? ''}`.toLowerCase();
      const own = { node, isLeaf, parent, end: position + 1, isLastPerLevel, path, text };
      flat.push(own);
      if (isLeaf) {
        leafCount++;
      } else {
        add(node.children ?? [], position, isLastPerLevel, path);
        flat[position] = { ...own, end: flat.length };
      }
    });
  }

  add(nodes, -1, [], '');
  return { nodes, flat, leafCount };
}

export type LeafCount = { readonly selected: number; readonly total: number };

/** Leaves below a branch, and how many of them are chosen. */
export function countLeaves(index: TreeIndex, position: number, selected: ReadonlySet<string>): LeafCount {
  let total = 0;
  let chosen = 0;
  for (const { node, isLeaf } of index.flat.slice(position, index.flat[position]?.end)) {
    if (isLeaf) {
      total++;
      chosen += selected.has(node.id) ? 1 : 0;
    }
  }
  return { selected: chosen, total };
}
