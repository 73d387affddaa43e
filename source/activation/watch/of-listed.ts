import type { ListedFlow } from '../../flow-service/flows.ts';
import type { WatchedFlow } from './watched.ts';

/**
 * A dataflow of a list as it is watched.
 *
 * @param enabledHereMs - When it was enabled from here, epoch milliseconds: its own last operation may be another one.
 */
export function watchedFlow(flow: ListedFlow, enabledHereMs?: number): WatchedFlow {
  const { lastOperation } = flow;
  const isEnabling = lastOperation?.operation?.includes('enable') === true;
  const enabled = [
    ...(isEnabling ? [lastOperation.updatedMs ?? lastOperation.startedMs] : []),
    enabledHereMs,
  ].filter((ms) => ms !== undefined);
  return {
    id: flow.id,
    name: flow.name === '' ? flow.id : flow.name,
    state: flow.state,
    enabledMs: enabled.length === 0 ? undefined : Math.max(...enabled),
    unreadSegments: flow.segmentCount - flow.segments.length,
    segments: flow.segments.map((one) => ({
      id: one.id,
      systemId: one.systemId,
      name: one.name,
      schedule: one.schedule ?? {},
      isIncremental: one.exportMode === 'FIRST_FULL_THEN_INCREMENTAL',
      mappedMs: one.createdMs,
      changedMs: one.updatedMs,
    })),
  };
}
