import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { RefusedError, UnreadableAnswerError } from '../../source/flow-service/errors.ts';
import {
  answerWithoutSecrets,
  forgetSecrets,
  knowSecret,
  withoutSecrets,
} from '../../source/flow-service/secrets/known-secrets.ts';
import { hidden } from '../../source/flow-service/secrets/ranges.ts';
import { some } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';
import { workedMs } from '../helpers/own-time.ts';

beforeEach(forgetSecrets);

const awsKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const password = 'p"ä\\ss\tw&o r<d%41';
const key = [
  '-----BEGIN OPENSSH PRIVATE KEY-----',
  'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZWQy',
  'NTUxOQAAACB1Yq7mT0i0cZcDkOqS0nVZkQq3n2PzGm8u0mYbYzvV8QAAAJgq0R3yKtEd8gAA',
  '-----END OPENSSH PRIVATE KEY-----',
  '',
].join('\n');

const hexOf = (text: string): string => Buffer.from(text).toString('hex');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Ways in which a server may write what it was sent. */
const ways: [string, (secret: string) => string][] = [
  ['in clear', (secret) => secret],
  ['as JSON', (secret) => JSON.stringify(secret)],
  ['as JSON in JSON', (secret) => JSON.stringify(JSON.stringify({ password: secret }))],
  ['as JSON in JSON in JSON', (secret) => JSON.stringify(JSON.stringify(JSON.stringify(secret)))],
  [
    'as numbers of JSON',
    (secret) => [...secret].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  ],
  ['in an address', encodeURIComponent],
  ['twice in an address', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['every byte in an address', (secret) => Buffer.from(secret).toString('hex').replaceAll(/../g, '%$&')],
  ['in a form', (secret) => new URLSearchParams({ secret }).toString()],
  [
    'as HTML',
    (secret) =>
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('"', '&#34;')
        .replaceAll('\t', '&#x9;'),
  ],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 of addresses', (secret) => Buffer.from(secret).toString('base64url')],
  ['in base64 behind a user', (secret) => `Basic ${Buffer.from(`anna:${secret}`).toString('base64')}`],
  ['in base64 behind another user', (secret) => Buffer.from(`user1:${secret}:more`).toString('base64')],
  ['in hexadecimal', hexOf],
  ['in capital hexadecimal', (secret) => hexOf(secret).toUpperCase()],
  ['in hexadecimal by bytes', (secret) => hexOf(secret).replaceAll(/..(?!$)/g, '$&:')],
  ['in hexadecimal behind something odd', (secret) => `a${hexOf(secret)}`],
  ['as escapes of a program', (secret) => hexOf(secret).replaceAll(/../g, String.raw`\x$&`)],
  ['as numbers of a program', (secret) => hexOf(secret).replaceAll(/..(?!$)/g, '0x$&, ')],
  ['as the bytes of a program', (secret) => JSON.stringify(Buffer.from(secret))],
  ['in hexadecimal as JSON in base64', (secret) => base64(hexOf(JSON.stringify({ secret })))],
  ['in base64 of base64', (secret) => base64(base64(secret))],
  ['in base64 of base64 behind a user', (secret) => base64(`Basic ${base64(`anna:${secret}`)}`)],
  ['in base64 of base64 of base64', (secret) => base64(base64(base64(secret)))],
  ['in base64 in hexadecimal', (secret) => hexOf(base64(secret))],
  ['in base64 as an address', (secret) => encodeURIComponent(base64(secret))],
  ['in base64 twice as an address', (secret) => encodeURIComponent(encodeURIComponent(base64(secret)))],
  ['in base64 of addresses of base64', (secret) => Buffer.from(base64(secret)).toString('base64url')],
  ['as JSON in base64', (secret) => base64(JSON.stringify({ auth: { password: secret } }))],
  ['as an address in base64', (secret) => base64(`https://x/?p=${encodeURIComponent(secret)}`)],
  [
    'as HTML by names',
    (secret) =>
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('+', '&plus;')
        .replaceAll('/', '&sol;')
        .replaceAll('%', '&percnt;')
        .replaceAll('=', '&equals;')
        .replaceAll('"', '&quot;'),
  ],
  ['split over lines', (secret) => secret.replaceAll(/.{9}/gs, '$&\n')],
  ['split over escaped lines', (secret) => JSON.stringify(secret.replaceAll(/.{9}/gs, '$&\r\n  '))],
  ['in an address split over lines', (secret) => encodeURIComponent(secret).replaceAll(/.{5}/g, '$&\r\n')],
  ['base64 split over lines', (secret) => Buffer.from(secret).toString('base64').replaceAll(/.{9}/g, '$&\n')],
];

/** Pieces of the secret, and of its base64, that would give it away. */
const traces = (secret: string): string[] =>
  [secret, Buffer.from(secret).toString('base64')].flatMap((one) =>
    Array.from({ length: Math.max(1, Math.floor(one.length / 8)) }, (_, at) =>
      one.slice(at * 8, at * 8 + 8),
    ).filter((piece) => piece.length >= 5 && !/BEGIN|END|-----|OPENSSH|PRIVATE|KEY/.test(piece)),
  );

describe('withoutSecrets', () => {
  it.each(ways)('hides a secret %s', (_, write) => {
    for (const secret of [awsKey, password, key]) {
      forgetSecrets();
      knowSecret(secret);
      const said = withoutSecrets(`Refused: ${write(secret)} is not right.`);
      expect(said).toMatch(/^Refused: /);
      expect(said).toMatch(/ is not right\.$/);
      expect(said).toContain(hidden);
      for (const trace of some(traces(secret))) expect(said).not.toContain(trace);
    }
  });

  it.each(['aa%aaaa\\baaa', awsKey, password, 'x%2541\\u0041&amp;y\\\\z12'])(
    'hides %j, however often it was escaped for an address',
    (secret) => {
      knowSecret(secret);
      for (let times = 1, written = secret; times <= 4; times++) {
        written = encodeURIComponent(written);
        expect([times, withoutSecrets(`at ${written} now`)]).toEqual([times, `at ${hidden} now`]);
      }
      expect(withoutSecrets(`at ${secret.replaceAll('%', '&#37;')} now`)).toBe(`at ${hidden} now`);
    },
  );

  it.each(['>>>>>>', '??????'])(
    'hides the base64 of addresses of what needs other signs there: %s',
    (secret) => {
      knowSecret(secret);
      const written = Buffer.from(secret).toString('base64url');
      expect(withoutSecrets(`at ${written} now`)).toBe(`at ${hidden} now`);
    },
  );

  it.each([awsKey, password, 'hunter22', 'pässwörter', '密碼是這個'])(
    'hides %j among bytes that nobody has written, in base64, twice too, and in hexadecimal',
    (secret) => {
      knowSecret(secret);
      const bytes = fc.uint8Array({ maxLength: 12 });
      fc.assert(
        fc.property(bytes, bytes, (before, after) => {
          const whole = Buffer.concat([before, Buffer.from(secret), after]);
          for (const written of [
            whole.toString('base64'),
            base64(whole.toString('base64')),
            whole.toString('hex'),
          ])
            expect(withoutSecrets(`at ${written} now`)).toContain(hidden);
        }),
        { numRuns: runs(100) },
      );
    },
  );

  it.each([
    ['words', 'The request was not valid. '],
    ['ids', '{"id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"Loyalty"},'],
    ['letters', Buffer.from(Array.from({ length: 256 }, (_, at) => (at * 89) % 251)).toString('base64')],
    ['digits', 'c0ffee0099'],
  ])('has looked through 50,000 signs of %s soon', (_, piece) => {
    for (const secret of [awsKey, password, key]) knowSecret(secret);
    const said = piece.repeat(Math.ceil(50_000 / piece.length));
    const before = workedMs();
    expect(withoutSecrets(said)).toBe(said);
    expect(workedMs() - before).toBeLessThan(1000);
  });

  it('leaves what only looks as if bytes were written in it', () => {
    for (const secret of [awsKey, password, key]) knowSecret(secret);
    const said =
      'Flow 6f9619ff-8b86-d011-b42d-00cf4fc964ff at /a/path/of/letters, c0ffee00c0ffee00, 10,20,30,40,50,60, bm90IHRoaXMgb25lIGF0IGFsbA== &nosuch; &plus;';
    expect(withoutSecrets(said)).toBe(said);
  });

  it('leaves everything else as it is, blanks and escapes too', () => {
    knowSecret('hunter22');
    expect(withoutSecrets('a\\n hunter22 b\n%20c hunter22')).toBe(`a\\n ${hidden} b\n%20c ${hidden}`);
    expect(withoutSecrets('nothing\\u0041 of it %41 &amp; so')).toBe('nothing\\u0041 of it %41 &amp; so');
  });

  it('knows the place of a secret behind what was escaped', () => {
    knowSecret('hunter22');
    expect(withoutSecrets('a\\u0041b\\u0042 hunter22 c')).toBe(`a\\u0041b\\u0042 ${hidden} c`);
    expect(withoutSecrets('x %41%42%43 hunter22&amp;hunter22')).toBe(`x %41%42%43 ${hidden}&amp;${hidden}`);
  });

  it.each(['a1!b', 'a1!bc', 'a1!bcd'])('hides %s where nothing else is said', (secret) => {
    knowSecret(secret);
    const known = withoutSecrets(` ${secret} `) !== ` ${secret} `;
    expect(withoutSecrets(secret)).toBe(known ? hidden : secret);
  });

  it('hides what a server has cut', () => {
    knowSecret(awsKey);
    expect(withoutSecrets(`value ${awsKey.slice(0, 25)}…`)).toBe(`value ${hidden}…`);
    expect(withoutSecrets(`…${awsKey.slice(14)} is bad`)).toBe(`…${hidden} is bad`);
    knowSecret(key);
    expect(withoutSecrets(key.split('\n')[1] ?? '')).toBe(hidden);
  });

  it('still says how a key begins', () => {
    knowSecret(key);
    const advice = 'It must begin with -----BEGIN OPENSSH PRIVATE KEY-----.';
    expect(withoutSecrets(advice)).toBe(advice);
  });

  it.each([
    ['no: SASToken sv=2020-08-04&sig=SECRET%2Babc123', `no: SASToken ${hidden}`],
    [
      'at https://a.blob.core.windows.net/b?sp=r&sig=SECRET&se=1 now',
      `at https://a.blob.core.windows.net/b?sp=r&${hidden} now`,
    ],
    ['at b%3Fsv%3D2020-08-04%26sig%3DSECRET', `at b%3F${hidden}`],
    ['"b?sp=r\\u0026sig\\u003dSECRET"', `"b?sp=r\\u0026${hidden}"`],
    ['b?sp=r&amp;SIG=SECRET', `b?sp=r&amp;${hidden}`],
    ['design=plain, sv=2 and sig are left', 'design=plain, sv=2 and sig are left'],
  ])('hides a signature that it was not told of: %s', (said, wanted) => {
    expect(withoutSecrets(said)).toBe(wanted);
  });

  it('knows nothing of what is too short to be told from words', () => {
    for (const short of ['', 'a', '123', '   ', '\n\n\n\n\n', 'token']) knowSecret(short);
    expect(withoutSecrets('a 123 b token CgoKCgo')).toBe('a 123 b token CgoKCgo');
  });

  it('leaves nothing of any secret in any of these ways', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcXYZ019+/=$%&\\"<>;ä漢 '), minLength: 12, maxLength: 60 }),
        fc.constantFrom(...ways),
        (secret, [, write]) => {
          fc.pre(secret.replaceAll(/[\s\\]/g, '').length >= 8);
          forgetSecrets();
          knowSecret(secret);
          expect(withoutSecrets(`It was "${write(secret)}".`)).toContain(hidden);
          expect(withoutSecrets(`It was "${write(secret)}".`)).not.toContain(secret);
        },
      ),
      { numRuns: runs(500) },
    );
  });

  it('takes no longer than a text is long', () => {
    for (let count = 0; count < 8; count++) knowSecret(`${key}${count}`);
    const text = key.repeat(200);
    const beforeMs = workedMs();
    expect(withoutSecrets(text)).toContain(hidden);
    expect(workedMs() - beforeMs).toBeLessThan(3000);
  });
});

