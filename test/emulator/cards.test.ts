import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { type Answer, type Ask, asked, type Json, readOne } from '../helpers/asked.ts';
import { contractCards, type ContractCard, otherAccounts } from '../helpers/contract-cards.ts';

// The storage cards of today with the bodies of the contract, sent as they stand there. Nothing of the product.

const cardOf = (name: string): ContractCard => {
  const found = contractCards.find((card) => card.name === name);
  if (!found) throw new TypeError(name);
  return found;
};
const s3 = cardOf('Amazon S3');
const blob = cardOf('Azure Blob Storage');
const sftp = cardOf('SFTP');
const zone = cardOf('Data Landing Zone');
const spec = (id: string): Json => ({ id, version: '1.0' });

/** The text of a member of a body. */
const memberOf = (body: string, name: string): string =>
  JSON.stringify((JSON.parse(body) as Json)[name] ?? null);

async function idOf(ask: Ask, at: string, body: unknown): Promise<string> {
  const { status, body: made } = await ask('POST', at, body);
  expect([at, status, Object.keys(made)]).toEqual([at, 201, ['id', 'etag']]);
  return String(made['id']);
}

const accountOf = (ask: Ask, card: ContractCard): Promise<string> => idOf(ask, '/connections', card.account);

/** A target connection with other params than the contract's; `undefined` leaves one out. */
async function targetWith(ask: Ask, card: ContractCard, more: Json): Promise<Answer> {
  const sent = JSON.parse(card.target.replace('<B>', await accountOf(ask, card))) as Json;
  return ask('POST', '/targetConnections', { ...sent, params: { ...(sent['params'] as Json), ...more } });
}

const targetOf = async (ask: Ask, card: ContractCard): Promise<string> =>
  idOf(ask, '/targetConnections', card.target.replace('<B>', await accountOf(ask, card)));

/** The body of section 5.1. */
async function flowOf(ask: Ask, card: ContractCard, transformations?: string): Promise<Answer> {
  const source = await idOf(
    ask,
    '/sourceConnections',
    `{"name":"in","connectionSpec":{"id":"8a9c3494-9708-43d7-ae3f-cda01e5030e1","version":"1.0"}}`,
  );
  const target = await targetOf(ask, card);
  const empty =
    '[{"name":"GeneralTransform","params":{"mandatoryFields":[],"primaryFields":[],"profileMapping":{},"segmentSelectors":{"selectors":[]}}}]';
  return ask(
    'POST',
    '/flows',
    `{"name":"Gold customers to S3","flowSpec":{"id":"${card.flowSpecId}","version":"1.0"},"sourceConnectionIds":["${source}"],"targetConnectionIds":["${target}"],"transformations":${transformations ?? empty}}`,
  );
}

const conversion = '/data/foundation/conversion';

/** Mappings as section 5.2 has them, without its second identity. */
const attributes = [
  { sourceType: 'ATTRIBUTE', source: 'person.name.firstName', destination: 'firstName' },
  { sourceType: 'ATTRIBUTE', source: 'personalEmail.address', destination: 'personalEmail_address' },
  { sourceType: 'ATTRIBUTE', source: 'identityMap.Email', destination: 'Email' },
];
async function setOf(ask: Ask, mappings: readonly Json[] = attributes): Promise<string> {
  const union = await ask('GET', '/data/core/ups/config/entityTypes/_xdm.context.profile');
  const schema = async (jsonSchema: unknown): Promise<Json> => {
    const { body } = await ask('POST', `${conversion}/schemas`, { name: 'x', jsonSchema });
    return { id: body['id'] };
  };
  const { status, body } = await ask('POST', `${conversion}/mappingSets`, {
    inputSchema: await schema(union.body),
    outputSchema: await schema({ type: 'object', properties: {} }),
    xdmVersion: '1.0',
    mappings,
  });
  expect(status).toBe(200);
  return String(body['id']);
}

const params0 = '/transformations/0/params';
const add = (name: string, value: unknown): Json => ({ op: 'add', path: `${params0}/${name}`, value });
const mapping = (mappingId: unknown, mappingVersion: unknown = 0): Json =>
  add('profileMapping', { mappingId, mappingVersion });
