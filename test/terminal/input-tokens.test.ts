import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InputToken, InputTokens, longestPaste } from '../../source/terminal/input-tokens.ts';
import { runs } from '../helpers/soak.ts';

const text = (said: string): InputToken => ({ kind: 'text', text: said });
const key = (sequence: string): InputToken => ({ kind: 'key', sequence });
const paste = (said: string): InputToken => ({ kind: 'paste', text: said });
const escape: InputToken = { kind: 'escape' };
const interrupt: InputToken = { kind: 'interrupt' };

type Piece = string | Buffer | { readonly afterMs: number };

/** What comes of pieces that follow each other at once, or after a pause in which everything that was due happened. */
function readAll(pieces: readonly Piece[], tokens = new InputTokens(), startMs = 0): InputToken[] {
  let nowMs = startMs;
  const read: InputToken[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string' || Buffer.isBuffer(piece)) {
      read.push(...tokens.push(piece, nowMs));
      continue;
    }
    const untilMs = nowMs + piece.afterMs;
    for (;;) {
      const waitMs = tokens.waitMs(nowMs);
      if (waitMs === undefined || nowMs + waitMs > untilMs) break;
      nowMs += waitMs;
      read.push(...tokens.flush(nowMs));
    }
    nowMs = untilMs;
  }
  return melted(read);
}

/** Texts that follow each other are one, however they were cut. */
function melted(tokens: readonly InputToken[]): InputToken[] {
  const whole: InputToken[] = [];
  for (const token of tokens) {
    const last = whole.at(-1);
    if (token.kind === 'text' && last?.kind === 'text')
      whole[whole.length - 1] = text(last.text + token.text);
    else whole.push(token);
  }
  return whole;
}

const strings: readonly [string, string][] = [
  ['OSC', '\u001b]'],
  ['DCS', '\u001bP'],
  ['APC', '\u001b_'],
  ['PM', '\u001b^'],
  ['SOS', '\u001bX'],
  ['OSC of 8 bits', '\u009d'],
  ['DCS of 8 bits', '\u0090'],
  ['APC of 8 bits', '\u009f'],
  ['PM of 8 bits', '\u009e'],
  ['SOS of 8 bits', '\u0098'],
];
const ends: readonly [string, string][] = [
  ['BEL', '\u0007'],
  ['ST', '\u001b\\'],
  ['ST of 8 bits', '\u009c'],
];
const answers = strings.flatMap(([kind, begin]) =>
  ends.map(([how, end]) => [`${kind} ended by ${how}`, `${begin}11;rgb:1e1e/2e2e/3e3e é 密${end}`] as const),
);

