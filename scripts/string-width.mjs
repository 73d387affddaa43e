// Stands for string-width in the bundle, for all of its users: they bring six copies between them.
// The first text that is not ASCII makes the real one compile its tables of emoji, which takes longer
// than drawing a page. Texts of Latin letters and of the signs that ferry draws do not need them, so the
// real one is read when another text comes.

/** Each of these takes one cell, alone or beside any other of them: none joins its neighbour. */
export const oneCell =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u017f–—‘’“”•…←↑→↓─│└├┬┴┼╭╮╯╰▲▸▾█░■□●○◉◯◌✓✗❯⠁-⣿]*$/;

// Colours take no cell.
const colours = /\u001b\[[\d;]*m/g;

let measured;

export default function stringWidth(text, options) {
  if (options === undefined && typeof text === 'string') {
    const plain = text.includes('\u001b') ? text.replace(colours, '') : text;
    if (oneCell.test(plain)) return plain.length;
  }
  // The bundler makes a module of its own of this, read here and not before.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  measured ??= require('../node_modules/string-width/index.js').default;
  return measured(text, options);
}
