import { type ChildProcess, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer, type Server as Listener, type AddressInfo } from 'node:net';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { columnsOf } from '../../source/activation/content/columns.ts';
import type { Selected } from '../../source/activation/plan/plan.ts';
import { checkPlace, type Step } from '../../source/storage/check.ts';
import { openStore } from '../../source/storage/open-store.ts';
import type { Place, Store } from '../../source/storage/store.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { freshFolder, openTerminal, projectRoot } from '../helpers/terminal.ts';
import {
  account,
  accountKey,
  connectionString,
  ended,
  freePort,
  host,
  inBucket,
  inContainer,
  makeCertificate,
  makeKey,
  onServer,
  type SftpAccount,
  sftpAccount,
  sshdMissing,
  startAzurite,
  startBlob,
  startS3,
} from './servers.ts';

type S3 = Extract<Place, { kind: 's3' }>;
type Azure = Extract<Place, { kind: 'azure' }>;
type Sftp = Extract<Place, { kind: 'sftp' }>;

/** Longer than anything takes that is not about time, milliseconds. */
const mostMs = 120_000;

async function stepsOf(place: Place, writes = true, most = mostMs): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of checkPlace(place, { writes, mostMs: most })) steps.push(step);
  return steps;
}

/** Steps as one line: what was fine, and what failed why. */
const toldOf = (steps: readonly Step[]): string =>
  steps.map((step) => `${step.name} ${step.kind === 'failed' ? step.failure.kind : step.kind}`).join(', ');

/** The steps before one, all fine. */
const fine = (...names: readonly string[]): string => names.map((name) => `${name} fine`).join(', ');

const named = (server: Server | Listener): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
  });

/** A port where nobody answers what was asked: nothing at all, or a page. */
async function elsewhere(kind: 'silent' | 'page'): Promise<number> {
  const server =
    kind === 'page' ? createHttp((_, answer) => answer.end('<html>hello')) : createServer(() => undefined);
  endWithTest(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
  });
  if (kind === 'silent') server.on('connection', (socket) => endWithTest(() => void socket.destroy()));
  return named(server);
}

/** Writes, lists, reads the beginning and removes, as every store does. */
async function proveUse(place: Place, readsEmpty = true): Promise<void> {
  const store: Store = await openStore(place);
  endWithTest(() => store.close());
  const signal = AbortSignal.timeout(mostMs);
  const name = 'Ünïted_名_1.csv';
  const text = 'a,b\n1,2\n'.repeat(2000);
  await store.put(name, Buffer.from(text), signal);
  await store.put('empty.csv', new Uint8Array(), signal);
  const { files, isWhole } = await store.list({ most: 100, signal });
  expect(isWhole).toBe(true);
  const found = files.filter((one) => [name, 'empty.csv'].includes(one.name));
  expect(found.map(({ name: called, bytes }) => [called, bytes]).toSorted()).toEqual(
    [[name, text.length] as const, ['empty.csv', 0] as const].toSorted(),
  );
  expect(Math.abs((found[0]?.changedMs ?? 0) - Date.now())).toBeLessThan(3_600_000);
  expect((await store.list({ prefix: 'emp', most: 100, signal })).files.map((one) => one.name)).toEqual([
    'empty.csv',
  ]);
  expect(Buffer.from(await store.read(name, 7, signal)).toString()).toBe('a,b\n1,2');
  expect(Buffer.from(await store.read(name, 100_000, signal)).toString()).toBe(text);
  if (readsEmpty) expect(await store.read('empty.csv', 100, signal)).toHaveLength(0);
  await store.remove(name, signal);
  await store.remove('empty.csv', signal);
  expect((await store.list({ most: 100, signal })).files.map((one) => one.name)).not.toContain(name);
}

