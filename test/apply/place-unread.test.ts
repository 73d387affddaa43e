import { describe, expect, it } from 'vitest';
import { compare } from '../../source/activation/report.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { converge } from '../../source/apply/live/converge.ts';
import { lookAhead } from '../../source/apply/live/look-ahead.ts';
import { readPlace } from '../../source/apply/live/live.ts';
import { answerWith, clientOf, failureOf, type Written } from '../helpers/answers.ts';
import { applyingWith } from '../helpers/shelves.ts';

const [F, T, B] = ['f1', 't2', 'b3'].map((id) => `${id}111111-1111-4222-8333-444444444444`) as [
  string,
  string,
  string,
];
const s3 = '4890fc95-5a1f-4983-94bb-e060c08e3f81';
const location = { mode: 'S3', bucketName: 'my-bucket', path: 'exports/daily' };
const plan: Plan = {
  version: 1,
  name: 'One',
  sandbox: 'dev',
  flow: F,
  destination: { connectionSpecId: s3, baseConnectionId: B, location },
  segments: [],
  attributes: { selected: [], mandatory: [], deduplication: [] },
};
const target = { id: T, etag: '"1"', connectionSpec: { id: s3 }, baseConnectionId: B, params: location };
const flow = {
  id: F,
  name: 'One',
  etag: '"1"',
  state: 'enabled',
  targetConnectionIds: [T],
  transformations: [],
};
const gone: Written = { status: 404, json: { errorMessage: `targetConnections not found with id = [${T}]` } };
const page: Written = { status: 404, text: '<html></html>' };
const one = (more: object): Written => ({ json: { items: [{ ...target, ...more }] } });
const inherited = (baseConnection: unknown): object => ({
  baseConnectionId: undefined,
  inheritedAttributes: { baseConnection },
});

async function platform(flowMore: object, answer: Written) {
  const server = await answerWith(({ method, url }) => {
    if (method === 'PATCH') return { json: { id: 'x', etag: '"2"' } };
    if (url.includes('/targetConnections/')) return answer;
    if (url.includes('/targetConnections')) return { json: { items: [{ id: T }] } };
    return { json: { items: [{ ...flow, ...flowMore }] } };
  });
  const client = clientOf(server.url);
  return {
    client,
    writes: () => server.seen.filter(({ method }) => method !== 'GET').map(({ body }) => body),
  };
}

const account = 'destination.baseConnectionId';
const place = 'destination.location';

describe('where a dataflow stores', () => {
  it.each<[string, object, Written, string[]]>([
    ['is read', {}, one({}), []],
    ['is gone', {}, gone, [account, place]],
    ['is named by nobody', { targetConnectionIds: undefined }, one({}), [account, place]],
    ['is named by nobody: null', { targetConnectionIds: null }, one({}), [account, place]],
    ['is named by nobody: an empty list', { targetConnectionIds: [] }, one({}), [account, place]],
    [
      'is inherited',
      { targetConnectionIds: undefined, inheritedAttributes: { targetConnections: [{ id: T }] } },
      one({}),
      [],
    ],
    ['says nothing of its params', {}, one({ params: undefined }), [place]],
    ['says null of its params', {}, one({ params: null }), [place]],
    ['has a list of params', {}, one({ params: ['x'] }), [place]],
    ['has a text of params', {}, one({ params: 'x' }), [place]],
    ['does not say its account', {}, one({ baseConnectionId: undefined }), [account]],
    ['says null of its account', {}, one({ baseConnectionId: null }), [account]],
    ['says a number of its account', {}, one({ baseConnectionId: 5 }), [account]],
    ['has inherited its account', {}, one(inherited({ id: B })), []],
    ['has inherited its account as a text', {}, one(inherited(B)), []],
    ['says neither', {}, one({ params: undefined, baseConnectionId: '' }), [account, place]],
  ])('%s: diff, apply and validate give one answer', async (_, flowMore, answer, unread) => {
    const { client, writes } = await platform(flowMore, answer);
    const clock = (): number => performance.now();
    const { event } = await lookAhead(plan, F, { client, extras: 'keep', tell: () => undefined, clock });
    expect(event.differences.map(({ kind, path }) => `${kind} ${path}`)).toEqual(
      unread.map((subject) => `unread $.${subject}`),
    );
    const { applying } = applyingWith({ client, plan });
    const applied = await converge(applying, F);
    const read = await client.getFlow(F);
    const validated = compare(plan, read, {}, await readPlace(client, read, {}));
    for (const { isVerified, rows } of [applied, validated]) {
      expect(isVerified).toBe(unread.length === 0);
      const wrong = rows
        .filter(({ mark }) => mark !== 'same')
        .map(({ mark, subject }) => `${mark} ${subject}`);
      expect(wrong).toEqual(unread.map((subject) => `unread ${subject}`));
    }
    expect(writes()).toEqual([]);
  });

  it('is not gone by what proves nothing', async () => {
    const { client } = await platform({}, page);
    const { applying } = applyingWith({ client, plan });
    expect(await failureOf(converge(applying, F))).toMatchObject({ kind: 'refused', status: 404 });
    expect(await failureOf(readPlace(client, { targetConnectionIds: [T] }, {}))).toMatchObject({
      status: 404,
    });
  });

  it('is not written over where it cannot be read, and the rest is', async () => {
    const { client, writes } = await platform({ name: 'Before' }, one({ params: undefined }));
    const wanted = {
      ...plan,
      destination: { ...plan.destination, location: { ...location, path: 'exports/new' } },
    };
    const { applying } = applyingWith({ client, plan: wanted, settleMs: 1 });
    const { isVerified } = await converge(applying, F);
    expect(isVerified).toBe(false);
    expect(writes().map((body) => JSON.parse(body) as unknown)).toEqual([
      [{ op: 'replace', path: '/name', value: 'One' }],
    ]);
  });

  it.each<[string, Written, object]>([
    ['its params', { status: 412, json: { errorMessage: 'etag' } }, { params: null }],
    ['its account', { status: 412, json: { errorMessage: 'etag' } }, { baseConnectionId: null }],
    ['its params, and nobody knows', { status: 503 }, { params: null }],
  ])('and stops to say %s while it is changed, is not taken for changed', async (_, answer, silent) => {
    let patches = 0;
    const server = await answerWith(({ method, url }) => {
      if (method === 'PATCH') {
        patches++;
        return answer;
      }
      if (url.includes('/connectionSpecs')) return { json: { items: [{ id: s3, name: 'S3' }] } };
      if (url.includes('/targetConnections/')) return one(patches > 0 ? { ...silent, etag: '"2"' } : {});
      return { json: { items: url.includes('/flows?') ? [] : [flow] } };
    });
    const other = T.replace('2', '9');
    const destination = {
      ...plan.destination,
      baseConnectionId: other,
      location: { ...location, path: 'exports/new' },
    };
    const { applying, noted } = applyingWith({
      client: clientOf(server.url),
      plan: { ...plan, destination },
      doubtMs: 300,
      retryBaseMs: 1,
    });
    expect(await failureOf(converge(applying, F))).toMatchObject({ kind: 'unreadable' });
    expect(patches).toBe(1);
    expect(noted.map(({ kind }) => kind)).not.toContain('patched');
  });
});
