import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptOf, tell, tellAll, tellColumns } from '../../source/commands/console/wrap-said.ts';
import { some } from '../helpers/some.ts';
import { displayWidth } from '../../source/components/text/width.ts';

/** A terminal of so many columns; without any a pipe. */
class Screen extends Writable {
  written = '';
  readonly isTTY: boolean;
  constructor(
    readonly columns?: number,
    readonly rows?: number,
  ) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
  }
  override _write(chunk: string, _: BufferEncoding, done: () => void): void {
    this.written += chunk;
    done();
  }
}

const told = (text: string, columns?: number): string => {
  const screen = new Screen(columns);
  tell(screen, text);
  return screen.written;
};
const english =
  'Give the source of the secret, not the secret itself: where it stands, or how it is asked for.';
const chinese = '此處需要機密的來源，而不是機密本身：請說明存放的位置，或由程式在執行時向您詢問這個機密。';

// living.md 2, D1
describe('what a first line says of all', () => {
  const lines = ['1 segment removed', '  - segment: Hikers', `  ~ name: ${english}`];
  const shown = (columns?: number, rows?: number): string[] => {
    const screen = new Screen(columns, rows);
    tellAll(screen, lines);
    return screen.written.trimEnd().split('\n');
  };

  it.each([
    ['a terminal that has a row to spare', 120, 4, false],
    ['one that has just as many rows, and the next question below', 120, 3, true],
    ['a narrow one, where lines become more', 40, 5, true],
    ['a pipe', undefined, undefined, false],
  ])('stands below it once more where it may be out of sight: %s', (_, columns, rows, isAgain) => {
    const all = shown(columns, rows);
    expect(all[0]).toBe(lines[0]);
    expect(all.slice(1).includes(lines[0] ?? '')).toBe(isAgain);
    expect(all.at(-1) === lines[0]).toBe(isAgain);
  });

  it('counts what is asked below them', () => {
    const screen = new Screen(120, 6);
    tellAll(screen, lines, 4);
    expect(screen.written.trimEnd().split('\n').at(-1)).toBe(lines[0]);
  });

  it('is nothing of nothing', () => {
    const screen = new Screen(80, 1);
    tellAll(screen, []);
    expect(screen.written).toBe('');
  });
});

