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
    // A path or a file name is broken behind a sign that parts it, as long as its parts are short enough.
    for (const part of displayWidth(piece.trimEnd()) <= width ? [piece] : partsOf(piece, width)) {
      if (line !== '' && displayWidth(line) + displayWidth(part.trimEnd()) > width) {
        lines.push(line);
        line = '';
      }
      line += part;
    }
  }
  return [...lines, line.trimEnd()];
}

/** A word that is too long in parts that are not. */
const partsOf = (word: string, width: number): readonly string[] =>
  (word.match(/[^/_.,;:@&=-]*[/_.,;:@&=-]*/g) ?? [])
    .filter((part) => part !== '')
    .flatMap((part) => (displayWidth(part) <= width ? [part] : graphemes(part)));

/** Signs that no line begins with. */
const closing = '，。、；：！？）」』';
const wide = '\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF';
const parts = new RegExp(`[${wide}][${closing}]* *|[^\\s${wide}]+[${closing}]*\\s*|\\s+`, 'g');

/** Words with the spaces after them; every Chinese character may end a line, and keeps the sign behind it. */
const pieces = (text: string): readonly string[] => text.match(parts) ?? [];
