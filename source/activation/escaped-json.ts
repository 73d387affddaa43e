/** What moves, turns or hides in a terminal and that JSON leaves as it is: DEL, C1, bidi, what has no width (but for
 * the joiners that scripts need), line separators, tags. Source of a regular expression.
 */
export const invisible =
  '[\\u007f-\\u009f\\u00ad\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff\\ufff9-\\ufffb]|\\udb40[\\udc00-\\udc7f]';
const harmful = new RegExp(invisible, 'g');

/**
 * JSON that shows in a terminal what it holds: what would move, turn or hide there is written as an escape.
 * Whoever parses it gets the same value.
 */
export function escapedJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return text.replace(harmful, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
