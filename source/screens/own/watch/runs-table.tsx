import { type ReactElement, useCallback, useMemo, useState } from 'react';
import type { RunGrouping } from '../../../activation/run-groups.ts';
import { isRunRow } from '../../../activation/run-table.ts';
import { useSeen } from '../../../components/living/focus.ts';
import { cursorAt } from '../../../components/living/living-state.ts';
import type { LivingRow } from '../../../components/living/living-rows.ts';
import { useTiming } from '../../../components/living/timing.ts';
import { useLiving } from '../../../components/living/use-living.ts';
import { displayWidth } from '../../../components/text/width.ts';
import type { RunList } from '../../../pages/remote-cache.ts';
import { placeOf } from '../../../pages/services.ts';
import { isRefused, minuteText } from '../../../pages/watch/freshness.ts';
import {
  awaitedSince,
  hourBars,
  meaningLines,
  rowDetails,
  runColumns,
  runCounts,
  runItems,
  filesOf,
  runs as page,
} from '../../../pages/watch/runs.ts';
import {
  groupItems,
  heldBy,
  isGroup,
  itemCells,
  itemMeaning,
  itemNote,
  lastingId,
  mendedState,
  nextGrouping,
  type RunsItem,
  runsOrder,
} from '../../../pages/watch/run-grouping.ts';
import { Page } from '../../frame/page.tsx';
import { keyOf, type PageKeyName, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Fetched } from '../../parts/fetched.tsx';
import { Note } from '../../parts/line.tsx';
import { useRefresh } from '../../parts/remote.tsx';
import { Details } from './details.tsx';
import { HourLine } from './hour-line.tsx';
import { FollowedTable, followedKeys, linesAround } from './followed-table.tsx';
import { type Followed, useFollowed } from './use-followed.ts';
import { useKeyNames } from './use-key-names.ts';

/** Runs of the last 24 h, which follow by themselves. */
export function RunsScreen(): ReactElement {
  const { asking } = useWizard();
  const [names, setNames] = useState('');
  const own = names === '' ? [] : (names.split(' ') as PageKeyName[]);
  const keys = usePageKeys([...own, 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys} hasManyKeys>
      <Fetched page={page}>{(list) => <Runs list={list} onKeys={setNames} />}</Fetched>
    </Page>
  );
}

/** Rows that are worth more than to see when runs began. */
const leastWithStrip = 10;
/** The same of what a failure means, and what to do. */
const leastWithMeaning = 12;

/** What is shown of the runs: all or the failed ones, put together or not, and the one that is opened. */
interface Sight {
  readonly isFailedOnly: boolean;
  readonly by?: RunGrouping | undefined;
  /** Groups that are open at the beginning. */
  readonly open?: ReadonlySet<string> | undefined;
  readonly cursor: string | undefined;
  readonly opened: string | undefined;
}

function Runs(props: { readonly list: RunList; readonly onKeys: (names: string) => void }): ReactElement {
  const { asking } = useWizard();
  const { state, services } = asking;
  const place = placeOf(state, services.organisation);
  const refresh = useRefresh('runs', place, state.watched?.id);
  const list = useSeen(props.list);
  const [sight, setSight] = useState<Sight>({ isFailedOnly: false, cursor: undefined, opened: undefined });
  const followed = useFollowed({
    ended: props.list,
    readMs: list.readMs,
    offsetMs: list.offsetMs,
    error: list.error,
    calls: list.calls,
    isBusy:
      props.list.rows.some((row) => isRunRow(row) && row.run.isUnderWay) ||
      awaitedSince(state.watched?.askedMs, props.list) !== undefined,
    isRefused: isRefused(props.list.error),
    refresh,
  });
  return (
    <RunTable
      // Another filter is another table, which begins at the row that the cursor was on.
      key={`${sight.isFailedOnly} ${sight.by}`}
      {...{ list, sight, followed }}
      onKeys={props.onKeys}
      onSight={setSight}
    />
  );
}

