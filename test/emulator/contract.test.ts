import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../source/emulator/server.ts';
import { freshFolder } from '../helpers/terminal.ts';
import { some } from '../helpers/some.ts';

// Nothing of the product here: the emulator is held against the contract with plain HTTP.

const base = '/data/foundation/flowservice';
const orgId = '5555467B5D8013E50A494220@AdobeOrg';
const headers = {
  authorization: 'Bearer token',
  'x-api-key': 'key',
  'x-gw-ims-org-id': orgId,
  'x-sandbox-name': 'dev',
};
type Json = Record<string, unknown>;
type Headers = Record<string, string | undefined>;

const running: Emulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

interface Answer {
  status: number;
  headers: globalThis.Headers;
  body: Json;
}
type Ask = (method: string, at: string, body?: unknown, more?: Headers) => Promise<Answer>;

async function start(options: EmulatorOptions = {}): Promise<{ ask: Ask; emulator: Emulator }> {
  const emulator = await startEmulator({ segments: 250, patchDelayMs: 30, touchDelayMs: false, ...options });
  running.push(emulator);
  const ask: Ask = async (method, at, body, more = {}) => {
    const sent = Object.entries({
      ...headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...more,
    }).filter((one): one is [string, string] => one[1] !== undefined);
    const answer = await fetch(
      `${emulator.url}${at.startsWith('/data') || at.startsWith('/ims') ? at : base + at}`,
      {
        method,
        headers: sent,
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    );
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Json,
    };
  };
  return { ask, emulator };
}

