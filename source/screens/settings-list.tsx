import { type ReactElement, useMemo } from 'react';
import { ScrollTable, type TableColumn, type TableRow } from '../components/table/scroll-table.tsx';
import { useGlyphs } from '../components/theme/theme.tsx';
import type { ExportSettings } from '../activation/schedule.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { counted } from './list-texts.ts';
import { useWizard } from './wizard-context.tsx';

/**
 * What is set for each segment: the first row goes on, the second changes all, each other one a segment.
 */
export function SettingsList(props: {
  readonly question: string;
  readonly next: string;
  readonly editor: 'exportModeEditor' | 'frequencyEditor';
  /** The settings of a segment, a few words a column. */
  readonly describe: (settings: ExportSettings) => readonly string[];
  /** The name, and a column for each of those words. */
  readonly columns: readonly TableColumn[];
}): ReactElement {
  const { state, send, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const { describe, editor } = props;
  const { segments, settings } = state.draft;
  const keys = usePageKeys(['move', 'change', 'back']);

  const rows = useMemo(() => {
    const described = segments.map(({ id }) => {
      const own = settings[id];
      return own ? describe(own) : [];
    });
    const columnCount = described[0]?.length ?? 0;
    const common = Array.from({ length: columnCount }, (_, at) => {
      const values = new Set(described.map((cells) => cells[at] ?? ''));
      return values.size === 1 ? ([...values][0] ?? '') : text('settings.mixed');
    });
    const list: TableRow[] = [
      { cells: [text('settings.continue')], mark: glyphs.arrow, tone: 'success' },
      { cells: [text('settings.all', { count: counted(segments.length) }), ...common] },
    ];
    segments.forEach((segment, at) => list.push({ cells: [segment.name, ...(described[at] ?? [])] }));
    // One segment needs no row for all.
    return segments.length === 1 ? list.filter((_, at) => at !== 1) : list;
  }, [segments, settings, describe, glyphs, text]);

  const { columns } = props;
  const first = segments.length === 1 ? 1 : 2;
  return (
    <Page question={props.question} next={props.next} keys={keys}>
      <ScrollTable
        columns={columns}
        rows={rows}
        height={height - 1}
        width={width}
        isActive={isActive}
        initialCursor={0}
        range={(from, to, total) => text('list.range', { first: from, last: to, total })}
        onBack={() => send({ type: 'wentBack' })}
        onSelect={(index) => {
          if (index === 0) send({ type: 'continued' });
          else if (index < first) send({ type: 'opened', editor, scope: segments.map(({ id }) => id) });
          else {
            const segment = segments[index - first];
            if (segment) send({ type: 'opened', editor, scope: [segment.id] });
          }
        }}
      />
    </Page>
  );
}