const segment = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
const selector = (schedule: Json = {}, more: Json = {}): Json =>
  add('segmentSelectors/selectors/-', {
    type: 'PLATFORM_SEGMENT',
    value: {
      id: segment,
      name: 'Gold',
      filenameTemplate: '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: {
        frequency: 'DAILY',
        triggerType: 'SCHEDULED',
        startDate: '2036-12-01',
        endDate: '2037-03-01',
        startTime: '20:00',
        ...schedule,
      },
      ...more,
    },
  });

/** A dataflow, and a way to change it and to wait until the change is seen. */
async function live(
  card: ContractCard,
  options: EmulatorOptions = {},
): Promise<{
  ask: Ask;
  at: string;
  patch: (ops: readonly Json[]) => Promise<Answer>;
  params(): Promise<Json>;
}> {
  const { ask } = await asked(options);
  const { status, body } = await flowOf(ask, card);
  expect(status).toBe(201);
  const at = `/flows/${String(body['id'])}`;
  const flow = (): Promise<Json> => readOne(ask, at);
  return {
    ask,
    at,
    async patch(ops) {
      return ask('PATCH', at, ops, { 'if-match': String((await flow())['etag']) });
    },
    async params() {
      let read = await flow();
      await expect
        .poll(async () => ((read = await flow())['lastOperation'] as Json | undefined)?.['percentCompleted'])
        .toBe(100);
      return (read['transformations'] as [{ params: Json }])[0].params;
    },
  };
}

describe.each(contractCards)('$name', (card) => {
  it('is published with its name, its sign-ins and its places', async () => {
    const { ask } = await asked();
    const read = await readOne(ask, `/connectionSpecs/${card.id}`);
    expect(read).toMatchObject({
      name: card.name,
      version: '1.0',
      providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
    });
    const { targetSpec, authSpec } = read as {
      targetSpec: { spec: { properties: Json; required: string[] }; attributes: Json };
      authSpec: { name: string; spec: { required: string[] } }[];
    };
    const { params } = JSON.parse(card.target) as { params: Json };
    for (const name of Object.keys(params).filter((one) => !['mode', 'includeFileManifest'].includes(one)))
      expect(targetSpec.spec.properties).toHaveProperty(name);
    expect(targetSpec.spec.required.slice(-3)).toEqual(['datasetFileType', 'compression', 'fileType']);
    expect(targetSpec.attributes).toMatchObject({
      partnerSchema: {
        jsonSchema: {
          title: 'defaultschema',
          properties: { attributes: {}, identityMap: {}, segmentMembership: {} },
        },
      },
    });
    const { auth } = JSON.parse(card.account) as { auth?: { specName: string; params: Json } };
    const signIn = authSpec.find(({ name }) => name === auth?.specName);
    expect(signIn?.spec.required.toSorted()).toEqual(auth && Object.keys(auth.params).toSorted());
  });

  it('takes the base connection of the contract and reads it back with the day of the sign-in', async () => {
    const { ask } = await asked({ maskSecrets: false });
    const read = await readOne(ask, `/connections/${await accountOf(ask, card)}`);
    const auth = memberOf(card.account, 'auth');
    if (card === zone) expect(read).not.toHaveProperty('auth');
    else expect(JSON.stringify(read['auth']).replace(/,"authorizedDate":"\d{4}-\d\d-\d\d"/, '')).toBe(auth);
    expect(JSON.stringify(read['connectionSpec'])).toBe(memberOf(card.account, 'connectionSpec'));
  });

  it('takes the target connection of the contract and reads it back as it was sent', async () => {
    const { ask } = await asked({ strictCards: true });
    const read = await readOne(ask, `/targetConnections/${await targetOf(ask, card)}`);
    expect(JSON.stringify(read['params'])).toBe(memberOf(card.target, 'params'));
    expect(read).not.toHaveProperty('data');
    expect(read['inheritedAttributes']).toEqual({
      baseConnection: { id: read['baseConnectionId'], connectionSpec: spec(card.id) },
    });
  });

  it('refuses a target that lacks one of its params', async () => {
    const { ask } = await asked({ strictCards: true });
    const { params } = JSON.parse(card.target) as { params: Json };
    const needed = Object.keys(params).filter(
      (name) => !['csvOptions', 'includeFileManifest'].includes(name),
    );
    for (const name of needed)
      expect([name, (await targetWith(ask, card, { [name]: undefined })).status]).toEqual([name, 400]);
    expect((await targetWith(ask, card, {})).status).toBe(201);
  });

  it('has a flow spec of its own beside that of datasets', async () => {
    const { ask } = await asked();
    const flowSpecs = (await ask('GET', '/flowSpecs')).body['items'] as Json[];
    const fitting = flowSpecs.filter((one) => (one['targetConnectionSpecIds'] as string[]).includes(card.id));
    expect(fitting.map((one) => [one['id'], (one['attributes'] as Json)['_workflow']])).toEqual([
      [card.flowSpecId, ['SEGMENTS']],
      [card.datasetFlowSpecId, ['DATASETS']],
    ]);
  });

  it('takes a dataflow as the contract makes one, or with no transformation at all', async () => {
    const { ask } = await asked();
    expect((await flowOf(ask, card)).status).toBe(201);
    expect((await flowOf(ask, card, '[]')).status).toBe(201);
  });
});