describe('S3, on s3rver', () => {
  let server: ChildProcess | undefined;
  let place: S3;
  beforeAll(async () => {
    const { server: started, endpoint } = await startS3();
    server = started;
    place = inBucket(endpoint, 'daily');
  });
  afterAll(() => ended(server));
  afterEach(() => vi.useRealTimers());

  it('takes files', async () => {
    expect(toldOf(await stepsOf(place))).toBe(
      fine('reached', 'signedIn', 'place', 'list', 'write', 'delete'),
    );
    expect(
      (await (await openStore(place)).list({ most: 10, signal: AbortSignal.timeout(mostMs) })).files,
    ).toEqual([]);
    // s3rver breaks off where a part of nothing is asked for.
    await proveUse(place, false);
  });

  it('keeps nothing of a look that somebody ends between writing and deleting', async () => {
    const leaving = new AbortController();
    const own = { ...place, folder: 'left' };
    const steps: Step[] = [];
    for await (const step of checkPlace(own, { writes: true, mostMs, signal: leaving.signal })) {
      steps.push(step);
      if (step.name === 'write') leaving.abort();
    }
    expect(steps.at(-1)).toEqual({ name: 'delete', kind: 'fine' });
    const store = await openStore(own);
    endWithTest(() => store.close());
    expect((await store.list({ most: 10, signal: AbortSignal.timeout(mostMs) })).files).toEqual([]);
  });

  it('is only looked at, where nothing is to be written', async () => {
    expect(toldOf(await stepsOf(place, false))).toBe(fine('reached', 'signedIn', 'place', 'list'));
  });

  it('is read in pages, and no further than asked', async () => {
    const store = await openStore({ ...place, folder: 'many' });
    endWithTest(() => store.close());
    const signal = AbortSignal.timeout(mostMs);
    for (let at = 0; at < 12; at++) await store.put(`${at}.csv`, Buffer.from('x'), signal);
    const some = await store.list({ most: 5, signal });
    expect([some.files.length, some.isWhole]).toEqual([5, false]);
    const all = await store.list({ most: 2000, signal });
    expect([all.files.length, all.isWhole]).toEqual([12, true]);
  });

  it('shows a certificate that nobody knows', async () => {
    const { file, keyFile } = makeCertificate();
    const { server: secure, endpoint } = await startS3('--key', keyFile, '--cert', file);
    endWithTest(() => ended(secure));
    expect(toldOf(await stepsOf({ ...place, endpoint: endpoint.replace('http:', 'https:') }))).toBe(
      'reached tls',
    );
  });

  it.each<[string, Partial<S3>, string]>([
    ['another key id', { accessKeyId: 'AKIANOBODY' }, `${fine('reached')}, signedIn unknownKeyId`],
    ['no such bucket', { bucket: 'none' }, `${fine('reached', 'signedIn')}, place noBucket`],
    ['a name that is not known', { endpoint: 'http://nowhere.invalid' }, 'reached noName'],
  ])('%s', async (_, change, told) => {
    expect(toldOf(await stepsOf({ ...place, ...change }))).toBe(told);
  });

  it('the clock of this machine is wrong', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 3_600_000 });
    expect(toldOf(await stepsOf(place))).toBe(`${fine('reached')}, signedIn clockSkew`);
  });

  it.each<['closed' | 'silent' | 'page', string]>([
    ['closed', 'reached refused'],
    ['silent', 'reached timeout'],
    ['page', 'reached otherServer'],
  ])('a port that is %s', async (kind, told) => {
    const port = kind === 'closed' ? await freePort() : await elsewhere(kind);
    expect(toldOf(await stepsOf({ ...place, endpoint: `http://${host}:${port}` }, true, 500))).toBe(told);
  });

  it('an answer that never ends', async () => {
    const server = createHttp((request, answer) => {
      request.resume();
      answer.writeHead(200, { 'content-type': 'application/xml' });
      const timer = setInterval(() => answer.write(' '), 50);
      answer.on('close', () => clearInterval(timer));
    });
    endWithTest(() => {
      server.close();
      server.closeAllConnections();
    });
    const endpoint = `http://${host}:${await named(server)}`;
    expect(toldOf(await stepsOf({ ...place, endpoint }, true, 500))).toBe('reached timeout');
    const store = await openStore({ ...place, endpoint });
    endWithTest(() => store.close());
    await expect(store.read('a.csv', 100, AbortSignal.timeout(500))).rejects.toMatchObject({
      failure: { kind: 'timeout' },
    });
  });

  /** An answer as Amazon documents it, for what s3rver has not. */
  async function answering(refused: string, status: number, code: string, headers = {}): Promise<string> {
    const list =
      '<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>';
    const server = createHttp((request, answer) => {
      request.resume();
      request.on('end', () => {
        const isRefused = request.method === refused;
        const etag = request.method === 'PUT' ? { etag: '"1"' } : {};
        answer.writeHead(isRefused ? status : 200, {
          'content-type': 'application/xml',
          ...etag,
          ...headers,
        });
        answer.end(isRefused ? `<Error><Code>${code}</Code><Message>no</Message></Error>` : list);
      });
    });
    endWithTest(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://${host}:${await named(server)}`;
  }

  it.each<[string, string, number, string, string]>([
    [
      'no right to list',
      'GET',
      403,
      'AccessDenied',
      `${fine('reached', 'signedIn')}, place unseen, list noRight, ${fine('write', 'delete')}`,
    ],
    [
      'no right to write',
      'PUT',
      403,
      'AccessDenied',
      `${fine('reached', 'signedIn', 'place', 'list')}, write noRight`,
    ],
    [
      'no right to delete',
      'DELETE',
      403,
      'AccessDenied',
      `${fine('reached', 'signedIn', 'place', 'list', 'write')}, delete noRight`,
    ],
    ['another secret', 'GET', 403, 'SignatureDoesNotMatch', `${fine('reached')}, signedIn wrongSecret`],
    ['a token that has expired', 'GET', 400, 'ExpiredToken', `${fine('reached')}, signedIn expired`],
    [
      'a server that is out of breath',
      'GET',
      503,
      'SlowDown',
      `${fine('reached')}, signedIn unseen, place unseen, list other`,
    ],
    [
      'another region',
      'GET',
      301,
      'PermanentRedirect',
      `${fine('reached')}, signedIn unseen, place wrongRegion`,
    ],
  ])('%s', async (_, method, status, code, told) => {
    const endpoint = await answering(method, status, code, { 'x-amz-bucket-region': 'eu-west-1' });
    expect(toldOf(await stepsOf({ ...place, endpoint }))).toBe(told);
  });
});

