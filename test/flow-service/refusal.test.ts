import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForeignRefusal, readRefusal } from '../../source/flow-service/refusal.ts';
import { runs } from '../helpers/soak.ts';

describe('a refusal that sends back what it refuses', () => {
  const sent = { name: 'CRM', description: 'ferry run 0a1b2c3d', params: { text: 'x', list: ['a b'] } };
  it.each<[string, unknown, string | undefined]>([
    ['as its message', { message: JSON.stringify(sent) }, undefined],
    ['as its message, with a code', { code: 'X-400', message: JSON.stringify(sent) }, 'X-400'],
    ['beside its reason', { message: 'no bucket', request: sent }, 'no bucket'],
    ['and says no more', sent, undefined],
    ['in its errors', { errors: [{ detail: JSON.stringify(sent) }, { detail: 'no bucket' }] }, 'no bucket'],
    ['text by text', { errors: ['a b', 'no bucket', ' ferry run 0a1b2c3d '] }, 'no bucket'],
    ['within its reason', { message: 'CRM is taken' }, 'CRM is taken'],
  ])('%s, says nothing of it', (_, body, reason) => {
    expect(readRefusal(body, JSON.stringify(sent)).serverMessage).toBe(reason);
  });

  it('is read as before where nothing was sent, or no JSON', () => {
    for (const nothing of [undefined, '', 'grant_type=x'])
      expect(readRefusal({ message: 'no bucket' }, nothing).serverMessage).toBe('no bucket');
  });
});

describe('a refusal without a reason', () => {
  it.each(['title', 'error', 'error_code', 'code'])('says its %s', (name) => {
    expect(readRefusal({ [name]: 'E-7' }).serverMessage).toBe('E-7');
    expect(readRefusal({ message: ' ', [name]: 'E-7' }).serverMessage).toBe('E-7');
  });

  it.each(['error_code', 'errorCode', 'code'])('has a code in its %s, and none that is blank', (name) => {
    expect(readRefusal({ [name]: 403_027 }).code).toBe('403027');
    expect(readRefusal({ within: { [name]: 'E-7' } }).code).toBe('E-7');
    expect(readRefusal({ [name]: '  ' }).code).toBeUndefined();
    expect(readRefusal({ [name]: '?' }).code).toBe('?');
    // What only names what happened comes after it.
    expect(readRefusal({ error: 'bad', [name]: 'E-7' }).code).toBe('E-7');
  });
});

describe('what is said', () => {
  it.each([
    [599, 599],
    [600, 600],
    [601, 601],
    [9000, 601],
  ])('of %i signs is %i long', (length, wanted) => {
    const { serverMessage = '' } = readRefusal({ message: 'x'.repeat(length) });
    expect([serverMessage.length, serverMessage.endsWith('…')]).toEqual([wanted, length > 600]);
  });

  it.each([
    ['&amp;', '&'],
    ['&lt;', '<'],
    ['&gt;', '>'],
    ['&quot;', '"'],
    ['&apos;', "'"],
    ['&nbsp;', ' '],
    ['&#65;', 'A'],
    ['&#x42;', 'B'],
    ['&#9999999;', ''],
    ['&unknown;', '&unknown;'],
  ])('by a page as %s is %j', (entity, sign) => {
    const page = `<html><title>a${entity}b</title></html>`;
    expect(readForeignRefusal(page).serverMessage).toBe(`a${sign}b`);
  });
});

