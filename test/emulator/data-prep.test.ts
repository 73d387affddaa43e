import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identitySource, stepsOf } from '../../source/emulator/rules/paths.ts';
import type { EmulatorOptions } from '../../source/emulator/server.ts';
import { type Answer, type Ask, asked, type Json, readOne } from '../helpers/asked.ts';
import { freshFolder } from '../helpers/terminal.ts';

// Schemas, mapping sets and the landing zone with the bodies of the contract (cards.md, sections 3.4, 5.2 and 5.3).

const base = '/data/foundation/conversion';
const sets = `${base}/mappingSets`;
const hex = expect.stringMatching(/^[0-9a-f]{32}$/) as string;

const line = (source: string, destination: string, sourceType = 'ATTRIBUTE'): Json => ({
  sourceType,
  source,
  destination,
});
const mappings = [
  line('person.name.firstName', 'firstName'),
  line('personalEmail.address', 'personalEmail_address'),
  line('identityMap.Email', 'Email'),
  line('segmentMembership.ups.seg_id.status', 'segmentMembership_status'),
];

/** An emulator with both schemas, and the body of a set on them. */
async function schemas(options: EmulatorOptions = {}): Promise<{
  ask: Ask;
  count: () => number;
  body: (lines?: unknown, more?: Json) => string;
  create: (lines?: unknown, more?: Json) => Promise<Answer>;
}> {
  const { ask, emulator } = await asked(options);
  const union = (await ask('GET', '/data/core/ups/config/entityTypes/_xdm.context.profile')).body;
  const { targetSpec } = (await readOne(ask, '/connectionSpecs/4fce964d-3f37-408f-9778-e597338a21ee')) as {
    targetSpec: { attributes: { partnerSchema: { jsonSchema: { properties: Json } } } };
  };
  const partner = targetSpec.attributes.partnerSchema.jsonSchema;
  const columns = Object.fromEntries(
    mappings.map(({ destination }) => [destination, { title: destination, type: 'string' }]),
  );
  const made = async (name: string, jsonSchema: Json): Promise<unknown> => {
    const { status, text, body } = await ask('POST', `${base}/schemas/`, { name, jsonSchema });
    expect([status, body]).toEqual([200, { id: hex, version: 0, jsonSchema }]);
    expect(text).toBe(JSON.stringify({ id: body['id'], version: 0, jsonSchema }));
    return body['id'];
  };
  const inputId = await made('in', union);
  const outputId = await made('out', { ...partner, properties: { ...partner.properties, ...columns } });
  const body = (lines: unknown = mappings, more: Json = {}): string =>
    JSON.stringify({
      inputSchema: { id: inputId },
      outputSchema: { id: outputId },
      xdmVersion: '1.0',
      mappings: lines,
      ...more,
    });
  return {
    ask,
    count: () => emulator.count('mappingSets'),
    body,
    create: (lines, more) => ask('POST', sets, body(lines, more)),
  };
}

async function made(create: () => Promise<Answer>): Promise<string> {
  const { status, body } = await create();
  expect(status).toBe(200);
  return `${sets}/${String(body['id'])}`;
}

describe('a schema', () => {
  it('may be the union by reference, which comes back as a text', async () => {
    const { ask } = await asked();
    const reference =
      '{"name":"in","schemaRef":{"id":"https://ns.adobe.com/xdm/context/profile__union","contentType":"application/vnd.adobe.xed-full+json;version=1"}}';
    const { status, body } = await ask('POST', `${base}/schemas`, reference);
    expect([status, body['schemaRef']]).toEqual([200, (JSON.parse(reference) as Json)['schemaRef']]);
    expect(JSON.parse(String(body['jsonSchema']))).toHaveProperty('properties.person');
    const { id } = body;
    const outputSchema = { id };
    const set = { inputSchema: { id }, outputSchema, mappings: [line('person.name.lastName', 'x')] };
    expect((await ask('POST', `${sets}/validate`, set)).body).toEqual({
      validationResponse: [{ status: 'SUCCESS', errors: [] }],
    });
  });

  it('is found again by its name', async () => {
    const { ask } = await schemas();
    const { body } = await ask('GET', `${base}/schemas?limit=10&start=0&name=out`);
    const [found] = body['data'] as Json[];
    expect([found?.['name'], body['_page']]).toEqual(['out', { count: 1, limit: 10 }]);
    expect((await ask('GET', `${base}/schemas/${String(found?.['id'])}`)).body).toEqual(found);
  });

  it.each<[string, string, string | undefined, number]>([
    ['nothing', '/schemas', '{"name":"x"}', 400],
    ['an unknown reference', '/schemas', '{"schemaRef":{"id":"x","contentType":"y"}}', 400],
    ['no JSON', '/schemas', '{', 400],
    ['a list', '/schemas', '[]', 400],
    ['an id that is none', '/schemas/none', undefined, 404],
    ['a list without a start', '/schemas?limit=10', undefined, 400],
    ['a list without a limit', '/schemas?start=0', undefined, 400],
    ['an order by what it has not', '/schemas?limit=1&start=0&orderBy=size', undefined, 400],
  ])('%s is refused in the words of the gateway', async (_, at, body, status) => {
    const { ask } = await asked();
    const answer = await ask(body === undefined ? 'GET' : 'POST', base + at, body);
    expect([answer.status, answer.body]).toEqual([
      status,
      { type: expect.any(String), title: expect.any(String), status, detail: expect.any(String) },
    ]);
  });
});

