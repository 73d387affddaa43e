import { describe, expect, it } from 'vitest';
import { compare, type Report } from '../../source/activation/report.ts';
import { glanceForSecond, leaveOne } from '../../source/apply/once/single.ts';
import { prove } from '../../source/apply/prove.ts';
import { Queue } from '../../source/apply/queue.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { flow } from '../../source/flow-service/flows.ts';
import { failureOf } from '../helpers/answers.ts';
import { flowAsReturned, tutorialPlan } from '../helpers/plans.ts';
import { applyingWith, clientOfShelves } from '../helpers/shelves.ts';

const marker = 'ferry run 0a1b2c3d';
const own = (id: string, more: object = {}): Connection => ({ id, description: `x · ${marker}`, ...more });
const foreign = (id: string, more: object = {}): Connection => ({
  id,
  description: 'ferry run ffffffff',
  ...more,
});
const emptyFlow = (id: string) => flow.parse({ id, transformations: [] });
const store = { connectionSpec: { id: '8A9C3494-9708-43D7-AE3F-CDA01E5030E1' } };
const made = {
  flowId: 'F1',
  targetConnectionId: 'T1',
  sourceConnectionId: 'S1',
  targetBaseConnectionId: 'B1',
  sourceBaseConnectionId: 'A1',
};

describe('of each object of a run', () => {
  it('exactly one is left: a second of every kind goes, what uses it first', async () => {
    const { client, shelves, removed } = clientOfShelves(
      {
        flows: [
          own('F1', { sourceConnectionIds: ['S1'], targetConnectionIds: ['T1'] }),
          own('F2', { sourceConnectionIds: ['S2'], targetConnectionIds: ['T2'] }),
        ],
        targetConnections: [own('T2', { baseConnectionId: 'B2' }), own('T1', { baseConnectionId: 'B1' })],
        sourceConnections: [own('S1', { baseConnectionId: 'A1' }), own('S2', { baseConnectionId: 'A2' })],
        connections: [own('A2', store), own('B2'), foreign('X'), own('A1', store), own('B1'), { id: 'Y' }],
      },
      { getFlow: (id) => Promise.resolve(emptyFlow(id)) },
    );
    const { applying, noted } = applyingWith({ client, made });
    expect(await leaveOne(applying)).toBe(5);
    expect(removed).toEqual([
      'flows F2',
      'targetConnections T2',
      'sourceConnections S2',
      'connections A2',
      'connections B2',
    ]);
    expect(noted).toEqual([
      { kind: 'removed', step: 'flow', id: 'F2' },
      { kind: 'removed', step: 'target-connection', id: 'T2' },
      { kind: 'removed', step: 'source-connection', id: 'S2' },
      { kind: 'removed', step: 'source-base-connection', id: 'A2' },
      { kind: 'removed', step: 'target-base-connection', id: 'B2' },
    ]);
    expect(shelves.connections.map(({ id }) => id)).toEqual(['X', 'A1', 'B1', 'Y']);
  });

  it('a second goes whose list leaves out what it says of itself', async () => {
    const second = own('F2');
    const { client, removed } = clientOfShelves(
      { flows: [own('F1'), second] },
      { getFlow: (id) => Promise.resolve({ ...emptyFlow(id), description: second.description }) },
    );
    const silent: typeof client = {
      ...client,
      async *list(...asked) {
        for await (const page of client.list(...asked)) yield page.map(({ id }) => ({ id }));
      },
    };
    expect(await leaveOne(applyingWith({ client: silent, made }).applying)).toBe(1);
    expect(removed).toEqual(['flows F2']);
  });

  it('nothing goes where there is one', async () => {
    const { client, removed } = clientOfShelves({ flows: [own('F1'), foreign('X')] });
    expect(await leaveOne(applyingWith({ client, made }).applying)).toBe(0);
    expect(removed).toEqual([]);
  });

  it.each<[string, object, Parameters<typeof clientOfShelves>[0], string]>([
    [
      'a dataflow that holds segments',
      { segmentSelectors: { selectors: [{ type: 'PLATFORM_SEGMENT', value: { id: 'x' } }] } },
      { flows: [own('F2')] },
      'flows F2',
    ],
    [
      'a dataflow that holds attributes',
      { profileSelectors: { selectors: [{ type: 'JSON_PATH', value: { path: 'x' } }] } },
      { flows: [own('F2')] },
      'flows F2',
    ],
    [
      'what a foreign dataflow reads from',
      {},
      { flows: [foreign('X', { sourceConnectionIds: ['s2'] })], sourceConnections: [own('S2')] },
      'sourceConnections S2',
    ],
    [
      'what a foreign dataflow writes to',
      {},
      { flows: [foreign('X', { targetConnectionIds: ['T2'] })], targetConnections: [own('T2')] },
      'targetConnections T2',
    ],
    [
      'what a foreign connection stands on',
      {},
      { sourceConnections: [foreign('X', { baseConnectionId: 'A2' })], connections: [own('A2')] },
      'connections A2',
    ],
  ])('%s stays, and is named', async (_, params, shelves, name) => {
    const { client, removed } = clientOfShelves(shelves, {
      getFlow: (id) => Promise.resolve(flow.parse({ id, transformations: [{ params }] })),
    });
    expect(await failureOf(leaveOne(applyingWith({ client, made }).applying))).toMatchObject({
      kind: 'doubled',
      found: [name],
    });
    expect(removed).toEqual([]);
  });

  it('none goes after a stop', async () => {
    const stop = AbortSignal.abort();
    const { client, removed } = clientOfShelves({ connections: [own('B2')] });
    expect(await failureOf(leaveOne(applyingWith({ client, made, stop }).applying))).toMatchObject({
      name: 'Stopped',
    });
    expect(removed).toEqual([]);
  });

  it('a delete that has to be repeated is told as part of this step', async () => {
    let count = 0;
    const call = { method: 'DELETE', path: '/connections/B2' };
    const { client } = clientOfShelves({ connections: [own('B2')] });
    const { applying, told } = applyingWith({
      client: {
        ...client,
        remove: (...asked) =>
          count++ === 0 ? Promise.reject(new RefusedError(call, 503, {})) : client.remove(...asked),
      },
      made,
      retryBaseMs: 1,
    });
    expect(await leaveOne(applying)).toBe(1);
    expect(told).toEqual([{ kind: 'retrying', step: 'single', attempt: 2, afterMs: 1, why: '503' }]);
  });
});

