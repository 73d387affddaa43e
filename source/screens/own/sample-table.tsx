import { Text } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { sampleRows } from '../../activation/content/sample-rows.ts';
import { displayWidth, fit, truncate } from '../../components/text/width.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { useWizard } from '../frame/wizard-context.tsx';

/** Lines of the table. */
export const sampleLines = 6;
const mostColumns = 3;
const widestColumn = 22;

/** What the chosen keys do to made-up rows: which stay, and which are the same as another. */
export function SampleTable(props: {
  readonly attributes: readonly string[];
  readonly keys: readonly string[];
}): ReactElement {
  const { text, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { attributes, keys } = props;
  const columns = useMemo(
    () => [...keys, ...attributes.filter((path) => !keys.includes(path))].slice(0, mostColumns),
    [attributes, keys],
  );
  const rows = useMemo(() => sampleRows(columns, keys), [columns, keys]);
  const widths = columns.map((path, at) =>
    Math.min(
      widestColumn,
      Math.max(displayWidth(path), ...rows.map((row) => displayWidth(row.values[at] ?? ''))),
    ),
  );
  const toLine = (values: readonly string[]): string =>
    values.map((value, at) => fit(value, widths[at] ?? 1, glyphs.ellipsis)).join('  ');
  const kept = rows.filter((row) => row.sameAs === undefined).length;
  return (
    <>
      <Text {...tone.muted} wrap="truncate">
        {`  ${text('sample.title', { rows: rows.length, kept })}`}
      </Text>
      <Text {...tone.muted} wrap="truncate">
        {truncate(`    ${toLine(columns)}`, width, glyphs.ellipsis)}
      </Text>
      {rows.map((row, at) => (
        <Text key={at} {...(row.sameAs === undefined ? tone.plain : tone.muted)} wrap="truncate">
          {`  ${row.sameAs === undefined ? glyphs.check : glyphs.cross} ${toLine(row.values)}`}
          {row.sameAs === undefined ? '' : `  ${text('sample.same', { row: row.sameAs })}`}
        </Text>
      ))}
    </>
  );
}
