import { describe, expect, it } from 'vitest';
import { storageText, type ToldPlace } from '../../source/locale/storage-text.ts';
import { textIn } from '../../source/locale/catalogs.ts';
import { exitOfFailure } from '../../source/commands/storage/failed.ts';
import { azureFailure } from '../../source/storage/azure.ts';
import { type Failure, netFailure } from '../../source/storage/failure.ts';
import { s3Failure } from '../../source/storage/s3.ts';
import { sftpFailure } from '../../source/storage/sftp.ts';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error(code), { code, ...more });

describe('what the network says', () => {
  it.each([
    [coded('ENOTFOUND'), { kind: 'noName' }],
    [coded('EAI_AGAIN'), { kind: 'noName' }],
    [coded('ECONNREFUSED'), { kind: 'refused' }],
    [new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]), { kind: 'refused' }],
    [coded('EHOSTUNREACH'), { kind: 'noWay', code: 'EHOSTUNREACH' }],
    [new Error('fetch failed', { cause: coded('ECONNRESET') }), { kind: 'noWay', code: 'ECONNRESET' }],
    [coded('ETIMEDOUT'), { kind: 'timeout' }],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT'), { kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), { kind: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    [coded('CERT_HAS_EXPIRED'), { kind: 'tls', code: 'CERT_HAS_EXPIRED' }],
    [coded('HPE_INVALID_CONSTANT'), { kind: 'otherServer' }],
    [new Error('nothing'), undefined],
    ['no error', undefined],
  ])('%s', (error, failure) => {
    expect(netFailure(error)).toEqual(failure);
  });

  it('comes to an end where causes go in a circle', () => {
    const error = new Error('a');
    error.cause = error;
    expect(netFailure(error)).toBeUndefined();
  });
});

const ofS3 = (name: string, status: number, more: object = {}): object => ({
  name,
  $metadata: { httpStatusCode: status },
  ...more,
});
const headers = { $response: { headers: { 'x-amz-bucket-region': 'eu-west-1' } } };

describe('what a server that speaks S3 says', () => {
  it.each([
    [ofS3('InvalidAccessKeyId', 403), { kind: 'unknownKeyId' }],
    [ofS3('SignatureDoesNotMatch', 403), { kind: 'wrongSecret' }],
    [ofS3('RequestTimeTooSkewed', 403), { kind: 'clockSkew' }],
    [ofS3('ExpiredToken', 400), { kind: 'expired' }],
    [ofS3('NoSuchBucket', 404), { kind: 'noBucket' }],
    [ofS3('PermanentRedirect', 301, headers), { kind: 'wrongRegion', region: 'eu-west-1' }],
    [
      ofS3('AuthorizationHeaderMalformed', 400, { Region: 'eu-west-1' }),
      { kind: 'wrongRegion', region: 'eu-west-1' },
    ],
    [ofS3('AccessDenied', 403), { kind: 'noRight', act: 'list' }],
    [ofS3('Unknown', 403), { kind: 'forbidden', code: '403' }],
    [ofS3('403', 403), { kind: 'forbidden', code: '403' }],
    [ofS3('UnknownError', 401), { kind: 'forbidden', code: '401' }],
    [ofS3('AccountProblem', 403), { kind: 'other', code: 'AccountProblem' }],
    [ofS3('UnknownError', 301), { kind: 'otherServer' }],
    [ofS3('TemporaryRedirect', 307, headers), { kind: 'wrongRegion', region: 'eu-west-1' }],
    [ofS3('TemporaryRedirect', 307), { kind: 'other', code: 'TemporaryRedirect' }],
    [ofS3('UnknownError', 301, headers), { kind: 'wrongRegion', region: 'eu-west-1' }],
    [ofS3('SlowDown', 503), { kind: 'other', code: 'SlowDown' }],
    [ofS3('UnknownError', 502), { kind: 'other', code: '502' }],
    [ofS3('Evil\u001b[2J <b>', 400), { kind: 'other', code: '400' }],
    [{ name: 'SyntaxError' }, { kind: 'otherServer' }],
    [ofS3('Error', 200), { kind: 'otherServer' }],
    [coded('ECONNREFUSED'), { kind: 'refused' }],
    [undefined, { kind: 'other', code: '' }],
  ])('%j', (error, failure) => {
    expect(s3Failure(error, 'list')).toEqual(failure);
  });
});

const ofAzure = (errorCode: string, statusCode: number, message = ''): object => ({
  code: errorCode,
  statusCode,
  message,
  details: { errorCode },
});

