import { displayWidth } from '../text/width.ts';

/** A key as it is written on screen, and what it does: `{key: 'enter', does: 'continue'}`. */
export type KeyHint = {
  readonly key: string;
  readonly does: string;
  /** Who stays when the line is too narrow; the highest. @default 0 */
  readonly priority?: number | undefined;
};

/**
Hints that fit into `width` columns, in their order. The least important go first, and among equals
the last but one, so that the way out at the end of the line stays longest.
*/
export function fitHints<Hint extends KeyHint>(
  hints: readonly Hint[],
  width: number,
  separatorWidth: number,
): readonly Hint[] {
  const kept = [...hints];
  while (kept.length > 1 && lineWidth(kept, separatorWidth) > width) {
    const lowest = Math.min(...kept.map((hint) => hint.priority ?? 0));
    const candidates = kept.filter((hint) => (hint.priority ?? 0) === lowest);
    const dropped = candidates.at(-2) ?? candidates.at(-1);
    kept.splice(
      kept.findIndex((hint) => hint === dropped),
      1,
    );
  }
  return kept;
}

function lineWidth(hints: readonly KeyHint[], separatorWidth: number): number {
  return hints.reduce(
    (sum, hint, at) =>
      sum + displayWidth(hint.key) + 1 + displayWidth(hint.does) + (at === 0 ? 0 : separatorWidth),
    0,
  );
}
