import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, newerCards } from '../../source/activation/spec/catalog.ts';
import { migratedCards, offerProblems } from '../../source/activation/spec/destinations.ts';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { documentedForms, formsOf } from '../../source/activation/spec/forms.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { planProblems } from '../../source/activation/plan/plan-rules.ts';
import { specProblems } from '../../source/activation/spec/spec-rules.ts';
import { locationModes } from '../../source/activation/spec/storage-location.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { english } from '../../source/locale/catalogs.ts';
import { soundPlan, tutorialPlan } from '../helpers/plans.ts';
import { some } from '../helpers/some.ts';

const nowMs = Date.parse('2021-12-19T12:00:00Z');
const idOf = (name: string): string => catalog.find((one) => one.name === name)?.connectionSpecId ?? '';
const secret = { $secret: 'env:SECRET' };

type Destination = Plan['destination'];
const to = (destination: Destination): Plan => ({ ...tutorialPlan, destination });
const text = { type: 'string' };
const password = { type: 'string', format: 'password' };
const sftpWithKey = {
  name: 'SFTP with SSH Key',
  spec: {
    properties: { domain: text, username: text, sshKey: { ...password, contentEncoding: 'base64' } },
    required: ['domain', 'username', 'sshKey'],
  },
};
const target = (properties: object, required: string[]) => ({
  targetSpec: { spec: { type: 'object', properties, required } },
});
const modes = (...names: string[]) => ({ mode: { type: 'string', enum: names } });

/** Specs that publish something else than the documentation has, and a plan for each. */
const published: [string, object, Destination][] = [
  [
    'a key on the SFTP card',
    {
      id: idOf('SFTP'),
      authSpec: [sftpWithKey],
      ...target({ ...modes('FTP'), remotePath: text }, ['mode', 'remotePath']),
    },
    {
      connectionSpecId: idOf('SFTP'),
      auth: { specName: 'SFTP with SSH Key', params: { domain: 'x.example', username: 'u', sshKey: secret } },
      location: { mode: 'FTP', remotePath: '/x' },
    },
  ],
  [
    'a role on the S3 card',
    {
      id: idOf('Amazon S3'),
      authSpec: [{ name: 'Assumed Role', spec: { properties: { s3Role: password }, required: ['s3Role'] } }],
    },
    {
      connectionSpecId: idOf('Amazon S3'),
      auth: { specName: 'Assumed Role', params: { s3Role: secret } },
      location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily' },
    },
  ],
  [
    'no host on the Campaign card',
    { id: idOf('Adobe Campaign'), authSpec: [sftpWithKey] },
    {
      connectionSpecId: idOf('Adobe Campaign'),
      auth: { specName: 'SFTP with SSH Key', params: { domain: 'x.example', username: 'u', sshKey: secret } },
      location: { mode: 'FTP', remotePath: '/x' },
    },
  ],
  [
    'a mode that nobody documented',
    {
      id: idOf('Adobe Campaign'),
      ...target({ ...modes('S3', 'GCS'), bucketName: text, prefix: text }, ['mode', 'bucketName']),
    },
    {
      connectionSpecId: idOf('Adobe Campaign'),
      auth: { specName: 'S3', params: { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: secret } },
      location: { mode: 'GCS', bucketName: 'crm-exports', prefix: 'daily' },
    },
  ],
  [
    'modes as named constants, and lists beside the fields',
    {
      id: idOf('Azure Blob'),
      ...target(
        {
          mode: { oneOf: [{ const: 'AZURE_BLOB_V2', title: 'Blob' }] },
          container: text,
          tags: { type: 'array', items: text },
          options: { type: 'object', properties: {} },
        },
        ['mode', 'container'],
      ),
    },
    {
      connectionSpecId: idOf('Azure Blob'),
      auth: { specName: 'ConnectionString', params: { connectionString: secret } },
      location: { mode: 'AZURE_BLOB_V2', container: 'exports', tags: ['a'], options: { x: { y: 1 } } },
    },
  ],
  [
    'a location without a mode',
    { id: idOf('Oracle Eloqua'), ...target({ remotePath: text }, ['remotePath']) },
    {
      connectionSpecId: idOf('Oracle Eloqua'),
      auth: {
        specName: 'SFTP with Password',
        params: { domain: 'x', host: 'x', username: 'u', password: secret },
      },
      location: { mode: 'FTP', remotePath: '/x' },
    },
  ],
  [
    'no sign-in at all',
    { id: idOf('Azure Blob'), authSpec: [] },
    {
      connectionSpecId: idOf('Azure Blob'),
      location: { mode: 'AZURE_BLOB', container: 'exports', path: 'x' },
    },
  ],
  [
    'params that it does not list, when it takes any',
    {
      id: idOf('SFTP'),
      authSpec: [
        { name: 'Any', spec: { properties: { host: text }, required: ['host'], additionalProperties: true } },
      ],
    },
    {
      connectionSpecId: idOf('SFTP'),
      auth: { specName: 'Any', params: { host: 'x', jump: 'y' } },
      location: { mode: 'FTP', remotePath: '/x' },
    },
  ],
  [
    'names that every object has',
    {
      id: '00000000-0000-4000-8000-00000000beef',
      authSpec: [
        {
          name: 'constructor',
          spec: {
            properties: { toString: text, valueOf: { type: 'integer' }, hasOwnProperty: text },
            required: ['toString', 'hasOwnProperty'],
          },
        },
      ],
      ...target({ constructor: text, isPrototypeOf: text }, ['constructor']),
    },
    {
      connectionSpecId: '00000000-0000-4000-8000-00000000beef',
      auth: { specName: 'constructor', params: { toString: 'a', hasOwnProperty: 'b' } as never },
      location: { constructor: 'x' } as never,
    },
  ],
];

