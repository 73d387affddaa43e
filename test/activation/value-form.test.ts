import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import ssh2 from 'ssh2';
import { describe, expect, it } from 'vitest';
import { betterValue, type Field, fieldProblem, sentSecret } from '../../source/activation/spec/field.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { readKey } from '../../source/activation/spec/ssh-key.ts';
import { refusedPaste, valueMistake } from '../../source/activation/spec/value-form.ts';
import { english } from '../../source/locale/catalogs.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { meeting } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';
import { workedMs } from '../helpers/own-time.ts';

const { utils } = ssh2;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pem = (type: 'pkcs1' | 'pkcs8', more = {}): string =>
  privateKey
    .export({ type, format: 'pem', ...more })
    .toString()
    .trim();
const pkcs1 = pem('pkcs1');
const pkcs8 = pem('pkcs8');
const locked = { cipher: 'aes-256-cbc', passphrase: 'p' };

const part = (text: string | Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};
/** The file that OpenSSH writes, with nothing but bytes for the key itself. */
function openSsh(cipher: string, cutAt?: number): string {
  const one = Buffer.from([0, 0, 0, 1]);
  const parts = [part(cipher), part(cipher === 'none' ? 'none' : 'bcrypt'), part(''), one];
  const bytes = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...parts,
    part('p'.repeat(51)),
    part('k'.repeat(136)),
  ]);
  const lines =
    bytes
      .subarray(0, cutAt)
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----`;
}
const newest = openSsh('none');
const lines = pkcs1.split('\n');

describe('a private key for a card that takes no other than RSA', () => {
  const of = (type: 'ec' | 'dsa' | 'ed25519' | 'ed448'): KeyObject => {
    if (type === 'ec') return ec;
    return type === 'dsa'
      ? generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey
      : generateKeyPairSync(type as 'ed25519').privateKey;
  };
  const written = (key: KeyObject, type: 'pkcs8' | 'sec1'): string =>
    key.export({ type, format: 'pem' }).toString();
  const withPassphrase = { passphrase: 'p', cipher: 'aes256-ctr', rounds: 1 };
  const sshKey = (isBase64: boolean): Field => ({
    ...{ name: 'sshKey', title: 'sshKey', kind: 'text', isSecret: true, isMultiline: true },
    ...{ isRequired: true, isBase64 },
  });
  const [right, other] = [undefined, 'key.notRsa'];

  it.each<[string, string, string | undefined]>([
    ['RSA in PKCS#1', pkcs1, right],
    ['RSA in PKCS#8', pkcs8, right],
    ['RSA of OpenSSH', utils.generateKeyPairSync('rsa', { bits: 1024 }).private, right],
    ['ECDSA in SEC 1', written(of('ec'), 'sec1'), other],
    ['ECDSA in PKCS#8', written(of('ec'), 'pkcs8'), other],
    ['ECDSA of OpenSSH', utils.generateKeyPairSync('ecdsa', { bits: 256 }).private, other],
    ['Ed25519 in PKCS#8', written(of('ed25519'), 'pkcs8'), other],
    ['Ed25519 of OpenSSH', utils.generateKeyPairSync('ed25519').private, other],
    ['Ed448 in PKCS#8', written(of('ed448'), 'pkcs8'), other],
    ['DSA in PKCS#8', written(of('dsa'), 'pkcs8'), other],
    ['DSA as it was once written', pkcs1.replaceAll('RSA', 'DSA'), other],
    [
      'RSA with a passphrase',
      utils.generateKeyPairSync('rsa', { bits: 1024, ...withPassphrase }).private,
      'key.passphrase',
    ],
    [
      'Ed25519 with a passphrase',
      utils.generateKeyPairSync('ed25519', withPassphrase).private,
      'key.passphrase',
    ],
    ['RSA of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n', 'key.putty'],
    ['a public one', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ crm@host', 'key.public'],
    ['a kind that nobody knows', newest, right],
  ])('%s', (_, key, id) => {
    for (const given of [key, key.replaceAll('\n', '\\n'), Buffer.from(key).toString('base64')]) {
      expect(fieldProblem(sshKey(true), given)?.id).toBe(id);
      // Of the other cards nobody says which they take.
      expect(fieldProblem(sshKey(false), given)?.id).toBe(id === other ? undefined : id);
    }
  });
});

describe('a private key', () => {
  it.each([
    ['PKCS#1', pkcs1],
    ['PKCS#8', pkcs8],
    ['SEC 1', ec.export({ type: 'sec1', format: 'pem' }).toString().trim()],
    ['OpenSSH', newest],
  ])('of %s is taken as it is, and without what copying did to it', (_, key) => {
    const ways: Record<string, string> = {
      'as it is': key,
      'line ends of another system': key.replaceAll('\n', '\r\n'),
      'line ends of a terminal': key.replaceAll('\n', '\r'),
      'a byte order mark': `\ufeff${key}`,
      'line ends around it': `\n\n${key}\n\n`,
      quotes: `"${key}"`,
      'single quotes': `'${key}'`,
      'quotes and a comma of JSON': `"${key.replaceAll('\n', '\\n')}\\n",`,
      'literal line ends': key.replaceAll('\n', '\\n'),
      'literal line ends of another system': key.replaceAll('\n', '\\r\\n'),
      'blanks of YAML': key.replaceAll('\n', '\n    '),
    };
    for (const [way, given] of Object.entries(ways))
      expect({ way, reading: readKey(given) }).toEqual({ way, reading: { kind: 'key', text: key } });
    const onOneLine = readKey(key.replaceAll('\n', ' '));
    expect(onOneLine.kind === 'key' && onOneLine.text.replaceAll('\n', '')).toBe(key.replaceAll('\n', ''));
    expect(onOneLine.kind === 'key' && onOneLine.text.split('\n').length).toBeGreaterThan(3);
    const packed = Buffer.from(key).toString('base64');
    expect(readKey(packed)).toEqual({ kind: 'key', text: packed });
  });

  it.each<[string, string, string]>([
    ['a public key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ crm@host', 'key.public'],
    ['a public key of Ed25519', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI', 'key.public'],
    ['a public key of a curve', 'ecdsa-sha2-nistp256 AAAAE2VjZHNh', 'key.public'],
    ['a public key of a token', 'sk-ssh-ed25519@openssh.com AAAAGnNr', 'key.public'],
    ['a public key in PEM', publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'key.public'],
    [
      'a public key of RFC 4716',
      '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----',
      'key.public',
    ],
    ['a public key in quotes', '"ssh-rsa AAAAB3NzaC1yc2E crm@host"', 'key.public'],
    ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n', 'key.putty'],
    ['an older key of PuTTY', 'PuTTY-User-Key-File-2: ssh-rsa\r\nEncryption: aes256-cbc', 'key.putty'],
    ['PKCS#8 with a passphrase', pem('pkcs8', locked), 'key.passphrase'],
    ['PKCS#1 with a passphrase', pem('pkcs1', locked), 'key.passphrase'],
    ['OpenSSH with a passphrase', openSsh('aes256-ctr'), 'key.passphrase'],
    ['a passphrase in base64', Buffer.from(openSsh('aes256-ctr')).toString('base64'), 'key.passphrase'],
    ['no END', lines.slice(0, -1).join('\n'), 'key.cutOff'],
    ['half an END', pkcs1.slice(0, -10), 'key.cutOff'],
    ['only the BEGIN', '-----BEGIN OPENSSH PRIVATE KEY-----', 'key.cutOff'],
    ['no BEGIN', lines.slice(1).join('\n'), 'key.cutOff'],
    ['another END', pkcs1.replace('END RSA', 'END EC'), 'key.cutOff'],
    ['a line that is missing', lines.filter((_line, at) => at !== 3).join('\n'), 'key.cutOff'],
    [
      'a sign that is missing',
      lines.map((line, at) => (at === 3 ? line.slice(1) : line)).join('\n'),
      'key.cutOff',
    ],
    ['an ellipsis', pkcs1.replace(lines[3] ?? '', '…'), 'key.cutOff'],
    ['OpenSSH that is cut off inside', openSsh('none', 150), 'key.cutOff'],
    ['nothing between', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'key.cutOff'],
    ['a path', '/home/crm/.ssh/id_rsa', 'key.path'],
    ['a path at home', '~/.ssh/id_ed25519', 'key.path'],
    ['a path of Windows', String.raw`C:\keys\crm.pem`, 'key.path'],
    ['the name of a file', 'id_rsa', 'key.path'],
    ['a path in quotes in quotes', `" '~/.ssh/id_rsa' "`, 'key.path'],
    ['a path in more quotes than anybody writes', `"'"'~/.ssh/id_rsa'"'"`, 'key.none'],
    ['what ends in quotes', 'x/home/crm"a"', 'key.none'],
    ['as long as no path is', `/${'x'.repeat(1023)}`, 'key.none'],
    ['as long as a path may be', `/${'x'.repeat(1022)}`, 'key.path'],
    [
      'something else in front of a line',
      lines.map((line, at) => (at === 3 ? `****${line}` : line)).join('\n'),
      'key.cutOff',
    ],
    ['the name of a PEM', 'crm.pem', 'key.path'],
    ['a reference', 'file:/home/crm/key', 'key.path'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----', 'key.none'],
    ['a password', 'hunter2', 'key.none'],
    ['far too much', 'A'.repeat(1_000_000), 'key.none'],
  ])('is not %s', (_, given, wanted) => {
    expect(readKey(given)).toEqual({ kind: 'mistake', id: wanted });
    const told = fieldProblem(keyField, given);
    expect(told?.id).toBe(wanted);
    const sentence = english(wanted as 'key.none', told?.values ?? {});
    // Nothing of what was given is repeated.
    for (const word of given.split(/\s+/).filter((one) => one.length > 12 && !one.includes('KEY')))
      expect(sentence).not.toContain(word);
  });

  it('is read in time, whatever it is', () => {
    meeting(['key', 'mistake'], (meet) =>
      fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
              {
                weight: 3,
                arbitrary: fc.constantFrom(
                  '-----BEGIN RSA PRIVATE KEY-----',
                  '-----END RSA PRIVATE KEY-----',
                  '\n',
                  '"',
                  '\\n',
                  'MIIE',
                ),
              },
              { weight: 1, arbitrary: fc.constantFrom(pkcs1, pkcs1.replaceAll('\n', '\\n')) },
            ),
            { maxLength: 12 },
          ),
          (parts) => {
            const beganMs = workedMs();
            const reading = readKey(parts.join(''));
            // Far more than it takes, and far less than what grows faster than the text.
            expect(workedMs() - beganMs).toBeLessThan(2000);
            meet(reading.kind);
            if (reading.kind === 'key') expect(readKey(reading.text)).toEqual(reading);
          },
        ),
        { numRuns: runs(300) },
      ),
    );
  });
});

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  title: name,
  kind: 'text',
  isSecret: false,
  isMultiline: false,
  isRequired: true,
  isBase64: false,
  ...more,
});
const keyField = field('sshKey', { isSecret: true, isMultiline: true });

describe('a value that no server can mean', () => {
  it.each<[string, string, string | undefined, string | undefined]>([
    ['host', 'sftp.example.com', undefined, undefined],
    ['host', '10.0.0.1', undefined, undefined],
    ['host', '2001:db8::1', undefined, undefined],
    ['host', '[2001:db8::1]', undefined, undefined],
    ['host', 'bücher.example', undefined, undefined],
    ['host', 'sftp://sftp.example.com', 'host.scheme', 'sftp.example.com'],
    ['domain', 'SFTP://crm@sftp.example.com:2222/in', 'host.scheme', 'sftp.example.com'],
    ['host', 'ftp://[2001:db8::1]:21', 'host.scheme', '[2001:db8::1]'],
    ['host', 'https://', 'host.scheme', undefined],
    ['host', 'sftp.example.com:2222', 'host.port', 'sftp.example.com'],
    ['host', 'sftp.example.com:', 'host.port', 'sftp.example.com'],
    ['host', '[2001:db8::1]:22', 'host.port', '[2001:db8::1]'],
    ['domain', 'crm@sftp.example.com', 'host.user', 'sftp.example.com'],
    ['host', 'crm:pw@sftp.example.com:22', 'host.user', 'sftp.example.com'],
    ['host', 'sftp.example.com/in', 'host.folder', 'sftp.example.com'],
    ['host', 'sftp example com', 'host.blank', undefined],
    ['host', 'localhost', undefined, undefined],
    ['host', 'sftp.example.com.', undefined, undefined],
    ['host', 'sftp_in.example-1.com', undefined, undefined],
    ['host', '伺服器.example', undefined, undefined],
    ['host', '::1', undefined, undefined],
    ['host', `${'a'.repeat(63)}.example`, undefined, undefined],
    ['host', `${'a.'.repeat(126)}b`, undefined, undefined],
    ['host', 'a..b', 'host.form', undefined],
    ['host', '.example', 'host.form', undefined],
    ['host', 'sftp.example.com..', 'host.form', undefined],
    ['host', '.', 'host.form', undefined],
    ['host', '-x', 'host.form', undefined],
    ['host', 'x-', 'host.form', undefined],
    ['host', 'a.-b.example', 'host.form', undefined],
    ['host', 'a,b', 'host.form', undefined],
    ['host', 'a%b', 'host.form', undefined],
    ['host', `${'a'.repeat(64)}.example`, 'host.form', undefined],
    ['host', `${'a.'.repeat(126)}bc`, 'host.form', undefined],
    ['host', '10.0.0', 'host.form', undefined],
    ['host', '10.0.0.256', 'host.form', undefined],
    ['host', '10.0.0.1.', 'host.form', undefined],
    ['host', '[2001:db8::1', 'host.form', undefined],
    ['host', '[sftp]', 'host.form', undefined],
    ['host', 'sftp://a..b', 'host.scheme', undefined],
    ['host', '１２７.0.0.1', 'host.wide', '127.0.0.1'],
    ['host', 'ｓｆｔｐ．ｅｘａｍｐｌｅ．ｃｏｍ', 'host.wide', 'sftp.example.com'],
    ['host', 'sftp。example｡com', 'host.wide', 'sftp.example.com'],
    ['host', 'ｃｒｍ＠sftp.example.com：２２', 'host.wide', 'sftp.example.com'],
    ['host', 'ａ..b', 'host.wide', undefined],
    ['username', 'ｃｒｍ', undefined, undefined],
    ['host', ' sftp.example.com ', 'field.blanks', 'sftp.example.com'],
    ['host', 'sftp.example.com\t', 'field.blanks', 'sftp.example.com'],
    ['host', '"sftp.example.com"', 'field.quotes', 'sftp.example.com'],
    ['host', 'sftp\u200b.example.com', 'field.invisible', 'sftp.example.com'],
    ['host', '\ufeffsftp.example.com', 'field.invisible', 'sftp.example.com'],
    ['username', 'crm@example.com', undefined, undefined],
    ['username', 'crm ', 'field.blanks', 'crm'],
    ['path', 'a/b c', undefined, undefined],
    ['remotePath', 'a\u200b\nb', 'field.invisible', 'a\nb'],
    ['remotePath', 'a\nb', undefined, undefined],
    ['path', ' daily', 'field.blanks', 'daily'],
    ['delimiter', '\t', undefined, undefined],
    ['delimiter', ' ', undefined, undefined],
    ['quote', "'''", undefined, undefined],
    ['nullValue', ' ', undefined, undefined],
    ['escape', '\n', 'field.lines', undefined],
    ['delimiter', '\u200b\t', 'field.invisible', '\t'],
    ['port', '1', undefined, undefined],
    ['port', '22', undefined, undefined],
    ['port', '65535', undefined, undefined],
    ['port', '0', 'port.form', undefined],
    ['port', '65536', 'port.form', undefined],
    ['port', '99999', 'port.form', undefined],
    ['port', '22a', 'port.form', undefined],
    ['bucketName', 's3://crm-exports/daily', 'store.address', 'crm-exports'],
    ['container', 'https://crm', 'store.address', 'crm'],
    ['accessId', 'AKIA\nMINE', 'field.lines', undefined],
    ['url', 'abfss://exports@acme.dfs.core.windows.net', undefined, undefined],
    ['url', 'https://partner.example/in', undefined, undefined],
    [
      'url',
      'abfs://exports@acme.dfs.core.windows.net',
      'lake.address',
      'abfss://exports@acme.dfs.core.windows.net',
    ],
    [
      'url',
      'abfss://exports@acme.dfs.core.windows.net/in',
      'lake.address',
      'abfss://exports@acme.dfs.core.windows.net',
    ],
    [
      'url',
      'https://acme.blob.core.windows.net/exports/in',
      'lake.address',
      'abfss://exports@acme.dfs.core.windows.net',
    ],
    ['url', 'https://acme.dfs.core.windows.net/', 'lake.address', undefined],
    ['url', 'abfss://a--b@acme.dfs.core.windows.net', 'lake.address', undefined],
  ])('%s %j', (name, value, wanted, better) => {
    expect(valueMistake(name, value)?.id).toBe(wanted);
    expect(fieldProblem(field(name), value)?.id).toBe(wanted);
    expect(betterValue(field(name), value)).toBe(better);
    // What is put right is right.
    if (better !== undefined && wanted !== 'field.blanks') expect(valueMistake(name, better)).toBeUndefined();
  });

  it.each([
    ['arn:aws:iam::123456789012:role/aep-export', undefined],
    ['arn:aws-us-gov:iam::123456789012:role/team/aep.export@x', undefined],
    ['aep-export', 'role.form'],
    ['arn:aws:iam::1234:role/x', 'role.form'],
    ['arn:aws:iam::123456789012:user/x', 'role.form'],
    ['arn:aws:iam::123456789012:role/', 'role.form'],
    ['arn:aws:iam::123456789012:role/x y', 'role.form'],
  ])('of a role is %j: %s', (value, wanted) => {
    const role = field('s3Role', { isSecret: true });
    expect(fieldProblem(role, value)?.id).toBe(wanted);
    // It is treated as a secret, so it is not said again.
    expect(JSON.stringify(fieldProblem(role, value)?.values ?? {})).not.toContain(value);
  });

  it('is found in a member of an object by its own name', () => {
    const nested = field('server.host', { path: ['server', 'host'] });
    expect(fieldProblem(nested, 'sftp://h')?.id).toBe('host.scheme');
  });

  it.each<[string, string | undefined]>([
    ['crm-exports', undefined],
    ['crm-exports\n', undefined],
    ['a\nb', 'field.lines'],
    ['a\rb', 'field.lines'],
    [pkcs1, 'field.keyRefused'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'field.keyRefused'],
    ['PuTTY-User-Key-File-3: ssh-rsa', 'field.keyRefused'],
    ['a'.repeat(5000), 'field.tooLong'],
  ])('is refused as a paste: %j', (pasted, wanted) => {
    expect(refusedPaste(pasted)).toBe(wanted);
  });

  it.each<[string, string, object, string, string]>([
    [
      'of the catalog',
      '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
      { host: 'sftp://crm@h:2222', username: 'crm', password: { $secret: 'env:P' } },
      'Basic Authentication for sftp',
      'host.scheme',
    ],
    [
      'of no catalog',
      '11111111-2222-4333-8444-555555555555',
      { server: { host: 'crm@h' } },
      'Any',
      'host.user',
    ],
  ])(
    'is a problem of a plan %s, with what it should read',
    (_, connectionSpecId, params, specName, wanted) => {
      const location = { mode: 'FTP', remotePath: ' /in', format: 'CSV' };
      const destination = { connectionSpecId, auth: { specName, params }, location };
      const reading = readPlan(JSON.stringify({ ...tutorialPlan, destination }));
      expect(
        reading.kind === 'problems' && reading.problems.map(({ id, values }) => [id, values['better']]),
      ).toEqual([
        [wanted, 'h'],
        ['field.blanks', '/in'],
      ]);
    },
  );

  it('is no place in a plan for a private key', () => {
    const { destination } = tutorialPlan;
    const location = { ...destination.location, path: pkcs1 };
    const reading = readPlan(JSON.stringify({ ...tutorialPlan, destination: { ...destination, location } }));
    expect(reading).toMatchObject({ kind: 'problems', problems: [{ id: 'field.privateKey' }] });
    expect(JSON.stringify(reading)).not.toContain('MII');
  });
});

it('sends a key as a server can use it, and any other secret as it was given', () => {
  expect(sentSecret('sshKey', `"${pkcs1.replaceAll('\n', '\r\n')}"`)).toBe(pkcs1);
  expect(sentSecret('password', '"quoted" ')).toBe('"quoted" ');
});

describe('the connection string of a storage account', () => {
  const key = Buffer.alloc(64, 7).toString('base64');
  const field: Field = {
    name: 'connectionString',
    title: 'Connection string',
    kind: 'text',
    isRequired: true,
    isSecret: true,
    isMultiline: false,
    isBase64: false,
  };
  const signed = 'sv=2024-11-04&ss=b&srt=co&sp=rwl&se=2027-01-01T00:00:00Z&sig=abc%2Fdef%3D';

  it.each([
    [
      `DefaultEndpointsProtocol=https;AccountName=crm;AccountKey=${key};EndpointSuffix=core.windows.net`,
      undefined,
    ],
    [`AccountKey=${key}; AccountName=crm;`, undefined],
    [
      `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=${key};BlobEndpoint=http://127.0.0.1:10000/a;`,
      undefined,
    ],
    [`BlobEndpoint=https://crm.blob.core.windows.net/;SharedAccessSignature=${signed}`, undefined],
    [`SharedAccessSignature=?${signed};AccountName=crm`, undefined],
    ['', 'field.required'],
    ['hunter22', 'connection.form'],
    [key, 'connection.form'],
    ['AccountName=crm', 'connection.form'],
    [`AccountKey=${key}`, 'connection.form'],
    [`AccountName=;AccountKey=${key}`, 'connection.form'],
    [`AccountName=a;AccountName=b;AccountKey=${key}`, 'connection.form'],
    [`AccountName=crm;AccountKey=${key};oops`, 'connection.form'],
    [`AccountName=crm;\nAccountKey=${key}`, 'connection.form'],
    [`SharedAccessSignature=${signed}`, 'connection.form'],
    [`"AccountName=crm;AccountKey=${key}"`, 'connection.quotes'],
    [`https://crm.blob.core.windows.net/exports?${signed}`, 'connection.address'],
    [`AccountName=crm;AccountKey=${key.slice(0, 40)}…`, 'connection.key'],
    [`AccountName=crm;AccountKey=${key.slice(0, -3)}`, 'connection.key'],
    [
      'BlobEndpoint=https://crm.blob.core.windows.net/;SharedAccessSignature=sv=2024-11-04&ss=b',
      'connection.signature',
    ],
  ])('%j: %s', (value, id) => {
    const found = fieldProblem(field, value);
    expect(found?.id).toBe(id);
    if (value !== '') expect(JSON.stringify(found ?? '')).not.toContain(value);
    if (found) expect(english(found.id, found.values)).not.toMatch(/hunter22|BwcH|abc%2F/);
  });

  it('ends soon with a text without an end', () => {
    const before = workedMs();
    expect(fieldProblem(field, 'a=b;'.repeat(100_000))?.id).toBe('connection.form');
    expect(workedMs() - before).toBeLessThan(1000);
  });
});