describe('a mapping set', () => {
  it('is made with 200 and six members', async () => {
    const { create } = await schemas({ now: () => 1_796_000_000_000 });
    const { status, text, body } = await create();
    expect(status).toBe(200);
    const time = String(body['createdDate']);
    expect(time).toMatch(/^1796\d{9}$/);
    expect(text).toBe(
      `{"id":"${String(body['id'])}","version":0,"createdDate":${time},"modifiedDate":${time},"createdBy":"svc@AdobeID","modifiedBy":"svc@AdobeID"}`,
    );
  });

  it('stores its mappings in their order and the long words', async () => {
    const { ask, create } = await schemas();
    const lines = [...mappings, line("array_to_string('_', organizations)", 'organizations', 'EXPRESSION')];
    const { body, text } = await ask('GET', `${await made(() => create(lines))}?version=0`);
    const [first] = body['mappings'] as Json[];
    expect(text).toContain(
      `{"id":"${String(first?.['id'])}","version":0,"sourceType":"text/x.schema-path","source":"person.name.firstName","destination":"firstName","identity":false,"primaryIdentity":false,"matchScore":0,"functionVersion":0,"sourceAttribute":"person.name.firstName","destinationXdmPath":"firstName"}`,
    );
    const stored = body['mappings'] as Json[];
    expect(stored.map(({ source, destination }) => [source, destination])).toEqual(
      lines.map(({ source, destination }) => [source, destination]),
    );
    expect(stored.at(-1)?.['sourceType']).toBe('text/x.aep-xl');
    expect(body).toMatchObject({
      version: 0,
      inputSchema: { id: hex, version: 0 },
      outputSchema: { id: hex, version: 0 },
      status: 'PUBLISHED',
      xdmVersion: '1.0',
    });
    expect(body['outputSchema']).not.toHaveProperty('jsonSchema');
  });

  it('takes the long words too, and expands its output schema when asked', async () => {
    const { ask, create } = await schemas();
    const long = [
      line('person.name.firstName', 'firstName', 'text/x.schema-path'),
      line("array_to_string('_', organizations)", 'o', 'text/x.aep-xl'),
    ];
    const { body } = await ask('GET', `${await made(() => create(long))}?version=0&expandSchema=true`);
    expect((body['mappings'] as Json[]).map(({ sourceType }) => sourceType)).toEqual(
      long.map(({ sourceType }) => sourceType),
    );
    expect(body['outputSchema']).toHaveProperty('jsonSchema.properties.firstName');
  });

  it.each<[string, unknown]>([
    ['no mapping', []],
    ['mappings that are no list', {}],
    ['a column with a dot', [line('person.name.firstName', 'person.name')]],
    ['a column twice', [line('person.name.firstName', 'x'), line('person.name.lastName', 'x')]],
    ['a column without a name', [line('person.name.firstName', '')]],
    ['a source without a name', [line('', 'x')]],
    ['a sort of source that nobody knows', [line('person.name.firstName', 'x', 'COLUMN')]],
  ])('is refused with %s', async (_, lines) => {
    const { create, count, ask, body } = await schemas();
    expect((await create(lines)).body).toMatchObject({ status: 400 });
    expect(count()).toBe(0);
    const set = await made(() => create());
    expect((await ask('PUT', set, body(lines))).status).toBe(400);
    expect((await ask('GET', `${set}?version=1`)).status).toBe(404);
  });

  it.each(['inputSchema', 'outputSchema'])('is refused with an unknown %s', async (name) => {
    const { create } = await schemas();
    expect((await create(mappings, { [name]: { id: 'f'.repeat(32) } })).status).toBe(400);
  });

  it('has columns that the output schema does not declare, unless that is strict', async () => {
    for (const [strictCards, wanted] of [
      [false, 200],
      [true, 400],
    ] as const) {
      const { create } = await schemas({ strictCards });
      expect((await create([line('person.name.lastName', 'undeclared')])).status).toBe(wanted);
      expect((await create()).status).toBe(200);
    }
  });

  it('gets a version with each update, and the first is read without a word', async () => {
    const { ask, body, create } = await schemas();
    const set = await made(() => create());
    const second = await ask('PUT', set, body(mappings.slice(0, 1)));
    expect([second.status, second.body['version'], second.body['mappings']]).toMatchObject([
      200,
      1,
      [{ source: 'person.name.firstName', version: 0 }],
    ]);
    const third = await ask('PUT', set, body(mappings.slice(0, 2), { inputSchema: undefined }));
    expect(third.body).toMatchObject({ version: 2, inputSchema: second.body['inputSchema'] as object });
    const lengths = [];
    for (const version of ['', '?version=0', '?version=1', '?version=2']) {
      const read = (await ask('GET', set + version)).body;
      lengths.push([read['version'], (read['mappings'] as unknown[]).length]);
    }
    expect(lengths).toEqual([
      [0, 4],
      [0, 4],
      [1, 1],
      [2, 2],
    ]);
    const ids = async (version: number): Promise<unknown[]> =>
      ((await ask('GET', `${set}?version=${version}`)).body['mappings'] as Json[]).map(({ id }) => id);
    expect(new Set([...(await ids(0)), ...(await ids(1)), ...(await ids(2))]).size).toBe(7);
    expect(third.body['createdDate']).toBe(second.body['createdDate']);
    expect(Number(third.body['modifiedDate'])).toBeGreaterThan(Number(second.body['modifiedDate']));
  });

  it('may answer an update with nothing but what was sent', async () => {
    const { ask, body, create } = await schemas({ putAnswer: 'echo' });
    const set = await made(() => create());
    const sent = body(mappings.slice(0, 1));
    expect((await ask('PUT', set, sent)).text).toBe(sent);
    expect((await ask('GET', `${set}?version=1`)).body['mappings']).toHaveLength(1);
  });

  it.each<[string, string, unknown, number]>([
    ['without an output schema', '', { mappings }, 400],
    ['of a set that is none', '0', undefined, 404],
  ])('is not updated %s', async (_, more, sent, wanted) => {
    const { ask, body, create } = await schemas();
    const set = await made(() => create());
    expect((await ask('PUT', set + more, sent ?? body())).status).toBe(wanted);
  });

  it.each(['?version=1', '?version=-1', '?version=x', '/mappings/none'])('has no %s', async (more) => {
    const { ask, create } = await schemas();
    expect([400, 404]).toContain((await ask('GET', (await made(() => create())) + more)).status);
  });

  it('tells its mappings alone', async () => {
    const { ask, create } = await schemas();
    const set = await made(() => create());
    const { body } = await ask('GET', `${set}?version=0`);
    const alone = await ask('GET', `${set}/mappings`);
    expect(alone.body).toEqual(body['mappings']);
    const [first] = body['mappings'] as Json[];
    expect((await ask('GET', `${set}/mappings/${String(first?.['id'])}`)).body).toEqual(first);
  });

  it('is listed in pages, newest first, by its name and in the other order', async () => {
    const { ask, create } = await schemas();
    for (const name of ['a', 'b', 'c']) await made(() => create(mappings, { name }));
    const names = async (query: string): Promise<unknown[]> => {
      const { body } = await ask('GET', `${sets}?${query}`);
      expect((body['_page'] as Json)['count']).toBe((body['data'] as Json[]).length);
      return (body['data'] as Json[]).map(({ name }) => name);
    };
    expect(await names('limit=2&start=0')).toEqual(['c', 'b']);
    expect(await names('limit=2&start=2')).toEqual(['a']);
    expect(await names('limit=9&start=0&name=b')).toEqual(['b']);
    expect(await names('limit=9&start=0&orderBy=%2BcreatedDate')).toEqual(['a', 'b', 'c']);
    expect((await ask('GET', sets)).status).toBe(400);
  });

  it('is not there in another sandbox', async () => {
    const { ask, create } = await schemas();
    const set = await made(() => create());
    expect((await ask('GET', set, undefined, { 'x-sandbox-name': 'prod' })).status).toBe(404);
  });

  it('may be lost, doubled and hidden on its way like anything else', async () => {
    const { ask, create, count } = await schemas({
      faults: ['POST /mappingSets=hide:100000x1', 'POST /mappingSets=act:503x1', 'POST /mappingSets=twicex1'],
    });
    const listed = async (): Promise<number> =>
      ((await ask('GET', `${sets}?limit=9&start=0`)).body['data'] as Json[]).length;
    expect((await create()).status).toBe(503);
    expect([count(), await listed()]).toEqual([1, 0]);
    expect((await create()).status).toBe(200);
    expect([count(), await listed()]).toEqual([3, 2]);
  });

  it('is kept in the state file, and an older file without any is read', async () => {
    const stateFile = path.join(freshFolder(), 'state.json');
    const { create } = await schemas({ stateFile });
    const set = await made(() => create());
    const { ask } = await asked({ stateFile });
    expect((await ask('GET', `${set}?version=0`)).body['mappings']).toHaveLength(4);
    const state = JSON.parse(readFileSync(stateFile, 'utf8')) as Record<string, Json>;
    for (const shelf of Object.values(state)) {
      Reflect.deleteProperty(shelf, 'schemas');
      Reflect.deleteProperty(shelf, 'mappingSets');
    }
    writeFileSync(stateFile, JSON.stringify(state));
    const { create: createAgain, count } = await schemas({ stateFile });
    await made(() => createAgain());
    expect(count()).toBe(1);
  });

  it('goes, and is gone', async () => {
    const { ask, create, count } = await schemas();
    const set = await made(() => create());
    expect((await ask('DELETE', set)).status).toBe(204);
    expect(count()).toBe(0);
    expect((await ask('DELETE', set)).status).toBe(404);
  });
});

