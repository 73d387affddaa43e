const pairs: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
  ['「', '」'],
];

/**
 * A setting without what copying leaves around it: blanks, line ends, a byte order mark, quotes. What is in it stays.
 *
 * @param isToken - What stands before a token in a header goes too: `Authorization: Bearer …`.
 */
export function undecorated(value: string, { isToken = false }: { isToken?: boolean } = {}): string {
  let bare = value;
  for (;;) {
    const before = bare;
    bare = bare.trim();
    if (isToken)
      bare = bare
        .replace(/^Authorization:/i, '')
        .replace(/^Bearer(\s+|$)/i, '')
        .replace(/(\\r)?\\n$/, '');
    const pair = pairs.find(
      ([begin, end]) => bare.length > 1 && bare.startsWith(begin) && bare.endsWith(end),
    );
    if (pair) bare = bare.slice(1, -1);
    if (bare === before) return bare;
  }
}
