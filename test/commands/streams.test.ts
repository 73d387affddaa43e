import { Writable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json, jsonRows, jsonWithRows } from '../../source/commands/console/streams.ts';

/** A stream that keeps what is written, and is full until it is let go on. */
class Slow extends Writable {
  written = '';
  goOn: () => void = () => undefined;

  constructor() {
    super({ highWaterMark: 1, decodeStrings: false });
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.written += chunk;
    this.goOn = done;
  }
}

class Fast extends Slow {
  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    this.written += chunk;
    done();
  }
}

async function* pagesOf<Item>(...pages: Item[][]): AsyncGenerator<Item[]> {
  for (const page of pages) {
    await Promise.resolve();
    yield page;
  }
}
const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a document that is written row by row', () => {
  it('is the document that is written at once, to the byte', async () => {
    const row = fc.dictionary(
      fc.constantFrom('id', 'name', 'a\u202eb'),
      fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(undefined), fc.array(fc.string())),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 3 }), { maxLength: 4 }), async (pages) => {
        const [streamed, whole] = [new Fast(), new Fast()];
        await jsonRows(streamed, pagesOf(...pages), 2, () => undefined);
        json(whole, pages.flat(), 2);
        expect(streamed.written).toBe(whole.written);
      }),
    );
  });

  it('is the same of an object with a long list', async () => {
    const row = fc.dictionary(
      fc.constantFrom('id', 'a\u202eb'),
      fc.oneof(fc.string(), fc.array(fc.string())),
    );
    const members = fc.dictionary(fc.constantFrom('since', 'absent'), fc.oneof(fc.string(), fc.array(row)));
    await fc.assert(
      fc.asyncProperty(members, fc.array(row, { maxLength: 4 }), async (head, rows) => {
        const [streamed, whole] = [new Fast(), new Fast()];
        await jsonWithRows(streamed, head, 'runs', rows, (one) => one);
        json(whole, { ...head, runs: rows }, 2);
        expect(streamed.written).toBe(whole.written);
      }),
    );
  });

  it('asks for no page while the last one is not taken', async () => {
    const slow = new Slow();
    let asked = 0;
    async function* counted(): AsyncGenerator<object[]> {
      for (const page of [[{ a: 1 }], [{ a: 2 }], [{ a: 3 }]]) {
        asked++;
        await Promise.resolve();
        yield page;
      }
    }
    const writing = jsonRows(slow, counted(), 0, () => undefined);
    for (let turn = 0; turn < 20; turn++) await tick();
    expect(asked).toBe(1);
    slow.goOn();
    for (let turn = 0; turn < 20; turn++) await tick();
    expect(asked).toBe(2);
    slow.goOn();
    for (let turn = 0; turn < 20; turn++) await tick();
    slow.goOn();
    await writing;
    slow.goOn();
    expect(JSON.parse(slow.written)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  it.each([
    ['before the first row', [], '', 0],
    ['after a row', [[{ a: 1 }]], '[\n{"a":1}', 1],
  ])('stays open when what it is made of fails %s', async (_, pages, wanted, begun) => {
    const fast = new Fast();
    let count = 0;
    async function* failing(): AsyncGenerator<object[]> {
      yield* pagesOf(...pages);
      throw new Error('gone');
    }
    await expect(jsonRows(fast, failing(), 0, () => count++)).rejects.toThrow('gone');
    expect(fast.written).toBe(wanted);
    expect(count).toBe(begun);
  });
});
