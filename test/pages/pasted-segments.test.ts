import { describe, expect, it } from 'vitest';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { segment as parse } from '../../source/flow-service/segments.ts';
import { english } from '../../source/locale/catalogs.ts';
import { isPastedList, pastedSegments, pastedText } from '../../source/pages/content/pasted-segments.ts';
import { SegmentRows } from '../../source/pages/content/segment-rows.ts';

const dayS = 86_400;
const nowMs = Date.parse('2026-12-01T09:00:00Z');
const id = (digit: string): string => `00000000-0000-4000-8000-00000000000${digit}`;
const made = (days: number): number => nowMs / 1000 - days * dayS;
const segments = [
  parse.parse({ id: id('1'), name: 'Loyalty Segment', creationTime: made(90), updateTime: made(3) }),
  parse.parse({ id: id('2'), name: 'Hikers, 台北', creationTime: made(40) }),
  parse.parse({ id: id('3'), name: 'Twice', creationTime: made(5), updateTime: made(0) }),
  parse.parse({ id: id('4'), name: 'twice' }),
  parse.parse({ id: id('5'), name: 'Planned', lifecycleState: 'Draft' }),
  parse.parse({ id: id('6'), name: 'Off', lifecycleState: 'inactive' }),
];

describe('a pasted list', () => {
  it.each([
    [['loyal'], false],
    [['Loyalty Segment'], false],
    [['a', 'b'], true],
    [['a, b'], true],
    [['a、b'], true],
    [['a\tb'], true],
  ])('%j is one: %s', (lines, wanted) => {
    expect(isPastedList(lines)).toBe(wanted);
  });

  it.each<[string, string[], string[], string[], string[], string[]]>([
    ['ids, a line each', [id('1'), id('2')], [id('1'), id('2')], [], [], []],
    ['names in any case, in quotes', ['"LOYALTY segment"', ' hikers, 台北 '], [id('1'), id('2')], [], [], []],
    ['one line with commas', [`${id('2')}, Loyalty Segment`], [id('2'), id('1')], [], [], []],
    ['id and name of one side by side', [`${id('1')},Loyalty Segment`], [id('1')], [], [], []],
    ['what is not there', ['Loyalty Segment', 'Nobody', 'Nobody'], [id('1')], ['Nobody'], [], []],
    ['a name that two have', ['Twice', 'Loyalty Segment'], [id('1')], [], ['Twice'], []],
    ['what cannot be exported', ['Planned', 'Off', id('1')], [id('1')], [], [], ['Planned', 'Off']],
  ])('means %s', (_, lines, ids, missing, ambiguous, unready) => {
    expect(pastedSegments(lines, segments)).toEqual({ ids, missing, ambiguous, unready });
  });

  it('is something to search for where nothing is called so', () => {
    expect(pastedSegments(['loyal, hik'], segments)).toBeUndefined();
  });

  it('names what was not found, and says so where more are coming', () => {
    const found = pastedSegments(['Loyalty Segment', 'A', 'B'], segments);
    if (!found) throw new Error('nothing was found');
    expect(pastedText(found, true, english)).toEqual(['1 of the list selected.', 'Not found: A, B.']);
    expect(pastedText(found, false, english)[1]).toMatch(/so far.*: A, B\.$/);
  });
});

describe('a row of a segment', () => {
  const rowsBy = (order: 'listed' | 'changed' | 'name') =>
    new SegmentRows({ text: english, glyphs: unicodeGlyphs, nowMs, zone: 'UTC', order }).of(segments);

  it.each([
    ['listed', ['created 90 d ago', 'created 40 d ago', 'created 5 d ago']],
    ['changed', ['changed 3 d ago', 'changed 40 d ago', 'changed today']],
    ['name', ['changed 3 d ago', 'changed 40 d ago', 'changed today']],
  ] as const)('tells, sorted as %s, the date that it is sorted by', (order, wanted) => {
    expect(
      rowsBy(order)
        .map(({ cells }) => cells[0])
        .slice(0, 3),
    ).toEqual(wanted);
  });

  it('marks a draft and one that is switched off, and says why they cannot be chosen', () => {
    const rows = rowsBy('listed');
    expect(rows.map(({ cells }) => cells[1]).slice(3)).toEqual(['', '▲ draft', '▲ inactive']);
    expect(rows.map(({ disabled }) => disabled !== undefined)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(rows[4]?.disabled).toMatch(/publish/);
    expect(rows[5]?.disabled).toMatch(/activate/);
  });
});