describe('answers of the terminal', () => {
  it.each(answers)('%s is swallowed whole', (_, answer) => {
    expect(readAll([`a${answer}b`])).toEqual([text('ab')]);
  });

  it.each(answers)('%s is swallowed in pieces of any size', (_, answer) => {
    for (let cut = 1; cut < answer.length; cut++)
      expect(readAll(['a', answer.slice(0, cut), { afterMs: 20 }, answer.slice(cut), 'b'])).toEqual([
        text('ab'),
      ]);
    expect(readAll(['a', ...answer, 'b'])).toEqual([text('ab')]);
  });

  it.each<[string, string]>([
    ['a position', '\u001b[24;80R'],
    ['a position like a key', '\u001b[1;5R'],
    ['attributes', '\u001b[?62;1;6;22c'],
    ['second attributes', '\u001b[>41;354;0c'],
    ['third attributes', '\u001bP!|00000000\u001b\\'],
    ['a state', '\u001b[0n'],
    ['a mode', '\u001b[?2026;2$y'],
    ['an ANSI mode', '\u001b[4;2$y'],
    ['a size', '\u001b[8;24;80t'],
    ['a version', '\u001bP>|xterm(390)\u001b\\'],
    ['kitty’s flags', '\u001b[?1u'],
    ['focus', '\u001b[I'],
    ['focus lost', '\u001b[O'],
    ['a mouse', '\u001b[<0;10;20M'],
    ['a mouse let go', '\u001b[<0;10;20m'],
    ['a mouse of urxvt', '\u001b[32;10;20M'],
    ['the oldest mouse', '\u001b[M !!'],
    ['a position of 8 bits', '\u009b24;80R'],
    ['the end of a paste alone', '\u001b[201~'],
  ])('%s is no key', (_, answer) => {
    expect(readAll([`a${answer}b`])).toEqual([text('ab')]);
    expect(readAll(['a', ...answer, 'b'])).toEqual([text('ab')]);
  });

  it('are swallowed as raw bytes of 8 bits too', () => {
    const bytes = Buffer.concat([Buffer.from([0x9d]), Buffer.from('11;rgb:é'), Buffer.from([0x9c])]);
    expect(readAll([Buffer.from('密'), bytes, Buffer.from('碼')])).toEqual([text('密碼')]);
    expect(readAll([...bytes].map((byte) => Buffer.from([byte])))).toEqual([]);
  });

  it('are swallowed where their Escape came so early that it was taken for the key', () => {
    expect(readAll(['\u001b', { afterMs: 60 }, ']11;rgb:1e1e/1e1e/1e1e\u0007', 'a'])).toEqual([
      escape,
      text('a'),
    ]);
    expect(readAll(['\u001b', { afterMs: 60 }, '[A'])).toEqual([escape, key('\u001b[A')]);
  });

  it.each(strings)('%s without an end takes no key for ever', (_, begin) => {
    expect(readAll([`${begin}11;rgb:`, { afterMs: 600 }, 'a'])).toEqual([text('a')]);
    expect(readAll([`${begin}11;rgb:`, '\r'])).toEqual([text('\r')]);
    expect(readAll([`${begin}11;rgb:`, '\u0003'])).toEqual([interrupt]);
    expect(readAll([`${begin}11;rgb:`, '\u001b[99;5u'])).toEqual([interrupt]);
    expect(readAll([`${begin}11;rgb:`, '\u001b[A'])).toEqual([key('\u001b[A')]);
  });

  it('without an end give up in time however fast keys come', () => {
    const typed = Array.from({ length: 40 }, () => [{ afterMs: 100 }, 'a']).flat();
    const [heard] = readAll(['\u001b]11;', ...typed]);
    expect(heard?.kind === 'text' && heard.text.length).toBeGreaterThan(15);
  });

  it('without an end give up at a size', () => {
    expect(readAll([`\u001bP${'q'.repeat(100_000)}`, { afterMs: 30 }, 'a'])).toEqual([text('a')]);
  });
});

describe('a paste', () => {
  const begin = '\u001b[200~';
  const end = '\u001b[201~';

  it.each<[string, Piece[], InputToken[]]>([
    ['is one token', [`${begin}a\rb${end}c`], [paste('a\rb'), text('c')]],
    ['comes in pieces', [`a${begin}b`, 'c\r', { afterMs: 300 }, `d${end}`], [text('a'), paste('bc\rd')]],
    ['is marked in 8 bits', ['\u009b200~a\u009b201~'], [paste('a')]],
    ['holds no sequences', [`${begin}a\u001b[31mb\u001b]0;t\u0007c${end}`], [paste('abc')]],
    [
      'is handed on where its end is lost',
      [`${begin}abc`, { afterMs: 1000 }, 'd'],
      [paste('abc'), text('d')],
    ],
    ['is nothing where only its beginning came', [begin, { afterMs: 1000 }, '\r'], [text('\r')]],
    [
      'presses no key with what comes late',
      [`${begin}abc`, { afterMs: 1000 }, `d\re\r${end}`, 'f'],
      [paste('abc'), paste('d\re\r'), text('f')],
    ],
    [
      'hands on what is typed in a burst after a lost end',
      [`${begin}abc`, { afterMs: 1000 }, 'def', { afterMs: 200 }, '\r'],
      [paste('abc'), paste('def'), text('\r')],
    ],
    [
      'is over for good after a while',
      [`${begin}abc`, { afterMs: 7000 }, 'def\r'],
      [paste('abc'), text('def\r')],
    ],
    ['ends where another begins', [`${begin}abc${begin}def${end}`], [paste('abc'), paste('def')]],
    ['keeps a mark in pieces', ['\u001b[20', { afterMs: 200 }, `0~a${end}`], [paste('a')]],
  ])('%s', (_, pieces, wanted) => {
    expect(readAll(pieces)).toEqual(wanted);
  });

  it('without an end gives the keys back in time however fast they come', () => {
    const typed = Array.from({ length: 100 }, () => [{ afterMs: 100 }, 'a']).flat();
    const heard = readAll([`${begin}abc`, ...typed]);
    expect(heard.map(({ kind }) => kind)).toEqual(['paste', 'text']);
  });

  it('is cut at a size', () => {
    const long = 'a'.repeat(longestPaste);
    expect(readAll([begin, long, long, end, 'b'])).toEqual([paste(long), text('b')]);
  });
});

