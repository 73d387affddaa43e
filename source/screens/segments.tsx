import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { Box, Text } from 'ink';
import { filterSegments, isFilterOpen, type SegmentFilter } from '../activation/segment-filter.ts';
import { type ListRow, SearchableList } from '../components/searchable-list/searchable-list.tsx';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { listText, type Text as Say, valueText } from '../locale/texts.ts';
import { chosenSegments } from './chosen-segments.ts';
import { LimitMeter } from './limit-meter.tsx';
import { useListTexts } from './list-texts.ts';
import { Loaded } from './loading.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import type { SegmentList } from './remote-cache.ts';
import { useRemote } from './remote.tsx';
import { SegmentFilterForm } from './segment-filter-form.tsx';
import { previewLines, SegmentPreview } from './segment-preview.tsx';
import { SegmentRows } from './segment-rows.ts';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** Which segments; the first page can be used while the others are still coming. */
export function SegmentsScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const remote = useRemote('segments', placeOf(state, services.organisation));
  const [isFiltering, setIsFiltering] = useState(false);
  const keys = usePageKeys(
    isFiltering
      ? ['nextField', 'back', 'help']
      : ['space', 'continue', 'all', 'range', 'rangeTo', 'filter', 'only', 'back', 'help'],
  );
  return (
    <Page question={text('question.segments')} next={text('page.attributes')} keys={keys}>
      <Loaded remote={remote}>
        {(list) => <SegmentPicker list={list} isFiltering={isFiltering} setIsFiltering={setIsFiltering} />}
      </Loaded>
    </Page>
  );
}

/** With fewer lines than this the list has them all. */
const leastForPreview = 13;

function SegmentPicker({
  list,
  isFiltering,
  setIsFiltering,
}: {
  readonly list: SegmentList;
  readonly isFiltering: boolean;
  readonly setIsFiltering: (is: boolean) => void;
}): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const texts = useListTexts();
  const [isWarned, setIsWarned] = useState(false);
  const [filter, setFilter] = useState<SegmentFilter>({});
  const { segments } = list;
  const [nowMs] = useState(() => services.now());
  const rowsOf = useMemo(() => new SegmentRows(text, nowMs), [text, nowMs]);
  const rows = useMemo(
    () => rowsOf.of(filterSegments(segments, filter, nowMs)),
    [rowsOf, segments, filter, nowMs],
  );
  const byId = useMemo(() => new Map(segments.map((segment) => [segment.id, segment])), [segments]);
  const before = state.draft.segments;
  const toChosen = useCallback(
    (ids: readonly string[]) => chosenSegments(ids, segments, before),
    [segments, before],
  );
  const hasPreview = height >= leastForPreview;
  const renderPreview = useCallback(
    (row: ListRow): ReactElement | null => {
      const segment = byId.get(row.id);
      return segment ? <SegmentPreview segment={segment} /> : null;
    },
    [byId],
  );
  return (
    <>
      {isFiltering ? (
        <SegmentFilterForm
          segments={segments}
          filter={filter}
          onBack={() => setIsFiltering(false)}
          onSubmit={(asked) => {
            setFilter(asked);
            setIsFiltering(false);
          }}
        />
      ) : null}
      {/* Hidden, not gone: what was typed and chosen stays. */}
      <Box flexDirection="column" display={isFiltering ? 'none' : 'flex'}>
        <SearchableList
          rows={rows}
          total={segments.length}
          scope={scopeText(filter, text)}
          texts={texts}
          height={height - 3 - (hasPreview ? previewLines : 0)}
          width={width}
          isActive={isActive && !isFiltering}
          isLoading={!list.isComplete}
          initialSelected={before.map((segment) => segment.id)}
          {...(hasPreview ? { renderPreview } : {})}
          onHelp={openKeys}
          onBack={() => {
            if (isFilterOpen(filter)) send({ type: 'wentBack' });
            else setFilter({ order: filter.order });
          }}
          onKey={(press) => {
            if (press.kind === 'ctrl' && press.letter === 'f') setIsFiltering(true);
          }}
          onSelectionChange={(ids) => {
            setIsWarned(false);
            send({ type: 'kept', answer: { of: 'segments', value: toChosen(ids) } });
          }}
          onSubmit={(ids) => {
            if (ids.length === 0) setIsWarned(true);
            else send({ type: 'answered', answer: { of: 'segments', value: toChosen(ids) } });
          }}
        />
        {isWarned ? (
          <Warning>{text('segments.needOne')}</Warning>
        ) : (
          <LimitMeter limit="segmentsPerFlow" count={before.length} />
        )}
      </Box>
    </>
  );
}

/** `streaming, changed within 7 d`; nothing while every segment is looked at. */
function scopeText({ evaluation, origin, withinDays }: SegmentFilter, text: Say): string | undefined {
  const parts = [
    evaluation === undefined ? undefined : valueText(text, evaluation),
    origin === undefined ? undefined : valueText(text, origin),
    withinDays === undefined ? undefined : text('filter.days', { days: withinDays }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : listText(text, parts);
}

/** Why the page cannot be left forward yet. */
export function Warning({ children }: { readonly children: string }): ReactElement {
  const tone = useTone();
  const glyphs = useGlyphs();
  return (
    <Text {...tone.warning} wrap="truncate">
      {glyphs.warning} {children}
    </Text>
  );
}
