import { type ReactElement, useCallback, useMemo, useState } from 'react';
import { cursorAt } from '../../../components/living/living-state.ts';
import { useLiving } from '../../../components/living/use-living.ts';
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
  nothingFound,
} from '../../../pages/watch/findings.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Details } from './details.tsx';
import { FollowedTable, followedKeys, linesAround } from './followed-table.tsx';
import type { Followed } from './use-followed.ts';
import { useKeyNames } from './use-key-names.ts';

/** What is wrong with the exports and what deserves a look; each opens with what decided. */
export function Findings(props: {
  readonly reading: StatusReading;
  readonly followed: Followed;
  readonly onKeys: (names: string) => void;
}): ReactElement {
  const { reading, followed } = props;
  const { asking, text, height, width } = useWizard();
  const { glyphs, services, state } = asking;
  const [opened, setOpened] = useState<string>();
  const items = useMemo(() => findingItems(reading), [reading]);
  const { offsetMs, readMs } = reading;
  const living = useLiving(items, findingOrder, { height: Math.max(1, height - linesAround), offsetMs });
  const { rows } = living.state;
  const { sandbox } = placeOf(state, services.organisation);
  const saying = useMemo(
    () => ({ text, glyphs, nowMs: readMs, zone: services.timeZone, sandbox }),
    [text, glyphs, readMs, services.timeZone, sandbox],
  );
  const cellsOf = useCallback(
    (row: (typeof rows)[number]) => findingCells(row, saying, width),
    [saying, width],
  );
  const columns = useMemo(() => findingColumns(text), [text]);
  const under = rows[cursorAt(living.state)];
  const shown = rows.find(({ id }) => id === opened);
  useKeyNames(
    shown !== undefined
      ? ['scroll', 'readNow']
      : [...(rows.length === 0 ? [] : (['move', 'openRow'] as const)), ...followedKeys(followed, living)],
    props.onKeys,
  );
  if (shown !== undefined)
    return (
      <Details
        lines={findingDetails(shown.value, reading, saying)}
        followed={followed}
        onBack={() => setOpened(undefined)}
      />
    );
  return (
    <FollowedTable
      {...{ living, columns, cellsOf, followed, under }}
      none={nothingFound(reading, text)}
      counts={findingCounts(items, text)}
      noteOf={(value) => findingNote(value, saying)}
      onSelect={({ id }) => setOpened(id)}
    />
  );
}
