import type { NextExport, TableFlow } from '../../activation/flow-table.ts';
import type { ListedFlow } from '../../flow-service/flows.ts';
import { type Text, valueText } from '../../locale/texts.ts';
import { tableLines } from '../console/table-text.ts';
import { type Here, momentHere } from '../../pages/watch/times.ts';
import { isoText } from '../console/here.ts';

/** The table of dataflows, with what its columns are. @param columns - Of the terminal; 0 where it is none. */
export function flowLines(rows: readonly TableFlow[], text: Text, here: Here, columns = 0): string[] {
  const head = ['id', 'name', 'destination', 'account', 'location', 'state', 'segments', 'lastRun', 'next'];
  return tableLines(
    [
      head.map((column) => text(`list.column.${column}` as 'list.column.id')),
      ...rows.map(({ flow, destination, account, location, next }) => [
        flow.id,
        flow.name,
        destination,
        account === undefined ? text('runs.absent') : (account.name ?? account.id),
        location === undefined || location === '' ? text('runs.absent') : location,
        valueText(text, flow.state),
        flow.segmentCount,
        lastRunText(flow, text, here),
        nextText(next, text, here),
      ]),
    ],
    columns,
  );
}

function lastRunText({ lastRun }: ListedFlow, text: Text, here: Here): string {
  if (!lastRun) return text('runs.absent');
  const { outcome, state, startedMs, endedMs } = lastRun;
  const said = outcome === 'unknown' && state !== '' ? state : text(`runs.state.${outcome}`);
  const ms = startedMs ?? endedMs;
  return ms === undefined ? said : text('list.lastRun', { state: said, at: momentHere(text, ms, here) });
}

function nextText(next: NextExport | undefined, text: Text, here: Here): string {
  if (next === undefined) return text('runs.absent');
  return next.kind === 'at' ? momentHere(text, next.ms, here) : text('list.next.evaluated');
}

/** A dataflow for programs: the platform's own words, moments in UTC. */
export const flowRow = ({ flow, destination, account, location, next }: TableFlow) => ({
  id: flow.id,
  name: flow.name,
  state: flow.state,
  destination,
  connectionSpecId: flow.targetSpecId,
  account: account && { id: account.id, name: account.name },
  location,
  segments: flow.segmentCount,
  updatedAt: isoText(flow.updatedMs),
  lastRun: flow.lastRun && {
    id: flow.lastRun.id,
    state: flow.lastRun.state,
    startedAt: isoText(flow.lastRun.startedMs),
    endedAt: isoText(flow.lastRun.endedMs),
  },
  nextExport: next?.kind === 'at' ? isoText(next.ms) : next?.kind,
});
