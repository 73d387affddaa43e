import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { sampleRows } from '../../activation/content/sample-rows.ts';
import { firstLines, wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { useWizard } from '../frame/wizard-context.tsx';
import { sampleLines, SampleTable } from './sample-table.tsx';

/** A page with fewer lines says what the keys do in one. */
const leastForTable = 18;

/** Lines below the tree, but for one that is always there. */
export const columnNotesLines = (height: number): number => (height >= leastForTable ? sampleLines : 1);

/** The columns in their order, and what the keys do to rows. */
export function ColumnNotes(props: {
  readonly columns: readonly string[];
  /** What the columns are called in the files. */
  readonly names: readonly string[];
  readonly keys: readonly string[];
  readonly lines: number;
  readonly width: number;
  readonly isBeside: boolean;
}): ReactElement {
  const { text, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { columns, names, keys, lines, isBeside } = props;
  const said = text('attributes.header', { columns: names.join(' | ') });
  const rows = sampleRows(keys, keys);
  const kept = rows.filter(({ sameAs }) => sameAs === undefined).length;
  const short =
    keys.length === 0
      ? text('attributes.noKey')
      : text('sample.short', {
          rows: rows.length,
          kept,
          keys: keys.map((key) => `${glyphs.diamond} ${key}`).join(' '),
        });
  if (isBeside) {
    const room = props.width - 2;
    const all = [
      text('attributes.inOrder'),
      ...firstLines(
        names.map((name, at) => `${at + 1}  ${name}`),
        Math.max(1, lines - sampleLines - 3),
        room,
        glyphs.ellipsis,
      ),
      '',
    ].flatMap((line) => wrapText(line, room));
    return (
      <Box flexDirection="column" width={props.width}>
        {all.map((line, at) => (
          <Text key={at} {...tone.muted} wrap="truncate">{`${glyphs.pipe} ${line}`}</Text>
        ))}
        <SampleTable attributes={columns} keys={keys} width={props.width} lead={`${glyphs.pipe} `} />
      </Box>
    );
  }
  // What has no room in one line is more than which columns there are: the tree shows that.
  const wrapped = wrapText(short, width - 2);
  if (lines <= 2 && wrapped.length > 1)
    return (
      <Box flexDirection="column" width={width}>
        {firstLines(wrapped, lines, width - 2, glyphs.ellipsis).map((line, at) => (
          <Text key={at} {...tone.muted} wrap="truncate">{`  ${line}`}</Text>
        ))}
      </Box>
    );
  return (
    <Box flexDirection="column" width={width}>
      {lines > 1 ? (
        <Text {...tone.muted} wrap="truncate">
          {`  ${columns.length === 0 ? ' ' : said}`}
        </Text>
      ) : null}
      {lines > 2 ? (
        <SampleTable attributes={columns} keys={keys} width={width} />
      ) : (
        <Text {...tone.muted} wrap="truncate">
          {`  ${short}`}
        </Text>
      )}
    </Box>
  );
}
