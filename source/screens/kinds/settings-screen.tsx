import { Box } from 'ink';
import { type ReactElement, useMemo, useRef, useState } from 'react';
import { own } from '../../activation/own.ts';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { ScrollTable, type TableRow } from '../../components/table/scroll-table.tsx';
import { layOutTable } from '../../components/table/table-layout.ts';
import { useGlyphs } from '../../components/theme/theme.tsx';
import { letteredOf, type SettingsPage } from '../../pages/page.ts';
import { type Brevity, brevities } from '../../pages/schedule/settings-text.ts';
import { type Scope, scopeOf } from '../../pages/schedule/scope.ts';
import { nextValue } from '../../pages/schedule/switches.ts';
import { withDetails } from '../../wizard/details.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { wrongSettings } from '../../wizard/wrong-settings.ts';
import { ShortBody } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { letterOf, type PageKeyName, settingKeys, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { SettingsNotes, settingsNotesLines } from '../parts/settings-notes.tsx';
import { panelGap, panelWidth } from '../parts/side-panel.ts';

/** What a name keeps, however much stands beside it; what is set is shown whole or not at all. */
const nameWidth = 20;
const narrowNameWidth = 6;
const wholeWidth = 40;

/** With fewer columns than this the titles are left out. */
const leastForTitles = 60;
/** Rows that the table keeps, where it has as many. */
const leastRows = 6;

/** Lines of what stands beside, however the settings of a row are. */
const notesLines = 19;

interface SettingsRow {
  /** Segments that a letter changes; the one under the cursor first. */
  readonly scope: readonly string[];
  readonly segment?: string;
  readonly goesOn?: true;
}

/**
 * What is set for each segment, one a row: letters change a row, or every one that is marked; the last row goes on.
 */
export function SettingsScreen({ page }: { readonly page: SettingsPage }): ReactElement {
  const { state, asking, send, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const { draft } = state;
  const { segments, settings } = draft;
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => markedBefore(state));
  const rows = useMemo((): SettingsRow[] => {
    const all = segments.map(({ id }) => id);
    return [
      // One segment needs no row for all.
      ...(all.length > 1 ? [{ scope: all }] : []),
      ...all.map((id) => ({
        scope: marked.has(id) ? [id, ...all.filter((one) => one !== id && marked.has(one))] : [id],
        segment: id,
      })),
      { scope: all, goesOn: true },
    ];
  }, [segments, marked]);
  const [begun] = useState(() => cursorBefore(state, rows));
  const [cursor, setCursor] = useState(begun);
  // Keys that come in one piece are pressed before the next drawing.
  const at = useRef(begun);
  const here = rows[cursor];
  const keys = usePageKeys(keysOf(page, here, segments.length));

  const beside = panelWidth(width);
  const tableWidth = beside === undefined ? width : width - beside - panelGap;
  const hasTitles = tableWidth >= leastForTitles;
  const columns = useMemo(
    () =>
      // On a narrow screen the first two tell most, and the name needs the rest.
      ['', ...page.columns(asking).slice(0, hasTitles ? undefined : 2)].map((title, at) => ({
        title: hasTitles ? title : '',
        minWidth: at > 0 ? wholeWidth : hasTitles ? nameWidth : narrowNameWidth,
      })),
    [page, asking, hasTitles],
  );
  const unmarked = useMemo(() => {
    const wrong = wrongSettings(draft);
    const rowsSaid = (brevity: Brevity): TableRow[] => {
      const cells = segments.map(({ id }) => {
        const set = own(settings, id);
        return set ? page.describe(set, asking, brevity) : [];
      });
      const common = (cells[0] ?? []).map((cell, at) =>
        cells.every((one) => one[at] === cell) ? cell : text('settings.mixed'),
      );
      const list = segments.map(({ id, name }, at): TableRow => {
        const isWrong = wrong.has(id);
        const marks = [...(segments.length === 1 ? [] : [glyphs.boxOff]), ...(isWrong ? [glyphs.cross] : [])];
        return {
          cells: [name, ...(cells[at] ?? [])],
          ...(marks.length > 0 ? { mark: marks.join(' ') } : {}),
          ...(isWrong ? { tone: 'danger' } : {}),
        };
      });
      const all: TableRow[] =
        segments.length > 1 ? [{ cells: [text('settings.all', { count: segments.length }), ...common] }] : [];
      const goOn: TableRow = {
        kind: 'group',
        label: text('settings.continue'),
        mark: glyphs.arrow,
        tone: 'success',
      };
      return [...all, ...list, goOn];
    };
    const room = tableWidth - glyphs.pointer.length - 1;
    const isWhole = (said: readonly TableRow[]): boolean =>
      !layOutTable(columns, said, room).columns.includes(0);
    const [whole, ...shorter] = brevities;
    return shorter.reduce((said, one) => (isWhole(said) ? said : rowsSaid(one)), rowsSaid(whole));
  }, [draft, segments, settings, page, asking, glyphs, text, columns, tableWidth]);
  const drawn = useMemo(
    () =>
      unmarked.map((row, at) => {
        // The row of all is the first, where there are several.
        const id = segments[segments.length > 1 ? at - 1 : at]?.id;
        if (row.kind === 'group' || id === undefined || !marked.has(id)) return row;
        return {
          ...row,
          mark: row.mark?.replace(glyphs.boxOff, glyphs.boxOn),
          tone: row.tone ?? 'success',
        } as const;
      }),
    [unmarked, segments, marked, glyphs],
  );

  const lines = height - (hasTitles ? 1 : 0);
  const notes =
    beside === undefined
      ? Math.min(settingsNotesLines(width), lines - Math.min(leastRows, drawn.length))
      : lines;
  const most = beside === undefined ? lines - notes : lines;
  const shown: Scope = scopeOf({ ...state, scope: here?.scope.slice(0, 1) ?? [] }, text);
  const scope = scopeOf({ ...state, scope: here?.scope ?? [] }, text);

  function press(pressed: KeyPress): void {
    const row = rows[at.current];
    if (pressed.kind !== 'text' || row === undefined) return;
    const letters = [...pressed.text];
    const [letter = ''] = letters;
    // A slow line delivers what was pressed quickly in one piece; anything else is no key.
    const switched = letters.flatMap((one) => page.switches.find(({ name }) => letterOf(name) === one) ?? []);
    if (letters.length > 1 && switched.length < letters.length) return;
    if (letter === ' ' && row.segment !== undefined) {
      const next = new Set(marked);
      if (!next.delete(row.segment)) next.add(row.segment);
      setMarked(next);
    }
    let { settings: now } = scopeOf({ ...state, scope: row.scope }, text);
    for (const one of switched) {
      const value = nextValue(one, now, text, scope.card);
      if (value === undefined) continue;
      const changed = { [one.name]: value };
      send({ type: 'kept', answer: { of: 'schedule', scope: row.scope, value: changed } });
      now = now.map((before) => withDetails(before, changed));
    }
    const field = page.fields.find((name) => letterOf(name) === letter);
    if (field !== undefined) send({ type: 'opened', editor: 'detailsEditor', scope: row.scope, field });
  }

  return (
    <Page
      question={page.question(asking)}
      keys={keys}
      leadsTo={here === undefined || here.goesOn ? undefined : 'detailsEditor'}
    >
      <ShortBody lines={Math.max(drawn.length + 1, notesLines)} hasOwnPanel />
      <Box columnGap={panelGap} flexDirection={beside === undefined ? 'column' : 'row'}>
        <ScrollTable
          columns={columns}
          rows={drawn}
          // Titles and the range have a line of their own.
          height={drawn.length > most ? most - 1 : most}
          width={tableWidth}
          isActive={isActive}
          initialCursor={begun}
          isLastPinned
          range={(from, to, total) => text('list.range', { first: from, last: to, total })}
          onBack={() => send({ type: 'wentBack' })}
          onCursorChange={(index) => {
            at.current = index;
            setCursor(index);
          }}
          onKey={press}
          onSelect={(index) => {
            const row = rows[index];
            if (row === undefined || row.goesOn) send({ type: 'continued' });
            else send({ type: 'opened', editor: 'detailsEditor', scope: row.scope });
          }}
        />
        <SettingsNotes
          page={page}
          scope={scope}
          shown={shown}
          lines={notes}
          width={beside ?? width}
          isBeside={beside !== undefined}
        />
      </Box>
    </Page>
  );
}

function keysOf(page: SettingsPage, row: SettingsRow | undefined, segmentCount: number): PageKeyName[] {
  const letters = letteredOf(page).map((name) => settingKeys[name]);
  if (row === undefined || row.goesOn) return ['continue', 'moveToChange', ...letters, 'back', 'help'];
  const mark = row.segment !== undefined && segmentCount > 1 ? (['mark'] as const) : [];
  return ['change', ...letters, ...mark, 'move', 'back', 'help'];
}

/** Some segments that were changed together are marked still. */
function markedBefore({ scope, draft }: WizardState): ReadonlySet<string> {
  return new Set(scope.length > 1 && scope.length < draft.segments.length ? scope : []);
}

/** The row that was changed last; without one, the row that goes on. */
function cursorBefore({ scope, draft }: WizardState, rows: readonly SettingsRow[]): number {
  const [first] = scope;
  const isAll = scope.length > 1 && scope.length === draft.segments.length;
  const at = isAll ? 0 : rows.findIndex(({ segment }) => segment !== undefined && segment === first);
  return at === -1 ? rows.length - 1 : at;
}
