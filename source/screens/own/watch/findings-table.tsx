import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { cursorAt } from '../../../components/living/living-state.ts';
import { LivingTable } from '../../../components/living/living-table.tsx';
import { useLiving } from '../../../components/living/use-living.ts';
import type { KeyPress } from '../../../components/keys/key-press.ts';
import { joined } from '../../../pages/page.ts';
import type { StatusReading } from '../../../pages/remote-cache.ts';
import { placeOf } from '../../../pages/services.ts';
import {
  findingCells,
  findingColumns,
  findingCounts,
  findingDetails,
  findingItems,
  findingNote,
  findingOrder,
} from '../../../pages/watch/findings.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Note } from '../../parts/line.tsx';
import { Details } from './details.tsx';
import { FreshLine } from './fresh-line.tsx';
import type { useFollowed } from './use-followed.ts';
import { useKeyNames } from './use-key-names.ts';

/** Titles, the counts, what the one under the cursor is, and the age of the reading. */
const linesAround = 4;

/** What is wrong with the exports and what deserves a look; each opens with what decided. */
export function Findings(props: {
  readonly reading: StatusReading;
  readonly followed: ReturnType<typeof useFollowed>;
  readonly onKeys: (names: string) => void;
}): ReactElement {
  const { reading, followed } = props;
  const { asking, send: act, text, isActive, height, width } = useWizard();
  const { glyphs, services, state } = asking;
  const [opened, setOpened] = useState<string>();
  const items = useMemo(() => findingItems(reading), [reading]);
  const { offsetMs, readMs } = reading;
  const living = useLiving(items, findingOrder, { height: Math.max(1, height - linesAround), offsetMs });
  const { send, moving } = living;
  const { rows } = living.state;
  const { sandbox } = placeOf(state, services.organisation);
  const saying = useMemo(
    () => ({ text, glyphs, nowMs: readMs, zone: services.timeZone, sandbox }),
    [text, glyphs, readMs, services.timeZone, sandbox],
  );
  const cellsOf = useCallback((row: (typeof rows)[number]) => findingCells(row, saying), [saying]);
  const columns = useMemo(() => findingColumns(text), [text]);
  const under = rows[cursorAt(living.state)];
  const shown = rows.find(({ id }) => id === opened);
  useKeyNames(
    shown !== undefined
      ? ['scroll', 'readNow']
      : [
          ...(rows.length === 0 ? [] : (['move', 'openRow'] as const)),
          followed.heldMs === undefined ? 'hold' : 'goOn',
          'readNow',
          ...(moving === 0 ? [] : (['sortNow'] as const)),
        ],
    props.onKeys,
  );
  const onKey = (press: KeyPress): void => {
    followed.touch();
    send({ type: 'touched' });
    if (press.kind !== 'text') return;
    switch (press.text) {
      case 'z':
        send({ type: 'heldOrNot' });
        return followed.holdOrNot();
      case 'r':
        return followed.readNow();
      case 's':
        send({ type: 'sorted' });
    }
  };
  if (shown !== undefined)
    return (
      <>
        <Details
          lines={findingDetails(shown.value, reading, saying)}
          height={height - 1}
          width={width}
          isActive={isActive}
          onKey={(press) => {
            followed.touch();
            if (press.kind === 'text' && press.text === 'r') followed.readNow();
          }}
          onBack={() => setOpened(undefined)}
        />
        <FreshLine {...followed} />
      </>
    );
  return (
    <>
      <LivingTable
        {...{ living, columns, cellsOf, width, isActive }}
        none={text('home.good')}
        onMove={followed.touch}
        below={(hidden) =>
          joined(glyphs, [
            moving > 0 ? text('living.order', { count: moving }) : findingCounts(items, text),
            hidden === 0 ? '' : text('living.hidden', { count: hidden }),
          ])
        }
        onSelect={({ id }) => setOpened(id)}
        onBack={() => act({ type: 'wentBack' })}
        onKey={onKey}
      />
      <Note>{under === undefined ? '' : findingNote(under.value, saying)}</Note>
      <FreshLine {...followed} />
    </>
  );
}
