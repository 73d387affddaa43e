import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fatesOf, remove } from '../../source/apply/errand/remove-flow.ts';
import { reachOf } from '../../source/apply/errand/update-credentials.ts';
import { usageOf } from '../../source/apply/once/single.ts';
import { connectionIn } from '../../source/flow-service/connections.ts';
import { answerWith, clientOf, failureOf, type Written } from '../helpers/answers.ts';
import { applyingWith } from '../helpers/shelves.ts';

const uuid = (at: number): string => `${String(at).padStart(8, '0')}-1111-4222-8333-444444444444`;
const [F, T, S, B] = [uuid(1), uuid(2), uuid(3), uuid(4)];
const [A, F2, T2, S2] = [uuid(5), uuid(11), uuid(12), uuid(13)];
const s3 = { id: '4890fc95-5a1f-4983-94bb-e060c08e3f81', version: '1.0' };
const ups = { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' };

type Shelf = Record<string, unknown>[];
interface Shelves {
  flows: Shelf;
  targetConnections: Shelf;
  sourceConnections: Shelf;
  connections: Shelf;
}

/** A dataflow of its own, and what it stands on. */
const own = (): Shelves => ({
  flows: [{ id: F, name: 'own', sourceConnectionIds: [S], targetConnectionIds: [T], transformations: [] }],
  targetConnections: [{ id: T, connectionSpec: s3, baseConnectionId: B }],
  sourceConnections: [{ id: S, connectionSpec: ups, baseConnectionId: A }],
  connections: [
    { id: B, connectionSpec: s3 },
    { id: A, connectionSpec: ups },
  ],
});

/** A platform of written lists, of which the pages can be bent. */
async function platform(
  shelves: Shelves,
  page: (shelf: string, items: Shelf) => Written | undefined = () => undefined,
  alone: Readonly<Record<string, Written>> = {},
) {
  const removed: string[] = [];
  const server = await answerWith(({ method, url }) => {
    const [, shelf = '', id] = /flowservice\/(\w+)(?:\/([^?]+))?/.exec(url) ?? [];
    const items = shelves[shelf as keyof Shelves];
    if (id === undefined) return page(shelf, items) ?? { json: { items } };
    const instead = alone[id];
    if (instead) return instead;
    const found = items.find((one) => one['id'] === id);
    if (!found) return { status: 404, json: { errorMessage: `${shelf} not found with id = [${id}]` } };
    if (method === 'GET') return { json: { items: [found] } };
    removed.push(`${shelf} ${id}`);
    items.splice(items.indexOf(found), 1);
    return { status: 202 };
  });
  return { client: clientOf(server.url), removed };
}

/** Deletes the dataflow with all its connections. @returns what went, and what was said of the rest */
async function deleted(shelves: Shelves) {
  const { client, removed } = await platform(shelves);
  const fates = await fatesOf(client, await client.getFlow(F), {});
  const connections = fates.filter(({ use }) => use === 'none').map(({ step, id }) => ({ step, id }));
  const { applying } = applyingWith({ client, goneMs: 1000 });
  // Named although they stay: the look before each removal says the same.
  const all = fates.map(({ step, id }) => ({ step, id }));
  await remove(applying, { kind: 'remove', flowId: F, name: 'own', connections: all });
  return {
    stays: fates.filter(({ use }) => use !== 'none').map(({ id, use }) => `${use} ${id}`),
    removed,
    connections,
  };
}

describe('a connection that something else stands on', () => {
  const flow = (more: object): Shelf => [{ id: F2, name: 'other', ...more }];
  const on = (id: string): object => ({ sourceConnectionIds: [S2], targetConnectionIds: [id] });
  const target = (more: object): Shelf => [{ id: T2, connectionSpec: s3, ...more }];
  const source = (more: object): Shelf => [{ id: S2, connectionSpec: ups, ...more }];
  const inherited = (baseConnection: unknown): object => ({ inheritedAttributes: { baseConnection } });

  it.each<[string, Partial<Shelves>, string[]]>([
    ['nothing', {}, []],
    [
      'a dataflow',
      { flows: flow({ sourceConnectionIds: [S], targetConnectionIds: [T] }) },
      [`used ${T}`, `used ${S}`, `used ${B}`, `used ${A}`],
    ],
    [
      'a list with a null in it',
      { flows: flow({ sourceConnectionIds: [S, null], targetConnectionIds: [null, T] }) },
      [`used ${T}`, `used ${S}`, `used ${B}`, `used ${A}`],
    ],
    [
      'ids as objects',
      { flows: flow({ sourceConnectionIds: [{ id: S }], targetConnectionIds: [T2] }) },
      [`used ${S}`, `used ${A}`],
    ],
    [
      'one id as a text',
      { flows: flow({ sourceConnectionIds: S, targetConnectionIds: T2 }) },
      [`used ${S}`, `used ${A}`],
    ],
    [
      'ids in another case',
      { flows: flow({ sourceConnectionIds: [S2], targetConnectionIds: [T.toUpperCase()] }) },
      [`used ${T}`, `used ${B}`],
    ],
    [
      'only what is inherited',
      {
        flows: flow({
          inheritedAttributes: { sourceConnections: [{ id: S }], targetConnections: { id: T2 } },
        }),
      },
      [`used ${S}`, `used ${A}`],
    ],
    [
      'a member of another name',
      { flows: flow({ ...on(T2), connections: { of: [{ ref: T }] } }) },
      [`used ${T}`, `used ${B}`],
    ],
    [
      'an account by a dataflow alone',
      {
        flows: flow({
          ...on(T2),
          inheritedAttributes: { targetConnections: [{ id: T2, baseConnection: { id: B } }] },
        }),
      },
      [`used ${B}`],
    ],
    ['an account', { targetConnections: target({ baseConnectionId: B }) }, [`used ${B}`]],
    [
      'an account that is inherited',
      { targetConnections: target(inherited({ id: B, connectionSpec: s3 })) },
      [`used ${B}`],
    ],
    ['an account that is inherited as a text', { targetConnections: target(inherited(B)) }, [`used ${B}`]],
    [
      'a Profile Store connection that is inherited',
      { sourceConnections: source(inherited({ id: A })) },
      [`used ${A}`],
    ],
    [
      'who knows which account: null',
      { targetConnections: target({ baseConnectionId: null }) },
      [`unknown ${B}`],
    ],
    [
      'who knows which account: a number',
      { targetConnections: target({ baseConnectionId: 7 }) },
      [`unknown ${B}`],
    ],
    ['who knows which account: nothing', { sourceConnections: source({}) }, [`unknown ${A}`]],
    ['who knows, of another spec', { targetConnections: target({ connectionSpec: { id: uuid(99) } }) }, []],
    ['who knows, of no spec', { targetConnections: [{ id: T2 }] }, [`unknown ${B}`, `unknown ${A}`]],
    [
      'a dataflow that says nothing',
      { flows: flow({}) },
      [`unknown ${T}`, `unknown ${S}`, `used ${B}`, `used ${A}`],
    ],
    [
      'a dataflow that says null',
      { flows: flow({ sourceConnectionIds: null, targetConnectionIds: [null] }) },
      [`unknown ${T}`, `unknown ${S}`, `used ${B}`, `used ${A}`],
    ],
    [
      'a dataflow that says half',
      { flows: flow({ sourceConnectionIds: [S2], targetConnectionIds: [T2, null] }) },
      [`unknown ${T}`, `unknown ${S}`, `used ${B}`, `used ${A}`],
    ],
    ['only in a text for people', { flows: flow({ ...on(T2), description: T, name: S }) }, []],
  ])('stays: %s', async (_, others, stays) => {
    const shelves = own();
    for (const [name, more] of Object.entries(others)) shelves[name as keyof Shelves].push(...(more ?? []));
    const found = await deleted(shelves);
    expect(found.stays).toEqual(stays);
    const kept = new Set(stays.map((one) => one.split(' ')[1]));
    expect(found.removed.map((one) => one.split(' ')[1])).toEqual(
      [F, T, S, B, A].filter((id) => !kept.has(id)),
    );
    expect(found.connections.map(({ id }) => id)).toEqual([T, S, B, A].filter((id) => !kept.has(id)));
  });

  it.each(['flows', 'targetConnections', 'sourceConnections', 'connections'] as const)(
    'is not looked for in half a list of %s: nothing is claimed and nothing goes',
    async (half) => {
      const { client, removed } = await platform(own(), (shelf, items) =>
        shelf === half ? { json: { items, _links: { next: { href: '/somewhere' } } } } : undefined,
      );
      expect(await failureOf(fatesOf(client, await client.getFlow(F), {}))).toMatchObject({
        kind: 'incomplete',
      });
      expect(await failureOf(reachOf(client, { id: B }, {}))).toMatchObject({ kind: 'incomplete' });
      expect(removed).toEqual([]);
    },
  );

  /** Of a dataflow, each connection with what is said of it; a list may leave some out, or one may not be read. */
  it.each<[string, string[], Record<string, Written>, object, string[]]>([
    ['all of them', [], {}, {}, [`none ${T}`, `none ${S}`, `none ${B}`, `none ${A}`]],
    [
      'a storage location that the list leaves out',
      [T],
      {},
      {},
      [`none ${T}`, `none ${S}`, `unknown ${B}`, `unknown ${A}`],
    ],
    [
      'a source that the list leaves out',
      [S],
      {},
      {},
      [`none ${T}`, `none ${S}`, `unknown ${B}`, `unknown ${A}`],
    ],
    [
      'an account that the list leaves out',
      [B],
      {},
      {},
      [`none ${T}`, `none ${S}`, `none ${B}`, `none ${A}`],
    ],
    [
      'one that is gone',
      [T],
      { [T]: { status: 404, json: { errorMessage: `targetConnections not found with id = [${T}]` } } },
      {},
      [`gone ${T}`, `none ${S}`, `none ${A}`],
    ],
    [
      'one that nobody may read',
      [S],
      { [S]: { status: 403, json: { errorMessage: 'no' } } },
      {},
      [`none ${T}`, `unread ${S}`, `none ${B}`],
    ],
    [
      'one that answers with a page',
      [B],
      { [B]: { status: 503, text: '<html></html>' } },
      {},
      [`none ${T}`, `none ${S}`, `unread ${B}`, `none ${A}`],
    ],
    [
      'an empty id among others',
      [],
      {},
      { targetConnectionIds: ['', T] },
      [`none ${T}`, `none ${S}`, `none ${B}`, `none ${A}`, 'unnamed '],
    ],
    [
      'an id that leads elsewhere',
      [],
      {},
      { sourceConnectionIds: [S, '..'] },
      [`none ${T}`, `none ${S}`, `none ${B}`, `none ${A}`, 'unnamed '],
    ],
    [
      'one that is named twice',
      [],
      {},
      { targetConnectionIds: [T, T] },
      [`none ${T}`, `none ${S}`, `none ${B}`, `none ${A}`],
    ],
  ])('is named with what becomes of it: %s', async (_, leftOut, answers, flow, wanted) => {
    const shelves = own();
    Object.assign(shelves.flows[0] ?? {}, flow);
    const { client } = await platform(
      shelves,
      (_shelf, items) =>
        items.some(({ id }) => leftOut.includes(String(id)))
          ? { json: { items: items.filter(({ id }) => !leftOut.includes(String(id))) } }
          : undefined,
      answers,
    );
    const fates = await fatesOf(client, await client.getFlow(F), {});
    expect(fates.map(({ id, use }) => `${use} ${id}`)).toEqual(wanted);
  });

  it('is used wherever its id stands in it, but for what an entity is itself', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('flows', 'targetConnections', 'sourceConnections'),
        fc.array(
          fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== '__proto__'),
          { minLength: 1, maxLength: 4 },
        ),
        fc.boolean(),
        (collection, way, isListed) => {
          const held = way.reduceRight<unknown>(
            (value, name) => (isListed ? [{ [name]: value }] : { [name]: value }),
            B,
          );
          const one = connectionIn[collection as 'flows'].parse({
            ...(isListed ? { any: held } : (held as object)),
            id: T2,
          });
          const shelves = {
            flows: [],
            targetConnections: [],
            sourceConnections: [],
            connections: [],
            [collection]: [one],
          };
          const isContent =
            !isListed &&
            /^(id|name|description|transformations|last(Operation|RunDetails))$/.test(way[0] ?? '');
          const use = usageOf({ id: B }, 'connections', shelves);
          expect(use === 'used').toBe(!isContent);
        },
      ),
    );
  });
});

