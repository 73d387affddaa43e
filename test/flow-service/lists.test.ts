import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../source/emulator/server.ts';
import { clientCredentialsToken, staticToken } from '../../source/flow-service/token.ts';
import { forgetSecrets, withoutSecrets } from '../../source/flow-service/secrets/known-secrets.ts';
import { everyPage, inOne, lost, nextPath } from '../../source/flow-service/paging.ts';
import { answerWith, clientOf, failureOf, type Written } from '../helpers/answers.ts';
import { itInSoak } from '../helpers/soak.ts';
import { some } from '../helpers/some.ts';

async function all<Item>(pages: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const page of pages) found.push(page);
  return found;
}
const ids = (pages: readonly { segments: readonly { id: string }[] }[]): string[] =>
  pages.flatMap(({ segments }) => segments.map(({ id }) => id));

describe('segments', () => {
  it('come page by page, each once, also when pages shift', async () => {
    const rows = (...names: string[]) => names.map((id) => ({ id, name: id }));
    const server = await answerWith(({ url }) => {
      const start = new URL(url, 'http://x').searchParams.get('start');
      return start === '0'
        ? { json: { children: rows('a', 'b'), _page: { next: '2', totalCount: 4 } } }
        : { json: { children: rows('b', 'c'), _page: { next: null, totalCount: 4 } } };
    });
    const pages = await all(clientOf(server.url).listSegments());
    expect(ids(pages)).toEqual(['a', 'b', 'c']);
    expect(pages[0]?.total).toBe(4);
  });

  it.each([403, 404])('come from the definitions where audiences are refused with %i', async (status) => {
    const server = await answerWith(({ url }) => {
      if (url.includes('/audiences')) return { status };
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      const rows = Array.from({ length: start === 0 ? 100 : 20 }, (_, at) => ({ id: `s${start + at}` }));
      return { json: { segments: rows, page: { totalCount: 120 } } };
    });
    expect(ids(await all(clientOf(server.url).listSegments()))).toHaveLength(120);
  });

  it('end when a service points backwards', async () => {
    const server = await answerWith(() => ({ json: { children: [{ id: 'a' }], _page: { next: 1 } } }));
    expect(ids(await all(clientOf(server.url).listSegments()))).toEqual(['a']);
    expect(server.seen.length).toBeLessThanOrEqual(2);
  });

  it('end when a service promises more than it has', async () => {
    const server = await answerWith(({ url }) => {
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      const children = start === 0 ? [{ id: 'a' }] : [];
      return { json: { children, _page: { next: start + 1, totalCount: 1_000_000_000 } } };
    });
    const pages = await all(clientOf(server.url).listSegments());
    expect(ids(pages)).toEqual(['a']);
    expect(pages.at(-1)).toMatchObject({ isCut: true });
    expect(server.seen.length).toBeLessThanOrEqual(4);
  });

  it('come side by side and in order, each once, while new ones push the pages on', async () => {
    const known = Array.from({ length: 950 }, (_, at) => `s${at}`);
    let made = 0;
    let underWay = 0;
    let most = 0;
    const three = Promise.withResolvers<void>();
    const server = await answerWith(({ url }) => (response) => {
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      most = Math.max(most, ++underWay);
      if (underWay === 3) three.resolve();
      // Newest first: what is made meanwhile moves everything else back.
      known.unshift(`new${made++}`);
      const children = known.slice(start, start + 100).map((id) => ({ id }));
      const next = start + 100 < known.length ? start + 100 : 0;
      const json = { children, _page: { next, totalCount: known.length } };
      // As long as a fourth one would need to come; at the end there are no three any more.
      const answer = (): void => {
        underWay--;
        response.setHeader('content-type', 'application/json').end(JSON.stringify(json));
      };
      if (start === 0) answer();
      else
        void Promise.race([three.promise, pause(200)])
          .then(() => pause(5))
          .then(answer);
    });
    const pages = await all(clientOf(server.url).listSegments());
    const found = ids(pages);
    expect(new Set(found).size).toBe(found.length);
    for (const id of Array.from({ length: 950 }, (_, at) => `s${at}`)) expect(found).toContain(id);
    expect(most).toBe(3);
  });

  itInSoak.each([20_000, 100_000])(
    'are %i, and the first can be used while the rest comes',
    async (count) => {
      const emulator = await startEmulator({ segments: count });
      try {
        const client = clientOf(emulator.url, { orgId: '5555467B5D8013E50A494220@AdobeOrg' });
        const found = new Set<string>();
        for await (const { segments } of client.listSegments()) {
          if (found.size === 0) expect(emulator.requests.length).toBeLessThanOrEqual(4);
          for (const { id } of segments) found.add(id);
        }
        expect(found.size).toBe(count);
      } finally {
        await emulator.close();
      }
    },
  );

  const offsetOf = (url: string): number => Number(new URL(url, 'http://x').searchParams.get('start'));
  const rowsAt = (start: number, most: number, of: number): { id: string }[] =>
    Array.from({ length: Math.max(0, Math.min(most, of - start)) }, (_, at) => ({ id: `s${start + at}` }));
  type Facts = { start: number; rows: { id: string }[]; isLast: boolean };
  const audiences = (page: (facts: Facts) => object) => (facts: Facts) => ({
    children: facts.rows,
    ...page(facts),
  });
  const definitions = (page: object) => (facts: Facts) => ({ segments: facts.rows, ...page });

  it.each<[string, number, (facts: Facts) => object]>([
    [
      'audiences without a total',
      100,
      audiences(({ start, isLast }) => ({ _page: isLast ? {} : { next: start + 100 } })),
    ],
    [
      'audiences whose next is a text',
      100,
      audiences(({ start, isLast }) => ({ _page: isLast ? {} : { next: String(start + 100) } })),
    ],
    [
      'audiences with a link alone',
      100,
      audiences(({ start, isLast }) =>
        isLast ? {} : { _links: { next: { href: `@/audiences?start=${start + 100}&limit=100` } } },
      ),
    ],
    ['audiences with a total alone', 100, audiences(() => ({ _page: { totalCount: 300 } }))],
    ['audiences in pages shorter than asked for', 40, audiences(() => ({ _page: { totalCount: 300 } }))],
    ['definitions without a total', 100, definitions({ page: {} })],
    ['definitions without a page', 100, definitions({})],
    ['definitions in pages shorter than asked for', 40, definitions({})],
    ['definitions with a total', 40, definitions({ page: { totalCount: 300 } })],
  ])('all 300 come: %s', async (name, most, written) => {
    const server = await answerWith(({ url }) => {
      if (name.startsWith('definitions') && url.includes('/audiences')) return { status: 404 };
      const start = offsetOf(url);
      return { json: written({ start, rows: rowsAt(start, most, 300), isLast: start + most >= 300 }) };
    });
    const pages = await all(clientOf(server.url).listSegments());
    const found = ids(pages);
    expect([new Set(found).size, found.length]).toEqual([300, 300]);
    expect(pages.some(({ isCut }) => isCut)).toBe(false);
  });

  it.each<[string, (facts: Facts) => object]>([
    ['audiences that point on and on', audiences(({ start }) => ({ _page: { next: start + 2 } }))],
    ['audiences that promise more', audiences(() => ({ _page: { totalCount: 1_000_000 } }))],
    [
      'audiences that promise more, and another number each time',
      audiences(({ start }) => ({ _page: { next: start + 2, totalCount: 1_000_000 + start } })),
    ],
    ['definitions that promise more', definitions({ page: { totalCount: 1_000_000 } })],
    ['definitions that say nothing', definitions({})],
  ])('end without progress: %s', async (name, written) => {
    const server = await answerWith(({ url }) => {
      if (name.startsWith('definitions') && url.includes('/audiences')) return { status: 404 };
      // Whatever is asked for, the same two.
      return { json: written({ start: offsetOf(url), rows: [{ id: 'a' }, { id: 'b' }], isLast: false }) };
    });
    expect(ids(await all(clientOf(server.url).listSegments()))).toEqual(['a', 'b']);
    expect(server.seen.length).toBeLessThanOrEqual(14);
  });

  it.each([
    [0, undefined],
    [-1, undefined],
    [1, 1000],
    [1e11 - 1, (1e11 - 1) * 1000],
    [1e11, 1e11],
    [1e14 - 1, 1e14 - 1],
    [1e14, 1e11],
    [1e14 + 1999, 1e11 + 1],
  ])('know the unit of a moment by its size: %i', async (updateTime, wanted) => {
    const server = await answerWith(() => ({ json: { children: [{ id: 'a', updateTime }] } }));
    const [page] = await all(clientOf(server.url).listSegments());
    expect(page?.segments[0]?.updatedAtMs).toBe(wanted);
  });

  it('tell seconds, milliseconds and microseconds apart', async () => {
    const at = 1_700_000_000;
    const server = await answerWith(() => ({
      json: {
        children: [at, at * 1e3, at * 1e6].map((updateTime, index) => ({ id: `s${index}`, updateTime })),
      },
    }));
    const [page] = await all(clientOf(server.url).listSegments());
    expect(page?.segments.map(({ updatedAtMs }) => updatedAtMs)).toEqual([at * 1e3, at * 1e3, at * 1e3]);
  });

  it('keep every fact, whatever they share', async () => {
    const children = Array.from({ length: 3 }, (_, at) => ({
      id: `s${at}`,
      name: `Name ${at}`,
      description: at === 1 ? undefined : `Describes\n ${at}`,
      expression: { value: at === 2 ? null : `a = ${at}` },
      type: at === 0 ? 'ExternalSegment' : 'SegmentDefinition',
      originName: `origin ${at % 2}`,
      namespace: `namespace ${at}`,
      systemSegmentId: at === 0 ? 'system' : undefined,
      lifecycleState: 'published',
      mergePolicyId: `merge ${at % 2}`,
      evaluationInfo: { continuous: { enabled: at === 1 } },
      creationTime: 1_700_000_000_000 + at,
      updateTime: 1_700_000_000_000 + 2 * at,
    }));
    const server = await answerWith(() => ({ json: { children } }));
    const [page] = await all(clientOf(server.url).listSegments());
    const facts = page?.segments.map((one) => [
      [one.id, one.name, one.description, one.expression, one.isExternal, one.origin, one.namespace],
      [one.systemSegmentId, one.lifecycleState, one.mergePolicyId, one.evaluation],
      [one.createdAtMs, one.updatedAtMs],
    ]);
    expect(facts).toEqual([
      [
        ['s0', 'Name 0', 'Describes 0', 'a = 0', true, 'origin 0', 'namespace 0'],
        ['system', 'published', 'merge 0', 'unknown'],
        [1_700_000_000_000, 1_700_000_000_000],
      ],
      [
        ['s1', 'Name 1', undefined, 'a = 1', false, 'origin 1', 'namespace 1'],
        [undefined, 'published', 'merge 1', 'streaming'],
        [1_700_000_000_001, 1_700_000_000_002],
      ],
      [
        ['s2', 'Name 2', 'Describes 2', undefined, false, 'origin 0', 'namespace 2'],
        [undefined, 'published', 'merge 0', 'unknown'],
        [1_700_000_000_002, 1_700_000_000_004],
      ],
    ]);
  });

  it.each([
    ['a rule that fits', 'a'.repeat(400), 'a'.repeat(400)],
    ['a rule that is longer', 'a'.repeat(401), `${'a'.repeat(400)}…`],
    ['one that would be cut through a sign', `${'a'.repeat(399)}😀`, `${'a'.repeat(399)}…`],
    ['one of many spaces', ' \n'.repeat(5000), '…'],
  ])('show of a rule what a line can show: %s', async (_, value, wanted) => {
    const server = await answerWith(() => ({ json: { children: [{ id: 'a', expression: { value } }] } }));
    const [page] = await all(clientOf(server.url).listSegments());
    expect(page?.segments[0]?.expression).toBe(wanted);
  });

  it('of which one cannot be read are refused by name', async () => {
    const server = await answerWith(() => ({ json: { children: [{ id: 'a' }, { name: 'no id' }] } }));
    expect(await failureOf(all(clientOf(server.url).listSegments()))).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.children[1].id' }],
    });
  });
});