describe('base connections', () => {
  it.each(otherAccounts)('%s', async (_, body) => {
    const { ask } = await asked({ maskSecrets: false });
    const { auth } = await readOne(ask, `/connections/${await idOf(ask, '/connections', body)}`);
    expect(JSON.stringify(auth).replace(/,"authorizedDate":"\d{4}-\d\d-\d\d"/, '')).toBe(
      memberOf(body, 'auth'),
    );
  });

  it.each([...contractCards.map(({ name, account }) => [name, account] as const), ...otherAccounts])(
    '%s hides its secrets when it is read',
    async (_, body) => {
      const { ask } = await asked();
      const { auth } = await readOne(ask, `/connections/${await idOf(ask, '/connections', body)}`);
      const sent = (JSON.parse(body) as { auth?: { params: Json } }).auth?.params ?? {};
      const open = [
        's3AccessKey',
        'url',
        'tenant',
        'servicePrincipalId',
        'accessKeyId',
        'domain',
        'username',
      ];
      for (const [name, value] of Object.entries(sent))
        expect([name, (auth as { params: Json }).params[name]]).toEqual([
          name,
          open.includes(name) ? value : '****',
        ]);
    },
  );

  it.each<[string, ContractCard, string, Json, number]>([
    ['an access key of another form', s3, 'Access Key', { s3AccessKey: 'AKIA0189' }, 400],
    ['a secret key that is too short', s3, 'Access Key', { s3SecretKey: 'short' }, 400],
    ['no secret key', s3, 'Access Key', { s3SecretKey: undefined }, 400],
    ['the mask of a secret', s3, 'Access Key', { s3SecretKey: '****' }, 400],
    ['a host', sftp, 'SFTP with Password', { host: 'x' }, 400],
    ['an older sign-in', sftp, 'Basic Authentication for sftp', {}, 400],
    ['a port that is a text', sftp, 'SFTP with Password', { port: '2222' }, 201],
    ['a port that is a number', sftp, 'SFTP with Password', { port: 2222 }, 201],
    ['a port that is neither', sftp, 'SFTP with Password', { port: true }, 400],
    [
      'a key that is not base64',
      sftp,
      'SFTP with SSH Key',
      { password: undefined, sshKey: '-----BEGIN RSA PRIVATE KEY-----' },
      400,
    ],
    ['a sign-in where none is needed', zone, 'Access Key', {}, 400],
  ])('with %s', async (_, card, specName, more, wanted) => {
    const { ask } = await asked();
    const sent = JSON.parse(card.account) as Json & { auth?: { params: Json } };
    const params = { ...sent.auth?.params, ...more };
    const { status } = await ask('POST', '/connections', { ...sent, auth: { specName, params } });
    expect(status).toBe(wanted);
  });

  it('of the landing zone say which spec they are of, unless that was switched off', async () => {
    const bare = '{"name":"DLZ"}';
    const { ask } = await asked();
    expect((await ask('POST', '/connections', bare)).status).toBe(422);
    const { ask: askLenient } = await asked({ acceptBareLandingZone: true });
    const read = await readOne(askLenient, `/connections/${await idOf(askLenient, '/connections', bare)}`);
    expect(read['connectionSpec']).toEqual(spec(zone.id));
    const { ask: askLegacy } = await asked({ acceptBareLandingZone: true, organisation: 'legacy' });
    expect((await askLegacy('POST', '/connections', bare)).status).toBe(400);
  });
});

