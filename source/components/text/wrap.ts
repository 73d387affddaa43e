import { graphemes } from './graphemes.ts';
import { displayWidth } from './width.ts';

/** Lines of at most `width` columns, broken at spaces, and inside a word only when it is too long. */
export function wrapText(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, room));
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(paragraph)) {
    if (displayWidth(line) + displayWidth(piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    for (const grapheme of graphemes(piece)) {
      if (displayWidth(line) + displayWidth(grapheme.trimEnd()) > width) {
        lines.push(line);
        line = '';
      }
      line += grapheme;
    }
  }
  return [...lines, line.trimEnd()];
}

/** Signs that no line begins with. */
const closing = '，。、；：！？）」』';
const wide = '\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF';
const parts = new RegExp(`[${wide}][${closing}]* *|[^\\s${wide}]+[${closing}]*\\s*|\\s+`, 'g');

/** Words with the spaces after them; every Chinese character may end a line, and keeps the sign behind it. */
const pieces = (text: string): readonly string[] => text.match(parts) ?? [];
