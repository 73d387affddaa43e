import { own } from '../../activation/own.ts';
import { type ReactElement, useMemo, useState } from 'react';
import { ScrollTable, type TableRow } from '../../components/table/scroll-table.tsx';
import { useGlyphs } from '../../components/theme/theme.tsx';
import type { SettingsPage } from '../../pages/page.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';

/** When matters more than the file name: that one goes on a narrow screen, and then both others are cut. */
const columns = [
  { title: '', minWidth: 24 },
  { title: '', minWidth: 44 },
  { title: '', minWidth: 16 },
];
const narrowColumns = [
  { title: '', minWidth: 8 },
  { title: '', minWidth: 16 },
  { title: '', minWidth: 40 },
];
/** One word a segment is never cut for its name. */
const shortColumns = [{ title: '', minWidth: 12 }, { title: '' }];

/**
 * What is set for each segment: the first row goes on, the second changes all, each other one a segment, or
 * all that are marked.
 */
export function SettingsScreen({ page }: { readonly page: SettingsPage }): ReactElement {
  const { state, asking, send, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const { editor } = page;
  const { segments, settings } = state.draft;
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState(0);
  const keys = usePageKeys(['move', 'mark', 'change', 'back', 'help']);

  const described = useMemo(
    () =>
      segments.map(({ id }) => {
        const set = own(settings, id);
        return set ? page.describe(set, asking) : [];
      }),
    [segments, settings, page, asking],
  );
  const columnCount = described[0]?.length ?? 0;
  const rows = useMemo(() => {
    const common = Array.from({ length: columnCount }, (_, at) => {
      const values = new Set(described.map((cells) => cells[at] ?? ''));
      return values.size === 1 ? ([...values][0] ?? '') : text('settings.mixed');
    });
    const list: TableRow[] = [
      { cells: [text('settings.continue')], mark: glyphs.arrow, tone: 'success' },
      { cells: [text('settings.all', { count: segments.length }), ...common] },
    ];
    segments.forEach((segment, at) => {
      const isMarked = marked.has(segment.id);
      list.push({
        cells: [segment.name, ...(described[at] ?? [])],
        ...(isMarked ? { mark: glyphs.check, tone: 'success' } : {}),
      });
    });
    // One segment needs no row for all.
    return segments.length === 1 ? list.filter((_, at) => at !== 1) : list;
  }, [segments, described, columnCount, marked, glyphs, text]);

  const first = segments.length === 1 ? 1 : 2;
  return (
    <Page question={page.question(asking)} keys={keys}>
      <ScrollTable
        columns={columnCount < 2 ? shortColumns : width < 60 ? narrowColumns : columns}
        rows={rows}
        height={height - 1}
        width={width}
        isActive={isActive}
        initialCursor={0}
        range={(from, to, total) => text('list.range', { first: from, last: to, total })}
        onBack={() => send({ type: 'wentBack' })}
        onCursorChange={setCursor}
        onKey={(press) => {
          const id = segments[cursor - first]?.id;
          if (press.kind !== 'text' || press.text !== ' ' || id === undefined) return;
          const next = new Set(marked);
          if (!next.delete(id)) next.add(id);
          setMarked(next);
        }}
        onSelect={(index) => {
          if (index === 0) send({ type: 'continued' });
          else if (index < first) send({ type: 'opened', editor, scope: segments.map(({ id }) => id) });
          else {
            const segment = segments[index - first];
            if (!segment) return;
            // On a marked one, all of them are meant.
            const scope = marked.has(segment.id) ? [...marked] : [segment.id];
            send({ type: 'opened', editor, scope });
          }
        }}
      />
    </Page>
  );
}
