import { describe, expect, it } from 'vitest';
import {
  askedEncryption,
  type AskedEncryption,
  offeredEncryption,
  readEncryption,
} from '../../source/activation/content/encryption.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { planProblems } from '../../source/activation/plan/plan-rules.ts';
import { compare } from '../../source/activation/report.ts';
import { targetBaseConnectionBody } from '../../source/activation/requests.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import { setPublicKey } from '../../source/apply/errand/set-public-key.ts';
import { execute } from '../../source/apply/execute.ts';
import type { Errand } from '../../source/apply/journal/errands.ts';
import { readAccount, readSet, readTarget } from '../../source/apply/live/live.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import type { FlowService } from '../../source/flow-service/client.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { clientOf } from '../helpers/answers.ts';
import { contractCards } from '../helpers/contract-cards.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { newerParams, newerPlan, planOfBodies } from '../helpers/newer-plan.ts';
import { ed25519Key, otherRsaKey, rsaKey } from '../helpers/public-keys.ts';
import {
  applyHere,
  authParams,
  futurePlan,
  orgId,
  rollBackHere,
  runErrandHere,
  type RunHere,
  settledCounts,
  runsIn,
} from '../helpers/runs.ts';
import { applyingWith, clientThat } from '../helpers/shelves.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { byDay } from '../helpers/soak.ts';

const base64 = Buffer.from(rsaKey.armored).toString('base64');
const encrypted = (plan: Plan, encryption: Plan['destination']['encryption']): Plan => ({
  ...plan,
  destination: { ...plan.destination, encryption },
});
const plan = encrypted(newerPlan, { publicKey: rsaKey.armored });

async function rig(options: EmulatorOptions = {}, about = plan): Promise<RunHere> {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, ...options });
  const services = { authParams: newerParams };
  return { folder: freshFolder(), run: '0a1b2c3d', emulator, services, plan: about };
}

