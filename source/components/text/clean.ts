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

/**
 * What moves, turns or hides in a terminal, but for C0: DEL, C1, line separators, and everything that is drawn as
 * nothing. What a script or an emoji needs stays where it is needed, and only there: joiners beside letters of a
 * script that joins, at most three between the signs of an emoji, a variation after a sign that has one, Mongolian
 * variations, Hangul fillers in a syllable. The other rooms have the same, held together by a test.
 */
// prettier-ignore
export const invisible =
  String.raw`(?!(?<=[[[\p{L}\p{M}]&&[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Newa}\p{scx=Java}\p{scx=Bali}]]--\p{Default_Ignorable_Code_Point}])(?:\u200d|\u200c(?=[[\p{L}\p{M}\p{N}]--\p{Default_Ignorable_Code_Point}]))|(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)(?<!(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?){3})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[\u1820-\u18aa])(?:[\u180b-\u180d\u180f]|\u180e(?=[\u1820-\u18aa]))|(?<=[\u1100-\u115e\ua960-\ua97c])\u1160|\u115f(?=[\u1161-\u11a7]))[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]`;
/** What most texts are made of, and nothing of it is invisible. */
const isVisible =
  /^[\u0000-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2bff\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]*$/;
let pattern: RegExp | undefined;

/** V8 takes 4 ms to read the pattern, so it is made when a text needs it. */
function withoutInvisible(text: string): string {
  if (isVisible.test(text)) return text;
  pattern ??= new RegExp(invisible, 'gv');
  return text.replace(pattern, '');
}

/** For one line: line ends and tabs become single spaces; what would move, turn or hide is dropped. */
export function cleanText(text: string): string {
  // A joiner that is a key of its own stands beside letters that were typed before it.
  if (/^[\u200c\u200d]$/.test(text)) return text;
  return withoutInvisible(dropControls(trimLastNewline(unifyNewlines(text)).replace(/[\n\t]+/g, ' ')));
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
