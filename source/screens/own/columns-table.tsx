import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { columnName } from '../../activation/content/columns.ts';
import { TextField } from '../../components/field/text-field.tsx';
import { ScrollTable, type TableRow } from '../../components/table/scroll-table.tsx';
import { displayWidth, truncate } from '../../components/text/width.ts';
import { firstLines, wrapText } from '../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { columns as page } from '../../pages/content/columns.ts';
import { ShortBody } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { type PageKeyName, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { type Columns, useColumns } from './use-columns.ts';

/** With fewer columns than this there is a name beside its signs, and the rest is told below. */
const leastForSource = 60;
/** Columns that a name and what it is made from keep; an example gives way, and is told below. */
const nameWidth = 32;
const sourceWidth = 12;
const exampleWidth = 16;
/** What a narrow table shows of a name, beside its signs. */
const narrowName = 29;
const titles = [
  'columns.column',
  'columns.source',
  'attributes.must',
  'attributes.key',
  'columns.example',
] as const;
const widths: readonly number[] = [nameWidth, sourceWidth];
/** What is told of a row: where it is from, an example, and what is wrong. */
const noteLines = 3;

/** What each column is called, changed where it stands; the last row goes on. */
export function ColumnsScreen(): ReactElement {
  const { asking } = useWizard();
  const columns = useColumns();
  const keys = usePageKeys(keysOf(columns));
  return (
    <Page question={page.question(asking)} keys={keys} hasManyKeys>
      <ShortBody lines={columns.rows.length + noteLines + 3} />
      <ColumnsTable {...columns} />
    </Page>
  );
}

/** What the keys do on this row: nothing is told of one that would be refused there. */
export function keysOf({
  here,
  written,
  wrong,
  rows,
}: Pick<Columns, 'here' | 'written' | 'wrong' | 'rows'>): PageKeyName[] {
  if (written !== undefined) return [...(wrong === undefined ? (['keepName'] as const) : []), 'back', 'help'];
  const more = ['identity', 'array'] as const;
  if (here === undefined)
    return [
      ...(rows.some(({ problem }) => problem !== undefined) ? [] : (['continue'] as const)),
      'moveToChange',
      ...more,
      'back',
      'help',
    ];
  const form = here.isOfList ? (['reshape'] as const) : [];
  const several = rows.length > 1 ? (['takeOut', 'order'] as const) : [];
  return ['rename', ...form, 'must', 'key', ...more, ...several, 'back', 'help'];
}

function ColumnsTable(columns: Columns): ReactElement {
  const { text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const { rows, written } = columns;
  const isNarrow = width < leastForSource;
  const drawn: TableRow[] = [
    ...rows.map(({ column, source, example, isMust, isKey, problem }): TableRow => {
      const signs = [isMust ? glyphs.current : '', isKey ? glyphs.diamond : ''];
      return {
        cells: isNarrow
          ? [column, signs.join(' ').trim()]
          : [column, source, ...signs, truncate(example, exampleWidth, glyphs.ellipsis)],
        ...(problem === undefined ? {} : { mark: glyphs.cross, tone: 'danger' }),
      };
    }),
    { kind: 'group', label: text('settings.continue'), mark: glyphs.arrow, tone: 'success' },
  ];
  // Titles, and an empty line before what is told.
  const lines = height - noteLines - (isNarrow ? 1 : 2);
  return (
    <Box flexDirection="column" width={width}>
      <ScrollTable
        columns={titles.slice(0, isNarrow ? 2 : undefined).map((title, at) => ({
          title: isNarrow ? '' : text(title),
          ...(widths[at] === undefined ? {} : { minWidth: widths[at] }),
        }))}
        rows={drawn}
        // The range has a line of its own.
        height={drawn.length > lines ? lines - 1 : lines}
        width={width}
        isActive={isActive}
        initialCursor={columns.begun}
        range={(first, last, total) => text('list.range', { first, last, total })}
        editor={
          written === undefined ? undefined : (
            <TextField
              value={written}
              isActive={isActive}
              onChange={columns.onWritten}
              onSubmit={columns.onNamed}
              onKey={(press) => {
                if (press.kind === 'key' && press.name === 'escape') columns.onGivenUp();
              }}
            />
          )
        }
        onBack={columns.onBack}
        onCursorChange={columns.onCursor}
        onOrder={columns.onOrder}
        onKey={columns.onKey}
        onSelect={columns.onSelect}
      />
      <Box height={1} />
      <ColumnNotes {...columns} isNarrow={isNarrow} />
    </Box>
  );
}

/** What is wrong, what a column is made from and what it looks like; of all of them their names. */
function ColumnNotes(props: Columns & { readonly isNarrow: boolean }): ReactElement {
  const { text, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { rows, here, written, wrong, isNarrow } = props;
  const told =
    here === undefined
      ? [text('attributes.header', { columns: rows.map(({ column }) => column) })]
      : [
          written === undefined
            ? isNarrow && displayWidth(here.column) <= narrowName
              ? here.source
              : text('columns.from', { column: here.column, source: here.source })
            : text('columns.write', { source: here.source, usual: columnName(here.path) }),
          text('columns.exampleOf', { example: here.example }),
        ];
  const lines = (said: string): readonly string[] => wrapText(said, width - 4);
  const { ellipsis } = glyphs;
  const problems = wrong === undefined ? [] : firstLines(lines(wrong), noteLines, width - 4, ellipsis);
  const notes = firstLines(told.flatMap(lines), noteLines - problems.length, width - 4, ellipsis);
  return (
    <>
      {problems.map((line, at) => (
        <Text
          key={at}
          {...tone.warning}
          wrap="truncate"
        >{`  ${at === 0 ? glyphs.warning : ' '} ${line}`}</Text>
      ))}
      {notes.map((line, at) => (
        <Text key={at} {...tone.muted} wrap="truncate">{`  ${glyphs.pipe} ${line}`}</Text>
      ))}
    </>
  );
}
