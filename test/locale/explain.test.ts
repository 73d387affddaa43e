import { describe, expect, it } from 'vitest';
import { explain } from '../../source/locale/explain.ts';
import { en } from '../../source/locale/en.ts';
import { english } from '../../source/locale/catalogs.ts';
import { valueText } from '../../source/locale/texts.ts';

const scene = { host: 'platform.adobe.io', sandbox: 'dev' };
const call = { method: 'POST', path: '/data/foundation/flowservice/flows' };

describe('explain', () => {
  it.each<[object, string[]]>([
    [
      { kind: 'unreachable', host: 'h:1', code: 'ECONNREFUSED' },
      ['Cannot reach h:1', 'connection refused', 'FERRY_API_URL'],
    ],
    [{ kind: 'unreachable', host: 'h', code: 'ENOTFOUND' }, ['cannot be resolved']],
    [
      { kind: 'unreachable', host: 'h', code: 'SELF_SIGNED_CERT_IN_CHAIN' },
      ['not trusted', 'NODE_EXTRA_CA_CERTS'],
    ],
    [{ kind: 'unreachable', host: 'h', code: 'EHOSTUNREACH' }, ['EHOSTUNREACH', 'HTTPS_PROXY']],
    [{ kind: 'lost', ...call }, ['was lost before', 'POST /flows may or may not', 'ferry list flows']],
    [{ kind: 'lost', ...call, method: 'GET' }, ['only reads', 'Try again']],
    [{ kind: 'timeout', ...call, afterMs: 30_000 }, ['within 30 s']],
    [{ kind: 'refused', ...call, status: 401 }, ['(401)', 'FERRY_ACCESS_TOKEN']],
    [
      { kind: 'refused', ...call, status: 403, missingPermission: 'Manage Destinations' },
      ['(403)', 'POST /flows', '"Manage Destinations" in sandbox "dev"'],
    ],
    [
      { kind: 'refused', ...call, status: 403, serverMessage: 'Api Key is invalid' },
      ['Api Key is invalid', 'FERRY_API_KEY'],
    ],
    [{ kind: 'refused', ...call, status: 404 }, ['(404)', 'sandbox "dev" is not known']],
    [{ kind: 'refused', ...call, status: 404, isHtml: true, serverMessage: 'x' }, ['x', 'is not known']],
    [{ kind: 'refused', ...call, status: 404, serverMessage: 'x' }, ['Not found', 'x', 'Check the id']],
    ...(
      [
        ['PATCH', 'flows/F', 412, ['Someone else changed the dataflow', '(412)', 'ferry pull F']],
        ['PATCH', 'flows/F', 409, ['Someone else changed the dataflow', '(409)']],
        ['PATCH', 'targetConnections/T', 412, ['Someone else changed the storage location', 'ferry diff']],
        ['PATCH', 'connections/C', 412, ['Someone else changed the account']],
        ['PATCH', 'sourceConnections/S', 412, ['Someone else changed the same', '(412)']],
        ['POST', 'flows', 412, ['refused POST /flows (412)', 'not in the state this request needs: x.']],
        ['POST', 'connections', 409, ['refused POST /connections (409)']],
        ['POST', 'flows/F/action', 409, ['refused POST /flows/F/action (409)']],
        ['DELETE', 'flows/F', 412, ['refused DELETE /flows/F (412)']],
      ] as const
    ).map(([method, at, status, said]): [object, string[]] => [
      {
        ...{ kind: 'refused', method, status, serverMessage: 'x' },
        path: `/data/foundation/flowservice/${at}`,
      },
      [...said],
    ]),
    [
      { kind: 'refused', ...call, method: 'DELETE', status: 409, serverMessage: 'It is in use.' },
      ['(409)', 'It says: It is in use'],
    ],
    [{ kind: 'refused', ...call, status: 429, retryAfterSeconds: 6.2 }, ['Wait 7 s']],
    [{ kind: 'refused', ...call, status: 302 }, ['redirects elsewhere']],
    [{ kind: 'refused', ...call, status: 503, isHtml: true }, ['(503)', 'web page']],
    [{ kind: 'refused', ...call, status: 500, serverMessage: 'boom' }, ['boom']],
    [
      { kind: 'refused', ...call, status: 400, serverMessage: 'Please provide a valid spec id' },
      ['refused POST /flows (400)', 'Please provide'],
    ],
    [{ kind: 'refused', ...call, status: 400 }, ['does not say why']],
    [
      { kind: 'unreadable', ...call, problems: [{ path: '$.id', expected: 'string' }] },
      ['$.id', 'string', 'platform.adobe.io'],
    ],
    [
      { kind: 'unmarked', found: ['flows F1'], marker: 'ferry run 0a1b2c3d' },
      ['Dataflow F1', 'write "ferry run 0a1b2c3d"', 'Nothing was sent again'],
    ],
    [{ kind: 'incomplete', ...call, method: 'GET' }, ['GET /flows', 'may still be there']],
    [
      {
        kind: 'unsendable',
        ...call,
        setting: 'apiKey',
        wrong: { fault: 'invisible', code: 'U+200B', place: 4, sign: '' },
      },
      ['FERRY_API_KEY', 'invisible', 'U+200B at sign 4', 'Nothing was sent'],
    ],
    [
      {
        kind: 'unsendable',
        ...call,
        setting: 'orgId',
        wrong: { fault: 'foreign', code: 'U+FF20', place: 5, sign: '＠' },
      },
      ['FERRY_ORG_ID', '"＠" (U+FF20)'],
    ],
    [{ kind: 'badProxy', variable: 'HTTPS_PROXY' }, ['HTTPS_PROXY is not', 'http://HOST:PORT']],
    [{ kind: 'readOnly', ...call }, ['--read-only']],
    // What a new one costs, beside why it has to be one. living.md 2, D13
    [
      { kind: 'otherDestination', id: 'F1', found: ['Amazon S3'], connectionSpecId: 'SFTP' },
      [
        ...['Dataflow F1 belongs to Amazon S3, the plan needs SFTP', 'Remove "flow"'],
        ...['starts with full files', 'without the runs of the old one'],
      ],
    ],
    [{ kind: 'cancelled', ...call }, ['Interrupted']],
    [{ kind: 'interrupted' }, ['Interrupted', 'no other was started']],
    [{ kind: 'noFlowSpec', connectionSpecId: 'T' }, ['No flow spec', 'T', 'flowSpecId']],
    [new Error('boom'), ['inside ferry', 'boom']],
  ])('%j says what, why and what to do', (error, wanted) => {
    const told = explain(english, error, scene);
    const whole = `${told.what} ${told.why} ${told.next}`;
    for (const part of wanted) expect(whole).toContain(part);
    expect(whole).not.toMatch(/undefined|\{\w+\}/);
    expect(told.what).not.toBe('');
    expect(told.next).not.toBe('');
  });

  it('carries the request id', () => {
    expect(
      explain(english, { kind: 'refused', ...call, status: 500, requestId: 'r1' }, scene).requestId,
    ).toBe('r1');
  });
});

it.each(['POST', 'PUT', 'DELETE'])('speaks of nobody else where %s is refused with 412', (method) => {
  const { what, why, next } = explain(english, { kind: 'refused', ...call, method, status: 412 }, scene);
  expect(`${what} ${why} ${next}`).not.toMatch(/someone|changed|version/i);
});

it.each([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'sslrootcert'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'sslrootcert'],
  ['NO_TLS', 'sslmode=disable'],
  ['ECONNREFUSED', 'Start the database'],
])('says of a shared state that is not spoken to (%s) what would help', (code, help) => {
  expect(explain(english, { kind: 'stateAway', place: 'postgres://a@db/d', code }, scene).next).toContain(
    help,
  );
});

describe('texts', () => {
  it('put values in, also such as look like a pattern', () => {
    expect(english('frame.next', { name: '$& {name}' })).toBe('Next: $& {name}');
  });

  it("have the platform's own word for a value that nobody has translated", () => {
    expect(valueText(english, 'DAILY')).toBe('every day');
    expect(valueText(english, 'HOURLY')).toBe('HOURLY');
  });

  it('say every message', () => {
    expect(Object.entries(en).filter(([, said]) => said.trim() === '')).toEqual([]);
  });
});