describe('a refusal', () => {
  it.each<[string, unknown, string | undefined]>([
    ['a message', { message: 'no bucket' }, 'no bucket'],
    ['an error with a message', { error: { message: 'no bucket' } }, 'no bucket'],
    ['an error with a code and a message', { error: { code: 'X', message: 'no bucket' } }, 'no bucket'],
    ['an error in an error', { error: { error: { error: { message: 'no bucket' } } } }, 'no bucket'],
    ['a list of errors', { errors: [{ title: 'Bad', detail: 'no bucket' }] }, 'no bucket'],
    ['a list of titles', { errors: [{ title: 'Bad' }] }, 'Bad'],
    ['a list of texts', { errors: ['no bucket', 'no key'] }, 'no bucket; no key'],
    ['a list alone', [{ message: 'no bucket' }], 'no bucket'],
    ['errors by status', { errors: { 404: [{ code: 404, message: 'no bucket' }] } }, 'no bucket'],
    ['a problem', { type: '/x', title: 'Bad', detail: 'no bucket', status: 400 }, 'no bucket'],
    ['a problem with only its title', { type: '/x', title: 'Bad', status: 400 }, 'Bad'],
    ['a report', { title: 'Bad', report: { 'detailed-message': 'no bucket' } }, 'no bucket'],
    ['a report with parts', { report: { 'sub-errors': [{ message: 'no bucket' }] } }, 'no bucket'],
    ['a description', { error: 'invalid_client', error_description: 'no secret' }, 'no secret'],
    ['a fault', { fault: { faultstring: 'no bucket', detail: { errorcode: 'x' } } }, 'no bucket'],
    ['a message with parts', { message: { text: 'no bucket' } }, 'no bucket'],
    ['a message of several', { message: ['no bucket', 'no key'] }, 'no bucket; no key'],
    ['JSON in a text', { message: '{"error":{"message":"no bucket"}}' }, 'no bucket'],
    [
      'a summary and its reason',
      { message: 'Invalid.', errors: [{ detail: 'no bucket' }] },
      'Invalid.; no bucket',
    ],
    ['the same twice', { message: 'no bucket', error: { message: 'no bucket' } }, 'no bucket'],
    ['two parts of one', { errorMessage: 'no bucket', errorDetails: 'crm' }, 'no bucket crm'],
    ['a name only', { error: 'unauthorized_client' }, 'unauthorized_client'],
    ['a text', 'no bucket', 'no bucket'],
    ['nothing', {}, undefined],
    ['null', null, undefined],
    ['a number', 7, undefined],
  ])('that is %s tells its reason', (_, body, reason) => {
    expect(readRefusal(body).serverMessage).toBe(reason);
  });

  it('tells code and request id from wherever they stand', () => {
    expect(readRefusal({ error: { code: 'X-1', message: 'm', request_id: 'r' } })).toEqual({
      code: 'X-1',
      serverMessage: 'm',
      requestId: 'r',
    });
  });

  it('brings nothing harmful from JSON in a text', () => {
    const { serverMessage } = readRefusal({ message: String.raw`{"message":"a\u001b[31mb"}` });
    expect(serverMessage).toBe('ab');
  });

  it('is read in time however deep, wide or long it is', () => {
    const deep = JSON.parse(`${'{"error":'.repeat(2000)}{"message":"m"}${'}'.repeat(2000)}`) as unknown;
    expect(readRefusal(deep).serverMessage).toBeUndefined();
    expect(
      readRefusal({ errors: Array.from({ length: 100_000 }, () => ({ message: 'm' })) }).serverMessage,
    ).toBe('m');
    expect(readRefusal({ message: 'm'.repeat(100_000) }).serverMessage?.length).toBeLessThan(1000);
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (body) => {
        const { serverMessage } = readRefusal(body);
        expect(serverMessage === undefined || typeof serverMessage === 'string').toBe(true);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('a refusal that is no JSON', () => {
  it.each<[string, string, string | undefined]>([
    [
      'a web page',
      '<html><head><title>502 Bad\n Gateway</title></head><body>…</body></html>',
      '502 Bad Gateway',
    ],
    [
      'a page with attributes',
      '<TITLE lang="en">Sign&nbsp;in &amp; go &#8212; now</TITLE>',
      'Sign in & go — now',
    ],
    ['a page without a title', '<html><body><h1>Forbidden</h1></body></html>', 'Forbidden'],
    ['a page with nothing', '<html></html>', undefined],
    ['XML', '<Error><Code>X</Code><Message>no bucket</Message></Error>', 'no bucket'],
    ['a text', 'upstream connect error\n', 'upstream connect error'],
    ['a hostile page', '<title>a&#27;[31mb&#x202e;c</title>', 'abc'],
    ['blanks', '  \n', undefined],
  ])('tells what %s says', (_, body, reason) => {
    expect(readForeignRefusal(body).serverMessage).toBe(reason);
  });
});

it.each([
  [64 * 1024, 'Found'],
  [64 * 1024 + 1, undefined],
])('of a web page the first 64 KiB are read: one whose title ends at %i says %s', (end, wanted) => {
  const title = '<title>Found<';
  expect(readForeignRefusal(`${title.padStart(end, ' ')}/title>`).serverMessage).toBe(wanted);
});
