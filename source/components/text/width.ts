import stringWidth from 'string-width';
import { graphemes } from './graphemes.ts';

const printableAscii = /^[\x20-\x7E]*$/;

/** Columns that `text` takes in a terminal; a Chinese character takes two. */
export function displayWidth(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** Cuts `text` to at most `width` columns, the last of them an ellipsis when something was cut. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (width <= 0) {
    return '';
  }
  if (displayWidth(text) <= width) {
    return text;
  }
  const room = width - displayWidth(ellipsis);
  if (room <= 0) {
    return takeColumns(text, width);
  }
  return takeColumns(text, room) + ellipsis;
}

/** Cuts to `width` columns and fills up with spaces, so that what follows lines up. */
export function fit(text: string, width: number, ellipsis: string, align: 'left' | 'right' = 'left'): string {
  const cut = truncate(text, width, ellipsis);
  const space = ' '.repeat(Math.max(0, width - displayWidth(cut)));
  return align === 'left' ? cut + space : space + cut;
}

function takeColumns(text: string, width: number): string {
  if (printableAscii.test(text)) {
    return text.slice(0, width);
  }
  let taken = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    const next = displayWidth(grapheme);
    if (used + next > width) {
      break;
    }
    taken += grapheme;
    used += next;
  }
  return taken;
}