describe('what Azure says', () => {
  it.each([
    [ofAzure('ContainerNotFound', 404), { kind: 'noContainer' }],
    [
      ofAzure('AuthenticationFailed', 403, 'The MAC signature found in the HTTP request is not the same'),
      { kind: 'wrongSecret' },
    ],
    [
      ofAzure('AuthenticationFailed', 403, 'Signature not valid in the specified time frame'),
      { kind: 'expired' },
    ],
    [ofAzure('AuthenticationFailed', 403, 'Request date header too old'), { kind: 'clockSkew' }],
    [ofAzure('AuthorizationPermissionMismatch', 403), { kind: 'noRight', act: 'write' }],
    [ofAzure('UnauthorizedBlobOverwrite', 403), { kind: 'noRight', act: 'write' }],
    [ofAzure('AuthorizationFailure', 403), { kind: 'notLetIn' }],
    [ofAzure('', 403), { kind: 'forbidden', code: '403' }],
    [ofAzure('', 401), { kind: 'forbidden', code: '401' }],
    [ofAzure('SomethingNew', 403), { kind: 'other', code: 'SomethingNew' }],
    [ofAzure('AuthorizationSourceIPMismatch', 403), { kind: 'notLetIn' }],
    [ofAzure('KeyBasedAuthenticationNotPermitted', 403), { kind: 'keysOff' }],
    [ofAzure('ServerBusy', 503), { kind: 'other', code: 'ServerBusy' }],
    [ofAzure('', 500), { kind: 'other', code: '500' }],
    [ofAzure('PARSE_ERROR', 200), { kind: 'otherServer' }],
    [coded('ENOTFOUND'), { kind: 'noName' }],
  ])('%j', (error, failure) => {
    expect(azureFailure(error, 'write')).toEqual(failure);
  });
});

const signed = { by: 'password', offered: undefined } as const;
const ssh = (level: string, message = ''): Error => Object.assign(new Error(message), { level });
const status = (code: number): Error => Object.assign(new Error('status'), { code });

describe('what an SFTP server says', () => {
  it.each([
    [ssh('client-authentication'), signed, { kind: 'wrongPassword' }],
    [ssh('client-authentication'), { by: 'key', offered: ['publickey'] } as const, { kind: 'keyRefused' }],
    [
      ssh('client-authentication'),
      { by: 'password', offered: ['publickey'] } as const,
      { kind: 'methodOff', offered: ['publickey'] },
    ],
    [
      ssh('handshake', 'Handshake failed: no matching key exchange algorithm'),
      signed,
      { kind: 'oldAlgorithms', what: 'key exchange' },
    ],
    [
      ssh('handshake', 'Handshake failed: no matching host key format'),
      signed,
      { kind: 'oldAlgorithms', what: 'host key' },
    ],
    [ssh('protocol', 'Invalid identification string'), signed, { kind: 'otherServer' }],
    [ssh('client-timeout'), signed, { kind: 'timeout' }],
    [status(3), signed, { kind: 'noRight', act: 'write' }],
    [status(2), signed, { kind: 'noFile' }],
    [status(4), signed, { kind: 'noSpace' }],
    [status(8), signed, { kind: 'other', code: '8' }],
    [coded('ECONNREFUSED', { level: 'client-socket' }), signed, { kind: 'refused' }],
    [undefined, signed, { kind: 'otherServer' }],
  ])('%s', (error, how, failure) => {
    expect(sftpFailure(error, 'write', how)).toEqual(failure);
  });
});

const hostKey = { type: 'ssh-ed25519', fingerprint: 'SHA256:abc', known: 'changed' } as const;
/** Every failure there is: one that is new does not compile before it is here. */
const all: Readonly<Record<Failure['kind'], Failure>> = {
  noName: { kind: 'noName' },
  refused: { kind: 'refused' },
  noWay: { kind: 'noWay', code: 'EHOSTUNREACH' },
  timeout: { kind: 'timeout' },
  tls: { kind: 'tls', code: 'CERT_HAS_EXPIRED' },
  otherServer: { kind: 'otherServer' },
  hostKeyChanged: { kind: 'hostKeyChanged', hostKey },
  hostKeyRevoked: { kind: 'hostKeyRevoked', hostKey },
  oldAlgorithms: { kind: 'oldAlgorithms', what: 'cipher' },
  clockSkew: { kind: 'clockSkew' },
  unknownKeyId: { kind: 'unknownKeyId' },
  wrongSecret: { kind: 'wrongSecret' },
  wrongPassword: { kind: 'wrongPassword' },
  keyRefused: { kind: 'keyRefused' },
  methodOff: { kind: 'methodOff', offered: ['publickey', 'hostbased'] },
  expired: { kind: 'expired' },
  keyFormat: { kind: 'keyFormat' },
  keyPassphrase: { kind: 'keyPassphrase' },
  connectionString: { kind: 'connectionString' },
  keysOff: { kind: 'keysOff' },
  noSftp: { kind: 'noSftp' },
  noBucket: { kind: 'noBucket' },
  noContainer: { kind: 'noContainer' },
  noFolder: { kind: 'noFolder' },
  notAFolder: { kind: 'notAFolder' },
  wrongRegion: { kind: 'wrongRegion', region: 'eu-west-1' },
  noRight: { kind: 'noRight', act: 'write' },
  forbidden: { kind: 'forbidden', code: '403' },
  notLetIn: { kind: 'notLetIn' },
  noFile: { kind: 'noFile' },
  noSpace: { kind: 'noSpace' },
  other: { kind: 'other', code: '503' },
};

