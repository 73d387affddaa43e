import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TreeNode } from '../../../source/components/tree/tree-index.ts';
import {
  countHidden,
  flatUnderCursor,
  reduceTree,
  startTree,
  type TreeEvent,
  type TreeStart,
  type TreeState,
} from '../../../source/components/tree/tree-state.ts';
import { meeting } from '../../helpers/some.ts';

const nodes: readonly TreeNode[] = [
  {
    id: 'person',
    label: 'person',
    children: [
      {
        id: 'name',
        label: 'name',
        children: [
          { id: 'first', label: 'firstName', hint: 'string' },
          { id: 'last', label: 'lastName', hint: 'string', disabled: 'Not here.' },
        ],
      },
      { id: 'birth', label: 'birthDate', hint: 'date' },
    ],
  },
  { id: 'email', label: 'personalEmail', children: [{ id: 'address', label: 'address' }] },
  { id: 'tier', label: '等級' },
];

function start(more: Partial<TreeStart> = {}): TreeState {
  return startTree({ nodes, separator: '.', height: 5, ...more });
}

function run(events: readonly TreeEvent[], more: Partial<TreeStart> = {}): TreeState {
  return events.reduce(reduceTree, start(more));
}

function shownIds(state: TreeState): readonly (string | undefined)[] {
  return state.shown.map((position) => state.index.flat[position]?.node.id);
}

const down: TreeEvent = { type: 'moved', by: 1 };
const open: TreeEvent = { type: 'opened' };
const close: TreeEvent = { type: 'closed' };
const toggle: TreeEvent = { type: 'toggled' };

describe('reduceTree', () => {
  it.each<[string, readonly TreeEvent[], readonly string[], string]>([
    ['begins closed', [], ['person', 'email', 'tier'], 'person'],
    ['opens a branch', [open], ['person', 'name', 'birth', 'email', 'tier'], 'person'],
    ['goes into an open branch', [open, open], ['person', 'name', 'birth', 'email', 'tier'], 'name'],
    ['closes a branch', [open, close], ['person', 'email', 'tier'], 'person'],
    [
      'goes from a leaf to its branch',
      [open, down, down, close],
      ['person', 'name', 'birth', 'email', 'tier'],
      'person',
    ],
    [
      'remembers what was open inside',
      [open, open, open, close, close, close, open],
      ['person', 'name', 'birth', 'email', 'tier'],
      'person',
    ],
    ['finds leaves by their path', [{ type: 'typed', text: 'person.name' }], ['first', 'last'], 'first'],
    ['finds leaves by their hint', [{ type: 'typed', text: 'date' }], ['birth'], 'birth'],
    ['finds every word', [{ type: 'typed', text: 'person,address' }], ['address'], 'address'],
    ['finds Chinese', [{ type: 'typed', text: '級' }], ['tier'], 'tier'],
    ['finds nothing', [{ type: 'typed', text: 'zzz' }], [], ''],
    [
      'shows what was found in its place when the search is cleared',
      [{ type: 'typed', text: 'birth' }, { type: 'filter-cleared' }],
      ['person', 'name', 'birth', 'email', 'tier'],
      'birth',
    ],
    [
      'shows it too when the last letter is erased',
      [{ type: 'typed', text: 'b' }, { type: 'erased' }],
      ['person', 'name', 'birth', 'email', 'tier'],
      'birth',
    ],
  ])('%s', (_, events, shown, cursor) => {
    const state = run(events);
    expect(shownIds(state)).toEqual(shown);
    expect(flatUnderCursor(state)?.node.id ?? '').toBe(cursor);
  });

  it.each<[string, readonly TreeEvent[], readonly string[]]>([
    ['a branch chooses its leaves that can be chosen', [toggle], ['first', 'birth']],
    ['a branch gives up its leaves when all are chosen', [toggle, toggle], []],
    [
      'a half chosen branch chooses the rest',
      [
        { type: 'typed', text: 'birth' },
        toggle,
        { type: 'filter-cleared' },
        { type: 'moved-to-edge', edge: 'first' },
        toggle,
      ],
      ['birth', 'first'],
    ],
    ['a disabled leaf is not chosen', [{ type: 'typed', text: 'last' }, toggle], []],
    ['all shown are chosen', [{ type: 'typed', text: 'name' }, { type: 'toggled-all-shown' }], ['first']],
    [
      'the order of choosing is kept',
      [{ type: 'moved-to-edge', edge: 'last' }, toggle, { type: 'typed', text: 'address' }, toggle],
      ['tier', 'address'],
    ],
  ])('%s', (_, events, wanted) => {
    expect([...run(events).selected]).toEqual(wanted);
  });

  it('opens the branches above what is chosen', () => {
    expect(shownIds(start({ selected: ['first'] }))).toEqual([
      'person',
      'name',
      'first',
      'last',
      'birth',
      'email',
      'tier',
    ]);
  });

  it('shows only the chosen, and tells how many a search hides', () => {
    const state = run([{ type: 'toggled-only-selected' }, { type: 'typed', text: 'first' }], {
      selected: ['birth', 'first'],
    });
    expect(shownIds(state)).toEqual(['first']);
    expect(countHidden(state)).toBe(1);
  });

  it('keeps cursor and open branches when nodes are given anew', () => {
    const more = [{ id: 'new', label: 'new' }, ...nodes];
    const state = run([open, down, { type: 'nodes-given', nodes: more, separator: '.' }]);
    expect(flatUnderCursor(state)?.node.id).toBe('name');
    expect(shownIds(state)).toEqual(['new', 'person', 'name', 'birth', 'email', 'tier']);
  });
});

