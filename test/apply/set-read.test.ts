import { describe, expect, it } from 'vitest';
import { mappingSetBody, writesAs } from '../../source/activation/content/mapping-set.ts';
import { planOfFlow } from '../../source/activation/plan-of-flow.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import { readSet, readTarget } from '../../source/apply/live/live.ts';
import { courseOfSet, versionWith } from '../../source/apply/mapping-set.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';
import { nothingToDo } from '../helpers/shelves.ts';

const line = { sourceType: 'text/x.schema-path', source: 'a.b', destination: 'A' };
const schemas = { inputSchema: { id: 'in' }, outputSchema: { id: 'out' } };

/** A dataflow that names a set so, and the service that has it in every version. */
async function reading(profileMapping: unknown, set: object = { mappings: [line] }) {
  const server = await answerWith(({ url }) => {
    const version = new URL(url, 'http://x').searchParams.get('version');
    return url.includes('/mappingSets/')
      ? { json: { id: 's', version: Number(version), ...schemas, ...set } }
      : { json: { items: [{ id: 'f', etag: '"1"', transformations: [{ params: { profileMapping } }] }] } };
  });
  const client = clientOf(server.url);
  const flow = await client.getFlow('f');
  return { client, flow, read: () => readSet(client, flow, {}) };
}

describe('the version of a set that a dataflow names', () => {
  it.each([
    [{ mappingId: 's', mappingVersion: 1 }, 1],
    [{ mappingId: 's', mappingVersion: '1' }, 1],
    [{ mappingId: 's', mappingVersion: '0' }, 0],
    [{ mappingId: '', mappingVersion: 1 }, undefined],
    [{ mappingId: null }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('is read from %j as %j', async (profileMapping, version) => {
    const { read } = await reading(profileMapping);
    expect((await read())?.version).toBe(version);
  });

  it.each([undefined, null, '', 'one', '1.0', '-1', 1.5, -1, true, {}])(
    'is unknown as %j, and never the first',
    async (mappingVersion) => {
      const { read, client, flow } = await reading({ mappingId: 's', mappingVersion });
      expect(await failureOf(read())).toMatchObject({
        kind: 'unreadable',
        problems: [{ path: '$.transformations[0].params.profileMapping.mappingVersion' }],
      });
      // Everything else of it is read.
      expect(await readTarget(client, flow, {})).toBeUndefined();
    },
  );
});

describe('a set that cannot be read whole', () => {
  it.each<[string, object, string]>([
    ['no list', { mappings: null }, '$.mappings'],
    ['none at all', { mappings: undefined }, '$.mappings'],
    ['another thing', { mappings: { 0: line } }, '$.mappings'],
    [
      'a line without a column',
      { mappings: [line, { ...line, destination: null }] },
      '$.mappings[1].destination',
    ],
    ['a line without anything', { mappings: [line, { id: 'x' }] }, '$.mappings[1].sourceType'],
    ['a line without a source', { mappings: [{ ...line, source: 5 }, line] }, '$.mappings[0].source'],
    ['a line that is none', { mappings: [line, null] }, '$.mappings[1]'],
    ['another version', { mappings: [line], version: 7 }, '$.version'],
  ])('is named, and not empty: %s', async (_, set, path) => {
    const { read } = await reading({ mappingId: 's', mappingVersion: 0 }, set);
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: 'unreadable' });
    expect(error).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ path })]) });
  });

  it('is empty where it says so', async () => {
    const { read } = await reading({ mappingId: 's', mappingVersion: 0 }, { mappings: [] });
    expect((await read())?.lines).toEqual([]);
  });
});

describe('the versions after the one that is named', () => {
  const named = { id: 's', version: 0, lines: [line] };
  const other = [{ ...line, destination: 'B' }];
  /** A service that has a version of every number up to the last. */
  const versionsUpTo = async (last: number) => {
    const server = await answerWith(({ url }) => {
      const version = Number(new URL(url, 'http://x').searchParams.get('version'));
      const mappings = version === last ? other : [line];
      if (url.includes('/flows')) return { json: { items: [] } };
      return version <= last
        ? { json: { id: 's', version, ...schemas, mappings } }
        : { status: 404, json: { title: 'no such version' } };
    });
    return { server, client: clientOf(server.url) };
  };

  it.each([
    [1, { id: 's', version: 1 }],
    [40, { id: 's', version: 40 }],
    [0, undefined],
  ])('are looked through to the end where the last is %i', async (last, wanted) => {
    const { client } = await versionsUpTo(last);
    expect(await versionWith(client, named, other, {})).toEqual(wanted);
  });

  it.each([
    [0, { kind: 'next', version: 1 }],
    [1, { kind: 'next', version: 2, found: { id: 's', version: 1 } }],
    [3, { kind: 'next', version: 4, found: { id: 's', version: 3 } }],
  ])('say which one the next will be, where the last is %i', async (last, wanted) => {
    const { client } = await versionsUpTo(last);
    const flow = await (await reading(undefined)).client.getFlow('f');
    const place = { before: '$', after: '$' };
    const missing = { part: 'column' as const, kind: 'missing' as const, of: {}, place, subject: 'B' };
    const todo = { ...nothingToDo, columns: [missing], lines: other };
    const course = await courseOfSet({ client, made: {} }, 'f', { flow, set: named }, todo);
    expect(course).toEqual({ ...wanted, set: named });
  });

  it('are not looked through without an end', async () => {
    const { client, server } = await versionsUpTo(Infinity);
    expect(await failureOf(versionWith(client, named, other, {}))).toMatchObject({ kind: 'incomplete' });
    expect(server.seen).toHaveLength(250);
  });
});

