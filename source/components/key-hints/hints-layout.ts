import { displayWidth } from '../text/width.ts';

/** A key as it is written on screen, and what it does: `{key: 'enter', does: 'continue'}`. */
export type KeyHint = {
  readonly key: string;
  readonly does: string;
  /** Who stays when there is too little room; the highest. @default 0 */
  readonly priority?: number | undefined;
};

/**
Hints that fit into so many lines of `width` columns, in their order. The most important come first, and one that is
too long makes room for a shorter one.
*/
export function fitHints<Hint extends KeyHint>(
  hints: readonly Hint[],
  width: number,
  separatorWidth: number,
  mostLines = 1,
): readonly (readonly Hint[])[] {
  const kept = new Set<Hint>();
  const layOut = (): readonly (readonly Hint[])[] =>
    inLines(
      hints.filter((hint) => kept.has(hint)),
      width,
      separatorWidth,
    );
  for (const hint of byImportance(hints)) {
    kept.add(hint);
    // One is always there, cut if it must be.
    if (kept.size > 1 && layOut().length > mostLines) kept.delete(hint);
  }
  return layOut();
}

/** The most important first; among equals the last of all, so that the way out at the end stays longest. */
function byImportance<Hint extends KeyHint>(hints: readonly Hint[]): readonly Hint[] {
  const priorityOf = ({ priority = 0 }: Hint): number => priority;
  const isLast = (hint: Hint): boolean =>
    hint === hints.findLast((other) => priorityOf(other) === priorityOf(hint));
  return hints.toSorted(
    (one, other) => priorityOf(other) - priorityOf(one) || Number(isLast(other)) - Number(isLast(one)),
  );
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
