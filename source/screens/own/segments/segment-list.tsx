import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { Box } from 'ink';
import {
  filterSegments,
  isFilterOpen,
  type SegmentFilter,
} from '../../../activation/content/segment-filter.ts';
import { limits } from '../../../activation/findings/limits.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs } from '../../../components/theme/theme.tsx';
import { type ListRow, SearchableList } from '../../../components/searchable-list/searchable-list.tsx';
import { listText, sentencesText, type Text as Say, valueText } from '../../../locale/texts.ts';
import {
  isPastedList,
  type Pasted,
  pastedSegments,
  pastedText,
} from '../../../pages/content/pasted-segments.ts';
import { SegmentRow, SegmentRows } from '../../../pages/content/segment-rows.ts';
import { segments as page } from '../../../pages/content/segments.ts';
import { joined } from '../../../pages/page.ts';
import type { SegmentList } from '../../../pages/remote-cache.ts';
import { ShortBody } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Note, Told, Warning } from '../../parts/line.tsx';
import { useListTexts } from '../../parts/list-texts.ts';
import { SegmentFilterForm } from './segment-filter-form.tsx';
import { panelGap, panelWidth } from '../../parts/side-panel.ts';
import { previewLines, SegmentPanel, SegmentPreview } from './segment-preview.tsx';

/** The first segments can be chosen while the others are still coming. */
export function SegmentsScreen(): ReactElement {
  const { asking } = useWizard();
  const [isFiltering, setIsFiltering] = useState(false);
  const [isFiltered, setFiltered] = useState(false);
  const [filter, setFilter] = useState<SegmentFilter>({});
  const [isLastField, setLastField] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const way = isFiltered || !isFilterOpen(filter) ? 'showAll' : 'back';
  // With none, Enter says that one is needed.
  const onward = asking.state.draft.segments.length > 0 ? (['continue'] as const) : [];
  const keys = usePageKeys(
    isFiltering
      ? ['pickInField', isLastField ? 'continue' : 'nextField', 'back', 'help']
      : isEmpty
        ? [...onward, 'filter', way, 'help']
        : ['space', ...onward, 'all', 'range', 'rangeTo', 'filter', 'only', way, 'help'],
  );
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>
        {(list) => (
          <SegmentPicker
            list={list}
            isFiltering={isFiltering}
            setIsFiltering={setIsFiltering}
            filter={filter}
            setFilter={setFilter}
            setFiltered={setFiltered}
            setEmpty={setEmpty}
            setLastField={setLastField}
          />
        )}
      </Fetched>
    </Page>
  );
}

/** Lines about a pasted list; more would be a list of its own. */
const mostTold = 3;

/** The form of the filter, with what is said of a field. */
const filterLines = 8;

/** With fewer lines than this the list has them all. */
const leastForPreview = 13;

const renderPreview = (row: ListRow): ReactElement | null =>
  row instanceof SegmentRow ? <SegmentPreview segment={row.segment} /> : null;

