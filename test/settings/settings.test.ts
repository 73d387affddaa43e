import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlatform } from '../../source/settings/platform.ts';
import { savedProfiles } from '../../source/commands/connect/profile.ts';
import { readSecret, shownReference } from '../../source/settings/secrets.ts';
import { english } from '../../source/locale/catalogs.ts';
import { secretText } from '../../source/locale/secret-text.ts';
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

  it.each([
    'platform.adobe.io',
    'ftp://x',
    'https://',
    'http:// x',
    'host?key=PLANTED',
    'https://PLANTED\\h.example',
    'https:PLANTED',
    'https://anna:PLANTED',
  ])('"%s" is no address, and is not repeated', (apiUrl) => {
    expect(readPlatform({ apiUrl }, env)).toEqual({ kind: 'badUrl', name: '--api-url' });
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

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is not set in a variable that nobody has set, though every object has a %s',
    async (name) => {
      expect(await read(`env:${name}`)).toEqual({ kind: 'notSet', name });
      const env = Object.fromEntries([[name, 'hush']]);
      expect(await read(`env:${name}`, { env })).toEqual({ kind: 'value', value: 'hush' });
    },
  );

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

  it.each([
    ['a folder', (file: string) => mkdirSync(file, { mode: 0o700 }), 'EISDIR'],
    ['larger than any secret', (file: string) => writeFileSync(file, 'x'.repeat(300_000)), 'TOO_LARGE'],
  ])('is not read from what is %s', async (_, put, why) => {
    const file = path.join(freshFolder(), 'secret');
    put(file);
    if (why === 'TOO_LARGE') chmodSync(file, 0o600);
    const reading = await read(`file:${file}`);
    expect(reading).toEqual({ kind: 'unfitFile', file, why });
    expect(reading.kind === 'value' ? '' : secretText(english, reading)).toContain(file);
  });

  it('is read from a pipe', async () => {
    const file = path.join(freshFolder(), 'secret');
    execFileSync('mkfifo', ['-m', '600', file]);
    const writer = spawn('sh', ['-c', 'echo hush >"$0"', file]);
    expect(await read(`file:${file}`)).toEqual({ kind: 'value', value: 'hush' });
    expect(writer.pid).toBeDefined();
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

describe('an address', () => {
  const hush = 'PLANTEDpassword';
  it.each([
    `https://${hush}@platform.adobe.io`,
    `https://anna:${hush}@platform.adobe.io`,
    `https://:${hush}@platform.adobe.io`,
    'https://@platform.adobe.io',
    'https://:@platform.adobe.io',
    `https://anna:${hush}%40@platform.adobe.io/x?y#z`,
    `http://anna:${hush}@127.0.0.1:1`,
    `ftp://anna:${hush}@host`,
    `anna:${hush}@host`,
    `https:anna:${hush}@host`,
    `https://anna:${hush}@`,
    `https://anna:${hush}@ho st`,
    `https://anna:${hush}＠h`,
    `https://anna:${hush}﹫h`,
    `https://${hush}＠h`,
    `https://anna:${hush}%40h`,
    `https://anna:${hush}\\@h`,
    `https://anna\\${hush}@h`,
    `https:\\\\anna:${hush}@h`,
  ])('with somebody in it is not taken, and not repeated: %s', (value) => {
    const where: [string, Parameters<typeof readPlatform>][] = [
      ['--api-url', [{ apiUrl: value }, env]],
      ['FERRY_API_URL', [{}, { ...env, FERRY_API_URL: value }]],
      ['FERRY_IMS_URL', [{}, { ...env, FERRY_IMS_URL: value }]],
      [
        'FERRY_API_URL',
        [{}, env, { profile: { clientId: 'a', orgId: 'b', secret: 'prompt', apiUrl: value } }],
      ],
      [
        'FERRY_IMS_URL',
        [{}, env, { profile: { clientId: 'a', orgId: 'b', secret: 'prompt', imsUrl: value } }],
      ],
    ];
    for (const [name, args] of where) expect(readPlatform(...args)).toEqual({ kind: 'userInUrl', name });
  });

  it.each([
    ['https://h.example/prefix/', 'https://h.example/prefix'],
    ['https://h.example?key=PLANTED', 'https://h.example'],
    ['https://h.example/a?key=PLANTED#PLANTED', 'https://h.example/a'],
    ['https://h.example/#PLANTED', 'https://h.example'],
    ['https://h.example/a@b', 'https://h.example/a@b'],
    ['https://h.example?to=a@b', 'https://h.example'],
  ])('%s is kept as %s', (given, kept) => {
    const reading = readPlatform({ apiUrl: given }, env);
    expect(reading).toMatchObject({ kind: 'ready', platform: { apiUrl: kept } });
  });
});

describe('a reference', () => {
  const file = path.join(freshFolder(), 'ran');
  it.each([
    `touch ${file}`,
    `keyring:touch ${file}`,
    `Command:touch ${file}`,
    `command :touch ${file}`,
    ` command:touch ${file}`,
    `vault:a; touch ${file}`,
    'command:',
    'command: ',
    '',
    ':',
    'wJalrXUtnFEMI/K7MDENG',
    'Prompt',
  ])('%j is not run, and not told', async (reference) => {
    expect(await readSecret(reference, 'x', { env: process.env })).toEqual({ kind: 'noReference' });
    expect(shownReference(reference)).toBe(reference === 'command: ' ? reference : '?');
    expect(existsSync(file)).toBe(false);
  });

  it('to a helper gives it the variables of the person, and none of ours that is secret', async () => {
    const secrets = {
      FERRY_ACCESS_TOKEN: 'PLANTED',
      FERRY_CLIENT_SECRET: 'PLANTED',
      FERRY_API_KEY: 'PLANTED',
      FERRY_S3_SECRET_KEY: 'PLANTED',
    };
    const own = { PATH: process.env['PATH'], VAULT_TOKEN: 'mine', FERRY_SANDBOX: 'dev' };
    const reading = await readSecret('command:env | sort | tr "\\n" " "', 'x', {
      env: { ...secrets, ...own },
    });
    if (reading.kind !== 'value') throw new Error(reading.kind);
    expect(reading.value).not.toContain('PLANTED');
    expect(reading.value).toContain('VAULT_TOKEN=mine');
    expect(reading.value).toContain('FERRY_SANDBOX=dev');
  });
});

describe('profiles', () => {
  const sound = '{"version":1,"current":"a","profiles":{"a":{"clientId":"i","orgId":"o","secret":"prompt"}}}';
  function profilesIn(folder: string, text = sound): string {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'profiles.json');
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }
  const thrownBy = (folder: string): unknown => {
    try {
      return savedProfiles({ FERRY_CONFIG_DIR: folder });
    } catch (error) {
      return error;
    }
  };

  it('are none where there are none yet', () => {
    expect(savedProfiles({ FERRY_CONFIG_DIR: path.join(freshFolder(), 'not', 'yet') }).profiles).toEqual({});
  });

  it.each<[string, number, number, 'file' | 'folder' | undefined]>([
    ['its own', 0o600, 0o700, undefined],
    ['read by others', 0o644, 0o755, undefined],
    ['the group writes', 0o660, 0o700, 'file'],
    ['others write', 0o602, 0o700, 'file'],
    ['all write', 0o666, 0o700, 'file'],
    ['in a folder the group writes', 0o600, 0o770, 'folder'],
    ['in a folder all write', 0o600, 0o707, 'folder'],
    ['in a folder all write and nobody replaces in', 0o600, 0o1777, undefined],
  ])('%s: mode %o in %o', (_, fileMode, folderMode, place) => {
    const folder = path.join(freshFolder(), 'config');
    const file = profilesIn(folder);
    chmodSync(file, fileMode);
    chmodSync(folder, folderMode);
    const thrown = thrownBy(folder);
    if (place === undefined) expect(thrown).toMatchObject({ current: 'a' });
    else
      expect(thrown).toMatchObject({
        kind: 'profilesUnsafe',
        unsafe: 'open',
        file: place === 'file' ? file : folder,
      });
  });

  it('are not read through a folder further up that all may write', () => {
    const above = path.join(freshFolder(), 'above');
    profilesIn(path.join(above, 'between', 'config'));
    chmodSync(above, 0o777);
    expect(thrownBy(path.join(above, 'between', 'config'))).toMatchObject({ unsafe: 'open', file: above });
  });

  it('are not read through a link to what others may write', () => {
    const theirs = profilesIn(path.join(freshFolder(), 'theirs'));
    chmodSync(theirs, 0o666);
    const folder = path.join(freshFolder(), 'config');
    mkdirSync(folder, { mode: 0o700 });
    symlinkSync(theirs, path.join(folder, 'profiles.json'));
    expect(thrownBy(folder)).toMatchObject({ kind: 'profilesUnsafe', file: theirs });
  });

  it.runIf(process.getuid?.() === 0)('that belong to somebody else are not read', () => {
    const folder = path.join(freshFolder(), 'config');
    const file = profilesIn(folder);
    chownSync(file, 12_345, 12_345);
    expect(thrownBy(folder)).toMatchObject({ kind: 'profilesUnsafe', unsafe: 'foreign', file });
    chownSync(file, 0, 0);
    chownSync(folder, 12_345, 12_345);
    expect(thrownBy(folder)).toMatchObject({ unsafe: 'foreign', file: folder });
  });

  it.each<[string, (folder: string) => void, string]>([
    [
      'a folder stands there',
      (folder) => mkdirSync(path.join(folder, 'profiles.json'), { recursive: true }),
      'EISDIR',
    ],
    ['the folder is a file', (folder) => writeFileSync(folder, ''), 'ENOTDIR'],
    ['the folder is a link to nothing', (folder) => symlinkSync('/nonexistent/x', folder), 'ENOENT'],
    [
      'it is a link to nothing',
      (folder) => {
        mkdirSync(folder);
        symlinkSync('/nonexistent/x', path.join(folder, 'profiles.json'));
      },
      'ENOENT',
    ],
    [
      'it is a link to itself',
      (folder) => {
        mkdirSync(folder);
        symlinkSync('profiles.json', path.join(folder, 'profiles.json'));
      },
      'ELOOP',
    ],
  ])('that cannot be read are not none: %s', (_, prepare, code) => {
    const folder = path.join(freshFolder(), 'config');
    prepare(folder);
    expect(thrownBy(folder)).toMatchObject({
      kind: 'stateUnreadable',
      code,
      file: path.join(folder, 'profiles.json'),
    });
  });

  it.each([
    ['a name that stands twice', sound.replace('"orgId":"o"', '"orgId":"o","orgId":"p"')],
    ['the same profile twice', sound.replace('"profiles":{', '"profiles":{"a":{},')],
    ['one name written in two ways', sound.replace('"orgId":"o"', '"orgId":"o","org\\u0049d":"p"')],
    ['another version', sound.replace('1', '2')],
    ['a current one that is no name', sound.replace('"current":"a"', '"current":{}')],
    ['no JSON', sound.slice(1)],
  ])('are damaged: %s', (_, text) => {
    const folder = path.join(freshFolder(), 'config');
    profilesIn(folder, text);
    expect(thrownBy(folder)).toMatchObject({ kind: 'profilesDamaged' });
  });
});
