import { oneCell, twoCells } from './string-width.mjs';

/*
Stands for Ink's line-update in the bundle. Ink writes a changed line from its first changed cell to its end; here only
the cells that changed are written, in as few bytes as they take: rows of a table that scrolls have most of their words
in common with those that stood there. What a terminal may draw in more or fewer cells than are counted is written
whole, from the first such sign on.
*/

interface Cell {
  /** Nothing for the second half of a wide sign. */
  readonly sign: string;
  /** The numbers of the tones that are seen, as in `1m36`. */
  readonly tone: string;
}

interface Line {
  readonly cells: readonly Cell[];
  /** From the first sign on whose cells nobody can count. */
  readonly rest?: { readonly text: string; readonly tone: string };
}

const blank: Cell = { sign: ' ', tone: '' };
const isWide = new RegExp(twoCells.source);
const colour = /\u001b\[([\d;]*)m/y;
/** Tones that a space shows. */
const seenOnSpaces = /^(?:[479]|4\d|48;.*|10\d|53)$/;

/** The tones that end with another. */
const endedBy: Readonly<Record<string, RegExp>> = {
  22: /^[12]$/,
  23: /^3$/,
  24: /^4$/,
  27: /^7$/,
  28: /^8$/,
  29: /^9$/,
  39: /^(?:3\d|38;.*|9\d)$/,
  49: /^(?:4\d|48;.*|10\d)$/,
  55: /^53$/,
};
const toneOf = /^(?:[1-4]|[7-9]|3[0-7]|4[0-7]|9[0-7]|10[0-7]|53|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+)$/;

/** The tones after a sequence; nothing where one of them is not known. */
function toned(tone: string, sequence: string): string | undefined {
  let tones = tone === '' ? [] : tone.split('m');
  for (const [one] of sequence.matchAll(/[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+|^$/g)) {
    if (one === '' || /^0+$/.test(one)) {
      tones = [];
    } else if (endedBy[one] !== undefined) {
      const ended = endedBy[one];
      tones = tones.filter((other) => !ended.test(other));
    } else if (toneOf.test(one)) {
      const same = one.startsWith('3') || one.startsWith('9') ? endedBy['39'] : endedBy['49'];
      tones = [...tones.filter((other) => other !== one && !(same?.test(one) && same.test(other))), one];
    } else return undefined;
  }
  return tones.sort().join('m');
}

const onSpace = (tone: string): string =>
  tone === ''
    ? ''
    : tone
        .split('m')
        .filter((one) => seenOnSpaces.test(one))
        .join('m');

function cellsOf(line: string): Line {
  const cells: Cell[] = [];
  const tones: string[] = [];
  const begins: number[] = [];
  let tone = '';
  for (let at = 0; at < line.length;) {
    const sign = line.charAt(at);
    if (sign === '\u001b') {
      colour.lastIndex = at;
      const [sequence, numbers] = colour.exec(line) ?? [];
      const next = numbers === undefined ? undefined : toned(tone, numbers);
      if (sequence === undefined || next === undefined)
        return { cells, rest: { text: line.slice(at), tone } };
      tone = next;
      at += sequence.length;
      continue;
    }
    const isNarrow = oneCell.test(sign);
    if (!isNarrow && !isWide.test(sign)) {
      // It may belong to the sign before it.
      while (cells.at(-1)?.sign === '') cells.pop();
      cells.pop();
      const begin = cells.length;
      return { cells, rest: { text: line.slice(begins[begin] ?? at), tone: tones[begin] ?? tone } };
    }
    begins[cells.length] = at;
    tones[cells.length] = tone;
    cells.push({ sign, tone: sign === ' ' ? onSpace(tone) : tone });
    if (!isNarrow) cells.push({ sign: '', tone });
    at++;
  }
  // What is blank to the end need not be told.
  while (cells.at(-1)?.sign === ' ' && cells.at(-1)?.tone === '') cells.pop();
  return { cells };
}

const tonesIn = (tone: string): readonly string[] => (tone === '' ? [] : tone.split('m'));

/** Those of several numbers stand alone: old terminals count them. */
function sequenceOf(numbers: readonly string[]): string {
  const together = numbers.filter((one) => !one.includes(';'));
  const alone = numbers.filter((one) => one.includes(';'));
  return [...(together.length === 0 ? [] : [together.join(';')]), ...alone]
    .map((one) => `\u001b[${one}m`)
    .join('');
}

/** What leads from tones to others: all of them anew, or only what is other where that is shorter. */
function between(from: string, to: string): string {
  if (from === to) return '';
  const [had, wanted] = [tonesIn(from), tonesIn(to)];
  const kept = had.filter((one) => wanted.includes(one));
  const added = wanted.filter((one) => !had.includes(one));
  const anew = sequenceOf(to === '' ? [''] : ['0', ...wanted]);
  const ends = new Set<string>();
  for (const one of had.filter((tone) => !wanted.includes(tone))) {
    const end = endOf(one, kept, added);
    if (end === undefined) return anew;
    if (end !== '') ends.add(end);
  }
  const step = sequenceOf([...ends, ...added]);
  return step.length < anew.length ? step : anew;
}

/** The number that ends a tone; empty where a colour takes its place, and nothing where one would end that stays. */
function endOf(tone: string, kept: readonly string[], added: readonly string[]): string | undefined {
  const [number, ended] = Object.entries(endedBy).find(([, pattern]) => pattern.test(tone)) ?? [];
  if (ended === undefined || kept.some((other) => ended.test(other))) return undefined;
  return (number === '39' || number === '49') && added.some((other) => ended.test(other)) ? '' : number;
}

const forward = (cells: number): string => `\u001b[${cells === 1 ? '' : cells}C`;

/** The line `next` where `previous` is on the screen; every cell as it would be if it were written whole. */
export default function lineUpdate(previous: string, next: string, columns: number | undefined): string {
  const whole = `\r\u001b[K${next}`;
  const had = cellsOf(previous);
  const wanted = cellsOf(next);
  const fits = ({ cells, rest }: Line): boolean =>
    cells.length + (rest === undefined ? 0 : 1) <= (columns ?? 0);
  if (!fits(had) || !fits(wanted)) return whole;
  const isSameRest =
    had.rest?.text === wanted.rest?.text &&
    had.rest?.tone === wanted.rest?.tone &&
    (had.rest === undefined || had.cells.length === wanted.cells.length);
  /** What stands from here on is not known, and has to be erased. */
  let unknownFrom = isSameRest
    ? Infinity
    : Math.min(...[had, wanted].map(({ cells, rest }) => (rest === undefined ? Infinity : cells.length)));
  while (had.cells[unknownFrom]?.sign === '' || wanted.cells[unknownFrom]?.sign === '') unknownFrom--;
  const end = Math.max(had.cells.length, wanted.cells.length);
  const differs: boolean[] = [];
  for (let at = 0; at < end; at++) {
    const one = had.cells[at] ?? blank;
    const other = wanted.cells[at] ?? blank;
    const isHalf = one.sign === '' && other.sign === '';
    differs.push(one.tone !== other.tone || one.sign !== other.sign || (isHalf && differs[at - 1] === true));
  }
  const hasRest = had.rest !== undefined || wanted.rest !== undefined;
  const places = new Set<number>(isSameRest ? [] : [unknownFrom]);
  // What stays after them cannot be erased.
  if (!hasRest || !isSameRest) {
    for (let at = 0; at < Math.min(end, unknownFrom); at++) {
      if (differs[at] === true && differs[at - 1] !== true) places.add(at);
    }
    if (wanted.rest === undefined && wanted.cells.length < Math.min(end, unknownFrom))
      places.add(wanted.cells.length);
  }
  // A line that ends sooner is erased to its end: spaces would be copied with it.
  const isErased = !isSameRest || (!hasRest && wanted.cells.length < had.cells.length);
  const ways = [...(isErased ? [] : [Infinity]), ...places].map((place) =>
    written(wanted, isSameRest, differs, end, place),
  );
  return ways.reduce(
    (one, other) => (Buffer.byteLength(other) < Buffer.byteLength(one) ? other : one),
    whole,
  );
}

/** The cells that differ before a place, and everything after it, which is erased. */
function written(
  { cells, rest }: Line,
  isSameRest: boolean,
  differs: readonly boolean[],
  end: number,
  erasedFrom: number,
): string {
  let text = '';
  let column: number | undefined;
  let tone = '';
  const turn = (to: string): void => {
    text += between(tone, to);
    tone = to;
  };
  const goTo = (wanted: number): void => {
    if (column === wanted) return;
    const from = column ?? 0;
    const over = Array.from({ length: wanted - from }, (_, at) => cells[from + at] ?? blank);
    const isSimple = over.every(
      ({ sign, tone: own }) =>
        /^[ -~]$/.test(sign) && (own === tone || (sign === ' ' && own === onSpace(tone))),
    );
    const step = column === undefined ? `\u001b[${wanted + 1}G` : forward(wanted - column);
    const begin = column === undefined ? '\r' : '';
    const again = begin + over.map(({ sign }) => sign).join('');
    text += isSimple && again.length <= step.length ? again : step;
    column = wanted;
  };
  for (let at = 0; at <= end; at++) {
    if (at === erasedFrom) {
      goTo(at);
      if (onSpace(tone) !== '') turn('');
      text += '\u001b[K';
    }
    const cell = cells[at] ?? blank;
    const isBlank = cell.sign === ' ' && cell.tone === '';
    if (at === end || cell.sign === '' || !(at < erasedFrom ? differs[at] : !isBlank)) continue;
    goTo(at);
    if (cell.sign !== ' ' || cell.tone !== onSpace(tone)) turn(cell.tone);
    text += cell.sign;
    column = at + (cells[at + 1]?.sign === '' ? 2 : 1);
  }
  if (rest !== undefined && !isSameRest) {
    goTo(cells.length);
    turn(rest.tone);
    return text + rest.text;
  }
  turn('');
  return text;
}