describe('a glance', () => {
  it.each<[string, Connection[], boolean]>([
    ['a second one', [own('F1'), own('F2')], true],
    ['its own alone', [own('F1')], false],
    ['others', [foreign('X'), { id: 'Y' }], false],
    ['nothing', [], false],
  ])('at %s', async (_, flows, wanted) => {
    expect(
      await glanceForSecond(applyingWith({ client: clientOfShelves({ flows }).client, made }).applying),
    ).toBe(wanted);
  });

  const filler = (count: number): Connection[][] =>
    Array.from({ length: count }, (_, at) => [foreign(`X${at}`)]);
  it.each<[string, number, boolean]>([
    ['the second page', 1, true],
    ['the last one of many', 60, true],
    ['one beyond what is read', 100, false],
  ])('finds a second one of every kind on %s', async (_, before, wanted) => {
    for (const where of ['flows', 'targetConnections', 'sourceConnections', 'connections']) {
      let read = 0;
      const { client } = clientOfShelves(
        {},
        {
          async *list(collection) {
            const pages = collection === where ? [[own('F1')], ...filler(before - 1), [own('Z9')]] : [[]];
            for (const page of pages) {
              await Promise.resolve();
              if (collection === where) read++;
              yield page;
            }
          },
        },
      );
      expect(await glanceForSecond(applyingWith({ client, made }).applying)).toBe(wanted);
      expect(read).toBe(Math.min(before + 1, 100));
    }
  });

  it.each([0, 1])('that fails on page %i of another list still sees', async (page) => {
    const { client } = clientOfShelves(
      {},
      {
        async *list(collection) {
          await Promise.resolve();
          if (collection === 'flows') yield [own('F2')];
          if (collection === 'connections' && page === 1) yield [foreign('X')];
          throw new RefusedError({ method: 'GET', path: `/${collection}` }, 403, {});
        },
      },
    );
    expect(await glanceForSecond(applyingWith({ client, made }).applying)).toBe(true);
  });

  it('ends with a stop', async () => {
    let read = 0;
    const stop = new AbortController();
    const { client } = clientOfShelves(
      {},
      {
        async *list() {
          for (const page of filler(50)) {
            await Promise.resolve();
            if (++read === 8) stop.abort();
            yield page;
          }
        },
      },
    );
    expect(await glanceForSecond(applyingWith({ client, made, stop: stop.signal }).applying)).toBe(false);
    expect(read).toBeLessThan(16);
  });

  it('that fails proves nothing', async () => {
    const call = { method: 'GET', path: '/flows' };
    const { client } = clientOfShelves(
      {},
      {
        async *list() {
          await Promise.resolve();
          throw new RefusedError(call, 403, {});
        },
      },
    );
    expect(await glanceForSecond(applyingWith({ client, made }).applying)).toBe(false);
  });
});

describe('the end of a run', () => {
  const settled = flowAsReturned(tutorialPlan);
  const whole = compare(tutorialPlan, settled, {});
  const other = compare({ ...tutorialPlan, segments: tutorialPlan.segments.slice(1) }, settled, {});

  it.each<[string, Report, boolean, string]>([
    ['all is there', whole, false, 'verified'],
    ['all is there, though it was stopped', whole, true, 'verified'],
    ['something is different', other, false, 'mismatch'],
  ])('is noted when %s', async (_, report, isStopped, outcome) => {
    const { applying, noted } = applyingWith({});
    const stop = isStopped ? AbortSignal.abort() : new AbortController().signal;
    expect(await prove({ ...applying, stop }, settled, () => report)).toBe(report);
    expect(noted).toEqual([{ kind: 'ended', outcome, became: settled.raw }]);
  });

  it('is not known when the wait was broken off', async () => {
    const { applying, noted } = applyingWith({});
    const proving = prove({ ...applying, stop: AbortSignal.abort() }, settled, () => other);
    expect(await failureOf(proving)).toMatchObject({ name: 'Stopped' });
    expect(noted).toEqual([]);
  });
});

describe('a queue', () => {
  it('gives everything in its order, what came before it was read and after, and ends', async () => {
    const queue = new Queue<number>();
    queue.push(1);
    queue.push(2);
    const read: number[] = [];
    const reading = (async () => {
      for await (const one of queue) read.push(one);
    })();
    await expect.poll(() => read).toEqual([1, 2]);
    for (const one of [3, 4]) queue.push(one);
    await expect.poll(() => read).toEqual([1, 2, 3, 4]);
    queue.push(5);
    queue.end();
    await reading;
    expect(read).toEqual([1, 2, 3, 4, 5]);
  });
});
