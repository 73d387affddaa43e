import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { Text } from 'ink';
import { type ListRow, SearchableList } from '../components/searchable-list/searchable-list.tsx';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import type { Segment } from '../flow-service/segments.ts';
import type { Text as Say } from '../locale/texts.ts';
import type { ChosenSegment } from '../wizard/draft.ts';
import { useListTexts } from './list-texts.ts';
import { Loaded } from './loading.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { type SegmentList, useRemote } from './remote.tsx';
import { placeOf, useWizard } from './wizard-context.tsx';

/** Which segments; the first page can be used while the others are still coming. */
export function SegmentsScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const remote = useRemote('segments', placeOf(state, services.organisation));
  const keys = usePageKeys(['space', 'continue', 'all', 'only', 'back', 'help']);
  return (
    <Page question={text('question.segments')} next={text('page.attributes')} keys={keys}>
      <Loaded remote={remote}>{(list) => <SegmentPicker list={list} />}</Loaded>
    </Page>
  );
}

function SegmentPicker({ list }: { readonly list: SegmentList }): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const texts = useListTexts();
  const [isWarned, setIsWarned] = useState(false);
  const { segments } = list;
  const now = services.now();
  const rows = useMemo(() => segments.map((segment) => toRow(segment, now, text)), [segments, text, now]);
  const byId = useMemo(() => new Map(segments.map((segment) => [segment.id, segment])), [segments]);
  const before = state.draft.segments;
  const toChosen = useCallback(
    (ids: readonly string[]): ChosenSegment[] =>
      ids.flatMap((id) => {
        const segment = byId.get(id);
        return segment ? [chosenOf(segment)] : before.filter((one) => one.id === id);
      }),
    [byId, before],
  );
  return (
    <>
      <SearchableList
        rows={rows}
        texts={texts}
        height={height - 3}
        width={width}
        isActive={isActive}
        isLoading={!list.isComplete}
        initialSelected={before.map((segment) => segment.id)}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelectionChange={(ids) => {
          setIsWarned(false);
          send({ type: 'kept', answer: { of: 'segments', value: toChosen(ids) } });
        }}
        onSubmit={(ids) => {
          if (ids.length === 0) setIsWarned(true);
          else send({ type: 'answered', answer: { of: 'segments', value: toChosen(ids) } });
        }}
      />
      {isWarned ? <Warning>{text('segments.needOne')}</Warning> : null}
    </>
  );
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

function chosenOf(segment: Segment): ChosenSegment {
  const { id, name, isExternal, namespace, systemSegmentId } = segment;
  return isExternal ? { id, name, namespace, systemSegmentId } : { id, name };
}

const dayMs = 86_400_000;

function toRow(segment: Segment, now: number, text: Say): ListRow {
  const changed = segment.updatedAtMs ?? segment.createdAtMs;
  const ageMs = segment.createdAtMs === undefined ? Infinity : now - segment.createdAtMs;
  const age =
    ageMs < dayMs
      ? text('segments.new', { hours: Math.max(0, Math.floor(ageMs / 3_600_000)) })
      : changed === undefined
        ? ''
        : now - changed < dayMs
          ? text('segments.today')
          : text('segments.days', { days: Math.floor((now - changed) / dayMs) });
  return {
    id: segment.id,
    label: segment.name,
    cells: [segment.id.slice(0, 8), segment.evaluation === 'unknown' ? '' : segment.evaluation, age],
  };
}
