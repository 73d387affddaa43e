import { createRequire } from 'node:module';

// Stands for string-width in the bundle, for all of its users: they bring six copies between them.
// The real one compiles its tables of emoji, which takes longer than drawing a page. Texts of Latin letters, of Chinese
// and of the signs that ferry draws do not need them, so the real one is read when another text comes.

/** Each of these takes one cell, alone or beside any other of them: none joins its neighbour. */
export const oneCell =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u017f–—‖‘’“”•…‹›←↑→↓─│└├┬┴┼╭╮╯╰▲▣▸▾▀▁-█░■□●○◆◉◯◌☐☑␣✓✗❯⠁-⣿]*$/;

/** Each of these takes two, in the same company. */
export const twoCells = /[\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]/g;

// Colours take no cell.
const colours = /\u001b\[[\d;]*m/g;

/**
 * Set apart what terminals without grapheme clusters draw apart: the signs of an emoji, the tone of its skin,
 * letters of a syllable that is not composed. A line that is measured so never takes more cells than it may,
 * and in terminals that join them it is shorter; the other way round it would push off what stands above.
 */
export function apart(text) {
  return text.replace(asText, '').replace(joined, '\u200b');
}
const joined =
  /\u200d|(?=\p{Emoji_Modifier})|(?<=[\u1100-\u115f\ua960-\ua97c])(?=[\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3])|(?=[\ud7b0-\ud7fb])|(?<=[\u{16d63}-\u{16d6a}])(?=[\u{16d63}-\u{16d6a}])/gu;
const asText = /\ufe0e/g;

let measured;

export default function stringWidth(text, options) {
  if (options === undefined && typeof text === 'string') {
    const plain = text.includes('\u001b') ? text.replace(colours, '') : text;
    if (oneCell.test(plain)) return plain.length;
    const narrow = plain.replace(twoCells, '');
    if (oneCell.test(narrow)) return plain.length * 2 - narrow.length;
  }
  // A file of its own, beside the chunk that asks for it.
  measured ??= createRequire(import.meta.url)('./string-width.js').default;
  return measured(typeof text === 'string' ? apart(text) : text, options);
}
