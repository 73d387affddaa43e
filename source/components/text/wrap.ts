import { graphemes } from './graphemes.ts';
import { displayWidth } from './width.ts';

/**
 * Lines of at most `width` columns: broken at spaces and beside Chinese characters, inside a word only when that is too
 * long for a line of its own. No line begins with a sign that ends something, or ends with one that begins something;
 * a number keeps its unit.
 *
 * @param first - Columns of the first line, where something stands before it.
 */
export function wrapText(text: string, width: number, first = width): readonly string[] {
  const room = Math.max(1, width);
  return text
    .split('\n')
    .flatMap((paragraph, at) => wrapParagraph(paragraph, room, at === 0 ? Math.max(1, first) : room));
}

/** The same below a sign or a label: what goes on begins where the words do. */
export function wrapBeside(lead: string, text: string, width: number): readonly string[] {
  const columns = displayWidth(lead);
  const beside = wrapText(text, width - columns);
  const isWhole = (lines: readonly string[]): boolean =>
    (text.match(new RegExp(uuid, 'gi')) ?? []).every((id) => lines.some((line) => line.includes(id)));
  const hung = (): readonly string[] =>
    beside.map((line, at) => (at === 0 ? lead : ' '.repeat(columns)) + line);
  if (isWhole(beside)) return hung();
  // An id is copied: it gets of the columns of the sign what it needs.
  for (let indent = columns - 1; indent >= 0; indent--) {
    const whole = wrapText(text, width - indent, width - columns);
    if (isWhole(whole)) return whole.map((line, at) => (at === 0 ? lead : ' '.repeat(indent)) + line);
  }
  return hung();
}

/** At most so many of the lines; where some are left out, the last one says so. */
export function firstLines(
  lines: readonly string[],
  most: number,
  width: number,
  ellipsis: string,
): readonly string[] {
  const kept = lines.slice(0, Math.max(0, most));
  const last = kept.at(-1);
  if (last === undefined || kept.length === lines.length) return kept;
  const said = displayWidth(last) + 1 + displayWidth(ellipsis) <= width ? last : wrapText(last, width - 2)[0];
  return [...kept.slice(0, -1), `${said ?? ''} ${ellipsis}`];
}

