import { stripVTControlCharacters } from 'node:util';

/** Longest text taken from an answer, in UTF-16 units. A longer one is cut and marked with an ellipsis. */
const longestText = 64 * 1024;

// C0 but tab and newline, DEL, C1, bidi controls and lone surrogates.
const harmful =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const mayHarm =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]/;

/** A text without anything that moves, colours or rings in a terminal, or turns its direction. */
export function cleanText(text: string): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  return mayHarm.test(short) ? stripVTControlCharacters(short).replace(harmful, '') : short;
}

/** `JSON.parse` reviver: the one place where every text of every answer is cleaned. */
export function cleanReviver(this: unknown, key: string, value: unknown): unknown {
  if (key === '__proto__') return undefined;
  if (typeof value === 'string') return cleanText(value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      if (!mayHarm.test(name)) continue;
      const held = members[name];
      Reflect.deleteProperty(members, name);
      members[cleanText(name)] = held;
    }
  }
  return value;
}