function SegmentPicker({
  list,
  isFiltering,
  setIsFiltering,
  filter,
  setFilter,
  setFiltered,
  setEmpty,
  setLastField,
}: {
  readonly list: SegmentList;
  readonly isFiltering: boolean;
  readonly setIsFiltering: (is: boolean) => void;
  readonly filter: SegmentFilter;
  readonly setFilter: (filter: SegmentFilter) => void;
  /** Told whether the list shows some rows only. */
  readonly setFiltered: (is: boolean) => void;
  readonly setEmpty: (is: boolean) => void;
  readonly setLastField: (is: boolean) => void;
}): ReactElement {
  const { asking, send, services, text, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const glyphs = useGlyphs();
  const [refusal, setRefusal] = useState<string>();
  const [pasted, setPasted] = useState<Pasted>();
  const { segments } = list;
  const [nowMs] = useState(() => services.now());
  const { order = 'listed' } = filter;
  const { timeZone: zone } = services;
  const rowsOf = useMemo(
    () => new SegmentRows({ text, glyphs, nowMs, zone, order }),
    [text, glyphs, nowMs, zone, order],
  );
  const rows = useMemo(
    () => rowsOf.of(filterSegments(segments, filter, nowMs)),
    [rowsOf, segments, filter, nowMs],
  );
  const selected = page.selected(asking, list);
  const { most } = limits.segmentsPerFlow;
  // Of those that are chosen already, the first that is meant.
  const first = asking.state.scope.find((id) => selected.includes(id)) ?? selected[0];
  const listTexts = {
    ...texts,
    selected: (count: number, hidden: number) =>
      joined(glyphs, [
        texts.selected(count, hidden),
        count === 0
          ? ''
          : `${count > most ? `${glyphs.warning} ` : ''}${text('list.limit', { count, most })}`,
      ]),
  };
  const beside = panelWidth(width);
  const hasPreview = beside === undefined && height >= leastForPreview;
  const [under, setUnder] = useState(() => segments.find(({ id }) => id === first) ?? rows[0]?.segment);
  const tellUnder = useCallback(
    (row: ListRow | undefined) => setUnder(row instanceof SegmentRow ? row.segment : undefined),
    [],
  );
  const hint = page.hint?.(asking, list);
  const told = wrapText(
    sentencesText(text, [
      ...(pasted === undefined ? [] : pastedText(pasted, list.isComplete, text)),
      ...(hint === undefined ? [] : [hint]),
    ]),
    width - 2,
  ).slice(0, mostTold);
  const names = asking.state.draft.segments.map(({ name }) => name);
  return (
    <>
      {isFiltering ? (
        <>
          <ShortBody lines={filterLines} hasOwnPanel />
          <SegmentFilterForm
            segments={segments}
            filter={filter}
            onLast={setLastField}
            onBack={() => setIsFiltering(false)}
            onSubmit={(asked) => {
              setFilter(asked);
              setIsFiltering(false);
            }}
          />
        </>
      ) : null}
      {/* Hidden, not gone: what was typed and chosen stays. */}
      <Box flexDirection="column" display={isFiltering ? 'none' : 'flex'}>
        <Box columnGap={panelGap}>
          <SearchableList
            rows={rows}
            total={segments.length}
            scope={scopeText(filter, text(`filter.${order}`), text)}
            scopeByMatch={scopeText(filter, text('list.byMatch'), text)}
            texts={listTexts}
            height={height - 2 - Math.max(1, told.length) - (hasPreview ? previewLines : 0)}
            width={beside === undefined ? width : width - beside - panelGap}
            initialCursor={first}
            isActive={isActive && !isFiltering}
            isLoading={!list.isComplete}
            initialSelected={selected}
            {...(hasPreview ? { renderPreview } : { onCursorChange: tellUnder })}
            onPaste={(lines) => {
              const found = isPastedList(lines) ? pastedSegments(lines, segments) : undefined;
              setPasted(found);
              return found?.ids;
            }}
            onFiltered={setFiltered}
            onEmpty={setEmpty}
            onBack={() => {
              if (isFilterOpen(filter)) send({ type: 'wentBack' });
              else setFilter({ order: filter.order });
            }}
            onKey={(press) => {
              if (press.kind !== 'ctrl' || press.letter !== 'f') return;
              setLastField(false);
              setIsFiltering(true);
            }}
            onSelectionChange={(ids) => {
              setRefusal(undefined);
              if (ids.length < selected.length) setPasted(undefined);
              send({ type: 'kept', answer: page.answer(ids, asking, list) });
            }}
            onSubmit={(ids) => {
              const why = page.refusal?.(ids, asking);
              if (why === undefined) send({ type: 'answered', answer: page.answer(ids, asking, list) });
              else setRefusal(why);
            }}
          />
          {beside === undefined ? null : <SegmentPanel segment={under} width={beside} lines={height - 1} />}
        </Box>
        {refusal !== undefined ? (
          <Warning>{refusal}</Warning>
        ) : told.some((line) => line !== '') ? (
          <Told lines={told} />
        ) : hasPreview || beside !== undefined ? (
          <Note>{names.join(` ${glyphs.dot} `)}</Note>
        ) : (
          <Note>{under?.name}</Note>
        )}
      </Box>
    </>
  );
}

/** `newest first, streaming, changed within 7 d` */
function scopeText({ evaluation, origin, withinDays }: SegmentFilter, order: string, text: Say): string {
  const parts = [
    order,
    evaluation === undefined ? undefined : valueText(text, evaluation),
    origin === undefined ? undefined : valueText(text, origin),
    withinDays === undefined ? undefined : text('filter.days', { days: withinDays }),
  ].filter((part) => part !== undefined);
  return listText(text, parts);
}