describe('encryption', () => {
  const published = {
    specName: 'Encryption spec',
    params: { encryptionAlgo: 'PGPGPG', publicKey: 'LS0tLQ==' },
  };
  const migrated = {
    specName: 'File Encryption',
    params: { encryptionAlgo: 'PGP/GPG', publicKey: 'LS0tLQ==' },
  };
  const create = async (ask: Ask, card: ContractCard, more: Json): Promise<Answer> =>
    ask('POST', '/connections', { ...(JSON.parse(card.account) as Json), ...more });
  async function readBack(options: EmulatorOptions, more: Json): Promise<unknown> {
    const { ask } = await asked(options);
    const { body } = await create(ask, s3, more);
    return (await readOne(ask, `/connections/${String(body['id'])}`))['encryption'];
  }

  it('is taken by either member and read back as one', async () => {
    expect(await readBack({}, { encryption: migrated })).toEqual(migrated);
    expect(await readBack({}, { encryptionSpecs: published })).toEqual(published);
    expect(await readBack({}, {})).toBeUndefined();
  });

  it.each<[NonNullable<EmulatorOptions['encryptionMember']>, boolean[]]>([
    ['encryption', [true, false]],
    ['encryptionSpecs', [false, true]],
    ['none', [false, false]],
  ])('is ignored without a word where only %s is taken', async (encryptionMember, wanted) => {
    const seen = [
      await readBack({ encryptionMember }, { encryption: published }),
      await readBack({ encryptionMember }, { encryptionSpecs: published }),
    ];
    expect(seen.map((one) => one !== undefined)).toEqual(wanted);
  });

  it.each<[string, ContractCard, Json]>([
    ['the landing zone', zone, published],
    ['a key that is not base64', s3, { ...published, params: { ...published.params, publicKey: '---' } }],
    ['no key', s3, { ...published, params: { encryptionAlgo: 'PGPGPG' } }],
    [
      'an algorithm that is none',
      s3,
      { ...published, params: { ...published.params, encryptionAlgo: 'AES' } },
    ],
    ['no spec name', s3, { params: published.params }],
  ])('is refused for %s', async (_, card, encryption) => {
    const { ask } = await asked();
    expect((await create(ask, card, { encryption })).status).toBe(400);
    expect((await create(ask, card, {})).status).toBe(201);
  });
});

