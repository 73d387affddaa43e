import { Text } from 'ink';
import { type ReactElement, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  type ListRow,
  SearchableList,
  type SearchableListProps,
  type SearchableListTexts,
} from '../../../source/components/searchable-list/searchable-list.tsx';
import { asciiGlyphs, Theme } from '../../../source/components/theme/theme.tsx';
import { keys, renderInk } from '../../helpers/ink.tsx';
import { some } from '../../helpers/some.ts';

const texts: SearchableListTexts = {
  search: 'Search: ',
  matches: (matching, total) => `${matching} of ${total} match`,
  range: (first, last, total) => `${first}–${last} of ${total}`,
  selected: (selected, hidden) => `${selected} selected · ${hidden} hidden`,
  none: 'Nothing matches.',
  loading: 'loading…',
  onlySelected: 'selected only',
};

const rows: readonly ListRow[] = [
  { id: 'bike', label: 'Interested in Mountain Biking', cells: ['9f7d37fd', 'batch', '3 days ago'] },
  { id: 'eu', label: 'Mountain lovers, EU', cells: ['25768be6', 'streaming', 'today'] },
  {
    id: 'new',
    label: 'Mountain resort guests',
    cells: ['5c1d90aa', 'batch', 'today'],
    disabled: 'New: wait 20 h',
  },
  { id: 'tw', label: '台北會員 2026', cells: ['77aa01bc', 'batch', 'today'], searchText: 'Taipei' },
  { id: 'loyal', label: 'Loyalty Segment', cells: ['0b1c2d3e', 'batch', 'yesterday'] },
];

function setUp(props: Partial<SearchableListProps> = {}) {
  const seen = {
    submitted: vi.fn<(ids: readonly string[]) => void>(),
    selected: vi.fn<(ids: readonly string[]) => void>(),
    backed: vi.fn<() => void>(),
  };
  const list = (
    <SearchableList
      rows={rows}
      height={10}
      texts={texts}
      onSubmit={seen.submitted}
      onSelectionChange={seen.selected}
      onBack={seen.backed}
      {...props}
    />
  );
  return { seen, list };
}