describe('validation', () => {
  it.each<[string, Json, boolean]>([
    ['an attribute', line('person.name.firstName', 'x'), true],
    ['an attribute that nobody has', line('person.lastName', 'x'), false],
    ['an identity', line('identityMap.Phone_E//.164', 'x'), true],
    ['a membership', line('segmentMembership.ups.seg_id.status', 'x'), true],
    ['a day of membership', line('segmentMembership.seg_namespace.seg_id.lastQualificationTime', 'x'), true],
    ['an element of a list', line('organizations[0]', 'x'), true],
    ['an element of no list', line('person.gender[0]', 'x'), false],
    ['a path with a blank', line('person name', 'x'), false],
    ['a list as a text', line("array_to_string('_', organizations)", 'x', 'EXPRESSION'), true],
    ['no list as a text', line("array_to_string('_', person.gender)", 'x', 'EXPRESSION'), false],
    ['another function', line("iif(person.gender == 'x', 'a', 'b')", 'x', 'EXPRESSION'), true],
    ['no function', line('organizations + 1', 'x', 'EXPRESSION'), false],
    ['a text', line('anything', 'x', 'STATIC'), true],
    ['a column with a dot', line('person.name.firstName', 'a.b'), false],
  ])('of %s', async (_, one, isSound) => {
    const { ask, body, create } = await schemas();
    const { status, body: answer } = await ask('POST', `${sets}/validate`, body([mappings[0], one]));
    expect(status).toBe(200);
    const [first, second] = answer['validationResponse'] as Json[];
    expect(first).toEqual({ status: 'SUCCESS', errors: [] });
    expect(second).toMatchObject(
      isSound
        ? { status: 'SUCCESS', errors: [] }
        : { status: 'FAILED', errors: [{ destination: one['destination'], exception: expect.any(String) }] },
    );
    // A set may be made all the same, but with columns that are some.
    const isColumn = !String(one['destination']).includes('.');
    expect((await create([mappings[0], one])).status).toBe(isColumn ? 200 : 400);
  });

  it('makes nothing', async () => {
    const { ask, body, count } = await schemas();
    await ask('POST', `${sets}/validate`, body());
    expect(count()).toBe(0);
  });
});

