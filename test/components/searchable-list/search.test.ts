import { findSimilar, lettersOf } from '../../../source/components/searchable-list/similar.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  reduceSearchableList,
  startSearchableList,
} from '../../../source/components/searchable-list/searchable-list-state.ts';
import {
  indexRows,
  longestQuery,
  type SearchIndex,
  matchSpans,
  queryWords,
  search,
  typedQuery,
} from '../../../source/components/searchable-list/search.ts';
import {
  fitAround,
  measureRows,
  shareColumns,
} from '../../../source/components/searchable-list/searchable-list-layout.ts';
import { some } from '../../helpers/some.ts';

describe('queryWords', () => {
  it.each([
    ['', []],
    ['Mountain', ['mountain']],
    ['mountain, eu', ['mountain', 'eu']],
    ['會員，台北、高', ['會員', '台北', '高']],
    [' ,, ', []],
  ])('parts %j', (query, words) => {
    expect(queryWords(query)).toEqual(words);
  });
});

describe('matchSpans', () => {
  it.each([
    ['Mountain', 'tain', 'Moun[tain]'],
    ['Mountain', 'MO', '[Mo]untain'],
    ['台北會員', '北會', '台[北會]員'],
    ['banana', 'an', 'b[anan]a'],
    ['a.b', '.', 'a[.]b'],
    ['two words', 'words,two', '[two] [words]'],
    ['İstanbul', 'stan', 'İstanbul'],
    ['nothing', '', 'nothing'],
    ['', 'x', ''],
  ])('marks %j for %j', (text, query, wanted) => {
    const spans = matchSpans(text, query);
    expect(spans.map((span) => (span.isMatch ? `[${span.text}]` : span.text)).join('')).toBe(wanted);
  });
});

describe('indexRows', () => {
  const counted = (id: string) => ({
    id,
    hint: 'Bee',
    reads: 0,
    get label() {
      this.reads++;
      return id.toUpperCase();
    },
  });
  const [a, b, c] = [counted('a'), counted('b'), counted('c')];
  const signOf = new Map(['a', 'b', 'c'].map((sign) => [lettersOf(sign), sign]));
  const textsOf = ({ rows, beside, letters }: SearchIndex): readonly string[] => {
    expect(beside).toHaveLength(letters.length);
    return rows.map((_, at) => `${signOf.get(letters[at] ?? 0)}\n${beside[at]}`);
  };

  it('reads a row once while its list grows', () => {
    const first = indexRows([a]);
    const before = a.reads;
    const second = indexRows([a, b], first);
    expect(textsOf(second)).toEqual(['a\nbee', 'b\nbee']);
    expect(textsOf(first)).toEqual(['a\nbee']);
    expect(a.reads).toBe(before);
  });

  it('holds two lists apart that grew from one', () => {
    const first = indexRows([a]);
    const [second, third] = [indexRows([a, b], first), indexRows([a, c, b], first)];
    expect([first, second, third].map(textsOf)).toEqual([
      ['a\nbee'],
      ['a\nbee', 'b\nbee'],
      ['a\nbee', 'c\nbee', 'b\nbee'],
    ]);
  });

  it('finds only rows of the list as it is, when others went on from it', () => {
    const first = indexRows([a]);
    indexRows([a, b], first);
    expect(search(first, 'bee').shown).toEqual([0]);
  });

  it('follows rows that change places, and rows that go', () => {
    const first = indexRows([a, b, c]);
    expect(textsOf(indexRows([c, a], first))).toEqual(['c\nbee', 'a\nbee']);
    expect(textsOf(indexRows([a, b], first))).toEqual(['a\nbee', 'b\nbee']);
  });
});