describe('target connections', () => {
  const csvOptions = { delimiter: '\t', quote: '', escape: "'", nullValue: '""', emptyValue: 'null' };

  it.each<[string, ContractCard, Json, number, number]>([
    ['no mode', s3, { mode: undefined }, 201, 400],
    ['the mode of migrated servers', sftp, { mode: 'FTP' }, 201, 201],
    ['an older mode', s3, { mode: 'S3' }, 400, 400],
    ['an older format', s3, { format: 'CSV' }, 400, 400],
    ['every other option of CSV', s3, { csvOptions }, 201, 201],
    ['no option of CSV', s3, { csvOptions: undefined }, 201, 201],
    ['an option that nobody knows', s3, { csvOptions: { ...csvOptions, encoding: 'x' } }, 400, 400],
    ['a delimiter by its name', s3, { csvOptions: { ...csvOptions, delimiter: String.raw`\t` } }, 400, 400],
    ['options of CSV with JSON', s3, { fileType: 'JSON', csvOptions }, 201, 400],
    ['both sorts of files', s3, { datasetFileType: 'JSON' }, 201, 201],
    [
      'files of datasets',
      s3,
      { fileType: undefined, csvOptions: undefined, datasetFileType: 'JSON' },
      201,
      201,
    ],
    ['CSV of datasets', s3, { datasetFileType: 'CSV' }, 400, 400],
    ['a sort of files that nobody knows', s3, { fileType: 'XML' }, 400, 400],
    ['a compression that nobody knows', s3, { compression: 'ZIP' }, 400, 400],
    ['a manifest that is no answer', s3, { includeFileManifest: 'yes' }, 400, 400],
    ['a bucket in capitals', s3, { bucketName: 'Acme' }, 400, 400],
    ['a bucket of Google in its name', cardOf('Google Cloud Storage'), { bucketName: 'my-g00gle' }, 400, 400],
    ['a bucket with an underscore', cardOf('Google Cloud Storage'), { bucketName: 'acme_exports' }, 201, 201],
    ['a container with two dashes', blob, { container: 'a--b' }, 400, 400],
    ['macros at the end of a path', s3, { path: 'daily/%SEGMENT_NAME%/%SEGMENT_ID%/' }, 201, 201],
    ['a macro before the end', s3, { path: '%SEGMENT_NAME%/daily' }, 400, 400],
    ['a macro that no path has', s3, { path: 'daily/%DATETIME%' }, 400, 400],
    ['a path with a blank', s3, { path: 'my files' }, 400, 400],
    ['a path that is too long to be matched', s3, { path: `${'/'.repeat(5000)}%` }, 400, 400],
    ['a macro on Blob', blob, { path: 'daily/%SEGMENT_ID%' }, 400, 400],
    ['a macro on a server', sftp, { remotePath: '/in/%SEGMENT_ID%' }, 201, 201],
    ['a macro in the landing zone', zone, { path: '%SEGMENT_ID%' }, 201, 201],
    ['a bucket on a server', sftp, { bucketName: 'acme' }, 400, 400],
  ])('with %s', async (_, card, more, lenient, strict) => {
    const answers = [];
    for (const strictCards of [false, true]) {
      const { ask } = await asked({ strictCards });
      answers.push((await targetWith(ask, card, more)).status);
    }
    expect(answers).toEqual([lenient, strict]);
  });

  it('get a manifest later, by a patch of that one member', async () => {
    const { ask } = await asked();
    const at = `/targetConnections/${await targetOf(ask, blob)}`;
    const { etag, params } = await readOne(ask, at);
    const manifest = [{ op: 'add', path: '/params/includeFileManifest', value: true }];
    expect((await ask('PATCH', at, manifest, { 'if-match': String(etag) })).status).toBe(200);
    expect((await readOne(ask, at))['params']).toEqual({ ...(params as Json), includeFileManifest: true });
  });
});

