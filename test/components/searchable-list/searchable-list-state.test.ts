import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListRow } from '../../../source/components/searchable-list/search.ts';
import {
  countHidden,
  countShown,
  cursorRow,
  reduceSearchableList,
  type SearchableListEvent,
  type SearchableListState,
  shownRow,
  startSearchableList,
} from '../../../source/components/searchable-list/searchable-list-state.ts';
import { meeting } from '../../helpers/some.ts';

function rowsNamed(...labels: readonly string[]): readonly ListRow[] {
  return labels.map((label) => ({ id: label, label }));
}

const letters = rowsNamed('alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta');

function run(events: readonly SearchableListEvent[], start: Partial<SearchableListState> = {}) {
  const state = { ...startSearchableList({ mode: 'multi', height: 3, rows: letters }), ...start };
  return events.reduce(reduceSearchableList, state);
}

function shownIds(state: SearchableListState): readonly (string | undefined)[] {
  return Array.from({ length: countShown(state) }, (_, position) => shownRow(state, position)?.id);
}

describe('the row to begin at', () => {
  const start = startSearchableList({
    mode: 'multi',
    height: 3,
    rows: letters.slice(0, 2),
    cursorId: 'zeta',
  });
  const arrived: SearchableListEvent = { type: 'rows-arrived', rows: letters };
  const at = (...events: readonly SearchableListEvent[]): string | undefined =>
    cursorRow(events.reduce(reduceSearchableList, start))?.id;

  it('is gone to once it arrives', () => {
    expect(at()).toBe('alpha');
    expect(at({ type: 'rows-arrived', rows: letters.slice(0, 4) })).toBe('alpha');
    expect(at(arrived)).toBe('zeta');
    expect(at({ type: 'resized', height: 2 }, arrived)).toBe('zeta');
    // It was gone to: what comes later finds the cursor where the person has left it.
    expect(at(arrived, { type: 'moved', by: -1 }, { type: 'rows-arrived', rows: [...letters] })).toBe(
      'epsilon',
    );
  });

  it.each<SearchableListEvent>([
    { type: 'moved', by: 1 },
    { type: 'typed', text: 'a' },
    { type: 'toggled' },
    { type: 'moved-to-edge', edge: 'first' },
  ])('is not gone to by itself any more after %j', (event) => {
    expect(at(event, arrived)).toBe(at(event));
  });
});

describe('a range', () => {
  const selected = (events: readonly SearchableListEvent[], start?: Partial<SearchableListState>) => [
    ...run(events, start).selected,
  ];
  const down = { type: 'extended', by: 1 } as const;

  it('grows with the cursor, from where it stands', () => {
    expect(selected([down, down])).toEqual(['alpha', 'beta', 'gamma']);
    expect(
      selected([
        { type: 'moved', by: 2 },
        { type: 'extended', by: -1 },
      ]),
    ).toEqual(['beta', 'gamma']);
  });

  it('goes from the row that was chosen last to the cursor, either way', () => {
    const toggled = { type: 'toggled' } as const;
    expect(selected([toggled, { type: 'moved', by: 3 }, { type: 'ranged' }])).toEqual([
      'alpha',
      'beta',
      'gamma',
      'delta',
    ]);
    expect(
      selected([{ type: 'moved', by: 3 }, toggled, { type: 'moved', by: -2 }, { type: 'ranged' }]),
    ).toEqual(['delta', 'beta', 'gamma']);
  });

  it('takes only what is shown and can be chosen', () => {
    const rows = [
      ...rowsNamed('a1', 'b', 'a2'),
      { id: 'a3', label: 'a3', disabled: 'no' },
      ...rowsNamed('a4'),
    ];
    const state = startSearchableList({ mode: 'multi', height: 3, rows, query: 'a' });
    const events: SearchableListEvent[] = [
      { type: 'toggled' },
      { type: 'moved-to-edge', edge: 'last' },
      { type: 'ranged' },
    ];
    expect([...events.reduce(reduceSearchableList, state).selected]).toEqual(['a1', 'a2', 'a4']);
  });

  it('is nothing without a beginning, or where its beginning is out of sight', () => {
    expect(selected([{ type: 'moved', by: 2 }, { type: 'ranged' }])).toEqual([]);
    expect(selected([{ type: 'toggled' }, { type: 'typed', text: 'zeta' }, { type: 'ranged' }])).toEqual([
      'alpha',
    ]);
  });
});

