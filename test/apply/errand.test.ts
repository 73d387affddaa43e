import { describe, expect, it } from 'vitest';
import { fatesOf, remove } from '../../source/apply/errand/remove-flow.ts';
import { reachOf, updateCredentials } from '../../source/apply/errand/update-credentials.ts';
import type { Errand } from '../../source/apply/journal/errands.ts';
import { exitCode, exitCodeOf } from '../../source/commands/console/exit-codes.ts';
import { LostAnswerError, RefusedError, UnreadableAnswerError } from '../../source/flow-service/errors.ts';
import { english } from '../../source/locale/catalogs.ts';
import { explain } from '../../source/locale/explain.ts';
import { type PatchOperation, readAgain } from '../../source/flow-service/flows.ts';
import { failureOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { type LiveHere, liveOn } from '../helpers/live.ts';
import { applyingWith, clientOfShelves, clientThat } from '../helpers/shelves.ts';
import { countsOf, type Death, runErrandHere, stateOf } from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';

async function rig(faults: string[] = [], deleteDelayMs = 20): Promise<LiveHere> {
  return liveOn(
    await emulatorWith({
      segments: 20,
      patchDelayMs: 5,
      touchDelayMs: false,
      strictEtags: true,
      strictChanges: true,
      deleteDelayMs,
      faults,
    }),
  );
}
const here = ({ folder, emulator }: LiveHere, more: { diesAt?: Death; timeoutMs?: number } = {}) => ({
  folder,
  run: 'e0e0e0e0',
  emulator,
  ...more,
});

interface How {
  faults?: string[];
  diesAt?: Death;
}

const deaths = ['intended', 'sent', 'answered'] as const;
const faults = ['lostx1', 'act:503x1', '503x2', 'resetx1', 'act:htmlx1', 'slow:350x1', '429:0x1'];

describe.concurrent('a dataflow is paused', () => {
  const disable = (live: LiveHere) => ({ kind: 'disable' as const, flowId: live.flowId, name: 'x' });
  const stateIn = async ({ client, flowId }: LiveHere): Promise<string | undefined> =>
    (await client.getFlow(flowId)).state;

  it('and enabled, and neither when it is so already', async () => {
    const live = await rig();
    expect((await runErrandHere(here(live), disable(live))).outcome).toBe('verified');
    expect(await stateIn(live)).toBe('disabled');
    // Strict: an action that changes nothing would be refused.
    const again = { ...here(live), run: 'e1e1e1e1' };
    expect((await runErrandHere(again, disable(live))).outcome).toBe('verified');
    expect((await stateOf(again)).sent.size).toBe(0);
    const enable = { ...disable(live), kind: 'enable' as const };
    expect((await runErrandHere({ ...again, run: 'e2e2e2e2' }, enable)).outcome).toBe('verified');
    expect(await stateIn(live)).toBe('enabled');
  });

  it.each(
    byDay(
      [
        ...faults.map((fault) => [fault, { faults: [`POST /flows/*/action=${fault}`] }] as [string, How]),
        ...deaths.map(
          (point) => [`killed when ${point}`, { diesAt: { point, step: 'disable' } }] as [string, How],
        ),
      ],
      (_, at) => at % 3 === 0,
    ),
  )('once, with %s', async (name, { faults: rules = [], diesAt }: How) => {
    const live = await rig(rules);
    const run = here(live, name.startsWith('slow') ? { timeoutMs: 200 } : {});
    let { outcome } = await runErrandHere({ ...run, ...(diesAt ? { diesAt } : {}) }, disable(live));
    for (let attempt = 0; attempt < 3 && outcome !== 'verified'; attempt++)
      ({ outcome } = await runErrandHere(run, disable(live)));
    expect(outcome).toBe('verified');
    expect(await stateIn(live)).toBe('disabled');
    expect((await stateOf(run)).outcome).toBe('verified');
  });
});

describe.concurrent('a dataflow is removed', () => {
  const removal = async (live: LiveHere, isAll: boolean): Promise<Errand> => ({
    kind: 'remove',
    flowId: live.flowId,
    name: 'x',
    connections: isAll
      ? (await fatesOf(live.client, await live.client.getFlow(live.flowId), {})).filter(
          ({ use }) => use === 'none',
        )
      : [],
  });

  it('and leaves its connections, unless they are named', async () => {
    const live = await rig();
    const errand = await removal(live, false);
    expect((await runErrandHere(here(live), errand)).outcome).toBe('verified');
    expect(countsOf(live.emulator)).toEqual([2, 1, 1, 0]);
  });

  it('with its connections, but for those that something else uses', async () => {
    const live = await rig();
    const { sourceConnectionIds, targetConnectionIds, flowSpec } = await live.client.getFlow(live.flowId);
    const target = await live.client.getConnection('targetConnections', targetConnectionIds?.[0] ?? '');
    const own = await live.client.createTargetConnection({
      name: 'own',
      baseConnectionId: target.baseConnectionId,
      connectionSpec: { ...target.connectionSpec, version: '1.0' },
      params: target.params,
    });
    const { id } = await live.client.createFlow({
      name: 'The neighbour',
      flowSpec: { ...flowSpec, version: '1.0' },
      sourceConnectionIds,
      targetConnectionIds: [own.id],
      transformations: [],
    });
    const fates = await fatesOf(live.client, await live.client.getFlow(live.flowId), {});
    expect(fates.map(({ step, use }) => [step, use])).toEqual([
      ['target-connection', 'none'],
      ['source-connection', 'used'],
      ['target-base-connection', 'used'],
      ['source-base-connection', 'used'],
    ]);
    expect((await runErrandHere(here(live), await removal(live, true))).outcome).toBe('verified');
    expect(countsOf(live.emulator)).toEqual([2, 1, 1, 1]);
    expect(await live.client.exists('flows', id)).toBe(true);
  });

  it('but nothing that was begun to be used since', async () => {
    const live = await rig();
    const errand = await removal(live, true);
    const { sourceConnectionIds, targetConnectionIds, flowSpec } = await live.client.getFlow(live.flowId);
    await live.client.createFlow({
      name: 'The neighbour',
      flowSpec: { ...flowSpec, version: '1.0' },
      sourceConnectionIds,
      targetConnectionIds,
      transformations: [],
    });
    expect((await runErrandHere(here(live), errand)).outcome).toBe('verified');
    expect(countsOf(live.emulator)).toEqual([2, 1, 1, 1]);
  });

  it.each(
    byDay(
      [
        ...faults.flatMap((fault) =>
          ['flows', 'targetConnections', 'connections'].map(
            (path) => [`${path} ${fault}`, { faults: [`DELETE /${path}/*=${fault}`] }] as [string, How],
          ),
        ),
        ...deaths.map(
          (point) => [`killed when ${point}`, { diesAt: { point, step: 'remove' } }] as [string, How],
        ),
      ],
      (_, at) => at % 8 === 0,
    ),
  )('whole, with %s', async (name, { faults: rules = [], diesAt }: How) => {
    const live = await rig(rules);
    const run = here(live, name.includes('slow') ? { timeoutMs: 200 } : {});
    const errand = await removal(live, true);
    let { outcome } = await runErrandHere({ ...run, ...(diesAt ? { diesAt } : {}) }, errand);
    for (let attempt = 0; attempt < 3 && outcome !== 'verified'; attempt++)
      ({ outcome } = await runErrandHere(run, errand));
    expect(outcome).toBe('verified');
    expect(countsOf(live.emulator)).toEqual([0, 0, 0, 0]);
  });

  it('or is not gone yet: that is said, and gone on with', async () => {
    const live = await rig([], 700);
    const run = { ...here(live), services: { goneMs: 100 } };
    const errand = await removal(live, true);
    expect((await runErrandHere(run, errand)).outcome).toBe('failed');
    expect((await stateOf(run)).outcome).toBeUndefined();
    expect((await runErrandHere({ ...run, services: { goneMs: 5000 } }, errand)).outcome).toBe('verified');
    expect(countsOf(live.emulator)).toEqual([0, 0, 0, 0]);
  });
});

describe.concurrent('credentials of an account', () => {
  it.each(byDay(['none', ...faults], (_, at) => at % 3 === 0))(
    'are set as a whole, and reach what stores by them (%s)',
    async (fault) => {
      const live = await rig(fault === 'none' ? [] : [`PATCH /connections/*=${fault}`]);
      const { targetConnectionIds } = await live.client.getFlow(live.flowId);
      const target = await live.client.getConnection('targetConnections', targetConnectionIds?.[0] ?? '');
      const accountId = target.baseConnectionId ?? '';
      const before = await live.client.getConnection('connections', accountId);
      const { flows, unknown } = await reachOf(live.client, before, {});
      expect([flows.map(({ id }) => id), unknown]).toEqual([[live.flowId], []]);
      const errand: Errand = { kind: 'credentials', accountId, name: 'x' };
      const params = { accessId: 'AKIAOTHER34567ABCDEF', secretKey: 'B'.repeat(40) };
      const credentials = { specName: 'S3', params };
      const run = here(live, fault.startsWith('slow') ? { timeoutMs: 200 } : {});
      // Whatever was answered, the id that reads back proves it.
      expect((await runErrandHere(run, errand, credentials)).outcome).toBe('verified');
      const after = await live.client.getConnection('connections', accountId);
      expect(after.etag).not.toBe(before.etag);
      expect(JSON.stringify(await stateOf(run))).not.toContain('BBBB');
    },
  );
});

const params = { accessId: 'AKIAOTHER34567ABCDEF' };
it.each<[string, PatchOperation]>([
  ['S3', { op: 'add', path: '/auth/params', value: params }],
  ['SFTP with SSH Key', { op: 'add', path: '/auth', value: { specName: 'SFTP with SSH Key', params } }],
])('a sign-in with S3 becomes one with %s', async (specName, wanted) => {
  const sent: (readonly PatchOperation[])[] = [];
  const client = clientThat({
    getSignIn: () =>
      Promise.resolve({ id: 'A', etag: '"1"', auth: { specName: 'S3' }, signIn: { specName: 'S3' } }),
    patchConnection(collection, id, etag, operations) {
      expect([collection, id, etag]).toEqual(['connections', 'A', '"1"']);
      sent.push(operations);
      return Promise.resolve({});
    },
  });
  const { applying, noted } = applyingWith({ client });
  await updateCredentials(applying, 'A', { specName, params });
  expect(sent).toEqual([[wanted]]);
  expect(noted.at(-1)).toEqual({ kind: 'ended', outcome: 'verified' });
});

interface Answered {
  /** What the patch is answered, time after time the last one; `undefined` where it is taken in words. */
  answer: number | 'lost' | 'unreadable' | undefined;
  /** Whether it was acted upon all the same. */
  isDone: boolean;
  /** What of the sign-in another one shows: `key` an id that reads back, `secret` nothing of it. */
  other?: 'key' | 'secret';
  isUnread?: boolean;
}

/** What comes of new credentials of an account whose secrets are masked. */
async function credentialsOf({ answer, isDone, other = 'secret', isUnread = false }: Answered) {
  const given = { accessId: other === 'key' ? 'AKIANEW' : 'AKIAOLD', secretKey: 'new', nested: { port: 22 } };
  let [version, accessId, tries] = [1, 'AKIAOLD', 0];
  const path = { method: 'PATCH', path: '/connections/A' };
  const client = clientThat({
    getSignIn() {
      if (isUnread && tries > 0) return Promise.reject(new RefusedError(path, 403, { serverMessage: 'no' }));
      const params = { accessId, secretKey: '****', nested: { port: '22' } };
      return Promise.resolve({
        ...{ id: 'A', etag: `"${version}"`, auth: { specName: 'S3' } },
        signIn: { specName: 'S3', params },
      });
    },
    patchConnection() {
      tries++;
      if (isDone) [version, accessId] = [version + 1, given.accessId];
      if (answer === undefined) return Promise.resolve({});
      if (answer === 'lost') return Promise.reject(new LostAnswerError(path, 'ECONNRESET', undefined));
      if (answer === 'unreadable') return Promise.reject(new UnreadableAnswerError(path, 200, []));
      return Promise.reject(new RefusedError(path, answer, { serverMessage: 'no' }));
    },
  });
  const { applying, noted } = applyingWith({ client, retryBaseMs: 1 });
  const setting = updateCredentials(applying, 'A', { specName: 'S3', params: given });
  const error = await failureOf(setting).catch(() => undefined);
  const outcome = noted.some(({ kind }) => kind === 'ended') ? 'verified' : error;
  expect(JSON.stringify(noted)).not.toContain('new');
  return {
    outcome,
    said: error === undefined ? undefined : explain(english, error, { host: 'h', sandbox: 'dev' }),
  };
}

describe('new credentials', () => {
  const answers = [307, 400, 403, 404, 408, 409, 422, 500, 503, 'lost', 'unreadable'] as const;
  it.each(byDay(answers, (_, at) => at % 3 === 0))(
    'that show are taken, whatever was answered: %s',
    async (answer) => {
      expect((await credentialsOf({ answer, isDone: true, other: 'key' })).outcome).toBe('verified');
    },
  );

  it.each(byDay(answers, (_, at) => at % 3 === 1))(
    'that do not show, of another version, are not known: %s',
    async (answer) => {
      const { outcome, said } = await credentialsOf({ answer, isDone: true });
      expect(outcome).toMatchObject({ kind: 'credentialsUnknown', seen: 'changed', found: [String(answer)] });
      expect(said?.why).toMatch(/most likely it has the new ones/);
      expect(exitCodeOf(outcome)).toBe(exitCode.unreachable);
    },
  );

  it.each(answers)('over a version that stays are refused only in words: %s', async (answer) => {
    const { outcome, said } = await credentialsOf({ answer, isDone: false });
    const isPlain = [400, 403, 404, 422].includes(Number(answer));
    expect(outcome).toMatchObject(
      isPlain ? { kind: 'refused', status: answer } : { kind: 'credentialsUnknown', seen: 'same' },
    );
    if (!isPlain) expect(said?.why).toMatch(/has not changed since it was read/);
  });

  it('of an account that cannot be read since are not known', async () => {
    const { outcome, said } = await credentialsOf({ answer: 307, isDone: true, isUnread: true });
    expect(outcome).toMatchObject({ kind: 'credentialsUnknown', seen: 'unread' });
    expect(said?.why).toContain('could not be read since');
  });

  it('that are taken are told so', async () => {
    expect((await credentialsOf({ answer: undefined, isDone: true })).outcome).toBe('verified');
  });
});

it('a connection that somebody uses by now is told as kept, and stays', async () => {
  const { client, removed } = clientOfShelves({
    flows: [{ id: 'F' }, { id: 'G', targetConnectionIds: ['T'], sourceConnectionIds: ['S'] }],
    targetConnections: [{ id: 'T', baseConnectionId: 'B' }],
    sourceConnections: [{ id: 'S', baseConnectionId: 'A' }],
  });
  const { applying, told } = applyingWith({ client });
  const connections = [{ step: 'target-connection' as const, id: 'T' }];
  await remove(applying, { kind: 'remove', flowId: 'F', name: 'x', connections });
  expect(removed).toEqual(['flows F']);
  expect(told.at(-1)).toEqual({
    kind: 'succeeded',
    step: 'remove-target-connection',
    ms: expect.any(Number) as number,
    id: 'T',
    isReused: true,
  });
  // Nothing is checked "before anything is written" once the dataflow is gone.
  expect(told.flatMap((one) => (one.kind === 'started' ? [one.step] : []))).toEqual([
    'read',
    'remove-flow',
    'remove-target-connection',
  ]);
});

describe('a dataflow that is not removed', () => {
  const refused = (status: number, serverMessage: string) => () =>
    Promise.reject(new RefusedError({ method: 'DELETE', path: '/flows/F' }, status, { serverMessage }));
  const saying = (status: number, serverMessage: string) => ({ kind: 'refused', status, serverMessage });
  it.each([
    ['is in use', refused(409, 'It is in use.'), saying(409, 'It is in use.')],
    ['is refused in words', refused(400, 'Not this one.'), saying(400, 'Not this one.')],
    [
      'is accepted, and never goes',
      () => Promise.resolve({ alreadyGone: false }),
      { kind: 'notTaken', id: 'F', found: ['DELETE'] },
    ],
  ])('since it %s, is named with what was said', async (_, removing, said) => {
    const { client } = clientOfShelves(
      { flows: [{ id: 'F' }] },
      {
        getFlow: () => Promise.resolve(readAgain({ id: 'F', transformations: [] })),
        remove: removing,
      },
    );
    const { applying, noted } = applyingWith({ client, goneMs: 1 });
    const errand = { kind: 'remove' as const, flowId: 'F', name: 'x', connections: [] };
    expect(await failureOf(remove(applying, errand))).toMatchObject(said);
    expect(noted.some(({ kind }) => kind === 'ended' || kind === 'removed')).toBe(false);
  });
});
