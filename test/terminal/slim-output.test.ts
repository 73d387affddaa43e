import headless from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slim, slimStream } from '../../source/terminal/slim-output.ts';
import { runs } from '../helpers/soak.ts';

/** What a terminal shows after these writes: every cell with its look. */
async function shown(writes: readonly string[]): Promise<string[]> {
  const terminal = new headless.Terminal({ cols: 200, rows: 8, allowProposedApi: true, scrollback: 0 });
  for (const one of writes) await new Promise<void>((resolve) => terminal.write(one, resolve));
  const { active } = terminal.buffer;
  return Array.from({ length: 8 }, (_, y) => {
    const line = active.getLine(y);
    return Array.from({ length: 200 }, (_, x) => {
      const cell = line?.getCell(x);
      const chars = cell?.getChars() ?? '';
      // A space and a cell that was never written look the same.
      const look = [cell?.isUnderline(), cell?.isInverse(), cell?.getBgColor()].join();
      return `${chars === '' ? ' ' : chars}${chars.trim() === '' ? look : `${look},${cell?.getFgColor()},${cell?.isDim()},${cell?.isBold()}`}`;
    }).join('|');
  });
}

/** Parts of a line as Ink writes it. */
const tones = ['36', '39', '2', '22', '1', '22'].map((code) => `\u001b[${code}m`);
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('abc', '   ', '          ', '台北', 'x      y', 'name  '.padEnd(20)),
  },
  { weight: 2, arbitrary: fc.constantFrom(...tones) },
  fc.constantFrom('\u001b[4m  a      b\u001b[24m', '\u001b[7m      \u001b[27m', '\u001b[4m\u001b[24m'),
);
/** Tones never go beyond the end of a line; a line that changed is erased from where it did. */
const line = fc
  .tuple(
    fc.constantFrom('', '\u001b[5G\u001b[K', '\u001b[1G\u001b[K'),
    fc.array(part, { maxLength: 6 }),
    fc.constantFrom('\r\n', '\u001b[E', '\u001b[E\u001b[E\u001b[E'),
  )
  .map(([begin, parts, end]) => `${begin}${parts.join('')}\u001b[22m\u001b[39m${end}`);
const frame = fc
  .tuple(fc.constantFrom('', '\u001b[E', '\u001b[2E', '\u001b[5E'), fc.array(line, { maxLength: 6 }))
  .map(([down, lines]) => `\u001b[5;1H\u001b[3A${down}${lines.join('')}`);

describe('a frame in fewer bytes', () => {
  it('draws the same cells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 4 }), async (frames) => {
        expect(await shown(frames.map(slim))).toEqual(await shown(frames));
      }),
      { numRuns: runs(200) },
    );
  });

  it.each([
    ['steps down', '\u001b[E\u001b[E\u001b[E', '\u001b[3E'],
    ['a way round by the last line', '\u001b[20B\u001b[1G\u001b[23A\u001b[E\u001b[Ea', '\u001b[Fa'],
    ['a way up that goes down again', '\u001b[23A\u001b[4E\u001b[Ea', '\u001b[18Fa'],
    ['a line feed to a line that stays as it is', 'a\n\u001b[2E\u001b[16Gb', 'a\u001b[3E\u001b[16Gb'],
    ['a line feed to one that changes, not', 'a\n\rb\n', 'a\nb\n'],
    ['the same where it leads nowhere', '\u001b[20B\u001b[1G\u001b[23A\u001b[3Ea', '\ra'],
    ['a return after a step down', 'a\n\rb\u001b[E\rc\r\n\r\nd', 'a\nb\u001b[Ec\r\n\r\nd'],
    ['a tone of nothing', '\u001b[K\u001b[2m\u001b[22mb', '\u001b[Kb'],
    ['a tone that ends another', '\u001b[K\u001b[2m\u001b[39mb', '\u001b[K\u001b[2;39mb'],
    ['a gap with a tone in it', '\u001b[Ka        \u001b[2m  b', '\u001b[Ka\u001b[10C\u001b[2mb'],
    ['colours of many numbers', '\u001b[38;5;1m\u001b[1ma', '\u001b[38;5;1m\u001b[1ma'],
    ['a gap after an erasure', '\u001b[5G\u001b[Kab        cd', '\u001b[5G\u001b[Kab\u001b[8Ccd'],
    ['a gap on a line that was not erased', 'ab        cd', 'ab        cd'],
    ['an underlined gap', '\u001b[K\u001b[4m        \u001b[24mx', '\u001b[K\u001b[4m        \u001b[24mx'],
  ])('%s', (_, given, wanted) => {
    expect(slim(given)).toBe(wanted);
  });
});

it('begins without what was echoed, where a terminal has no other screen', async () => {
  const written: string[] = [];
  const stdout = { write: (chunk: string) => written.push(chunk) } as unknown as NodeJS.WriteStream;
  slimStream(stdout).write('\u001b[?1049h');
  slimStream(stdout).write('ferry');
  const heard = written.map((one) => one.replace('\u001b[?1049h', ''));
  expect(await shown(['optional questions', ...heard])).toEqual(await shown(['ferry']));
});
