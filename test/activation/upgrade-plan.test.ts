import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { upgradePlan } from '../../source/activation/plan/upgrade-plan.ts';
import { catalog, newerCards, successorOf } from '../../source/activation/spec/catalog.ts';
import { english } from '../../source/locale/catalogs.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { soundPlan, tutorialPlan } from '../helpers/plans.ts';

const examples = path.join(import.meta.dirname, '..', '..', 'examples', 'plans');
const example = (name: string): Plan =>
  JSON.parse(readFileSync(path.join(examples, `${name}.plan.json`), 'utf8')) as Plan;

/** What is told of an upgrade: `path id`, with a mark where it is open. */
function upgraded(plan: Plan): { plan: Plan; told: string[]; words: string[] } {
  const upgrade = upgradePlan(plan);
  if (upgrade.kind !== 'plan') throw new Error('no older card');
  const { decisions } = upgrade;
  return {
    plan: upgrade.plan,
    told: decisions.map(({ id, path: at, isOpen }) => `${at} ${id}${isOpen ? ' !' : ''}`),
    words: decisions.map(({ id, values }) => english(id, values)),
  };
}
const withDestination = (plan: Plan, change: Partial<Plan['destination']>): Plan => ({
  ...plan,
  destination: { ...plan.destination, ...change },
});
const withParams = (plan: Plan, params: object): Plan =>
  withDestination(plan, { auth: { specName: plan.destination.auth?.specName ?? '', params: { ...params } } });

const csvOptions = { delimiter: ',', quote: '"', escape: '\\', nullValue: 'null', emptyValue: '' };
const file = { fileType: 'CSV', compression: 'NONE', csvOptions };
const usual = [
  '$.destination.location.csvOptions upgrade.csvOptions',
  '$.attributes.selected upgrade.columns',
];

