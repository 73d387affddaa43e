import { describe, expect, it, vi } from 'vitest';
import { asciiGlyphs, Theme } from '../../../source/components/theme/theme.tsx';
import {
  type TreeNode,
  TreePicker,
  type TreePickerProps,
  type TreeTexts,
} from '../../../source/components/tree/tree-picker.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';

const texts: TreeTexts = {
  search: 'Search: ',
  matches: (matching, total) => `${matching} of ${total}`,
  range: (first, last, total) => `${first}–${last} of ${total}`,
  selected: (selected, hidden) => `${selected} selected, ${hidden} hidden`,
  none: 'Nothing matches.',
  branch: (selected, total) => (selected === 0 ? '' : `${selected} of ${total}`),
};

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
          { id: 'last', label: 'lastName', hint: 'string', disabled: 'Not in this sandbox.' },
        ],
      },
      { id: 'birth', label: 'birthDate', hint: 'date' },
    ],
  },
  { id: 'loyalty', label: '會員', children: [{ id: 'tier', label: '等級', hint: 'string' }] },
];

function setUp(props: Partial<TreePickerProps> = {}) {
  const seen = {
    submitted: vi.fn<(ids: readonly string[]) => void>(),
    selected: vi.fn<(ids: readonly string[]) => void>(),
    backed: vi.fn<() => void>(),
  };
  const tree = (
    <TreePicker
      nodes={nodes}
      height={10}
      texts={texts}
      onSubmit={seen.submitted}
      onSelectionChange={seen.selected}
      onBack={seen.backed}
      {...props}
    />
  );
  return { seen, tree };
}

describe('TreePicker', () => {
  it('draws lines, boxes and hints in straight columns', async () => {
    const { tree } = setUp({ initialSelected: ['first', 'tier'] });
    const ink = await renderInk(tree, { columns: 60 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                                             4 of 4
        ▾ person         1 of 3
        ├ ▾ name         1 of 2
      ❯ │ ├ ☑ firstName  string
        │ └ · lastName   string
        └ ☐ birthDate    date
        ▾ 會員           1 of 1
        └ ☑ 等級         string
        2 selected, 0 hidden"
    `);
  });

  it('draws in plain letters', async () => {
    const { tree } = setUp({ initialSelected: ['first'] });
    const ink = await renderInk(<Theme glyphs={asciiGlyphs}>{tree}</Theme>, { columns: 60 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                                             4 of 4
        - person           1 of 3
        | - name           1 of 2
      > | | [x] firstName  string
        | \`  -  lastName   string
        \` [ ] birthDate    date
        + 會員

        1 selected, 0 hidden"
    `);
  });

  it('shows whole paths while searching, in 40 columns', async () => {
    const ink = await renderInk(setUp().tree, { columns: 40 });
    await ink.press('name');
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search: name                    2 of 4
      ❯ ☐ person.name.firstName  string
        · person.name.lastName   string





        0 selected, 0 hidden"
    `);
  });

  it('opens, walks, chooses and submits in the order of choosing', async () => {
    const { seen, tree } = setUp();
    const ink = await renderInk(tree);
    await ink.press(keys.end, keys.right, keys.right, keys.space);
    await ink.press(keys.home, keys.right, keys.right, keys.right, keys.right, keys.space, keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(['tier', 'first']);
    expect(seen.selected.mock.calls).toEqual([[['tier']], [['tier', 'first']]]);
  });

  it('says why a leaf cannot be chosen', async () => {
    const { seen, tree } = setUp();
    const ink = await renderInk(tree);
    await ink.press('lastName', keys.space);
    expect(ink.frame()).toContain('▲ Not in this sandbox.');
    expect(seen.selected).not.toHaveBeenCalled();
  });

  it('clears the search with Esc before it goes back', async () => {
    const { seen, tree } = setUp();
    const ink = await renderInk(tree);
    await ink.press('birth', keys.escape);
    expect(seen.backed).not.toHaveBeenCalled();
    expect(ink.frame()).toMatch(/❯ └ ☐ birthDate/);
    await ink.press(keys.escape);
    expect(seen.backed).toHaveBeenCalledOnce();
  });

  it('keeps its height whatever is open or found', async () => {
    const ink = await renderInk(setUp().tree);
    const height = ink.frame().split('\n').length;
    for (const key of [keys.right, keys.down, keys.right, 'zzz', keys.tab]) {
      await ink.press(key);
      expect(ink.frame().split('\n').length).toBe(height);
    }
  });

  it('has letters that are keys on a leaf, until a word is begun with a slash or another letter', async () => {
    const m = vi.fn<(id: string) => void>();
    const places: string[] = [];
    const { tree, seen } = setUp({
      onLetter: { m, k: vi.fn() },
      onPlaceChange: ({ id, isChoosable, isSearching }) =>
        places.push(`${id ?? ''} ${String(isChoosable)} ${String(isSearching)}`),
      initialSelected: ['first'],
    });
    const ink = await renderInk(tree);
    expect(places).toEqual(['first true false']);
    await ink.press('m');
    expect(m).toHaveBeenCalledExactlyOnceWith('first');
    // A leaf that was no column becomes one.
    await ink.press(keys.down, keys.down);
    await ink.press('m');
    expect(m).toHaveBeenLastCalledWith('birth');
    expect(seen.selected).toHaveBeenLastCalledWith(['first', 'birth']);
    // Not on a branch, nor in a word.
    await ink.press('/');
    await ink.press('m');
    expect(ink.frame()).toMatch(/Search: m/);
    expect(m).toHaveBeenCalledTimes(2);
    expect(places.at(-1)).toMatch(/ true$/);
    await ink.press(keys.escape);
    expect(places.at(-1)).toMatch(/ false$/);
  });

  it('draws signs of chosen leaves in columns with titles', async () => {
    const { tree } = setUp({
      initialSelected: ['first', 'birth'],
      marks: [
        { title: 'must', sign: '●', ids: ['first'] },
        { title: 'key', sign: '◆', ids: ['first', 'birth'] },
      ],
    });
    const ink = await renderInk(tree, { columns: 50 });
    const lines = ink.frame().split('\n');
    expect(lines[0]).toMatch(/4 of 4 {2}must {2}key$/);
    const at = (line: string | undefined, sign: string): number => (line ?? '').indexOf(sign);
    const first = lines.find((line) => line.includes('firstName'));
    const birth = lines.find((line) => line.includes('birthDate'));
    expect(at(first, '◆')).toBe(at(birth, '◆'));
    expect(at(lines[0], 'key')).toBe(at(first, '◆') - 1);
    expect(at(first, '●')).toBe(at(lines[0], 'must') + 1);
    expect(birth).not.toContain('●');
  });
});
