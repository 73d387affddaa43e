import { cleanText } from './clean.ts';

/**
 * What this process must never say: tokens, client secrets, the secrets of a sign-in. Whoever fetches one tells it
 * here before it is sent; what a server says afterwards is looked through for it, in whatever way it was written.
 *
 * There is one such list a process, as there is one environment and one memory a secret can be in.
 */
const known = new Map<string, Known>();

interface Known {
  /** As it may stand in a text that was read the same way: in clear, and in base64 at each of its alignments. */
  readonly forms: readonly string[];
  /** Pieces of the longer ones, of one length: a server may cut what it repeats. */
  readonly pieces: ReadonlySet<string>;
}

export const hidden = '[redacted]';

/** Shorter ones cannot be told from words, and what is only letters from longer ones. UTF-16 units. */
const shortest = 4;
const isShortWord = (secret: string): boolean => /^[A-Za-z]{0,5}$/.test(secret);
/** A piece this long is no accident, UTF-16 units. */
const pieceLength = 12;
/** An answer that is no refusal is worked with: a secret that is a word must not change it. */
const isWord = (secret: string): boolean => secret.length < 8 || /^[A-Za-z]+$/.test(secret);

/** Tells of a secret that will be sent. */
export function knowSecret(secret: string): void {
  if (known.has(secret) || isShortWord(secret)) return;
  const clean = cleanText(secret);
  // What looks like an escape in it is none once all of it was escaped; a form of a web page writes a blank as a plus.
  const texts = [clean, clean.trim().replaceAll(' ', '+')].flatMap((one) => {
    const solid = one.replaceAll(/[\s\\]/g, '');
    return [plainOf(one).text, solid, plainOf(solid).text];
  });
  if (texts.every((text) => text.length < shortest)) return;
  const forms = [...new Set([...texts, ...base64Of(secret)])].filter((form) => form.length >= shortest);
  // The first and the last line of a key are the same for everybody.
  const own = forms.flatMap((form) => form.split(/-----(?:BEGIN|END)[^-]*-----/));
  const pieces = own.flatMap((form) =>
    Array.from({ length: Math.max(0, form.length - pieceLength + 1) }, (_, at) =>
      form.slice(at, at + pieceLength),
    ),
  );
  known.set(secret, { forms, pieces: new Set(pieces) });
  leastRun = Math.min(
    leastRun,
    ...forms.map((form) => (unwritten.test(form) ? 0 : Math.min(form.length, pieceLength))),
  );
}

/** Forgets them all, for tests. */
export function forgetSecrets(): void {
  known.clear();
  leastRun = pieceLength;
}

/** What nobody writes in a text, and what stands for bytes that are no sign. */
const unwritten = /[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/;

/**
 * How many signs of what is known, or of a piece of it, stand beside each other at least, in whatever way they were
 * written; 0 where that cannot be said. Bytes that hold no such run of signs hold no secret: most of what only looks
 * as if it was written in letters ends there.
 */
let leastRun = pieceLength;

/**
 * What a shared access signature is wherever it is met, though nobody was told of it: from its version or its signature
 * on to the end of the query, also escaped as in an address or in JSON.
 */
const signature =
  /(?:(?<![a-z])|(?<=%[\da-f]{2}|\\u00[\da-f]{2}))(?:sig(?:=|%(?:25)*3d|\\+u003d)|sv(?:=|%(?:25)*3d|\\+u003d)\d{4}-\d\d-\d\d)[^\s"'<>]*/gi;

/** Where something stands in a text: from its first UTF-16 unit to behind its last. */
export type Range = readonly [from: number, to: number];

/** A text of a server, or of whatever has read one, without the secrets that are known, and without signatures. */
export const withoutSecrets = (text: string): string => withoutRanges(text, secretsIn(text));

/** Nobody reads more of what a server says of a refusal. UTF-16 units. */
const mostSaid = 20_000;
/** What is looked through beyond it and left out: a secret may stand where it was cut. */
const beyondSaid = 4096;

/** The same of what a server says for people, which may have no end: its beginning, where it is longer than anybody reads. */
export function saidWithoutSecrets(text: string): string {
  if (text.length <= mostSaid) return withoutSecrets(text);
  const looked = withoutSecrets(text.slice(0, mostSaid));
  return `${looked.slice(0, Math.max(0, looked.length - beyondSaid))}…`;
}

/** Where secrets that are known, and signatures, stand in a text. */
export const secretsIn = (text: string): Range[] => [...rangesOf(signature, text), ...knownIn(text)];

/** Where a pattern finds something in a text, or where a value stands in it, also where it overlaps itself. */
export function rangesOf(what: RegExp | string, text: string): Range[] {
  if (typeof what !== 'string')
    return [...text.matchAll(what)].map(({ index, 0: found }) => [index, index + found.length]);
  const ranges: Range[] = [];
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1))
    ranges.push([at, at + what.length]);
  return ranges;
}

/**
 * A text without what stands in these places. All of them are looked for in the text as it was: what was hidden for
 * one reason must not keep the rest from being found.
 */
