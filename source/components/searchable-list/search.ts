import { dottedI, wordPattern } from '../../ground/literal.ts';
import { findSimilar, lettersOf, type Likened, similarRanges } from './similar.ts';

/** A row of the list. `id`s are unique. */
export type ListRow = {
  readonly id: string;
  readonly label: string;
  /** Muted text after the label; a shorthand for one cell. */
  readonly hint?: string | undefined;
  /** Columns to the right of the label. */
  readonly cells?: readonly string[] | undefined;
  /** More text to find the row by, never shown. */
  readonly searchText?: string | undefined;
  /** Why this row cannot be chosen. */
  readonly disabled?: string | undefined;
};

/**
Rows with what each is found by. No lowered copies of labels are kept, as 100,000 of them weigh: a row is lowered
when it is looked at, and most are passed over by their letters.

`beside` and `letters` may go on behind the last row: a list that grew shares them with what it was before.
*/
export type SearchIndex = Likened<ListRow> & {
  /** What is shown beside it, lowered: the same string for all rows with the same cells. */
  readonly beside: readonly string[];
};

/** Positions in `rows`; `undefined` means all of them, so that no list of 100,000 numbers is made. */
export type Shown = readonly number[] | undefined;

/** Rows that stand where they stood cost next to nothing: pages that stream in cost only themselves. */
export function indexRows(rows: readonly ListRow[], previous?: SearchIndex): SearchIndex {
  if (previous?.rows === rows) {
    return previous;
  }
  let kept = 0;
  while (kept < rows.length && rows[kept] === previous?.rows[kept]) {
    kept++;
  }
  const index = {
    rows,
    beside: grown(previous?.beside, kept),
    letters: grown(previous?.letters, kept),
  };
  for (let at = kept; at < rows.length; at++) {
    const row = rows[at];
    if (row !== undefined) {
      index.beside.push(besideOf(row));
      index.letters.push(lettersOf(row.label.toLowerCase()) | lettersOf(row.searchText?.toLowerCase() ?? ''));
    }
  }
  return index;
}

/** The first of them, to write on behind; only behind their end may what others hold be written to. */
function grown<Item>(before: readonly Item[] | undefined, kept: number): Item[] {
  return before?.length === kept ? (before as Item[]) : (before?.slice(0, kept) ?? []);
}

/** The same string where there is nothing to lower: no copy to keep. */
function loweredOnce(text: string): string {
  const lowered = text.toLowerCase();
  return lowered === text ? text : lowered;
}

/** What stands beside labels, by their cells: rows by the thousand share a few. */
const besideCells = new WeakMap<readonly string[], string>();

function besideOf({ hint, cells }: ListRow): string {
  if (cells === undefined) return hint === undefined ? '' : loweredOnce(hint);
  const known = besideCells.get(cells) ?? joined(cells);
  besideCells.set(cells, known);
  return hint === undefined ? known : joined([hint, known]);
}

// The line end keeps a word from matching across two columns.
const joined = (parts: readonly string[]): string => parts.join('\n').toLowerCase();

/** Whether a row says this, which is lowered, in what is shown of it. */
export function says(index: SearchIndex, at: number, word: string): boolean {
  const wanted = wantedOf(word);
  return (
    (mayHold(index, at, wanted) && placeInLabel(index, at, wanted) !== -1) || isBeside(index, at, wanted)
  );
}

/** A word that is looked for, lowered, its letters, and how it is found in a text whose letters are as they are. */
type Wanted = { readonly word: string; readonly letters: number; readonly pattern: RegExp };

const wantedOf = (word: string): Wanted => ({
  word,
  letters: lettersOf(word.replaceAll(dottedI, 'i').replaceAll(sigma, '')),
  pattern: wordPattern(word),
});

/** Of two shapes, and which of them a word has says where it ends. */
const sigma = /[σς]/g;

/** Whether a row may hold a word in its name or its hidden text: of most that need not be looked at. */
const mayHold = ({ letters }: SearchIndex, at: number, wanted: Wanted): boolean =>
  (wanted.letters & ~(letters[at] ?? 0)) === 0;

/** Where a word stands in the name, from 0; -1 where it does not. */
const placeInLabel = ({ rows }: SearchIndex, at: number, { pattern }: Wanted): number =>
  rows[at]?.label.search(pattern) ?? -1;

const isBeside = ({ beside }: SearchIndex, at: number, { word }: Wanted): boolean =>
  beside[at]?.includes(word) === true;

const isHinted = ({ rows }: SearchIndex, at: number, { pattern }: Wanted): boolean =>
  pattern.test(rows[at]?.searchText ?? '');

/** A longer query is cut: whatever is pasted, looking through every row stays quick. UTF-16 units. */
export const longestQuery = 200;

/** What is searched for once `text` is typed behind `query`. */
export function typedQuery(query: string, text: string): string {
  // A key is no name, and what is searched for is drawn.
  return /-----BEGIN |PuTTY-User-Key-File-/.test(text) ? query : bounded(query + text.slice(0, longestQuery));
}

