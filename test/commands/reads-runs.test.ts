import { expect, it } from 'vitest';
import { readsRuns } from '../../source/commands/flow/reads-runs.ts';
import { nothingKnown } from '../../source/commands/status/known-here.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { isRunRow, type ListRow } from '../../source/activation/run-table.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import type { RunsWanted } from '../../source/flow-service/read-runs.ts';
import type { Run } from '../../source/flow-service/runs.ts';
import { exportRun } from '../helpers/export-runs.ts';

const startMs = Date.UTC(2026, 10, 26, 12);
const hour = 3_600_000;

const run = (id: string, status: string, beganMs: number): Run => exportRun({ id, status, beganMs });

/** A service whose runs and clock a test sets, and which keeps what it was asked for. */
function service() {
  const set = {
    nowMs: startMs,
    runs: [] as Run[],
    earlier: [] as Run[],
    flow: { id: 'f', name: 'CRM' } as object,
    error: undefined as RefusedError | undefined,
    here: nothingKnown,
  };
  const asked: {
    wanted: RunsWanted[];
    byId: (readonly string[])[];
    lists: number;
    usual: number;
    kept: number;
  } = {
    usual: 0,
    kept: 0,
    wanted: [],
    byId: [],
    lists: 0,
  };
  const client = {
    callCount: () => asked.wanted.length + asked.byId.length + asked.lists,
    clock: () => ({ nowMs: set.nowMs, offsetMs: 0 }),
    async *listFlows() {
      asked.lists++;
      yield await Promise.resolve([listedFlow.parse(set.flow)]);
    },
    readRuns(wanted: RunsWanted) {
      asked.wanted.push(wanted);
      const { error } = set;
      return Promise.resolve({
        runs: set.runs.filter(({ beganMs = 0 }) => beganMs >= wanted.sinceMs),
        whole: new Map([['f', { fromMs: wanted.sinceMs, toMs: set.nowMs }]]),
        lacks: error ? [{ flowIds: ['f'], error }] : [],
      });
    },
    newestRuns() {
      asked.usual++;
      return Promise.resolve(set.earlier);
    },
    oldestRun() {
      asked.kept++;
      return Promise.resolve(set.earlier[0]);
    },
    getRuns(ids: readonly string[]) {
      asked.byId.push(ids);
      return Promise.resolve(set.runs.filter(({ id }) => ids.includes(id)));
    },
  } as Partial<FlowService> as FlowService;
  const read = readsRuns(client, undefined, () => Promise.resolve(set.here));
  const rows = async (): Promise<readonly ListRow[]> => (await read(new AbortController().signal)).rows;
  const ids = async (): Promise<string[]> =>
    (await rows()).map((row) => (isRunRow(row) ? `${row.run.id} ${row.run.state}` : row.state)).sort();
  return { set, asked, ids, rows };
}

it('reads a day at first, and then what can have changed: what is new, and what was under way by its id', async () => {
  const { set, asked, ids } = service();
  set.runs = [run('old', 'success', startMs - 20 * hour), run('open', 'processing', startMs - hour)];
  expect(await ids()).toEqual(['old good', 'open running']);
  expect(asked.wanted[0]?.sinceMs).toBe(startMs - 27.5 * hour);
  set.nowMs += 15_000;
  set.runs = [
    run('old', 'success', startMs - 20 * hour),
    run('open', 'failed', startMs - hour),
    run('new', 'processing', startMs + 5000),
  ];
  expect(await ids()).toEqual(['new running', 'old good', 'open failed']);
  expect(asked.wanted[1]?.sinceMs).toBe(startMs - 300_000);
  expect(asked.byId).toEqual([['open']]);
  // The dataflows themselves only every fourth time.
  for (let round = 0; round < 4; round++) await ids();
  expect(asked.lists).toBe(2);
});

