import { replaceInvisible } from '../../ground/invisible.ts';

/** CR and CRLF → LF: terminals send CR for a line end, also inside pasted text. */
function unifyNewlines(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

export function endsWithNewline(text: string): boolean {
  return /[\r\n]$/.test(text);
}

/** Without the last line end (one, of any kind). */
export function trimLastNewline(text: string): string {
  return text.replace(/(\r\n|\r|\n)$/, '');
}

/** For one line: line ends and tabs become single spaces; what would move, turn or hide is dropped. */
export function cleanText(text: string): string {
  // A joiner that is a key of its own stands beside letters that were typed before it.
  if (/^[\u200c\u200d]$/.test(text)) return text;
  return replaceInvisible(dropControls(trimLastNewline(unifyNewlines(text)).replace(/[\n\t]+/g, ' ')), '');
}

/** For many lines: line ends stay (as LF, the last one trimmed), other control characters are dropped. */
export function cleanLines(text: string): string {
  return dropControls(trimLastNewline(unifyNewlines(text)));
}

/** Drops C0 except tab and newline, DEL, C1, and the signs that turn the direction of writing. */
function dropControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

/** What somebody called something, on one line: a line end in it must not look like a line of ours. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