const idsOf = (found: readonly { id: string; path: string }[]): string[] =>
  found.map(({ id, path }) => `${path} ${id}`);

describe('what the API publishes wins', () => {
  it.each(published)('%s', (_, spec, destination) => {
    const forms = formsOf(connectionSpec.parse({ name: 'x', ...spec }));
    const plan = to(destination);
    expect(idsOf(specProblems(plan, forms))).toEqual([]);
    expect(idsOf(planProblems(plan))).toEqual([]);
  });

  it.each(published)('%s: and refuses what is missing or strange there', (_, spec, destination) => {
    const forms = formsOf(connectionSpec.parse({ name: 'x', ...spec }));
    if (destination.auth) {
      const plan = to({ ...destination, auth: { specName: 'No such', params: {} } });
      expect(idsOf(specProblems(plan, forms))).toContain('$.destination.auth.specName auth.unknownSpec');
    }
    const bare = to({
      ...destination,
      location: destination.location.mode === undefined ? {} : { mode: destination.location.mode },
    });
    expect(specProblems(bare, forms).map(({ id }) => id)).toContain('location.missingParam');
  });

  it('and secrets by it, whatever they are called, but for the ARN of a role', () => {
    const clear = (name: string): string[] => {
      const authSpec = [{ name: 'Own', spec: { properties: { [name]: password }, required: [name] } }];
      const forms = formsOf(connectionSpec.parse({ name: 'x', id: idOf('Amazon S3'), authSpec }));
      const plan = to({
        connectionSpecId: idOf('Amazon S3'),
        auth: { specName: 'Own', params: { [name]: 'arn:aws:iam::123456789012:role/x' } },
        location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily' },
      });
      return idsOf(specProblems(plan, forms));
    };
    expect(clear('handle')).toEqual(['$.destination.auth.params.handle auth.secretInClear']);
    expect(clear('s3Role')).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['all', { vault: { key: 'a', size: 2 } }, []],
    [
      'a stranger below',
      { vault: { key: 'a', colour: 'b' } },
      ['$.destination.location.vault.colour location.unknownParam'],
    ],
    ['one missing below', { vault: {} }, ['$.destination.location.vault.key location.missingParam']],
    [
      'one of a wrong kind',
      { vault: { key: 'a', size: 'x' } },
      ['$.destination.location.vault.size field.notANumber'],
    ],
    [
      'an object for a text',
      { vault: { key: { a: 1 } } },
      ['$.destination.location.vault.key plan.wrongType'],
    ],
    ['a text for an object', { vault: 'a' }, ['$.destination.location.vault.key location.missingParam']],
    [
      'one that does not go with the others',
      { vault: { key: 'a' }, kind: 'RSA', curve: 'x' },
      ['$.destination.location.curve location.unknownParam'],
    ],
  ])('members of members: %s', (_, location, wanted) => {
    const conditional = { field: 'params.kind', operator: 'EQUALS', value: 'EC' };
    const vault = { type: 'object', properties: { key: text, size: { type: 'integer' } }, required: ['key'] };
    const spec = {
      id: '00000000-0000-4000-8000-00000000beef',
      ...target({ vault, kind: { enum: ['RSA', 'EC'] }, curve: { ...text, conditional } }, ['vault']),
    };
    const plan = to({ connectionSpecId: spec.id, location });
    expect(idsOf(specProblems(plan, formsOf(connectionSpec.parse({ name: 'x', ...spec }))))).toEqual(wanted);
  });

  it('an account that is used again has signed in already', () => {
    const destination = { ...tutorialPlan.destination, auth: undefined };
    const plan = to({ ...destination, baseConnectionId: '00000000-0000-4000-8000-000000000001' });
    const forms = documentedForms(destination.connectionSpecId);
    expect(forms && specProblems(plan, forms)).toEqual([]);
  });

  it('one entry that cannot be read does not take the others with it', () => {
    const spec = connectionSpec.parse({
      id: idOf('SFTP'),
      name: 'x',
      authSpec: [{ type: 'nameless' }, null, sftpWithKey],
    });
    expect(formsOf(spec).auth.map(({ specName }) => specName)).toEqual(['SFTP with SSH Key']);
  });

  it("what is not published is the documentation's", () => {
    for (const { connectionSpecId, modes: known, auth } of some(catalog)) {
      const forms = formsOf(connectionSpec.parse({ id: connectionSpecId, name: 'x' }));
      expect(forms).toEqual({
        ...{ auth, modes: known, encrypts: false },
        standsIn: { auth: true, location: true },
      });
      const nothing = connectionSpec.parse({ id: connectionSpecId, name: 'x', targetSpec: { spec: {} } });
      expect(locationModes(nothing)).toEqual(known);
      expect(known.length).toBeGreaterThan(0);
    }
  });

  it('a param that is published as optional is', () => {
    const spec = connectionSpec.parse({
      id: idOf('Amazon S3'),
      name: 'x',
      ...target({ ...modes('S3'), bucketName: text, path: text }, ['bucketName']),
    });
    expect(locationModes(spec)[0]?.fields.map(({ name, isRequired }) => [name, isRequired])).toEqual([
      ['bucketName', true],
      ['path', false],
    ]);
  });
});

