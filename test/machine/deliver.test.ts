import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../../source/emulator/deliver/place.ts';
import { openUploads } from '../../source/emulator/deliver/uploads/uploads.ts';
import { openTerminal } from '../helpers/pseudo-terminal.ts';
import { freshFolder, projectRoot } from '../helpers/terminal.ts';
import { runProgram } from '../helpers/program.ts';
import { signedInTo } from '../helpers/runs.ts';
import { endWithTest } from '../helpers/scope.ts';
import { delivering, untilExportable, walkToArrival, walkWithCheck } from './rehearsal.ts';
import {
  connectionString,
  ended,
  freePort,
  host,
  inBucket,
  inContainer,
  onServer,
  type SftpAccount,
  sftpAccount,
  sshdMissing,
  startBlob,
  startS3,
} from './servers.ts';

// The emulator writes to real servers, and the product finds there what the emulator's runs tell.

const password = 'PLANTED-correct horse';
const mostMs = 60_000;

let s3: { server: ChildProcess; endpoint: string };
let blob: { server: ChildProcess; port: number };
let sftp: SftpAccount | undefined;
let sftpPort = 0;

beforeAll(async () => {
  [s3, blob] = await Promise.all([startS3(), startBlob()]);
  if (sshdMissing !== undefined) return;
  sftp = await sftpAccount('ferry-deliver-test', password);
  sftpPort = await sftp.sshd();
});
afterAll(async () => {
  await Promise.all([ended(s3.server), ended(blob.server), sftp?.end()]);
});

const there = (): SftpAccount => {
  if (!sftp) throw new Error('no sshd');
  return sftp;
};

async function* pieces(count: number, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) yield Buffer.alloc(bytes, at);
}