describe('search', () => {
  const names = [
    'Interested in Mountain Biking',
    'Loyalty Segment',
    '台北會員',
    'Mountain savers',
    'Batch one',
  ];
  const index = indexRows(names.map((label, at) => ({ id: String(at), label, searchText: `id${at}` })));

  it('finds by whatever capitals a name and its id have', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...'abÄäİißß漢Σσς 1-'), maxLength: 6 }), { maxLength: 8 }),
        fc.string({ unit: fc.constantFrom(...'abÄäİi漢Σσς1-.$(\\'), minLength: 1, maxLength: 3 }),
        (labels, query) => {
          const rows = labels.map((label, at) => ({ id: `ID${at}`, label, searchText: `X${label.length}Y` }));
          const folded = (text: string): string =>
            text.toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ');
          const word = folded(query);
          const held = rows.flatMap(({ label, searchText }, at) =>
            folded(label).includes(word) || folded(searchText).includes(word) ? [at] : [],
          );
          expect(search(indexRows(rows), query).held).toEqual(held);
        },
      ),
      { numRuns: 300 },
    );
  });

  const found = (query: string): string[] => (search(index, query).shown ?? []).map((at) => names[at] ?? '');

  it.each([
    ['mountain', ['Mountain savers', 'Interested in Mountain Biking']],
    ['id3', ['Mountain savers']],
    ['mntbik', ['Interested in Mountain Biking']],
    ['mountian', ['Mountain savers', 'Interested in Mountain Biking']],
    ['loylty', ['Loyalty Segment']],
    ['台員', ['台北會員']],
    ['zzz', []],
    ['x', []],
  ])('%j finds what holds it, then what is like it', (query, wanted) => {
    expect(found(query)).toEqual(wanted);
  });

  const cards = [
    { id: 'ac', label: 'Adobe Campaign', cells: ['S3, SFTP with Password'] },
    { id: 'el', label: 'Oracle Eloqua', cells: ['SFTP with Password'] },
    { id: 're', label: 'Oracle Responsys', cells: ['SFTP with Password'] },
    { id: 'sx', label: 'SFTP archive', cells: ['key'] },
    { id: 'my', label: 'My SFTP', cells: ['key'] },
    { id: 'sf', label: 'SFTP', cells: ['basic'] },
  ];
  const cardsFound = (query: string): string[] =>
    (search(indexRows(cards), query).shown ?? []).map((at) => cards[at]?.id ?? '');

  it.each([
    ['what is called so, begins so, holds it, and what only a hint holds', 'sftp', 'sf sx my ac el re'],
    ['the same for letters of it', 'sft', 'sx sf my ac el re'],
    ['a name that goes on', 'sftp arch', 'sx'],
    ['hints in their order', 'password', 'ac el re'],
    ['two slips in a long word', 'respnsis', 're'],
    ['no more than two', 'rspnsis', ''],
    ['no two slips in a short one', 'sfpt', 'sf sx my'],
  ])('puts first %s', (_, query, wanted) => {
    expect(cardsFound(query).join(' ')).toBe(wanted);
  });

  it('shows the same, whatever was typed on the way', () => {
    const words = fc.array(fc.constantFrom('ab', 'b', 'abc', 'ca', 'a b'), { minLength: 1, maxLength: 2 });
    const rows = fc.array(words, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        rows,
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 5 }),
        (all, query) => {
          const list = all.map((parts, at) => ({ id: String(at), label: parts[0] ?? '', hint: parts[1] }));
          const start = startSearchableList({ mode: 'single', height: 5, rows: list });
          const typed = [...query].reduce(
            (state, text) => reduceSearchableList(state, { type: 'typed', text }),
            start,
          );
          expect(typed.shown).toEqual(search(indexRows(list), query).shown);
        },
      ),
    );
  });

  it('tells the rows that hold the query from those that are like it', () => {
    const { shown, exact } = search(index, 'sav');
    expect(exact).toBe(1);
    expect(shown?.[0]).toBe(3);
  });

  it('marks the letters that are alike', () => {
    const marked = matchSpans('Mountain Biking', 'mntbik', true)
      .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
      .join('');
    expect(marked).toBe('[M]ou[nt]ain [Bik]ing');
  });
});

