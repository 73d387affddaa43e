import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';

// What real clients send, from the tutorial, the published samples and the Python client. Nothing of the product.

const base = '/data/foundation/flowservice';
const headers = {
  authorization: 'Bearer token',
  'x-api-key': 'key',
  'x-gw-ims-org-id': '5555467B5D8013E50A494220@AdobeOrg',
  'x-sandbox-name': 'dev',
};
type Json = Record<string, unknown>;
interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}
type Ask = (method: string, at: string, body?: unknown, more?: Record<string, string>) => Promise<Answer>;

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(options: EmulatorOptions = {}): Promise<Ask> {
  const emulator = await startEmulator({ segments: 20, patchDelayMs: 5, touchDelayMs: false, ...options });
  running.push(emulator);
  return async (method, at, body, more = {}) => {
    const answer = await fetch(`${emulator.url}${/^\/(data|ims)/.test(at) ? at : base + at}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Json,
    };
  };
}

const store = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';
const campaign = '0b23e41a-cb4a-4321-a78f-3b654f5d7d97';
const older = {
  s3: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
  blob: 'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
  sftp: '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
};
const newer = {
  s3: '4fce964d-3f37-408f-9778-e597338a21ee',
  blob: '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
  sftp: '36965a81-b1c6-401b-99f8-22508f1e6a26',
  adls: 'be2c3209-53bc-47e7-ab25-145db8b873e1',
  gcs: 'c5d93acb-ea8b-4b14-8f53-02138444ae99',
  dlz: '10440537-2a7b-4583-ac39-ed38d4b848e8',
};
const sharedFlowSpec = '71471eba-b620-49e4-90fd-23f1fa0174d8';
const spec = (id: string) => ({ id, version: '1.0' });
const auth = (specName: string, params: object) => ({ auth: { specName, params } });
const s3Key = auth('Access Key', { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE', s3SecretKey: 'A'.repeat(40) });

async function make(ask: Ask, at: string, body: object): Promise<{ id: string; etag: string }> {
  const { status, body: made } = await ask('POST', at, { name: 'x', ...body });
  expect([at, status, made]).toEqual([
    at,
    201,
    expect.objectContaining({ id: expect.any(String) as string }),
  ]);
  return made as { id: string; etag: string };
}

const account = (ask: Ask, id: string, signIn: object) =>
  make(ask, '/connections', { connectionSpec: spec(id), ...signIn });

async function target(ask: Ask, id: string, signIn: object, params: object): Promise<Answer> {
  const { id: baseConnectionId } = await account(ask, id, signIn);
  return ask('POST', '/targetConnections', {
    name: 'x',
    baseConnectionId,
    connectionSpec: spec(id),
    params,
  });
}

const profileSelectors = { selectors: [] };
const segmentSelectors = { selectors: [] };
const general = (params: object) => [{ name: 'GeneralTransform', params }];

async function flow(
  ask: Ask,
  targetConnectionId: string,
  flowSpecId: string,
  transformations: object,
): Promise<Answer> {
  const source = await make(ask, '/sourceConnections', { connectionSpec: spec(store) });
  return ask('POST', '/flows', {
    name: 'x',
    flowSpec: spec(flowSpecId),
    sourceConnectionIds: [source.id],
    targetConnectionIds: [targetConnectionId],
    transformations,
  });
}

describe('target connections of the older cards', () => {
  const blob = auth('ConnectionString', { connectionString: 'x' });
  const sftp = auth('Basic Authentication for sftp', { host: 'x', username: 'u', password: 'p' });
  const campaignKey = auth('S3', { accessId: 'x', secretKey: 'y' });

  it.each<[string, string, object, object, number]>([
    ['S3 without format', older.s3, s3Key, { mode: 'S3', bucketName: 'crm-exports', path: 'x' }, 201],
    ['S3 without mode', older.s3, s3Key, { bucketName: 'crm-exports', path: 'x' }, 201],
    ['S3 without bucket', older.s3, s3Key, { mode: 'S3', path: 'x', format: 'CSV' }, 400],
    ['Blob without both', older.blob, blob, { container: 'exports', path: 'x' }, 201],
    ['SFTP without both', older.sftp, sftp, { remotePath: '/x' }, 201],
    ['SFTP in another format', older.sftp, sftp, { remotePath: '/x', format: 'JSON' }, 400],
    [
      'Campaign without mode, to a bucket',
      campaign,
      campaignKey,
      { bucketName: 'crm-exports', path: 'x' },
      201,
    ],
    ['Campaign without mode, to a server', campaign, campaignKey, { remotePath: '/x' }, 201],
    ['Campaign to nowhere', campaign, campaignKey, {}, 400],
    [
      'Campaign to two places',
      campaign,
      campaignKey,
      { remotePath: '/x', bucketName: 'crm-exports', path: 'x' },
      400,
    ],
  ])('%s', async (_, id, signIn, params, wanted) => {
    expect((await target(await start(), id, signIn, params)).status).toBe(wanted);
  });

  it('read back without a format that was not sent', async () => {
    const ask = await start();
    const { body } = await target(ask, older.s3, s3Key, { mode: 'S3', bucketName: 'crm-exports', path: 'x' });
    const read = await ask('GET', `/targetConnections/${String(body['id'])}`);
    expect((read.body['items'] as Json[])[0]?.['params']).toEqual({
      mode: 'S3',
      bucketName: 'crm-exports',
      path: 'x',
    });
  });

  it('of Campaign go with the shared flow spec', async () => {
    const ask = await start();
    const { body } = await target(ask, campaign, campaignKey, {
      mode: 'S3',
      bucketName: 'crm-exports',
      path: 'x',
    });
    const transformations = general({ segmentSelectors, profileSelectors });
    expect((await flow(ask, String(body['id']), sharedFlowSpec, transformations)).status).toBe(201);
  });
});

describe('the cards of today', () => {
  const file = { fileType: 'CSV', compression: 'NONE' };
  const serverKey = auth('SFTP with Password', { domain: 'x', username: 'u', password: 'p', port: '22' });
  const csvOptions = { delimiter: '\t', quote: '"', escape: '\\', nullValue: 'null', emptyValue: '""' };
  const cases: [string, string, object, object, string][] = [
    [
      'S3',
      newer.s3,
      s3Key,
      { bucketName: 'acme-exports', path: 'daily', csvOptions, includeFileManifest: true },
      '1a0514a6-33d4-4c7f-aff8-594799c47549',
    ],
    [
      'Blob',
      newer.blob,
      auth('ConnectionString', { connectionString: 'x' }),
      { container: 'exports', path: 'daily' },
      '752d422f-b16f-4f0d-b1c6-26e448e3b388',
    ],
    ['SFTP', newer.sftp, serverKey, { remotePath: '/in/aep' }, 'fd36aaa4-bf2b-43fb-9387-43785eeeb799'],
    [
      'Data Lake',
      newer.adls,
      auth('Azure Service Principal Auth', {
        url: 'abfss://x',
        tenant: 't',
        servicePrincipalId: 'i',
        servicePrincipalKey: 'k',
      }),
      { path: 'daily' },
      'db060570-a155-418a-a6d3-b4d97698e5dc',
    ],
    [
      'Google',
      newer.gcs,
      auth('Google Cloud Storage authentication credentials', { accessKeyId: 'GOOG', secretAccessKey: 's' }),
      { bucketName: 'acme-exports', path: 'daily' },
      '976d663b-80b4-4193-be6b-2d0487516623',
    ],
    ['Data Landing Zone', newer.dlz, {}, { path: 'daily' }, '7e635b9f-e59b-4546-8ba8-fce6496693c8'],
  ];

  it.each(cases)('%s take the mode that every request has, and none', async (_, id, signIn, params) => {
    const ask = await start();
    for (const [mode, wanted] of [
      [{ mode: 'Server-to-server' }, 201],
      [{}, 201],
      [{ mode: 'Cloud Storage' }, 400],
    ] as const)
      expect((await target(ask, id, signIn, { ...file, ...params, ...mode })).status).toBe(wanted);
  });

  it.each(cases)(
    '%s refuse profile selectors, at birth and in a patch',
    async (_, id, signIn, params, flowSpecId) => {
      const ask = await start();
      const { body } = await target(ask, id, signIn, { mode: 'Server-to-server', ...file, ...params });
      const targetId = String(body['id']);
      const refused = await flow(ask, targetId, flowSpecId, general({ segmentSelectors, profileSelectors }));
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([
        400,
        expect.stringContaining('profileMapping'),
      ]);
      const keys = { mandatoryFields: [], primaryFields: [], profileMapping: {} };
      const made = await flow(ask, targetId, flowSpecId, general({ ...keys, segmentSelectors }));
      expect(made.status).toBe(201);
      const at = `/flows/${String(made.body['id'])}`;
      const ifMatch = { 'if-match': String(made.body['etag']) };
      const patch = (path: string, value: unknown) => ask('PATCH', at, [{ op: 'add', path, value }], ifMatch);
      const params0 = '/transformations/0/params';
      expect((await patch(`${params0}/profileSelectors`, profileSelectors)).status).toBe(400);
      expect(
        (await patch(`${params0}/profileMapping`, { mappingId: 'f'.repeat(32), mappingVersion: 0 })).status,
      ).toBe(400);
      expect((await patch(`${params0}/mandatoryFields`, ['person.name.lastName'])).status).toBe(202);
    },
  );

  it.each([
    ['both', [true, true, true]],
    ['migrated', [false, true, true]],
    ['legacy', [true, false, true]],
  ] as const)('in an organisation that has %s', async (organisation, wanted) => {
    const ask = await start({ organisation });
    const { body } = await ask('GET', '/connectionSpecs');
    const ids = (body['items'] as Json[]).map((one) => one['id']);
    const has = (list: readonly string[]): boolean[] => [...new Set(list.map((id) => ids.includes(id)))];
    expect([has(Object.values(older)), has(Object.values(newer)), has([campaign, store])]).toEqual(
      wanted.map((one) => [one]),
    );
    const created = await ask('POST', '/connections', {
      name: 'x',
      connectionSpec: spec(older.s3),
      ...s3Key,
    });
    expect(created.status).toBe(wanted[0] ? 201 : 400);
    const flowSpecs = (await ask('GET', '/flowSpecs')).body['items'] as Json[];
    expect(flowSpecs.some((one) => one['name'] === 'UPStoS3File')).toBe(wanted[1]);
    expect(flowSpecs.some((one) => one['id'] === sharedFlowSpec)).toBe(true);
  });
});

describe('addresses', () => {
  it.each([
    '/connections/',
    '/flows/',
    '/connectionSpecs/',
    `/connectionSpecs/${campaign}/`,
    '/data/core/ups/audiences/',
    '/data/core/ups/segment/definitions/',
    '/data/foundation/sandbox-management/',
    '/data/foundation/sandbox-management',
    '/data/foundation/sandbox-management/sandboxes/',
  ])('%s', async (at) => {
    expect((await (await start())('GET', at)).status).toBe(200);
  });

  it('with a slash at the end are for writing too', async () => {
    const ask = await start();
    const { id, etag } = await make(ask, '/connections/', { connectionSpec: spec(store) });
    const renamed = [{ op: 'replace', path: '/name', value: 'y' }];
    expect((await ask('PATCH', `/connections/${id}/`, renamed, { 'if-match': etag })).status).toBe(200);
    expect((await ask('DELETE', `/connections/${id}/`)).status).toBe(202);
  });

  it('of a test of a connection', async () => {
    const ask = await start();
    const { id } = await account(ask, older.s3, s3Key);
    expect((await ask('GET', `/connections/${id}/test`)).body).toEqual({ result: true });
    expect((await ask('GET', `/connections/${crypto.randomUUID()}/test`)).status).toBe(404);
  });

  it('of sandboxes', async () => {
    const ask = await start();
    const at = '/data/foundation/sandbox-management';
    expect((await ask('GET', `${at}/sandboxes/dev`)).body).toMatchObject({
      name: 'dev',
      type: 'development',
    });
    expect((await ask('GET', `${at}/sandboxes/nowhere`)).status).toBe(404);
    expect((await ask('GET', `${at}/sandboxTypes`)).body).toEqual({
      sandboxTypes: ['production', 'development'],
    });
    const all = (await ask('GET', `${at}/`)).body['sandboxes'] as Json[];
    const second = await ask('GET', `${at}/?limit=1&offset=1`);
    expect(second.body).toMatchObject({
      sandboxes: [{ name: all[1]?.['name'] }],
      _page: { limit: 1, count: 1 },
    });
    for (const query of ['limit=1', 'offset=1', 'limit=x&offset=0'])
      expect([query, (await ask('GET', `${at}/?${query}`)).status]).toEqual([query, 400]);
  });

  it.each([
    ['/tenant/unions', 'application/vnd.adobe.xed-id+json', 200],
    ['/tenant/unions', 'application/vnd.adobe.xdm-id+json', 200],
    ['/tenant/unions', 'application/vnd.adobe.xed+json; version=1', 400],
    ['/tenant/unions', 'application/json', 400],
    ['/tenant/unions/_xdm.context.profile__union', 'application/vnd.adobe.xdm-full+json; version=1', 200],
    ['/tenant/unions/_xdm.context.profile__union', 'application/vnd.adobe.xed-full+json;version=1', 200],
    ['/tenant/unions/_xdm.context.profile__union', 'application/vnd.adobe.xdm-full+json', 400],
  ])('of unions: %s as %s is %i', async (at, accept, wanted) => {
    const { status, body } = await (
      await start()
    )('GET', `/data/foundation/schemaregistry${at}`, undefined, { accept });
    expect(status).toBe(wanted);
    if (wanted === 200 && at.endsWith('unions'))
      expect(body['results']).toMatchObject([{ 'meta:altId': '_xdm.context.profile__union' }]);
  });
});

describe('tokens', () => {
  const query = 'grant_type=client_credentials&client_id=a&client_secret=b&scope=openid';

  it('of the older address come, and say that it is deprecated', async () => {
    const ask = await start();
    const { status, headers: told, body } = await ask('POST', `/ims/token/v2?${query}`);
    expect([status, body['token_type'], told.get('deprecation')]).toEqual([200, 'bearer', 'true']);
    expect((await ask('POST', `/ims/token/v3?${query}`)).headers.get('deprecation')).toBeNull();
    expect((await ask('POST', '/ims/token/v2')).body).toMatchObject({ error: 'unauthorized_client' });
    expect(await ask('POST', '/ims/exchange/jwt')).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });
});

describe('the order of the tutorial', () => {
  /** A patch with the etag that the create answered, after the service has touched the dataflow. */
  async function patched(options: EmulatorOptions): Promise<[number, number]> {
    const ask = await start({ touchDelayMs: 1, ...options });
    const { body } = await target(ask, older.s3, s3Key, { mode: 'S3', bucketName: 'crm-exports', path: 'x' });
    const made = await flow(
      ask,
      String(body['id']),
      sharedFlowSpec,
      general({ segmentSelectors, profileSelectors }),
    );
    const [at, etag] = [`/flows/${String(made.body['id'])}`, String(made.body['etag'])];
    const now = async (): Promise<unknown> => ((await ask('GET', at)).body['items'] as Json[])[0]?.['etag'];
    while ((await now()) === etag) await new Promise((resolve) => setTimeout(resolve, 2));
    const change = [{ op: 'replace', path: '/name', value: 'y' }];
    const first = await ask('PATCH', at, change, { 'if-match': etag });
    // Somebody's own change is never overlooked.
    const second = await ask('PATCH', at, change, { 'if-match': etag });
    return [first.status, second.status];
  }

  it('works, until somebody has changed the dataflow', async () => {
    expect(await patched({})).toEqual([202, 412]);
  });

  it('is refused where strictness was asked for', async () => {
    expect(await patched({ strictEtags: true })).toEqual([412, 412]);
  });
});

describe('names', () => {
  it.each([
    ['Adobe Campaign', campaign],
    ['Amazon S3', older.s3],
    ['Azure Blob', older.blob],
    ['SFTP', older.sftp],
    ['Oracle Eloqua', 'c1e44b6b-e7c8-404b-9031-58f0ef760604'],
    ['Oracle Responsys', 'a5e28ddf-e265-426e-83a1-9d03a3a6822b'],
    ['Salesforce Marketing Cloud', 'f599a5b3-60a7-4951-950a-cc4115c7ea27'],
  ])('%s is found as the tutorial prints it', async (name, id) => {
    const { body } = await (
      await start({ organisation: 'legacy' })
    )('GET', `/connectionSpecs?property=${encodeURIComponent(`name==${name}`)}`);
    expect((body['items'] as Json[]).map((one) => one['id'])).toEqual([id]);
  });
});

describe('a spec with names that every object has', () => {
  it('is held against what was sent, not against what objects have', async () => {
    const id = '00000000-0000-4000-8000-00000000beef';
    const own = { toString: { type: 'string' }, hasOwnProperty: { type: 'string', format: 'password' } };
    const ask = await start({
      connectionSpecs: [
        { id, name: 'x', authSpec: [{ name: 'Own', spec: { properties: own, required: ['toString'] } }] },
      ],
    });
    const create = (params: object) =>
      ask('POST', '/connections', { name: 'x', connectionSpec: spec(id), ...auth('Own', params) });
    expect((await create({})).status).toBe(400);
    const { status, body } = await create({ toString: 'a', hasOwnProperty: 'b' });
    expect(status).toBe(201);
    const read = await ask('GET', `/connections/${String(body['id'])}`);
    expect((read.body['items'] as Json[])[0]).toMatchObject({
      auth: { params: { toString: 'a', hasOwnProperty: '****' } },
    });
    expect((await create({ toString: 'a', constructor: 'c' })).status).toBe(400);
  });
});