export function withoutRanges(text: string, ranges: readonly Range[]): string {
  let said = '';
  let copied = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from > copied || (from === copied && !said.endsWith(hidden)))
      said += text.slice(copied, from) + hidden;
    copied = Math.max(copied, to);
  }
  return said + text.slice(copied);
}

function knownIn(text: string): Range[] {
  if (known.size === 0 || text.length < shortest) return [];
  return knownInPlain(wholeOf(text), mostCodings);
}

/** What was written in letters more often than this is nobody's accident. */
const mostCodings = 3;

/** @param left - How often what is written in letters is read once more. */
function knownInPlain(whole: Plain, left: number): Range[] {
  const meaning = meaningOf(whole);
  const { text: plain, from: begins, to: ends } = meaning;
  const found: Range[] = [];
  const hide = (from: number, to: number): void => {
    found.push([begins[from] ?? 0, ends[to - 1] ?? 0]);
  };
  for (const { forms, pieces } of known.values()) {
    for (const form of forms) for (const [from, to] of rangesOf(form, plain)) hide(from, to);
    if (pieces.size === 0) continue;
    for (let from = 0; from + pieceLength <= plain.length; from++)
      if (pieces.has(plain.slice(from, from + pieceLength))) hide(from, from + pieceLength);
  }
  if (left > 0) for (const one of decodings(meaning)) found.push(...knownInPlain(one, left - 1));
  return found;
}

/**
 * The values of an answer that is worked with, without the secrets that are known; names stay. The text is looked
 * at first, so that an answer in which none stands costs nothing.
 *
 * @param text - The answer as it came. @param json - What was read from it; it is changed.
 */
export function answerWithoutSecrets(text: string, json: unknown): unknown {
  const secrets = [...known].filter(([secret]) => !isWord(secret));
  if (secrets.length === 0) return json;
  const mayStand = secrets.some(([secret, { forms }]) => {
    const lines = [secret, ...forms, ...secret.split('\n')].filter((form) => form.length >= pieceLength / 2);
    return [...lines, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].some((form) =>
      text.includes(form),
    );
  });
  // A sign that is written as a number hides what the text says.
  return mayStand || /\\u00[2-7]/.test(text) ? inValues(json) : json;
}

/** However deep: an answer that nobody can follow is refused by whoever reads it. */
function inValues(json: unknown): unknown {
  const all = { json };
  const open: object[] = [all];
  for (let one = open.pop(); one; one = open.pop()) {
    for (const [name, value] of Object.entries(one) as [string, unknown][]) {
      if (typeof value === 'string') (one as Record<string, unknown>)[name] = withoutSecrets(value);
      else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return all.json;
}

/** What parts a text into lines, and the same escaped. */
const blanks = /\s+/g;
const escapedBreaks = /\\+[nrtbf]/g;
/** What stands for signs: escapes of JSON however often escaped, of addresses, and of HTML. */
const escapes =
  /\\+u([\da-fA-F]{4})|\\+|((?:%(?:25)*[\da-fA-F]{2})+)|&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,6}));/g;
const entities: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  rsqb: ']',
  lowbar: '_',
  grave: '`',
  lcub: '{',
  rcub: '}',
  verbar: '|',
};

/** A text, and of every UTF-16 unit from where to where it stands in the text as it was. */
interface Plain {
  text: string;
  from: number[];
  to: number[];
}

/** What was escaped more often is nobody's accident, and would take its time to read. */
const mostTurns = 8;

/** A text as it means, so that two ways of writing the same are the same: no blanks, no escapes. */
const plainOf = (text: string): Plain => meaningOf(wholeOf(text));

function wholeOf(text: string): Plain {
  const units = Array.from({ length: text.length }, (_, at) => at);
  return { text, from: units, to: units.map((at) => at + 1) };
}

/** The same of a text that is itself a reading of another. */
function meaningOf(whole: Plain): Plain {
  // An escape may itself be split over lines, and a line break escaped.
  const solid = replaced(replaced(whole, blanks, nothing), escapedBreaks, nothing);
  let plain = solid;
  for (let turn = 0, before = Infinity; turn < mostTurns && plain.text.length < before; turn++) {
    if (!/[\\%&]/.test(plain.text)) break;
    before = plain.text.length;
    plain = replaced(plain, escapes, (found) => meantBy(found).replaceAll(/[\s\\]/g, ''));
  }
  return plain;
}

const nothing = (): string => '';

function meantBy([found, unit, bytes, hex, decimal, entity]: RegExpExecArray): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (bytes !== undefined) return ofBytes(bytes);
  if (hex !== undefined) return ofNumber(Number.parseInt(hex, 16));
  if (decimal !== undefined) return ofNumber(Number(decimal));
  if (entity === undefined) return '';
  return Object.hasOwn(entities, entity) ? (entities[entity] ?? '') : found;
}

