import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFlowServiceError } from '../../source/flow-service/errors.ts';
import type { Retry } from '../../source/flow-service/transport.ts';
import { answerWith, clientOf, cut, failureOf, type Written } from '../helpers/answers.ts';
import { runs } from '../helpers/soak.ts';

const id = 'ca5c6e9a-8559-4a08-97a5-f15b756da600';
const flow = { items: [{ id, etag: '"1"', transformations: [] }] };

describe('every call', () => {
  it('says who asks and for which sandbox', async () => {
    const server = await answerWith(() => ({ json: { id } }));
    await clientOf(server.url).createFlow({ name: 'x' });
    expect(server.seen[0]).toMatchObject({
      method: 'POST',
      url: '/data/foundation/flowservice/flows',
      body: '{"name":"x"}',
      headers: {
        authorization: 'Bearer the-token',
        'x-api-key': 'the-key',
        'x-gw-ims-org-id': '5555467B@AdobeOrg',
        'x-sandbox-name': 'dev',
        accept: 'application/json',
        'content-type': 'application/json',
      },
    });
  });

  it('sends no content type without a body, and never a sandbox id', async () => {
    const server = await answerWith(() => ({ json: flow }));
    await clientOf(server.url).getFlow(id);
    expect(server.seen[0]?.headers['content-type']).toBeUndefined();
    expect(server.seen[0]?.headers['x-sandbox-id']).toBeUndefined();
  });

  it('keeps a path that the address has', async () => {
    const server = await answerWith(() => ({ json: flow }));
    await clientOf(`${server.url}/proxy/`).getFlow(id);
    expect(server.seen[0]?.url).toBe(`/proxy/data/foundation/flowservice/flows/${id}`);
  });

  it('reads an answer that begins with a byte order mark', async () => {
    const server = await answerWith(() => ({ text: `\ufeff${JSON.stringify(flow)}` }));
    expect(await clientOf(server.url).getFlow(id)).toMatchObject({ id, raw: flow.items[0] });
    const refusing = await answerWith(() => ({ status: 400, text: '\ufeff{"message":"why"}' }));
    expect(await failureOf(clientOf(refusing.url).getFlow(id))).toMatchObject({ serverMessage: 'why' });
  });

  describe('of one thing by its id', () => {
    const other = '99999999-9999-4999-8999-999999999999';
    const reads: [string, (url: string) => Promise<unknown>][] = [
      ['dataflow', (url) => clientOf(url).getFlow(id)],
      ...(['connections', 'sourceConnections', 'targetConnections'] as const).map(
        (collection): [string, (url: string) => Promise<unknown>] => [
          `of ${collection}`,
          (url) => clientOf(url).getConnection(collection, id),
        ],
      ),
      ['look whether it is there', (url) => clientOf(url).exists('flows', id)],
    ];
    it.each(reads)('takes no other for it: %s', async (_, ask) => {
      for (const json of [
        { items: [{ id: other, transformations: [] }] },
        { id: other, transformations: [] },
      ])
        expect(await failureOf(ask((await answerWith(() => ({ json }))).url))).toMatchObject({
          kind: 'unreadable',
          problems: [{ path: '$.id', expected: id }],
        });
    });
    it.each(reads)('takes it from among others, and however it is written: %s', async (_, ask) => {
      const same = { id: id.toUpperCase(), name: 'it', transformations: [] };
      const json = { items: [{ id: other, transformations: [] }, same] };
      const found = await ask((await answerWith(() => ({ json }))).url);
      if (found !== true) expect(found).toMatchObject({ name: 'it' });
    });
    it('keeps of a dataflow what came of that one', async () => {
      const json = { items: [{ id: other, transformations: [] }, flow.items[0]] };
      const server = await answerWith(() => ({ json }));
      expect((await clientOf(server.url).getFlow(id)).raw).toEqual(flow.items[0]);
    });
  });

  it.each([
    ['a page', { text: '<html><title>Down for now</title></html>' }, true, 'Down for now'],
    ['words', { json: { message: 'Down for now' } }, false, 'Down for now'],
    ['nothing', {}, false, undefined],
  ])('that is refused by %s says so', async (_, written, isHtml, serverMessage) => {
    const server = await answerWith(() => ({ status: 400, ...written }));
    const error = await failureOf(clientOf(server.url).getFlow(id));
    expect(error).toMatchObject({ kind: 'refused', status: 400, isHtml });
    expect(error).toHaveProperty('serverMessage', serverMessage);
  });

  it('makes four at once and no more', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const server = await answerWith(() => (response) => {
      waiting.push(() => response.end(JSON.stringify(flow)));
      most = Math.max(most, waiting.length);
      if (waiting.length === 4) for (const go of waiting.splice(0)) go();
    });
    const client = clientOf(server.url);
    await Promise.all(Array.from({ length: 12 }, () => client.getFlow(id)));
    expect(most).toBe(4);
  });
});

