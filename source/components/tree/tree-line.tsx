import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { Pointer } from '../cursor/pointer.tsx';
import { matchSpans } from '../searchable-list/search.ts';
import { displayWidth, fit, truncate } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { type FlatNode } from './tree-index.ts';
import { labelTone, markOf, stemOf } from './tree-look.ts';

/** Spaces between a label and its hint. */
export const hintGap = 2;

type TreeLineProps = {
  readonly flat: FlatNode;
  readonly isCursor: boolean;
  readonly isExpanded: boolean;
  readonly isSelected: boolean;
  /** Leaves below a branch: chosen, and all. */
  readonly selectedBelow: number;
  readonly leavesBelow: number;
  /** Beside a branch: "2 of 14". */
  readonly countText: string;
  /** The whole path instead of the tree. */
  readonly isFlat: boolean;
  /** Whether there is room for what is said beside a leaf. */
  readonly hasHint: boolean;
  readonly query: string;
  readonly width: number;
  /** Column in which hints begin. */
  readonly hintColumn: number;
  /** Behind everything else, in columns of their own. */
  readonly marks: string;
};

export const TreeLine = memo(function TreeLine(props: TreeLineProps): ReactElement {
  const { flat, isCursor, isExpanded, isSelected, isFlat, query, width } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const stem = isFlat ? '' : stemOf(flat, glyphs);
  const mark = markOf(flat, isExpanded, isSelected, glyphs);
  const hint = flat.isLeaf ? (props.hasHint ? (flat.node.hint ?? '') : '') : props.countText;
  const text = isFlat ? flat.path : flat.node.label;
  const lead = displayWidth(glyphs.pointer) + 1 + displayWidth(stem) + displayWidth(mark) + 1;
  const room = (hint === '' ? width : props.hintColumn - hintGap) - lead;
  const label = hint === '' ? truncate(text, room, glyphs.ellipsis) : fit(text, room, glyphs.ellipsis);
  const fitted = truncate(hint, width - props.hintColumn, glyphs.ellipsis);
  const used = lead + displayWidth(label) + (hint === '' ? 0 : hintGap + displayWidth(fitted));
  const look = labelTone(flat, isCursor, { selected: props.selectedBelow, total: props.leavesBelow }, tone);

  return (
    <Text wrap="truncate">
      <Pointer isHere={isCursor} /> <Text {...tone.muted}>{stem}</Text>
      <Text {...(isSelected ? tone.success : tone.muted)}>{mark}</Text>{' '}
      <Text {...look}>
        {matchSpans(label, isFlat ? query : '').map((span, at) => (
          <Text key={at} {...(span.isMatch ? { ...tone.accent, underline: true } : {})}>
            {span.text}
          </Text>
        ))}
      </Text>
      <Text {...tone.muted}>{hint === '' ? '' : ' '.repeat(hintGap) + fitted}</Text>
      {props.marks === '' ? null : (
        <Text>
          {' '.repeat(Math.max(0, width - used))}
          <Text {...tone.accent}>{props.marks}</Text>
        </Text>
      )}
    </Text>
  );
});