const writesOf = ({ emulator }: RunHere): string[] =>
  emulator.requests
    .filter(({ method }) => method !== 'GET')
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/.*(flowservice|conversion)/, '').replace(/[0-9a-f-]{36}/, 'ID')}`,
    );

const open = ({ report }: Awaited<ReturnType<typeof applyHere>>): string[] =>
  (report?.rows ?? [])
    .filter(({ mark, subject }) => mark !== 'same' && subject.includes('encryption'))
    .map(({ mark, subject, asked, returned }) => [mark, subject, asked, returned].join(' ').trim());

const none = [
  'missing destination.encryption.algorithm PGPGPG',
  `missing destination.encryption.publicKey ${rsaKey.fingerprint}`,
];

describe('encryption in a plan', () => {
  it('is sent as the contract has it, after the sign-in', () => {
    expect(JSON.stringify({ ...targetBaseConnectionBody(plan, newerParams), name: 'S3 key' })).toBe(
      `${(contractCards[0]?.account ?? '').slice(0, -1)},"encryption":{"specName":"File PGP/GPG Encryption","params":{"encryptionAlgo":"PGPGPG","publicKey":"${base64}"}}}`,
    );
  });

  const landingZone = contractCards.find(({ name }) => name === 'Data Landing Zone');
  it.each<[string, Plan, string[]]>([
    ['a sound key', plan, []],
    ['a key in base64', encrypted(newerPlan, { publicKey: base64 }), []],
    ['a reference', encrypted(newerPlan, { publicKey: { $secret: 'file:/x' } }), []],
    [
      'no key',
      encrypted(newerPlan, { publicKey: 'the usual one' }),
      ['publicKey.none $.destination.encryption.publicKey'],
    ],
    [
      'an elliptic one',
      encrypted(newerPlan, { publicKey: ed25519Key }),
      ['publicKey.notRsa $.destination.encryption.publicKey'],
    ],
    [
      'a private one',
      encrypted(newerPlan, { publicKey: rsaKey.armored.replaceAll('PUBLIC', 'PRIVATE') }),
      ['publicKey.private $.destination.encryption.publicKey'],
    ],
    [
      'the algorithm NONE',
      encrypted(newerPlan, { algorithm: 'NONE', publicKey: base64 }),
      ['plan.notOneOf $.destination.encryption.algorithm'],
    ],
    [
      'a card that encrypts nothing',
      encrypted(planOfBodies(landingZone?.account ?? '', landingZone?.target ?? '').plan, {
        publicKey: base64,
      }),
      ['encryption.notOffered $.destination.encryption'],
    ],
  ])('is judged: %s', (_, one, wanted) => {
    expect(planProblems(one).map(({ id, path }) => `${id} ${path}`)).toEqual(wanted);
  });
});

describe.concurrent('an apply that encrypts', () => {
  it.each<[NonNullable<EmulatorOptions['encryptionMember']>, string[]]>([
    ['both', ['POST /connections']],
    ['encryption', ['POST /connections']],
    ['encryptionSpecs', ['POST /connections', 'DELETE /connections/ID', 'POST /connections']],
  ])('is verified by what the account reads back: %s', async (encryptionMember, wanted) => {
    const here = await rig({ encryptionMember });
    const result = await applyHere(here);
    expect(result).toMatchObject({ outcome: 'verified' });
    expect(result.report?.rows.filter(({ subject }) => subject.includes('encryption'))).toMatchObject([
      { asked: 'PGPGPG', returned: 'PGPGPG', mark: 'same' },
      { asked: rsaKey.fingerprint, returned: rsaKey.fingerprint, mark: 'same' },
    ]);
    expect(writesOf(here).filter((one) => one.includes('/connections'))).toEqual(wanted);
    expect(await settledCounts(here.emulator)).toEqual([1, 1, 1, 1]);
  });

  it('differs, and patches no segment, where no member is taken', async () => {
    const here = await rig({ encryptionMember: 'none' });
    const result = await applyHere(here);
    expect(result.outcome).toBe('mismatch');
    expect(open(result)).toEqual(none);
    expect(writesOf(here).filter((one) => one.startsWith('PATCH'))).toEqual([]);
    expect(await settledCounts(here.emulator)).toEqual([1, 1, 1, 1]);
    await rollBackHere(here);
    expect(await settledCounts(here.emulator)).toEqual([0, 0, 0, 0]);
  });

  it('differs, and patches no segment, with an account that encrypts nothing', async () => {
    const here = await rig({}, newerPlan);
    const { made } = await applyHere(here);
    const before = writesOf(here).length;
    const destination = { ...plan.destination, auth: undefined };
    const reused = {
      ...plan,
      destination: { ...destination, baseConnectionId: made.targetBaseConnectionId ?? '' },
    };
    const result = await applyHere({ ...here, run: '1a1b2c3d', plan: reused });
    expect(result.outcome).toBe('mismatch');
    expect(open(result)).toEqual(none);
    expect(
      writesOf(here)
        .slice(before)
        .filter((one) => one.startsWith('PATCH')),
    ).toEqual([]);
  });

  it.each(byDay(['intended', 'sent', 'answered'] as const, (point) => point === 'sent'))(
    'that dies when its account was %s ends with one of each',
    async (point) => {
      const here = await rig({ encryptionMember: 'encryption' });
      await applyHere({ ...here, diesAt: { point, step: 'target-base-connection' } }).catch(() => undefined);
      expect((await applyHere(here)).outcome).toBe('verified');
      expect(await settledCounts(here.emulator)).toEqual([1, 1, 1, 1]);
    },
  );
});

describe.concurrent('a public key for an account that is there', () => {
  const member = (card: string): AskedEncryption => {
    const offered = offeredEncryption(card);
    if (!offered) throw new Error('it encrypts nothing');
    return askedEncryption({ publicKey: rsaKey.armored }, offered);
  };

  async function live(encryptionMember: NonNullable<EmulatorOptions['encryptionMember']>, about = newerPlan) {
    const made = await rig({ encryptionMember }, about);
    const here = about === newerPlan ? made : { ...made, services: { authParams } };
    const applied = await applyHere(here);
    expect(applied.outcome).toBe('verified');
    const { flowId = '' } = applied;
    const accountId = applied.made.targetBaseConnectionId ?? '';
    const encryption = member(about.destination.connectionSpecId);
    const errand: Errand = { kind: 'encryption', accountId, name: 'x', encryption };
    const client = clientOf(here.emulator.url, { orgId });
    const before = writesOf(here).length;
    const sent: unknown[] = [];
    const telling: FlowService = {
      ...client,
      patchConnection(...call) {
        sent.push(call[3]);
        return client.patchConnection(...call);
      },
    };
    return {
      here: { ...here, run: '3a1b2c3d', services: { ...here.services, client: telling } },
      sent,
      errand,
      flowId,
      read: () => client.getConnection('connections', accountId),
      patches: () => writesOf(here).slice(before),
    };
  }

  it.each<[NonNullable<EmulatorOptions['encryptionMember']>, Plan, number]>([
    ['both', newerPlan, 1],
    ['encryption', newerPlan, 1],
    ['encryptionSpecs', newerPlan, 2],
    ['both', futurePlan, 1],
  ])('is there when it is read back: %s', async (taken, about, count) => {
    const { here, errand, flowId, read, patches, sent } = await live(taken, about);
    expect(await runErrandHere(here, errand)).toMatchObject({ outcome: 'verified' });
    expect(readEncryption(await read())?.key).toBe(rsaKey.fingerprint);
    expect(patches()).toEqual(Array.from({ length: count }, () => 'PATCH /connections/ID'));
    const offered = offeredEncryption(about.destination.connectionSpecId);
    const value = {
      specName: offered?.specName,
      params: { encryptionAlgo: offered?.algorithm, publicKey: base64 },
    };
    const names = ['encryption', 'encryptionSpecs'].slice(0, count);
    expect(sent).toEqual(names.map((name) => [{ op: 'add', path: `/${name}`, value }]));
    // What its dataflow is wanted to be is there now.
    const wish = { ...encrypted(about, { publicKey: base64 }), flow: flowId };
    expect(await applyHere({ ...here, run: '4a1b2c3d', plan: wish })).toMatchObject({ outcome: 'verified' });
    expect(await runErrandHere({ ...here, run: '5a1b2c3d' }, errand)).toMatchObject({ outcome: 'verified' });
    expect(patches()).toHaveLength(count);
  });

  const no = new RefusedError({ method: 'PATCH', path: '/connections/B' }, 400, { serverMessage: 'No.' });
  const unread = new RefusedError({ method: 'GET', path: '/connections/B' }, 403, { serverMessage: 'No.' });
  it.each<[string, { isDone: boolean; isRead: boolean }, typeof no | undefined]>([
    ['was done and refused is there', { isDone: true, isRead: true }, undefined],
    ['was refused is told as refused', { isDone: false, isRead: true }, no],
    ['was refused, and cannot be looked for, is too', { isDone: true, isRead: false }, no],
  ])('that %s', async (_, { isDone, isRead }, wanted) => {
    const encryption = member(newerPlan.destination.connectionSpecId);
    let isSent = false;
    const client = clientThat({
      getConnection: () =>
        isSent && !isRead
          ? Promise.reject(unread)
          : Promise.resolve({ id: 'B', etag: '"1"', ...(isSent && isDone ? { encryption } : {}) }),
      patchConnection() {
        isSent = true;
        return Promise.reject(no);
      },
    });
    const { applying, noted } = applyingWith({ client });
    const found = await setPublicKey(applying, 'B', encryption).catch((error: unknown) => error);
    expect(found).toBe(wanted);
    expect(noted.at(-1)).toMatchObject(
      wanted ? { kind: 'refused', step: 'encryption' } : { kind: 'ended', outcome: 'verified' },
    );
  });

  it('that no member brings is no success', async () => {
    const { here, errand, read } = await live('none');
    expect(await runErrandHere(here, errand)).toMatchObject({ outcome: 'failed' });
    expect(await runsIn(here.folder).find(here.run)).toMatchObject({ state: { outcome: 'mismatch' } });
    expect(readEncryption(await read())).toBeUndefined();
  });

  it.each(byDay(['intended', 'sent', 'answered'] as const, (point) => point === 'sent'))(
    'is there after a death when it was %s',
    async (point) => {
      const { here, errand, read } = await live('encryptionSpecs');
      await runErrandHere({ ...here, diesAt: { point, step: 'encryption' } }, errand).catch(() => undefined);
      expect(await runErrandHere(here, errand)).toMatchObject({ outcome: 'verified' });
      expect(readEncryption(await read())?.key).toBe(rsaKey.fingerprint);
    },
  );
});

describe.concurrent('a live dataflow that encrypts', () => {
  async function pulled(about: Plan) {
    const here = await rig({}, about);
    const { flowId = '', outcome } = await applyHere(here);
    expect(outcome).toBe('verified');
    const client = clientOf(here.emulator.url, { orgId });
    const flow = await client.getFlow(flowId);
    const target = await readTarget(client, flow, {});
    const [set, account] = [await readSet(client, flow, {}), await readAccount(client, target, {})];
    const reading = planOfFlow({ flow, target, set, account }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    return {
      here,
      client,
      flow,
      joins: { target, set, account },
      plan: reading.plan,
      unsaid: reading.unsaid,
    };
  }
  const looking = { extras: 'prune' as const, clock: () => 0, tell: () => undefined };

  it('is pulled with its key, and differs from that in nothing', async () => {
    const { client, plan: read, unsaid, flow, joins } = await pulled(plan);
    expect(read.destination.encryption).toEqual({ algorithm: 'PGPGPG', publicKey: base64 });
    expect(unsaid).toEqual([]);
    const { event } = await lookAhead(read, read.flow ?? '', { client, ...looking });
    expect([event.differences, event.requests]).toEqual([[], []]);
    expect(compare(read, flow, {}, joins).isVerified).toBe(true);
  });

  it('is told from a plan with another key', async () => {
    const { client, plan: read } = await pulled(plan);
    const wish = encrypted(read, { publicKey: otherRsaKey.armored });
    const { event } = await lookAhead(wish, read.flow ?? '', { client, ...looking });
    const { fingerprint: before } = rsaKey;
    const { fingerprint: after } = otherRsaKey;
    expect(event.differences).toEqual([
      { kind: 'changed', path: '$.destination.encryption.publicKey', before, after },
    ]);
  });

  it('is not told from one whose key nobody can read, and that is named', async () => {
    const { flow, joins, plan: read } = await pulled(plan);
    const encryption = { params: { encryptionAlgo: 'PGP/GPG', publicKey: '****' } };
    const account = { ...joins.account, id: '', encryption };
    expect(compare(read, flow, {}, { ...joins, account }).isVerified).toBe(true);
    const reading = planOfFlow({ flow, ...joins, account }, 'dev');
    expect(reading).toMatchObject({ unsaid: [{ subject: 'encryption' }] });
    expect(reading).not.toHaveProperty('plan.destination.encryption');
    // A member under the name of the newest sample is one as well; one that says NONE is none.
    const bare = { ...account, encryption: undefined };
    expect(
      compare(read, flow, {}, { ...joins, account: { ...bare, encryptionSpecs: encryption } }).isVerified,
    ).toBe(true);
    const off = { params: { encryptionAlgo: 'NONE', publicKey: base64 } };
    const inClear = compare(read, flow, {}, { ...joins, account: { ...account, encryption: off } });
    expect(inClear.rows.flatMap(({ mark }) => (mark === 'same' ? [] : [mark]))).toEqual([
      'missing',
      'missing',
    ]);
  });

  it('that does not, and should, is told and gets no segment', async () => {
    const { here, client, plan: read } = await pulled(newerPlan);
    expect(read.destination.encryption).toBeUndefined();
    const [segment] = read.segments;
    if (!segment) throw new Error('no segment');
    const wish = {
      ...encrypted(read, { publicKey: base64 }),
      segments: [{ ...segment, schedule: { ...segment.schedule, startTime: '21:00' } }],
    };
    const { event } = await lookAhead(wish, wish.flow ?? '', { client, ...looking });
    expect(event.differences.map(({ kind, path, after }) => [kind, path, after])).toEqual([
      ['changed', `$.segments[${segment.id}].schedule.startTime`, '21:00'],
      ['added', '$.destination.encryption.algorithm', 'PGPGPG'],
      ['added', '$.destination.encryption.publicKey', rsaKey.fingerprint],
    ]);
    const before = writesOf(here).length;
    const events: ApplyEvent[] = [];
    const services = { client, authParams: {}, run: '2a1b2c3d', clock: () => performance.now() };
    for await (const one of execute(wish, services)) events.push(one);
    expect(events.at(-1)).toMatchObject({ kind: 'result', outcome: 'mismatch' });
    expect(writesOf(here)).toHaveLength(before);
  });
});
