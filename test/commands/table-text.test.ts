import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../source/components/text/width.ts';
import { tableLines } from '../../source/commands/console/table-text.ts';

describe('a table of a command', () => {
  it.each([
    [
      'aligns its columns',
      [
        ['a', 'x'],
        ['long', 'y'],
      ],
      ['a     x', 'long  y'],
    ],
    [
      'counts two cells a Chinese character',
      [
        ['區隔', 'x'],
        ['abc', 'y'],
      ],
      ['區隔  x', 'abc   y'],
    ],
    [
      'has no space at the line ends',
      [
        ['a', undefined],
        ['b', 'y'],
      ],
      ['a', 'b  y'],
    ],
    ['keeps a row in a line', [['a\nb', 'x']], ['a b  x']],
  ])('%s', (_, rows, lines) => {
    expect(tableLines(rows, 0)).toEqual(lines);
  });

  it('is not made wide by one long name, which stays whole', () => {
    const rows = [
      ['a', 'x'],
      ['n'.repeat(65_536), 'y'],
    ];
    const [short = '', long = ''] = tableLines(rows, 0);
    expect(short.length).toBeLessThan(200);
    expect(long).toBe(`${'n'.repeat(65_536)}  y`);
  });

  const rows = [
    ['id', 'name', 'destination', 'next'],
    ['71f46ccf-2f96-4fb5-94b8-394c7435d0af', 'CRM weekly', 'Adobe Campaign', '27 Nov 2026 14:00 UTC'],
    ['529d65cc-d029-4d1b-bb0a-e485f1dc61aa', '會員 週報', 'SFTP', '–'],
  ];

  it('puts below the others what has no room beside them, in columns still', () => {
    expect(tableLines(rows, 60)).toEqual([
      'id                                    name',
      '    destination     next',
      '71f46ccf-2f96-4fb5-94b8-394c7435d0af  CRM weekly',
      '    Adobe Campaign  27 Nov 2026 14:00 UTC',
      '529d65cc-d029-4d1b-bb0a-e485f1dc61aa  會員 週報',
      '    SFTP            –',
    ]);
  });

  it('is one line a row in a terminal that is wide enough, and where it goes elsewhere', () => {
    expect(tableLines(rows, 100)).toEqual(tableLines(rows, 0));
    expect(tableLines(rows, 0)).toHaveLength(3);
  });

  it('fits into any terminal, with nothing lost', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 130 }),
        fc.array(
          fc.array(fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,5}$/), { minLength: 3, maxLength: 3 }),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        (columns, table) => {
          const lines = tableLines(table, columns);
          for (const one of lines) expect(displayWidth(one)).toBeLessThanOrEqual(columns);
          const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
          expect(words(lines.join(' ')).sort()).toEqual(words(table.flat().join(' ')).sort());
        },
      ),
    );
  });
});
