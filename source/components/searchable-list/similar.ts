import uFuzzy from '@leeoniya/ufuzzy';
import { nearestWord } from './slips.ts';

/** Letters of every script; the matcher knows only Latin ones by itself. */
const letters = {
  unicode: true,
  interSplit: "[^\\p{L}\\p{N}']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\p{N}|\\p{N}\\p{L}|\\p{Ll}\\p{Lu}',
  interIns: Number.POSITIVE_INFINITY,
};

/** A way to be like a query: how many letters a label may lack, and which of the candidates are like it. */
interface Likeness {
  readonly fuzzy: uFuzzy;
  /** Whether the words are looked for as one. */
  readonly isApart: boolean;
  readonly mostMissing: number;
  readonly find: (
    labels: readonly string[],
    words: readonly string[],
    candidates: readonly number[],
    isLate: () => boolean,
  ) => readonly number[];
}

/*
The matcher makes one expression of a query. What is between its words, and between letters that may be apart, can be
of any length, and a label that almost fits is then tried in more ways than there is time for. So it gets a word at a
time, and letters that are apart only where they are known to be there in their order: then nothing is tried twice.
*/
function waysToBeLike(): readonly Likeness[] {
  const slips = new uFuzzy({ ...letters, intraChars: "[\\p{L}\\p{N}']", intraMode: 1 });
  const apart = new uFuzzy({
    ...letters,
    intraChars: '.',
    intraIns: Number.POSITIVE_INFINITY,
    interChars: '.',
  });
  return [
    {
      // One slip of the finger in a word.
      fuzzy: slips,
      isApart: false,
      mostMissing: 1,
      find: (labels, words, candidates, isLate) =>
        words.reduce((left, word) => filter(slips, labels, word, left, isLate), candidates),
    },
    {
      // Letters in their order with anything between them.
      fuzzy: apart,
      isApart: true,
      mostMissing: 0,
      find(labels, words, candidates, isLate) {
        const wanted = words.join('');
        const left = candidates.filter((at) => holdsInOrder(labels[at] ?? '', wanted));
        return filter(apart, labels, words.join(' '), left, isLate);
      },
    },
  ];
}

let made: readonly Likeness[] | undefined;
/** Made when something is first asked for: letters of every script take V8 some 10 ms. */
const likenesses = (): readonly Likeness[] => (made ??= waysToBeLike());

/** A shorter word is like everything. */
const leastLetters = 3;
/** Of more than this nobody has half a memory: it was pasted. */
const most = { letters: 32, words: 8 } as const;
/** Longer labels are not looked at. UTF-16 units. */
const longestLabel = 1000;
/** Looking for similar rows takes no longer, milliseconds; the time is asked after so many rows. */
const longestMs = 400;
const batch = 500;
/** More of them are not put in order: nobody reads so far. */
const mostRanked = 500;

/** What rows are likened by. */
export type Likened<Row extends { readonly label: string } = { readonly label: string }> = {
  readonly rows: readonly Row[];
  /** The letters of each label, a bit each, and of what else a row is found by. */
  readonly letters: readonly number[];
};

/**
Rows whose label is like `query`, the best first: for what was not quite remembered, or not quite typed. Nothing for a
query that is too short or too long to be like a name.

Rows that lack the letters are left out before the matcher, which costs far more, sees them.

@param now - Milliseconds of a clock that only grows.
*/
export function findSimilar(
  { rows, letters: masks }: Likened,
  query: string,
  within?: readonly number[],
  now: () => number = () => performance.now(),
): readonly number[] {
  const words = wordsOf(query);
  const wanted = lettersOf(query.toLowerCase());
  if (words.length === 0) return [];
  const untilMs = now() + longestMs;
  const isLate = (): boolean => now() > untilMs;
  for (const { fuzzy, isApart, mostMissing, find } of likenesses()) {
    const candidates: number[] = [];
    const size = within?.length ?? rows.length;
    for (let position = 0; position < size; position++) {
      const at = within === undefined ? position : (within[position] ?? 0);
      const isShort = (rows[at]?.label.length ?? 0) <= longestLabel;
      if (isShort && countBits(wanted & ~(masks[at] ?? 0)) <= mostMissing * words.length) candidates.push(at);
    }
    if (candidates.length === 0) continue;
    const labels = candidates.map((at) => rows[at]?.label ?? '');
    const found = find(labels, words, [...labels.keys()], isLate);
    if (found.length === 0) continue;
    if (found.length > mostRanked) return found.map((at) => candidates[at] ?? 0);
    const ranked = rankedBy(isApart, words);
    const facts = fuzzy.info(found as number[], labels, ranked);
    return fuzzy.sort(facts, labels, ranked).map((at) => candidates[facts.idx[at] ?? 0] ?? 0);
  }
  return findNear({ rows, letters: masks }, words, within, isLate);
}