describe('Azure Blob Storage, on azurite', () => {
  let server: ChildProcess | undefined;
  let port = 0;
  const opens = (key: string, at = port): Azure['opens'] => ({
    by: 'connectionString',
    connectionString: connectionString(at, key),
  });
  const place = (): Azure => inContainer(port, 'daily');
  beforeAll(async () => {
    ({ server, port } = await startBlob());
  });
  afterAll(() => ended(server));

  /** An address with a signature that lets do so much. */
  async function signed(permissions: string, endsInMs = 3_600_000): Promise<Azure['opens']> {
    const { ContainerClient, ContainerSASPermissions, StorageSharedKeyCredential } =
      await import('@azure/storage-blob');
    const client = new ContainerClient(
      `http://${host}:${port}/${account}/crm`,
      new StorageSharedKeyCredential(account, accountKey),
    );
    const uri = await client.generateSasUrl({
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: new Date(Date.now() + endsInMs),
    });
    return { by: 'sas', uri };
  }

  it('takes files', async () => {
    expect(toldOf(await stepsOf(place()))).toBe(
      fine('reached', 'signedIn', 'place', 'list', 'write', 'delete'),
    );
    await proveUse(place());
  });

  it('takes files by a signature', async () => {
    const by = await signed('racwdl');
    expect(toldOf(await stepsOf({ ...place(), opens: by }))).toBe(
      fine('reached', 'signedIn', 'place', 'list', 'write', 'delete'),
    );
  });

  it('is read in pages, and no further than asked', async () => {
    const store = await openStore({ ...place(), folder: 'many' });
    const signal = AbortSignal.timeout(mostMs);
    for (let at = 0; at < 12; at++) await store.put(`${at}.csv`, Buffer.from('x'), signal);
    const some = await store.list({ most: 5, signal });
    expect([some.files.length, some.isWhole]).toEqual([5, false]);
    expect(await store.list({ most: 2000, signal })).toMatchObject({ looked: 12, isWhole: true });
  });

  it('shows a certificate that nobody knows', async () => {
    const { file, keyFile } = makeCertificate();
    const securePort = await freePort();
    const secure = await startAzurite(securePort, '--cert', file, '--key', keyFile);
    endWithTest(() => ended(secure));
    const text = connectionString(securePort).replaceAll('http:', 'https:');
    const by = { by: 'connectionString', connectionString: text } as const;
    expect(toldOf(await stepsOf({ ...place(), opens: by }))).toBe('reached tls');
  });

  // Azurite says of a wrong key and of an old signature what Azure says of a firewall; Azure's own words for both are in
  // test/storage/failure.test.ts.
  it.each<[string, () => Promise<Partial<Azure>> | Partial<Azure>, string]>([
    [
      'another key',
      () => ({ opens: opens(Buffer.from('wrong').toString('base64')) }),
      `${fine('reached')}, signedIn notLetIn`,
    ],
    ['no such container', () => ({ container: 'none' }), `${fine('reached', 'signedIn')}, place noContainer`],
    [
      'a signature that has expired',
      async () => ({ opens: await signed('racwdl', -3_600_000) }),
      `${fine('reached')}, signedIn notLetIn`,
    ],
    [
      'a signature that may not list',
      async () => ({ opens: await signed('cwd') }),
      `${fine('reached', 'signedIn')}, place unseen, list noRight, ${fine('write', 'delete')}`,
    ],
    [
      'a signature that may not write',
      async () => ({ opens: await signed('rl') }),
      `${fine('reached', 'signedIn', 'place', 'list')}, write noRight`,
    ],
    [
      'a signature that may not delete',
      async () => ({ opens: await signed('rwl') }),
      `${fine('reached', 'signedIn', 'place', 'list', 'write')}, delete noRight`,
    ],
    [
      'no connection string',
      () => ({ opens: { by: 'connectionString', connectionString: 'hello' } }),
      'signedIn connectionString',
    ],
    [
      'a port where nobody is',
      async () => ({ opens: opens(accountKey, await freePort()) }),
      'reached refused',
    ],
    [
      'a server that says nothing',
      async () => ({ opens: opens(accountKey, await elsewhere('silent')) }),
      'reached timeout',
    ],
    [
      'a server that says something else',
      async () => ({ opens: opens(accountKey, await elsewhere('page')) }),
      'reached otherServer',
    ],
  ])('%s', async (name, change, told) => {
    const most = name.includes('nothing') ? 500 : mostMs;
    expect(toldOf(await stepsOf({ ...place(), ...(await change()) }, true, most))).toBe(told);
  });
});

