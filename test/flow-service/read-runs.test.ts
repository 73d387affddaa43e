import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostQueuedMs, type RunsRead } from '../../source/flow-service/read-runs.ts';
import { answerWith, type AnswerServer, clientOf, type Seen, type Written } from '../helpers/answers.ts';

const now = Date.UTC(2026, 10, 26, 12);
const minute = 60_000;
const hour = 60 * minute;

interface Row {
  id: string;
  flowId?: string;
  createdAt?: number;
  startedAt?: number;
}
const wire = ({ id, flowId = 'f', createdAt, startedAt = createdAt }: Row) => ({
  id,
  flowId,
  createdAt,
  metrics: { durationSummary: { startedAtUTC: startedAt } },
});

/** A collection of runs as the contract has it: filters by flow and time, an order, pages of a size. */
function collection(rows: () => readonly object[], { size = 2, honours = true } = {}) {
  return ({ url }: Seen): { json: { items: object[]; _links: object } } => {
    const query = new URL(url, 'http://x').searchParams;
    const property = (name: string, sign: string) =>
      query
        .getAll('property')
        .find((one) => one.startsWith(`${name}${sign}`))
        ?.slice(name.length + sign.length);
    const flows = property('flowId', '==')?.split(',');
    const from = Number(property('createdAt', '>=') ?? 0);
    const all = (rows() as (Row & { createdAt: number })[])
      .filter((one) => !honours || flows === undefined || flows.includes(one.flowId ?? ''))
      .filter((one) => !honours || !(one.createdAt < from));
    const sorted = honours ? all.sort((a, b) => a.createdAt - b.createdAt) : all;
    const start = Number(query.get('continuationToken') ?? 0);
    const next =
      start + size < sorted.length ? { next: { href: `/runs?continuationToken=${start + size}` } } : {};
    return { json: { items: sorted.slice(start, start + size), _links: next } };
  };
}

const dated = (written: { json: unknown }, ms = now): Written => ({
  ...written,
  headers: { date: new Date(ms).toUTCString() },
});

const read = (server: AnswerServer, sinceMs: number, flowIds = ['f']): Promise<RunsRead> =>
  clientOf(server.url, { totalMs: 50 }).readRuns({ flowIds, sinceMs });
const ids = ({ runs }: RunsRead): string[] => runs.map(({ id }) => id);