/** The last way to be like a query: long words with two slips in them, those with fewer first. */
function findNear(
  { rows, letters: masks }: Likened,
  words: readonly string[],
  within: readonly number[] | undefined,
  isLate: () => boolean,
): readonly number[] {
  const typed = words.map((word) => word.toLowerCase());
  const wanted = lettersOf(typed.join(''));
  const found: { at: number; slips: number }[] = [];
  const size = within?.length ?? rows.length;
  for (let position = 0; position < size && found.length < mostRanked; position++) {
    if (position % batch === 0 && isLate()) break;
    const at = within === undefined ? position : (within[position] ?? 0);
    const label = rows[at]?.label ?? '';
    if (label.length > longestLabel || countBits(wanted & ~(masks[at] ?? 0)) > 2 * typed.length) continue;
    const near = typed.map((word) => nearestWord(label, word));
    if (near.every((one) => one !== undefined))
      found.push({ at, slips: near.reduce((sum, { slips }) => sum + slips, 0) });
  }
  return found.sort((a, b) => a.slips - b.slips || a.at - b.at).map(({ at }) => at);
}

/** Where a label is like a query: beginnings and ends, by turns. */
export function similarRanges(label: string, query: string): readonly number[] {
  const words = wordsOf(query);
  if (words.length === 0 || label.length > longestLabel) return [];
  for (const { fuzzy, isApart, find } of likenesses()) {
    if (find([label], words, [0], () => false).length === 0) continue;
    const asked = isApart ? [words.join(' ')] : words;
    const ranges = asked.flatMap((one) => fuzzy.info([0], [label], one).ranges[0] ?? []);
    return ranges;
  }
  return words.flatMap((word) => {
    const near = nearestWord(label, word.toLowerCase());
    return near ? [near.from, near.to] : [];
  });
}

/** The words of letters and digits in a query, as the matcher parts them; none where nothing can be like it. */
function wordsOf(query: string): readonly string[] {
  if (query.length > most.letters * 2) return [];
  const words = query.split(/[^\p{L}\p{N}']+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const isLong = words.length > most.words || words.join('').length > most.letters;
  const isShort = words.some((word) => word.length < leastLetters && /^[ -~]+$/.test(word));
  return isLong || isShort ? [] : words;
}

/** What is put in order by: all of it where that costs no more than one word does, otherwise the longest. */
const rankedBy = (isApart: boolean, words: readonly string[]): string =>
  isApart ? words.join(' ') : ([...words].sort((a, b) => b.length - a.length)[0] ?? '');

/**
 * Its lists of positions are its own: numbers in, numbers out. What is not looked at in time is not found: similar rows
 * are a favour, and the next key must not wait for it.
 */
function filter(
  fuzzy: uFuzzy,
  labels: readonly string[],
  query: string,
  candidates: readonly number[],
  isLate: () => boolean,
): number[] {
  const found: number[] = [];
  for (let from = 0; from < candidates.length && !isLate(); from += batch) {
    const some = candidates.slice(from, from + batch);
    found.push(...(fuzzy.filter(labels as string[], query, some) ?? []));
  }
  return found;
}

/** Whether the letters of `wanted` (lowered) stand in a label in their order, as the matcher will find them. */
function holdsInOrder(label: string, wanted: string): boolean {
  const lowered = label.toLowerCase();
  // Where letters change their number, the matcher sees others than we do.
  if (lowered.length !== label.length || label.includes('\n')) return false;
  let at = 0;
  for (const letter of wanted) {
    const found = lowered.indexOf(letter, at);
    if (found === -1) return false;
    at = found + letter.length;
  }
  return true;
}

/**
The letters of a text, a bit each: those from a to z have one of their own, of ten digits five share one, and all others
share four. Blanks do not count.
*/
export function lettersOf(lowered: string): number {
  let mask = 0;
  for (let at = 0; at < lowered.length; at++) {
    const code = lowered.charCodeAt(at);
    if (code > 32) mask |= 1 << bitOf(code);
  }
  return mask;
}

function bitOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 48 && code <= 57) return code < 53 ? 26 : 27;
  return code < 128 ? 28 : 29 + (code % 3);
}

function countBits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}