describe('storage', { timeout: mostMs }, () => {
  type Kind = Place['kind'];
  const placeOf = (kind: Kind): Place =>
    kind === 's3'
      ? {
          kind,
          endpoint: s3.endpoint,
          isGoogle: false,
          bucket: 'crm',
          keyId: 'S3RVER',
          secret: 'S3RVER',
        }
      : kind === 'azure'
        ? { kind, container: 'crm', connectionString: connectionString(blob.port) }
        : { kind, host, port: sftpPort, username: there().user, password };
  const openedAt = (kind: Kind, folder: string) =>
    kind === 's3'
      ? inBucket(s3.endpoint, folder)
      : kind === 'azure'
        ? inContainer(blob.port, folder)
        : onServer(sftpPort, there().user, password, folder);
  const known = (['s3', 'azure', 'sftp'] as const).filter(
    (kind) => kind !== 'sftp' || sshdMissing === undefined,
  );

  it.each(known)('takes files of every length: %s', async (kind) => {
    const { openStore } = await import('../../source/storage/open-store.ts');
    const uploads = await openUploads(placeOf(kind), AbortSignal.timeout(mostMs));
    endWithTest(() => uploads.close());
    const folder = kind === 'sftp' ? there().folder('lengths') : 'lengths';
    const sizes = { 'empty.csv': 0, 'small.csv': 7, 'large.csv': 9 * 1024 * 1024 + 3 };
    for (const [name, bytes] of Object.entries(sizes)) {
      const whole = Math.floor(bytes / 65_536);
      const all = (async function* () {
        yield* pieces(whole, 65_536);
        if (bytes % 65_536 > 0) yield Buffer.alloc(bytes % 65_536, 7);
      })();
      await uploads.write(`${folder}/${name}`, all);
    }
    const store = await openStore(openedAt(kind, folder));
    endWithTest(() => store.close());
    const signal = AbortSignal.timeout(mostMs);
    const { files } = await store.list({ most: 10, signal });
    expect(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]))).toEqual(sizes);
    const large = Buffer.from(await store.read('large.csv', 9 * 1024 * 1024, signal));
    expect([large[0], large[65_536], large[65_536 * 100]]).toEqual([0, 1, 100]);
  });

  it.each<[string, () => Place, string]>([
    ['no such bucket', () => ({ ...placeOf('s3'), bucket: 'none' }) as Place, 'NoSuchBucket'],
    ['no such container', () => ({ ...placeOf('azure'), container: 'none' }) as Place, 'ContainerNotFound'],
    ['another password', () => ({ ...placeOf('sftp'), password: 'wrong' }) as Place, 'client-authentication'],
  ])('says its own code: %s', async (name, place, code) => {
    if (name.includes('password') && sshdMissing !== undefined) return;
    const write = async (): Promise<void> => {
      const uploads = await openUploads(place(), AbortSignal.timeout(mostMs));
      endWithTest(() => uploads.close());
      await uploads.write('a.csv', pieces(1, 5));
    };
    const error = await write().then(
      () => undefined,
      (thrown: unknown) => thrown as { code?: unknown; name?: unknown; level?: unknown },
    );
    expect([error?.code, error?.name, error?.level]).toContain(code);
  });

  it('that nobody answers for ends by the clock', async () => {
    const port = await freePort();
    const place = { ...placeOf('s3'), endpoint: `http://${host}:${port}` } as Place;
    const uploads = await openUploads(place, AbortSignal.timeout(5000));
    endWithTest(() => uploads.close());
    await expect(uploads.write('a.csv', pieces(1, 5))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

interface Told {
  readonly exports: { readonly files: { readonly name: string }[]; readonly header?: string[] }[];
  readonly runs?: { readonly files: number; readonly there: number }[];
  readonly findings: { readonly kind: string; readonly message: string }[];
}

describe('a rehearsal', () => {
  const patient = { interval: 500 };

  /** Apply, export now, and what has arrived. */
  async function rehearsed(
    example: string,
    { params = {}, location = {} }: { params?: object; location?: object },
    secrets: Record<string, string>,
    ...args: string[]
  ): Promise<{ told: Told; exitCode: number; output: string }> {
    const home = freshFolder();
    const env = {
      ...secrets,
      HOME: home,
      FERRY_SANDBOX: 'dev',
      FERRY_STATE_DIR: path.join(home, 'state'),
    };
    // An hour takes six seconds.
    const { child, url } = await delivering(env, 600, ...args);
    endWithTest(() => ended(child));
    const plan = JSON.parse(
      readFileSync(path.join(projectRoot, `examples/plans/${example}.plan.json`), 'utf8'),
    ) as { destination: { auth: { params: object }; location: object }; segments: object[] };
    Object.assign(plan.destination.auth.params, params);
    Object.assign(plan.destination.location, location);
    plan.segments = plan.segments.slice(0, 1).map((one) => ({
      ...one,
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: { frequency: 'ONCE', startDate: '2035-12-20', startTime: '17:00' },
    }));
    writeFileSync(path.join(home, 'a.plan.json'), JSON.stringify(plan));
    const run = (...words: string[]) => runProgram(words, { env: { ...signedInTo(url), ...env }, cwd: home });
    const applied = await run('apply', 'a.plan.json', '--yes', '--json', '--bind');
    expect(applied.exitCode, applied.stderr).toBe(0);
    const { flow } = JSON.parse(readFileSync(path.join(home, 'a.plan.json'), 'utf8')) as { flow: string };
    // An hour after it was added a segment can be exported; that takes six seconds here.
    await expect.poll(async () => (await run('export', flow, '--yes')).exitCode, patient).toBe(0);
    const runs = async (): Promise<string> => (await run('runs', flow, '--json')).stdout;
    await expect.poll(runs, patient).toMatch(/"state": ?"(good|failed)"/);
    const files = await run('storage', 'files', 'a.plan.json', '--json');
    return {
      told: JSON.parse(files.stdout) as Told,
      exitCode: files.exitCode,
      output: `${applied.stdout}${await runs()}${files.stdout}${files.stderr}`,
    };
  }

  it('on a bucket, split, packed and with a manifest, by the card of Google', async () => {
    const { told, exitCode, output } = await rehearsed(
      'newer-google',
      {
        params: { accessKeyId: 'S3RVER' },
        location: {
          bucketName: 'crm',
          path: 'daily/%SEGMENT_ID%',
          fileType: 'CSV',
          compression: 'GZIP',
          csvOptions: undefined,
          includeFileManifest: true,
        },
      },
      { STORAGE_EMULATOR_HOST: s3.endpoint, GOOGLE_SECRET_KEY: 'S3RVER' },
      '--rows',
      '250',
      '--rows-per-file',
      '100',
    );
    expect(told.findings, output).toEqual([]);
    expect(told.exports.map(({ files }) => files.length)).toEqual([3]);
    expect(told.runs).toMatchObject([{ files: 3, there: 3 }]);
    expect(exitCode).toBe(0);
  });

  it('on a bucket, by an older card', async () => {
    const { told, output } = await rehearsed(
      'campaign-s3',
      { params: { accessId: 'S3RVER' }, location: { bucketName: 'crm', path: 'older' } },
      { AWS_ENDPOINT_URL_S3: s3.endpoint, CAMPAIGN_S3_SECRET: 'S3RVER' },
    );
    expect(told, output).toMatchObject({ findings: [], runs: [{ files: 1, there: 1 }] });
  });

  it('in a container, as JSON', async () => {
    const { told, output } = await rehearsed(
      'newer-blob',
      {
        location: { container: 'crm', path: 'json', fileType: 'JSON', csvOptions: undefined },
      },
      { BLOB_CONNECTION_STRING: connectionString(blob.port) },
    );
    expect(told, output).toMatchObject({ findings: [], runs: [{ files: 1, there: 1 }] });
  });

  it.skipIf(sshdMissing !== undefined)('on a server, as Parquet, and no secret is told', async () => {
    const remotePath = there().folder('parquet');
    const { told, output } = await rehearsed(
      'newer-sftp-password',
      {
        params: { domain: host, username: there().user, port: String(sftpPort) },
        location: { remotePath, fileType: 'PARQUET', csvOptions: undefined },
      },
      { SFTP_PASSWORD: password },
    );
    expect(told, output).toMatchObject({ findings: [], runs: [{ files: 1, there: 1 }] });
    const [name = ''] = readdirSync(remotePath);
    expect(readFileSync(path.join(remotePath, name)).subarray(0, 4).toString()).toBe('PAR1');
    expect(output).not.toContain('PLANTED');
  });
});

describe.skipIf(sshdMissing !== undefined)('the wizard', () => {
  it('checks, applies, exports now, and shows the file that has arrived', async () => {
    const home = freshFolder();
    const destined = {
      host,
      port: sftpPort,
      user: there().user,
      password,
      folder: there().folder('wizard'),
    };
    const own = { HOME: home, FERRY_SANDBOX: 'dev', FERRY_STATE_DIR: path.join(home, 'state') };
    const { child, url } = await delivering(own, 200, '--organisation', 'migrated', '--rows', '40');
    endWithTest(() => ended(child));
    const env = { ...own, ...signedInTo(url) };
    const screens = new Map<string, string>();
    const open = () => {
      const terminal = openTerminal({ env, cwd: home });
      endWithTest(() => terminal.kill('SIGKILL'));
      return { terminal, keep: (name: string) => void screens.set(name, terminal.screen()) };
    };
    const first = open();
    await walkWithCheck(first.terminal, destined, first.keep);
    await untilExportable(url);
    const second = open();
    await walkToArrival(second.terminal, destined, second.keep);
    const [name = ''] = readdirSync(destined.folder);
    expect(readFileSync(path.join(destined.folder, name), 'utf8').trimEnd().split('\n')).toHaveLength(41);
    expect(screens.get('check')).toMatch(/Host key.*SHA256:[^]*deleted/);
    const arrived = screens.get('arrived')?.replaceAll(/\s+/g, ' ');
    expect(arrived).toContain('Header: ');
    expect(arrived).toMatch(/Interested in Mountain Biking .* 40 /);
    expect(arrived).toContain('as they should be');
    expect([...screens.values()].join('')).not.toContain('PLANTED');
  });
});
