import { describe, expect, it } from 'vitest';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const at = Date.UTC(2026, 10, 26, 3, 30);
const day = 86_400_000;
const jobAt = (ms: number, more: object = {}) => ({
  id: `job-${ms}`,
  status: 'SUCCEEDED',
  creationTime: ms - 3_600_000,
  updateTime: ms,
  segments: [{ segmentId: '*' }],
  ...more,
});
const reading = async (answer: unknown, sinceMs = 0) => {
  const server = await answerWith(() => ({ json: answer }));
  return { read: await clientOf(server.url).readEvaluations(sinceMs), seen: server.seen };
};

describe('evaluations', () => {
  it('are read with what they say, the latest first', async () => {
    const { read, seen } = await reading({
      children: [
        jobAt(at, { status: 'Processing', segments: [{ segmentId: 's1' }, { segmentId: 'segment:s2' }] }),
        jobAt(at - day, { metrics: { totalTime: { endTimeInMs: at - day - 60_000 } } }),
        jobAt(at - 2 * day, { status: 'FAILED', segments: null }),
        { id: 'bare', status: 'PAUSED' },
      ],
    });
    expect(read).toEqual({
      isWhole: true,
      evaluations: [
        {
          id: `job-${at}`,
          state: 'underWay',
          createdMs: at - 3_600_000,
          endedMs: undefined,
          segments: ['s1', 's2'],
        },
        {
          id: `job-${at - day}`,
          state: 'succeeded',
          createdMs: at - day - 3_600_000,
          endedMs: at - day - 60_000,
          segments: 'all',
        },
        {
          id: `job-${at - 2 * day}`,
          state: 'failed',
          createdMs: at - 2 * day - 3_600_000,
          endedMs: at - 2 * day,
          segments: [],
        },
        { id: 'bare', state: 'unknown', createdMs: undefined, endedMs: undefined, segments: [] },
      ],
    });
    expect(seen.map(({ url }) => url)).toEqual([
      '/data/core/ups/segment/jobs?sort=creationTime%3Adesc&limit=100&start=0',
    ]);
  });

  it('are read page by page as far back as is asked for', async () => {
    const jobs = Array.from({ length: 250 }, (_, index) => jobAt(at - index * 3_600_000));
    const server = await answerWith(({ url }) => {
      const start = Number(/start=(\d+)/.exec(url)?.[1]);
      return { json: { children: jobs.slice(start, start + 100) } };
    });
    const client = clientOf(server.url);
    const all = await client.readEvaluations(0);
    expect([all.evaluations.length, all.isWhole, server.seen.length]).toEqual([250, true, 3]);
    const some = await client.readEvaluations(at - 120 * 3_600_000);
    expect([some.evaluations.length, some.isWhole, server.seen.length]).toEqual([120, true, 5]);
  });

  it('are not all where there are ever more, or one cannot be read', async () => {
    const endless = { children: Array.from({ length: 100 }, (_, index) => jobAt(at + index)) };
    expect((await reading(endless)).read.isWhole).toBe(false);
    const { read } = await reading({ children: [jobAt(at), { status: 'SUCCEEDED' }] });
    expect([read.evaluations.length, read.isWhole]).toEqual([1, false]);
  });

  it('are refused where the right is missing', async () => {
    const server = await answerWith(() => ({ status: 403, json: { title: 'Forbidden' } }));
    expect(await failureOf(clientOf(server.url).readEvaluations(0))).toMatchObject({ status: 403 });
  });
});