describe('an upgrade', () => {
  it.each<[string, Plan['destination']]>([
    [
      's3',
      {
        connectionSpecId: '4fce964d-3f37-408f-9778-e597338a21ee',
        auth: {
          specName: 'Access Key',
          params: { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE', s3SecretKey: { $secret: 'env:S3_SECRET_KEY' } },
        },
        location: { mode: 'Server-to-server', bucketName: 'crm-exports', path: 'daily', ...file },
      },
    ],
    [
      'blob-cloud-storage',
      {
        connectionSpecId: '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
        auth: {
          specName: 'ConnectionString',
          params: { connectionString: { $secret: 'env:BLOB_CONNECTION_STRING' } },
        },
        location: { mode: 'Server-to-server', container: 'crm-exports', path: 'daily', ...file },
      },
    ],
    [
      'sftp',
      {
        connectionSpecId: '36965a81-b1c6-401b-99f8-22508f1e6a26',
        auth: {
          specName: 'SFTP with Password',
          params: {
            domain: 'sftp.example.com',
            username: 'ferry',
            password: { $secret: 'env:SFTP_PASSWORD' },
          },
        },
        location: { mode: 'Server-to-server', remotePath: '/exports/daily', ...file },
      },
    ],
  ])('of %s carries everything over', (name, destination) => {
    const before = example(name);
    const { plan, told } = upgraded(before);
    expect(plan).toEqual({ ...before, destination });
    expect(told).toEqual(usual);
  });

  it.each<[string, Plan['destination']['encryption'], Plan['destination']['encryption']]>([
    ['a key', { publicKey: 'KEY' }, { publicKey: 'KEY' }],
    [
      'a key by reference and its older algorithm',
      { algorithm: 'PGP/GPG', publicKey: { $secret: 'file:key.asc' } },
      { publicKey: { $secret: 'file:key.asc' } },
    ],
    ['another algorithm', { algorithm: 'AES', publicKey: 'KEY' }, { algorithm: 'AES', publicKey: 'KEY' }],
  ])('goes on to encrypt, with %s', (_, encryption, expected) => {
    expect(upgraded(withDestination(example('s3'), { encryption })).plan.destination.encryption).toEqual(
      expected,
    );
  });

  it('takes the namespace that is a column and a key for the identity that it is', () => {
    const before = example('s3');
    const attributes: Plan['attributes'] = {
      selected: ['person.name.firstName', 'Email'],
      mandatory: ['Email'],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
    };
    const { plan, told } = upgraded({ ...before, attributes });
    expect(plan.attributes).toEqual({
      ...attributes,
      selected: ['person.name.firstName', 'identityMap.Email'],
    });
    expect(told).toEqual(usual);
  });

  it('calls the host a domain, keeps another port as a text and wants the key encoded', () => {
    const key = {
      host: 'sftp.example.com',
      username: 'ferry',
      sshKey: { $secret: 'file:key.pem' },
      port: 2222,
    };
    expect(upgraded(withParams(example('sftp'), key)).plan.destination.auth).toEqual({
      specName: 'SFTP with SSH Key',
      params: {
        domain: 'sftp.example.com',
        username: 'ferry',
        sshKey: { $secret: 'file:key.pem', encoding: 'base64' },
        port: '2222',
      },
    });
    for (const port of [22, '22'])
      expect(
        upgraded(withParams(example('sftp'), { ...key, port })).plan.destination.auth?.params,
      ).not.toHaveProperty('port');
  });

  it.each<[string, Plan, string[]]>([
    [
      'a dataflow',
      { ...example('s3'), flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' },
      ['$.flow upgrade.flow', ...usual],
    ],
    [
      'an account',
      withDestination(example('s3'), {
        auth: undefined,
        baseConnectionId: 'ca5c6e9a-8559-4a08-97a5-f15b756da600',
      }),
      ['$.destination.auth upgrade.account !', ...usual],
    ],
    [
      'no sign-in',
      withDestination(example('s3'), { auth: undefined }),
      [...usual, '$.destination.auth plan.missing !'],
    ],
    [
      'a flow spec of its own',
      withDestination(example('blob'), { flowSpecId: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' }),
      ['$.destination.flowSpecId upgrade.flowSpec', ...usual],
    ],
    [
      'the flow spec of the older cards',
      withDestination(example('blob'), { flowSpecId: '71471eba-b620-49e4-90fd-23f1fa0174d8' }),
      usual,
    ],
    [
      'a host and another domain',
      withParams(example('sftp'), {
        host: 'a.example.com',
        domain: 'b.example.com',
        username: 'x',
        password: { $secret: 'prompt' },
      }),
      ['$.destination.auth.params.domain upgrade.host', ...usual],
    ],
    [
      'a folder that the newer card refuses',
      withDestination(example('s3'), {
        location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily files', format: 'CSV' },
      }),
      [...usual, '$.destination.location.path field.pattern !'],
    ],
    [
      'what only the older card takes',
      withDestination(example('s3'), {
        location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV', legacy: 'x' },
      }),
      [...usual, '$.destination.location.legacy location.unknownParam !'],
    ],
    [
      'two identities',
      {
        ...example('s3'),
        attributes: { selected: ['identityMap.Email', 'identityMap.ECID'], mandatory: [], deduplication: [] },
      },
      [...usual, '$.attributes.selected[1] columns.identities !'],
    ],
    [
      'a key that is no column',
      {
        ...example('s3'),
        attributes: {
          selected: ['a'],
          mandatory: [],
          deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
        },
      },
      [usual[0] ?? '', '$.attributes.deduplication[0].identityNamespace attributes.keyNotSelected !'],
    ],
  ])('names what a person has to decide: %s', (_, before, wanted) => {
    const { plan, told, words } = upgraded(before);
    expect(told).toEqual(wanted);
    for (const one of words) expect(one).not.toMatch(/[{}]/);
    expect(plan).not.toHaveProperty('flow');
    expect(plan.destination).not.toHaveProperty('baseConnectionId');
    expect(plan.destination).not.toHaveProperty('flowSpecId');
  });

  it('is for an older card that another has taken the place of', () => {
    for (const { connectionSpecId } of catalog) {
      const { kind } = upgradePlan(withDestination(tutorialPlan, { connectionSpecId }));
      expect(kind).toBe(successorOf(connectionSpecId) ? 'plan' : 'other');
    }
    for (const { connectionSpecId } of newerCards)
      expect(upgradePlan(withDestination(newerPlan, { connectionSpecId }))).toEqual({
        kind: 'other',
        isNewer: true,
      });
    expect(upgradePlan(tutorialPlan)).toEqual({ kind: 'other', isNewer: false });
  });

  it('of any sound plan is sound and as the documents have it, or says why it is not', () => {
    let sound = 0;
    fc.assert(
      fc.property(
        soundPlan.filter(({ destination }) => successorOf(destination.connectionSpecId) !== undefined),
        (before) => {
          const upgrade = upgradePlan(before);
          if (upgrade.kind !== 'plan') throw new Error('no older card');
          const { plan, decisions } = upgrade;
          expect({ ...plan, destination: undefined }).toEqual({ ...before, destination: undefined });
          const reading = readPlan(JSON.stringify(plan));
          const open = decisions.filter(({ isOpen }) => isOpen);
          if (open.length > 0) return;
          sound++;
          expect(reading).toEqual({ kind: 'plan', plan });
          const undocumented = planFindings(plan, 0).filter(({ id }) =>
            /ndocumented|Missing$|unknownDest/.test(id),
          );
          expect(undocumented).toEqual([]);
        },
      ),
    );
    expect(sound).toBeGreaterThan(0);
  });

  it('is known for every example of an older card', () => {
    const older = readdirSync(examples)
      .map((name) => name.replace('.plan.json', ''))
      .filter((name) => upgradePlan(example(name)).kind === 'plan');
    expect(older.length).toBeGreaterThanOrEqual(6);
    for (const name of older) expect(upgraded(example(name)).told).toEqual(usual);
  });
});