const { tree: treeArbitrary } = fc.letrec<{ tree: Omit<TreeNode, 'id'> }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.record({ label: fc.string({ maxLength: 4 }), disabled: fc.constantFrom(undefined, 'no') }),
    fc.record({ label: fc.string({ maxLength: 4 }), children: fc.array(tie('tree'), { maxLength: 4 }) }),
  ) as fc.Arbitrary<Omit<TreeNode, 'id'>>,
}));

function numbered(trees: readonly Omit<TreeNode, 'id'>[]): readonly TreeNode[] {
  let next = 0;
  const number = (node: Omit<TreeNode, 'id'>): TreeNode => {
    const id = String(next++);
    return node.children === undefined
      ? { ...node, id }
      : { ...node, id, children: node.children.map(number) };
  };
  return trees.map(number);
}

const eventArbitrary: fc.Arbitrary<TreeEvent> = fc.oneof(
  fc.constantFrom<TreeEvent>(
    open,
    close,
    toggle,
    { type: 'erased' },
    { type: 'filter-cleared' },
    { type: 'toggled-all-shown' },
    { type: 'toggled-only-selected' },
    { type: 'moved-page', by: 1 },
    { type: 'moved-page', by: -1 },
    { type: 'moved-to-edge', edge: 'last' },
  ),
  fc.record({ type: fc.constant('typed' as const), text: fc.string({ maxLength: 2 }) }),
  fc.record({ type: fc.constant('moved' as const), by: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ type: fc.constant('resized' as const), height: fc.integer({ min: -1, max: 20 }) }),
);

describe('any events on any tree', () => {
  it('keep the cursor in bounds and in sight, and choose only leaves that can be chosen', () => {
    meeting(['a choice', 'nothing shown'], (meet) =>
      fc.assert(
        fc.property(
          fc.array(treeArbitrary, { maxLength: 5 }),
          fc.array(eventArbitrary, { maxLength: 40 }),
          (trees, events) => {
            let state = startTree({ nodes: numbered(trees), separator: '.', height: 4 });
            const selectable = new Set(
              state.index.flat
                .filter(({ isLeaf, node }) => isLeaf && node.disabled === undefined)
                .map(({ node }) => node.id),
            );
            for (const event of events) {
              state = reduceTree(state, event);
              const count = state.shown.length;
              if (count === 0) meet('nothing shown');
              if (state.selected.size > 0) meet('a choice');
              expect(state.cursor).toBeGreaterThanOrEqual(0);
              expect(state.cursor).toBeLessThanOrEqual(Math.max(0, count - 1));
              expect(state.top).toBeLessThanOrEqual(state.cursor);
              expect(state.cursor).toBeLessThan(state.top + state.height);
              expect([...state.selected].filter((id) => !selectable.has(id))).toEqual([]);
              expect(state.shown.filter((position) => position >= state.index.flat.length)).toEqual([]);
            }
          },
        ),
      ),
    );
  });
});

describe('the order of what is chosen', () => {
  const ordered = (events: readonly TreeEvent[]) => [
    ...run([{ type: 'toggled-only-selected' }, { type: 'moved-to-edge', edge: 'first' }, ...events], {
      selected: ['tier', 'first', 'birth'],
    }).selected,
  ];

  it('is what is shown while only chosen ones are', () => {
    const state = run([{ type: 'toggled-only-selected' }], { selected: ['tier', 'first', 'birth'] });
    expect(state.shown.map((position) => state.index.flat[position]?.node.id)).toEqual([
      'tier',
      'first',
      'birth',
    ]);
  });

  it('changes, and the cursor goes along', () => {
    expect(ordered([{ type: 'reordered', by: 1 }])).toEqual(['first', 'tier', 'birth']);
    expect(
      ordered([
        { type: 'reordered', by: 1 },
        { type: 'reordered', by: 1 },
      ]),
    ).toEqual(['first', 'birth', 'tier']);
    expect(ordered([{ type: 'reordered', by: -1 }])).toEqual(['tier', 'first', 'birth']);
  });

  it('stays while the tree or a search is shown', () => {
    const selected = ['tier', 'first'];
    expect([...run([{ type: 'reordered', by: 1 }], { selected }).selected]).toEqual(selected);
    expect(
      ordered([
        { type: 'typed', text: 'i' },
        { type: 'reordered', by: 1 },
      ]),
    ).toEqual(['tier', 'first', 'birth']);
  });

  it('is found by more than what is drawn', () => {
    const described = [{ id: 'x', label: 'x', searchText: 'Money that was spent' }];
    const state = run([{ type: 'typed', text: 'spent' }], { nodes: described });
    expect(state.shown).toEqual([0]);
  });
});