function replaced(
  { text, from, to }: Plain,
  pattern: RegExp,
  meant: (found: RegExpExecArray) => string,
): Plain {
  const plain: Plain = { text: '', from: [], to: [] };
  const keep = (begin: number, end: number): void => {
    plain.text += text.slice(begin, end);
    for (let at = begin; at < end; at++) {
      plain.from.push(from[at] ?? 0);
      plain.to.push(to[at] ?? 0);
    }
  };
  let kept = 0;
  for (const found of text.matchAll(pattern)) {
    keep(kept, found.index);
    kept = found.index + found[0].length;
    const signs = meant(found);
    plain.text += signs;
    for (let at = 0; at < signs.length; at++) {
      plain.from.push(from[found.index] ?? 0);
      plain.to.push(to[kept - 1] ?? 0);
    }
  }
  keep(kept, text.length);
  return plain;
}

const ofBytes = (text: string): string =>
  Buffer.from(text.replaceAll(/%(?:25)*([\da-fA-F]{2})/g, '$1'), 'hex').toString('utf8');

const ofNumber = (number: number): string => (number <= 0x10_ffff ? String.fromCodePoint(number) : '');

/** Bytes as they are written in letters, and where in the text each of them stands. */
interface Written {
  readonly bytes: ArrayLike<number>;
  /** UTF-16 units in what was found, by the place of a byte. */
  from(at: number): number;
  to(at: number): number;
}

/** Ways to write bytes in letters, wherever one of them begins. */
const codings: readonly { pattern: RegExp; read: (found: string) => Written[] }[] = [
  {
    pattern: /[A-Za-z0-9+/_-]{8,}/g,
    read: (found) => [0, 1, 2, 3].map((skipped) => inBase64(found, skipped)),
  },
  {
    pattern: /[\da-f]{2}(?:[:,-]?(?:0?x)?[\da-f]{2}){5,}[\da-f]?/gi,
    read: (found) => [inNumbers(found, /[\da-f]{2}/gi, 16), inNumbers(found, /(?<=[\da-f])[\da-f]{2}/gi, 16)],
  },
  { pattern: /\d{1,3}(?:,\d{1,3}){5,}/g, read: (found) => [inNumbers(found, /\d+/g, 10)] },
];

const inBase64 = (found: string, skipped: number): Written => ({
  bytes: Buffer.from(found.slice(skipped), 'base64'),
  from: (at) => skipped + Math.floor((at * 8) / 6),
  to: (at) => skipped + Math.floor((at * 8 + 7) / 6) + 1,
});

function inNumbers(found: string, one: RegExp, radix: number): Written {
  const all = [...found.matchAll(one)];
  return {
    bytes: all.map(([digits]) => Number.parseInt(digits, radix)),
    from: (at) => all[at]?.index ?? 0,
    to: (at) => (all[at]?.index ?? 0) + (all[at]?.[0].length ?? 1),
  };
}

/** What a text says where it is read as bytes in letters. */
function* decodings({ text, from, to }: Plain): Generator<Plain> {
  for (const { pattern, read } of codings)
    for (const { index, 0: found } of text.matchAll(pattern))
      for (const written of read(found))
        for (const [begin, end] of runsOf(written.bytes)) {
          const decoded: Plain = { text: '', from: [], to: [] };
          for (let at = begin; at < end;) {
            const [sign, length] = signAt(written.bytes, at);
            decoded.text += sign;
            for (let unit = 0; unit < sign.length; unit++) {
              decoded.from.push(from[index + written.from(at)] ?? 0);
              decoded.to.push(to[index + written.to(at + length - 1) - 1] ?? 0);
            }
            at += length;
          }
          yield decoded;
        }
}

/** Where bytes may be signs that somebody has written, as many beside each other as a secret takes. */
function* runsOf(bytes: ArrayLike<number>): Generator<Range> {
  if (leastRun === 0) {
    yield [0, bytes.length];
    return;
  }
  let begin = 0;
  for (let at = 0; at <= bytes.length; at++) {
    if (at < bytes.length && mayBeWritten(bytes, at)) continue;
    if (at - begin >= leastRun) yield [begin, at];
    begin = at + 1;
  }
}

/** Whether a byte is a sign that somebody writes, or may be a part of one in UTF-8. */
function mayBeWritten(bytes: ArrayLike<number>, at: number): boolean {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return (byte >= 0x20 && byte !== 0x7f) || (byte >= 0x09 && byte <= 0x0d);
  if (byte >= 0xc0) return isContinued(bytes[at + 1]);
  return (bytes[at - 1] ?? 0) >= 0x80;
}

const isContinued = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x80 && byte < 0xc0;

/** A sign of UTF-8 and how many bytes it takes; one byte that begins none is a sign nobody has written. */
function signAt(bytes: ArrayLike<number>, at: number): [sign: string, length: number] {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return [String.fromCharCode(first), 1];
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const part = Array.from(
    { length: Math.min(length, bytes.length - at) },
    (_, more) => bytes[at + more] ?? 0,
  );
  const sign = Buffer.from(part).toString('utf8');
  return sign.includes('\ufffd') ? ['\ufffd', 1] : [sign, length];
}

/**
 * The part of its base64 that a text always has, wherever in a longer one it begins. In the alphabet of addresses
 * too, and without the filling at the end.
 */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The signs at both ends hold bits of what stands beside it.
    const own = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return own.length < 6 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