describe('a sentence of a command', () => {
  it('is broken between words, below its beginning', () => {
    expect(told(`  ${english}`, 40)).toBe(
      '  Give the source of the secret, not the\n    secret itself: where it stands, or\n    how it is asked for.\n',
    );
  });

  it('goes on below its words where a sign stands before them, and is as wide as there is room', () => {
    expect(told(`  ✗ ${english}`, 40).split('\n').slice(0, 2)).toEqual([
      '  ✗ Give the source of the secret, not',
      '    the secret itself: where it stands,',
    ]);
    expect(told(`  $.destination.auth.params.s3SecretKey is wrong`, 40)).toBe(
      '  $.destination.auth.params.s3SecretKey\n    is wrong\n',
    );
  });

  it('goes on below where it lined up with others, with its id as a whole', () => {
    const id = '529d65cc-d029-4d1b-bb0a-e485f1dc61aa';
    expect(told(`✓ Source connection                  442 ms ${id}`, 40)).toBe(
      `✓ Source connection  442 ms\n  ${id}\n`,
    );
    expect(told(`  dataflow ${id}`, 40)).toBe(`  dataflow\n    ${id}\n`);
  });

  it.each([
    ['ferry runs 7fa65d3c --follow', 60],
    ['npm start -- runs 7fa65d3c --follow', 60],
    ['npx ferry plan check crm.plan.json', 60],
    ['node dist/cli.js apply crm.plan.json --yes', 64],
    ['npm --prefix /srv/ferry start -- resume 40fcb632', 74],
  ])('keeps a command on one line: %s', (command, columns) => {
    const lines = told(`            next 28 Nov 2026 02:00 UTC · since then: ${command}`, columns).split(
      '\n',
    );
    expect(lines.filter((one) => one.includes(command))).toHaveLength(1);
    expect(told(`In ${command} all is said once more, as it was.`, columns)).toMatch(/^In /);
  });

  it('of help goes on below its second column', () => {
    const screen = new Screen(50);
    tellColumns(screen, '  --plan-folder FOLDER  the only folder that plans are read from\nferry [PLAN]');
    expect(screen.written).toBe(
      '  --plan-folder FOLDER  the only folder that plans\n                        are read from\nferry [PLAN]\n',
    );
  });

  it.each([
    [
      '  --secret WHERE  keystore: the key store of\n                  the system, or prompt',
      41,
      '  --secret WHERE  keystore: the key store\n                  of the system, or\n                  prompt',
    ],
    [
      '  --secret WHERE  keystore：系統的鑰匙圈、prompt：\n                  啟動時詢問，\n                  或其他',
      42,
      '  --secret WHERE  keystore：系統的鑰匙圈、\n                  prompt：啟動時詢問，或其\n                  他',
    ],
    [
      '  --yes           answer yes to all\n                  and ask nothing',
      36,
      '  --yes           answer yes to all\n                  and ask nothing',
    ],
  ])('of help flows through the lines that it goes on in: %s', (said, columns, wanted) => {
    const screen = new Screen(columns);
    tellColumns(screen, said);
    expect(screen.written).toBe(`${wanted}\n`);
  });

  it('of help is as it is where it does not go to a terminal', () => {
    const screen = new Screen();
    const said = `  --yes  ${english}\n\n${' '.repeat(30)}${english}`;
    tellColumns(screen, said);
    expect(screen.written).toBe(`${said}\n`);
  });

  it('is whole where it does not go to a terminal', () => {
    expect(told(english)).toBe(`${english}\n`);
  });

  it.each([english, chinese, `  $.destination.auth.params.secretKey  ${english}`])(
    'fits, with nothing lost and no word broken: %s',
    (sentence) => {
      fc.assert(
        fc.property(fc.integer({ min: 40, max: 120 }), (columns) => {
          const lines = told(sentence, columns).trimEnd().split('\n');
          for (const line of lines) {
            expect(displayWidth(line)).toBeLessThanOrEqual(columns);
            // No line begins with a sign that ends something.
            expect(line.trimStart()).not.toMatch(/^[，。：]/);
          }
          const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
          if (sentence !== chinese) expect(words(lines.join('\n'))).toEqual(words(sentence));
          else expect(lines.map((line) => line.trim()).join('')).toBe(sentence);
        }),
      );
    },
  );

  it.each([
    [
      'in its last column, where that has room',
      '  1  keystore   the key store of this system',
      40,
      ['  1  keystore   the key store of this', '                system'],
    ],
    [
      'below its row, where it has none',
      '✓ Dataflow      3096e174-2723-4207-a7ea-858fb444a199  removed',
      60,
      ['✓ Dataflow      3096e174-2723-4207-a7ea-858fb444a199', '    removed'],
    ],
    [
      'nowhere, where all of it fits',
      '✓ Dataflow      3096e174-2723-4207  removed',
      60,
      ['✓ Dataflow      3096e174-2723-4207  removed'],
    ],
  ])('that stands in columns is broken %s', (_, row, columns, wanted) => {
    expect(told(row, columns).trimEnd().split('\n')).toEqual(wanted);
    expect(told(row)).toBe(`${row}\n`);
  });

  it('is printed in no other way by any command', () => {
    const root = path.join(import.meta.dirname, '..', '..', 'source', 'commands');
    const bare = some(globSync('**/*.{ts,tsx}', { cwd: root })).filter((file) =>
      /\bline\(\s*[\w.]+,\s*(?:`[^`]*)?(?:streams\.)?text\(/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    expect(bare).toEqual([]);
  });
});

describe('a question', () => {
  it('is asked in its last line, with room for the answer', () => {
    const question = 'Apply all of these plans to sandbox "dev" on platform.adobe.io? Type "yes": ';
    const { above, prompt } = promptOf(new Screen(40), question);
    expect([...above, prompt].join(' ').replaceAll(/ +/g, ' ')).toBe(question);
    expect(above.length).toBeGreaterThan(0);
    expect(prompt).toMatch(/: $/);
    expect(promptOf(new Screen(), question)).toEqual({ above: [], prompt: question });
  });
});
