import { stripVTControlCharacters } from 'node:util';

/** Longest text taken from an answer, in UTF-16 units. A longer one is cut and marked with an ellipsis. */
const longestText = 64 * 1024;

// C0 but tab and newline, DEL, C1, bidi controls, what has no width (but for the joiners that scripts need),
// line separators, tags and lone surrogates.
const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const mayHarm =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\u0300-\u036f]/;
/** Marks over one letter; more of them climb over the lines above. */
const flood = /(\p{M}{4})\p{M}+/gu;

/** A text without anything that moves, colours or rings in a terminal, or turns its direction. */
export function cleanText(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return mayHarm.test(short)
    ? stripVTControlCharacters(short).replace(harmful, '').replace(flood, '$1')
    : short;
}

/**
 * `JSON.parse` reviver: the one place where every text of every answer is cleaned. What is cleaned is for
 * reading only; what goes back to the platform is taken from the answer as it came (`Flow['raw']`).
 */
export function cleanReviver(this: unknown, key: string, value: unknown): unknown {
  if (key === '__proto__') return undefined;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      if (!mayHarm.test(name)) continue;
      const held = members[name];
      Reflect.deleteProperty(members, name);
      const clean = cleanText(name);
      // A name in disguise must not take the place of the one it looks like, nor of the prototype.
      if (clean !== '__proto__' && !Object.hasOwn(members, clean)) members[clean] = held;
    }
  }
  return value;
}
