/** What stands for what is hidden. */
export const hidden = '[redacted]';

/** Where something stands in a text: from its first UTF-16 unit to behind its last. */
export type Range = readonly [from: number, to: number];

/** Where a pattern finds something in a text, or where a value stands in it, also where it overlaps itself. */
export function rangesOf(what: RegExp | string, text: string): Range[] {
  if (typeof what !== 'string')
    return [...text.matchAll(what)].map(({ index, 0: found }) => [index, index + found.length]);
  const ranges: Range[] = [];
  for (let at = text.indexOf(what); at >= 0; at = text.indexOf(what, at + 1))
    ranges.push([at, at + what.length]);
  return ranges;
}

/**
 * A text without what stands in these places. All of them are looked for in the text as it was: what was hidden for
 * one reason must not keep the rest from being found.
 */
export function withoutRanges(text: string, ranges: readonly Range[]): string {
  let said = '';
  let copied = 0;
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from > copied || (from === copied && !said.endsWith(hidden)))
      said += text.slice(copied, from) + hidden;
    copied = Math.max(copied, to);
  }
  return said + text.slice(copied);
}
