import { Text } from 'ink';
import { memo, type ReactElement } from 'react';
import { fit } from '../text/width.ts';
import { type ToneName, useGlyphs, useTone } from '../theme/theme.tsx';
import { type ListRow, matchSpans, wordsBeside } from './search.ts';
import { cellsOf, columnGap, fitAround, type ListColumns } from './searchable-list-layout.ts';
import { lookOfRow } from './searchable-list-look.ts';
import { type SelectionMode } from './searchable-list-state.ts';

type SearchableListRowProps = {
  readonly row: ListRow;
  readonly mode: SelectionMode;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly query: string;
  /** The row does not hold the query; it is like it. */
  readonly isSimilar: boolean;
  readonly columns: ListColumns;
  /** Tone of what stands beside the label. */
  readonly beside: ToneName;
};

/** One line; drawn again only when something on it changes. */
export const SearchableListRow = memo(function SearchableListRow({
  row,
  mode,
  isCursor,
  isSelected,
  query,
  isSimilar,
  columns,
  beside: besideTone,
}: SearchableListRowProps): ReactElement {
  const glyphs = useGlyphs();
  const tone = useTone();
  const look = lookOfRow(
    { mode, isCursor, isSelected, isDisabled: row.disabled !== undefined },
    glyphs,
    tone,
  );
  const cells = cellsOf(row);
  const gap = ' '.repeat(columnGap);
  // Where the name says it nobody looks further, and every mark is bytes on the line.
  const beside = isSimilar ? [] : wordsBeside(row.label, query);
  const hint = columns.cells
    .map((width, at) => gap + fitAround(cells[at] ?? '', width, glyphs.ellipsis, beside))
    .join('')
    .trimEnd();

  return (
    <Text wrap="truncate">
      <Text {...look.pointerTone}>{look.pointer}</Text> <Text {...look.markTone}>{look.mark}</Text>{' '}
      <Text {...look.labelTone}>
        {matchSpans(fit(row.label, columns.label, glyphs.ellipsis), query, isSimilar).map((span, at) => (
          <Text key={at} {...(span.isMatch ? look.matchTone : {})}>
            {span.text}
          </Text>
        ))}
      </Text>
      <Text {...tone[row.disabled === undefined ? besideTone : 'muted']}>
        {beside.length === 0
          ? hint
          : matchSpans(hint, beside.join(' ')).map((span, at) => (
              <Text key={at} {...(span.isMatch ? look.matchTone : {})}>
                {span.text}
              </Text>
            ))}
      </Text>
    </Text>
  );
});