describe('dataflows', () => {
  it('read back what the contract patches in, with what the service adds', async () => {
    const { ask, patch, params } = await live(s3);
    const mappingId = await setOf(ask);
    const { status } = await patch([
      selector(),
      { ...mapping(mappingId), op: 'ADD' },
      add('mandatoryFields', ['Email']),
      add('primaryFields', [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }]),
    ]);
    expect(status).toBe(202);
    const read = await params();
    expect(Object.keys(read)).toEqual([
      'mandatoryFields',
      'primaryFields',
      'profileMapping',
      'segmentSelectors',
    ]);
    const time = expect.stringMatching(/^\d{10}$/) as string;
    expect(read).toEqual({
      mandatoryFields: ['Email'],
      primaryFields: [{ identityNamespace: 'Email', fieldType: 'IDENTITY' }],
      profileMapping: { mappingId, mappingVersion: 0 },
      segmentSelectors: {
        selectors: [
          {
            type: 'PLATFORM_SEGMENT',
            value: {
              id: segment,
              name: 'Gold',
              description: '',
              filenameTemplate: '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
              exportMode: 'DAILY_FULL_EXPORT',
              schedule: {
                frequency: 'DAILY',
                triggerType: 'SCHEDULED',
                startDate: '2036-12-01',
                endDate: '2037-03-01',
                startTime: '20:00',
              },
              createTime: time,
              updateTime: time,
            },
          },
        ],
      },
    });
  });

  it('keep an audience from outside, which has two ids, with its enrichment', async () => {
    const { patch, params } = await live(s3);
    const more = {
      id: 'ext-77',
      systemSegmentId: segment,
      namespace: 'aamSegments',
      enrichmentInfo: { enabled: true, sourceType: 'AUDIENCE_DATASET', mappingSet: { id: 'x', version: 0 } },
    };
    expect((await patch([selector({}, { ...more, systemSegmentId: 'nobody' })])).status).toBe(400);
    expect((await patch([selector({}, more)])).status).toBe(202);
    expect(JSON.stringify(await params())).toContain(
      '"systemSegmentId":"9f7d37fd-7039-4454-94ef-2b0cd6c3206a","namespace":"aamSegments","enrichmentInfo":{"enabled":true',
    );
  });

  it('stay at the version of the set that they name', async () => {
    const { ask, patch, params } = await live(s3);
    const id = await setOf(ask);
    expect((await patch([mapping(id)])).status).toBe(202);
    const at = `${conversion}/mappingSets/${id}`;
    const { body: first } = await ask('GET', `${at}?version=0`);
    const { outputSchema } = first;
    expect((await ask('PUT', at, { outputSchema, mappings: attributes.slice(0, 1) })).status).toBe(200);
    expect((await params())['profileMapping']).toEqual({ mappingId: id, mappingVersion: 0 });
    expect((await patch([mapping(id, 2)])).status).toBe(400);
    expect((await patch([mapping(id, 1)])).status).toBe(202);
  });

  it('keep their set from going', async () => {
    const { ask, at, patch, params } = await live(s3);
    const id = await setOf(ask);
    await patch([mapping(id)]);
    expect((await params())['profileMapping']).toEqual({ mappingId: id, mappingVersion: 0 });
    expect((await ask('DELETE', `${conversion}/mappingSets/${id}`)).status).toBe(400);
    await ask('DELETE', at);
    expect((await ask('DELETE', `${conversion}/mappingSets/${id}`)).status).toBe(204);
  });

  it.each<[string, (id: string) => Json[], number]>([
    ['a set without a version', (mappingId) => [add('profileMapping', { mappingId })], 400],
    ['a version without a set', () => [add('profileMapping', { mappingVersion: 0 })], 400],
    ['a version that is a text', (id) => [mapping(id, '0')], 400],
    ['an unknown set', () => [mapping('f'.repeat(32))], 400],
    ['an unknown version', (id) => [mapping(id, 1)], 400],
    ['no set yet', () => [add('profileMapping', {})], 202],
    ['profile selectors', () => [add('profileSelectors', { selectors: [] })], 400],
    ['mandatory fields that are no texts', () => [add('mandatoryFields', [{}])], 400],
    ['a key of a kind that is none', () => [add('primaryFields', [{ fieldType: 'COLUMN' }])], 400],
    [
      'two identities as keys',
      () => [
        add(
          'primaryFields',
          ['Email', 'ECID'].map((one) => ({ fieldType: 'IDENTITY', identityNamespace: one })),
        ),
      ],
      400,
    ],
    [
      'keys of both kinds',
      () => [
        add('primaryFields', [
          { fieldType: 'IDENTITY', identityNamespace: 'Email' },
          { fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' },
        ]),
      ],
      400,
    ],
  ])('are patched with %s', async (_, ops, wanted) => {
    const { ask, patch } = await live(s3);
    expect((await patch(ops(await setOf(ask)))).status).toBe(wanted);
  });

  it('name what is not known where the platform does not look', async () => {
    const { patch, params } = await live(s3, { acceptUnknownMapping: true });
    expect((await patch([mapping('f'.repeat(32), 7)])).status).toBe(202);
    expect((await params())['profileMapping']).toEqual({ mappingId: 'f'.repeat(32), mappingVersion: 7 });
  });

  it('have one identity', async () => {
    const { ask, patch } = await live(s3);
    const second = {
      sourceType: 'ATTRIBUTE',
      source: 'identityMap.Phone_E//.164',
      destination: 'Phone_E_164',
    };
    expect((await patch([mapping(await setOf(ask, [...attributes, second]))])).status).toBe(400);
    expect((await patch([mapping(await setOf(ask, [second]))])).status).toBe(202);
  });

  it.each<[string, Json, number]>([
    ['an attribute that is no column', add('mandatoryFields', ['person.name.lastName']), 400],
    ['a column by its name', add('mandatoryFields', ['firstName']), 400],
    ['an attribute', add('mandatoryFields', ['person.name.firstName']), 202],
    ['a namespace with a dot', add('mandatoryFields', ['Phone_E.164']), 202],
    ['a key', add('primaryFields', [{ fieldType: 'IDENTITY', identityNamespace: 'Phone_E.164' }]), 202],
    [
      'a key that is no column',
      add('primaryFields', [{ fieldType: 'IDENTITY', identityNamespace: 'ECID' }]),
      400,
    ],
  ])('have their keys among the sources, where that is strict: %s', async (_, op, strict) => {
    const mappings = [
      { sourceType: 'ATTRIBUTE', source: 'person.name.firstName', destination: 'firstName' },
      { sourceType: 'ATTRIBUTE', source: 'identityMap.Phone_E//.164', destination: 'Phone_E_164' },
    ];
    const lenient = await live(s3);
    expect((await lenient.patch([mapping(await setOf(lenient.ask, mappings)), op])).status).toBe(202);
    const exact = await live(s3, { strictCards: true });
    const declared = { type: 'object', properties: { firstName: {}, Phone_E_164: {} } };
    const schema = await exact.ask('POST', `${conversion}/schemas`, { name: 'out', jsonSchema: declared });
    const outputSchema = { id: schema.body['id'] };
    const made = await exact.ask('POST', `${conversion}/mappingSets`, { outputSchema, mappings });
    expect((await exact.patch([mapping(made.body['id']), op])).status).toBe(strict);
  });

  it.each<[string, Json, Json, readonly ContractCard[]]>([
    ['weekly', { frequency: 'WEEKLY' }, {}, contractCards.filter(({ name }) => !name.includes('Lake'))],
    ['monthly', { frequency: 'MONTHLY' }, {}, contractCards.filter(({ name }) => !name.includes('Lake'))],
    ['weekly in increments', { frequency: 'WEEKLY' }, { exportMode: 'FIRST_FULL_THEN_INCREMENTAL' }, []],
    [
      'monthly after the evaluation',
      { frequency: 'MONTHLY', triggerType: 'AFTER_SEGMENT_EVAL', startTime: undefined },
      {},
      [],
    ],
    ['yearly', { frequency: 'YEARLY' }, {}, []],
    ['daily', {}, {}, contractCards],
  ])('export %s where a card does', async (_, schedule, more, wanted) => {
    const taken = [];
    for (const card of contractCards) {
      const { patch } = await live(card);
      if ((await patch([selector(schedule, more)])).status === 202) taken.push(card);
    }
    expect(taken).toEqual(wanted);
  });

  it.each([
    ['%DESTINATION%', 202],
    ['%DESTINATION_NAME%_%SEGMENT_NAME%', 202],
    ['%DESTINATION_INSTANCE_ID%_%DESTINATION_INSTANCE_NAME%_%ORGANIZATION_NAME%_%SANDBOX_NAME%', 202],
    ['only-text', 202],
    ['%MERGE_POLICY_ID%', 400],
    ['%TIMESTAMP%_%DATETIME(YYYYMMdd_HHmmss)%', 400],
  ])('call their files %s', async (filenameTemplate, wanted) => {
    const { patch } = await live(s3);
    expect((await patch([selector({}, { filenameTemplate })])).status).toBe(wanted);
  });

  it('fail in every run until they have columns', async () => {
    const clock = { ms: Date.UTC(2036, 11, 1) };
    const { ask, at, patch, params } = await live(s3, { now: () => clock.ms, runFaults: ['*=none'] });
    await patch([selector()]);
    await params();
    const nextDay = (): void => {
      clock.ms += 86_400_000;
    };
    const states = async (): Promise<unknown[]> => {
      const { body } = await ask('GET', `/runs?property=flowId==${at.slice('/flows/'.length)}`);
      return (body['items'] as { metrics: { statusSummary: Json } }[]).map(
        ({ metrics }) => metrics.statusSummary['status'],
      );
    };
    nextDay();
    expect(await states()).toEqual(['failed']);
    await patch([mapping(await setOf(ask))]);
    await expect.poll(async () => JSON.stringify(await params())).toContain('mappingId');
    nextDay();
    expect(await states()).toEqual(['success', 'failed']);
  });

  it('may lose their columns without a word', async () => {
    const { ask, patch, params } = await live(s3, { silentlyDropAttributes: true });
    expect((await patch([mapping(await setOf(ask))])).status).toBe(202);
    expect((await params())['profileMapping']).toEqual({});
  });
});