describe('collections', () => {
  it('are followed by a token that contains "="', async () => {
    const server = await answerWith((_asked, count) =>
      count === 1
        ? {
            json: {
              items: [{ id: 'a' }],
              _links: { next: { href: '/flows?continuationToken=abc==&limit=100' } },
            },
          }
        : { json: { items: [{ id: 'b' }], _links: {} } },
    );
    const pages = await all(clientOf(server.url).list('flows', ['state==enabled']));
    expect(pages.flat().map(({ id }) => id)).toEqual(['a', 'b']);
    expect(new URL(server.seen[1]?.url ?? '', 'http://x').searchParams.get('continuationToken')).toBe(
      'abc==',
    );
    expect(server.seen[0]?.url).toContain('property=state%3D%3Denabled');
  });

  const next = (token: string): object => ({
    _links: { next: { href: `/flows?continuationToken=${token}` } },
  });
  it.each<[string, (count: number) => object, number]>([
    ['leads to itself', () => ({ items: [{ id: 'a' }], ...next('same') }), 2],
    ['goes round', (count) => ({ items: [{ id: 'a' }], ...next(count % 2 === 0 ? 'x' : 'y') }), 3],
    ['goes on with what was there', (count) => ({ items: [{ id: 'a' }], ...next(`t${count}`) }), 251],
    [
      'goes on with nothing',
      (count) => ({ items: count === 1 ? [{ id: 'a' }] : [], ...next(`t${count}`) }),
      251,
    ],
  ])('of which one %s give what came, and are not taken for the whole', async (_, written, calls) => {
    const server = await answerWith((_asked, count) => ({ json: written(count) }));
    const found: string[] = [];
    const reading = (async () => {
      for await (const page of clientOf(server.url).list('flows')) found.push(...page.map(({ id }) => id));
    })();
    expect(await failureOf(reading)).toMatchObject({
      kind: 'incomplete',
      path: '/data/foundation/flowservice/flows',
    });
    expect(found).toEqual(['a']);
    expect(server.seen).toHaveLength(calls);
  });

  it.each([4, 60])('go on over %i empty pages, each with a place of its own', async (empty) => {
    const server = await answerWith((_, count) => ({
      json: count <= empty ? { items: [], ...next(`t${count}`) } : { items: [{ id: 'a' }], _links: {} },
    }));
    const pages = await all(clientOf(server.url).list('flows'));
    expect(pages.flat().map(({ id }) => id)).toEqual(['a']);
  });

  it('go on over a page that the filters left empty, with the filters', async () => {
    const server = await answerWith((_, count) => ({
      json: {
        items: count === 3 ? [{ id: 'b' }] : count === 1 ? [{ id: 'a' }] : [],
        _links: count < 3 ? { next: { href: `/connections?continuationToken=t${count}` } } : {},
      },
    }));
    const pages = await all(clientOf(server.url).list('connections', ['connectionSpec.id==x']));
    expect(pages.flat().map(({ id }) => id)).toEqual(['a', 'b']);
    for (const { url } of some(server.seen))
      expect(new URL(url, 'http://x').searchParams.getAll('property')).toEqual(['connectionSpec.id==x']);
  });

  it.each(['connectionSpecs', 'flowSpecs'] as const)('of %s come to their end too', async (name) => {
    const server = await answerWith((_, count) => ({
      json: {
        items: [{ id: `${count}`, name: 'x' }],
        _links: count < 3 ? { next: { href: `/${name}?continuationToken=t${count}` } } : {},
      },
    }));
    const client = clientOf(server.url);
    const found = await (name === 'flowSpecs' ? client.listFlowSpecs() : client.listConnectionSpecs());
    expect(found.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(server.seen[0]?.url).not.toContain('?');
  });

  it.each([
    '/flows?page=2',
    '/flows?cursor=abc',
    'https://platform.adobe.io/data/foundation/flowservice/flows?next=2',
    '?limit=100&page=2#more',
  ])('are followed by whatever query leads on: %s', async (href) => {
    const server = await answerWith((_, count) => ({
      json: { items: [{ id: `${count}` }], _links: count === 1 ? { next: { href } } : {} },
    }));
    const pages = await all(clientOf(server.url).list('flows', ['state==enabled']));
    expect(pages.flat().map(({ id }) => id)).toEqual(['1', '2']);
    const { searchParams } = new URL(server.seen[1]?.url ?? '', 'http://x');
    expect([...searchParams.keys()]).toEqual(expect.arrayContaining(['limit', 'property']));
  });

  const hidden: [string, unknown][] = [
    ['an address without a query', { next: { href: '/flows/page/2' } }],
    ['an address with an empty query', { next: { href: '/flows?' } }],
    ['a place in the page', { next: { href: '#2' } }],
    ['a number', { next: 2 }],
    ['a number as its address', { next: { href: 2 } }],
    ['a link without an address', { next: { templated: true } }],
    ['an address under another name', { next: { url: '/flows?page=2' } }],
    ['a list of links', { next: [{ href: '/flows?page=2' }] }],
    ['links as a list', [{ rel: 'next', href: '/flows?page=2' }]],
    ['links as a text', '/flows?page=2'],
    ['itself', { next: { href: '/flows?limit=100' } }],
  ];
  it.each(hidden)('are not whole where the next page is %s', async (_, _links) => {
    const server = await answerWith(() => ({ json: { items: [{ id: 'a' }], _links } }));
    const found: string[] = [];
    const reading = (async () => {
      for await (const page of clientOf(server.url).list('flows')) found.push(...page.map(({ id }) => id));
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: 'incomplete' });
    expect(found).toEqual(['a']);
    const json = { sandboxes: [{ name: 'dev' }], _page: { limit: 20 }, _links };
    const sandboxes = await answerWith(() => ({ json }));
    expect(await failureOf(clientOf(sandboxes.url).listSandboxes())).toMatchObject({ kind: 'incomplete' });
    const audiences = await answerWith(() => ({ json: { children: [{ id: 'a' }], _links } }));
    const [first, last] = await Promise.all([
      all(clientOf(audiences.url).listSegments()).then((pages) => pages[0]),
      all(clientOf(audiences.url).listSegments()).then((pages) => pages.at(-1)),
    ]);
    expect([first?.segments.map(({ id }) => id), last?.isCut]).toEqual([['a'], true]);
  });

  it.each([
    undefined,
    null,
    {},
    [],
    '',
    { next: null },
    { next: {} },
    { next: '' },
    { next: { href: null } },
    { next: { href: '' } },
  ])('end where the link is %j', async (_links) => {
    const server = await answerWith(() => ({ json: { items: [{ id: 'a' }], _links } }));
    expect((await all(clientOf(server.url).list('flows'))).flat()).toHaveLength(1);
    expect(nextPath(_links, '/flows')).toBeUndefined();
  });

  it.each([{ at: 3 }, 'soon', [2], true])(
    'of audiences are cut where the next offset is %j',
    async (next) => {
      const json = { children: [{ id: 'a' }], _page: { next } };
      const server = await answerWith(() => ({ json }));
      expect((await all(clientOf(server.url).listSegments())).at(-1)).toMatchObject({ isCut: true });
    },
  );

  it('end with an error where each page brings something new for ever', async () => {
    const server = await answerWith((_, count) => ({
      json: { items: [{ id: `${count}` }], ...next(`t${count}`) },
    }));
    const reading = all(clientOf(server.url).list('flows'));
    expect(await failureOf(reading)).toMatchObject({ kind: 'incomplete' });
    expect(server.seen.length).toBeLessThanOrEqual(1000);
  });

  itInSoak('of audiences end, and are cut, where each page brings something new for ever', async () => {
    const server = await answerWith(({ url }) => {
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      return { json: { children: [{ id: `${start}` }], _page: { next: start + 1 } } };
    });
    expect((await all(clientOf(server.url).listSegments())).at(-1)).toMatchObject({ isCut: true });
    expect(server.seen.length).toBeLessThanOrEqual(3000);
  });

  it('end where whoever asks can wait no longer, and after one page at least', async () => {
    let pages = 0;
    const endless = (isOver: () => boolean) =>
      everyPage<string, number>(
        '/x',
        (at = 0) => Promise.resolve({ items: [`${at}`], next: at + 1 }),
        String,
        isOver,
      );
    const reading = (async () => {
      for await (const page of endless(() => pages === 7)) pages += page.length;
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: 'incomplete' });
    expect(pages).toBe(7);
    const whole = everyPage(
      '/x',
      () => Promise.resolve({ items: ['a'], next: undefined }),
      String,
      () => true,
    );
    expect(await inOne(whole)).toEqual(['a']);
    const more = everyPage('/x', () => Promise.resolve({ items: ['a'], next: lost }), String);
    expect(await failureOf(inOne(more))).toMatchObject({ kind: 'incomplete' });
  });

  it.each([
    [249, 249, true],
    [250, 0, false],
    [249, 250, false],
  ])('may bring nothing new on %i pages in a row, and on %i later on: %s', async (first, later, isWhole) => {
    const news = new Set([first, first + 1 + later]);
    const reading = inOne(
      everyPage(
        '/x',
        (at: number = 0) =>
          Promise.resolve({
            items: news.has(at) ? [`${at}`] : [],
            next: at > first + later ? undefined : at + 1,
          }),
        String,
      ),
    );
    if (isWhole) expect(await reading).toHaveLength(2);
    else expect(await failureOf(reading)).toMatchObject({ kind: 'incomplete' });
  });

  it('never lead to another host', () => {
    expect(nextPath({ next: { href: 'https://evil.example/x?continuationToken=t' } }, '/flows')).toBe(
      '/flows?continuationToken=t',
    );
  });
});

describe('sandboxes', () => {
  const named = Array.from({ length: 161 }, (_, at) => ({
    name: `s${at}`,
    type: at === 130 ? 'production' : 'development',
  }));
  const asked = (url: string): [number, number] => {
    const query = new URL(url, 'http://x').searchParams;
    expect(query.has('limit')).toBe(query.has('offset'));
    return [Number(query.get('limit')), Number(query.get('offset'))];
  };

  it.each<[string, number, (length: number) => object]>([
    ['in pages of 100', 100, (count) => ({ _page: { limit: 100, count } })],
    ['in pages of 20, whatever is asked for', 20, (count) => ({ _page: { limit: 20, count } })],
    ['in pages of 20, without a word about it', 20, () => ({})],
    ['in pages of 50 with a total', 50, () => ({ _page: { limit: 200, totalCount: 161 } })],
  ])('all 161 come %s', async (_, most, written) => {
    const server = await answerWith(({ url }) => {
      const [limit, offset] = asked(url);
      const sandboxes = named.slice(offset, offset + Math.min(limit, most));
      return { json: { sandboxes, ...written(sandboxes.length) } };
    });
    const found = await clientOf(server.url).listSandboxes();
    expect(found.map(({ name }) => name)).toEqual(named.map(({ name }) => name));
    expect(found.filter(({ isProduction }) => isProduction).map(({ name }) => name)).toEqual(['s130']);
  });

  const linked = (offset: number, more: object) => ({
    json: { ...more, _links: { next: { href: `?limit=20&offset=${offset}` } } },
  });
  it('come where links lead over empty pages', async () => {
    const server = await answerWith(({ url }) => {
      const [, offset] = asked(url);
      return offset < 80
        ? linked(offset + 20, { sandboxes: [], _page: { limit: 20 } })
        : { json: { sandboxes: [{ name: 'dev', type: 'production' }], _page: { limit: 20 } } };
    });
    expect(await clientOf(server.url).listSandboxes()).toMatchObject([{ name: 'dev', isProduction: true }]);
    expect(server.seen).toHaveLength(5);
  });

  it.each<[string, () => Written]>([
    ['lead back', () => linked(20, { sandboxes: named.slice(0, 20), _page: { limit: 20 } })],
    [
      'end before all that they promise',
      () => ({ json: { sandboxes: named.slice(0, 100), _page: { totalCount: 161 } } }),
    ],
  ])('that %s are not taken for all', async (_, written) => {
    const server = await answerWith(written);
    expect(await failureOf(clientOf(server.url).listSandboxes())).toMatchObject({ kind: 'incomplete' });
  });

  it.each([
    { sandboxes: [] },
    { sandboxes: [], _page: { limit: 50 } },
    { sandboxes: [], _page: { totalCount: 0 } },
  ])('may be none: %j', async (json) => {
    const server = await answerWith(() => ({ json }));
    expect(await clientOf(server.url).listSandboxes()).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  it('end where a service gives the same whatever is asked for', async () => {
    const server = await answerWith(() => ({ json: { sandboxes: named.slice(0, 100) } }));
    expect(await clientOf(server.url).listSandboxes()).toHaveLength(100);
    expect(server.seen).toHaveLength(2);
  });

  it.each([
    ['development', false],
    ['DEVELOPMENT', false],
    ['production', true],
    ['staging', true],
    [undefined, true],
    [7, true],
  ])('of type %j count as production: %s', async (type, wanted) => {
    const server = await answerWith(() => ({
      json: { sandboxes: [{ name: 'x', type }], _page: { limit: 20 } },
    }));
    expect((await clientOf(server.url).listSandboxes()).map(({ isProduction }) => isProduction)).toEqual([
      wanted,
    ]);
  });
});

describe('the union schema', () => {
  it('comes from the profile configuration where the registry is refused', async () => {
    const server = await answerWith(({ url }) =>
      url.includes('schemaregistry')
        ? { status: 403 }
        : { json: { properties: { person: { type: 'object' } } } },
    );
    expect(await clientOf(server.url).getUnionSchema()).toMatchObject({ properties: { person: {} } });
    expect(server.seen[0]?.headers.accept).toBe('application/vnd.adobe.xed-full+json; version=1');
  });

  it('tells of the registry when both are refused', async () => {
    const server = await answerWith(() => ({ status: 403 }));
    expect(await failureOf(clientOf(server.url).getUnionSchema())).toMatchObject({
      status: 403,
      path: expect.stringContaining('schemaregistry') as unknown,
    });
  });
});

describe('a token', () => {
  const credentials = (imsUrl: string, now: () => number) =>
    clientCredentialsToken({
      imsUrl,
      clientId: 'id',
      clientSecret: () => Promise.resolve('PLANTED'),
      scopes: 'openid,session',
      now,
    });

  it('is hidden in what is said from then on', async () => {
    forgetSecrets();
    const server = await answerWith(() => ({ json: { access_token: 'eyJ-planted-1', expires_in: 3600 } }));
    await credentials(server.url, () => 0).get();
    expect(withoutSecrets('it was eyJ-planted-1.')).toBe('it was [redacted].');
    forgetSecrets();
  });

  it('is asked for with a form, kept, and renewed before its end', async () => {
    let nowMs = 0;
    const server = await answerWith((_asked, count) => ({
      json: { access_token: `t${count}`, token_type: 'bearer', expires_in: 3600 },
    }));
    const token = credentials(server.url, () => nowMs);
    expect([await token.get(), await token.get()]).toEqual(['t1', 't1']);
    nowMs = 3_400_000;
    expect(await token.get()).toBe('t2');
    expect(server.seen[0]).toMatchObject({ method: 'POST', url: '/ims/token/v3' });
    expect(Object.fromEntries(new URLSearchParams(server.seen[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: 'PLANTED',
      scope: 'openid,session',
    });
  });

  it('whose life is told in milliseconds lives no thousand times longer', async () => {
    let nowMs = 0;
    const server = await answerWith((_asked, count) => ({
      json: { access_token: `t${count}`, expires_in: 86_399_992 },
    }));
    const token = credentials(server.url, () => nowMs);
    await token.get();
    nowMs = 86_400_000;
    expect(await token.get()).toBe('t2');
  });

  it('that claims to be at its end already is not asked for at every call', async () => {
    const server = await answerWith(() => ({ json: { access_token: 't', expires_in: 0 } }));
    const token = credentials(server.url, () => 0);
    await token.get();
    await token.get();
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, object | string]>([
    ['no access_token', { token_type: 'bearer', expires_in: 3600 }],
    ['an empty one', { access_token: '', expires_in: 3600 }],
    ['one that is no text', { access_token: 7 }],
    ['nothing at all', {}],
  ])('whose answer has %s is unreadable by name, and no call is made with it', async (_, json) => {
    const server = await answerWith(() => ({ json }));
    const token = credentials(server.url, () => 0);
    expect(await failureOf(token.get())).toMatchObject({
      kind: 'unreadable',
      path: '/ims/token/v3',
      problems: [{ path: '$.access_token' }],
    });
    expect(await failureOf(clientOf(server.url, { token }).listSandboxes())).toMatchObject({
      kind: 'unreadable',
    });
    expect(new Set(server.seen.map(({ url }) => url))).toEqual(new Set(['/ims/token/v3']));
  });

  it('tells its end, also one that somebody else obtained', async () => {
    const server = await answerWith(() => ({ json: { access_token: 't', expires_in: 3600 } }));
    const token = credentials(server.url, () => 1000);
    await token.get();
    expect(token.endMs()).toBe(3_601_000);
    const jwt = (payload: object): string =>
      `x.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.y`;
    expect(staticToken(jwt({ created_at: '1700000000000', expires_in: '86400000' })).endMs()).toBe(
      1_700_086_400_000,
    );
    expect(staticToken(jwt({ exp: 1_700_000_000 })).endMs()).toBe(1_700_000_000_000);
    expect(staticToken('opaque').endMs()).toBeUndefined();
  });

  it('is asked for once, however many want it', async () => {
    const server = await answerWith(() => ({ json: { access_token: 't', expires_in: 3600 } }));
    const token = credentials(server.url, () => 0);
    await Promise.all([token.get(), token.get(), token.renew()]);
    expect(server.seen).toHaveLength(1);
  });

  it('that is refused is renewed once, and then it is an error', async () => {
    const ims = await answerWith((_asked, count) => ({
      json: { access_token: `t${count}`, expires_in: 3600 },
    }));
    const server = await answerWith(() => ({ status: 401, json: { error_code: '401013' } }));
    const client = clientOf(server.url, { token: credentials(ims.url, () => 0) });
    expect(await failureOf(client.getFlow('x'))).toMatchObject({ status: 401, code: '401013' });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
    expect(ims.seen).toHaveLength(2);
  });

  it('that is not given is a refusal of the sign-in', async () => {
    const server = await answerWith(() => ({ status: 400, json: { error: 'unauthorized_client' } }));
    expect(await failureOf(credentials(server.url, () => 0).get())).toMatchObject({
      kind: 'refused',
      code: 'unauthorized_client',
      path: '/ims/token/v3',
    });
  });
});
