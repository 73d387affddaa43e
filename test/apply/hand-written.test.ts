import { describe, expect, it } from 'vitest';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { objectNames } from '../../source/activation/requests.ts';
import { execute } from '../../source/apply/execute.ts';
import type { Journal, JournalEntry } from '../../source/apply/journal/journal.ts';
import { foldJournal } from '../../source/apply/journal/run-state.ts';
import type { ApplyServices } from '../../source/apply/services.ts';
import { rollback, type RollbackEvent } from '../../source/apply/undo/rollback.ts';
import { clientOf, type Written } from '../helpers/answers.ts';
import { type Asked, handWritten, type Held, type Shelf } from '../helpers/hand-written.ts';
import { authParams, exactlyOne, futurePlan, none, orgId } from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';

const run = '0a1b2c3d';

/** A run against a hand-written service, which can be gone on with and undone. */
async function rig(odd: (asked: Asked) => Written | undefined) {
  const server = await handWritten(odd);
  const place = { apiUrl: server.url, orgId, sandbox: 'dev' };
  const at = (): string => new Date().toISOString();
  const entries: JournalEntry[] = [
    { kind: 'begun', version: 1, run, plan: futurePlan, place, who: { user: 'tests' }, at: at() },
  ];
  const journal: Journal = {
    note(note) {
      entries.push({ ...note, at: at() });
      return Promise.resolve();
    },
  };
  const client = clientOf(server.url, { orgId });
  const common = {
    client,
    journal,
    clock: () => performance.now(),
    doubtMs: 400,
    unseenMs: 50,
    retryBaseMs: 1,
  };
  async function apply(services: Partial<ApplyServices> = {}) {
    const events: ApplyEvent[] = [];
    const earlier = entries.length > 1 ? foldJournal(entries) : undefined;
    const settleMs = 50;
    const all = { ...common, settleMs, authParams, run, ...(earlier ? { earlier } : {}), ...services };
    for await (const event of execute(futurePlan, all)) events.push(event);
    const last = events.at(-1);
    const failures = events.flatMap((one) => (one.kind === 'failed' ? [one.error] : []));
    return { outcome: last?.kind === 'result' ? last.outcome : undefined, failures, events };
  }
  async function undo(): Promise<RollbackEvent[]> {
    const state = foldJournal(entries);
    if (!state?.plan) throw new Error('no run');
    const events: RollbackEvent[] = [];
    for await (const event of rollback(state, { ...common, goneMs: 200 })) events.push(event);
    return events;
  }
  const posts = (shelf: string): number =>
    server.seen.filter(({ method, url }) => method === 'POST' && url.endsWith(`/${shelf}`)).length;
  return { ...server, entries, apply, undo, posts };
}

const busy = { status: 503, json: { message: 'busy' } };
/** The first create of a dataflow is done, and answered as if not. */
const actThen =
  (written: Written) =>
  ({ call, count, act }: Asked): Written | undefined => {
    if (call !== 'POST /flows' || count > 1) return undefined;
    act();
    return written;
  };
const tokenOf = (url: string): string | null =>
  new URL(url, 'http://x').searchParams.get('continuationToken');
const next = (token: number | string) => ({
  _links: { next: { href: `/flows?continuationToken=${token}` } },
});

