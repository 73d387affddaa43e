import { describe, expect, it, test } from 'vitest';
import type { FlowService } from '../../source/flow-service/client.ts';
import { segment } from '../../source/flow-service/segments.ts';
import { inOne } from '../../source/flow-service/paging.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const flowservice = '/data/foundation/flowservice';
const profiles = '/data/core/ups';
const unions = '/data/foundation/schemaregistry/tenant/unions/_xdm.context.profile__union';
const conversion = '/data/foundation/conversion';
const list = { items: [] };
const entity = { id: 'x', version: 0, transformations: [] };
const destinationFlow = 'property=inheritedAttributes.properties.isDestinationFlow==true';

test.each<[string, (client: FlowService) => Promise<unknown>, object, string]>([
  ['listConnectionSpecs', (on) => on.listConnectionSpecs(), list, `GET ${flowservice}/connectionSpecs`],
  [
    'getConnectionSpecs',
    (on) => on.getConnectionSpecs(['a', 'b']),
    list,
    `GET ${flowservice}/connectionSpecs?property=id==a,b`,
  ],
  ['listFlowSpecs', (on) => on.listFlowSpecs(), list, `GET ${flowservice}/flowSpecs`],
  ['createConnection', (on) => on.createConnection({}), entity, `POST ${flowservice}/connections`],
  [
    'createSourceConnection',
    (on) => on.createSourceConnection({}),
    entity,
    `POST ${flowservice}/sourceConnections`,
  ],
  [
    'createTargetConnection',
    (on) => on.createTargetConnection({}),
    entity,
    `POST ${flowservice}/targetConnections`,
  ],
  ['createFlow', (on) => on.createFlow({}), entity, `POST ${flowservice}/flows`],
  ['getFlow', (on) => on.getFlow('x'), entity, `GET ${flowservice}/flows/x`],
  ['patchFlow', (on) => on.patchFlow('x', '"1"', []), {}, `PATCH ${flowservice}/flows/x`],
  [
    'patchConnection',
    (on) => on.patchConnection('targetConnections', 'x', '"1"', []),
    {},
    `PATCH ${flowservice}/targetConnections/x`,
  ],
  ['act', (on) => on.act('x', 'disable'), {}, `POST ${flowservice}/flows/x/action?op=disable`],
  ['remove', (on) => on.remove('connections', 'x'), {}, `DELETE ${flowservice}/connections/x`],
  [
    'getConnection',
    (on) => on.getConnection('sourceConnections', 'x'),
    entity,
    `GET ${flowservice}/sourceConnections/x`,
  ],
  ['exists', (on) => on.exists('targetConnections', 'x'), entity, `GET ${flowservice}/targetConnections/x`],
  ['list', (on) => inOne(on.list('connections')), list, `GET ${flowservice}/connections?limit=100`],
  [
    'list with filters',
    (on) => inOne(on.list('flows', ['a==1', 'b==2'])),
    list,
    `GET ${flowservice}/flows?limit=100&property=a==1&property=b==2`,
  ],
  [
    'listFlows',
    (on) => inOne(on.listFlows()),
    list,
    `GET ${flowservice}/flows?${destinationFlow}&limit=100&orderby=-updatedAt`,
  ],
  [
    'countDestinationFlows',
    (on) => on.countDestinationFlows(),
    { count: 3 },
    `GET ${flowservice}/flows?${destinationFlow}&count=true`,
  ],
  [
    'newestRuns',
    (on) => on.newestRuns('x'),
    list,
    `GET ${flowservice}/runs?property=flowId==x&orderby=-createdAt&limit=100`,
  ],
  ['getRun', (on) => on.getRun('x'), entity, `GET ${flowservice}/runs/x`],
  ['getSegment', (on) => on.getSegment('a b'), { id: 'a b' }, `GET ${profiles}/audiences/a b`],
  ['getUnionSchema', (on) => on.getUnionSchema(), {}, `GET ${unions}`],
  ['createSchema', (on) => on.dataPrep.createSchema({}), entity, `POST ${conversion}/schemas`],
  ['createMappingSet', (on) => on.dataPrep.createMappingSet({}), entity, `POST ${conversion}/mappingSets`],
  ['putMappingSet', (on) => on.dataPrep.putMappingSet('x', {}), entity, `PUT ${conversion}/mappingSets/x`],
  [
    'listSchemas',
    (on) => inOne(on.dataPrep.listSchemas()),
    { data: [] },
    `GET ${conversion}/schemas?limit=100&start=0`,
  ],
  [
    'listMappingSets',
    (on) => inOne(on.dataPrep.listMappingSets()),
    { data: [] },
    `GET ${conversion}/mappingSets?limit=100&start=0`,
  ],
  ['listNamespaces', (on) => on.listNamespaces(), [], 'GET /data/core/idnamespace/identities'],
])('%s asks in its own place', async (_, call, json, wanted) => {
  const server = await answerWith(() => ({ json }));
  await call(clientOf(server.url));
  expect(server.seen.map(({ method, url }) => `${method} ${decodeURIComponent(url)}`)).toEqual([wanted]);
});