if (sshdMissing !== undefined) process.stderr.write(`\nNOT TESTED: SFTP, as ${sshdMissing}\n\n`);

describe.skipIf(sshdMissing !== undefined)('SFTP, on OpenSSH', () => {
  const user = 'ferry-storage-test';
  const password = 'PLANTED-correct horse';
  let there: SftpAccount;
  let place: Sftp;
  const at = (...parts: string[]): string => there.at(...parts);
  const sshd = (...lines: string[]): Promise<number> => there.sshd(...lines);

  beforeAll(async () => {
    there = await sftpAccount(user, password);
    there.folder('in');
    mkdirSync(at('shown'), { mode: 0o755 });
    mkdirSync(at('closed'), { mode: 0o700 });
    writeFileSync(at('file'), 'a file');
    makeKey(at('stranger'), 'ed25519');
    makeKey(at('locked'), 'ed25519', 'PLANTED-passphrase');
    const port = await sshd();
    place = onServer(port, user, password, at('in'));
  });
  afterAll(() => there.end());

  const keyIn = (name: string): string => readFileSync(at(name), 'utf8');
  const all = fine('reached', 'hostKey', 'signedIn', 'place', 'list', 'write', 'delete');

  it('takes files, and leaves nothing behind', async () => {
    expect(toldOf(await stepsOf(place))).toBe(all);
    expect(readdirSync(at('in'))).toEqual([]);
    await proveUse(place);
  });

  it.each(['client'])('takes files by a key, also in base64: %s', async (name) => {
    const key = keyIn(name);
    expect(toldOf(await stepsOf({ ...place, opens: { by: 'key', key } }))).toBe(all);
    const encoded = Buffer.from(key).toString('base64');
    expect(toldOf(await stepsOf({ ...place, opens: { by: 'key', key: encoded } }))).toBe(all);
  });

  it('takes files in the folder where it begins', async () => {
    expect(toldOf(await stepsOf({ ...place, folder: '' }))).toBe(all);
    expect(readdirSync(at('home'))).toEqual([]);
  });

  it('shows its key as ssh-keygen does, and knows it again', async () => {
    const printed = spawnSync('ssh-keygen', ['-l', '-f', at('host.pub')], { encoding: 'utf8' }).stdout;
    const shown = async (knownHosts: readonly string[]) =>
      (await stepsOf({ ...place, knownHosts }, false)).flatMap((step) =>
        step.kind === 'fine' && step.hostKey ? [step.hostKey] : [],
      )[0];
    const unknown = await shown([]);
    expect(printed).toContain(unknown?.fingerprint);
    expect(unknown).toMatchObject({ type: 'ssh-ed25519', known: 'unknown' });
    const [type, key] = keyIn('host.pub').split(' ');
    expect(await shown([`[${host}]:${place.port} ${type} ${key}`])).toMatchObject({ known: 'same' });
  });

  it.each(['another key than before', 'a key that is revoked'])('gives %s no secret', async (why) => {
    const isRevoked = why.includes('revoked');
    const [type, key] = keyIn(isRevoked ? 'host.pub' : 'stranger.pub').split(' ');
    const knownHosts = [`${isRevoked ? '@revoked ' : ''}[${host}]:${place.port} ${type} ${key}`];
    const steps = await stepsOf({ ...place, knownHosts });
    expect(toldOf(steps)).toBe(
      `${fine('reached')}, hostKey ${isRevoked ? 'hostKeyRevoked' : 'hostKeyChanged'}`,
    );
  });

  const upTo = fine('reached', 'hostKey');
  it.each<[string, () => Promise<Partial<Sftp>> | Partial<Sftp>, string]>([
    [
      'another password',
      () => ({ opens: { by: 'password', password: 'wrong' } }),
      `${upTo}, signedIn wrongPassword`,
    ],
    ['another user', () => ({ username: 'nobody-here' }), `${upTo}, signedIn wrongPassword`],
    [
      'a key that it does not know',
      () => ({ opens: { by: 'key', key: keyIn('stranger') } }),
      `${upTo}, signedIn keyRefused`,
    ],
    [
      'a key with a passphrase',
      () => ({ opens: { by: 'key', key: keyIn('locked') } }),
      'signedIn keyPassphrase',
    ],
    ['no key', () => ({ opens: { by: 'key', key: 'hello' } }), 'signedIn keyFormat'],
    ['a public key', () => ({ opens: { by: 'key', key: keyIn('client.pub') } }), 'signedIn keyFormat'],
    ['no such folder', () => ({ folder: at('none') }), `${upTo}, signedIn fine, place noFolder`],
    ['a file', () => ({ folder: at('file') }), `${upTo}, signedIn fine, place notAFolder`],
    [
      'no right to list',
      () => ({ folder: at('closed') }),
      `${upTo}, ${fine('signedIn', 'place')}, list noRight, write noRight`,
    ],
    [
      'no right to write',
      () => ({ folder: at('shown') }),
      `${upTo}, ${fine('signedIn', 'place', 'list')}, write noRight`,
    ],
    [
      'no way by password',
      async () => ({ port: await sshd('PasswordAuthentication no') }),
      `${upTo}, signedIn methodOff`,
    ],
    ['no SFTP', async () => ({ port: await sshd('# no sftp') }), `${upTo}, signedIn fine, place noSftp`],
    [
      'only old algorithms',
      async () => ({ port: await sshd('KexAlgorithms diffie-hellman-group14-sha1') }),
      'reached oldAlgorithms',
    ],
    ['only old ciphers', async () => ({ port: await sshd('Ciphers aes128-cbc') }), 'reached oldAlgorithms'],
    ['a port where nobody is', async () => ({ port: await freePort() }), 'reached refused'],
    ['a server that says nothing', async () => ({ port: await elsewhere('silent') }), 'reached timeout'],
    [
      'a server that says something else',
      async () => ({ port: await elsewhere('page') }),
      'reached otherServer',
    ],
    ['a name that is not known', () => ({ host: 'nowhere.invalid' }), 'reached noName'],
  ])('%s', async (name, change, told) => {
    const most = name.includes('nothing') ? 800 : mostMs;
    expect(toldOf(await stepsOf({ ...place, ...(await change()) }, true, most))).toBe(told);
  });

  it('makes the folder that is missing, with those above it', async () => {
    const store = await openStore({ ...place, folder: at('in', 'a', 'b') });
    endWithTest(() => store.close());
    await store.makeFolder?.(AbortSignal.timeout(mostMs));
    expect(existsSync(at('in', 'a', 'b'))).toBe(true);
  });

  it('looks into folders no deeper than asked, and says when it is not all', async () => {
    mkdirSync(at('in', 'deep', 'one', 'two'), { recursive: true });
    for (const name of ['0.csv', 'one/1.csv', 'one/two/2.csv']) writeFileSync(at('in', 'deep', name), 'x');
    for (let at_ = 0; at_ < 300; at_++) writeFileSync(at('in', 'deep', `many-${at_}`), '');
    const store = await openStore({ ...place, folder: at('in', 'deep') });
    endWithTest(() => store.close());
    const signal = AbortSignal.timeout(mostMs);
    const names = async (depth: number) =>
      (await store.list({ most: 5000, depth, signal })).files
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.csv'))
        .toSorted();
    expect(await names(0)).toEqual(['0.csv']);
    expect(await names(1)).toEqual(['0.csv', 'one/1.csv']);
    expect((await store.list({ most: 100, signal })).isWhole).toBe(false);
  });

  describe('by the program', () => {
    interface Changes {
      readonly params?: object;
      readonly location?: object;
      readonly template?: string;
    }
    /** A plan for this server, and what the program is given with it. */
    function planFor({ params, location, template }: Changes) {
      const example = path.join(projectRoot, 'examples/plans/newer-sftp-password.plan.json');
      const plan = JSON.parse(readFileSync(example, 'utf8')) as {
        destination: { auth: { params: object }; location: object };
        segments: { filenameTemplate: string }[];
      };
      Object.assign(plan.destination.auth.params, {
        domain: host,
        username: user,
        port: String(place.port),
        password: { $secret: 'env:SFTP_PASSWORD' },
        ...params,
      });
      Object.assign(plan.destination.location, { remotePath: at('in'), ...location });
      for (const segment of plan.segments) segment.filenameTemplate = template ?? segment.filenameTemplate;
      const home = freshFolder();
      const file = path.join(home, 'a.plan.json');
      writeFileSync(file, JSON.stringify(plan));
      return {
        file,
        env: { SFTP_PASSWORD: password, HOME: home, FERRY_STATE_DIR: path.join(home, 'state') },
      };
    }
    async function storage(verb: string, changes: Changes, ...flags: string[]) {
      const { file, env } = planFor(changes);
      const done = await runProgram(['storage', verb, file, ...flags], { env });
      expect(`${done.stdout}${done.stderr}`).not.toContain('PLANTED');
      return done;
    }
    const check = (params: object, ...flags: string[]) => storage('check', { params }, ...flags);
    const fresh = (): string => there.folder(`own-${names++}`);
    let names = 0;

    it('says each step, where it looked from, and no secret', async () => {
      const { exitCode, stdout, stderr } = await check({});
      expect(stdout).toMatch(/answers\n.*Host key: ssh-ed25519 SHA256:[^]*deleted\n.*accepts files/);
      expect(stderr).toContain('other addresses');
      expect(`${stdout}${stderr}`).not.toContain('PLANTED');
      expect(exitCode).toBe(0);
    });

    it('says it to a program', async () => {
      const { exitCode, stdout } = await check({ username: 'nobody-here' }, '--json');
      const said = JSON.parse(stdout) as {
        outcome: string;
        steps: { step: string; message?: string; next?: string }[];
      };
      expect(said).toMatchObject({ outcome: 'failed', storage: { kind: 'sftp', user: 'nobody-here' } });
      expect(said.steps.at(-1)).toMatchObject({ step: 'signedIn', why: { kind: 'wrongPassword' } });
      expect(said.steps.at(-1)?.next).toContain('$.destination.auth.params.password');
      expect(stdout).not.toContain('PLANTED');
      expect(exitCode).toBe(4);
    });

    it.each([
      ['y', 0, 'accepts files'],
      ['n', 6, 'does not exist'],
    ])('offers to make the folder that is missing: %s', async (answer, code, said) => {
      const remotePath = path.join(fresh(), 'a', 'b');
      const { file, env } = planFor({ location: { remotePath } });
      const terminal = openTerminal({ args: ['storage', 'check', file], env });
      await terminal.waitFor('? (y/N)');
      terminal.write(`${answer}\r`);
      expect(await terminal.waitForEnd()).toBe(code);
      expect(terminal.bytes()).toContain(said);
      expect(existsSync(remotePath)).toBe(code === 0);
    });

    it('writes a sample into the folder of its segment, which it makes', async () => {
      const remotePath = fresh();
      const location = { remotePath: `${remotePath}/%SEGMENT_NAME%` };
      expect((await storage('sample', { location }, '--yes')).exitCode).toBe(0);
      const [folder = ''] = readdirSync(remotePath);
      expect(readdirSync(path.join(remotePath, folder))).toHaveLength(1);
      expect((await storage('sample', { location }, '--remove', '--yes')).stdout).toContain('removed');
      expect(readdirSync(path.join(remotePath, folder))).toEqual([]);
    });

    it('writes nothing where it may not', async () => {
      const { exitCode, stdout, stderr } = await check({}, '--no-write');
      expect(stdout).not.toContain('written');
      expect(stderr).toContain('Writing files was not checked.');
      expect(exitCode).toBe(0);
    });

    it.each([
      ['CSV', 'NONE', /\.csv$/],
      ['CSV', 'GZIP', /\.csv\.gz$/],
      ['JSON', 'NONE', /\.json$/],
      ['PARQUET', 'NONE', /\.parquet$/],
    ] as const)(
      'writes a sample of %s, %s, and takes it away again',
      async (fileType, compression, named) => {
        const remotePath = fresh();
        const location = { remotePath, fileType, compression, csvOptions: undefined };
        const asked = await storage('sample', { location });
        expect([asked.exitCode, asked.stderr]).toEqual([3, expect.stringContaining('--yes')]);
        const { exitCode, stdout } = await storage('sample', { location }, '--yes', '--json');
        expect(exitCode).toBe(0);
        const [file = ''] = readdirSync(remotePath);
        expect(file).toMatch(named);
        expect(JSON.parse(stdout)).toMatchObject({ written: [{ name: file, fileType, compression }] });
        const bytes = readFileSync(path.join(remotePath, file));
        const text = (compression === 'GZIP' ? gunzipSync(bytes) : bytes).toString('utf8');
        expect(text.match(/ferry-sample-\d/g)?.length).toBeGreaterThan(3);
        if (fileType === 'PARQUET') expect([text.slice(0, 4), text.slice(-4)]).toEqual(['PAR1', 'PAR1']);
        // Somebody's export, of the same name but for its moment.
        const other = file.replace(/\d{8}_\d{6}/, '20260101_000000');
        writeFileSync(path.join(remotePath, other), 'a,b\nferry-sample-1,x\nann@acme.example,y\n');
        const removed = await storage('sample', { location }, '--remove', '--yes');
        expect(removed.stdout).toContain(file);
        expect(readdirSync(remotePath)).toEqual([other]);
        expect((await storage('sample', { location }, '--remove', '--yes')).stdout).toContain('No sample');
      },
    );

    it('writes no sample over an export', async () => {
      const remotePath = fresh();
      const template = '%SEGMENT_ID%_daily';
      const changes = { location: { remotePath }, template };
      expect((await storage('sample', changes, '--yes')).exitCode).toBe(0);
      // Its own sample it may write over.
      expect((await storage('sample', changes, '--yes')).exitCode).toBe(0);
      const [file = ''] = readdirSync(remotePath);
      writeFileSync(path.join(remotePath, file), 'real');
      const { exitCode, stderr } = await storage('sample', changes, '--yes');
      expect([exitCode, stderr]).toEqual([5, expect.stringContaining('not a sample')]);
      expect(readFileSync(path.join(remotePath, file), 'utf8')).toBe('real');
    });

    it('only reads where it may only read', async () => {
      const remotePath = fresh();
      const { exitCode } = await storage('sample', { location: { remotePath } }, '--yes', '--read-only');
      expect(exitCode).toBe(2);
      expect(readdirSync(remotePath)).toEqual([]);
    });

    interface FilesTold {
      exports: {
        sample?: boolean;
        segment?: { id: string };
        files: { name: string }[];
        header?: string[];
        rows?: object;
        bytes: number;
      }[];
      runs?: { run: string; files: number; there: number }[];
      findings: { kind: string; file?: string; message: string }[];
      isComplete: boolean;
    }
    const headerOf = (plan: { attributes: object }): string =>
      columnsOf((plan.attributes as { selected: Selected[] }).selected)
        .map(({ column }) => column)
        .join(',');
    const told = (stdout: string) => JSON.parse(stdout) as FilesTold;

    it('lists what has come, by the template, and holds it against columns and manifest', async () => {
      const remotePath = fresh();
      const changes = { location: { remotePath, fileType: 'CSV', compression: 'GZIP' } };
      const nothing = await storage('files', changes);
      expect([nothing.exitCode, nothing.stdout]).toEqual([
        0,
        expect.stringContaining('No file of this plan'),
      ]);
      // The sample is as an export will be: nothing is found with it.
      expect((await storage('sample', changes, '--yes')).exitCode).toBe(0);
      const fine = await storage('files', changes, '--json');
      expect(fine.exitCode).toBe(0);
      expect((await storage('files', changes)).stdout).toMatch(/4 \(sample\)[^]*Only samples/);
      expect(told(fine.stdout)).toMatchObject({
        findings: [],
        isComplete: true,
        exports: [{ rows: { count: 4, isExact: true } }],
      });
      const [sample = ''] = readdirSync(remotePath);
      const other = sample.replace(
        /\d{8}_\d{6}/,
        new Date().toISOString().slice(0, 10).replaceAll('-', '') + '_000000',
      );
      writeFileSync(path.join(remotePath, other), gzipSync('age,\u202ename\n1,2\n'));
      writeFileSync(path.join(remotePath, other.replace('.csv', '_3.csv')), gzipSync('x'));
      writeFileSync(path.join(remotePath, 'somebody\u001b[2J.csv'), 'x');
      const manifest =
        'manifest-4f8c0000-0000-4000-8000-000000000001-57b64cb2-0000-4000-8000-00000000000a.json';
      const results = [
        { name: other, size: 1 },
        { name: 'gone.csv', size: 5 },
      ];
      writeFileSync(
        path.join(remotePath, manifest),
        JSON.stringify({ flowRunId: 'x', exportResults: results }),
      );
      const found = await storage('files', changes, '--json');
      expect(found.exitCode).toBe(6);
      expect(
        told(found.stdout)
          .findings.map(({ kind }) => kind)
          .toSorted(),
      ).toEqual(['columnsMissing', 'columnsMore', 'manifestMissing', 'manifestSize', 'partMissing']);
      const shown = await storage('files', changes);
      expect(shown.stdout).not.toMatch(/[\u001b\u202e]/);
      expect(shown.stdout).toContain('gone.csv, which does not exist');
    });

    it('holds a manifest against what is there once, and leaves those of other dataflows', async () => {
      const remotePath = fresh();
      const changes = { location: { remotePath, fileType: 'CSV' }, template: 'm%SEGMENT_ID%' };
      const id = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
      const write = (run: string, name: string): void =>
        writeFileSync(
          path.join(remotePath, `manifest-x-57b64cb2-0000-4000-8000-${run.padStart(12, '0')}.json`),
          JSON.stringify({ exportResults: [{ name, size: 5 }] }),
        );
      write('a', `m${id}.csv`);
      write('b', 'of_another_dataflow.csv');
      const { exitCode, stdout } = await storage('files', changes, '--json');
      expect(told(stdout).findings).toMatchObject([{ kind: 'manifestMissing', file: `m${id}.csv` }]);
      expect(exitCode).toBe(6);
      // Of one that is no manifest nobody can tell whose it is.
      writeFileSync(path.join(remotePath, 'manifest-x-57b64cb2-0000-4000-8000-00000000000c.json'), 'x');
      const unread = await storage('files', changes);
      expect(unread.stdout).toContain('is not a readable manifest');
    });

    it('holds files against the runs of a dataflow, and asks for the secret that only the platform has', async () => {
      const remotePath = fresh();
      const clock = { ms: Date.now() - 2 * 86_400_000 };
      const emulator = await emulatorWith({ flows: 0, runFaults: ['*=none'], now: () => clock.ms });
      const example = path.join(projectRoot, 'examples/plans/newer-sftp-password.plan.json');
      const plan = JSON.parse(readFileSync(example, 'utf8')) as {
        name: string;
        destination: { auth: { params: object }; location: object };
        segments: object[];
        attributes: object;
      };
      Object.assign(plan.destination.auth.params, { domain: host, username: user, port: String(place.port) });
      Object.assign(plan.destination.location, { remotePath, fileType: 'CSV', compression: 'NONE' });
      const [segment] = plan.segments;
      const startDate = new Date(clock.ms + 86_400_000).toISOString().slice(0, 10);
      plan.segments = [
        {
          ...segment,
          filenameTemplate: '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
          exportMode: 'DAILY_FULL_EXPORT',
          schedule: { frequency: 'ONCE', startDate, startTime: '00:00' },
        },
      ];
      const home = freshFolder();
      writeFileSync(path.join(home, 'a.plan.json'), JSON.stringify(plan));
      const env = {
        ...signedInTo(emulator.url),
        FERRY_SANDBOX: 'dev',
        SFTP_PASSWORD: password,
        HOME: home,
        FERRY_STATE_DIR: path.join(home, 'state'),
      };
      const run = (...args: string[]) => runProgram(args, { env, cwd: home });
      expect((await run('storage', 'check', 'a.plan.json')).exitCode).toBe(0);
      const applied = await run('apply', 'a.plan.json', '--yes', '--json');
      const { flowId } = JSON.parse(applied.stdout.trimEnd().split('\n').at(-1) ?? '') as { flowId: string };
      // What was seen of the storage is in the receipt, with its moment.
      const runs = path.join(home, 'state', 'runs');
      const receipt = (name: string): string =>
        readFileSync(path.join(runs, readdirSync(runs)[0] ?? '', name), 'utf8');
      expect(receipt('receipt.md')).toMatch(
        /Storage on 127\.0\.0\.1:\d+, checked from this computer on \d{4}-.*, fine: reached, .*deleting/,
      );
      expect(JSON.parse(receipt('receipt.json'))).toMatchObject({ storage: { outcome: 'fine' } });
      clock.ms = Date.now();
      const asked = await run('storage', 'files', flowId);
      expect([asked.exitCode, asked.stderr]).toEqual([3, expect.stringContaining('--param password=env:')]);
      const files = () => run('storage', 'files', flowId, '--json', '--param', 'password=env:SFTP_PASSWORD');
      // A sample of the time of the run is none of its files.
      const moment = `${startDate.replaceAll('-', '')}_000000`;
      const id = (segment as { id: string }).id;
      expect((await run('storage', 'sample', 'a.plan.json', '--yes')).exitCode).toBe(0);
      const first = path.join(remotePath, `SFTP_${id}_${moment}.csv`);
      const began = Date.parse(startDate) / 1000;
      renameSync(path.join(remotePath, readdirSync(remotePath)[0] ?? ''), first);
      utimesSync(first, began, began);
      const without = await files();
      expect(told(without.stdout).exports).toMatchObject([{ sample: true }]);
      const [one] = told(without.stdout).runs ?? [];
      expect(one?.files).toBeGreaterThan(0);
      expect(told(without.stdout).findings).toMatchObject([{ kind: 'fewer', said: one?.files, there: 0 }]);
      expect(without.exitCode).toBe(6);
      for (let part = 1; part <= (one?.files ?? 0); part++)
        writeFileSync(
          path.join(remotePath, `SFTP_${id}_${moment}${part === 1 ? '' : `_${part}`}.csv`),
          `${headerOf(plan)}\n`,
        );
      const arrived = await files();
      expect(told(arrived.stdout)).toMatchObject({ findings: [], runs: [{ there: one?.files }] });
      expect(arrived.exitCode).toBe(0);
      expect(`${without.stdout}${asked.stderr}${arrived.stdout}`).not.toContain('PLANTED');
      // What was given for a look is kept nowhere.
      const kept = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      expect(kept.map(({ name }) => name)).toContain('audit.ndjson');
      for (const { parentPath, name } of kept)
        expect(readFileSync(path.join(parentPath, name), 'utf8'), name).not.toContain('PLANTED');
    });
  });
});