describe.concurrent('a list of dataflows', () => {
  /** Empty pages before the rest, each with a place of its own. */
  const sparse =
    (empty: number) =>
    ({ call, url, shelves }: Asked): Written | undefined => {
      if (call !== 'GET /flows') return undefined;
      const at = Number(tokenOf(url) ?? 0);
      return { json: at < empty ? { items: [], ...next(at + 1) } : { items: shelves.flows, _links: {} } };
    };
  it.each(byDay([1, 4, 30], (empty) => empty === 4))(
    'with %i empty pages before the rest hides nothing',
    async (empty) => {
      const here = await rig((asked) => actThen(busy)(asked) ?? sparse(empty)(asked));
      expect((await here.apply()).outcome).toBe('verified');
      expect(here.counts()).toEqual(exactlyOne);
      const second = await rig((asked) => {
        if (asked.call === 'POST /flows') asked.act();
        return sparse(empty)(asked);
      });
      await second.apply();
      expect((await second.undo()).at(-1)).toMatchObject({ outcome: 'rolledBack' });
      expect(second.counts()).toEqual(none);
    },
  );

  it.each(
    byDay<[string, (count: number) => string]>(
      [
        ['that leads to itself', () => 'same'],
        ['that goes round', (count) => (count % 2 === 0 ? 'x' : 'y')],
        ['that never ends', (count) => `t${count}`],
      ],
      ([what]) => what === 'that goes round',
    ),
  )('%s proves nothing: no second one, and nothing is said to be gone', async (_, token) => {
    const here = await rig(
      (asked) =>
        actThen(busy)(asked) ??
        (asked.call === 'GET /flows' ? { json: { items: [], ...next(token(asked.count)) } } : undefined),
    );
    for (let attempt = 1; attempt <= 2; attempt++) {
      const { outcome, failures } = await here.apply();
      expect([outcome, failures]).toMatchObject(['failed', [{ kind: 'incomplete' }]]);
      expect(here.posts('flows')).toBe(1);
    }
    const undone = await here.undo();
    expect(undone.at(-1)).toMatchObject({ kind: 'result', outcome: 'notRolledBack' });
    expect(undone).toContainEqual(
      expect.objectContaining({
        kind: 'failed',
        step: 'flow',
        error: expect.objectContaining({ kind: 'incomplete' }) as unknown,
      }),
    );
  });
});

describe.concurrent('a list that does not come to its end', () => {
  const loop = { href: '?limit=20&offset=0&start=0&continuationToken=x' };
  it.each<[string, string, object]>([
    ['sandboxes', '/sandbox-management/', { sandboxes: [{ name: 'other' }], _links: { next: loop } }],
    ['segments', '/core/ups/audiences', { children: [{ id: 'other' }], _page: { totalCount: 9 } }],
    ['flowSpecs', '/flowSpecs', { items: [], _links: { next: loop } }],
  ])('of %s is told as not checked, and not taken for what there is', async (subject, part, json) => {
    const here = await rig(({ url }) =>
      url.includes('/audiences/') ? { status: 404 } : url.includes(part) ? { json } : undefined,
    );
    const { events } = await here.apply();
    const findings = events.flatMap((one) => (one.kind === 'finding' ? [one.finding.values] : []));
    expect(findings).toContainEqual({ subject });
    expect(events.some((one) => one.kind === 'failed' && one.step === 'check')).toBe(false);
  });
});

