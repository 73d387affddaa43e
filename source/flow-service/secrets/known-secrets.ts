import { cleanText } from '../clean.ts';
import { base64Of, decodings } from './codings.ts';
import { meaningOf, type Plain, plainOf, wholeOf } from './plain.ts';
import { type Range, rangesOf, withoutRanges } from './ranges.ts';

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
  if (left > 0) for (const one of decodings(meaning, leastRun)) found.push(...knownInPlain(one, left - 1));
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
