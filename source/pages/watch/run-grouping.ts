import {
  byWorst,
  groupedRuns,
  isRunGroup,
  type RunGroup,
  type RunGrouping,
  worstOf,
} from '../../activation/run-groups.ts';
import { isRunRow } from '../../activation/run-table.ts';
import type { LivingRow } from '../../components/living/living-rows.ts';
import type { LivingCells } from '../../components/living/living-table.tsx';
import { joined } from '../page.ts';
import { minuteText } from './freshness.ts';
import { beganOf, reasonText, type RunSaying } from './run-words.ts';
import {
  beganText,
  isMended,
  markedAs,
  runCells,
  runCounts,
  type RunItem,
  runMeaning,
  runNote,
  stateCell,
} from './runs.ts';

/** A row of the table: a run, an export without one, or a group of them. */
export type RunsItem = RunItem | RunGroup<RunItem>;

export const isGroup = (item: RunsItem): item is RunGroup<RunItem> => isRunGroup<RunItem>(item);

export const groupItems = (items: readonly RunItem[], by: RunGrouping | undefined): readonly RunsItem[] =>
  by === undefined ? items : groupedRuns(items, by);

export const runsOrder: (one: RunsItem, other: RunsItem) => number = byWorst<RunItem>;

const nothing: readonly RunItem[] = [];
export const heldBy = (item: RunsItem): readonly RunItem[] => (isGroup(item) ? item.rows : nothing);

/** From nothing over one after the other to nothing again. @param isOfOne - They are all of one dataflow. */
export function nextGrouping(by: RunGrouping | undefined, isOfOne: boolean): RunGrouping | undefined {
  const all: readonly RunGrouping[] = isOfOne ? ['error'] : ['error', 'flow', 'destination'];
  return all[by === undefined ? 0 : all.indexOf(by) + 1];
}

/** What is still the same row where rows are put together by something else. */
export const lastingId = (item: RunsItem): string => worstOf<RunItem>(item).id;

export function itemCells(
  row: LivingRow<RunsItem>,
  saying: RunSaying,
  width: number,
  { isOfOne, isOpen }: { readonly isOfOne: boolean; readonly isOpen: boolean },
): LivingCells {
  const { value, goneMs } = row;
  if (!isGroup(value)) return runCells({ ...row, value }, saying, width, isOfOne);
  const { text, glyphs } = saying;
  const said = groupText(value, saying, width);
  const what = goneMs === undefined ? said : text('living.gone', { at: minuteText(goneMs), what: said });
  return {
    ...markedAs(worstOf<RunItem>(value), saying),
    cells: [],
    label: `${isOpen ? glyphs.expanded : glyphs.collapsed} ${what}`,
  };
}

/** `12:04  12 segments of CRM weekly: Job aborted.`, or `CRM weekly · 118 runs · 3 failed · 2 running`. */
function groupText(group: RunGroup<RunItem>, saying: RunSaying, width: number): string {
  const { text, glyphs } = saying;
  const worst = worstOf<RunItem>(group);
  const { flow } = worst;
  if (group.by !== 'error')
    return joined(glyphs, [
      group.by === 'flow' ? flow.name : (flow.destination ?? text('runs.absent')),
      runCounts(group, saying),
    ]);
  const began = beganOf(worst);
  const [reason] = isRunRow(worst) ? worst.run.errors : [];
  const segments = new Set(group.rows.flatMap((row) => row.segments.map(({ id }) => id)));
  // One that failed several times within the hour, or that is not said, is told by its runs.
  const isOfSegments = segments.size === group.rows.length;
  return text(isOfSegments ? 'runs.group.failed' : 'runs.group.failedOther', {
    at: began === undefined ? text('runs.absent') : beganText(began, saying, width),
    count: group.rows.length,
    flow: flow.name,
    why: reason === undefined ? text('runs.noReason') : (reason.message ?? reasonText(text, reason)),
  });
}

/** The state of one that was mended, where there is any. */
export function mendedState(
  rows: readonly LivingRow<RunsItem>[],
  saying: RunSaying,
  width: number,
): string | undefined {
  for (const { value } of rows)
    if (!isGroup(value) && isMended(value)) return stateCell(value, saying, width);
  return undefined;
}

/** The row under the cursor by its whole name; of a group what its worst run says. */
export const itemNote = (item: RunsItem, saying: RunSaying): string =>
  runNote(worstOf<RunItem>(item), saying);

/** What that means, and what to do. */
export const itemMeaning = (item: RunsItem, saying: RunSaying): readonly string[] =>
  runMeaning(worstOf<RunItem>(item), saying);