describe('a hint that is too long', () => {
  it.each([
    ['shows its beginning', [], 'S3, SFTP w…'],
    ['shows its beginning where the word is there', ['s3'], 'S3, SFTP w…'],
    ['shows the word that found it', ['azure'], '…Azure Blob'],
    ['shows as much as fits before the word', ['blob'], '…Azure Blob'],
    ['shows the word where not all fits behind it', ['password'], '…Password,…'],
  ])('%s', (_, words, wanted) => {
    expect(fitAround('S3, SFTP with Password, Azure Blob', 11, '…', words)).toBe(wanted);
  });
});

describe('shareColumns', () => {
  const natural = { label: 30, cells: [8, 9, 10] };
  it.each([
    [80, { label: 30, cells: [8, 9, 10] }],
    [60, { label: 30, cells: [8, 9] }],
    [50, { label: 29, cells: [8, 9] }],
    [20, { label: 10, cells: [8] }],
    [10, { label: 10, cells: [] }],
    [0, { label: 1, cells: [] }],
  ])('shares %i columns', (width, wanted) => {
    const { label, cells } = shareColumns(natural, width);
    expect({ label, cells }).toEqual(wanted);
    expect(label + cells.reduce((sum, cell) => sum + cell + 2, 0)).toBeLessThanOrEqual(Math.max(1, width));
  });

  it('measures columns by what they take on screen', () => {
    expect(
      measureRows([
        { id: '1', label: '台北', hint: 'é' },
        { id: '2', label: 'abc', cells: ['', 'x'] },
      ]),
    ).toEqual({
      label: 4,
      cells: [1, 1],
    });
  });
});

describe('a query without an end', () => {
  /** What nearly fits, in more ways than there is time for. */
  const almost = Array.from({ length: 300 }, (_, at) => ({
    id: String(at),
    label: `${'a'.repeat(300)} ${'aa bb ab '.repeat(30)}${at}`,
  }));
  const index = indexRows(almost);

  it.each([
    ['1,000 equal letters', 'a'.repeat(1000)],
    ['20,000 letters', 'a'.repeat(20_000)],
    ['100 kB', 'xyz '.repeat(25_000)],
    ['many words', 'aaa aab aba baa bbb bba bab abb'],
    ['words parted by anything', 'aa-aa-aa-aa-aa-aa-aa-aa-aa-aaz'],
    ['letters that nearly fit', `${'a'.repeat(30)}z`],
    ['quotes', "'".repeat(30)],
    ['signs of an expression', '((((.*)+)+)+)+$'],
    ['emoji', '😀'.repeat(500)],
    ['a letter that changes its length', 'İ'.repeat(30)],
  ])('of %s is answered, and marked', (_, query) => {
    const { shown, exact } = search(index, typedQuery('', query));
    expect(shown?.length ?? almost.length).toBeGreaterThanOrEqual(exact);
    for (const { label } of some(almost.slice(0, 20)))
      expect(
        matchSpans(label, query, true)
          .map(({ text }) => text)
          .join(''),
      ).toBe(label);
  });

  it('is cut, never inside a sign', () => {
    expect(typedQuery('ab', 'c')).toBe('abc');
    expect(typedQuery('a', 'b'.repeat(100_000))).toHaveLength(longestQuery);
    expect(typedQuery('a', '😀'.repeat(500)).isWellFormed()).toBe(true);
    expect(queryWords('a b '.repeat(100_000))).toEqual(['a', 'b']);
  });

  it('is looked for no longer than there is time', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({ id: String(at), label: `mountain ${at}` }));
    const all = findSimilar(indexRows(rows), 'mountian');
    let askedMs = 0;
    const some = findSimilar(indexRows(rows), 'mountian', undefined, () => (askedMs += 60));
    expect(all).toHaveLength(5000);
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(5000);
  });
});
