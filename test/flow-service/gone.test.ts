import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { provesGone } from '../../source/flow-service/gone.ts';
import { answerWith, clientOf, failureOf, type Written } from '../helpers/answers.ts';

const id = '9F7d37fd-7039-4454-94ef-2b0cd6c3206a';
const html = { 'content-type': 'text/html' };
const path = `/data/foundation/flowservice/flows/${id}`;

const silent: [string, Written][] = [
  ['a web page', { text: '<html><h1>404 no route</h1></html>', headers: html }],
  ['a web page that has the address', { text: `<h1>${path} was not found</h1>`, headers: html }],
  ['a web page that has the words', { text: `<h1>flows not found with id = [${id}]</h1>`, headers: html }],
  ['nothing', {}],
  ['blanks', { text: ' \r\n' }],
  ['plain words', { text: `default backend, no ${id}`, headers: { 'content-type': 'text/plain' } }],
  ['half an answer', { text: `{"errorMessage":"flows not found with id = [${id}]"` }],
  ['an empty object', { json: {} }],
  ['a list', { json: [] }],
  ['null', { json: null }],
  ['words of nobody', { json: { message: 'not found' } }],
  ['words of a gateway', { json: { error_code: '404003', message: 'Resource not found' } }],
  ['words about the address', { json: { message: `Cannot DELETE ${path}` } }],
  ['words about the sandbox', { json: { errorMessage: 'Sandbox not found with name = [dev]' } }],
  ['words about another', { json: { errorMessage: `flows not found with id = [${id}0]` } }],
  ['words about another yet', { json: { errorMessage: `flows not found with id = [x-${id}]` } }],
];
const inWords: [string, Written][] = [
  ['words of the service', { json: { errorMessage: `flows not found with id = [${id}]` } }],
  ['words in another case', { json: { message: `not found: ${id.toUpperCase()}` } }],
  ['words within', { json: { errors: { 404: [{ code: 404, message: `no flow "${id}".` }] } } }],
];

type List = [string, Written, boolean | undefined];
const listed: List = ['shows it', { json: { items: [{ id: 'x' }, { id: id.toLowerCase() }] } }, false];
const unlisted: List = ['does not', { json: { items: [{ id: 'x' }], _links: {} } }, true];
const lists: List[] = [
  listed,
  unlisted,
  ['has no end', { json: { items: [], _links: { next: { href: '/flows' } } } }, undefined],
  ['is a web page', { text: '<html></html>', headers: html }, undefined],
  ['is refused', { status: 403, json: { message: 'no' } }, undefined],
  ['is not there either', { status: 404 }, undefined],
];

describe('what answers 404', () => {
  const rig = (answer: Written, list: Written) =>
    answerWith(({ url }) =>
      url.includes(id) ? (typeof answer === 'function' ? answer : { status: 404, ...answer }) : list,
    );

  it.each(silent.flatMap((one) => lists.map((list) => [...one, ...list] as const)))(
    'with %s is gone only where a whole list does not show it: %s',
    async (_, answer, __, list, wanted) => {
      const server = await rig(answer, list);
      const client = clientOf(server.url);
      const there = (): Promise<boolean> => client.exists('flows', id);
      const removing = (): Promise<object> => client.remove('flows', id);
      if (wanted === undefined) {
        expect(await failureOf(there())).toMatchObject({ method: 'GET' });
        expect(await failureOf(removing())).toMatchObject({ method: 'GET' });
      } else {
        expect(await there()).toBe(!wanted);
        if (wanted) expect(await removing()).toEqual({ alreadyGone: true });
        else expect(await failureOf(removing())).toMatchObject({ method: 'DELETE', status: 404 });
      }
    },
  );

  it.each(inWords)('with %s is gone, and nothing else is asked', async (_, answer) => {
    const server = await rig(answer, listed[1]);
    const client = clientOf(server.url);
    expect(await client.exists('flows', id)).toBe(false);
    expect(await client.remove('flows', id)).toEqual({ alreadyGone: true });
    expect(server.seen).toHaveLength(2);
  });

  it.each(lists)('of a mapping set is gone by the same rule: its list %s', async (_, list, wanted) => {
    const data = typeof list === 'function' ? [] : (list.json as { items?: object[] } | undefined)?.items;
    const server = await answerWith(({ url }) =>
      url.includes(id)
        ? { status: 404 }
        : typeof list === 'function' || list.status !== undefined || !data
          ? list
          : { json: { data: wanted === undefined ? 'none' : url.includes('start=0') ? data : [] } },
    );
    const removing = clientOf(server.url).dataPrep.removeMappingSet(id);
    if (wanted === true) expect(await removing).toBe('alreadyGone');
    else await failureOf(removing);
  });

  it.each(['f', 'flows', 'id', 'D'])(
    'is named where its id is a part of the words besides: %s',
    async (short) => {
      const serverMessage = `flows not found with id = [${short}]`;
      const error = new RefusedError({ method: 'GET', path }, 404, { serverMessage });
      const looked = (): never => {
        throw new Error('looked');
      };
      expect(await provesGone(error, short, looked)).toBe(true);
    },
  );

  it.each([
    ['a', 'a flow was not found'],
    ['a', 'Not found: a'],
    ['a', 'Cannot find a.'],
    ['id', 'no id = [x]'],
    ['flows', 'flows not found with id = [x]'],
    ['dev', 'Sandbox not found with name = [dev]'],
    ['404', 'Error 404'],
    ['12345678', 'x-request-id 12345678é'],
    ['12345678', 'é12345678 is unknown'],
    ['f', 'flows not found with id = [f2]'],
    ['f', 'flows not found with gid = [f]'],
  ])('is not named where its id is only a word of the prose: %s in %s', async (word, serverMessage) => {
    const error = new RefusedError({ method: 'GET', path }, 404, { serverMessage });
    const pages = async function* (): AsyncGenerator<{ id: string }[]> {
      yield await Promise.resolve([{ id: word }]);
    };
    expect(await provesGone(error, word, pages)).toBe(false);
  });

  it('is never gone by another status', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 300, max: 599 }), async (status) => {
        const error = new RefusedError({ method: 'GET', path }, status, { serverMessage: `[${id}]` });
        const proven = await provesGone(error, id, () => {
          throw new Error('looked');
        });
        expect(proven).toBe(status === 404);
      }),
    );
  });
});
