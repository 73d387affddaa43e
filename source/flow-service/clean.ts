import { stripVTControlCharacters } from 'node:util';
import { isExactNumber, parseExactly } from '../ground/exact-json.ts';
import { replaceHidden } from '../ground/invisible.ts';
import { mapInTurns, turns } from '../ground/turns.ts';

/** Longest text taken from an answer, in UTF-16 units. A longer one is cut and marked with an ellipsis. */
const longestText = 64 * 1024;

/** What most texts are of: only the others are looked at letter by letter. */
const isPlain = /^[ -~]*$/;

const mayHarm =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}\p{Cs}\p{M}]/u;

/** Stands where something was that cannot be seen. */
type HiddenMark = '' | '\ufffd';

/**
 * A text without anything that moves, colours or rings in a terminal, or turns its direction.
 *
 * @param mark - What stands in its place, for a text that is held against another: two that only look the same are
 *   not. The line ends of Windows are line ends.
 */
export function cleanText(text: string, mark: HiddenMark = ''): string {
  const short = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  if (isPlain.test(short) || !mayHarm.test(short)) return short;
  const lines = short.replaceAll('\r\n', '\n');
  const bare = stripVTControlCharacters(lines);
  const clean = replaceHidden(bare, mark);
  return bare === lines ? clean : clean + mark;
}

/**
 * An answer as JSON: the one place where every text of every answer is cleaned, and every name. What is cleaned is
 * for reading only; what goes back to the platform is taken from the answer as it came (`Flow['raw']`).
 *
 * Done after parsing and in place: a reviver costs twice the answer in memory.
 *
 * @throws SyntaxError for what is no JSON, RangeError for what is nested too deeply to be looked through.
 */
export function parseClean(text: string, mark: HiddenMark = ''): unknown {
  return cleaned(parseExactly(text), mark);
}

/** The same of what will be held against a plan: where something hid, there is a mark that no plan has. */
export const parseMarked = (text: string): unknown => parseClean(text, '\ufffd');

/** The same of a list of the Flow Service, of which others have their turn: a page of it may have megabytes. */
export async function parseInTurns(text: string, isMarked = false): Promise<unknown> {
  const mark = isMarked ? '\ufffd' : '';
  const mayRest = turns();
  const value = parseExactly(text);
  const items = (value as { items?: unknown } | null)?.items;
  if (!Array.isArray(items)) return cleaned(value, mark);
  const cleanItems = await mapInTurns(items, (item) => cleaned(item, mark), 1, mayRest);
  return { ...(cleaned({ ...(value as object), items: undefined }, mark) as object), items: cleanItems };
}

function cleaned(value: unknown, mark: HiddenMark): unknown {
  if (typeof value === 'string') return cleanText(value, mark);
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      const clean = cleaned(item, mark);
      if (clean !== item) items[at] = clean;
    }
    return items;
  }
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const held = members[name];
    const clean = cleanedMember(name, held, mark);
    const cleanName = cleanText(name, mark);
    if (cleanName !== name || name === '__proto__') {
      Reflect.deleteProperty(members, name);
      // A name in disguise must not take the place of the one it looks like, nor of the prototype.
      if (cleanName !== '__proto__' && !Object.hasOwn(members, cleanName)) members[cleanName] = clean;
    } else if (clean !== held) members[name] = clean;
  }
  return members;
}

/** What is sent back must not be another: a cleaned one would be, so it is marked, and never sent. */
function cleanedMember(name: string, held: unknown, mark: HiddenMark): unknown {
  const clean = cleaned(held, mark);
  const isSentBack = name === 'etag' || name === 'id';
  return isSentBack && typeof held === 'string' && clean !== held ? `\ufffd${String(clean)}` : clean;
}