function RunTable(props: {
  readonly list: RunList;
  readonly sight: Sight;
  readonly followed: Followed;
  readonly onKeys: (names: string) => void;
  readonly onSight: (sight: Sight) => void;
}): ReactElement {
  const { list, sight, followed, onSight } = props;
  const { asking, act: perform, text, height, width } = useWizard();
  const { glyphs, services, state } = asking;
  const timing = useTiming();
  const isOfOne = state.watched !== undefined;
  const items = useMemo(
    () => groupItems(runItems(list, sight.isFailedOnly), sight.by),
    [list, sight.isFailedOnly, sight.by],
  );
  const awaitedMs = awaitedSince(state.watched?.askedMs, list);
  const note = list.isGone
    ? text('runs.pageGone')
    : awaitedMs === undefined
      ? undefined
      : text('runs.awaited', { at: minuteText(awaitedMs) });
  const hours = useMemo(() => hourBars(list, glyphs), [list, glyphs]);
  const left = height - linesAround - (note === undefined ? 0 : 1);
  const hasStrip = hours.length > 0 && left >= leastWithStrip;
  const meant = left >= leastWithMeaning ? meaningLines : 0;
  const room = Math.max(1, left - (hasStrip ? 1 : 0) - meant);
  const living = useLiving(items, runsOrder, {
    height: room,
    cursor: sight.cursor,
    holds: heldBy,
    open: sight.open,
    offsetMs: list.offsetMs,
  });
  const { peek, send } = living;
  const { rows, open } = living.state;
  const nowMs = useMemo(() => timing.now() + list.offsetMs, [timing, list]);
  const { sandbox } = placeOf(state, services.organisation);
  const saying = useMemo(
    () => ({ text, glyphs, nowMs, zone: services.timeZone, sandbox }),
    [text, glyphs, nowMs, services.timeZone, sandbox],
  );
  const cellsOf = useCallback(
    (row: LivingRow<RunsItem>) => itemCells(row, saying, width, { isOfOne, isOpen: open.has(row.id) }),
    [saying, width, isOfOne, open],
  );
  const mended = useMemo(() => mendedState(rows, saying, width), [rows, saying, width]);
  const columns = useMemo(
    () => runColumns(text, isOfOne, displayWidth(mended ?? '')),
    [text, isOfOne, mended],
  );
  const counts = useMemo(() => runCounts(list, { text, glyphs }), [list, text, glyphs]);
  const under = rows[cursorAt(living.state)];
  // Of many thousands none is looked for where none is opened.
  const found = sight.opened === undefined ? undefined : rows.find(({ id }) => id === sight.opened);
  const opened = found === undefined || isGroup(found.value) ? undefined : found.value;
  const unexplained =
    under === undefined || under.goneMs !== undefined || isGroup(under.value) || isRunRow(under.value)
      ? undefined
      : under.id;
  // What is offered and what a letter does are the same.
  const hasRows = rows.length > 0;
  const acts = [
    ...(unexplained === undefined ? [] : (['whyFlow'] as const)),
    ...(sight.isFailedOnly ? (['failedToo'] as const) : hasRows ? (['failedOnly'] as const) : []),
    ...(hasRows || sight.by !== undefined ? (['group'] as const) : []),
  ];
  useKeyNames(
    opened !== undefined
      ? [
          'scroll',
          ...(isRunRow(opened) ? (['copyId'] as const) : []),
          ...(filesOf(opened, services) ? (['filesOfFlow'] as const) : []),
        ]
      : [
          ...(hasRows ? (['move'] as const) : []),
          ...(under === undefined || under.goneMs !== undefined
            ? []
            : open.has(under.id)
              ? (['closeRow'] as const)
              : (['openRow'] as const)),
          ...acts,
          ...followedKeys(followed, living),
        ],
    props.onKeys,
  );

  const onLetter = (letter: string): void => {
    switch (keyOf(letter, acts)) {
      case 'whyFlow':
        return onSight({ ...sight, cursor: unexplained, opened: unexplained });
      case 'failedOnly':
      case 'failedToo': {
        const { cursor, hasMoved, open: left } = peek();
        return onSight({
          ...sight,
          isFailedOnly: !sight.isFailedOnly,
          cursor: hasMoved ? cursor : undefined,
          open: left,
        });
      }
      case 'group': {
        const { hasMoved, rows: shown } = peek();
        const on = hasMoved ? shown[cursorAt(peek())] : undefined;
        const by = nextGrouping(sight.by, isOfOne);
        return onSight({ ...sight, by, open: undefined, cursor: on && lastingId(on.value) });
      }
    }
  };

  if (opened !== undefined)
    return (
      <Details
        lines={rowDetails(opened, saying)}
        followed={followed}
        onLetter={(letter) => {
          if (letter === 'y' && isRunRow(opened)) followed.copy(opened.id);
          if (letter === 'a') perform(filesOf(opened, services));
        }}
        onBack={() => onSight({ ...sight, opened: undefined })}
      />
    );
  return (
    <>
      <Note>{note}</Note>
      <FollowedTable
        {...{ living, columns, cellsOf, followed, counts, under, onLetter }}
        none={hasRows ? '' : text(sight.isFailedOnly ? 'runs.noneFailed' : 'runs.nonePage')}
        strip={hasStrip ? <HourLine hours={hours} /> : undefined}
        grouped={sight.by && text(`runs.grouped.${sight.by}`)}
        noteOf={(value) => itemNote(value, saying)}
        meaning={{ lines: meant, of: (value) => itemMeaning(value, saying) }}
        onSelect={({ id, value }) => {
          if (isGroup(value)) send({ type: 'openedOrNot', id });
          else onSight({ ...sight, cursor: id, opened: id });
        }}
      />
    </>
  );
}
