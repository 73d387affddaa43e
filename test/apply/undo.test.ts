import { describe, expect, it } from 'vitest';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import { steadyNow, type SteadyMoment } from '../../source/apply/journal/steady.ts';
import { rollback, type RollbackEvent, type RollbackServices } from '../../source/apply/undo/rollback.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import {
  IncompleteListError,
  LostAnswerError,
  RefusedError,
  UnreachableError,
} from '../../source/flow-service/errors.ts';
import { failureOf } from '../helpers/answers.ts';
import { futurePlan, orgId } from '../helpers/runs.ts';
import { clientOfShelves, type Shelves } from '../helpers/shelves.ts';

const run = '0a1b2c3d';
const store = { connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1' } };
const own = (id: string, more: object = {}): Connection => ({ id, description: `ferry run ${run}`, ...more });
const whole: Partial<Shelves> = {
  flows: [own('F')],
  targetConnections: [own('T')],
  sourceConnections: [own('S')],
  connections: [own('A', store), own('B'), { id: 'X' }],
};
const made = {
  flowId: 'F',
  targetConnectionId: 'T',
  sourceConnectionId: 'S',
  targetBaseConnectionId: 'B',
  sourceBaseConnectionId: 'A',
};
type Run = Parameters<typeof rollback>[0];
const state = (more: Partial<Run> = {}): Run => ({
  run,
  plan: futurePlan,
  place: { apiUrl: 'https://platform.example', orgId, sandbox: 'dev' },
  who: { user: 'tests' },
  begunMs: 0,
  made: { ...made },
  madeMs: {},
  doubts: {},
  sent: new Set(),
  written: new Set(),
  hadDoubt: false,
  patched: new Set<never>(),
  found: undefined,
  isPruned: false,
  outcome: undefined,
  ...more,
});

async function undo(client: FlowService, of: Run = state(), more: Partial<RollbackServices> = {}) {
  const noted: JournalNote[] = [];
  const told: RollbackEvent[] = [];
  const undoing = rollback(of, {
    client,
    journal: {
      note(note) {
        noted.push(note);
        return Promise.resolve();
      },
    },
    doubtMs: 0,
    unseenMs: 0,
    goneMs: 0,
    retryBaseMs: 1,
    ...more,
  });
  for await (const event of undoing) told.push(event);
  const short = told.map((event) =>
    [event.kind, 'step' in event ? event.step : event.outcome, 'id' in event ? event.id : '']
      .filter((part) => part !== '' && part !== undefined)
      .join(' '),
  );
  return { told, noted, short };
}
const refusal = (method: string, status: number) =>
  new RefusedError({ method, path: '/' }, status, { serverMessage: 'no' });
const removed = [
  'removed flow F',
  'removed target-connection T',
  'removed source-connection S',
  'removed target-base-connection B',
  'removed source-base-connection A',
];

describe('undoing a run', () => {
  it('takes what it made, the dataflow first, and leaves everything else', async () => {
    const { client, shelves } = clientOfShelves(whole);
    const { short, noted, told } = await undo(client);
    expect(short).toEqual([...removed, 'result rolledBack']);
    expect(noted.at(-1)).toEqual({ kind: 'ended', outcome: 'rolledBack' });
    expect(noted.filter(({ kind }) => kind === 'removed')).toHaveLength(5);
    expect(shelves.connections).toEqual([{ id: 'X' }]);
    expect(told[0]).toEqual({ kind: 'removed', step: 'flow', id: 'F', wasGone: false });
  });

  it('takes what carries its marker and is not in its journal, and says so', async () => {
    const { client, shelves } = clientOfShelves({
      ...whole,
      connections: [own('A', store), own('A2', store), own('B'), own('B2')],
    });
    const { told } = await undo(client);
    expect(told.filter((one) => one.kind === 'removed' && one.isSecond)).toMatchObject([
      { step: 'target-base-connection', id: 'B2' },
      { step: 'source-base-connection', id: 'A2' },
    ]);
    expect(shelves.connections).toEqual([]);
  });

  it('believes no list that goes on showing what is gone', async () => {
    const { client } = clientOfShelves(whole, {
      async *list(collection) {
        await Promise.resolve();
        yield [...(whole[collection] ?? [])];
      },
    });
    const { short } = await undo(client);
    expect(short).toEqual([...removed, 'result rolledBack']);
  });

  it('takes what is listed late', async () => {
    const { client, shelves } = clientOfShelves(whole);
    let count = 0;
    const late: FlowService = {
      ...client,
      async *list(collection) {
        await Promise.resolve();
        if (collection === 'flows' && ++count === 2) shelves.flows = [own('F2')];
        yield [...shelves[collection]];
      },
    };
    const { short } = await undo(late);
    const [flow, ...others] = removed;
    // What may stand on it goes before it.
    expect(short).toEqual([flow, 'removed flow F2', ...others, 'result rolledBack']);
  });

  it('is not done where something with its marker comes again and again', async () => {
    const { client, shelves } = clientOfShelves(whole);
    let count = 0;
    const endless: FlowService = {
      ...client,
      async *list(collection) {
        await Promise.resolve();
        if (collection === 'flows') shelves.flows = [own(`F${++count}`)];
        yield [...shelves[collection]];
      },
    };
    const { short, told } = await undo(endless);
    expect(short.at(-1)).toBe('result partlyRolledBack');
    expect(told.at(-1)).toMatchObject({ kept: 0 });
    expect(count).toBe(6);
  });

  it.each<[string, Error, string[]]>([
    [
      'refuses it',
      refusal('GET', 403),
      ['failed target-connection T', ...removed.slice(2), 'result partlyRolledBack'],
    ],
    [
      'takes no token any more',
      refusal('GET', 401),
      [
        'failed target-connection T',
        'kept source-connection S',
        'kept target-base-connection B',
        'kept source-base-connection A',
        'result partlyRolledBack',
      ],
    ],
    [
      'cannot be reached',
      new UnreachableError({ method: 'DELETE', path: '/' }, 'h', 'ECONNREFUSED', undefined),
      [
        'failed target-connection T',
        'kept source-connection S',
        'kept target-base-connection B',
        'kept source-base-connection A',
        'result partlyRolledBack',
      ],
    ],
  ])('goes on past one object, or ends, when the platform %s', async (_, error, wanted) => {
    const { client } = clientOfShelves(whole);
    const { short } = await undo({
      ...client,
      remove: (collection, id) => (id === 'T' ? Promise.reject(error) : client.remove(collection, id)),
    });
    expect(short).toEqual(['removed flow F', ...wanted]);
  });

  it('breaks off at what is none of the platform’s errors', async () => {
    const { client } = clientOfShelves(whole, { remove: () => Promise.reject(new TypeError('x')) });
    expect(await failureOf(undo(client))).toBeInstanceOf(TypeError);
  });

  const steadyAgo = (ms: number) => ({ ...steadyNow(), ms: steadyNow().ms - ms });
  it.each<[string, number, number, boolean, SteadyMoment?]>([
    ['just made', 0, 1000, true],
    ['made less than ten minutes ago', 10 * 60_000 - 1, 1000, true],
    ['made ten minutes ago', 10 * 60_000, 1000, false],
    ['made less than ten minutes ahead of this clock', -10 * 60_000 + 1, 1000, true],
    ['made just now, before the clock was set forward', 7_200_000, 1000, true, steadyAgo(0)],
    ['made long ago, before the clock was set back', 0, 1000, false, steadyAgo(10 * 60_000)],
    ['made ten minutes ago, in another boot', 10 * 60_000, 1000, false, { boot: 'other', ms: 0 }],
  ])('asks again for an object that is not there and was %s', async (...row) => {
    const [, ageMs, unseenMs, isAskedAgain, since] = row;
    const nowMs = Date.UTC(2035, 0, 1);
    const { client } = clientOfShelves({});
    const times = { madeMs: { flow: nowMs - ageMs }, madeSince: { flow: since } };
    const of = state({ made: { flowId: 'F' }, ...times });
    let passedMs = 0;
    const { short } = await undo(client, of, {
      now: () => nowMs,
      unseenMs,
      // It is over after some looks at the clock.
      clock: () => (passedMs += 600),
    });
    expect(short.includes('waiting flow F')).toBe(isAskedAgain);
    expect(short.slice(-2)).toEqual(['removed flow F', 'result rolledBack']);
  });

  it.each<[string, Partial<Shelves>, string[]]>([
    ['and is not there', {}, ['absent flow', 'result rolledBack']],
    ['and is there', { flows: [own('F9')] }, ['removed flow F9', 'result rolledBack']],
  ])('looks for what may have been made %s', async (_, shelves, wanted) => {
    const { short, noted } = await undo(
      clientOfShelves(shelves).client,
      state({ made: {}, doubts: { flow: {} } }),
    );
    expect(short).toEqual(wanted);
    expect(noted[0]).toEqual(
      shelves.flows
        ? { kind: 'made', step: 'flow', id: 'F9', isFound: true }
        : { kind: 'absent', step: 'flow' },
    );
  });

  it.each<[string, (one: Connection) => Connection]>([
    ['what it says of itself', (one) => ({ name: futurePlan.name, ...one, description: undefined })],
    ['everything but its id', ({ id }) => ({ id })],
  ])('takes a second of which the list leaves out %s', async (_, shown) => {
    const { client, removed } = clientOfShelves({ flows: [own('F'), own('F9'), { id: 'X' }] });
    const { short } = await undo(
      {
        ...client,
        async *list(...asked) {
          for await (const page of client.list(...asked)) yield page.map(shown);
        },
      },
      state({ made: { flowId: 'F' } }),
    );
    expect(short).toEqual(['removed flow F', 'removed flow F9', 'result rolledBack']);
    expect(removed).toEqual(['flows F', 'flows F9']);
  });

  const ofColumns = { inputSchemaId: 'in', outputSchemaId: 'out', mappingSetId: 'M' };
  type SetRow = { id: string; inputSchema?: { id: string } };
  it.each<[string, SetRow[], (id: string) => SetRow | undefined, string[]]>([
    [
      'was made twice',
      [
        { id: 'M', inputSchema: { id: 'in' } },
        { id: 'M9', inputSchema: { id: 'in' } },
      ],
      () => undefined,
      ['removed M', 'removed M9', 'rolledBack'],
    ],
    [
      'was made twice, and is listed without what it refers to',
      [{ id: 'M' }, { id: 'M9' }, { id: 'X' }, { id: 'Y' }],
      (id) => (id === 'Y' ? undefined : { id, inputSchema: { id: id === 'X' ? 'other' : 'in' } }),
      ['removed M', 'removed M9', 'rolledBack'],
    ],
    [
      'may be there twice, and does not say so by itself either',
      [{ id: 'M' }, { id: 'M9' }],
      (id) => ({ id }),
      ['failed ', 'removed M', 'partlyRolledBack'],
    ],
  ])('looks through mapping sets: one %s', async (_, listed, read, wanted) => {
    const { client } = clientOfShelves({});
    let lists = 0;
    const missing = new RefusedError({ method: 'GET', path: '/mappingSets' }, 404, { serverMessage: 'no' });
    const dataPrep: FlowService['dataPrep'] = {
      ...client.dataPrep,
      async *listSchemas() {
        lists++;
        yield await Promise.resolve([{ id: 'in', name: 'x' }]);
      },
      async *listMappingSets() {
        yield await Promise.resolve(listed);
      },
      getMappingSet(id) {
        const one = read(id);
        return one ? Promise.resolve({ version: 0, mappings: [], raw: {}, ...one }) : Promise.reject(missing);
      },
      isGone: (_id, error) => Promise.resolve(error === missing),
      removeMappingSet: () => Promise.resolve('removed'),
    };
    const { told } = await undo({ ...client, dataPrep }, state({ made: ofColumns }));
    const short = told.flatMap((one) => {
      if (one.kind === 'result') return [one.outcome];
      return 'step' in one && one.step === 'mapping-set' && 'id' in one ? [`${one.kind} ${one.id}`] : [];
    });
    expect(short).toEqual(wanted);
    // Both kinds of schemas stand in one list.
    expect(lists).toBe(1);
  });

  it('is not done where what may have been made could not be looked for', async () => {
    const { client } = clientOfShelves({});
    let count = 0;
    const { short } = await undo(
      {
        ...client,
        list: (collection, ...asked) => {
          if (collection === 'flows' && ++count === 1) throw refusal('GET', 403);
          return client.list(collection, ...asked);
        },
      },
      state({ made: {}, doubts: { flow: {} } }),
    );
    expect(short).toEqual(['failed flow', 'result notRolledBack']);
  });

  it('is not done where a list does not come to its end, and leaves what may be in use', async () => {
    const { client, shelves } = clientOfShelves(whole);
    const { short, told } = await undo({
      ...client,
      async *list(collection, ...asked) {
        yield* client.list(collection, ...asked);
        if (collection === 'flows') throw new IncompleteListError({ method: 'GET', path: '/flows' });
      },
    });
    expect(short).toEqual([
      'failed flow',
      'removed flow F',
      'kept target-connection T',
      'kept source-connection S',
      'removed target-base-connection B',
      'removed source-base-connection A',
      'result partlyRolledBack',
    ]);
    expect(told.filter((one) => one.kind === 'kept').map(({ reason }) => reason)).toEqual([
      'notLooked',
      'notLooked',
    ]);
    expect(shelves.connections).toEqual([{ id: 'X' }]);
  });

  it('knows the two base connections apart when it looks for one', async () => {
    const connections = [
      own('B', { connectionSpec: { id: futurePlan.destination.connectionSpecId } }),
      own('A', store),
    ];
    const of = state({ made: {}, doubts: { 'source-base-connection': {}, 'target-base-connection': {} } });
    const { short, told } = await undo(clientOfShelves({ connections }).client, of);
    expect(short).toEqual([
      'removed target-base-connection B',
      'removed source-base-connection A',
      'result rolledBack',
    ]);
    expect(told.some((one) => 'isSecond' in one)).toBe(false);
  });

  const lost = new LostAnswerError({ method: 'DELETE', path: '/' }, 'ECONNRESET', undefined);
  it.each<[string, Partial<FlowService>, Partial<RollbackServices>, Run['outcome'], JournalNote[]]>([
    [
      'every removal is refused',
      { remove: () => Promise.reject(refusal('DELETE', 409)) },
      {},
      'verified',
      [],
    ],
    ['of an open run the same', { remove: () => Promise.reject(refusal('DELETE', 400)) }, {}, undefined, []],
    ['nothing may be removed', { remove: () => Promise.reject(refusal('DELETE', 403)) }, {}, 'mismatch', []],
    ['it is stopped before', {}, { stop: AbortSignal.abort() }, 'verified', []],
    [
      'what became of a removal is not known',
      { remove: () => Promise.reject(lost) },
      {},
      'verified',
      [{ kind: 'ended', outcome: 'partlyRolledBack' }],
    ],
    [
      'a removal is accepted, and it is there still',
      { remove: () => Promise.resolve({ alreadyGone: false }) },
      {},
      'verified',
      [{ kind: 'ended', outcome: 'partlyRolledBack' }],
    ],
  ])('leaves a run what it was only where nothing was undone: %s', async (_, calls, more, outcome, ends) => {
    const { client } = clientOfShelves(whole, calls);
    const { told, noted } = await undo(client, state({ outcome }), more);
    expect(noted.filter(({ kind }) => kind === 'ended')).toEqual(ends);
    const wanted = ends.length === 0 ? 'notRolledBack' : 'partlyRolledBack';
    expect(told.at(-1)).toMatchObject({ kind: 'result', outcome: wanted });
  });

  it('is begun where a stop came while something that was to go was there still', async () => {
    const stop = new AbortController();
    const { client } = clientOfShelves(whole, {
      remove: () => Promise.resolve({ alreadyGone: false }),
      exists() {
        stop.abort();
        return Promise.resolve(true);
      },
    });
    const { told, noted } = await undo(client, state({ outcome: 'verified' }), {
      stop: stop.signal,
      goneMs: 60_000,
    });
    expect(told[0]).toMatchObject({ kind: 'kept', step: 'flow', reason: 'interrupted' });
    expect(told.at(-1)).toMatchObject({ outcome: 'partlyRolledBack', kept: 5 });
    expect(noted.at(-1)).toEqual({ kind: 'ended', outcome: 'partlyRolledBack' });
  });

  it('takes no mapping set after a stop', async () => {
    const { client } = clientOfShelves({});
    const gone: string[] = [];
    const dataPrep: FlowService['dataPrep'] = {
      ...client.dataPrep,
      removeMappingSet(id) {
        gone.push(id);
        return Promise.resolve('removed');
      },
    };
    const of = state({ made: { mappingSetId: 'M' } });
    const { short } = await undo({ ...client, dataPrep }, of, { stop: AbortSignal.abort() });
    expect([short, gone]).toEqual([['kept mapping-set M', 'result notRolledBack'], []]);
  });

  it('says of nothing that it is gone after a stop', async () => {
    const { client, removed: gone } = clientOfShelves(whole);
    const { short } = await undo(client, state({ doubts: { flow: {} } }), { stop: AbortSignal.abort() });
    expect(short).toEqual([...removed.map((one) => one.replace('removed', 'kept')), 'result notRolledBack']);
    expect(gone).toEqual([]);
  });
});