describe('what new credentials of an account reach', () => {
  it.each<[string, (shelves: Shelves) => void, string[], string[]]>([
    ['the dataflow that says so', () => undefined, [F], []],
    [
      'one whose account is inherited',
      ({ targetConnections: [one] }) =>
        Object.assign(one ?? {}, {
          baseConnectionId: undefined,
          inheritedAttributes: { baseConnection: { id: B } },
        }),
      [F],
      [],
    ],
    [
      'one whose target is inherited',
      ({ flows: [one] }) =>
        Object.assign(one ?? {}, {
          targetConnectionIds: undefined,
          inheritedAttributes: { targetConnections: [{ id: T }] },
        }),
      [F],
      [],
    ],
    [
      'one with a null among its targets',
      ({ flows: [one] }) => Object.assign(one ?? {}, { targetConnectionIds: [null, T] }),
      [F],
      [],
    ],
    [
      'perhaps one whose target does not say',
      ({ targetConnections: [one] }) => Object.assign(one ?? {}, { baseConnectionId: null }),
      [],
      [F],
    ],
    [
      'perhaps one that does not say',
      ({ flows: [one] }) => Object.assign(one ?? {}, { targetConnectionIds: [null] }),
      [],
      [F],
    ],
    [
      'none of another account',
      ({ targetConnections: [one] }) => Object.assign(one ?? {}, { baseConnectionId: A }),
      [],
      [],
    ],
  ])('is %s', async (_, bend, surely, perhaps) => {
    const shelves = own();
    bend(shelves);
    const { client } = await platform(shelves);
    const { flows, unknown } = await reachOf(client, { id: B, connectionSpec: s3 }, {});
    expect([flows, unknown].map((list) => list.map(({ id }) => id))).toEqual([surely, perhaps]);
  });
});