describe('errors', () => {
  it('hold of a refusal without an end what somebody reads, and no beginning of a secret where it was cut', () => {
    knowSecret(awsKey);
    const call = { method: 'GET', path: '/flows', host: 'h' } as unknown as ConstructorParameters<
      typeof RefusedError
    >[0];
    for (let more = 0; more < 45; more++) {
      const serverMessage = `${'x '.repeat(9_985)}${' '.repeat(more)}${awsKey}${' y'.repeat(500_000)}`;
      const before = workedMs();
      const { serverMessage: said = '' } = new RefusedError(call, 400, { serverMessage });
      expect(workedMs() - before).toBeLessThan(1000);
      expect(said.length).toBeLessThan(20_000);
      expect(said.startsWith('x x x ')).toBe(true);
      expect(said).not.toMatch(/wJ/);
    }
    const short = 'z '.repeat(9000).trim();
    expect(new RefusedError(call, 400, { serverMessage: short }).serverMessage).toBe(short);
  });

  it('hold nothing that a server repeats', () => {
    knowSecret(awsKey);
    const call = { method: 'POST', path: '/connections' };
    const refused = new RefusedError(call, 400, {
      code: awsKey,
      serverMessage: `bad ${awsKey}`,
      requestId: awsKey,
    });
    const unreadable = new UnreadableAnswerError(call, 200, [{ path: `$.${awsKey}`, expected: awsKey }]);
    for (const error of [refused, unreadable])
      expect(JSON.stringify([error, error.message])).not.toContain(awsKey.slice(0, 8));
    expect(refused.serverMessage).toBe(`bad ${hidden}`);
  });
});

describe('answerWithoutSecrets', () => {
  const answer = (value: unknown): unknown => {
    const text = JSON.stringify(value);
    return answerWithoutSecrets(text, JSON.parse(text));
  };

  it('hides a secret in any value, and leaves the names', () => {
    knowSecret(awsKey);
    knowSecret(password);
    expect(answer({ [awsKey]: [`a ${awsKey}`, { b: encodeURIComponent(password) }], c: 1 })).toEqual({
      [awsKey]: [`a ${hidden}`, { b: hidden }],
      c: 1,
    });
    const hexed = '{"a":"\\u0077JalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}';
    expect(answerWithoutSecrets(hexed, JSON.parse(hexed))).toEqual({ a: hidden });
  });

  it('changes nothing of an answer for a secret that is a word', () => {
    for (const word of ['prod', 'password', 'secretKey', 'dev', 'a1']) knowSecret(word);
    const spec = { required: ['password', 'secretKey'], name: 'prod' };
    expect(answer(spec)).toEqual(spec);
  });
});