describe.concurrent('a create that was done', () => {
  const inWords = (status: number): Written => ({
    status,
    json: { error_code: `${status}013`, message: 'no' },
  });
  /** The first create is done, answered with something else, and listed later. */
  const late =
    (shelf: string, written: Written, listed: () => boolean) =>
    (asked: Asked): Written | undefined => {
      if (asked.call === `GET /${shelf}` && !listed()) return { json: { items: [], _links: {} } };
      if (asked.call !== `POST /${shelf}` || asked.count > 1) return undefined;
      asked.act();
      return written;
    };
  it.each(
    byDay(
      ['connections', 'sourceConnections', 'targetConnections', 'flows'].flatMap((shelf) =>
        [401, 403, 404, 405, 410, 451].map((status): [string, number] => [shelf, status]),
      ),
      (_, at) => at % 7 === 0,
    ),
  )('among %s, and answered %i, is not made again by this attempt or the next', async (shelf, status) => {
    let isListed = false;
    const here = await rig(late(shelf, inWords(status), () => isListed));
    const first = here.apply();
    if (status === 401) {
      // The only one of them that is tried again: it waits.
      setTimeout(() => (isListed = true), 150);
      expect((await first).outcome).toBe('verified');
    } else {
      expect([(await first).outcome, (await first).failures]).toMatchObject([
        'failed',
        [{ kind: 'refused', status }],
      ]);
      setTimeout(() => (isListed = true), 150);
      expect((await here.apply()).outcome).toBe('verified');
    }
    expect(here.counts()).toEqual(exactlyOne);
    expect(here.posts(shelf)).toBe(
      exactlyOne[['connections', 'sourceConnections', 'targetConnections', 'flows'].indexOf(shelf)],
    );
  });

  it('is not left behind by a rollback, though it was refused in words', async () => {
    let isListed = false;
    const here = await rig(late('flows', inWords(404), () => isListed));
    await here.apply();
    setTimeout(() => (isListed = true), 150);
    expect((await here.undo()).at(-1)).toMatchObject({ outcome: 'rolledBack' });
    expect(here.counts()).toEqual(none);
  });

  it('and a token that is refused at once makes nobody wait', async () => {
    const here = await rig(() => inWords(401));
    const { failures, events } = await here.apply({ doubtMs: 60_000 });
    expect(failures.length).toBeGreaterThan(0);
    expect(events.some(({ kind }) => kind === 'waiting')).toBe(false);
    expect(here.seen.every(({ method }) => method === 'GET')).toBe(true);
  });

  const shelves = ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const;
  const slow = (seconds: string | undefined): Written => ({
    status: 429,
    json: { message: 'slow' },
    ...(seconds === undefined ? {} : { headers: { 'retry-after': seconds } }),
  });
  it.each(
    byDay(
      shelves.flatMap((shelf) =>
        [undefined, '0', '1', 'Thu, 26 Nov 2026 00:00:00 GMT'].flatMap((seconds) => [
          [shelf, seconds, true] as const,
          [shelf, seconds, false] as const,
        ]),
      ),
      (_, at) => at % 17 === 0,
    ),
  )(
    'among %s, and answered 429 with Retry-After %s, is looked for, acted upon %s',
    async (shelf, seconds, isActed) => {
      let isListed = false;
      const here = await rig((asked) => {
        if (asked.call === `GET /${shelf}` && !isListed) return { json: { items: [], _links: {} } };
        if (asked.call !== `POST /${shelf}` || asked.count > 1) return undefined;
        if (isActed) asked.act();
        // Later than the gateway asks to wait, and sooner than the doubt ends.
        setTimeout(() => (isListed = true), 1300);
        return slow(seconds);
      });
      const { outcome, events } = await here.apply({ doubtMs: 2500 });
      expect(outcome).toBe('verified');
      expect(here.counts()).toEqual(exactlyOne);
      expect(here.posts(shelf)).toBe((exactlyOne[shelves.indexOf(shelf)] ?? 0) + (isActed ? 0 : 1));
      expect(events.some((one) => one.kind === 'waiting' && one.about === 'doubt')).toBe(true);
    },
  );

  it.each(byDay(shelves, (shelf) => shelf === 'flows'))(
    'among %s, and to be asked for again in an hour, ends the run and not its doubt',
    async (shelf) => {
      let isListed = false;
      const here = await rig((asked) => {
        if (asked.call === `GET /${shelf}` && !isListed) return { json: { items: [], _links: {} } };
        if (asked.call !== `POST /${shelf}` || asked.count > 1) return undefined;
        asked.act();
        return slow('3600');
      });
      const first = await here.apply({ doubtMs: 2500 });
      expect([first.outcome, first.failures]).toMatchObject(['failed', [{ kind: 'refused', status: 429 }]]);
      setTimeout(() => (isListed = true), 300);
      expect((await here.apply({ doubtMs: 2500 })).outcome).toBe('verified');
      expect(here.counts()).toEqual(exactlyOne);
    },
  );

  it('a patch that the gateway holds back is sent again', async () => {
    const here = await rig(({ call, count }) =>
      call === 'PATCH /flows/*' && count < 3 ? slow('0') : undefined,
    );
    expect((await here.apply({ doubtMs: 60_000 })).outcome).toBe('verified');
    expect(here.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(3);
  });
});

describe.concurrent('a delete', () => {
  const answers: [string, Written][] = [
    ...[400, 403, 404, 405, 409, 410, 422, 423, 500, 503].map((status): [string, Written] => [
      `${status}`,
      { status, json: { message: 'no' } },
    ]),
    ['a redirect', { status: 302, headers: { location: '/' } }],
    ['a page', { text: '<html></html>' }],
    ['nothing', (response) => response.socket?.destroy()],
  ];
  it.each(byDay(answers, (_, at) => at % 4 === 1))(
    'that was done, and answered %s, has left nothing',
    async (_, written) => {
      const here = await rig((asked) => {
        if (asked.method !== 'DELETE') return undefined;
        asked.act();
        return written;
      });
      await here.apply();
      expect(here.counts()).toEqual(exactlyOne);
      const undone = await here.undo();
      expect(undone.at(-1)).toMatchObject({ outcome: 'rolledBack', kept: 0 });
      expect(undone.filter(({ kind }) => kind === 'removed')).toHaveLength(5);
      expect(here.counts()).toEqual(none);
    },
  );

  it.each(byDay(answers, (_, at) => at % 6 === 0))(
    'that was done, answered %s, and shows only later, has left nothing',
    async (_, written) => {
      const goneMs = new Map<string, number>();
      const seen = new Map<string, Held>();
      const here = await rig((asked) => {
        const { method, url, shelves } = asked;
        const id = url.split('/').at(-1)?.split('?')[0] ?? '';
        if (method === 'DELETE') {
          const held = Object.values(shelves)
            .flat()
            .find((one) => one.id === id);
          if (held) seen.set(id, held);
          if (held) goneMs.set(id, performance.now() + 60);
          asked.act();
          return written;
        }
        const held = seen.get(id);
        return method === 'GET' && held && performance.now() < (goneMs.get(id) ?? 0)
          ? { json: { items: [held] } }
          : undefined;
      });
      await here.apply();
      const undone = await here.undo();
      expect(undone.at(-1)).toMatchObject({ outcome: 'rolledBack', kept: 0 });
      expect(here.counts()).toEqual(none);
    },
  );

  it.each(
    byDay(
      answers.filter(([name]) => name !== '404'),
      (_, at) => at % 4 === 2,
    ),
  )('that was not done, and answered %s, is told', async (name, written) => {
    const here = await rig(({ call }) => (call === 'DELETE /flows/*' ? written : undefined));
    await here.apply();
    const undone = await here.undo();
    // What is no plain no may be done a moment later.
    const outcome = name.startsWith('4') ? 'notRolledBack' : 'partlyRolledBack';
    expect(undone.at(-1)).toMatchObject({ outcome });
    expect(here.counts()[3]).toBe(1);
  });
});

describe.concurrent('a read that answers another', () => {
  it.each<[string, string, number]>([
    ['dataflow', 'GET /flows/*', 1],
    ['dataflow once it was patched', 'GET /flows/*', 2],
    ['target connection', 'GET /targetConnections/*', 1],
  ])('%s verifies nothing', async (_, call, from) => {
    const here = await rig((asked) => {
      const { json } = asked.call === call && asked.count >= from ? asked.act() : {};
      const [held] = (json as { items: object[] } | undefined)?.items ?? [];
      return held && { json: { items: [{ ...held, id: '99999999-9999-4999-8999-999999999999' }] } };
    });
    const { outcome, failures } = await here.apply();
    expect([outcome, failures.length > 0]).toEqual(['failed', true]);
    expect(failures[0]).toMatchObject({ kind: 'unreadable', problems: [{ path: '$.id' }] });
  });
});

describe.concurrent('a marker that cannot be read', () => {
  const shelves = ['connections', 'sourceConnections', 'targetConnections', 'flows'] as const;
  const without = (held: Held): object => {
    const { ...rest } = held;
    delete rest.description;
    return rest;
  };
  const ways: [string, (held: Held) => object][] = [
    ['left out', without],
    ['cut short', ({ description = '', ...held }) => ({ ...held, description: description.slice(0, -5) })],
    ['replaced', (held) => ({ ...held, description: 'Imported by hand' })],
    ['null', (held) => ({ ...held, description: null })],
  ];
  /** The first create is done and answered as if not; what is listed, and what is read, says something else. */
  const forgetful =
    (shelf: Shelf, listed: (held: Held) => object, single: (held: Held) => object) =>
    (asked: Asked): Written | undefined => {
      if (asked.call === `GET /${shelf}`)
        return { json: { items: asked.shelves[shelf].map(listed), _links: {} } };
      if (asked.call === `GET /${shelf}/*`) {
        const held = asked.shelves[shelf].find(({ id }) => asked.url.endsWith(id));
        return held && { json: { items: [single(held)] } };
      }
      if (asked.call !== `POST /${shelf}` || asked.count > 1) return undefined;
      asked.act();
      return busy;
    };
  const cases = shelves.flatMap((shelf) =>
    ways.map(([name, way]): [string, Shelf, (held: Held) => object] => [name, shelf, way]),
  );

  it.each(byDay(cases, (_, at) => at % 6 === 0))(
    'in a list alone is read elsewhere: %s, of %s',
    async (_, shelf, way) => {
      const here = await rig(forgetful(shelf, way, (held) => held));
      expect((await here.apply()).outcome).toBe('verified');
      expect(here.counts()).toEqual(exactlyOne);
    },
  );

  it.each(byDay(cases, (_, at) => at % 6 === 3))(
    'anywhere lets nothing be sent again, and is named: %s, of %s',
    async (_, shelf, way) => {
      const here = await rig(forgetful(shelf, way, way));
      for (let attempt = 1; attempt <= 2; attempt++) {
        const { outcome, failures } = await here.apply();
        const [held] = here.shelves[shelf];
        expect(outcome).toBe('failed');
        expect(failures).toMatchObject([
          { kind: 'unmarked', found: [`${shelf} ${held?.id}`], marker: `ferry run ${run}` },
        ]);
        // Of the two base connections the other one is no matter of doubt.
        expect(here.shelves[shelf]).toHaveLength(shelf === 'connections' ? 2 : 1);
      }
      const undone = await here.undo();
      const outcome = shelf === 'flows' ? 'notRolledBack' : 'partlyRolledBack';
      expect(undone.at(-1)).toMatchObject({ outcome });
      expect(undone).toContainEqual(
        expect.objectContaining({
          kind: 'failed',
          error: expect.objectContaining({ kind: 'unmarked' }) as unknown,
        }),
      );
    },
  );

  it('is one in any case', async () => {
    const loud = ({ description = '', ...held }: Held) => ({
      ...held,
      description: description.toUpperCase(),
    });
    const here = await rig(forgetful('flows', loud, loud));
    expect((await here.apply()).outcome).toBe('verified');
    expect(here.counts()).toEqual(exactlyOne);
  });

  it.each(byDay(shelves, (shelf) => shelf === 'flows'))(
    'of %s keeps nobody from what is of another run, or called otherwise',
    async (shelf) => {
      const other = { description: 'ferry run ffffffff' };
      const seed = (asked: Asked): void => {
        if (asked.shelves[shelf].length > 0) return;
        const names = objectNames(futurePlan);
        const twins = Object.values(names).map((name, at) => ({ id: `twin${at}`, name, ...other }));
        asked.shelves[shelf].push(...twins, { id: 'foreign', name: 'Foreign' });
      };
      // Not done, and answered as if perhaps.
      const here = await rig((asked) => {
        seed(asked);
        return asked.call === `POST /${shelf}` && asked.count === 1 ? busy : undefined;
      });
      expect((await here.apply()).outcome).toBe('verified');
      expect(here.counts()).toEqual(
        exactlyOne.map((count, at) => (shelves[at] === shelf ? count + 6 : count)),
      );
    },
  );
});
