import { Text } from 'ink';
import { type ReactElement, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { allFlows, flowOrder, type FlowSight } from '../../activation/flow-table.ts';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { useKeys } from '../../components/keys/use-keys.ts';
import { useSeen } from '../../components/living/focus.ts';
import { useLiving } from '../../components/living/use-living.ts';
import { type ListRow, SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import { useTone } from '../../components/theme/theme.tsx';
import { joined } from '../../pages/page.ts';
import type { FlowList, Remote, StatusReading } from '../../pages/remote-cache.ts';
import { placeOf } from '../../pages/services.ts';
import {
  flowRow,
  flows as page,
  judgedFlows,
  meantFlows,
  nextDestination,
  nextSort,
  nextState,
  sightText,
} from '../../pages/start/flows.ts';
import { isRefused } from '../../pages/watch/freshness.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { useListTexts } from '../parts/list-texts.ts';
import { useRemoteCache } from '../parts/remote.tsx';
import { FreshLine } from './watch/fresh-line.tsx';
import { useFollowed } from './watch/use-followed.ts';
import { Watching } from './watch/watching.tsx';

/** What of the table decides which keys do something. */
interface TableFacts {
  readonly isFiltered: boolean;
  readonly isEmpty: boolean;
  readonly isHeld: boolean;
  readonly hasMoved: boolean;
}

/** The dataflows of the sandbox, which follow by themselves. */
export function FlowsScreen(): ReactElement {
  const { asking } = useWizard();
  const [facts, setFacts] = useState<TableFacts>({
    isFiltered: false,
    isEmpty: false,
    isHeld: false,
    hasMoved: false,
  });
  const tell = useCallback((more: Partial<TableFacts>) => setFacts((before) => ({ ...before, ...more })), []);
  const keys = usePageKeys([
    ...(facts.isEmpty ? [] : (['move', 'choose'] as const)),
    'byState',
    'byDestination',
    'byOrder',
    facts.isHeld ? 'goOnList' : 'holdList',
    'readListNow',
    ...(facts.hasMoved ? (['sortListNow'] as const) : []),
    facts.isFiltered ? 'showAll' : 'back',
    'help',
  ]);
  return (
    <Page question={page.question(asking)} keys={keys} hasManyKeys>
      <Fetched page={page}>{(list) => <FlowTable list={list} tell={tell} />}</Fetched>
    </Page>
  );
}

/** The search above, the place of the window, the id of the row and the age of the reading below. */
const linesAround = 4;

function FlowTable(props: {
  readonly list: FlowList;
  readonly tell: (facts: Partial<TableFacts>) => void;
}): ReactElement {
  const { tell } = props;
  const { asking, act, send: go, text, isActive, height, width } = useWizard();
  const { state, services, glyphs } = asking;
  const texts = useListTexts();
  const cache = useRemoteCache();
  const { platform, sandbox } = placeOf(state, services.organisation);
  const refresh = useCallback(() => cache.refreshFlows({ platform, sandbox }), [cache, platform, sandbox]);
  const list = useSeen(props.list);
  const { flowSight: sight = allFlows } = state;
  const setSight = (next: FlowSight): void => go({ type: 'sighted', sight: next });
  const [status, setStatus] = useState<Remote<StatusReading>>();
  const followed = useFollowed({
    ended: props.list,
    readMs: list.readMs,
    offsetMs: list.offsetMs,
    error: list.error,
    judgedMs: status?.kind === 'ready' ? status.value.readMs : undefined,
    isBusy: false,
    // The first reading ends by itself.
    isRefused: isRefused(props.list.error) || !props.list.isComplete,
    holdKey: text('keyName.ctrl') + '+z',
    refresh,
  });
  const meant = useMemo(() => meantFlows(judgedFlows(list, status), sight), [list, status, sight]);
  const order = useMemo(() => flowOrder(sight.sort), [sight.sort]);
  const living = useLiving(meant, order, {
    height,
    cursor: page.preferred(asking, list),
    offsetMs: list.offsetMs,
  });
  const { send, moving } = living;
  const { rows: shown } = living.state;
  const rows = useMemo(
    () => shown.map(({ value, goneMs }) => flowRow(value, { text, glyphs }, goneMs)),
    [shown, text, glyphs],
  );
  useFacts(tell, followed.heldMs !== undefined, moving > 0);
  useKeys((press: KeyPress) => {
    followed.touch();
    send({ type: 'touched' });
    if (press.kind !== 'ctrl') return;
    switch (press.letter) {
      case 'f':
        return setSight(nextState(sight));
      case 't':
        return setSight(nextDestination(list, sight));
      case 'o': {
        const next = nextSort(sight);
        send({ type: 'sorted', compare: flowOrder(next.sort) });
        return setSight(next);
      }
      case 's':
        return void send({ type: 'sorted' });
      case 'z':
        send({ type: 'heldOrNot' });
        return followed.holdOrNot();
      case 'r':
        if (status !== undefined) void cache.refresh('status', { platform, sandbox }, '');
        return followed.readNow();
    }
  }, isActive);
  const onCursorChange = useCallback(
    (row: ListRow | undefined) => {
      if (row !== undefined) send({ type: 'came', id: row.id });
    },
    [send],
  );
  const onFiltered = useCallback((isFiltered: boolean) => tell({ isFiltered }), [tell]);
  const onEmpty = useCallback((isEmpty: boolean) => tell({ isEmpty }), [tell]);
  return (
    <>
      {page.watches?.(asking) === true ? <Watching onStatus={setStatus} /> : null}
      <SearchableList
        mode="single"
        rows={rows}
        total={list.flows.length}
        scope={joined(glyphs, [
          moving > 0 ? text('flows.orderHeld', { count: moving }) : '',
          sightText(sight, asking),
        ])}
        texts={list.flows.length === 0 ? { ...texts, none: text('flows.none') } : texts}
        height={height - linesAround}
        width={width}
        isActive={isActive}
        isLoading={!list.isComplete}
        initialCursor={page.preferred(asking, list)}
        // How it stands is what the table is for.
        beside="plain"
        renderPreview={renderId}
        onCursorChange={onCursorChange}
        onFiltered={onFiltered}
        onEmpty={onEmpty}
        onBack={() => go({ type: 'wentBack' })}
        onSubmit={([id]) => act(page.chosen(id, asking, list))}
      />
      <FreshLine {...followed} />
    </>
  );
}

/** Tells what has changed of the table beside its list. */
function useFacts(tell: (facts: Partial<TableFacts>) => void, isHeld: boolean, hasMoved: boolean): void {
  useLayoutEffect(() => tell({ isHeld, hasMoved }), [tell, isHeld, hasMoved]);
}

const renderId = (row: ListRow): ReactElement => <RowId id={row.id} />;

/** The id of the row under the cursor, on a line of its own. */
function RowId({ id }: { readonly id: string }): ReactElement {
  const tone = useTone();
  return <Text {...tone.muted}>{`  ${id}`}</Text>;
}