describe('dataflows of datasets', () => {
  const source = (params: Json): Json => ({
    name: 'in',
    connectionSpec: spec('23598e46-f560-407b-88d5-ea6207e49db0'),
    params,
  });
  const datasets = [{ dataSetId: '5e0d2d9f1b0e4a1b2c3d4e5f', name: 'Orders' }];

  it('keep their schedule as it was sent, and say little of their source', async () => {
    const { ask } = await asked();
    expect((await ask('POST', '/sourceConnections', source({}))).status).toBe(400);
    const sourceId = await idOf(ask, '/sourceConnections', source({ datasets }));
    expect(await readOne(ask, `/sourceConnections/${sourceId}`)).toMatchObject({
      baseConnectionId: expect.any(String) as string,
      params: { datasets },
    });
    const { body } = await targetWith(ask, s3, {
      fileType: undefined,
      csvOptions: undefined,
      datasetFileType: 'PARQUET',
    });
    const flow = (scheduleParams: unknown, flowSpecId = s3.datasetFlowSpecId): Json => ({
      name: 'Orders',
      flowSpec: spec(flowSpecId),
      sourceConnectionIds: [sourceId],
      targetConnectionIds: [body['id']],
      transformations: [],
      scheduleParams,
    });
    const scheduleParams = {
      exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
      timeUnit: 'hour',
      interval: 3,
      startTime: 1668474000,
      foldernameTemplate: '%DESTINATION%_%DATASET_ID%',
      folderNameTemplate: '%DATASET_ID%',
    };
    const read = await readOne(ask, `/flows/${await idOf(ask, '/flows', flow(scheduleParams))}`);
    expect(read['scheduleParams']).toEqual(scheduleParams);
    const { sourceConnections } = read['inheritedAttributes'] as { sourceConnections: Json[] };
    expect(sourceConnections.map(Object.keys)).toEqual([['id', 'connectionSpec']]);
    for (const wrong of [
      { interval: 8 },
      { timeUnit: 'week' },
      { exportMode: 'DAILY' },
      { startTime: '2036' },
      1,
    ])
      expect((await ask('POST', '/flows', flow(wrong))).status).toBe(400);
    expect((await ask('POST', '/flows', flow(scheduleParams, s3.flowSpecId))).status).toBe(400);
    expect((await ask('POST', '/flows', flow(undefined))).status).toBe(201);
  });
});

