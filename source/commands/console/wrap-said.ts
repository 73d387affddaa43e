import { displayWidth } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { line } from './streams.ts';
import { visibleLines } from './visible.ts';

/** A number, or a sign of `components/theme/glyphs.ts` in either way. */
const beforeWords = /^ *(?:(?:\d+\.|->|[✓✗▲●·…→│~+\-=!>?*x]) )?/;

/**
 * A line in lines of at most so many columns, broken between words; what goes on stands below the words of one with a
 * number or a sign, and a little to the right of any other.
 */
export function wrapSaid(said: string, columns: number): string {
  if (said.length > mostWrapped) return said;
  const lead = beforeWords.exec(said)?.[0] ?? '';
  const indent = ' '.repeat(lead.trim() === '' ? lead.length + 2 : lead.length);
  // A blank at the end is room for the answer.
  const end = / $/.test(said) ? ' ' : '';
  const words = said.slice(lead.length).trimEnd();
  if (!(columns > indent.length + leastWords) || displayWidth(lead + words + end) <= columns) return said;
  // What lined up with other lines does not any more.
  const close = words.replaceAll(/ {3,}/g, '  ');
  const lines = wrapText(close, columns - indent.length - end.length, columns - lead.length - end.length);
  return lead + lines.join(`\n${indent}`) + end;
}

/** What stands in columns: the last of them goes on below itself, or where it has no room below its row. */
function wrapRow(row: string, columns: number): string {
  if (!(columns > leastWords) || displayWidth(row) <= columns) return row;
  const [, head = '', words = ''] = /^(.*\S {2,})(\S.*)$/.exec(row) ?? [];
  const room = columns - displayWidth(head);
  if (room >= leastWords) return head + wrapText(words, room).join(`\n${' '.repeat(displayWidth(head))}`);
  const indent = ' '.repeat((beforeWords.exec(row)?.[0].length ?? 0) + 2);
  const below = wrapText(words, columns - indent.length).map((one) => indent + one);
  return [wrapSaid(head.trimEnd(), columns), ...below].join('\n');
}

/** No sentence is that long; what somebody else has named so takes its time to measure. UTF-16 units. */
const mostWrapped = 4096;

/** In less room words are broken anyway. */
const leastWords = 20;

/** Columns of a terminal; nothing where the text goes elsewhere, and is to stay as it is. */
export const columnsOf = (stream: NodeJS.WritableStream): number =>
  'isTTY' in stream && stream.isTTY === true && 'columns' in stream ? Number(stream.columns) : 0;

/** A sentence as a terminal shows it: broken between its words. */
const inLines = (stream: NodeJS.WritableStream, text: string): string =>
  visibleLines(text)
    .split('\n')
    // What stands in columns is no sentence; a place before one is.
    .map((one) => (/\S {2,}\S.*\S {2,}\S/.test(one) ? wrapRow : wrapSaid)(one, columnsOf(stream)))
    .join('\n');

/** Prints sentences as `line` does; a terminal would break them inside a word. */
export const tell = (stream: NodeJS.WritableStream, text: string): void =>
  line(stream, inLines(stream, text));

/**
 * Prints lines of which the first says what all of them come to; on a terminal that has no room for all, it stands below
 * them once more.
 *
 * @param below - Rows that something else takes below them.
 * @see living.md 2, D1
 */
export function tellAll(stream: NodeJS.WritableStream, lines: readonly string[], below = 1): void {
  const drawn = lines.map((one) => inLines(stream, one));
  const [first] = drawn;
  for (const one of drawn) line(stream, one);
  const rows = drawn.join('\n').split('\n').length + below;
  if (first !== undefined && rows > rowsOf(stream)) line(stream, first);
}

/** Rows of a terminal; any number where the text goes elsewhere. */
const rowsOf = (stream: NodeJS.WritableStream): number =>
  'isTTY' in stream && stream.isTTY === true && 'rows' in stream ? Number(stream.rows) : Infinity;

/** What a line goes on with far to the right, where the second column is. */
const goingOn = /\n {12,}(?=\S)/;
const wideSign = /^[，。、；：（）「」]$/;

/** Lines of one text as one: nothing comes between Chinese characters, or beside their signs. */
const asOneLine = (lines: readonly string[]): string =>
  lines.reduce((before, after) => {
    const sides = [before.slice(-1), after.slice(0, 1)];
    const isClose =
      sides.some((side) => wideSign.test(side)) || sides.every((side) => displayWidth(side) > 1);
    return before + (isClose ? '' : ' ') + after;
  });

/** Prints what stands in two columns, as help does; the second goes on below itself. */
export function tellColumns(stream: NodeJS.WritableStream, text: string): void {
  const columns = columnsOf(stream);
  const rows = visibleLines(text)
    .split(/\n(?! {12,}\S)/)
    .map((row) => {
      const lines = row.split('\n');
      if (lines.every((one) => displayWidth(one) <= columns)) return row;
      const one = columns > 0 ? asOneLine(row.split(goingOn)) : row;
      return (/\S {2,}\S/.test(one) ? wrapRow : wrapSaid)(one, columns);
    });
  line(stream, rows.join('\n'));
}

/** A question in lines: what is printed before it, and the last one, behind which is answered. */
export function promptOf(
  stream: NodeJS.WritableStream,
  question: string,
): { above: string[]; prompt: string } {
  const lines = inLines(stream, question).split('\n');
  return { above: lines.slice(0, -1), prompt: lines.at(-1) ?? '' };
}
