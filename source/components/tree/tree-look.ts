import { displayWidth } from '../text/width.ts';
import { type Glyphs, type Tone, type Tones } from '../theme/theme.tsx';
import { type FlatNode, type LeafCount } from './tree-index.ts';

/** Lines that lead from the top to a node: `│ ├ `. */
export function stemOf(flat: FlatNode, glyphs: Glyphs): string {
  // The top level stands at the margin, without lines.
  const [, ...levels] = flat.isLastPerLevel;
  return levels
    .map((isLast, at) =>
      at === levels.length - 1
        ? `${isLast ? glyphs.lastBranch : glyphs.branch} `
        : `${isLast ? ' '.repeat(glyphs.pipe.length) : glyphs.pipe} `,
    )
    .join('');
}

/** The box of a leaf, or the sign of a branch. */
export function markOf(flat: FlatNode, isExpanded: boolean, isSelected: boolean, glyphs: Glyphs): string {
  if (flat.isLeaf) {
    return isSelected
      ? glyphs.boxOn
      : flat.node.disabled === undefined
        ? glyphs.boxOff
        : glyphs.boxOff.length === 1
          ? glyphs.dot
          : ` ${glyphs.dot} `.slice(0, glyphs.boxOff.length);
  }
  return isExpanded ? glyphs.expanded : glyphs.collapsed;
}

export function labelTone(
  flat: FlatNode,
  isCursor: boolean,
  count: LeafCount | undefined,
  tone: Tones,
): Tone {
  if (isCursor) {
    return tone.current;
  }
  if (flat.isLeaf) {
    return flat.node.disabled === undefined ? tone.plain : tone.muted;
  }
  return count !== undefined && count.selected > 0 ? tone.strong : tone.plain;
}

/** Columns of everything before the hint: pointer, lines, mark and label. */
export function textWidth(flat: FlatNode, isFlat: boolean, glyphs: Glyphs): number {
  const stem = isFlat ? '' : stemOf(flat, glyphs);
  const label = isFlat ? flat.path : flat.node.label;
  const mark = markOf(flat, false, false, glyphs);
  return displayWidth(glyphs.pointer) + displayWidth(stem) + displayWidth(mark) + displayWidth(label) + 2;
}