it.each([{ id: 'x' }, { items: [{ id: 'x' }] }, { items: [{ id: 'x' }, { id: 'y' }] }])(
  'what was made is known by its id, in an envelope or without: %j',
  async (json) => {
    const server = await answerWith(() => ({ json }));
    expect(await clientOf(server.url).createFlow({})).toMatchObject({ id: 'x' });
  },
);

it.each(['', '.', '..'])('what was made is not known by %j, which cannot be asked for', async (id) => {
  const server = await answerWith(() => ({ json: { id } }));
  expect(await failureOf(clientOf(server.url).createFlow({}))).toMatchObject({
    kind: 'unreadable',
    problems: [{ path: '$.id', expected: 'sendable' }],
  });
});

describe('what one service may not say', () => {
  it.each([
    [400, true],
    [403, true],
    [404, true],
    [406, true],
    [409, false],
  ])('of profiles is asked of the other after %i: %s', async (status, isAsked) => {
    const server = await answerWith(({ url }) =>
      url.includes('/unions/') ? { status, json: { title: 'no' } } : { json: { title: 'Union' } },
    );
    const asked = clientOf(server.url).getUnionSchema();
    if (isAsked) expect(await asked).toMatchObject({ title: 'Union' });
    else expect(await failureOf(asked)).toMatchObject({ status });
    expect(server.seen.map(({ url, headers }) => [url.split('?')[0], headers.accept])).toEqual([
      [unions, 'application/vnd.adobe.xed-full+json; version=1'],
      ...(isAsked ? [[`${profiles}/config/entityTypes/_xdm.context.profile`, 'application/json']] : []),
    ]);
  });

  it.each([
    [400, true],
    [403, true],
    [404, true],
    [406, false],
  ])('of profiles as it came is asked of the other after %i: %s', async (status, isAsked) => {
    const server = await answerWith(({ url }) =>
      url.includes('/unions/') ? { json: { properties: {} } } : { status, json: { title: 'no' } },
    );
    const asked = clientOf(server.url).dataPrep.getUnionCopy();
    if (isAsked) expect(await asked).toEqual({ properties: {} });
    else expect(await failureOf(asked)).toMatchObject({ status });
    expect(server.seen).toHaveLength(isAsked ? 2 : 1);
  });

  it('is told as the first one said it, where the other refuses too', async () => {
    const server = await answerWith(({ url }) => ({ status: url.includes('/unions/') ? 404 : 403 }));
    expect(await failureOf(clientOf(server.url).getUnionSchema())).toMatchObject({ status: 404 });
    const silent = await answerWith(({ url }) =>
      url.includes('/unions/') ? { text: 'no JSON' } : { json: { title: 'Union' } },
    );
    expect(await clientOf(silent.url).getUnionSchema()).toMatchObject({ title: 'Union' });
  });
});

it.each<[object, object]>([
  [{}, { title: 'x', state: 'active', isProduction: true, isDefault: false }],
  [
    { title: null, state: 5, type: '', isDefault: 'yes' },
    { title: 'x', state: 'active', isProduction: true, isDefault: false },
  ],
  [
    { title: 'X', state: 'Creating', type: 'Development', isDefault: true },
    { title: 'X', state: 'creating', isProduction: false, isDefault: true },
  ],
  [
    { type: 'production', isDefault: false },
    { title: 'x', state: 'active', isProduction: true, isDefault: false },
  ],
])('a sandbox that says %j is %j', async (said, wanted) => {
  const server = await answerWith(({ url }) => ({
    json: { sandboxes: url.includes('offset=0') ? [{ name: 'x', ...said }] : [] },
  }));
  expect(await clientOf(server.url).listSandboxes()).toEqual([{ name: 'x', ...wanted }]);
});

const [on, off] = [{ enabled: true }, { enabled: false }];
it.each<[unknown, string]>([
  [undefined, 'unknown'],
  [{}, 'unknown'],
  [{ batch: off, continuous: off, synchronous: off }, 'unknown'],
  [{ batch: on }, 'batch'],
  [{ batch: on, continuous: on }, 'streaming'],
  [{ continuous: on, synchronous: off }, 'streaming'],
  [{ batch: on, continuous: on, synchronous: on }, 'edge'],
])('a segment with %j is evaluated so: %s', (evaluationInfo, wanted) => {
  expect(segment.parse({ id: 'x', evaluationInfo }).evaluation).toBe(wanted);
});

it.each(['', ' ', '\r\n \t'])('an answer of nothing but blanks says nothing: %j', async (text) => {
  const server = await answerWith(() => ({ text, headers: { 'x-request-id': 'r' } }));
  expect(await clientOf(server.url).act('x', 'enable')).toEqual({ requestId: 'r' });
});

it('a call that is given up while its repetition is told is not repeated', async () => {
  const server = await answerWith(() => ({ status: 503 }));
  const abort = new AbortController();
  const client = clientOf(server.url, { retryBaseMs: 60_000, onRetry: () => abort.abort() });
  expect(await failureOf(client.listNamespaces({ signal: abort.signal }))).toMatchObject({
    kind: 'cancelled',
  });
  expect(server.seen).toHaveLength(1);
});