describe('Ctrl+C', () => {
  const forms: readonly [string, string][] = [
    ['as a byte', '\u0003'],
    ['of kitty', '\u001b[99;5u'],
    ['of kitty with its kind of event', '\u001b[99;5:1u'],
    ['of kitty, repeated', '\u001b[99;5:2u'],
    ['of kitty with num lock', '\u001b[99;133u'],
    ['of kitty with caps lock', '\u001b[99;69u'],
    ['of kitty with its shifted form', '\u001b[99:67;5u'],
    ['of kitty on a Cyrillic keyboard', '\u001b[1089::99;5u'],
    ['of kitty with text', '\u001b[99;5;3u'],
    ['of modifyOtherKeys', '\u001b[27;5;99~'],
    ['of kitty in 8 bits', '\u009b99;5u'],
  ];
  it.each(forms)('%s is heard', (_, form) => {
    expect(readAll([form])).toEqual([interrupt]);
    expect(readAll([`ab${form}cd`])).toEqual([text('ab'), interrupt, text('cd')]);
  });

  it.each(forms)('%s is heard inside a paste', (_, form) => {
    expect(readAll(['\u001b[200~abc', form])).toEqual([interrupt]);
    expect(readAll([`\u001b[200~abc${form}`])).toEqual([interrupt]);
    expect(readAll([`\u001b[200~abc${form}d\u001b[201~`])).toEqual([interrupt, paste('abcd')]);
    expect(readAll(['\u001b[200~abc', { afterMs: 1000 }, form])).toEqual([paste('abc'), interrupt]);
  });

  it.each<[string, string, InputToken[]]>([
    ['let go is none', '\u001b[99;5:3u', [key('\u001b[99;5:3u')]],
    ['with Shift is another key', '\u001b[99;6u', [key('\u001b[99;6u')]],
    ['is not C alone', '\u001b[99u', [key('\u001b[99u')]],
    ['is not Ctrl+D', '\u001b[27;5;100~', [key('\u001b[100;5u')]],
  ])('%s', (_, typed, wanted) => {
    expect(readAll([typed])).toEqual(wanted);
  });
});

describe('keys', () => {
  it.each<[string, Piece[], InputToken[]]>([
    ['send sequences', ['a\u001b[A\u001bOBb'], [text('a'), key('\u001b[A'), key('\u001bOB'), text('b')]],
    ['send them in pieces', ['\u001b', '[', '1', ';', '5', 'D'], [key('\u001b[1;5D')]],
    ['send them of the Linux console', ['\u001b[[A'], [key('\u001b[[A')]],
    ['send them of rxvt', ['\u001b[3$'], [key('\u001b[3$')]],
    ['send them with Alt', ['\u001b\u001b[A'], [key('\u001b\u001b[A')]],
    ['are Alt with a letter', ['\u001ba\u001b密'], [key('\u001ba'), key('\u001b密')]],
    ['are Escape after a moment', ['\u001b', { afterMs: 60 }, 'a'], [escape, text('a')]],
    ['are Escape twice', ['\u001b\u001b', { afterMs: 60 }], [escape, escape]],
    ['are Escape before another', ['\u001b\u001ba'], [escape, key('\u001ba')]],
    ['of which only a beginning came are none', ['\u001b[1;', { afterMs: 200 }, 'a'], [text('a')]],
    ['that are broken are none', ['\u001b[1;é\r'], [text('é\r')]],
    ['are signs in pieces', [...Buffer.from('é密😀')].map((byte) => Buffer.from([byte])), [text('é密😀')]],
    ['are stray bytes', [Buffer.from([0x61, 0xff, 0x62])], [text('a\ufffdb')]],
  ])('%s', (_, pieces, wanted) => {
    expect(readAll(pieces)).toEqual(wanted);
  });
});

it('whatever comes, what is pressed a while later is heard', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(...strings.map(([, begin]) => begin), ...ends.map(([, end]) => end)),
    fc.constantFrom(
      '\u001b',
      '\u001b[',
      '\u001b[200~',
      '\u001b[201~',
      '\u001bO',
      '\u001b[M',
      '\u001b[1;',
      '\u009b',
    ),
    fc.integer({ min: 0, max: 900 }).map((afterMs) => ({ afterMs })),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const tokens = new InputTokens();
      readAll(pieces, tokens);
      // Far behind everything that may be waited for.
      readAll([{ afterMs: 10_000 }], tokens, 100_000);
      expect(readAll(['\u0003', 'x', '\r'], tokens, 200_000)).toEqual([interrupt, text('x\r')]);
    }),
    { numRuns: runs(150) },
  );
});
