import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { SearchLine, searchGap } from '../list-parts/search-line.tsx';
import { StatusLine } from '../list-parts/status-line.tsx';
import { joinParts, type SearchTexts } from '../list-parts/texts.ts';
import { displayWidth } from '../text/width.ts';
import { useGlyphs, useTone } from '../theme/theme.tsx';
import { countLeaves, type TreeNode } from './tree-index.ts';
import { textWidth } from './tree-look.ts';
import { hintGap, TreeLine } from './tree-line.tsx';
import { countHidden, flatUnderCursor, isFiltered, type TreePlace } from './tree-state.ts';
import { useTreePicker } from './use-tree-picker.ts';

export type { TreeNode } from './tree-index.ts';
export type { TreePlace } from './tree-state.ts';

export type TreeTexts = SearchTexts & {
  /** In the empty search line. */
  readonly placeholder?: string | undefined;
  /** Beside a branch: "2 of 14", or '' for none. */
  readonly branch?: ((selected: number, total: number) => string) | undefined;
};

/** A sign for some of the chosen leaves. */
type TreeMark = {
  readonly title: string;
  readonly sign: string;
  readonly ids: readonly string[];
};

/** With fewer columns the names need them all. */
const leastForHints = 40;

/** Spaces before a column of signs. */
const markGap = 2;

export type TreePickerProps = {
  /** A new array when they change; open branches, cursor and selection stay. */
  readonly nodes: readonly TreeNode[];
  readonly initialSelected?: readonly string[] | undefined;
  /** Ids of open branches; those above chosen leaves are open anyway. */
  readonly initialExpanded?: readonly string[] | undefined;
  /** Between the labels of a path. @default '.' */
  readonly separator?: string | undefined;
  /** Most lines of the tree to draw. The whole picker is two lines taller. */
  readonly height: number;
  /** @default the width of the terminal */
  readonly width?: number | undefined;
  readonly texts: TreeTexts;
  /** @default true */
  readonly isActive?: boolean | undefined;
  /** Enter: the chosen leaves in the order of choosing. */
  readonly onSubmit: (ids: readonly string[]) => void;
  /** Esc when no filter is left to clear. */
  readonly onBack?: (() => void) | undefined;
  readonly onSelectionChange?: ((ids: readonly string[]) => void) | undefined;
  /** The cursor is on another line, or a word is begun or given up. */
  readonly onPlaceChange?: ((place: TreePlace) => void) | undefined;
  /** Letters that are keys on a leaf that can be chosen, as long as no word is typed; `/` begins one. */
  readonly onLetter?: Readonly<Record<string, (id: string) => void>> | undefined;
  /** Signs at the right of chosen leaves, in columns with titles. */
  readonly marks?: readonly TreeMark[] | undefined;
};

/** Leaves of a tree, chosen by walking it or by searching: then it is a flat list of whole paths. */
export function TreePicker(props: TreePickerProps): ReactElement {
  const { nodes, separator = '.', height, texts, isActive = true } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const window = useWindowSize();
  const fullWidth = props.width ?? window.columns;
  const state = useTreePicker(
    { nodes, separator, height, selected: props.initialSelected, expanded: props.initialExpanded },
    {
      isActive,
      onSubmit: props.onSubmit,
      onBack: props.onBack,
      onSelectionChange: props.onSelectionChange,
      onPlaceChange: props.onPlaceChange,
      onLetter: props.onLetter,
    },
  );
  const { marks = [] } = props;
  const marksWidth = marks.reduce((sum, { title }) => sum + markGap + displayWidth(title), 0);

  const width = fullWidth - marksWidth;
  const isFlat = isFiltered(state);
  const indent = glyphs.pointer.length + 1;
  // As tall as it may be, whatever is open or found, so that nothing below jumps.
  const slots = Math.max(1, Math.min(state.height, state.index.flat.length));
  const drawn = Array.from({ length: slots }, (_, slot) => state.shown[state.top + slot]);
  const hidden = useMemo(() => countHidden(state), [state]);
  const under = flatUnderCursor(state);
  const { shown, index } = state;
  const hintColumn = useMemo(() => {
    // The first few hundred tell enough, and keep the column still while the person scrolls.
    const widths = shown.slice(0, 300).flatMap((position) => {
      const flat = index.flat[position];
      return flat === undefined ? [] : [textWidth(flat, isFlat, glyphs)];
    });
    return Math.min(Math.max(0, ...widths) + hintGap, Math.ceil(width * 0.7));
  }, [shown, index, isFlat, glyphs, width]);
  const shownCount = state.shown.length;
  const marksOf = (id: string): string =>
    marks.some(({ ids }) => ids.includes(id))
      ? marks
          .map(({ title, sign, ids }) => {
            const room = displayWidth(title);
            const said = ids.includes(id) ? sign : '';
            const left = Math.floor((room - displayWidth(said)) / 2);
            return ' '.repeat(markGap + left) + said + ' '.repeat(room - left - displayWidth(said));
          })
          .join('')
          .trimEnd()
      : '';

  const beside = marks.map(({ title }) => ' '.repeat(markGap) + title).join('');
  const matches = joinParts(
    [
      state.isOnlySelected ? texts.onlySelected : undefined,
      texts.matches(isFlat ? shownCount : state.index.leafCount, state.index.leafCount),
    ],
    glyphs.dot,
  );
  const searchRoom = fullWidth - indent - displayWidth(`${texts.search} ${matches}${beside}`) - searchGap;

  return (
    <Box flexDirection="column" width={fullWidth}>
      <SearchLine
        indent={indent}
        label={texts.search}
        query={state.query}
        placeholder={
          state.isSearching || searchRoom < displayWidth(texts.placeholder ?? '')
            ? undefined
            : texts.placeholder
        }
        beside={beside}
        matches={[matches]}
        width={fullWidth}
        isActive={isActive}
      />
      {drawn.map((position, slot) => {
        const flat = position === undefined ? undefined : state.index.flat[position];
        if (position === undefined || flat === undefined) {
          return (
            <Text key={slot} {...tone.muted}>
              {slot === 0 ? ' '.repeat(indent) + texts.none : ' '}
            </Text>
          );
        }
        const below = flat.isLeaf
          ? { selected: 0, total: 0 }
          : countLeaves(state.index, position, state.selected);
        return (
          <TreeLine
            key={slot}
            flat={flat}
            isCursor={isActive && state.top + slot === state.cursor}
            isExpanded={state.expanded.has(flat.node.id)}
            isSelected={flat.isLeaf && state.selected.has(flat.node.id)}
            selectedBelow={below.selected}
            leavesBelow={below.total}
            countText={texts.branch?.(below.selected, below.total) ?? ''}
            isFlat={isFlat}
            hasHint={width >= leastForHints}
            query={state.query}
            width={width}
            hintColumn={hintColumn}
            marks={marksOf(flat.node.id)}
          />
        );
      })}
      <StatusLine
        width={fullWidth}
        indent={indent}
        refusal={under?.node.disabled}
        selected={texts.selected(state.selected.size, hidden)}
        range={
          shownCount <= state.height
            ? ''
            : texts.range(state.top + 1, Math.min(state.top + state.height, shownCount), shownCount)
        }
      />
    </Box>
  );
}
