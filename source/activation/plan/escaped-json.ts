import { replaceHidden, replaceInvisible } from '../../ground/invisible.ts';

/**
 * A text with nothing in it that cannot be seen. Any other would come back from the platform as another one: an
 * answer has a mark where something hid.
 */
export const withoutHidden = (text: string): string => replaceHidden(text.replaceAll('\r\n', '\n'), '');

/**
 * JSON that shows in a terminal what it holds: what would move, turn or hide there is written as an escape.
 * Whoever parses it gets the same value.
 */
export function escapedJson(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return replaceInvisible(text, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