describe('a read that fails', () => {
  it.each<[string, Written]>([
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['502', { status: 502, text: '<html>bad gateway</html>' }],
    ['503', { status: 503 }],
    ['504', { status: 504 }],
    ['a connection that is cut', cut],
  ])('with %s is repeated', async (_, failing) => {
    const server = await answerWith((_asked, count) => (count < 4 ? failing : { json: flow }));
    const retries: Retry[] = [];
    const client = clientOf(server.url, { onRetry: (retry) => retries.push(retry) });
    expect((await client.getFlow(id)).id).toBe(id);
    expect(server.seen).toHaveLength(4);
    expect(retries.map(({ attempt }) => attempt)).toEqual([2, 3, 4]);
  });

  it('is given up after four times', async () => {
    const server = await answerWith(() => ({ status: 503 }));
    expect(await failureOf(clientOf(server.url).getFlow(id))).toMatchObject({ kind: 'refused', status: 503 });
    expect(server.seen).toHaveLength(4);
  });

  it.each([400, 401, 403, 404, 412, 422])('with %i is not repeated for that', async (status) => {
    const server = await answerWith(() => ({ status }));
    await failureOf(clientOf(server.url).getFlow(id));
    // A refused token is tried once more, in case it was renewed meanwhile.
    expect(server.seen).toHaveLength(status === 401 ? 2 : 1);
  });

  it('waits as long as Retry-After says', async () => {
    const server = await answerWith((_asked, count) =>
      count === 1 ? { status: 429, headers: { 'retry-after': '0' } } : { json: flow },
    );
    const retries: Retry[] = [];
    await clientOf(server.url, { retryBaseMs: 60_000, onRetry: (retry) => retries.push(retry) }).getFlow(id);
    expect(retries).toMatchObject([{ afterMs: 0, why: '429' }]);
  });

  it('is given up when Retry-After is longer than there is time', async () => {
    const server = await answerWith(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    expect(await failureOf(clientOf(server.url).getFlow(id))).toMatchObject({
      status: 429,
      retryAfterSeconds: 3600,
    });
    expect(server.seen).toHaveLength(1);
  });

  it('is given up at once when the person stops it', async () => {
    const stop = new AbortController();
    const server = await answerWith(() => {
      stop.abort();
      return { status: 503 };
    });
    const client = clientOf(server.url, { retryBaseMs: 60_000 });
    expect(await failureOf(client.getFlow(id, { signal: stop.signal }))).toMatchObject({ kind: 'cancelled' });
  });

  it('is given up in the middle of a pause too', async () => {
    const stop = new AbortController();
    const server = await answerWith(() => ({ status: 503 }));
    const onRetry = (): void => void setImmediate(() => stop.abort());
    const client = clientOf(server.url, { retryBaseMs: 60_000, random: () => 0.5, onRetry });
    expect(await failureOf(client.getFlow(id, { signal: stop.signal }))).toMatchObject({ kind: 'cancelled' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a write', () => {
  it.each<[string, Written]>([
    ['503', { status: 503 }],
    ['429', { status: 429 }],
    ['a cut connection', cut],
  ])('is never repeated: %s', async (_, failing) => {
    const server = await answerWith(() => failing);
    const client = clientOf(server.url);
    await failureOf(client.createConnection({}));
    await failureOf(client.patchFlow(id, '"1"', []));
    await failureOf(client.remove('flows', id));
    expect(server.seen.map(({ method }) => method)).toEqual(['POST', 'PATCH', 'DELETE']);
  });

  it('is not sent by a run that only reads', async () => {
    const server = await answerWith(() => ({ json: flow }));
    const client = clientOf(server.url, { readOnly: true });
    expect(await failureOf(client.createFlow({}))).toMatchObject({ kind: 'readOnly' });
    await client.getFlow(id);
    expect(server.seen.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('an etag', () => {
  it.each([
    ['"8b0351ca-0000-0200-0000-61c4d6700000"', '"8b0351ca-0000-0200-0000-61c4d6700000"'],
    ['8b0351ca-0000-0200-0000-61c4d6700000', '"8b0351ca-0000-0200-0000-61c4d6700000"'],
    ['W/"x"', 'W/"x"'],
    ['"a"b"', '"a"b"'],
    ['"ä b"', '"ä b"'],
  ])('%s is sent with its quotes', async (etag, sent) => {
    const server = await answerWith(() => ({ status: 202 }));
    await clientOf(server.url).patchFlow(id, etag, []);
    expect(server.seen[0]?.headers['if-match']).toBe(sent);
  });

  it.each([
    ['control characters', '"a\u0001b"'],
    ['an escape', '"a\u001b[31mb"'],
    ['a line end', '"a\nb"'],
    ['a sign of no width', '"a\u200bb"'],
    ['another script', '"密"'],
    ['nothing in its quotes', '""'],
    ['nothing in its quotes, and weak', 'W/""'],
  ])('with %s is a named error, and nothing is sent', async (_, etag) => {
    const server = await answerWith(() => ({ json: { items: [{ id, etag, transformations: [] }] } }));
    const client = clientOf(server.url);
    const read = await client.getFlow(id);
    expect(await failureOf(client.patchFlow(id, read.etag ?? '', []))).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.etag', expected: 'sendable' }],
    });
    expect(server.seen).toHaveLength(1);
  });

  it.each<[string, Written, string | undefined]>([
    ['200 with a body', { json: { id, etag: '"2"' } }, '"2"'],
    ['202 with a body', { status: 202, json: { id, etag: '"2"' } }, '"2"'],
    ['202 without a body', { status: 202 }, undefined],
    ['204', (response) => response.writeHead(204).end(), undefined],
    ['a body of another shape', { json: { etag: 7 } }, undefined],
  ])('is taken from an answer to a patch: %s', async (_, written, wanted) => {
    const server = await answerWith(() => written);
    expect((await clientOf(server.url).patchFlow(id, '"1"', [])).etag).toBe(wanted);
  });
});

describe('a refusal', () => {
  it.each<[string, Written, object]>([
    [
      'E1',
      { status: 401, json: { error_code: '401013', message: 'Oauth token is not valid' } },
      { code: '401013', serverMessage: 'Oauth token is not valid' },
    ],
    [
      'E1 with a number',
      { status: 403, json: { error_code: 403010, message: 'missing' } },
      { code: '403010' },
    ],
    [
      'E2',
      { status: 404, json: { errorMessage: 'flows not found', errorDetails: 'with id' } },
      { serverMessage: 'flows not found with id' },
    ],
    [
      'E3',
      { status: 400, json: { message: 'Please provide a valid spec id' } },
      { serverMessage: 'Please provide a valid spec id' },
    ],
    [
      'E4',
      {
        status: 400,
        json: { type: '/x', status: 400, title: 'BadRequestError', detail: 'A valid content-type' },
      },
      { serverMessage: 'A valid content-type' },
    ],
    [
      'E5',
      {
        status: 404,
        json: {
          requestId: 'r1',
          errors: { 404: [{ code: 404, message: 'no segment' }] },
          type: 'https://ns.adobe.com/aep/errors/UPAPI-113430-404',
          title: 't',
        },
      },
      { code: 'UPAPI-113430-404', serverMessage: 'no segment', requestId: 'r1' },
    ],
    [
      'E6',
      {
        status: 400,
        json: {
          type: 'http://ns.adobe.com/aep/errors/XDM-1006-400',
          report: { registryRequestId: 'r2' },
          detail: 'Accept header invalid',
        },
      },
      { code: 'XDM-1006-400', requestId: 'r2', serverMessage: 'Accept header invalid' },
    ],
    [
      'E7',
      {
        status: 401,
        json: { error: 'INVALID_IMS_TOKEN', title: 'Namespace Validation', report: { message: 'no' } },
      },
      { code: 'INVALID_IMS_TOKEN', serverMessage: 'no' },
    ],
    ['E8', { status: 400, json: { error: 'unauthorized_client' } }, { code: 'unauthorized_client' }],
    ['E9, empty', { status: 503 }, { isHtml: false, serverMessage: undefined }],
    ['E9, a web page', { status: 503, text: '<html></html>' }, { isHtml: true }],
    [
      'a request id in the head',
      { status: 400, json: {}, headers: { 'x-request-id': 'r3' } },
      { requestId: 'r3' },
    ],
  ])('is read in the shape %s', async (_, written, wanted) => {
    const server = await answerWith(() => written);
    expect(await failureOf(clientOf(server.url).createFlow({}))).toMatchObject({
      kind: 'refused',
      ...wanted,
    });
  });

  it.each([
    ['POST', 'Manage Destinations'],
    ['GET', 'View Destinations'],
    ['PATCH', 'Activate Destinations'],
  ])('of %s names the permission %s', async (method, permission) => {
    const server = await answerWith(() => ({ status: 403 }));
    const client = clientOf(server.url);
    const call = {
      POST: () => client.createFlow({}),
      GET: () => client.getFlow(id),
      PATCH: () => client.patchFlow(id, '"1"', []),
    };
    expect(await failureOf(call[method as 'GET']())).toMatchObject({ missingPermission: permission });
  });

  it('is what a redirect is: the token goes to no other host', async () => {
    const elsewhere = await answerWith(() => ({ json: flow }));
    const server = await answerWith(() => ({ status: 302, headers: { location: elsewhere.url } }));
    expect(await failureOf(clientOf(server.url).getFlow(id))).toMatchObject({ kind: 'refused', status: 302 });
    expect(elsewhere.seen).toEqual([]);
  });
});

describe('an answer that cannot be read', () => {
  it.each<[string, Written, string]>([
    ['a web page', { text: '<html>login</html>' }, '$'],
    ['half of an answer', { text: '{"items":[{"id":' }, '$'],
    ['nothing', {}, '$'],
    ['no items', { json: { items: [] } }, '$'],
    ['a list where a text should be', { json: { items: [{ id: ['x'], transformations: [] }] } }, '$.id'],
    [
      'a selector without an id',
      {
        json: {
          items: [
            { id, transformations: [{ params: { segmentSelectors: { selectors: [{ value: {} }] } } }] },
          ],
        },
      },
      '$.transformations[0].params.segmentSelectors.selectors[0].value.id',
    ],
  ])('%s names the place', async (_, written, place) => {
    const server = await answerWith(() => written);
    expect(await failureOf(clientOf(server.url).getFlow(id))).toMatchObject({
      kind: 'unreadable',
      problems: [expect.objectContaining({ path: place })],
    });
  });

  it.each(['..', '.', 'a\u0000b', 'a\u001b[2Jb', 'a\u200bb', 'a\ud800'])(
    'of a create with the id %j names it',
    async (made) => {
      const server = await answerWith(() => ({ status: 201, json: { id: made } }));
      const client = clientOf(server.url);
      expect(await failureOf(client.createFlow({}))).toMatchObject({
        kind: 'unreadable',
        problems: [{ path: '$.id', expected: 'sendable' }],
      });
      expect(await failureOf(client.remove('flows', made))).toMatchObject({ kind: 'unreadable' });
      expect(server.seen).toHaveLength(1);
    },
  );

  it('of a create without an id is not taken for a success', async () => {
    const server = await answerWith(() => ({ status: 201, json: { etag: '"1"' } }));
    expect(await failureOf(clientOf(server.url).createFlow({}))).toMatchObject({
      kind: 'unreadable',
      problems: [{ path: '$.id', expected: 'string' }],
    });
  });

  it('is a named error whatever it is', async () => {
    let written: Written = {};
    const server = await answerWith(() => written);
    const client = clientOf(server.url);
    const calls = [
      () => client.getFlow(id),
      () => client.listConnectionSpecs(),
      () => client.listFlowSpecs(),
      () => client.listSandboxes(),
      () => client.getUnionSchema(),
      () => client.createConnection({}),
      () => client.patchFlow(id, '"1"', []),
      () => client.listSegments().next(),
      () => client.list('flows').next(),
    ];
    const answer = fc.oneof(
      fc.record({ status: fc.constantFrom(200, 201, 400, 403, 404, 500), json: fc.jsonValue() }),
      fc.record({ status: fc.constantFrom(200, 503), text: fc.string() }),
      fc.record({
        json: fc.record({
          items: fc.array(
            fc.record(
              {
                id: fc.oneof(fc.uuid(), fc.jsonValue()),
                transformations: fc.jsonValue(),
                lastOperation: fc.jsonValue(),
                authSpec: fc.jsonValue(),
                name: fc.jsonValue(),
              },
              { requiredKeys: [] },
            ),
          ),
        }),
      }),
    );
    const kinds = new Set<string>();
    await fc.assert(
      fc.asyncProperty(answer, fc.nat({ max: calls.length - 1 }), async (one, which) => {
        written = one;
        const error: unknown = await calls[which]?.().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        kinds.add(isFlowServiceError(error) ? error.kind : 'none');
        expect(error === undefined || isFlowServiceError(error), String(error)).toBe(true);
      }),
      { numRuns: runs(300) },
    );
    expect([...kinds]).toEqual(expect.arrayContaining(['none', 'refused', 'unreadable']));
  });

  it('is one that is nested too deep to follow', async () => {
    const deep = `${'{"properties":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`;
    const server = await answerWith(() => ({ text: deep }));
    expect(await failureOf(clientOf(server.url).getUnionSchema())).toMatchObject({ kind: 'unreadable' });
  });
});

describe('no answer', () => {
  it('says that nothing listens there', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(clientOf(`http://127.0.0.1:${port}`).getFlow(id))).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      host: `127.0.0.1:${port}`,
    });
  });

  it('says that the name is not known', async () => {
    expect(await failureOf(clientOf('http://nowhere.invalid').getFlow(id))).toMatchObject({
      kind: 'unreachable',
    });
  });

  it('says after which time it was given up', async () => {
    const server = await answerWith(() => () => undefined);
    const client = clientOf(server.url, { timeoutMs: 50 });
    expect(await failureOf(client.createFlow({}))).toMatchObject({ kind: 'timeout', afterMs: 50 });
  });

  it('says that nobody knows whether a write was done', async () => {
    const server = await answerWith(() => cut);
    expect(await failureOf(clientOf(server.url).createFlow({}))).toMatchObject({ kind: 'lost' });
  });
});

describe('texts of an answer', () => {
  it('move, colour and ring nothing', async () => {
    const hostile = 'a\u001b]0;title\u0007b\u001b[31mc\u009b2Jd\u202ee\rf\u0000g';
    const server = await answerWith(() => ({
      json: { items: [{ id, name: hostile, transformations: [] }] },
    }));

    expect((await clientOf(server.url).getFlow(id)).name).not.toMatch(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
    );
  });

  it('of a refusal too', async () => {
    const server = await answerWith(() => ({ status: 400, json: { message: 'no\u001b[2J\u0007' } }));
    expect(await failureOf(clientOf(server.url).createFlow({}))).toMatchObject({ serverMessage: 'no' });
  });

  it('cannot reach the prototype of objects', async () => {
    const server = await answerWith(() => ({
      text: `{"items":[{"id":"${id}","__proto__":{"polluted":1},"transformations":[]}]}`,
    }));
    const read = await clientOf(server.url).getFlow(id);
    expect('polluted' in read).toBe(false);
  });
});
