import {
  type FlowRow,
  type FlowSight,
  isFailing,
  isMeant,
  judgedBy,
  type NextExport,
  type SortKey,
} from '../../activation/flow-table.ts';
import type { ListRow } from '../../components/searchable-list/search.ts';
import { type Text, valueText } from '../../locale/texts.ts';
import { type Asking, joined, needs, type PickPage, type Words } from '../page.ts';
import type { FlowList, Remote, StatusReading } from '../remote-cache.ts';
import { signOf } from '../watch/finding-words.ts';
import { timeText, minuteText } from '../watch/freshness.ts';
import { shortMoment } from '../watch/times.ts';
import { agoText } from './ago-text.ts';
import { watchesHere } from './home-status.ts';

/** The dataflows of the sandbox to batch destinations. */
export const flows: PickPage<FlowList> = {
  kind: 'pick',
  question: ({ text, state }) => text('question.flows', { sandbox: state.draft.sandbox?.name ?? '' }),
  needs: needs('flows'),
  watches: watchesHere,
  rows: (asking, list) => judgedFlows(list, asking.status).map((one) => flowRow(one, asking)),
  none: ({ text }) => text('flows.none'),
  preferred: ({ state }) => state.flow?.id,
  chosen(id, _, list) {
    const one = list.flows.find((found) => found.id === id);
    return one && { type: 'looked', flow: { id: one.id, name: one.flow.name } };
  },
};

/** All of them, with what was found of them where that was read. */
export const judgedFlows = (list: FlowList, status: Remote<StatusReading> | undefined): readonly FlowRow[] =>
  status?.kind === 'ready' ? judgedBy(list.flows, status.value.watched) : list.flows;

/** Those that are meant; what is searched for comes on top of it. @see living.md, L10 */
export const meantFlows = (rows: readonly FlowRow[], sight: FlowSight): FlowRow[] =>
  rows.filter((row) => isMeant(row, sight));

/** All, then the failing ones, then those that are disabled, then all again. */
export const nextState = (sight: FlowSight): FlowSight => {
  const { isFailing, isDisabled, ...rest } = sight;
  if (isFailing === true) return { ...rest, isDisabled: true };
  return isDisabled === true ? rest : { ...rest, isFailing: true };
};

/** One destination after the other, then all again. */
export function nextDestination(list: FlowList, { destination, ...rest }: FlowSight): FlowSight {
  const all = [...new Set(list.flows.map((one) => one.destination))].sort();
  const next = all[destination === undefined ? 0 : all.indexOf(destination) + 1];
  return next === undefined ? rest : { ...rest, destination: next };
}

const sorts: readonly SortKey[] = ['changed', 'name', 'destination', 'state', 'segments', 'last-run', 'next'];

export const nextSort = (sight: FlowSight): FlowSight => ({
  ...sight,
  sort: sorts[(sorts.indexOf(sight.sort) + 1) % sorts.length] ?? 'changed',
});

/** What is shown, in words: `failing · SFTP · last run first`. */
export const sightText = ({ isFailing, isDisabled, destination, sort }: FlowSight, words: Words): string => {
  const { text, glyphs } = words;
  return joined(glyphs, [
    isFailing === true ? text('flows.failing') : isDisabled === true ? text('flows.disabled') : '',
    destination ?? '',
    text(`flows.order.${sort}`),
  ]);
};

/**
 * `CRM weekly  Adobe Campaign  failed 3 h ago  next 14:00 UTC  12 segments`: what is needed least comes last. What is said
 * of it changes with a reading, not with a clock.
 */
export function flowRow(
  row: FlowRow,
  { text, glyphs }: Pick<Asking, 'text' | 'glyphs'>,
  goneMs?: number,
): ListRow {
  const { id, flow, destination, next, atMs } = row;
  const mark = goneMs === undefined ? markOf(row, glyphs) : glyphs.cross;
  const name = flow.name === '' ? id : flow.name;
  return {
    id,
    label: `${mark} ${goneMs === undefined ? name : text('living.gone', { at: minuteText(goneMs), what: name })}`,
    cells: [
      destination,
      lastText(row, text),
      nextText(next, text, atMs),
      text('welcome.segments', { count: flow.segmentCount }),
    ],
    searchText: [id, ...flow.segments.map((one) => one.name ?? one.id)].join(' '),
    ...(goneMs === undefined ? {} : { disabled: text('flows.gone', { at: timeText(goneMs) }) }),
  };
}

/** How it stands: what is wrong with it, or what it did last, or that it does not export. */
function lastText({ flow: { state, lastRun }, findings, atMs }: FlowRow, text: Text): string {
  if (state !== 'enabled') return valueText(text, state);
  const [worst] = findings ?? [];
  const sinceMs = worst?.sinceMs ?? worst?.slotMs;
  if (worst?.severity === 'wrong' && sinceMs !== undefined)
    return text('flows.lastRun', {
      state: text(`status.kind.${worst.kind}`),
      ago: agoText(text, Math.max(0, atMs - sinceMs)),
    });
  const ms = lastRun?.endedMs ?? lastRun?.startedMs;
  if (lastRun === undefined || ms === undefined) return text('flows.neverRan');
  const ago = agoText(text, Math.max(0, atMs - ms));
  return lastRun.outcome === 'good'
    ? ago
    : text('flows.lastRun', { state: text(`runs.state.${lastRun.outcome}`), ago });
}

function nextText(next: NextExport | undefined, text: Text, nowMs: number): string {
  if (next === undefined) return text('runs.absent');
  return next.kind === 'at'
    ? text('flows.next', { at: `${shortMoment(text, next.ms, nowMs)} UTC` })
    : text('list.next.evaluated');
}

function markOf({ flow, findings }: FlowRow, glyphs: Asking['glyphs']): string {
  if (flow.state === 'disabled') return glyphs.paused;
  if (flow.state !== 'enabled') return glyphs.warning;
  const [worst] = findings ?? [];
  if (worst !== undefined) return signOf(worst, glyphs);
  return isFailing({ flow, findings }) ? glyphs.cross : glyphs.check;
}