describe('reduceSearchableList', () => {
  it.each<[string, readonly SearchableListEvent[], string, number]>([
    ['moves down', [{ type: 'moved', by: 2 }], 'gamma', 0],
    ['pulls the window along', [{ type: 'moved', by: 3 }], 'delta', 1],
    ['stops at the end', [{ type: 'moved', by: 99 }], 'zeta', 3],
    ['stops at the beginning', [{ type: 'moved', by: -1 }], 'alpha', 0],
    ['pages with one row in sight', [{ type: 'moved-page', by: 1 }], 'gamma', 0],
    ['jumps to the end', [{ type: 'moved-to-edge', edge: 'last' }], 'zeta', 3],
    [
      'goes to the first match',
      [
        { type: 'moved', by: 5 },
        { type: 'typed', text: 'eta' },
      ],
      'beta',
      0,
    ],
    [
      'stays on its row when the filter is cleared',
      [{ type: 'typed', text: 'zet' }, { type: 'filter-cleared' }],
      'zeta',
      3,
    ],
    [
      'stays on its row when rows arrive before it',
      [
        { type: 'moved', by: 1 },
        { type: 'rows-arrived', rows: [...rowsNamed('new', 'newer'), ...letters] },
      ],
      'beta',
      2,
    ],
    [
      'stays on its line, and new rows above it are above what is drawn',
      [
        { type: 'moved', by: 2 },
        { type: 'moved', by: -2 },
        { type: 'rows-arrived', rows: [...rowsNamed('new', 'newer'), ...letters] },
      ],
      'alpha',
      2,
    ],
    [
      'shows what comes above while nobody has done anything',
      [{ type: 'rows-arrived', rows: [...rowsNamed('new', 'newer'), ...letters] }],
      'new',
      0,
    ],
    [
      'stays in bounds when rows go',
      [
        { type: 'moved-to-edge', edge: 'last' },
        { type: 'rows-arrived', rows: letters.slice(0, 2) },
      ],
      'beta',
      0,
    ],
    [
      'keeps the cursor in sight when the terminal gets lower',
      [
        { type: 'moved', by: 2 },
        { type: 'resized', height: 1 },
      ],
      'gamma',
      2,
    ],
  ])('%s', (_, events, cursor, top) => {
    const state = run(events);
    expect(cursorRow(state)?.id).toBe(cursor);
    expect(state.top).toBe(top);
  });

  it.each<[string, string, readonly string[]]>([
    ['one word', 'eta', ['beta', 'zeta']],
    ['any case', 'ETA', ['beta', 'zeta']],
    ['every word of several', 'eta,z', ['zeta']],
    ['nothing', 'x', []],
    ['only commas, which is no filter', ',', ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']],
  ])('finds %s', (_, query, wanted) => {
    expect(shownIds(run([{ type: 'typed', text: query }]))).toEqual(wanted);
  });

  it('finds the same letter by letter, and after erasing, as at once', () => {
    const typed = [...'eta,z'].map((text): SearchableListEvent => ({ type: 'typed', text }));
    expect(shownIds(run([...typed, { type: 'erased' }, { type: 'erased' }]))).toEqual(['beta', 'zeta']);
  });

  it('hides chosen rows without giving them up', () => {
    const state = run([{ type: 'toggled' }, { type: 'typed', text: 'beta' }, { type: 'toggled' }]);
    expect([...state.selected]).toEqual(['alpha', 'beta']);
    expect(countHidden(state)).toBe(1);
  });

  it('keeps a row in sight that was just given up among the selected', () => {
    const state = run([{ type: 'toggled' }, { type: 'toggled-only-selected' }, { type: 'toggled' }]);
    expect(shownIds(state)).toEqual(['alpha']);
    expect(state.selected.size).toBe(0);
  });

  it('lets a row be given up that became unavailable', () => {
    const rows = [{ id: 'a', label: 'a', disabled: 'no' }];
    const start = startSearchableList({ mode: 'multi', height: 3, rows, selected: ['a'] });
    const given = reduceSearchableList(start, { type: 'toggled' });
    expect(given.selected.size).toBe(0);
    expect(reduceSearchableList(given, { type: 'toggled' }).selected.size).toBe(0);
  });
});

const rowsArbitrary = fc
  .uniqueArray(
    fc.record({ id: fc.string({ minLength: 1, maxLength: 3 }), label: fc.string({ maxLength: 6 }) }),
    {
      selector: (row) => row.id,
      maxLength: 30,
    },
  )
  .chain((rows) =>
    fc
      .array(fc.option(fc.constant('closed'), { nil: undefined }), {
        minLength: rows.length,
        maxLength: rows.length,
      })
      .map((reasons) => rows.map((row, at) => ({ ...row, disabled: reasons[at] }))),
  );

const eventArbitrary: fc.Arbitrary<SearchableListEvent> = fc.oneof(
  fc.record({ type: fc.constant('typed' as const), text: fc.string({ maxLength: 3, unit: 'grapheme' }) }),
  fc.constantFrom<SearchableListEvent>(
    { type: 'erased' },
    { type: 'filter-cleared' },
    { type: 'toggled' },
    { type: 'toggled-all-shown' },
    { type: 'toggled-only-selected' },
    { type: 'moved-page', by: 1 },
    { type: 'moved-page', by: -1 },
    { type: 'moved-to-edge', edge: 'last' },
    { type: 'moved-to-edge', edge: 'first' },
  ),
  fc.record({ type: fc.constant('moved' as const), by: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ type: fc.constant('resized' as const), height: fc.integer({ min: -1, max: 40 }) }),
  fc.record({ type: fc.constant('rows-arrived' as const), rows: rowsArbitrary }),
);

describe('any events on any rows', () => {
  it('keep the cursor on a row and in sight, and choose only rows that there were and that may be chosen', () => {
    meeting(['a choice', 'nothing shown'], (meet) =>
      fc.assert(
        fc.property(rowsArbitrary, fc.array(eventArbitrary, { maxLength: 40 }), (rows, events) => {
          let state = startSearchableList({ mode: 'multi', height: 5, rows });
          const selectable = new Set(rows.filter((row) => row.disabled === undefined).map((row) => row.id));
          for (const event of events) {
            if (event.type === 'rows-arrived') {
              for (const row of event.rows) {
                if (row.disabled === undefined) {
                  selectable.add(row.id);
                }
              }
            }
            const before = state;
            state = reduceSearchableList(state, event);
            const count = countShown(state);
            const isKept =
              event.type === 'rows-arrived' &&
              !before.follows &&
              cursorRow(before)?.id === cursorRow(state)?.id &&
              state.top > 0 &&
              state.top + state.height < count;
            // The line that the eye is on stays where it is, where there is as much above and below it.
            if (isKept) expect(state.cursor - state.top).toBe(before.cursor - before.top);
            if (count === 0) meet('nothing shown');
            if (state.selected.size > 0) meet('a choice');
            expect(state.cursor).toBeGreaterThanOrEqual(0);
            expect(state.cursor).toBeLessThanOrEqual(Math.max(0, count - 1));
            expect(state.top).toBeLessThanOrEqual(state.cursor);
            expect(state.cursor).toBeLessThan(state.top + state.height);
            expect(state.top === 0 || state.top + state.height <= count).toBe(true);
            expect([...state.selected].filter((id) => !selectable.has(id))).toEqual([]);
            if (event.type !== 'toggled' && event.type !== 'toggled-all-shown') {
              expect(state.selected).toBe(before.selected);
            }
          }
        }),
      ),
    );
  });

  it('shows what a search from scratch would show', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.array(fc.string({ maxLength: 2 }), { maxLength: 5 }), (rows, texts) => {
        const typed = texts.reduce(
          (state, text) => reduceSearchableList(state, { type: 'typed', text }),
          startSearchableList({ mode: 'multi', height: 5, rows }),
        );
        const fresh = startSearchableList({ mode: 'multi', height: 5, rows, query: texts.join('') });
        expect(shownIds(typed)).toEqual(shownIds(fresh));
      }),
    );
  });
});

describe('100,000 rows', () => {
  it('find a Chinese word among them, and keep what was selected and is hidden', () => {
    const rows = Array.from({ length: 100_000 }, (_, at): ListRow => ({
      id: `id-${at}`,
      label: `Segment ${at} ${at % 1000 === 0 ? '台北' : ''}`,
    }));
    const start = startSearchableList({ mode: 'multi', height: 15, rows, selected: ['id-5', 'id-77'] });
    const found = [...'台北'].reduce(
      (state, text) => reduceSearchableList(state, { type: 'typed', text }),
      start,
    );
    expect(countShown(found)).toBe(100);
    expect(countHidden(found)).toBe(2);
    expect([...found.selected]).toEqual(['id-5', 'id-77']);
  });
});
