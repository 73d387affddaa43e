import { describe, expect, it } from 'vitest';
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
    expect(tableLines(rows)).toEqual(lines);
  });

  it('is not made wide by one long name, which stays whole', () => {
    const [short = '', long = ''] = tableLines([
      ['a', 'x'],
      ['n'.repeat(65_536), 'y'],
    ]);
    expect(short.length).toBeLessThan(200);
    expect(long).toBe(`${'n'.repeat(65_536)}  y`);
  });
});
