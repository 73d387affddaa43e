import headless from '@xterm/headless';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import lineUpdate from '../../scripts/line-update.ts';
import { apart } from '../../scripts/string-width.mjs';
import { runs } from '../helpers/soak.ts';

const columns = 40;

/** What a terminal shows of the line after these writes: every cell with its look, and where the next line begins. */
async function shown(...writes: readonly string[]): Promise<string[]> {
  const terminal = new headless.Terminal({ cols: columns, rows: 3, allowProposedApi: true, scrollback: 0 });
  for (const one of writes) await new Promise<void>((resolve) => terminal.write(one, resolve));
  const { active } = terminal.buffer;
  const line = active.getLine(0);
  const cells = Array.from({ length: columns }, (_, x) => {
    const cell = line?.getCell(x);
    const chars = cell?.getChars() === '' && cell.getWidth() === 1 ? ' ' : cell?.getChars();
    const look = [cell?.isUnderline(), cell?.isInverse(), cell?.isStrikethrough(), cell?.getBgColor()].join();
    return chars === ' ' ? look : `${chars}${look},${cell?.getFgColor()},${cell?.isDim()},${cell?.isBold()}`;
  });
  return [...cells, `${active.cursorY}`];
}

const sign = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('a', 'b', '18:00', 'failed 1 h ago', '✓', '✗', '❯') },
  { weight: 4, arbitrary: fc.constantFrom(' ', '  ', '      ') },
  { weight: 2, arbitrary: fc.constantFrom('台', '北北') },
  fc.constantFrom('e\u0301', '👩‍🚀', '한', '\u0e33', '☑\ufe0f'),
);
const toned = fc
  .tuple(
    fc.constantFrom(
      ['', ''],
      ['2', '22'],
      ['1;36', '22;39'],
      ['31', '39'],
      ['1;2', '22'],
      ['4', '24'],
      ['7', '27'],
      ['9;31', '29;39'],
      ['38;5;12', '39'],
      ['48;2;1;2;3', '49'],
      ['41', '0'],
      ['1', ''],
    ),
    fc.array(sign, { maxLength: 4 }),
  )
  .map(([[begin, end], signs]) =>
    begin === '' ? signs.join('') : `\u001b[${begin}m${signs.join('')}\u001b[${end}m`,
  );
const fits = (text: string): boolean => stringWidth(apart(text)) <= columns;
const line = fc.array(toned, { maxLength: 5 }).map((parts) => parts.join(''));

/** Changed in its middle, as a row is whose neighbours have much in common with it; no longer than Ink lets it be. */
const pair = fc
  .oneof(
    fc.tuple(line, line),
    fc
      .tuple(line, line, line, line)
      .map(([begin, one, other, end]) => [begin + one + end, begin + other + end]),
  )
  .filter((lines) => lines.every(fits));

describe('a line that changed', () => {
  it('has the cells that it has when it is written whole', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([previous = '', next = '']) => {
        const update = `${lineUpdate(previous, next, columns)}\r\n`;
        expect(await shown(previous, update)).toEqual(await shown(`${next}\r\n`));
        expect(Buffer.byteLength(update)).toBeLessThanOrEqual(Buffer.byteLength(`\r\u001b[K${next}\r\n`));
      }),
      { numRuns: runs(500) },
    );
  });

  it.each([
    ['nothing where only what nobody sees is other', 'a \u001b[2m \u001b[22mb', 'a  b', ''],
    ['only what is other', 'failed 1 h ago  18:00', 'failed 7 h ago  18:00', '\u001b[8G7'],
    ['a step over what is the same', 'abcdefghijkl', 'Xbcdefghijkl'.replace('l', 'Y'), '\rX\u001b[10CY'],
    ['what is the same where a step is longer', 'abcd', 'XbcY', '\rXbcY'],
    ['an erasure where the end is gone', 'a long line of words', 'a line', '\r\u001b[Ka line'],
    ['no spaces at its end', 'a line   b', 'a line', '\u001b[7G\u001b[K'],
    ['each tone once', '  a b', '\u001b[1m\u001b[36m❯\u001b[39m\u001b[22m a b', '\r\u001b[1;36m❯\u001b[m'],
    [
      'a colour in the place of another',
      '  x y',
      '\u001b[36m❯ \u001b[31m✗ \u001b[my',
      '\r\u001b[36m❯ \u001b[31m✗\u001b[m',
    ],
    ['whole, from where cells cannot be counted', 'name x', 'name 👩‍🚀', '\u001b[5G\u001b[K 👩‍🚀'],
    ['what cannot be counted not at all where it stays', 'a name 👩‍🚀', 'b name 👩‍🚀', '\rb'],
  ])('writes %s', (_, previous, next, wanted) => {
    expect(lineUpdate(previous, next, columns)).toBe(wanted);
  });

  it('is written whole where the width is not known', () => {
    expect(lineUpdate('a', 'b', undefined)).toBe('\r\u001b[Kb');
  });
});