const ids = {
  profileStore: '8a9c3494-9708-43d7-ae3f-cda01e5030e1',
  campaign: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
  amazonS3: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
  flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
};
const spec = (id: string) => ({ id, version: '1.0' });
const mountainBiking = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
const s3Auth = {
  specName: 'Access Key',
  params: { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE', s3SecretKey: 'A'.repeat(40) },
};
const s3Params = { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' };
const empty = [
  {
    name: 'GeneralTransform',
    params: { segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } },
  },
];

/** The five writes of section 0, up to the dataflow. */
async function makeFlow(ask: Ask): Promise<string> {
  const made = async (at: string, body: object): Promise<string> => {
    const { status, body: answer } = await ask('POST', at, body);
    expect([at, status, answer]).toEqual([
      at,
      201,
      { id: expect.any(String) as string, etag: expect.stringMatching(/^".*"$/) as string },
    ]);
    return String(answer['id']);
  };
  const sourceBase = await made('/connections', { name: 'store', connectionSpec: spec(ids.profileStore) });
  const source = await made('/sourceConnections', {
    name: 'source',
    connectionSpec: spec(ids.profileStore),
    baseConnectionId: sourceBase,
  });
  const account = await made('/connections', {
    name: 'account',
    connectionSpec: spec(ids.amazonS3),
    auth: s3Auth,
  });
  const target = await made('/targetConnections', {
    name: 'target',
    connectionSpec: spec(ids.amazonS3),
    baseConnectionId: account,
    params: s3Params,
  });
  return made('/flows', {
    name: 'flow',
    flowSpec: spec(ids.flowSpec),
    sourceConnectionIds: [source],
    targetConnectionIds: [target],
    transformations: empty,
  });
}

const readFlow = async (ask: Ask, id: string): Promise<Json> => {
  const { body } = await ask('GET', `/flows/${id}`);
  return (body['items'] as Json[])[0] as Json;
};
const etagOf = async (ask: Ask, id: string): Promise<string> => String((await readFlow(ask, id))['etag']);

const selector = (id: string) => ({
  type: 'PLATFORM_SEGMENT',
  value: {
    id,
    name: 'x',
    filenameTemplate: '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
    exportMode: 'DAILY_FULL_EXPORT',
    schedule: { frequency: 'ONCE', startDate: '2035-01-01', startTime: '17:00' },
  },
});
const segments = '/transformations/0/params/segmentSelectors/selectors/-';
const attributes = '/transformations/0/params/profileSelectors/selectors/-';
const add = (at: string, value: unknown) => ({ op: 'add', path: at, value });
const attribute = (at: string) => ({ type: 'JSON_PATH', value: { path: at } });

async function settled(ask: Ask, id: string): Promise<Json> {
  for (;;) {
    const flow = await readFlow(ask, id);
    const status = (flow['lastOperation'] as { status?: { value?: string } } | undefined)?.status?.value;
    if (status === 'completed') return flow;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('the gateway', () => {
  it.each<[string, Headers, number, string]>([
    ['no token', { authorization: undefined }, 403, '403010'],
    ['an expired token', { authorization: 'Bearer expired' }, 401, '401013'],
    ['no api key', { 'x-api-key': undefined }, 403, '403000'],
    ['a wrong api key', { 'x-api-key': 'invalid' }, 403, '403003'],
    ['no organisation', { 'x-gw-ims-org-id': undefined }, 400, '400003'],
    ['a malformed organisation', { 'x-gw-ims-org-id': 'x' }, 403, '403027'],
  ])('refuses %s', async (_, more, status, code) => {
    const { ask } = await start();
    const answer = await ask('GET', '/flows', undefined, more);
    expect([answer.status, answer.body['error_code']]).toEqual([status, code]);
  });

  it('refuses an unknown sandbox, a sandbox id, a wrong content type and a wrong path', async () => {
    const { ask } = await start();
    expect((await ask('GET', '/flows', undefined, { 'x-sandbox-name': 'nowhere' })).status).toBe(404);
    expect((await ask('GET', '/flows', undefined, { 'x-sandbox-id': 'x' })).status).toBe(400);
    expect((await ask('POST', '/connections', '{}', { 'content-type': 'text/plain' })).body).toMatchObject({
      title: 'BadRequestError',
    });
    expect((await ask('GET', '/nothing')).status).toBe(404);
    expect((await ask('POST', '/connections', '{', {})).status).toBe(400);
    expect((await ask('POST', '/connections', '')).status).toBe(400);
  });
});

describe('specs', () => {
  it('are the seven destinations among sources and streaming ones', async () => {
    const { ask } = await start();
    const { body } = await ask('GET', '/connectionSpecs');
    const items = body['items'] as Json[];
    for (const id of some(Object.values(ids).slice(0, 3)))
      expect(items.some((one) => one['id'] === id)).toBe(true);
    expect(items.some((one) => (one['attributes'] as Json | undefined)?.['isSource'] === true)).toBe(true);
    expect(items.length).toBeGreaterThan(10);
  });

  it('are filtered, and refuse what they do not know', async () => {
    const { ask } = await start();
    const filtered = await ask('GET', `/connectionSpecs?property=id==${ids.campaign},${ids.amazonS3}`);
    expect(filtered.body['items']).toHaveLength(2);
    expect((await ask('GET', '/connectionSpecs?limit=1')).status).toBe(400);
    expect((await ask('GET', `/connectionSpecs/${ids.campaign}`)).body['items']).toHaveLength(1);
    expect((await ask('GET', '/connectionSpecs/none')).status).toBe(404);
  });

  it('of flows lead to Campaign only by look-up', async () => {
    const { ask } = await start();
    const items = (await ask('GET', '/flowSpecs')).body['items'] as {
      name: string;
      targetConnectionSpecIds: string[];
    }[];
    expect(
      items.filter((one) => one.targetConnectionSpecIds.includes(ids.campaign)).map(({ name }) => name),
    ).toContain('upsToCampaign');
  });
});

describe('connections', () => {
  it.each<[string, object, number]>([
    ['an unknown spec', { name: 'x', connectionSpec: spec('00000000-0000-4000-8000-000000000000') }, 400],
    ['no name', { connectionSpec: spec(ids.profileStore) }, 400],
    ['no version', { name: 'x', connectionSpec: { id: ids.profileStore } }, 422],
    ['no sign-in', { name: 'x', connectionSpec: spec(ids.amazonS3) }, 400],
    [
      'another sign-in',
      { name: 'x', connectionSpec: spec(ids.amazonS3), auth: { specName: 'S3', params: {} } },
      400,
    ],
    [
      'a missing secret',
      {
        name: 'x',
        connectionSpec: spec(ids.amazonS3),
        auth: { ...s3Auth, params: { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE' } },
      },
      400,
    ],
    [
      'a secret of another form',
      {
        name: 'x',
        connectionSpec: spec(ids.amazonS3),
        auth: { ...s3Auth, params: { ...s3Auth.params, s3SecretKey: 'short' } },
      },
      400,
    ],
    [
      'an unknown param',
      {
        name: 'x',
        connectionSpec: spec(ids.amazonS3),
        auth: { ...s3Auth, params: { ...s3Auth.params, host: 'x' } },
      },
      400,
    ],
  ])('refuse %s', async (_, body, status) => {
    const { ask, emulator } = await start();
    expect((await ask('POST', '/connections', body)).status).toBe(status);
    expect(emulator.count('connections')).toBe(0);
  });

  it('mask the secret when they are read', async () => {
    const { ask } = await start();
    const { body } = await ask('POST', '/connections', {
      name: 'x',
      connectionSpec: spec(ids.amazonS3),
      auth: s3Auth,
    });
    const read = await ask('GET', `/connections/${String(body['id'])}`);
    expect(JSON.stringify(read.body)).not.toContain('A'.repeat(40));
    expect(read.body['items']).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['another mode', { ...s3Params, mode: 'SFTP' }],
    ['a missing bucket', { mode: 'S3', path: 'x', format: 'CSV' }],
    ['a param of another mode', { ...s3Params, remotePath: '/x' }],
  ])('refuse a target with %s', async (_, params) => {
    const { ask } = await start();
    const account = await ask('POST', '/connections', {
      name: 'x',
      connectionSpec: spec(ids.amazonS3),
      auth: s3Auth,
    });
    const body = {
      name: 'x',
      connectionSpec: spec(ids.amazonS3),
      baseConnectionId: account.body['id'],
      params,
    };
    expect((await ask('POST', '/targetConnections', body)).status).toBe(400);
  });

  it('in use cannot be deleted; in the right order everything can', async () => {
    const { ask, emulator } = await start();
    const id = await makeFlow(ask);
    const flow = await readFlow(ask, id);
    const account = emulator.requests.length;
    expect(account).toBeGreaterThan(0);
    const connections = some((await ask('GET', '/connections')).body['items'] as { id: string }[]);
    expect(connections).toHaveLength(emulator.count('connections'));
    for (const one of connections) expect((await ask('DELETE', `/connections/${one.id}`)).status).toBe(400);
    expect((await ask('DELETE', `/flows/${id}`)).status).toBe(202);
    expect((await ask('GET', `/flows/${id}`)).status).toBe(404);
    const [source] = flow['sourceConnectionIds'] as string[];
    const [target] = flow['targetConnectionIds'] as string[];
    expect((await ask('DELETE', `/sourceConnections/${source}`)).status).toBe(202);
    expect((await ask('DELETE', `/targetConnections/${target}`)).status).toBe(202);
    for (const one of connections) expect((await ask('DELETE', `/connections/${one.id}`)).status).toBe(202);
    expect(emulator.count('connections')).toBe(0);
  });
});

describe('a dataflow', () => {
  it('is read in an envelope, with what the server adds', async () => {
    const { ask } = await start();
    const flow = await readFlow(ask, await makeFlow(ask));
    expect(flow).toMatchObject({
      state: 'enabled',
      sandboxName: 'dev',
      imsOrgId: orgId,
      inheritedAttributes: { properties: { isDestinationFlow: true } },
    });
    expect(flow['etag']).toMatch(/^"[0-9a-f]{8}-0000-0200-0000-[0-9a-f]{12}"$/);
    expect(flow['version']).toBe(flow['etag']);
    expect(typeof flow['createdAt']).toBe('number');
  });

  it('takes a patch in after a while, with lastOperation moving and a new etag', async () => {
    const { ask } = await start({ patchDelayMs: 200 });
    const id = await makeFlow(ask);
    const etag = await etagOf(ask, id);
    const patch = [
      add(segments, selector(mountainBiking)),
      add(attributes, attribute('person.name.firstName')),
    ];
    const answer = await ask('PATCH', `/flows/${id}`, patch, { 'if-match': etag });
    expect(answer.status).toBe(202);
    const under = await readFlow(ask, id);
    expect(JSON.stringify(under['transformations'])).not.toContain(mountainBiking);
    expect(under['lastOperation']).toMatchObject({
      status: { value: expect.not.stringMatching('completed') as unknown },
    });
    const flow = await settled(ask, id);
    expect(flow['etag']).not.toBe(etag);
    const [{ params }] = flow['transformations'] as [
      { params: Record<string, { selectors: { value: Json }[] }> },
    ];
    expect(params['segmentSelectors']?.selectors[0]?.value).toMatchObject({
      id: mountainBiking,
      createTime: expect.stringMatching(/^\d{10}$/) as unknown,
      updateTime: expect.any(String) as unknown,
    });
    expect(params['profileSelectors']?.selectors[0]?.value).toMatchObject({
      path: 'person.name.firstName',
      operator: 'EXISTS',
      mapping: { sourceType: 'text/x.schema-path', destinationXdmPath: 'person.name.firstName' },
    });
  });

  it.each<[string, (etag: string) => Headers, number]>([
    ['no If-Match', () => ({}), 400],
    ['an If-Match without quotes', (etag) => ({ 'if-match': etag.replaceAll('"', '') }), 412],
    ['another If-Match', () => ({ 'if-match': '"other"' }), 412],
  ])('refuses a patch with %s', async (_, more, status) => {
    const { ask } = await start();
    const id = await makeFlow(ask);
    const answer = await ask('PATCH', `/flows/${id}`, [add('/name', 'x')], more(await etagOf(ask, id)));
    expect(answer.status).toBe(status);
  });

  it('has another etag a moment after it was made', async () => {
    const { ask } = await start({ touchDelayMs: 1500, strictEtags: true });
    const id = await makeFlow(ask);
    const first = await etagOf(ask, id);
    for (;;) if ((await etagOf(ask, id)) !== first) break;
    expect((await ask('PATCH', `/flows/${id}`, [add('/name', 'x')], { 'if-match': first })).status).toBe(412);
  });

  it.each<[string, object[]]>([
    ['a move', [{ op: 'move', from: '/name', path: '/description' }]],
    ['a missing member', [{ op: 'replace', path: '/nothing/here', value: 1 }]],
    ['the prototype', [{ op: 'add', path: '/__proto__/polluted', value: 1 }]],
    [
      'the same segment twice',
      [add(segments, selector(mountainBiking)), add(segments, selector(mountainBiking))],
    ],
    ['an unknown segment', [add(segments, selector('00000000-0000-4000-8000-000000000000'))]],
    ['an unknown attribute', [add(attributes, attribute('person.lastName'))]],
    ['nothing', []],
  ])('refuses a patch of %s and stays as it was', async (_, patch) => {
    const { ask } = await start();
    const id = await makeFlow(ask);
    const before = await readFlow(ask, id);
    expect((await ask('PATCH', `/flows/${id}`, patch, { 'if-match': String(before['etag']) })).status).toBe(
      400,
    );
    expect(await readFlow(ask, id)).toEqual(before);
  });

  it.each<[string, object]>([
    ['full every 3 hours', { frequency: 'EVERY_3_HOURS' }],
    ['an end of a single export', { endDate: '2035-02-01' }],
    ['a start that is no hour', { startTime: '17:30' }],
    ['a day that is none', { startDate: '2035-02-30' }],
    ['a time after the evaluation', { triggerType: 'AFTER_SEGMENT_EVAL' }],
  ])('refuses a schedule with %s', async (_, more) => {
    const { ask } = await start();
    const id = await makeFlow(ask);
    const bent = selector(mountainBiking);
    Object.assign(bent.value.schedule, more);
    expect(
      (await ask('PATCH', `/flows/${id}`, [add(segments, bent)], { 'if-match': await etagOf(ask, id) }))
        .status,
    ).toBe(400);
  });

  it('takes operations in capitals, and removes from the highest index down', async () => {
    const { ask } = await start();
    const id = await makeFlow(ask);
    const patch = [
      { ...add(attributes, attribute('person.name.firstName')), op: 'ADD' },
      add(attributes, attribute('person.name.lastName')),
    ];
    await ask('PATCH', `/flows/${id}`, patch, { 'if-match': await etagOf(ask, id) });
    const flow = await settled(ask, id);
    const at = '/transformations/0/params/profileSelectors/selectors';
    const removed = await ask(
      'PATCH',
      `/flows/${id}`,
      [
        { op: 'remove', path: `${at}/1` },
        { op: 'remove', path: `${at}/0` },
      ],
      { 'if-match': String(flow['etag']) },
    );
    expect(removed.status).toBe(202);
  });

  it.each<[string, object]>([
    ['a state', { state: 'enabled' }],
    ['no transformations', { transformations: undefined }],
    [
      'a segment from the start',
      {
        transformations: [
          {
            name: 'GeneralTransform',
            params: {
              segmentSelectors: { selectors: [selector(mountainBiking)] },
              profileSelectors: { selectors: [] },
            },
          },
        ],
      },
    ],
    ['two sources', { sourceConnectionIds: ['a', 'b'] }],
    ['an unknown source', { sourceConnectionIds: ['00000000-0000-4000-8000-000000000000'] }],
    ['an unknown flow spec', { flowSpec: spec('00000000-0000-4000-8000-000000000000') }],
  ])('is not made with %s', async (_, more) => {
    const { ask, emulator } = await start();
    const id = await makeFlow(ask);
    const { sourceConnectionIds, targetConnectionIds, flowSpec } = await readFlow(ask, id);
    const body = {
      name: 'x',
      flowSpec,
      sourceConnectionIds,
      targetConnectionIds,
      transformations: empty,
      ...more,
    };
    expect([400, 404]).toContain((await ask('POST', '/flows', body)).status);
    expect(emulator.count('flows')).toBe(1);
  });

  it('is disabled and enabled by its action', async () => {
    const { ask } = await start();
    const id = await makeFlow(ask);
    expect((await ask('POST', `/flows/${id}/action?op=disable`)).status).toBe(200);
    expect((await readFlow(ask, id))['state']).toBe('disabled');
    expect((await ask('POST', `/flows/${id}/action?op=enable`)).status).toBe(200);
    expect((await ask('POST', `/flows/${id}/action?op=explode`)).status).toBe(400);
  });

  it('has a run for each of its segments', async () => {
    const clock = { ms: Date.UTC(2034, 11, 31) };
    const { ask } = await start({ now: () => clock.ms });
    const id = await makeFlow(ask);
    await ask('PATCH', `/flows/${id}`, [add(segments, selector(mountainBiking))], {
      'if-match': await etagOf(ask, id),
    });
    await settled(ask, id);
    clock.ms = Date.UTC(2035, 0, 2);
    const runs = (await ask('GET', `/runs?property=flowId==${id}`)).body['items'] as Json[];
    expect(JSON.stringify(runs)).toContain(`segment:${mountainBiking}`);
  });
});

describe('lists', () => {
  it('page, filter, order and count', async () => {
    const { ask } = await start();
    for (const name of ['a', 'b', 'c'])
      await ask('POST', '/connections', { name, connectionSpec: spec(ids.profileStore) });
    const names = (body: Json): unknown[] => (body['items'] as Json[]).map((one) => one['name']);
    const first = await ask('GET', '/connections?limit=2');
    expect(names(first.body)).toEqual(['c', 'b']);
    const next = (first.body['_links'] as { next: { href: string } }).next.href;
    expect(next).toMatch(/^\/connections\?.*continuationToken=/);
    expect(names((await ask('GET', next)).body)).toEqual(['a']);
    expect(names((await ask('GET', '/connections?orderby=name')).body)).toEqual(['a', 'b', 'c']);
    expect(names((await ask('GET', '/connections?property=name==a,c&orderby=-name')).body)).toEqual([
      'c',
      'a',
    ]);
    expect((await ask('GET', '/connections?count=true')).body).toEqual({ count: 3 });
  });

  it.each([
    '/connections?limit=1&count=true',
    '/connections?limit=0',
    '/connections?limit=101',
    '/connections?nonsense=1',
    '/connections?property=name~a',
  ])('refuse %s', async (at) => {
    const { ask } = await start();
    expect((await ask('GET', at)).status).toBe(400);
  });

  it('hold each organisation and sandbox apart; without a sandbox it is production', async () => {
    const { ask } = await start();
    const body = { name: 'x', connectionSpec: spec(ids.profileStore) };
    await ask('POST', '/connections', body, { 'x-sandbox-name': undefined });
    const count = async (more: Headers) =>
      (await ask('GET', '/connections?count=true', undefined, more)).body['count'];
    expect(await count({})).toBe(0);
    expect(await count({ 'x-sandbox-name': 'prod' })).toBe(1);
    expect(await count({ 'x-sandbox-name': 'prod', 'x-gw-ims-org-id': 'OTHER@AdobeOrg' })).toBe(0);
  });
});

describe('profile services', () => {
  it('have as many segments as asked for, with the two of the tutorial', async () => {
    const { ask } = await start({ segments: 1204 });
    const page = await ask('GET', '/data/core/ups/audiences?start=0&limit=100');
    expect(page.body['children']).toHaveLength(100);
    expect(page.body['_page']).toMatchObject({ totalCount: 1204 });
    const one = await ask('GET', `/data/core/ups/segment/definitions/${mountainBiking}`);
    expect(one.body['name']).toBe('Interested in Mountain Biking');
  });

  it('have a union schema with the attributes of the tutorial, if asked for rightly', async () => {
    const { ask } = await start();
    const at = '/data/foundation/schemaregistry/tenant/unions/_xdm.context.profile__union';
    const accept = { accept: 'application/vnd.adobe.xed-full+json; version=1' };
    const { status, body } = await ask('GET', at, undefined, accept);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('firstName');
    expect((await ask('GET', at, undefined, { accept: 'text/html' })).status).toBeGreaterThanOrEqual(400);
  });

  it('list sandboxes', async () => {
    const { ask } = await start();
    const { body } = await ask('GET', '/data/foundation/sandbox-management/');
    expect((body['sandboxes'] as Json[]).map((one) => one['name'])).toContain('dev');
  });

  it('give a token for a form', async () => {
    const { ask } = await start();
    const form = 'grant_type=client_credentials&client_id=a&client_secret=b&scope=openid';
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = await ask('POST', '/ims/token/v3', form, { ...type, authorization: undefined });
    expect([status, body['token_type']]).toEqual([200, 'bearer']);
    expect((await ask('POST', '/ims/token/v3', 'grant_type=password', type)).status).toBe(400);
  });
});

describe('faults', () => {
  const connection = { name: 'x', connectionSpec: spec(ids.profileStore) };

  it.each<[string, number]>([
    ['POST /connections=503x1', 503],
    ['* /connections=401x1', 401],
    ['POST /connections=429:7x1', 429],
    ['POST /connections=htmlx1', 503],
  ])('%s answers %i once and does nothing', async (rule, status) => {
    const { ask, emulator } = await start({ faults: [rule] });
    const response = await fetch(`${emulator.url}${base}/connections`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(connection),
    });
    expect(response.status).toBe(status);
    if (rule.includes('429')) expect(response.headers.get('retry-after')).toBe('7');
    await response.text();
    expect(emulator.count('connections')).toBe(0);
    expect((await ask('POST', '/connections', connection)).status).toBe(201);
  });

  it.each([
    ['reset', 0],
    ['lost', 1],
  ])('%s cuts the connection after %i of it was made', async (what, made) => {
    const { ask, emulator } = await start({ faults: [`POST /connections=${what}x1`] });
    await expect(ask('POST', '/connections', connection)).rejects.toThrow();
    expect(emulator.count('connections')).toBe(made);
  });

  it('hit the path they name and no other', async () => {
    const { ask } = await start({ faults: ['GET /connections=500', 'GET /flows/*=502'] });
    expect((await ask('GET', '/sourceConnections')).status).toBe(200);
    expect((await ask('GET', '/connections')).status).toBe(500);
    expect((await ask('GET', '/flows')).status).toBe(200);
    expect((await ask('GET', '/flows/1')).status).toBe(502);
  });

  it.each(['', 'POST /x', 'POST /x=nonsense', '/x=503', 'POST /x=503y2'])('"%s" is no rule', async (rule) => {
    await expect(startEmulator({ faults: [rule] })).rejects.toMatchObject({
      problem: 'faultRule',
      given: rule,
    });
  });

  it('slow every answer by the latency', async () => {
    const { ask, emulator } = await start({ latencyMs: 30 });
    await ask('GET', '/flows');
    const [seen] = emulator.requests;
    expect((seen?.endedMs ?? 0) - (seen?.startedMs ?? 0)).toBeGreaterThanOrEqual(29);
  });
});

describe('a state file', () => {
  it('keeps what was made for the next start', async () => {
    const stateFile = path.join(freshFolder(), 'state.json');
    const first = await start({ stateFile });
    const id = await makeFlow(first.ask);
    await first.emulator.close();
    const second = await start({ stateFile });
    expect((await readFlow(second.ask, id))['name']).toBe('flow');
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toBeTypeOf('object');
  });
});
