import { describe, expect, it } from 'vitest';
import { inOne } from '../../source/flow-service/paging.ts';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const set = (id: string) => ({
  id,
  version: 3,
  inputSchema: { id: 'in', version: 0 },
  mappings: [
    { id: 'ab', sourceType: 'text/x.schema-path', source: 'a.b', destination: 'A', functionVersion: 0 },
  ],
});

describe('the service that keeps columns', () => {
  it('is asked for a set in a version, and for no other', async () => {
    const server = await answerWith(() => ({ json: set('x') }));
    const { dataPrep } = clientOf(server.url);
    expect(await dataPrep.getMappingSet('x', 3)).toMatchObject({
      mappings: [{ sourceType: 'text/x.schema-path', source: 'a.b', destination: 'A' }],
    });
    expect(server.seen[0]?.url).toBe('/data/foundation/conversion/mappingSets/x?version=3');
    // A service that answers with another version does not say what is in this one.
    expect(await failureOf(dataPrep.getMappingSet('x', 2))).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.version', expected: '2' }],
    });
  });

  it.each([
    ['no version', undefined, 'number'],
    ['a version that is none', {}, 'number'],
  ])('is not read with %s, and what should be there is told', async (_, version, expected) => {
    const server = await answerWith(() => ({ json: { ...set('x'), version } }));
    expect(await failureOf(clientOf(server.url).dataPrep.getMappingSet('x', 3))).toMatchObject({
      problems: [{ path: '$.version', expected }],
    });
  });

  it('is read to the end where pages are shorter than they were asked for', async () => {
    const all = Array.from({ length: 45 }, (_, index) => set(`s${index}`));
    const server = await answerWith(({ url }) => {
      const start = Number(new URL(url, 'http://x').searchParams.get('start'));
      return { json: { data: all.slice(start, start + 20) } };
    });
    expect(await inOne(clientOf(server.url).dataPrep.listMappingSets())).toHaveLength(45);
    const same = await answerWith(() => ({ json: { data: all } }));
    expect(await inOne(clientOf(same.url).dataPrep.listSchemas())).toHaveLength(45);
  });

  it('is read page by page to the end', async () => {
    const all = Array.from({ length: 230 }, (_, index) => set(`s${index}`));
    const server = await answerWith(({ url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const [limit, start] = [Number(query.get('limit')), Number(query.get('start'))];
      return { json: { data: all.slice(start, start + limit), _page: { count: 1, limit } } };
    });
    const sets = await inOne(clientOf(server.url).dataPrep.listMappingSets());
    expect(sets.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(server.seen).toHaveLength(4);
  });

  it.each([
    [204, 'removed'],
    [404, 'alreadyGone'],
    [405, 'notOffered'],
    [501, 'notOffered'],
  ])('says of a removal that is answered with %i: %s', async (status, wanted) => {
    const server = await answerWith(() => ({
      status,
      ...(status < 300 ? {} : { json: { title: 'mappingSets not found with id = [5e1b9ac4]' } }),
    }));
    expect(await clientOf(server.url).dataPrep.removeMappingSet('5e1b9ac4')).toBe(wanted);
  });

  it('throws what else a removal is refused with', async () => {
    const server = await answerWith(() => ({ status: 403, json: { title: 'no' } }));
    expect(await failureOf(clientOf(server.url).dataPrep.removeMappingSet('5e1b9ac4'))).toMatchObject({
      method: 'DELETE',
      status: 403,
    });
  });

  it('is looked through for a set whose refusal says nothing', async () => {
    const server = await answerWith(({ method }) =>
      method === 'GET' ? { json: { data: [] } } : { status: 404 },
    );
    expect(await clientOf(server.url).dataPrep.removeMappingSet('5e1b9ac4')).toBe('alreadyGone');
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'DELETE /data/foundation/conversion/mappingSets/5e1b9ac4',
      'GET /data/foundation/conversion/mappingSets?limit=100&start=0',
    ]);
  });

  it('gives the union as it came, from the registry where the profile service refuses', async () => {
    const union = { $id: 'union', properties: { a: { 'x-unheard-of': ' \u0007' } } };
    const server = await answerWith(({ url }) =>
      url.includes('/ups/') ? { status: 403, json: { message: 'no' } } : { json: union },
    );
    expect(await clientOf(server.url).dataPrep.getUnionCopy()).toEqual(union);
    expect(server.seen.map(({ url }) => url.split('?')[0])).toEqual([
      '/data/core/ups/config/entityTypes/_xdm.context.profile',
      '/data/foundation/schemaregistry/tenant/unions/_xdm.context.profile__union',
    ]);
  });
});
