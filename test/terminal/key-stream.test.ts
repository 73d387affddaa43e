import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { KeyStream } from '../../source/terminal/key-stream.ts';

/** Pieces that a reader of keys gets, once there are so many. */
async function piecesOf(stream: KeyStream, count: number): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of stream) {
    pieces.push(String(piece));
    if (pieces.length === count) break;
  }
  return pieces;
}

it('gives every key alone, and nothing that the terminal says', async () => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  terminal.write('a\u001b]11;rgb:1e1e\u0007b\u001b[A\u001b[24;80R\u001b[200~c\rd\u001b[201~\u001b[99;5u');
  expect(await piecesOf(stream, 5)).toEqual(['a', 'b', '\u001b[A', '\u001b[200~c\rd\u001b[201~', '\u0003']);
});

it('counts the reads, and says which of them brought a piece', async () => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  expect(stream.readNumber).toBe(0);
  const seen: [string, number][] = [];
  stream.on('data', (piece) => seen.push([String(piece), stream.readNumber]));
  terminal.write('p\u001b[D\r');
  await vi.waitFor(() => expect(seen).toHaveLength(3));
  terminal.write('\u001b[D\u001b[Dy');
  await vi.waitFor(() => expect(seen).toHaveLength(6));
  expect(seen).toEqual([
    ...['p', '\u001b[D', '\r'].map((piece) => [piece, 1]),
    ...['\u001b[D', '\u001b[D', 'y'].map((piece) => [piece, 2]),
  ]);
});

it('tells of focus, which is no key', async () => {
  const terminal = new PassThrough();
  const told: boolean[] = [];
  const stream = new KeyStream(terminal, (is) => told.push(is));
  terminal.write('a\u001b[Ob\u001b[Ic');
  expect(await piecesOf(stream, 3)).toEqual(['a', 'b', 'c']);
  expect(told).toEqual([false, true]);
});

it('gives Escape and what follows it apart, and a paste whose end was lost', async () => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  const pieces = piecesOf(stream, 2);
  terminal.write('\u001b');
  // Nothing else comes: only time ends it.
  const [escape] = await Promise.all([pieces, later(terminal, stream)]);
  expect(escape).toEqual(['\u001b[27u', '\u001b[200~abc\u001b[201~']);
});

/** The beginning of a paste, once the Escape before it was understood. */
async function later(terminal: PassThrough, stream: KeyStream): Promise<void> {
  await new Promise((resolve) => stream.once('readable', resolve));
  terminal.write('\u001b[200~abc');
}

it('hears a terminal that an earlier one has given back', async () => {
  const terminal = new PassThrough();
  new KeyStream(terminal).close();
  const stream = new KeyStream(terminal);
  terminal.write('a');
  expect(await piecesOf(stream, 1)).toEqual(['a']);
});

it('gives the terminal back when it is closed', () => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  stream.close();
  expect(terminal.listenerCount('data')).toBe(0);
  expect(terminal.isPaused()).toBe(true);
});

it.each(['\u001bOP', '\u001b[11~', '\u001b[[A', '\u001b[P', '\u001b[57364u'])(
  'gives F1 as the one key that readers of keys can tell: %j',
  async (sent) => {
    const terminal = new PassThrough();
    const stream = new KeyStream(terminal);
    terminal.write(`${sent}a`);
    expect(await piecesOf(stream, 2)).toEqual(['\u001b?', 'a']);
  },
);

it.each<[string, string, (readonly string[])[]]>([
  ['two Enters', '\r\r', [['\r'], ['\r']]],
  ['Enter, down and Enter', '\r\u001b[B\r', [['\r'], ['\u001b[B'], ['\r']]],
  ['an answer by a letter, and Enter', 'y\r\n', [['y'], ['\r\n']]],
  ['a key that is held', '\u001b[B\u001b[B\u001b[B\r', [['\u001b[B', '\u001b[B', '\u001b[B'], ['\r']]],
  ['Escape twice', '\u001b[27u\u001b[27u', [['\u001b[27u'], ['\u001b[27u']]],
  ['text with its Enter', 'abc\r', [['abc\r']]],
  ['lines that may be a paste', 'a\rb\r', [['a\rb\r']]],
])('gives %s of one chunk a turn each', async (_, chunk, wanted) => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  const turns: string[][] = [];
  stream.on('readable', () => {
    const turn: string[] = [];
    for (let piece: unknown; (piece = stream.read()) !== null;) turn.push(String(piece));
    if (turn.length > 0) turns.push(turn);
  });
  terminal.write(chunk);
  await vi.waitFor(() => expect(turns.flat().join('')).toBe(chunk));
  expect(turns).toEqual(wanted);
  stream.close();
});

it('hands on what has come before the terminal ended', async () => {
  const terminal = new PassThrough();
  const stream = new KeyStream(terminal);
  terminal.end('\r\u001b[B\r');
  const pieces: string[] = [];
  for await (const piece of stream) pieces.push(String(piece));
  expect(pieces).toEqual(['\r', '\u001b[B', '\r']);
});