/** Never half a sign at the end. */
const bounded = (query: string): string =>
  query.length <= longestQuery ? query : query.slice(0, longestQuery).replace(/[\ud800-\udbff]$/, '');

/**
Words of a query, lowered, each once; of a query that is too long those at its beginning. In a list for many a space often selects, so a comma parts words too; the
comma inside a name does no harm, since the words on both sides match.
*/
export function queryWords(query: string): readonly string[] {
  const words = bounded(query)
    .toLowerCase()
    .split(/[\s,，、]+/)
    .filter((word) => word !== '');
  return [...new Set(words)];
}

/** A row that is called so, one that begins so, one whose name holds every word, and what else is found by them. */
const ranks = 4;

/** How well a row answers to the words, from 0; -1 where it does not hold every one of them. */
function rankOf(index: SearchIndex, at: number, words: readonly Wanted[]): number {
  let isNamed = true;
  let isBegun = false;
  for (let nth = 0; nth < words.length; nth++) {
    const word = words[nth] as Wanted;
    const mayBe = mayHold(index, at, word);
    const place = mayBe ? placeInLabel(index, at, word) : -1;
    if (nth === 0) isBegun = place === 0;
    if (place !== -1) continue;
    isNamed = false;
    if (!isBeside(index, at, word) && !(mayBe && isHinted(index, at, word))) return -1;
  }
  if (!isNamed) return 3;
  if (!isBegun) return 2;
  return index.rows[at]?.label.toLowerCase() === words.map(({ word }) => word).join(' ') ? 0 : 1;
}

/** With fewer rows than this that hold every word, rows that are only similar are shown after them. */
const fewExact = 10;

/** What a query finds: rows with every word, the best first, and below them similar ones where there are few. */
export type Findings = {
  readonly shown: Shown;
  /** How many of them hold every word; the rest is similar. */
  readonly exact: number;
  /** The rows with every word as they stand in the list: what a longer query is looked for in. */
  readonly held: Shown;
};

/** `within` are the rows to look at; `narrowed` those of them that may hold every word. */
export function search(index: SearchIndex, query: string, within?: Shown, narrowed = within): Findings {
  const words = queryWords(query);
  if (words.length === 0) {
    return { shown: within, exact: within?.length ?? index.rows.length, held: within };
  }
  const { held, best } = findRows(index, words, narrowed);
  if (held.length >= fewExact) {
    return { shown: best, exact: held.length, held };
  }
  const seen = new Set(held);
  const similar = findSimilar(index, words.join(' '), within).filter((at) => !seen.has(at));
  return { shown: [...best, ...similar], exact: held.length, held };
}

/** Rows that hold every word: as they stand in the list, and those first whose name says it. */
function findRows(
  index: SearchIndex,
  words: readonly string[],
  within: Shown,
): { readonly held: readonly number[]; readonly best: readonly number[] } {
  const wanted = words.map(wantedOf);
  const held: number[] = [];
  const ranked = Array.from({ length: ranks }, (): number[] => []);
  const size = within?.length ?? index.rows.length;
  for (let position = 0; position < size; position++) {
    const at = within === undefined ? position : (within[position] ?? 0);
    const rank = rankOf(index, at, wanted);
    if (rank === -1) continue;
    held.push(at);
    ranked[rank]?.push(at);
  }
  return { held, best: ranked.some((some) => some.length === held.length) ? held : ranked.flat() };
}

/** The words of a query that a name does not hold: what found the row has to be shown elsewhere. */
export function wordsBeside(label: string, query: string): readonly string[] {
  return queryWords(query).filter((word) => label.search(wordPattern(word)) === -1);
}

export type Span = { readonly text: string; readonly isMatch: boolean };

/** Parts `text` where words of the query occur in it, for highlighting; where letters are alike in a similar row. */
export function matchSpans(text: string, query: string, isSimilar = false): readonly Span[] {
  const lowered = text.toLowerCase();
  const words = queryWords(query);
  // A few letters change length when lowered (İ); then positions do not agree, and nothing is marked.
  if (words.length === 0 || lowered.length !== text.length) {
    return [{ text, isMatch: false }];
  }
  const marks = new Array<boolean>(text.length).fill(false);
  if (isSimilar) {
    const ranges = similarRanges(text, words.join(' '));
    for (let at = 0; at + 1 < ranges.length; at += 2) {
      marks.fill(true, ranges[at], ranges[at + 1]);
    }
  }
  for (const word of isSimilar ? [] : words) {
    for (let at = lowered.indexOf(word); at !== -1; at = lowered.indexOf(word, at + word.length)) {
      marks.fill(true, at, at + word.length);
    }
  }
  const spans: Span[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++) {
    if (at === text.length || marks[at] !== marks[start]) {
      spans.push({ text: text.slice(start, at), isMatch: marks[start] ?? false });
      start = at;
    }
  }
  return spans;
}