describe('without a network', () => {
  type Bend = (destination: Destination) => Destination;
  const inAuth =
    (change: object): Bend =>
    (one) => ({
      ...one,
      auth: { specName: 'S3', ...one.auth, params: { ...one.auth?.params, ...change } } as never,
    });
  const inLocation =
    (change: object): Bend =>
    (one) => ({
      ...one,
      location: JSON.parse(JSON.stringify({ ...one.location, ...change })) as Destination['location'],
    });

  it.each<[string, Bend, string]>([
    [
      'a param of another sign-in',
      inAuth({ host: 'x' }),
      '$.destination.auth.params.host finding.paramUndocumented',
    ],
    [
      'a missing secret',
      (one) => ({ ...one, auth: { specName: 'S3', params: { accessId: 'x' } } }),
      '$.destination.auth.params.secretKey finding.paramMissing',
    ],
    [
      'a sign-in of another card',
      (one) => ({ ...one, auth: { specName: 'Access Key', params: {} } }),
      '$.destination.auth.specName finding.signInUndocumented',
    ],
    ['no sign-in', (one) => ({ ...one, auth: undefined }), '$.destination.auth finding.signInMissing'],
    [
      'a mode of another card',
      inLocation({ mode: 'SFTP' }),
      '$.destination.location.mode finding.modeUndocumented',
    ],
    ['no mode', inLocation({ mode: undefined }), '$.destination.location.mode finding.modeMissing'],
    [
      'no bucket',
      inLocation({ bucketName: undefined }),
      '$.destination.location.bucketName finding.paramMissing',
    ],
    [
      'a bucket in capitals',
      inLocation({ bucketName: 'CRM' }),
      '$.destination.location.bucketName finding.formUndocumented',
    ],
    [
      'a param of another mode',
      inLocation({ remotePath: '/x' }),
      '$.destination.location.remotePath finding.paramUndocumented',
    ],
  ])('%s is told, and no problem', (_, bend, wanted) => {
    const plan = to(bend(tutorialPlan.destination));
    expect(planProblems(plan)).toEqual([]);
    const found = planFindings(plan, nowMs);
    expect(idsOf(found)).toContain(wanted);
    for (const { id, values } of some(found)) expect(english(id, values)).not.toMatch(/[{}]/);
  });

  it('a plan as the documentation has it differs in nothing', () => {
    fc.assert(
      fc.property(soundPlan, (plan) => {
        const told = planFindings(plan, nowMs).map(({ id }) => id);
        expect(told.filter((id) => /ndocumented|Missing$/.test(id))).toEqual([]);
      }),
    );
  });
});

describe('an organisation without the card of a plan', () => {
  const all = [...catalog, ...newerCards].map(({ connectionSpecId }) => ({ id: connectionSpecId }));
  const without = (...ids: string[]) => all.filter(({ id }) => !ids.includes(id));

  it.each(
    newerCards.flatMap(({ replaces, ...card }) =>
      replaces === undefined ? [] : [[card.name, replaces, card] as const],
    ),
  )('was migrated: %s', (_, replaces, { name, connectionSpecId }) => {
    const plan = to({ ...tutorialPlan.destination, connectionSpecId: replaces.toUpperCase() });
    expect(offerProblems(plan, all)).toEqual([]);
    const [problem] = offerProblems(plan, without(replaces));
    expect(problem).toMatchObject({
      id: 'destination.migrated',
      values: { newer: name, newerId: connectionSpecId },
    });
    expect(english('destination.migrated', problem?.values ?? {})).toContain(connectionSpecId);
    expect(migratedCards(without(replaces)).map(({ newer }) => newer.name)).toEqual([name]);
    // Without the newer card nothing can be said but that it is not there.
    expect(offerProblems(plan, without(replaces, connectionSpecId))).toMatchObject([
      { id: 'destination.notOffered' },
    ]);
  });

  it('has another card of a name that nobody migrated', () => {
    expect(offerProblems(tutorialPlan, without(tutorialPlan.destination.connectionSpecId))).toMatchObject([
      { id: 'destination.notOffered' },
    ]);
    expect(migratedCards(without(tutorialPlan.destination.connectionSpecId))).toEqual([]);
  });
});
