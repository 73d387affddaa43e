import { describe, expect, it } from 'vitest';
import { type FollowEvent, type Following, followRuns } from '../../source/commands/flow/follow-runs.ts';
import { CancelledError, type FlowServiceError, RefusedError } from '../../source/flow-service/errors.ts';
import type { RunsRead } from '../../source/flow-service/read-runs.ts';
import type { Run } from '../../source/flow-service/runs.ts';
import { exportRun } from '../helpers/export-runs.ts';

const start = Date.UTC(2026, 10, 26, 12);
const minute = 60_000;
const call = { method: 'GET', path: '/runs' };

const runOf = (id: string, status: string, beganMs = start): Run => exportRun({ id, status, beganMs });

/** What each round reads: runs, or why it cannot. The last one goes on. */
type Round = readonly Run[] | FlowServiceError;

async function follow(rounds: readonly Round[], more: Partial<Following> = {}, most = 40) {
  let at = 0;
  let nowMs = start;
  const pauses: number[] = [];
  const byId: string[][] = [];
  const leads: (number | undefined)[] = [];
  const round = (): Round => rounds[Math.min(at, rounds.length - 1)] ?? [];
  const events: FollowEvent[] = [];
  const following = followRuns({
    client: {
      clock: () => ({ nowMs }),
      readRuns: ({ sinceMs, leadMs }): Promise<RunsRead> => {
        leads.push(leadMs);
        const read = round();
        const runs = read instanceof Error ? [] : read;
        return Promise.resolve({
          // As the platform: by when they were made.
          runs: runs.filter(({ createdMs = 0 }) => createdMs >= sinceMs - (leadMs ?? 0)),
          whole: new Map([['f', { fromMs: sinceMs, toMs: nowMs }]]),
          lacks: read instanceof Error ? [{ flowIds: ['f'], error: read }] : [],
        });
      },
      getRuns: (ids) => {
        byId.push([...ids]);
        const read = round();
        if (read instanceof Error) return Promise.reject(read);
        return Promise.resolve(read.filter(({ id }) => ids.includes(id)));
      },
    },
    flowIds: ['f'],
    isMeant: () => true,
    hasEnd: true,
    random: () => 0.5,
    pause: (ms) => {
      pauses.push(ms);
      nowMs += ms;
      at++;
      return at >= most ? Promise.reject(new CancelledError(call)) : Promise.resolve();
    },
    ...more,
  });
  const failure = await (async () => {
    for await (const event of following) events.push(event);
    return undefined;
  })().catch((error: unknown) => error);
  const told = events.map((event) =>
    event.kind === 'run'
      ? `${event.run.id} ${event.run.status ?? ''}`
      : event.kind === 'end'
        ? `end ${event.outcome}`
        : event.kind,
  );
  return { told, pauses, byId, leads, failure, rounds: at + 1 };
}