describe('the runs since a moment', () => {
  it('come page by page, the earliest first, and their window ends when the last page was read', async () => {
    const rows = [3, 1, 2, 5, 4].map((at) => wire({ id: `r${at}`, createdAt: now - at * hour }));
    const answer = collection(() => rows);
    const server = await answerWith((asked, count) => dated(answer(asked), now + count * 1000));
    const pages: string[][] = [];
    const found = await clientOf(server.url).readRuns({
      flowIds: ['f'],
      sinceMs: now - 4 * hour,
      onPage: (runs) => pages.push(runs.map(({ id }) => id)),
    });
    expect(ids(found)).toEqual(['r4', 'r3', 'r2', 'r1']);
    expect(pages).toEqual([['r4'], ['r3', 'r2'], ['r1']]);
    const stretch = found.whole.get('f');
    expect(stretch?.fromMs).toBe(now - 4 * hour);
    expect(stretch?.toMs).toBeLessThanOrEqual(now + 3000);
    expect(stretch?.toMs).toBeGreaterThan(now);
    expect(found.lacks).toEqual([]);
    expect(server.seen).toHaveLength(3);
  });

  it('have one that was made long before it began', async () => {
    const rows = [wire({ id: 'queued', createdAt: now - 2 * hour, startedAt: now - 10 * minute })];
    const server = await answerWith(collection(() => rows));
    expect(ids(await read(server, now - hour))).toEqual(['queued']);
  });

  it('have one that is still to begin', async () => {
    const server = await answerWith(
      collection(() => [
        { id: 'w', flowId: 'f', createdAt: now, metrics: { statusSummary: { status: 'waiting' } } },
      ]),
    );
    expect(ids(await read(server, now - hour))).toEqual(['w']);
  });

  it('are all there when the service heeds neither filter nor order', async () => {
    const rows = [
      wire({ id: 'a', createdAt: now - 1 }),
      wire({ id: 'old', createdAt: now - 9 * hour }),
      wire({ id: 'foreign', flowId: 'g', createdAt: now }),
      wire({ id: 'b', createdAt: now - 2 }),
    ];
    const server = await answerWith(collection(() => rows, { honours: false }));
    const found = await read(server, now - hour);
    expect(ids(found)).toEqual(['b', 'a']);
    expect(found.whole.size).toBe(1);
  });

  it('are asked for without the filter where it is refused', async () => {
    const answer = collection(() => [wire({ id: 'a', createdAt: now })]);
    const server = await answerWith((asked) =>
      asked.url.includes('createdAt') ? { status: 400, json: { message: 'Unsupported' } } : answer(asked),
    );
    const found = await read(server, now - hour);
    expect([ids(found), found.whole.size, found.lacks.length]).toEqual([['a'], 1, 0]);
  });

  it.each([
    [400, 2],
    [403, 1],
    [404, 1],
  ])(
    'are asked for once more only where the filter may be what is refused: with %i',
    async (status, calls) => {
      const server = await answerWith(() => ({ status, json: { message: 'no' } }));
      expect((await read(server, now - hour)).lacks).toMatchObject([{ flowIds: ['f'], error: { status } }]);
      expect(server.seen).toHaveLength(calls);
    },
  );

  it('go by forty dataflows a call, whatever the letters of an id', async () => {
    const flows = Array.from({ length: 100 }, (_, at) => `f${at}`);
    const rows = flows.map((flowId) =>
      wire({ id: `r-${flowId}`, flowId: flowId.toUpperCase(), createdAt: now }),
    );
    const answer = collection(() => rows, { size: 100, honours: false });
    const server = await answerWith(answer);
    const found = await read(server, now - hour, [...flows, 'F7']);
    expect(server.seen).toHaveLength(3);
    expect(new Set(ids(found)).size).toBe(100);
    expect(found.runs).toHaveLength(100);
    expect([...found.whole.keys()]).toHaveLength(100);
  });

  describe('that broke off', () => {
    const rows = [1, 2, 3, 4, 5, 6].map((at) => wire({ id: `r${at}`, createdAt: now - (7 - at) * hour }));
    const broken = (answer: (asked: Seen) => { json: unknown }, from = 3) =>
      answerWith((asked, count) => (count >= from ? { status: 403 } : answer(asked)));

    it('say of which stretch they are all, and why no more', async () => {
      const server = await broken(collection(() => rows));
      const found = await read(server, now - 9 * hour);
      expect(ids(found)).toEqual(['r1', 'r2', 'r3', 'r4']);
      expect(found.whole.get('f')).toEqual({ fromMs: now - 9 * hour, toMs: now - 3 * hour - 5 * minute });
      expect(found.lacks).toMatchObject([
        { flowIds: ['f'], error: { kind: 'refused', missingPermission: 'View Destinations' } },
      ]);
    });

    it('say of nothing that they are all where they came in no order', async () => {
      const server = await broken(collection(() => [...rows].reverse(), { honours: false }));
      const found = await read(server, now - 9 * hour);
      expect([ids(found).length, found.whole.size]).toEqual([4, 0]);
    });

    it('say nothing of the dataflows of a list that was refused, and all of the others', async () => {
      const flows = Array.from({ length: 50 }, (_, at) => `f${at}`);
      const server = await answerWith(({ url }) =>
        url.includes('f49') ? { status: 403 } : { json: { items: [] } },
      );
      const found = await read(server, now - hour, flows);
      expect([...found.whole.keys()]).toEqual(flows.slice(0, 40));
      expect(found.lacks.map(({ flowIds }) => flowIds)).toEqual([flows.slice(40)]);
    });
  });

  it.each<[string, object[], string[]]>([
    ['has no id', [{ flowId: 'f' }, wire({ id: 'a', createdAt: now })], ['f']],
    [
      'names no dataflow beside others',
      [{ id: 'x', createdAt: now }, wire({ id: 'a', createdAt: now })],
      ['f', 'g'],
    ],
  ])('cannot be all where one %s', async (_, rows, flows) => {
    const server = await answerWith(() => ({ json: { items: rows } }));
    const found = await read(server, now - hour, flows);
    expect([ids(found), found.whole.size]).toEqual([['a'], 0]);
    expect(found.lacks).toMatchObject([{ error: { kind: 'unreadable' } }]);
  });

  it('takes one that names no dataflow for that of the only one', async () => {
    const server = await answerWith(() => ({ json: { items: [{ id: 'x', createdAt: now }] } }));
    const found = await read(server, now - hour);
    expect(found.runs).toMatchObject([{ id: 'x', flowId: 'f' }]);
  });

  it('lose none and double none while new ones come between the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 600 }), { maxLength: 9 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }),
        async (ages, arrivals) => {
          const rows = ages.map((age) => wire({ id: `r${age}`, createdAt: now - age * minute }));
          const before = rows.length;
          let made = 0;
          const answer = collection(() => rows);
          const server = await answerWith((asked, count) => {
            const answered = answer(asked);
            for (let left = arrivals[count] ?? 0; left > 0; left--)
              rows.push(wire({ id: `new${made}`, createdAt: now + ++made }));
            return answered;
          });
          const found = ids(await read(server, now - 5 * hour));
          expect(new Set(found).size).toBe(found.length);
          const wanted = rows.slice(0, before).filter(({ createdAt = 0 }) => createdAt >= now - 5 * hour);
          expect(found).toEqual(expect.arrayContaining(wanted.map(({ id }) => id)));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('asks back as far as a run may wait', async () => {
    const server = await answerWith(() => ({ json: { items: [] } }));
    await read(server, now);
    expect(decodeURIComponent(server.seen[0]?.url ?? '')).toContain(`createdAt>=${now - mostQueuedMs}`);
  });
});

describe('runs by their ids', () => {
  it('come forty a call, and none that was not asked for', async () => {
    const server = await answerWith(({ url }) => {
      const list =
        new URL(url, 'http://x').searchParams.get('property')?.slice('id=='.length).split(',') ?? [];
      return { json: { items: [...list.slice(1), 'foreign'].map((id) => ({ id })) } };
    });
    const asked = Array.from({ length: 50 }, (_, at) => `r${at}`);
    const found = await clientOf(server.url).getRuns(asked);
    expect(server.seen).toHaveLength(2);
    expect(found.map(({ id }) => id)).toEqual(asked.filter((id) => id !== 'r0' && id !== 'r40'));
  });

  it('need no call for none', async () => {
    const server = await answerWith(() => ({ json: { items: [] } }));
    expect(await clientOf(server.url).getRuns([])).toEqual([]);
    expect(server.seen).toEqual([]);
  });
});

describe('the earliest run', () => {
  it.each<[string, object[], string | undefined]>([
    ['of two', [wire({ id: 'a', createdAt: 1 }), wire({ id: 'b', createdAt: 2 })], 'a'],
    ['of one', [wire({ id: 'a', createdAt: 1 })], 'a'],
    ['of none', [], undefined],
    [
      'of an order that is ignored',
      [wire({ id: 'a', createdAt: 2 }), wire({ id: 'b', createdAt: 1 })],
      undefined,
    ],
    ['of no moments', [{ id: 'a' }, { id: 'b' }], undefined],
  ])('%s', async (_, items, wanted) => {
    const server = await answerWith(() => ({ json: { items } }));
    expect((await clientOf(server.url).oldestRun())?.id).toBe(wanted);
  });
});

describe('the clock of the platform', () => {
  it('is this machine’s until there is an answer, and then that of the answer’s head', async () => {
    const server = await answerWith(() => dated({ json: { items: [] } }, now + 3 * minute));
    const client = clientOf(server.url, { now: () => now });
    expect(client.clock()).toEqual({ nowMs: now });
    expect(client.callCount()).toBe(0);
    await client.oldestRun();
    const { nowMs, offsetMs = 0 } = client.clock();
    expect(nowMs - (now + 3 * minute)).toBeLessThan(5000);
    expect(offsetMs).toBe(nowMs - now);
    expect(client.callCount()).toBe(1);
  });

  it('is told by a refusal too', async () => {
    const server = await answerWith(() => ({ status: 403, headers: { date: new Date(now).toUTCString() } }));
    const client = clientOf(server.url, { now: () => now });
    await client.oldestRun().catch(() => undefined);
    expect(client.clock().offsetMs).toBeDefined();
  });
});
