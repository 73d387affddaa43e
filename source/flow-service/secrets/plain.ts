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
export interface Plain {
  text: string;
  from: number[];
  to: number[];
}

/** What was escaped more often is nobody's accident, and would take its time to read. */
const mostTurns = 8;

/** A text as it means, so that two ways of writing the same are the same: no blanks, no escapes. */
export const plainOf = (text: string): Plain => meaningOf(wholeOf(text));

export function wholeOf(text: string): Plain {
  const units = Array.from({ length: text.length }, (_, at) => at);
  return { text, from: units, to: units.map((at) => at + 1) };
}

/** The same of a text that is itself a reading of another. */
export function meaningOf(whole: Plain): Plain {
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
