import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlatform } from '../../source/settings/platform.ts';
import { readSecret } from '../../source/settings/secrets.ts';
import { freshFolder } from '../helpers/terminal.ts';

const env = {
  FERRY_ACCESS_TOKEN: 'token',
  FERRY_API_KEY: 'key',
  FERRY_ORG_ID: 'X@AdobeOrg',
  FERRY_SANDBOX: 'dev',
};

describe('readPlatform', () => {
  it('reads the environment', () => {
    expect(readPlatform({}, env)).toEqual({
      kind: 'ready',
      platform: {
        apiUrl: 'https://platform.adobe.io',
        orgId: 'X@AdobeOrg',
        sandbox: 'dev',
        apiKey: 'key',
        signIn: { kind: 'token', token: 'token' },
      },
    });
  });

  it('lets a flag beat a plan, and a plan the environment', () => {
    const sandboxOf = (flag?: string, plan?: string): unknown => {
      const reading = readPlatform({ sandbox: flag }, env, { fallbackSandbox: plan });
      return reading.kind === 'ready' ? reading.platform.sandbox : reading;
    };
    expect([sandboxOf(), sandboxOf(undefined, 'plan'), sandboxOf('flag', 'plan')]).toEqual([
      'dev',
      'plan',
      'flag',
    ]);
  });

  it('reads credentials, whose id is the api key too', () => {
    const rest = { ...env, FERRY_ACCESS_TOKEN: '', FERRY_API_KEY: '' };
    expect(readPlatform({}, { ...rest, FERRY_CLIENT_ID: 'id', FERRY_CLIENT_SECRET: 'hush' })).toMatchObject({
      kind: 'ready',
      platform: {
        apiKey: 'id',
        signIn: {
          kind: 'credentials',
          clientId: 'id',
          secret: 'env:FERRY_CLIENT_SECRET',
          imsUrl: 'https://ims-na1.adobelogin.com',
        },
      },
    });
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['everything', {}, ['FERRY_ACCESS_TOKEN', 'FERRY_API_KEY', 'FERRY_ORG_ID', 'FERRY_SANDBOX']],
    ['an empty token', { ...env, FERRY_ACCESS_TOKEN: ' ' }, ['FERRY_ACCESS_TOKEN']],
    [
      'half of the credentials',
      { ...env, FERRY_ACCESS_TOKEN: '', FERRY_CLIENT_ID: 'id' },
      ['FERRY_ACCESS_TOKEN'],
    ],
  ])('names what is missing: %s', (_, given, names) => {
    expect(readPlatform({}, given)).toEqual({ kind: 'missing', names });
  });

  it.each(['platform.adobe.io', 'ftp://x', 'https://', 'http:// x'])('"%s" is no address', (apiUrl) => {
    expect(readPlatform({ apiUrl }, env)).toEqual({ kind: 'badUrl', name: '--api-url', value: apiUrl });
  });
});

describe('what copying leaves around a setting', () => {
  it.each([
    'token',
    'token\r',
    ' token\r\n',
    '\ufefftoken',
    '"token"',
    "'token'",
    '“token”',
    '`token`',
    'Bearer token',
    'bearer  token',
    '"Bearer token"',
    'Bearer "token"',
    'Authorization: Bearer token',
    String.raw`token\n`,
  ])('falls off a token: %j', (said) => {
    expect(readPlatform({}, { ...env, FERRY_ACCESS_TOKEN: said })).toMatchObject({
      platform: { signIn: { token: 'token' } },
    });
  });

  it('falls off the others, where a word before them is none of it', () => {
    const quoted = { FERRY_API_KEY: '"key"\r', FERRY_ORG_ID: "'X@AdobeOrg'", FERRY_SANDBOX: ' "dev" ' };
    expect(readPlatform({}, { ...env, ...quoted, FERRY_API_URL: '"http://h"' })).toMatchObject({
      platform: { apiKey: 'key', orgId: 'X@AdobeOrg', sandbox: 'dev', apiUrl: 'http://h' },
    });
    expect(readPlatform({}, { ...env, FERRY_API_KEY: 'Bearer key' })).toMatchObject({
      platform: { apiKey: 'Bearer key' },
    });
  });

  it('is missing where nothing else is there', () => {
    for (const said of ['""', 'Bearer ', ' "" '])
      expect(readPlatform({}, { ...env, FERRY_ACCESS_TOKEN: said })).toEqual({
        kind: 'missing',
        names: ['FERRY_ACCESS_TOKEN'],
      });
  });
});

describe('readSecret', () => {
  const read = (reference: string, more: Parameters<typeof readSecret>[2] = { env: {} }) =>
    readSecret(reference, 'password', more);

  it('comes from the environment, without the line break that echo adds', async () => {
    expect(await read('env:A', { env: { A: 'hush\n' } })).toEqual({ kind: 'value', value: 'hush' });
    expect(await read('env:A')).toEqual({ kind: 'notSet', name: 'A' });
    expect(await read('env:A', { env: { A: '' } })).toEqual({ kind: 'notSet', name: 'A' });
  });

  it.each(['hush\r', 'hush\r\n', 'hush\n\n', '\ufeffhush', 'hush\r\r\n'])(
    'comes without what an editor leaves: %j',
    async (value) => {
      const file = path.join(freshFolder(), 'secret');
      writeFileSync(file, value, { mode: 0o600 });
      expect(await read('env:A', { env: { A: value } })).toEqual({ kind: 'value', value: 'hush' });
      expect(await read(`file:${file}`)).toEqual({ kind: 'value', value: 'hush' });
      expect(await read(`command:cat ${file}`)).toEqual({ kind: 'value', value: 'hush' });
    },
  );

  it('is not set where only a line end is there', async () => {
    expect(await read('env:A', { env: { A: '\r\n' } })).toEqual({ kind: 'notSet', name: 'A' });
  });

  it('comes from a file that nobody else may read', async () => {
    const file = path.join(freshFolder(), 'secret');
    writeFileSync(file, 'one\ntwo\n', { mode: 0o600 });
    expect(await read(`file:${file}`)).toEqual({ kind: 'value', value: 'one\ntwo' });
    chmodSync(file, 0o640);
    expect(await read(`file:${file}`)).toEqual({ kind: 'openFile', file, mode: '0640' });
    expect(await read('file:/nowhere')).toEqual({ kind: 'noFile', file: '/nowhere' });
  });

  it('comes from a helper command that succeeds', async () => {
    expect(await read('command:echo hush')).toEqual({ kind: 'value', value: 'hush' });
    expect(await read('command:exit 1')).toMatchObject({ kind: 'commandFailed' });
    expect(await read('command:true')).toMatchObject({ kind: 'commandFailed' });
  });

  it('is asked for where somebody can be asked', async () => {
    expect(await read('prompt')).toEqual({ kind: 'needsPrompt' });
    const prompt = (name: string): Promise<string> => Promise.resolve(`${name}!`);
    expect(await read('prompt', { env: {}, prompt })).toEqual({ kind: 'value', value: 'password!' });
  });
});