function wrapParagraph(paragraph: string, width: number, first: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  const room = (): number => (lines.length === 0 ? first : width);
  const fits = (part: string): boolean => displayWidth(line) + displayWidth(part.trimEnd()) <= room();
  const flush = (): void => {
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = '';
  };
  for (const piece of pieces(paragraph, width)) {
    if (fits(piece)) {
      line += piece;
      continue;
    }
    flush();
    // A path or a file name is broken behind a sign that parts it, as long as its parts are short enough.
    for (const part of fits(piece) ? [piece] : partsOf(piece, width)) {
      if (!fits(part)) flush();
      line += part;
    }
  }
  return [...lines, line.trimEnd()];
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const partSign = '/_.,;:@&=-';
/** The moment in a file name. */
const stamp = '\\d{8}_\\d{6}(?!\\d)';
/** What a file ends in stays with what is before it. */
const ending = '(?:\\.(?:csv|json|parquet|plan|gz|zip|bz2|snappy)(?![\\w]))+';
const parting = `(?:(?!${ending})[${partSign}])*`;
const wordPart = new RegExp(
  `${uuid}|${stamp}(?:${ending})?${parting}|(?:(?!${uuid})(?:[^${partSign}]|${ending}))*${parting}`,
  'gi',
);
const idPart = new RegExp(`[^${partSign}]*[${partSign}]*`, 'g');

/** A word that is too long in parts that are not: an id as a whole, where it has a line of its own. */
const partsOf = (word: string, width: number, pattern = wordPart): readonly string[] =>
  (word.match(pattern) ?? [])
    .filter((part) => part !== '')
    .flatMap((part) => {
      if (displayWidth(part) <= width) return [part];
      return pattern === wordPart ? partsOf(part, width, idPart) : graphemes(part);
    });

/** Columns for the signs that end what a command stands in. */
const behindCommand = 4;

/** What may stand on a line by itself, with the spaces after it. */
function pieces(paragraph: string, width: number): readonly string[] {
  const all: string[][] = [];
  for (const word of paragraph.match(words) ?? []) {
    const held = all.at(-1) ?? [];
    const before = held.join('');
    const columns = displayWidth((before + word).trimEnd());
    const isKept = before !== '' && sticks(before, word);
    if (
      before !== '' &&
      (isKept ? columns <= width : isTyped(before, word) && columns <= width - behindCommand)
    )
      held.push(word);
    else if (isKept) all.splice(-1, 1, ...parted(held, word, width));
    else all.push([word]);
  }
  return all.map((held) => held.join(''));
}

/**
 * What is too long with a word that it keeps gives that its last words, where the two need not stay together, or the
 * last part of its last word. Otherwise the word stands alone.
 */
function parted(held: readonly string[], word: string, width: number): string[][] {
  const isFit = (last: readonly string[]): boolean =>
    displayWidth([...last, word].join('').trimEnd()) <= width;
  const at = held.findLastIndex((one, place) => place > 0 && !sticks(held.slice(0, place).join(''), one));
  if (at > 0 && isFit(held.slice(at))) return [held.slice(0, at), [...held.slice(at), word]];
  const parts = partsOf(held.join(''), width);
  const last = parts.slice(-1);
  return parts.length > 1 && isFit(last)
    ? [[parts.slice(0, -1).join('')], [...last, word]]
    : [[...held], [word]];
}

const wide = '\\u2E80-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF\\u{20000}-\\u{3FFFF}';
/** Words of the program's own that are no words when they are parted. */
const terms =
  '對應集|索引鍵|資料流|目的地|啟用|沙箱|區段|計畫|屬性|金鑰|密碼|位置|帳戶|欄位|匯出|檔案|名稱|日期|時間|格式';
/** A file's name is one word, whatever it is written in. */
const fileName = `[^\\s，。、；：！？「」『』（）…]{1,80}${ending}`;
/** Every Chinese character is one, unless it is in a term. */
const words = new RegExp(`(?:${fileName}|${terms})\\s*|[${wide}]\\s*|[^\\s${wide}]+\\s*|\\s+`, 'gu');

const isOpen = /[「『（《〈【〔［｛“‘([{]$/;
/** What is cut at its beginning ends nothing. */
const isClosing = /^(?:[，。、；：！？）」』》〉】〕］｝”’・·%)\]},.;:!?]|…(?!\w))/;
const isNumber = /(?:^|[^\w.])[.,:]*\d[\d.,:]* +$/;
const unit = new RegExp(`^(?:(?:ms|s|min|h|d|B|[kKMGT]B|UTC)(?!\\w)|%|[${wide}])`, 'u');
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';
const isMonth = new RegExp(`^(?:${months})(?!\\w)`);
const isDay = new RegExp(`(?:^|\\D)\\d{1,2} (?:(?:${months}) )?$`);

/** What is typed in a shell: the program, and what follows it that is no word of a sentence. */
const typed = /^\W*(?:npm|npx|node|ferry)\s/;
/** What wants the next word, whatever it is: the program, a group of commands, an option. */
const wanting = /(?:^\W*(?:npm|npx|node|ferry)|start|\.[cm]?js|\b(?:plan|list|account)|\s--?[\w-]*)\s+$/;
const argument = /^(?:--?\w|--\s|[A-Z][A-Z_]+(?![a-z])|\S*[\d/|=_<>]|[^\s.]+\.\w)/;

/** Whether two words are of one command, which is copied as a whole. */
const isTyped = (before: string, after: string): boolean =>
  typed.test(before) && (wanting.test(before) || argument.test(after));

/** Whether no line ends between two that follow each other. */
function sticks(before: string, after: string): boolean {
  if (/\s$/.test(before)) {
    if (isNumber.test(before)) return unit.test(after) || (isDay.test(before) && isMonth.test(after));
    return isDay.test(before)
      ? /^\d{4}(?!\d)/.test(after)
      : before === '第 ' || /^[·–\\|"';^~](?:\s|$)/.test(after);
  }
  return isOpen.test(before) || isClosing.test(after);
}