describe('following the runs of a dataflow', () => {
  it('tells each change of state once, and ends with the round that reads the end', async () => {
    const { told, pauses } = await follow([
      [runOf('a', 'waiting')],
      [runOf('a', 'processing')],
      [runOf('a', 'processing')],
      [runOf('a', 'success')],
    ]);
    expect(told).toEqual(['a waiting', 'a processing', 'a success', 'end good']);
    expect(pauses).toEqual([15_000, 15_000, 15_000]);
  });

  it('keeps to another pace where it is given one', async () => {
    const { pauses } = await follow([[], [runOf('a', 'processing')], [runOf('a', 'success')]], {
      roundMs: 100,
    });
    expect(pauses).toEqual([400, 100]);
  });

  it('ends failed where one of them failed', async () => {
    const { told } = await follow([
      [runOf('a', 'processing'), runOf('b', 'processing')],
      [runOf('a', 'failed'), runOf('b', 'processing')],
      [runOf('a', 'failed'), runOf('b', 'success')],
    ]);
    expect(told).toEqual(['a processing', 'b processing', 'a failed', 'b success', 'end failed']);
  });

  it('does not take a run for ended that says something unknown', async () => {
    const ended = (status: string): Run => ({ ...runOf('a', 'success'), status, state: 'unknown' });
    expect((await follow([[runOf('a', 'processing')], [ended('Paused')]])).told.at(-1)).toBe('end unended');
  });

  it('waits for one that is still to begin, and tells the last one meanwhile', async () => {
    const { told, pauses } = await follow([
      [runOf('old', 'failed', start - 60 * minute), runOf('last', 'success', start - 20 * minute)],
      [runOf('last', 'success', start - 20 * minute)],
      [runOf('next', 'processing', start + minute)],
      [runOf('next', 'success', start + minute)],
    ]);
    expect(told).toEqual(['last success', 'next processing', 'next success', 'end good']);
    expect(pauses).toEqual([60_000, 60_000, 15_000]);
  });

  it('tells all since a moment where that is asked for', async () => {
    const { told } = await follow(
      [[runOf('a', 'success', start - 60 * minute), runOf('b', 'processing')], [runOf('b', 'success')]],
      { sinceMs: start - 120 * minute },
    );
    expect(told).toEqual(['a success', 'b processing', 'b success', 'end good']);
  });

  it.each<[string, Round[]]>([
    ['a run that goes on', [[runOf('a', 'processing')]]],
    ['none that begins', [[]]],
  ])('gives up after 150 min with %s', async (_, rounds) => {
    const { told, pauses } = await follow(rounds, {}, 2000);
    expect(told.at(-1)).toBe('end unended');
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(150 * minute);
  });

  it('survives rounds that fail, and tells once that it does', async () => {
    const busy = new RefusedError(call, 503, {});
    const { told } = await follow([
      [runOf('a', 'processing')],
      busy,
      busy,
      [runOf('a', 'processing')],
      busy,
      [runOf('a', 'success')],
    ]);
    expect(told).toEqual([
      'a processing',
      'unread',
      'readAgain',
      'unread',
      'readAgain',
      'a success',
      'end good',
    ]);
  });

  it('waits as long as it is asked to', async () => {
    const { pauses } = await follow([
      [runOf('a', 'processing')],
      new RefusedError(call, 429, { retryAfterSeconds: 90 }),
      new RefusedError(call, 429, { retryAfterSeconds: 2 }),
      [runOf('a', 'success')],
    ]);
    expect(pauses).toEqual([15_000, 90_000, 15_000]);
  });

  it.each([401, 403])('stops asking where it may not (%i)', async (status) => {
    const { failure, rounds } = await follow([
      [runOf('a', 'processing')],
      new RefusedError(call, status, {}),
    ]);
    expect(failure).toMatchObject({ kind: 'refused', status });
    expect(rounds).toBe(2);
  });

  it('asks again for what is under way by its id, and for no more than is new', async () => {
    const { byId, leads } = await follow([
      [runOf('a', 'processing', start - 60 * minute), runOf('b', 'success')],
      [runOf('a', 'success', start - 60 * minute)],
    ]);
    expect(byId).toEqual([['a']]);
    expect(leads).toEqual([9_000_000, 300_000]);
  });

  it('ends where the dataflow has been deleted, not before what is under way has ended', async () => {
    const isThere = () => Promise.resolve(false);
    expect((await follow([[]], { isThere })).told).toEqual(['gone', 'end unended']);
    const { told } = await follow([[runOf('a', 'processing')], [runOf('a', 'success')]], { isThere });
    expect(told).toEqual(['a processing', 'a success', 'end good']);
    const unread = () => Promise.reject(new RefusedError(call, 503, {}));
    expect((await follow([[], [runOf('b', 'success', start + minute)]], { isThere: unread })).told).toEqual([
      'b success',
      'end good',
    ]);
  });

  it('without an end goes on after a run has ended', async () => {
    const { told, failure } = await follow(
      [[runOf('a', 'processing')], [runOf('a', 'success')], [runOf('b', 'processing', start + minute)]],
      { hasEnd: false },
      6,
    );
    expect(told).toEqual(['a processing', 'a success', 'b processing']);
    expect(failure).toBeInstanceOf(CancelledError);
  });

  it('waits for runs that were asked for and are not listed yet, and for no others', async () => {
    const { told } = await follow(
      [
        [runOf('other', 'processing')],
        [runOf('other', 'processing')],
        [runOf('x', 'processing'), runOf('other', 'processing')],
        [runOf('x', 'failed'), runOf('other', 'processing')],
      ],
      { awaited: ['X'], isMeant: ({ id }) => id === 'x' },
    );
    expect(told).toEqual(['x processing', 'x failed', 'end failed']);
  });
});
