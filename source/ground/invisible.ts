/**
 * What moves, turns or hides in a terminal, but for C0: DEL, C1, line separators, and everything that is drawn as
 * nothing. What a script or an emoji needs stays where it is needed, and only there: joiners beside letters of a
 * script that joins, at most three between the signs of an emoji, a variation after a sign that has one, Mongolian
 * variations, Hangul fillers in a syllable.
 */
// oxfmt-ignore
const invisible =
  String.raw`(?!(?<=[[[\p{L}\p{M}]&&[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mand}\p{scx=Nkoo}\p{scx=Mong}\p{scx=Adlm}\p{scx=Rohg}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}\p{scx=Newa}\p{scx=Java}\p{scx=Bali}]]--\p{Default_Ignorable_Code_Point}])(?:\u200d|\u200c(?=[[\p{L}\p{M}\p{N}]--\p{Default_Ignorable_Code_Point}]))|(?<=\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?)(?<!(?:\u200d\p{Extended_Pictographic}[\ufe0f\p{Emoji_Modifier}]?){3})\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[\u1820-\u18aa])(?:[\u180b-\u180d\u180f]|\u180e(?=[\u1820-\u18aa]))|(?<=[\u1100-\u115e\ua960-\ua97c])\u1160|\u115f(?=[\u1161-\u11a7]))[\u007f-\u009f\u2028\u2029\ufff9-\ufffb\p{Default_Ignorable_Code_Point}]`;
/** What most texts are made of, and nothing of it is invisible. */
const isVisible =
  /^[\u0000-~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2bff\u3001-\u303f\u4e00-\u9fff\uff01-\uff5e]*$/;
let pattern: RegExp | undefined;

/** V8 takes 4 ms to read the pattern, so it is made when a text needs it. */
export function replaceInvisible(text: string, by: string | ((found: string) => string)): string {
  if (isVisible.test(text)) return text;
  pattern ??= new RegExp(invisible, 'gv');
  return typeof by === 'string' ? text.replace(pattern, by) : text.replace(pattern, by);
}

/** C0 but tab and newline, and lone surrogates. */
const controls = /[\u0000-\u0008\u000b-\u001f\p{Cs}]/gu;
/** Marks over one letter; more of them climb over the lines above. */
const flood = /(\p{M}{4})\p{M}+/gu;

/** A text of which everything can be seen: a mark stands for what cannot, or nothing. */
export const replaceHidden = (text: string, mark: string): string =>
  replaceInvisible(text.replace(controls, mark), mark).replace(flood, `$1${mark}`);
