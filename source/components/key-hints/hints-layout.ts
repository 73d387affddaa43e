import { displayWidth } from '../text/width.ts';

/** A key as it is written on screen, and what it does: `{key: 'enter', does: 'continue'}`. */
export type KeyHint = {
  readonly key: string;
  readonly does: string;
  /** Who stays when there is too little room; the highest. @default 0 */
  readonly priority?: number | undefined;
};

/**
Hints that fit into so many lines of `width` columns, in their order. The least important go first, and among equals
the last but one, so that the way out at the end stays longest.
*/
export function fitHints<Hint extends KeyHint>(
  hints: readonly Hint[],
  width: number,
  separatorWidth: number,
  mostLines = 1,
): readonly (readonly Hint[])[] {
  const kept = [...hints];
  for (;;) {
    const lines = inLines(kept, width, separatorWidth);
    if (kept.length <= 1 || lines.length <= mostLines) return lines;
    const lowest = Math.min(...kept.map((hint) => hint.priority ?? 0));
    const candidates = kept.filter((hint) => (hint.priority ?? 0) === lowest);
    const dropped = candidates.at(-2) ?? candidates.at(-1);
    kept.splice(
      kept.findIndex((hint) => hint === dropped),
      1,
    );
  }
}

/** A hint is never broken: it begins the next line. */
function inLines<Hint extends KeyHint>(
  hints: readonly Hint[],
  width: number,
  separatorWidth: number,
): readonly (readonly Hint[])[] {
  const lines: Hint[][] = [[]];
  let used = 0;
  for (const hint of hints) {
    const own = displayWidth(hint.key) + 1 + displayWidth(hint.does);
    const line = lines.at(-1);
    if (line === undefined || (line.length > 0 && used + separatorWidth + own > width)) {
      lines.push([hint]);
      used = own;
    } else {
      used += (line.length === 0 ? 0 : separatorWidth) + own;
      line.push(hint);
    }
  }
  return lines;
}
