import { describe, expect, it } from 'vitest';
import { answerWith, clientOf, failureOf } from '../helpers/answers.ts';

const id = '9F7d37fd-7039-4454-94ef-2b0cd6c3206a';
const segment = { id, name: 'One' };

describe('one segment', () => {
  it.each([403, 404])('is asked for among definitions where audiences answer %i', async (status) => {
    const server = await answerWith(({ url }) =>
      url.includes('/audiences') ? { status, json: { message: 'no' } } : { json: segment },
    );
    expect(await clientOf(server.url).getSegment('a/b c')).toMatchObject(segment);
    expect(server.seen.map(({ url }) => url)).toEqual([
      '/data/core/ups/audiences/a%2Fb%20c',
      '/data/core/ups/segment/definitions/a%2Fb%20c',
    ]);
  });

  it('is not asked for a second time where it was refused for another reason', async () => {
    const server = await answerWith(() => ({ status: 400, json: { message: 'no' } }));
    expect(await failureOf(clientOf(server.url).getSegment(id))).toMatchObject({ status: 400 });
    expect(server.seen).toHaveLength(1);
  });
});

describe('the namespaces of identities', () => {
  it('are those in use, by their codes', async () => {
    const server = await answerWith(() => ({
      json: [
        { id: 6, code: 'Email', name: 'E-mail', status: 'ACTIVE' },
        { code: 'Old', name: 'Old', status: 'INACTIVE' },
        { code: 'Phone_E.164' },
      ],
    }));
    expect(await clientOf(server.url).listNamespaces()).toEqual([
      { code: 'Email', name: 'E-mail' },
      { code: 'Phone_E.164', name: 'Phone_E.164' },
    ]);
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /data/core/idnamespace/identities',
    ]);
  });

  it('that come in another shape are no answer', async () => {
    const server = await answerWith(() => ({ json: { items: [] } }));
    expect(await failureOf(clientOf(server.url).listNamespaces())).toMatchObject({
      name: 'UnreadableAnswerError',
    });
  });
});

describe('what is asked for by its id', () => {
  it.each<[number, boolean | number]>([
    [200, true],
    [404, false],
    [405, 405],
    [403, 403],
  ])('is there or not where the answer is %i', async (status, wanted) => {
    const server = await answerWith(() => ({
      status,
      json: status === 200 ? { items: [{ id }] } : { message: `no ${id}` },
    }));
    const there = clientOf(server.url).exists('connections', id);
    if (typeof wanted === 'boolean') expect(await there).toBe(wanted);
    else expect(await failureOf(there)).toMatchObject({ status: wanted });
    expect(server.seen[0]?.url).toBe(`/data/foundation/flowservice/connections/${id}`);
  });

  it('is that one, in whatever case, and no other', async () => {
    const items = [{ id: 'other' }, { id: id.toUpperCase(), name: 'meant' }];
    const server = await answerWith(() => ({ json: { items } }));
    expect(await clientOf(server.url).getConnection('connections', id)).toMatchObject({ name: 'meant' });
    const strange = await answerWith(() => ({ json: { items: [{ id: 'other' }] } }));
    expect(await failureOf(clientOf(strange.url).getConnection('connections', id))).toMatchObject({
      kind: 'unreadable',
    });
  });
});

describe('the number of dataflows to destinations', () => {
  it('is asked for, not counted', async () => {
    const server = await answerWith(() => ({ json: { count: 95 } }));
    expect(await clientOf(server.url).countDestinationFlows()).toBe(95);
    const { searchParams } = new URL(server.seen[0]?.url ?? '', 'http://x');
    expect(Object.fromEntries(searchParams)).toEqual({
      property: 'inheritedAttributes.properties.isDestinationFlow==true',
      count: 'true',
    });
  });
});