describe('dataflows of an organisation that was migrated', () => {
  it('have a mapping set each, read as they name it, and can be changed', async () => {
    const { ask } = await asked({ organisation: 'migrated', flows: 8 });
    const { body } = await ask('GET', '/flows?limit=100');
    const cards = [];
    for (const flow of body['items'] as Json[]) {
      const [{ params }] = flow['transformations'] as [{ params: Json }];
      const { targetConnections } = flow['inheritedAttributes'] as {
        targetConnections: [{ id: string; connectionSpec: { id: string } }];
      };
      const [{ id: targetId, connectionSpec }] = targetConnections;
      const card = contractCards.find(({ id }) => id === connectionSpec.id);
      cards.push(card?.name ?? connectionSpec.id);
      if (!card) continue;
      expect(flow['flowSpec']).toEqual(spec(card.flowSpecId));
      expect(params).toMatchObject({ identityMapping: { mappings: [] }, attributeMapping: {} });
      expect(params).not.toHaveProperty('profileSelectors');
      const { mappingId, mappingVersion } = params['profileMapping'] as Json;
      const set = await ask(
        'GET',
        `${conversion}/mappingSets/${String(mappingId)}?version=${String(mappingVersion)}`,
      );
      expect(set.body['mappings']).toHaveLength(4);
      expect(await readOne(ask, `/targetConnections/${targetId}`)).toMatchObject({
        data: { format: 'CSV', schema: null, properties: null },
        params: { fileType: 'CSV', compression: 'NONE' },
      });
      const renamed = [{ op: 'replace', path: '/name', value: 'x' }];
      const ifMatch = { 'if-match': String(flow['etag']) };
      expect((await ask('PATCH', `/flows/${String(flow['id'])}`, renamed, ifMatch)).status).toBe(202);
    }
    expect(new Set(cards)).toEqual(new Set(['Amazon S3', 'SFTP', '0b23e41a-cb4a-4321-a78f-3b654f5d7d97']));
  });
});
