import uFuzzy from '@leeoniya/ufuzzy';

/** Letters of every script; the matcher knows only Latin ones by itself. */
const letters = {
  unicode: true,
  interSplit: "[^\\p{L}\\p{N}']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\p{N}|\\p{N}\\p{L}|\\p{Ll}\\p{Lu}',
  interIns: Number.POSITIVE_INFINITY,
};

/** One slip of the finger in each word, then letters in their order with anything between them. */
const matchers = [
  { mostMissing: 1, fuzzy: new uFuzzy({ ...letters, intraChars: "[\\p{L}\\p{N}']", intraMode: 1 }) },
  {
    mostMissing: 0,
    fuzzy: new uFuzzy({ ...letters, intraChars: '.', intraIns: Number.POSITIVE_INFINITY, interChars: '.' }),
  },
] as const;

/** A shorter word is like everything. */
const leastLetters = 3;
/** More than these are not put in order: nobody reads so far. */
const mostRanked = 500;

/** What rows are likened by. */
export type Likened<Row extends { readonly label: string } = { readonly label: string }> = {
  readonly rows: readonly Row[];
  /** The letters of each label, a bit each. */
  readonly letters: readonly number[];
};

/**
Rows whose label is like `query`, the best first: for what was not quite remembered, or not quite typed.

Rows that lack the letters are left out before the matcher, which costs far more, sees them.
*/
export function findSimilar(
  { rows, letters: masks }: Likened,
  query: string,
  within?: readonly number[],
): readonly number[] {
  const words = query.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0 || words.some((word) => word.length < leastLetters && /^[ -~]+$/.test(word)))
    return [];
  const wanted = lettersOf(query.toLowerCase());
  for (const { fuzzy, mostMissing } of matchers) {
    const candidates: number[] = [];
    const size = within?.length ?? rows.length;
    for (let position = 0; position < size; position++) {
      const at = within === undefined ? position : (within[position] ?? 0);
      if (countBits(wanted & ~(masks[at] ?? 0)) <= mostMissing * words.length) candidates.push(at);
    }
    if (candidates.length === 0) continue;
    const labels = candidates.map((at) => rows[at]?.label ?? '');
    const found = fuzzy.filter(labels, query);
    if (found === null || found.length === 0) continue;
    if (found.length > mostRanked) return found.map((at) => candidates[at] ?? 0);
    const facts = fuzzy.info(found, labels, query);
    return fuzzy.sort(facts, labels, query).map((at) => candidates[facts.idx[at] ?? 0] ?? 0);
  }
  return [];
}

/** Where a label is like a query: beginnings and ends, by turns. */
export function similarRanges(label: string, query: string): readonly number[] {
  for (const { fuzzy } of matchers) {
    const [at] = fuzzy.filter([label], query) ?? [];
    if (at !== undefined) return fuzzy.info([at], [label], query).ranges[0] ?? [];
  }
  return [];
}

/** The letters of a text, a bit each; some share one. Spaces do not count. */
export function lettersOf(lowered: string): number {
  let mask = 0;
  for (let at = 0; at < lowered.length; at++) {
    const code = lowered.charCodeAt(at);
    if (code > 32) mask |= 1 << (code & 31);
  }
  return mask;
}

function countBits(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count++;
  return count;
}
