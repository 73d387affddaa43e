import { expect, it } from 'vitest';
import { readsRuns } from '../../source/commands/flow/reads-runs.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { listedFlow } from '../../source/flow-service/flows.ts';
import type { RunsWanted } from '../../source/flow-service/read-runs.ts';
import { type Run, run as runShape } from '../../source/flow-service/runs.ts';

const startMs = Date.UTC(2026, 10, 26, 12);
const hour = 3_600_000;

const run = (id: string, status: string, beganMs: number): Run =>
  runShape.parse({
    id,
    flowId: 'f',
    createdAt: beganMs,
    metrics: {
      durationSummary: {
        startedAtUTC: beganMs,
        completedAtUTC: status === 'processing' ? 0 : beganMs + 1,
      },
      statusSummary: { status },
    },
  });

/** A service whose runs and clock a test sets, and which keeps what it was asked for. */
function service() {
  const set = { nowMs: startMs, runs: [] as Run[], error: undefined as RefusedError | undefined };
  const asked: { wanted: RunsWanted[]; byId: (readonly string[])[]; lists: number } = {
    wanted: [],
    byId: [],
    lists: 0,
  };
  const client = {
    callCount: () => asked.wanted.length + asked.byId.length + asked.lists,
    clock: () => ({ nowMs: set.nowMs, offsetMs: 0 }),
    async *listFlows() {
      asked.lists++;
      yield await Promise.resolve([listedFlow.parse({ id: 'f', name: 'CRM' })]);
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
    getRuns(ids: readonly string[]) {
      asked.byId.push(ids);
      return Promise.resolve(set.runs.filter(({ id }) => ids.includes(id)));
    },
  } as Partial<FlowService> as FlowService;
  const read = readsRuns(client, undefined);
  const ids = async (): Promise<string[]> =>
    (await read(new AbortController().signal)).rows.map((row) => `${row.run.id} ${row.run.state}`).sort();
  return { set, asked, ids };
}

it('reads a day at first, and then what can have changed: what is new, and what was under way by its id', async () => {
  const { set, asked, ids } = service();
  set.runs = [run('old', 'success', startMs - 20 * hour), run('open', 'processing', startMs - hour)];
  expect(await ids()).toEqual(['old good', 'open running']);
  expect(asked.wanted[0]?.sinceMs).toBe(startMs - 24 * hour);
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
});
