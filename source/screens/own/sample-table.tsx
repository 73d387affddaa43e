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
  readonly width: number;
  /** Before every line. */
  readonly lead?: string | undefined;
}): ReactElement {
  const { text } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { attributes, keys, width, lead = '  ' } = props;
  const columns = useMemo(
    () =>
      [...keys, ...attributes.filter((path) => !keys.includes(path))].slice(0, width < 60 ? 2 : mostColumns),
    [attributes, keys, width],
  );
  const rows = useMemo(() => sampleRows(columns, keys), [columns, keys]);
  // What a row is the same as stays whole; the values before it give way.
  const same = Math.max(
    ...rows.map(({ sameAs }) =>
      sameAs === undefined ? 0 : displayWidth(text('sample.same', { row: sameAs })),
    ),
  );
  const room = width - 4 - 2 - same - 2 * (columns.length - 1);
  const widths = columns.map((path, at) =>
    Math.min(
      widestColumn,
      Math.max(1, Math.floor(room / columns.length)),
      Math.max(displayWidth(path), ...rows.map((row) => displayWidth(row.values[at] ?? ''))),
    ),
  );
  const toLine = (values: readonly string[]): string =>
    values.map((value, at) => fit(value, widths[at] ?? 1, glyphs.ellipsis)).join('  ');
  // The end of a path tells which column it is.
  const endOf = (path: string, at: number): string => {
    const width = widths[at] ?? 1;
    return displayWidth(path) <= width
      ? path
      : glyphs.ellipsis + path.slice(-Math.max(1, width - glyphs.ellipsis.length));
  };
  const kept = rows.filter((row) => row.sameAs === undefined).length;
  return (
    <>
      <Text {...tone.muted} wrap="truncate">
        {`${lead}${keys.length === 0 ? text('attributes.noKey') : text('sample.title', { rows: rows.length, kept })}`}
      </Text>
      <Text {...tone.muted} wrap="truncate">
        {truncate(`${lead}  ${toLine(columns.map(endOf))}`, width, glyphs.ellipsis)}
      </Text>
      {rows.map((row, at) => (
        <Text key={at} {...(row.sameAs === undefined ? tone.plain : tone.muted)} wrap="truncate">
          {`${lead}${row.sameAs === undefined ? glyphs.check : glyphs.cross} ${toLine(row.values)}`}
          {row.sameAs === undefined ? '' : `  ${text('sample.same', { row: row.sameAs })}`}
        </Text>
      ))}
    </>
  );
}
