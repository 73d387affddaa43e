import type { Plain } from './plain.ts';
import type { Range } from './ranges.ts';

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

/**
 * What a text says where it is read as bytes in letters.
 *
 * @param leastRun - Bytes that hold no such run of signs hold nothing; 0 where that cannot be said.
 */
export function* decodings({ text, from, to }: Plain, leastRun: number): Generator<Plain> {
  for (const { pattern, read } of codings)
    for (const { index, 0: found } of text.matchAll(pattern))
      for (const written of read(found))
        for (const [begin, end] of runsOf(written.bytes, leastRun)) {
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
function* runsOf(bytes: ArrayLike<number>, leastRun: number): Generator<Range> {
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
export function base64Of(secret: string): string[] {
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