describe('a preview', () => {
  const record = {
    person: { name: { firstName: 'Jim' } },
    organizations: ['Acme', 'Adobe'],
    identityMap: { 'Phone_E.164': [{ id: '+1' }] },
  };

  it.each<[Json, unknown]>([
    [line('person.name.firstName', 'x'), 'Jim'],
    [line('organizations[1]', 'x'), 'Adobe'],
    [line('organizations[2]', 'x'), undefined],
    [line('person.name.lastName', 'x'), undefined],
    [line('identityMap.Phone_E//.164[0].id', 'x'), '+1'],
    [line("array_to_string(' | ', organizations)", 'x', 'EXPRESSION'), 'Acme | Adobe'],
    [line('EU', 'x', 'STATIC'), 'EU'],
  ])('of %j is %j', async (one, wanted) => {
    const { ask } = await asked();
    const { status, body } = await ask('POST', `${sets}/preview`, {
      data: record,
      mappingSet: { mappings: [one] },
    });
    expect([status, body]).toEqual([200, { data: wanted === undefined ? {} : { x: wanted }, errors: [] }]);
  });

  it('says what it does not calculate', async () => {
    const { ask } = await asked();
    const one = line('size_of(organizations)', 'x', 'EXPRESSION');
    const { body } = await ask('POST', `${sets}/preview`, { data: record, mappingSet: { mappings: [one] } });
    expect(body).toMatchObject({ data: {}, errors: [{ source: one['source'], destination: 'x' }] });
    expect((await ask('POST', `${sets}/preview`, { mappingSet: { mappings: [one] } })).status).toBe(400);
  });
});

