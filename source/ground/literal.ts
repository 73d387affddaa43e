/** What a pattern has to say to mean this text and nothing else, with the flag `u` or without. */
export const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** What İ is when it is lowered: the one letter that becomes two, and so no pattern takes it for them. */
export const dottedI = 'i\u0307';

/**
 * What finds a word in a text, whatever capitals either has, and İ by i. A text is not lowered to be looked at: of 100,000
 * names a copy each would be made with every key, and thrown away.
 *
 * @param word - Lowered or not.
 */
export const wordPattern = (word: string): RegExp =>
  new RegExp(
    literal(word.toLowerCase()).replaceAll(dottedI, 'i').replaceAll('i', '(?:i\u0307?|\u0130)'),
    'iu',
  );