it('counts nothing of a round that was not whole, and reads the same again', async () => {
  const { set, asked, ids } = service();
  set.runs = [run('one', 'success', startMs - hour)];
  await ids();
  set.nowMs += 15_000;
  set.error = new RefusedError({ method: 'GET', path: '/runs' }, 503, {});
  await expect(ids()).rejects.toBe(set.error);
  set.error = undefined;
  set.nowMs += 600_000;
  set.runs.push(run('meanwhile', 'success', startMs + 10_000));
  expect(await ids()).toEqual(['meanwhile good', 'one good']);
  expect(asked.wanted.slice(1).map(({ sinceMs }) => sinceMs)).toEqual([startMs - 300_000, startMs - 300_000]);
});

it('lets go of what is a day old, unless it is still under way', async () => {
  const { set, ids } = service();
  set.runs = [run('old', 'success', startMs - 23 * hour), run('long', 'processing', startMs - 23 * hour)];
  expect(await ids()).toEqual(['long running', 'old good']);
  set.nowMs += 2 * hour;
  expect(await ids()).toEqual(['long running']);
  // It is only listed no more: an export may still have to do with it.
  set.nowMs -= 2 * hour;
  expect(await ids()).toEqual(['long running', 'old good']);
});

/** A dataflow that exports a segment each day at 08:00, for a week. */
const daily = {
  id: 'f',
  name: 'CRM',
  state: 'enabled',
  transformations: [
    {
      name: 'GeneralTransform',
      params: {
        segmentSelectors: {
          selectors: [
            {
              type: 'PLATFORM_SEGMENT',
              value: {
                id: 's1',
                name: 'Hikers',
                createTime: String(startMs / 1000 - 7 * 86_400),
                updateTime: String(startMs / 1000 - 7 * 86_400),
                schedule: {
                  frequency: 'DAILY',
                  triggerType: 'SCHEDULED',
                  startDate: '2026-11-19',
                  endDate: '2026-12-24',
                  startTime: '08:00',
                },
              },
            },
          ],
        },
      },
    },
  ],
};
const slotMs = Date.UTC(2026, 10, 26, 8);

it('has a row for an export that has no run, for as long as it has none', async () => {
  const { set, asked, ids, rows } = service();
  set.flow = daily;
  set.nowMs = slotMs + 30 * 60_000;
  set.earlier = [run('first', 'success', startMs - 99 * hour)];
  set.runs = [run('yesterday', 'success', slotMs - 22 * hour)];
  expect(await ids()).toEqual(['due', 'yesterday good']);
  expect(asked.kept).toBe(0);
  set.nowMs = slotMs + hour;
  expect(await rows()).toMatchObject([
    { state: 'late', slotMs, segments: [{ id: 's1', name: 'Hikers' }] },
    {},
  ]);
  expect(await ids()).toEqual(['late', 'yesterday good']);
  // How far back the platform goes is asked once.
  expect(asked.kept).toBe(1);
  set.runs.push(run('today', 'processing', set.nowMs));
  expect(await ids()).toEqual(['today running', 'yesterday good']);
});

it('claims nothing that was due before the platform has runs', async () => {
  const { set, ids } = service();
  set.flow = daily;
  set.runs = [run('only', 'success', slotMs + 2 * hour)];
  set.earlier = set.runs;
  expect(await ids()).toEqual(['only good']);
});

it('says how long a run under way usually takes, and asks that once', async () => {
  const { set, asked, rows } = service();
  set.earlier = [run('one', 'success', startMs - 50 * hour)];
  set.runs = [run('open', 'processing', startMs - hour)];
  expect(await rows()).toMatchObject([{ usualMs: 1 }]);
  for (let round = 0; round < 5; round++) expect(await rows()).toMatchObject([{ usualMs: 1 }]);
  expect(asked.usual).toBe(1);
});

it('says that a failed run was mended by one that was asked for here a moment ago', async () => {
  const { set, rows } = service();
  set.runs = [run('failed', 'failed', startMs - hour)];
  expect(await rows()).toMatchObject([{ mendedBy: undefined }]);
  set.runs.push(run('asked', 'success', startMs));
  set.here = { ...nothingKnown, onDemand: new Set(['asked']) };
  expect(await rows()).toMatchObject([{ mendedBy: { id: 'asked' } }, { run: { id: 'asked' } }]);
});
