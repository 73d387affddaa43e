import { type ReactElement, useMemo, useState } from 'react';
import { Box } from 'ink';
import {
  filterSegments,
  isFilterOpen,
  type SegmentFilter,
} from '../../../activation/content/segment-filter.ts';
import { type ListRow, SearchableList } from '../../../components/searchable-list/searchable-list.tsx';
import { listText, type Text as Say, valueText } from '../../../locale/texts.ts';
import { SegmentRow, SegmentRows } from '../../../pages/content/segment-rows.ts';
import { segments as page } from '../../../pages/content/segments.ts';
import type { SegmentList } from '../../../pages/remote-cache.ts';
import { Page } from '../../frame/page.tsx';
import { usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { LimitMeter } from '../../parts/limit-meter.tsx';
import { Warning } from '../../parts/line.tsx';
import { useListTexts } from '../../parts/list-texts.ts';
import { SegmentFilterForm } from './segment-filter-form.tsx';
import { previewLines, SegmentPreview } from './segment-preview.tsx';

/** The first segments can be chosen while the others are still coming. */
export function SegmentsScreen(): ReactElement {
  const { asking } = useWizard();
  const [isFiltering, setIsFiltering] = useState(false);
  const keys = usePageKeys(
    isFiltering
      ? ['nextField', 'back', 'help']
      : ['space', 'continue', 'all', 'range', 'rangeTo', 'filter', 'only', 'back', 'help'],
  );
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>
        {(list) => <SegmentPicker list={list} isFiltering={isFiltering} setIsFiltering={setIsFiltering} />}
      </Fetched>
    </Page>
  );
}

/** With fewer lines than this the list has them all. */
const leastForPreview = 13;

const renderPreview = (row: ListRow): ReactElement | null =>
  row instanceof SegmentRow ? <SegmentPreview segment={row.segment} /> : null;

function SegmentPicker({
  list,
  isFiltering,
  setIsFiltering,
}: {
  readonly list: SegmentList;
  readonly isFiltering: boolean;
  readonly setIsFiltering: (is: boolean) => void;
}): ReactElement {
  const { asking, send, services, text, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const [refusal, setRefusal] = useState<string>();
  const [filter, setFilter] = useState<SegmentFilter>({});
  const { segments } = list;
  const [nowMs] = useState(() => services.now());
  const rowsOf = useMemo(() => new SegmentRows(text, nowMs), [text, nowMs]);
  const rows = useMemo(
    () => rowsOf.of(filterSegments(segments, filter, nowMs)),
    [rowsOf, segments, filter, nowMs],
  );
  const selected = page.selected(asking, list);
  const hasPreview = height >= leastForPreview;
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
          initialSelected={selected}
          {...(hasPreview ? { renderPreview } : {})}
          onBack={() => {
            if (isFilterOpen(filter)) send({ type: 'wentBack' });
            else setFilter({ order: filter.order });
          }}
          onKey={(press) => {
            if (press.kind === 'ctrl' && press.letter === 'f') setIsFiltering(true);
          }}
          onSelectionChange={(ids) => {
            setRefusal(undefined);
            send({ type: 'kept', answer: page.answer(ids, asking, list) });
          }}
          onSubmit={(ids) => {
            const why = page.refusal?.(ids, asking);
            if (why === undefined) send({ type: 'answered', answer: page.answer(ids, asking, list) });
            else setRefusal(why);
          }}
        />
        {refusal === undefined ? (
          <LimitMeter limit="segmentsPerFlow" count={selected.length} />
        ) : (
          <Warning>{refusal}</Warning>
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
