import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { LineInput, type LineInputEvent } from '../../source/terminal/line-input.ts';

class Source extends EventEmitter {
  isRaw = false;
  setRawMode(isRaw: boolean): void {
    this.isRaw = isRaw;
  }
  resume(): void {
    // Data comes when the test says so.
  }
  pause(): void {
    // As above.
  }
  type(text: string): void {
    this.emit('data', Buffer.from(text));
  }
}

function opened(): { source: Source; input: LineInput } {
  const source = new Source();
  return { source, input: new LineInput(source) };
}

const line = (text: string): LineInputEvent => ({ kind: 'line', text });

describe('lines that are shown', () => {
  it('come one a question, also when they were typed ahead or in pieces', async () => {
    const { source, input } = opened();
    source.type('one\ntwo\nth');
    expect(await input.next()).toEqual(line('one'));
    expect(await input.next()).toEqual(line('two'));
    const third = input.next();
    source.type('ree\n');
    expect(await third).toEqual(line('three'));
  });

  it('hold nothing but text', async () => {
    const { source, input } = opened();
    source.type('a\u001b[Ab\u0007c\n');
    expect(await input.next()).toEqual(line('abc'));
  });

  it.each<[string, string[]]>([
    ['an answer of the terminal', ['a\u001b]11;rgb:1e1e/1e1e/1e1e\u0007b\n']],
    ['one in pieces', ['a\u001b]11;rgb:1e1e', '/1e1e/1e1e\u001b', '\\b\n']],
    ['a position', ['a\u001b[24;80Rb\n']],
    ['the marks around a paste', ['\u001b[200~ab\u001b[201~\n']],
    ['the mark of a paste whose end was lost', ['\u001b[200~ab\n']],
  ])('hold nothing of %s', async (_, typed) => {
    const { source, input } = opened();
    const asking = input.next();
    for (const piece of typed) source.type(piece);
    expect(await asking).toEqual(line('ab'));
  });

  it('end whatever the terminal began and did not end', async () => {
    const { source, input } = opened();
    const asking = input.next();
    source.type('a\u001b]11;rgb:\n');
    expect(await asking).toEqual(line('a'));
    const next = input.next();
    source.type('b\n');
    expect(await next).toEqual(line('b'));
  });

  it('are interrupted by Ctrl+C in its encoded forms', async () => {
    const { source, input } = opened();
    const asking = input.next();
    source.type('a\u001b[99;5u\n');
    expect(await asking).toEqual({ kind: 'interrupt' });
  });

  it('end with the input, for good', async () => {
    const { source, input } = opened();
    const asking = input.next();
    source.emit('end');
    expect(await asking).toEqual({ kind: 'end' });
    expect(await input.next()).toEqual({ kind: 'end' });
  });

  it('are interrupted', async () => {
    const { input } = opened();
    const asking = input.next();
    input.interrupt();
    expect(await asking).toEqual({ kind: 'interrupt' });
  });
});

describe('lines that are not shown', () => {
  it.each<[string, string[], LineInputEvent]>([
    ['end with Enter', ['secret\r'], line('secret')],
    ['are edited by Backspace, a whole character at a time', ['se😀\u007fcret\r'], line('secret')],
    ['begin anew with Ctrl+U', ['wrong\u0015secret\r'], line('secret')],
    ['keep nothing of cursor keys', ['se\u001b[D\u001bOAcret\r'], line('secret')],
    ['keep nothing of a sequence in two pieces', ['se\u001b[', '1;5Dcret\r'], line('secret')],
    ['keep nothing of the marks around a paste', ['\u001b[200~secret\u001b[201~\r'], line('secret')],
    [
      'keep nothing of an answer of the terminal',
      ['se\u001b]11;rgb:', '1e1e\u001b', '\\cret\r'],
      line('secret'),
    ],
    ['end although the end of a paste was lost', ['\u001b[200~secret\r'], line('secret')],
    ['are interrupted by Ctrl+C', ['sec\u0003'], { kind: 'interrupt' }],
    [
      'are interrupted by an encoded Ctrl+C in a paste',
      ['\u001b[200~sec\u001b[27;5;99~'],
      { kind: 'interrupt' },
    ],
    ['end with Ctrl+D where they are empty', ['\u0004'], { kind: 'end' }],
    ['are Chinese too', ['密碼\r'], line('密碼')],
  ])('%s', async (_, typed, wanted) => {
    const { source, input } = opened();
    input.hide(true);
    expect(source.isRaw).toBe(true);
    const asking = input.nextHidden();
    for (const piece of typed) source.type(piece);
    expect(await asking).toEqual(wanted);
    input.hide(false);
    expect(source.isRaw).toBe(false);
  });

  it('take the line ends behind a paste with them', async () => {
    const { source, input } = opened();
    input.hide(true);
    const asking = input.nextHidden();
    source.type('-----END KEY-----\r\r\n\r');
    expect(await asking).toEqual(line('-----END KEY-----'));
    input.hide(false);
    const next = input.next();
    source.type('answer\n');
    expect(await next).toEqual(line('answer'));
  });

  it('leave what came after them for the next question', async () => {
    const { source, input } = opened();
    input.hide(true);
    const asking = input.nextHidden();
    source.type('a\r\nb\rc');
    expect(await asking).toEqual(line('a'));
    expect(await input.nextHidden()).toEqual(line('b'));
    const last = input.nextHidden();
    source.type('\r');
    expect(await last).toEqual(line('c'));
  });
});
