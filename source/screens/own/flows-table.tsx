import { Text } from 'ink';
import { type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { byLastChange, inHeldOrder } from '../../activation/listed-flows.ts';
import { type ListRow, SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import { useKeys } from '../../components/keys/use-keys.ts';
import { useTone } from '../../components/theme/theme.tsx';
import { explain } from '../../locale/explain.ts';
import { clockText, flowRow, flows as page } from '../../pages/start/flows.ts';
import type { FlowList } from '../../pages/remote-cache.ts';
import { placeOf } from '../../pages/services.ts';
import { Page } from '../frame/page.tsx';
import { usePickKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Note, Warning } from '../parts/line.tsx';
import { useListTexts } from '../parts/list-texts.ts';
import { useRemoteCache } from '../parts/remote.tsx';

/** From the end of one reading to the next, milliseconds; longer once nobody has touched a key for so many. */
const roundMs = 60_000;
const restingMs = 300_000;
const roundsUntilRest = 10;

/** The dataflows of the sandbox, which follow by themselves. */
export function FlowsScreen(): ReactElement {
  const { asking } = useWizard();
  const { keys, ...told } = usePickKeys();
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(list) => <FlowTable list={list} {...told} />}</Fetched>
    </Page>
  );
}

/** The search above, the place of the window, the id of the row and the age of the reading below. */
const linesAround = 4;

function FlowTable(props: {
  readonly list: FlowList;
  readonly onFiltered: (is: boolean) => void;
  readonly onEmpty: (is: boolean) => void;
}): ReactElement {
  const { list } = props;
  const { asking, act, send, scene, text, isActive, height, width } = useWizard();
  const texts = useListTexts();
  useKeys(useFollowing(list), isActive);
  const [shown, setShown] = useState(() => ({ list, flows: [...list.flows].sort(byLastChange) }));
  // Once all of them are there the order is held: nothing moves under a hand.
  if (shown.list !== list)
    setShown({
      list,
      flows: shown.list.isComplete
        ? inHeldOrder(shown.flows, list.flows, list.readMs)
        : [...list.flows].sort(byLastChange),
    });
  const rows = useMemo(() => shown.flows.map((one) => flowRow(one, asking)), [shown, asking]);
  const at = clockText(list.readMs);
  return (
    <>
      <SearchableList
        mode="single"
        rows={rows}
        scope={text('flows.order')}
        texts={list.flows.length === 0 ? { ...texts, none: text('flows.none') } : texts}
        height={height - linesAround}
        width={width}
        isActive={isActive}
        isLoading={!list.isComplete}
        initialCursor={page.preferred(asking, list)}
        renderPreview={renderId}
        onFiltered={props.onFiltered}
        onEmpty={props.onEmpty}
        onBack={() => send({ type: 'wentBack' })}
        onSubmit={([id]) => act(page.chosen(id, asking, list))}
      />
      {list.error === undefined ? (
        <Note>{list.isComplete ? text('flows.asOf', { at }) : undefined}</Note>
      ) : (
        <Warning>{text('flows.stale', { at, why: explain(text, list.error, scene).what })}</Warning>
      )}
    </>
  );
}

const renderId = (row: ListRow): ReactElement => <RowId id={row.id} />;

/** The id of the row under the cursor, on a line of its own. */
function RowId({ id }: { readonly id: string }): ReactElement {
  const tone = useTone();
  return <Text {...tone.muted}>{`  ${id}`}</Text>;
}

const isRefused = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'status' in error &&
  (error.status === 401 || error.status === 403);

/** Has the list read anew, one round at a time. @returns what a touched key calls */
function useFollowing({ isComplete, readMs, error }: FlowList): () => void {
  const { state, services } = useWizard();
  const cache = useRemoteCache();
  const rounds = useRef(0);
  const place = placeOf(state, services.organisation);
  const { platform, sandbox } = place;
  useEffect(() => {
    // Who may not look is not helped by asking again.
    if (!isComplete || isRefused(error)) return;
    const wait = rounds.current < roundsUntilRest ? roundMs : restingMs;
    // Many consoles must not knock together.
    const timer = setTimeout(
      () => {
        rounds.current++;
        cache.refreshFlows({ platform, sandbox });
      },
      wait * (0.9 + Math.random() / 5),
    );
    timer.unref();
    return () => clearTimeout(timer);
  }, [cache, isComplete, readMs, error, platform, sandbox]);
  return useCallback(() => {
    rounds.current = 0;
  }, []);
}