const places: readonly ToldPlace[] = [
  {
    kind: 's3',
    cloud: 'amazon',
    server: 's3.us-east-1.amazonaws.com',
    name: 'crm',
    folder: 'daily',
    secret: '$.a',
  },
  { kind: 's3', cloud: 'google', server: 'storage.googleapis.com', name: 'crm', folder: '', secret: '$.a' },
  { kind: 'azure', server: 'acme.blob.core.windows.net', name: 'crm', folder: 'daily', secret: '$.a' },
  { kind: 'sftp', server: 'files.example.com:2222', folder: '/in', user: 'aep', secret: '$.a' },
];

describe.each(['en', 'zh-TW'] as const)('in words, %s', (language) => {
  it.each(Object.values(all))('$kind: what was seen and what to do, with every value', async (failure) => {
    const text = await textIn(language, {});
    for (const place of places) {
      const { what, next } = storageText(text, failure, place);
      expect(what).toMatch(/[.。]$/);
      expect(next.length).toBeGreaterThan(4);
      expect(`${what}${next}`).not.toMatch(/\{\w+\}/);
    }
  });
});

describe('a right that is missing', () => {
  // cards.md, section 3.1, for Amazon; the others by the same acts.
  it.each([
    [
      'Amazon S3',
      0,
      /: s3:PutObject\. .*s3:ListBucket.*s3:GetObject.*s3:DeleteObject.*s3:GetBucketLocation.*s3:ListMultipartUploadParts/,
    ],
    [
      'Google Cloud Storage',
      1,
      /: storage\.objects\.create\. .*objects\.list.*objects\.get.*objects\.delete/,
    ],
    ['Azure Blob', 2, /: Write\. .*List.*Read.*Delete/],
    ['SFTP', 3, /read, write and execute/],
  ])('is named, with all that the platform needs: %s', async (_, at, wanted) => {
    const place = places[at] ?? expect.unreachable();
    const { what, next } = storageText(await textIn('en', {}), { kind: 'noRight', act: 'write' }, place);
    expect(what).toContain('no permission to write');
    expect(next).toMatch(wanted);
  });
});

describe('where what opens it is said to stand', () => {
  const place: ToldPlace = { kind: 'sftp', server: 'files.example.com', folder: '/in', user: 'aep' };

  it.each(['wrongSecret', 'wrongPassword', 'keyFormat', 'connectionString'] as const)(
    'is its place in the plan, and none where it was typed: %s',
    async (kind) => {
      const text = await textIn('en', {});
      expect(storageText(text, all[kind], { ...place, secret: '$.a' }).next).toMatch(
        /\. The plan .* \$\.a\.$/,
      );
      expect(storageText(text, all[kind], place).next).not.toContain('plan');
    },
  );

  it('is not said where it is not at fault', async () => {
    const text = await textIn('en', {});
    expect(storageText(text, all.noFolder, { ...place, secret: '$.a' }).next).not.toContain('$.a');
  });
});

describe('to a program', () => {
  it.each([
    ['refused', 7],
    ['timeout', 7],
    ['tls', 7],
    ['oldAlgorithms', 7],
    ['hostKeyChanged', 6],
    ['wrongSecret', 4],
    ['wrongPassword', 4],
    ['clockSkew', 4],
    ['noRight', 4],
    ['notLetIn', 4],
    ['forbidden', 4],
    ['keyPassphrase', 2],
    ['connectionString', 2],
    ['noBucket', 6],
    ['noFolder', 6],
    ['noSpace', 6],
    ['other', 6],
  ] as const)('%s is exit %d', (kind, code) => {
    expect(exitOfFailure(all[kind])).toBe(code);
  });
});