describe('a source path', () => {
  it('of an identity leads to its namespace, however many dots that has', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_]([\w.]{0,8}\w)?$/), (code) => {
        expect(stepsOf(identitySource(code))).toEqual(['identityMap', code]);
      }),
    );
  });

  it.each(['', 'a..b', 'a b', 'a[x]', 'a[0', '[0]', 'a[-1]'])('is not "%s"', (text) => {
    expect(stepsOf(text)).toBeUndefined();
  });
});

describe('the landing zone', () => {
  const at = '/data/foundation/connectors/landingzone/credentials';
  const word = expect.stringMatching(/^\S{10,}$/) as string;

  it('of Azure tells its container and how to reach it, until they are renewed', async () => {
    const { ask } = await asked();
    const read = async (): Promise<Json> => (await ask('GET', `${at}?type=dlz_destination`)).body;
    const first = await read();
    expect(first).toEqual({
      containerName: 'dlz-destination',
      SASToken: word,
      storageAccountName: word,
      SASUri: expect.stringMatching(/^https:\/\//) as string,
    });
    expect(String(first['SASUri'])).toContain(String(first['SASToken']));
    expect(await read()).toEqual(first);
    const renewed = await ask('POST', `${at}?type=dlz_destination&action=refresh`);
    expect([renewed.status, Object.keys(renewed.body)]).toEqual([200, Object.keys(first)]);
    expect(renewed.body['SASToken']).not.toBe(first['SASToken']);
    expect(await read()).toEqual(renewed.body);
    const other = await ask('GET', `${at}?type=dlz_destination`, undefined, { 'x-sandbox-name': 'prod' });
    expect(other.body['SASToken']).not.toBe(first['SASToken']);
  });

  it('of Amazon tells keys that end, in seconds', async () => {
    const { ask } = await asked({ landingZone: 'aws', now: () => 1_735_600_000_000 });
    const { body } = await ask('GET', `${at}?type=dlz_destination`);
    expect(body).toEqual({
      credentials: {
        awsAccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/) as string,
        awsSecretAccessKey: expect.stringMatching(/^\S{40}$/) as string,
        awsSessionToken: word,
      },
      dlzPath: { bucketName: word, dlzFolder: expect.stringContaining('dlz-destination') as string },
      dlzProvider: 'Amazon S3',
      expiryTime: 1_735_686_400,
    });
    const renewed = (await ask('POST', `${at}?type=dlz_destination&action=refresh`)).body;
    expect(renewed['credentials']).not.toEqual(body['credentials']);
  });

  it.each([
    ['GET', '', 200],
    ['GET', '?type=dlz_elsewhere', 400],
    ['POST', '?type=dlz_destination', 400],
  ])('%s with "%s" is %i', async (method, query, wanted) => {
    const { ask } = await asked();
    const { status, body } = await ask(method, at + query);
    expect(status).toBe(wanted);
    if (wanted === 200) expect(body['containerName']).not.toBe('dlz-destination');
  });
});
