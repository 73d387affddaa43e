import { stripVTControlCharacters } from 'node:util';
import { isExactNumber, parseExactly } from '../ground/exact-json.ts';

/** Longest text taken from an answer, in UTF-16 units. A longer one is cut and marked with an ellipsis. */
const longestText = 64 * 1024;

/**
 * What moves, turns or hides in a terminal, but for C0: DEL, C1, line separators, and everything that is drawn as
 * nothing. What a script or an emoji needs stays where it is needed, and only there: joiners beside letters of a
 * script that joins, at most three between the signs of an emoji, a variation after a sign that has one, Mongolian
 * variations, Hangul fillers in a syllable. The other rooms have the same, held together by a test.
 */
// prettier-ignore
export const invisible =
  String.raw`(?!(?<=[[[\p{L}\p{M}]&&[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Newa}\p{scx=Java}\p{scx=Bali}]]--\p{Default_Ignorable_Code_Point}])(?:\u200d|\u200c(?=[[\p{L}\p{M}\p{N}]--\p{Default_Ignorable_Code_Point}]))|(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)(?<!(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?){3})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[\u1820-\u18aa])(?:[\u180b-\u180d\u180f]|\u180e(?=[\u1820-\u18aa]))|(?<=[\u1100-\u115e\ua960-\ua97c])\u1160|\u115f(?=[\u1161-\u11a7]))[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]`;
/** What most texts are made of, and nothing of it is invisible. */
const isVisible =
  /^[\u0000-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2bff\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]*$/;
let pattern: RegExp | undefined;

/** V8 takes 4 ms to read the pattern, so it is made when a text needs it. */
function withoutInvisible(text: string, mark: string): string {
  if (isVisible.test(text)) return text;
  pattern ??= new RegExp(invisible, 'gv');
  return text.replace(pattern, mark);
}
/** C0 but tab and newline, and lone surrogates. */
const controls = /[\u0000-\u0008\u000b-\u001f\p{Cs}]/gu;
const mayHarm =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}\p{Cs}\p{M}]/u;
/** Marks over one letter; more of them climb over the lines above. */
const flood = /(\p{M}{4})\p{M}+/gu;

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
  if (!mayHarm.test(short)) return short;
  const lines = short.replaceAll('\r\n', '\n');
  const bare = stripVTControlCharacters(lines);
  const clean = withoutInvisible(bare.replace(controls, mark), mark).replace(flood, `$1${mark}`);
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
    const cleanName = mayHarm.test(name) ? cleanText(name, mark) : name;
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