describe('SearchableList', () => {
  it('says that there is none, whole, on a line of its own width', async () => {
    const none = 'There are no dataflows in this sandbox. Go back to make one.';
    const ink = await renderInk(setUp({ rows: [], width: 40, texts: { ...texts, none } }).list, {
      columns: 40,
    });
    expect(ink.frame().replaceAll(/\s+/g, ' ')).toContain(none);
    expect(
      ink
        .frame()
        .split('\n')
        .every((line) => line.length <= 40),
    ).toBe(true);
  });

  it('tells which row is under the cursor, whatever brings another one there', async () => {
    let under: string | undefined = 'nobody';
    const tell = (row: ListRow | undefined): void => {
      under = row?.id;
    };
    const ink = await renderInk(setUp({ onCursorChange: tell, initialCursor: 'eu' }).list);
    expect(under).toBe('eu');
    await ink.press(' ');
    expect(under).toBe('eu');
    await ink.press('nothing like it');
    expect(under).toBeUndefined();
    await ink.press(keys.escape, 'loyal');
    expect(under).toBe('loyal');
    await ink.rerender(setUp({ onCursorChange: tell, rows: rows.slice(0, 2) }).list);
    expect(under).toBeUndefined();
    await ink.press(keys.escape);
    expect(under).toBe('bike');
  });

  it('is drawn once for a key, with what its owner shows of the row', async () => {
    function Owner(): ReactElement {
      const [under, setUnder] = useState<string>();
      return (
        <>
          {setUp({ onCursorChange: (row) => setUnder(row?.label) }).list}
          <Text>{`under: ${under ?? ''}`}</Text>
        </>
      );
    }
    const ink = await renderInk(<Owner />);
    const before = ink.frames().length;
    await ink.press(keys.down);
    const drawn = some([...new Set(ink.frames().slice(before))]);
    expect(drawn).toHaveLength(1);
    expect(drawn[0]).toMatch(/^❯.*Mountain lovers, EU/m);
    expect(drawn[0]).toContain('under: Mountain lovers, EU');
  });

  it('says the order that the rows have: while searching that of the match, where it is another', async () => {
    const orders = { scope: 'newest first', scopeByMatch: 'best match first' };
    const ink = await renderInk(setUp({ ...orders, width: 80 }).list, { columns: 80 });
    expect(ink.frame()).toContain('newest first');
    // The second begins so: it comes before the first of the list.
    await ink.press('mountain');
    expect(ink.frame()).toContain('best match first');
    expect(ink.frame()).not.toContain('newest first');
    await ink.press(keys.escape, 'batch');
    expect(ink.frame()).toContain('newest first');
    const usual = await renderInk(setUp({ texts: { ...texts, byMatch: 'by match' }, width: 80 }).list);
    await usual.press('mountain');
    expect(usual.frame()).toContain('by match');
  });

  it.each(Array.from({ length: 30 }, (_, at) => at + 24))(
    'says in %i columns how much is found, or nothing: no piece of it',
    async (columns) => {
      const scope = 'newest first';
      const ink = await renderInk(setUp({ initialQuery: 'mountain', scope, width: columns }).list, {
        columns,
      });
      const [line = ''] = ink.frame().split('\n');
      expect(line).toMatch(/^ {2}Search: mountain( +(newest first · )?3 of 5 match)?$/);
      expect(line.length).toBeLessThanOrEqual(columns);
    },
  );

  it('tells its owner whether a row is left to act on', async () => {
    const told = vi.fn<(isEmpty: boolean) => void>();
    const ink = await renderInk(setUp({ onEmpty: told }).list);
    expect(told.mock.calls).toEqual([[false]]);
    await ink.press('nowhere at all');
    await vi.waitFor(() => expect(told.mock.calls.at(-1)).toEqual([true]));
    await ink.press(keys.ctrl('u'));
    await vi.waitFor(() => expect(told.mock.calls.at(-1)).toEqual([false]));
  });

  it('draws search, rows and range', async () => {
    const ink = await renderInk(setUp({ initialSelected: ['eu'] }).list, { columns: 80 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                                                           5 of 5 match
      ❯ ☐ Interested in Mountain Biking  9f7d37fd  batch      3 days ago
        ☑ Mountain lovers, EU            25768be6  streaming  today
        · Mountain resort guests         5c1d90aa  batch      today
        ☐ 台北會員 2026                  77aa01bc  batch      today
        ☐ Loyalty Segment                0b1c2d3e  batch      yesterday
        1 selected · 0 hidden"
    `);
  });

  it('keeps columns straight with Chinese names in 60 columns', async () => {
    const ink = await renderInk(setUp().list, { columns: 60 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                                       5 of 5 match
      ❯ ☐ Interested in Mountain Biking  9f7d37fd  batch
        ☐ Mountain lovers, EU            25768be6  streaming
        · Mountain resort guests         5c1d90aa  batch
        ☐ 台北會員 2026                  77aa01bc  batch
        ☐ Loyalty Segment                0b1c2d3e  batch
        0 selected · 0 hidden"
    `);
  });

  it('leaves cells out when there is no room for them', async () => {
    const ink = await renderInk(setUp().list, { columns: 40 });
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                   5 of 5 match
      ❯ ☐ Interested in Mountain Bi…  9f7d37fd
        ☐ Mountain lovers, EU         25768be6
        · Mountain resort guests      5c1d90aa
        ☐ 台北會員 2026               77aa01bc
        ☐ Loyalty Segment             0b1c2d3e
        0 selected · 0 hidden"
    `);
  });

  it('draws in plain letters', async () => {
    const ink = await renderInk(
      <Theme glyphs={asciiGlyphs}>{setUp({ initialSelected: ['eu'] }).list}</Theme>,
      { columns: 80 },
    );
    expect(ink.frame()).toMatchInlineSnapshot(`
      "  Search:                                                           5 of 5 match
      > [ ] Interested in Mountain Biking  9f7d37fd  batch      3 days ago
        [x] Mountain lovers, EU            25768be6  streaming  today
        -   Mountain resort guests         5c1d90aa  batch      today
        [ ] 台北會員 2026                  77aa01bc  batch      today
        [ ] Loyalty Segment                0b1c2d3e  batch      yesterday
        1 selected · 0 hidden"
    `);
  });

  it('filters while typing and never changes the selection by it', async () => {
    const { seen, list } = setUp({ initialSelected: ['loyal'] });
    const ink = await renderInk(list, { columns: 80 });
    await ink.write('mount');
    expect(ink.frame()).toContain('3 of 5 match');
    expect(ink.frame()).toContain('1 selected · 1 hidden');
    await ink.press(keys.down, keys.down, keys.space, keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(['loyal', 'bike']);
  });

  it.each([
    ['space selects the row under the cursor', [keys.space], [['bike']]],
    ['space after typing selects the first match', ['loy', keys.space], [['loyal']]],
    ['letters and space in one chunk do the same', ['loy '], [['loyal']]],
    ['space twice takes it back', [keys.space, keys.space], [['bike'], []]],
    ['arrows of one chunk all count', [keys.down.repeat(3) + keys.space], [['tw']]],
    ['Ctrl+A takes what is shown and can be chosen', ['mount', keys.ctrl('a')], [['eu', 'bike']]],
    ['Ctrl+A twice takes it back', ['mount', keys.ctrl('a'), keys.ctrl('a')], [['eu', 'bike'], []]],
    ['a disabled row is not chosen', [keys.down, keys.down, keys.space], []],
    ['a comma parts words', ['eu,lovers', keys.space], [['eu']]],
    ['a pasted space parts words', [keys.paste('lovers eu'), keys.space], [['eu']]],
    ['Chinese is found', ['台北', keys.space], [['tw']]],
    ['a space that a name goes on with is text', ['loyalty', keys.space, 'seg', keys.space], [['loyal']]],
    ['the second space in a row selects', ['loyalty', keys.space, keys.space], [['loyal']]],
    [
      'a name with spaces in one chunk is text',
      ['interested in mountain', keys.space, keys.space],
      [['bike']],
    ],
    ['hidden search text is found', ['taipei', keys.space], [['tw']]],
    ['cells are found', ['25768', keys.space], [['eu']]],
    [
      'the selection keeps the order of choosing',
      [keys.end, keys.space, keys.home, keys.space],
      [['loyal'], ['loyal', 'bike']],
    ],
  ])('%s', async (_, chunks, wanted) => {
    const { seen, list } = setUp();
    const ink = await renderInk(list);
    await ink.press(...chunks);
    expect(seen.selected.mock.calls.map(([ids]) => ids)).toEqual(wanted);
  });

  it('shows why a row cannot be chosen while the cursor is on it', async () => {
    const ink = await renderInk(setUp().list);
    expect(ink.frame()).not.toContain('wait 20 h');
    await ink.press(keys.down, keys.down);
    expect(ink.frame()).toContain('▲ New: wait 20 h');
  });

  it('clears the filter with Esc before it goes back', async () => {
    const { seen, list } = setUp();
    const ink = await renderInk(list);
    await ink.press('zzz');
    expect(ink.frame()).toContain('Nothing matches.');
    await ink.press(keys.escape);
    expect(seen.backed).not.toHaveBeenCalled();
    expect(ink.frame()).toContain('5 of 5 match');
    await ink.press(keys.escape);
    expect(seen.backed).toHaveBeenCalledOnce();
  });

  it('shows only the selected rows with Tab', async () => {
    const ink = await renderInk(setUp({ initialSelected: ['tw', 'loyal'] }).list);
    await ink.press(keys.tab);
    expect(ink.frame()).toContain('selected only · 2 of 5 match');
    expect(ink.frame()).not.toContain('Mountain');
  });

  it('keeps its height while it is filtered', async () => {
    const ink = await renderInk(setUp().list);
    const before = ink.frame().split('\n').length;
    await ink.press('loyal');
    expect(ink.frame().split('\n').length).toBe(before);
  });

  it('keeps cursor and selection while rows stream in', async () => {
    const { seen, list } = setUp({ rows: rows.slice(0, 2), initialSelected: ['loyal'] });
    const ink = await renderInk(list);
    await ink.press(keys.down);
    const first: ListRow = { id: 'first', label: 'Another one' };
    await ink.rerender(setUp({ rows: [first, ...rows], initialSelected: ['loyal'], ...handlers(seen) }).list);
    await ink.press(keys.space, keys.enter);
    expect(seen.submitted).toHaveBeenLastCalledWith(['loyal', 'eu']);
  });

  it.each([
    ['all of them', 0],
    ['three behind a filter of the owner', 3],
  ])('counts what came and nothing more in every frame while rows stream in: %s', async (_, behind) => {
    const grown = (count: number) =>
      setUp({
        rows: Array.from({ length: count }, (_, at) => ({ id: `s${at}`, label: `Segment ${at}` })),
        total: count + behind,
        isLoading: true,
      }).list;
    const ink = await renderInk(grown(100));
    for (const count of [200, 300, 1000]) await ink.rerender(grown(count));
    const counts = ink
      .frames()
      .map((frame) => /(\d+) of (\d+) match/.exec(frame)?.slice(1).map(Number) ?? []);
    expect(new Set(counts.map(([count]) => count))).toEqual(new Set([100, 200, 300, 1000]));
    for (const [count = 0, total = 0] of some(counts)) expect(total - count).toBe(behind);
  });

  it('gives the row under the cursor in a list for one, and space is text', async () => {
    const { seen, list } = setUp({ mode: 'single' });
    const ink = await renderInk(list);
    await ink.press('lovers', keys.space, 'eu', keys.enter);
    expect(seen.submitted).toHaveBeenCalledExactlyOnceWith(['eu']);
  });

  it('begins at the answer so far in a list for one', async () => {
    const ink = await renderInk(setUp({ mode: 'single', initialSelected: ['tw'] }).list);
    expect(ink.frame()).toMatch(/❯ ✓ 台北會員/);
  });

  it('does not submit a disabled row', async () => {
    const { seen, list } = setUp({ mode: 'single' });
    const ink = await renderInk(list);
    await ink.press('resort', keys.enter);
    expect(seen.submitted).not.toHaveBeenCalled();
  });

  it('says that rows are on the way', async () => {
    const ink = await renderInk(setUp({ rows: [], isLoading: true }).list);
    expect(ink.frame()).toContain('loading…');
  });
});

function handlers(seen: ReturnType<typeof setUp>['seen']) {
  return { onSubmit: seen.submitted, onSelectionChange: seen.selected, onBack: seen.backed };
}
