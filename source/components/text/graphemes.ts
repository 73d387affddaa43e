// Made on first use: most runs never type anything but ASCII.
let segmenter: Intl.Segmenter | undefined;

const asciiOnly = /^[\x00-\x7F]*$/;

/** What a person calls characters: an emoji of seven code units is one. */
export function graphemes(text: string): readonly string[] {
  if (asciiOnly.test(text)) {
    return text.split('');
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function withoutLastGrapheme(text: string): string {
  const last = graphemes(text).at(-1);
  return last === undefined ? '' : text.slice(0, -last.length);
}

/** Start of the grapheme before `offset` (UTF-16 units); 0 at the beginning. */
export function previousBoundary(text: string, offset: number): number {
  let start = 0;
  for (const grapheme of graphemes(text)) {
    if (start + grapheme.length >= offset) {
      return start;
    }
    start += grapheme.length;
  }
  return start;
}

/** End of the grapheme that begins at or contains `offset` (UTF-16 units). */
export function nextBoundary(text: string, offset: number): number {
  let end = 0;
  for (const grapheme of graphemes(text)) {
    end += grapheme.length;
    if (end > offset) {
      return end;
    }
  }
  return text.length;
}
