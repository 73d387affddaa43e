import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBytes, readLines, readText, readTextNow } from '../../source/ground/read-file.ts';
import { freshFolder } from '../helpers/folders.ts';

const most = { mostBytes: 1000 };
const pipe = { ...most, mayBePipe: true, silentMs: 60 };

/** What a name may lead to. */
const places: Record<string, (file: string) => void> = {
  nothing: () => undefined,
  'a file': (file) => writeFileSync(file, 'all of it\n'),
  'an empty file': (file) => writeFileSync(file, ''),
  'a file with a mark': (file) => writeFileSync(file, '\ufeffall of it\n'),
  'a file as large as may be': (file) => writeFileSync(file, 'x'.repeat(1000)),
  'a file one larger': (file) => writeFileSync(file, 'x'.repeat(1001)),
  'a file of 40 GB': (file) => {
    writeFileSync(file, '');
    truncateSync(file, 40e9);
  },
  'a folder': (file) => mkdirSync(file),
  'a pipe nobody writes to': (file) => execFileSync('mkfifo', [file]),
  'a link to a pipe': (file) => {
    execFileSync('mkfifo', [`${file}-pipe`]);
    symlinkSync(`${file}-pipe`, file);
  },
  'a device without an end': (file) => symlinkSync('/dev/zero', file),
  'a device with nothing in it': (file) => symlinkSync('/dev/null', file),
};

function at(place: string): string {
  const file = path.join(freshFolder(), 'it');
  places[place]?.(file);
  return file;
}
const orCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? `: ${String(error.code)}` : 'thrown';
const short = (text: string): string => (text.length > 99 ? `${text.length} signs` : text);

describe('what is read of', () => {
  it.each([
    ['nothing', ': ENOENT', ': ENOENT'],
    ['a file', 'all of it\n', 'all of it\n'],
    ['an empty file', '', ''],
    ['a file with a mark', 'all of it\n', 'all of it\n'],
    ['a file as large as may be', '1000 signs', '1000 signs'],
    ['a file one larger', ': TOO_LARGE', ': TOO_LARGE'],
    ['a file of 40 GB', ': TOO_LARGE', ': TOO_LARGE'],
    ['a folder', ': EISDIR', ': EISDIR'],
    ['a pipe nobody writes to', ': NOT_A_FILE', ': SILENT'],
    ['a link to a pipe', ': NOT_A_FILE', ': SILENT'],
    ['a device without an end', ': NOT_A_FILE', ': TOO_LARGE'],
    ['a device with nothing in it', ': NOT_A_FILE', ''],
  ])('%s', async (place, asFile, asPipe) => {
    const file = at(place);
    expect(await readText(file, most).then(short, orCode)).toBe(asFile);
    expect(await readText(file, pipe).then(short, orCode)).toBe(asPipe);
    const now = (): string => {
      try {
        return short(readTextNow(file, most));
      } catch (error) {
        return orCode(error);
      }
    };
    expect(now()).toBe(asFile);
  });

  it('a pipe is all that is written to it, however late', async () => {
    const file = at('a pipe nobody writes to');
    const reading = readBytes(file, { ...pipe, silentMs: 30_000 });
    const writer = spawn('sh', ['-c', 'exec 3>"$0"; printf one >&3; sleep 0.2; printf two >&3', file]);
    expect((await reading).toString()).toBe('onetwo');
    expect(writer.pid).toBeDefined();
  });

  it('a pipe without an end is not read for ever', async () => {
    const file = at('a pipe nobody writes to');
    const writer = spawn('sh', ['-c', 'exec yes >"$0" 2>/dev/null', file]);
    expect(await readBytes(file, { ...pipe, silentMs: 30_000 }).then(String, orCode)).toBe(': TOO_LARGE');
    writer.kill();
  });
});

describe('lines of', () => {
  async function linesOf(file: string, mostBytes = 1000): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of readLines(file, { mostBytes })) lines.push(line);
    return lines;
  }

  it.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['\none\r\n\ntwo', ['', 'one\r', '', 'two']],
    // No other sign ends one.
    ['a\u2028b\u0085c\n', ['a\u2028b\u0085c']],
  ])('a file: %j', async (text, lines) => {
    const file = at('nothing');
    writeFileSync(file, text);
    expect(await linesOf(file)).toEqual(lines);
  });

  it('a file that is larger than what is read at once, with signs of several bytes', async () => {
    const lines = Array.from({ length: 50_000 }, (_, at) => `${at} 漢字 ${'é'.repeat(at % 7)}`);
    const file = at('nothing');
    writeFileSync(file, `${lines.join('\n')}\n`);
    expect(await linesOf(file)).toEqual(lines);
  });

  it.each([
    ['nothing', 'ENOENT'],
    ['a folder', 'EISDIR'],
    ['a pipe nobody writes to', 'NOT_A_FILE'],
    // Of one without an end no more is held than a line may have.
    ['a file of 40 GB', 'TOO_LARGE'],
  ])('%s: %s', async (place, code) => {
    await expect(linesOf(at(place))).rejects.toMatchObject({ code });
  });
});
