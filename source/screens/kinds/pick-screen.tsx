import { Box, Text } from 'ink';
import { type ReactElement, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { columnGap } from '../../components/searchable-list/searchable-list-layout.ts';
import { type ListRow, SearchableList } from '../../components/searchable-list/searchable-list.tsx';
import { displayWidth } from '../../components/text/width.ts';
import { wrapText } from '../../components/text/wrap.ts';
import { useTone } from '../../components/theme/theme.tsx';
import { leadsTo } from '../../pages/leads-to.ts';
import type { PickPage } from '../../pages/page.ts';
import type { PageId } from '../../wizard/pages.ts';
import { useBodyLines } from '../frame/body-room.ts';
import { Page } from '../frame/page.tsx';
import { usePickKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Confirmations, linesOf } from '../parts/confirmations.tsx';
import { useListTexts } from '../parts/list-texts.ts';

/** One of many, which are searched. */
export function PickScreen({ page }: { readonly page: PickPage }): ReactElement {
  const { asking } = useWizard();
  const [asked, setAsked] = useState<string>();
  const { keys, ...told } = usePickKeys(asked !== undefined);
  const [leads, setLeads] = useState<PageId | 'nowhere'>();
  return (
    <Page question={page.question(asking)} keys={keys} leadsTo={leads}>
      <Fetched page={page}>
        {(needed) => (
          <Rows page={page} needed={needed} {...told} asked={asked} onAsked={setAsked} onLeadsTo={setLeads} />
        )}
      </Fetched>
    </Page>
  );
}

/** The search above, and the place of the window below. */
const linesAround = 2;

/** Lines of what is told of a row. */
const mostTold = 3;
/** With fewer rows than this nothing is told. */
const leastRows = 4;
/** With fewer than this nothing of the list is seen above a question. */
const leastSeen = 1;
/** Cursor and mark of a row, and their gaps. */
const lead = 4;

const besideOf = (row: ListRow): string => (row.cells ?? [row.hint ?? '']).join('  ');

const widestOf = (rows: readonly ListRow[]): number =>
  Math.max(0, ...rows.map(({ label }) => displayWidth(label)));

function RowNote(props: {
  readonly row: ListRow;
  readonly lines: number;
  readonly width: number;
}): ReactElement {
  const tone = useTone();
  const said = wrapText(besideOf(props.row), props.width - lead);
  return (
    <>
      {Array.from({ length: props.lines }, (_, at) => (
        <Text key={at} {...tone.muted} wrap="truncate">
          {' '.repeat(lead) + (said[at] ?? '')}
        </Text>
      ))}
    </>
  );
}

function Rows(props: {
  readonly page: PickPage;
  readonly needed: unknown;
  readonly onFiltered: (is: boolean) => void;
  readonly onEmpty: (is: boolean) => void;
  /** Told where the row under the cursor leads. */
  readonly onLeadsTo: (page: PageId | 'nowhere') => void;
  /** The row that is asked about before it is an answer. */
  readonly asked: string | undefined;
  readonly onAsked: (id: string | undefined) => void;
}): ReactElement {
  const { page, needed, asked, onAsked, onLeadsTo } = props;
  const { asking, act, send, isActive, height, width } = useWizard();
  const texts = useListTexts();
  const rows = useMemo(() => page.rows(asking, needed), [page, asking, needed]);
  const [here, setHere] = useState(() => page.preferred(asking, needed) ?? rows[0]?.id);
  const under = rows.find(({ id }) => id === here);
  const leads =
    under === undefined || under.disabled !== undefined || page.doubted?.(under.id, asking) !== undefined
      ? 'nowhere'
      : leadsTo(page.chosen(under.id, asking, needed), asking.state);
  useLayoutEffect(() => onLeadsTo(leads), [onLeadsTo, leads]);
  const follow = useCallback((row: ListRow | undefined) => setHere(row?.id), []);
  // What is cut beside its row is told below, of the row under the cursor.
  const told = useMemo(() => {
    const cut = rows.filter((row) => displayWidth(besideOf(row)) > width - widestOf(rows) - columnGap - lead);
    const lines = cut.map((row) => wrapText(besideOf(row), width - lead).length);
    return Math.min(mostTold, Math.max(0, ...lines));
  }, [rows, width]);
  const doubt = asked === undefined ? undefined : page.doubted?.(asked, asking);
  const asks = doubt === undefined ? 0 : linesOf(doubt, asking.text, width, asking.glyphs);
  const room = height - linesAround - asks;
  const below = doubt !== undefined || room - told < leastRows ? 0 : told;
  useBodyLines(rows.length + linesAround + (doubt === undefined ? below : asks));
  return (
    <>
      {/* What is asked is seen whole, with its answers; the list stays in sight where there is room, and keeps its search. */}
      <Box display={room < leastSeen ? 'none' : 'flex'}>
        <SearchableList
          mode="single"
          rows={rows}
          texts={texts}
          height={Math.max(1, room - below)}
          onFiltered={props.onFiltered}
          onEmpty={props.onEmpty}
          onCursorChange={follow}
          {...(below === 0
            ? {}
            : { renderPreview: (row) => <RowNote row={row} lines={below} width={width} /> })}
          width={width}
          isActive={isActive && doubt === undefined}
          initialCursor={here}
          onBack={() => send({ type: 'wentBack' })}
          onSubmit={([id]) =>
            page.doubted?.(id, asking) ? onAsked(id) : act(page.chosen(id, asking, needed))
          }
        />
      </Box>
      {doubt === undefined ? null : (
        <Box flexDirection="column" flexShrink={0} marginTop={room < leastSeen ? 0 : 1}>
          <Confirmations
            all={[doubt]}
            onConfirmed={() => act(page.chosen(asked, asking, needed))}
            onClose={() => onAsked(undefined)}
          />
        </Box>
      )}
    </>
  );
}