describe('a set that is gone', () => {
  const spec = { id: '4fce964d-3f37-408f-9778-e597338a21ee' };
  const params = {
    mode: 'Server-to-server',
    bucketName: 'b',
    path: 'p',
    fileType: 'PARQUET',
    compression: 'NONE',
  };
  const target = { id: 't', etag: '"1"', baseConnectionId: 'a', connectionSpec: spec, params };
  const on = async (words: string) => {
    const flow = {
      id: 'f',
      name: 'F',
      etag: '"1"',
      targetConnectionIds: ['t'],
      transformations: [{ params: { profileMapping: { mappingId: 's', mappingVersion: 3 } } }],
    };
    const server = await answerWith(({ url }) => {
      if (url.includes('/mappingSets/')) return { status: 404, json: { title: words } };
      if (url.includes('/mappingSets')) return { json: { data: [{ id: 's' }] } };
      return { json: { items: url.includes('/flows/') ? [flow] : [target] } };
    });
    const client = clientOf(server.url);
    return { client, flow: await client.getFlow('f') };
  };

  it('is named among what no plan can say, and by a comparison', async () => {
    const { client, flow } = await on('no mapping set with id = [s]');
    const held = await readSet(client, flow, {});
    expect(held).toEqual({ id: 's', version: 3, lines: [], isGone: true });
    const reading = planOfFlow({ flow, target, set: held }, 'dev');
    if (reading.kind !== 'plan') throw new Error(reading.why);
    const path = '$.transformations[0].params.profileMapping';
    expect(reading.unsaid).toEqual([{ what: 'set', subject: 's · 3', count: 1, path }]);
    const looking = { client, extras: 'keep', clock: () => 0, tell: () => undefined } as const;
    expect((await lookAhead(reading.plan, 'f', looking)).event.lostSet).toBe('s · 3');
  });

  it('is not gone where only an answer says so and the list has it', async () => {
    const { client, flow } = await on('not here');
    expect(await failureOf(readSet(client, flow, {}))).toMatchObject({ kind: 'refused', status: 404 });
  });
});

describe('what ferry does not speak of in a set', () => {
  const server = { id: 'ab', version: 2, matchScore: 0.5, functionVersion: 0, sourceAttribute: 'a.b' };
  const kept = { identity: true, primaryIdentity: true, description: 'keep', 'x-new': { n: 1 } };
  const ofSet = { strictMapping: true, allowNullValues: true, xdmVersion: '1.1', 'x-set': [1] };
  const stored = { ...line, ...server, ...kept };
  const held = async () => {
    const { read } = await reading(
      { mappingId: 's', mappingVersion: 0 },
      { ...ofSet, createdBy: 'who', status: 'PUBLISHED', mappings: [stored] },
    );
    const set = await read();
    if (!set) throw new Error('no set');
    return set;
  };
  const added = { sourceType: 'ATTRIBUTE', source: 'c', destination: 'C' };

  it('is sent again with its next version', async () => {
    const { lines, raw } = await held();
    const ids = { inputSchemaId: 'in', outputSchemaId: 'out' };
    expect(JSON.parse(JSON.stringify(mappingSetBody(ids, [...lines, added], raw)))).toEqual({
      ...schemas,
      ...ofSet,
      mappings: [{ ...line, sourceType: 'ATTRIBUTE', ...kept }, added],
    });
  });

  it('is not what the service says of every line', () => {
    const plain = {
      ...line,
      raw: { ...line, ...server, identity: false, primaryIdentity: false, odd: false },
    };
    expect(mappingSetBody({ inputSchemaId: 'in', outputSchemaId: 'out' }, [plain])).toEqual({
      ...schemas,
      xdmVersion: '1.0',
      mappings: [{ ...line, sourceType: 'ATTRIBUTE', odd: false }],
    });
  });

  it.each<[string, boolean, object, object]>([
    ['the same', true, {}, {}],
    ['made by another, scored otherwise', true, { id: 'cd', version: 5, matchScore: 1 }, { createdBy: 'me' }],
    ['with more that the service says', true, { touched: 1 }, { seen: 2 }],
    ['no identity', false, { identity: false }, {}],
    ['no primary identity', false, { primaryIdentity: undefined }, {}],
    ['another description', false, { description: 'other' }, {}],
    ['without what is new', false, { 'x-new': undefined }, {}],
    ['less strict', false, {}, { strictMapping: false }],
    ['without empty values', false, {}, { allowNullValues: undefined }],
    ['of another XDM', false, {}, { xdmVersion: '1.0' }],
  ])('tells versions apart: %s', async (_, isSame, ofLine, inSet) => {
    const { lines, raw } = await held();
    const one = { lines: [{ ...line, raw: { ...stored, ...ofLine } }], raw: { ...ofSet, ...inSet } };
    expect(writesAs(one, { lines, raw })).toBe(isSame);
  });

  it.each([
    ['identity', true, false],
    ['primaryIdentity', true, false],
    ['description', 'theirs', false],
    ['identity', false, true],
  ])('is no new line where it says %s %j', (name, value, isSame) => {
    const one = { lines: [{ ...line, raw: { ...line, [name]: value } }] };
    expect(writesAs(one, { lines: [line] })).toBe(isSame);
  });
});
