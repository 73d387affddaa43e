import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Place } from '../../source/storage/store.ts';
import { freshFolder } from '../helpers/terminal.ts';

/** Everything here listens on this machine alone. */
export const host = '127.0.0.1';

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, host, () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Waits until somebody listens. */
export async function listening(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, host, () => {
        socket.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Ends a server, and waits for its end. */
export const ended = (server: ChildProcess | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('close', () => resolve());
    server.kill();
  });

/** Starts a program of this folder's own packages that listens on a port. @throws Error with what it said, where it ends instead */
export async function startInstalled(
  name: string,
  args: readonly string[],
  port: number,
): Promise<ChildProcess> {
  const file = path.join(import.meta.dirname, 'node_modules', '.bin', name);
  // s3rver makes the marks of its pages with a cipher that newer Nodes leave out.
  return started(
    spawn(process.execPath, ['--openssl-legacy-provider', file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
    port,
  );
}

/** An sshd with this configuration. */
export const startSshd = (config: string, port: number): Promise<ChildProcess> =>
  started(spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], { stdio: ['ignore', 'pipe', 'pipe'] }), port);

async function started(child: ChildProcess, port: number): Promise<ChildProcess> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
  const broken = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`it ended: ${said}`)));
  });
  broken.catch(() => undefined);
  await Promise.race([listening(port), broken]);
  return child;
}

const run = (file: string, ...args: string[]): string => execFileSync(file, args, { encoding: 'utf8' });

/** Makes an account, or does something else to the list of accounts, which one program at a time may change. */
export async function changeAccounts(file: string, ...args: string[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const { status, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    if (status === 0) return;
    if (!/lock|used by process/.test(stderr) || attempt === 200) throw new Error(`${file}: ${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The number of an account. */
export const idOf = (user: string): number => Number(run('id', '-u', user));

/** A new key pair, with its private half in a file. */
export function makeKey(file: string, type: string, passphrase = ''): string {
  run(
    'ssh-keygen',
    '-q',
    '-t',
    type,
    '-N',
    passphrase,
    '-f',
    file,
    ...(type === 'rsa' ? ['-b', '2048', '-m', 'PEM'] : []),
  );
  return file;
}

/** A certificate that no machine knows, for `localhost` and 127.0.0.1. `file` and `keyFile` hold it. */
export function makeCertificate(): { key: string; cert: string; file: string; keyFile: string } {
  const folder = freshFolder();
  const [keyFile, file] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
  execFileSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ...['-keyout', keyFile, '-out', file],
  ]);
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file, keyFile };
}

/** s3rver with a bucket `crm`; its one account is S3RVER, with S3RVER. */
export async function startS3(
  ...more: readonly string[]
): Promise<{ server: ChildProcess; endpoint: string }> {
  const port = await freePort();
  const args = ['-d', freshFolder(), '-a', host, '-p', String(port), '-s', '--configure-bucket', 'crm'];
  return {
    server: await startInstalled('s3rver', [...args, ...more], port),
    endpoint: `http://${host}:${port}`,
  };
}

/** A folder of that bucket, for the product. */
export const inBucket = (endpoint: string, folder: string): Extract<Place, { kind: 's3' }> => ({
  kind: 's3',
  cloud: 'amazon',
  bucket: 'crm',
  folder,
  accessKeyId: 'S3RVER',
  secretAccessKey: 'S3RVER',
  endpoint,
});

/** The account of azurite that everybody knows. */
export const account = 'devstoreaccount1';
export const accountKey =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** What opens azurite on a port. */
export const connectionString = (port: number, key = accountKey): string =>
  `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://${host}:${port}/${account};`;

/** Azurite, which has no container. */
export function startAzurite(port: number, ...more: readonly string[]): Promise<ChildProcess> {
  const where = ['--blobHost', host, '--blobPort', String(port), '--location', freshFolder()];
  const quiet = ['--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  return startInstalled('azurite-blob', [...where, ...quiet, ...more], port);
}

/** Azurite with a container `crm`. */
export async function startBlob(): Promise<{ server: ChildProcess; port: number }> {
  const port = await freePort();
  const server = await startAzurite(port);
  const { BlobServiceClient } = await import('@azure/storage-blob');
  await BlobServiceClient.fromConnectionString(connectionString(port)).getContainerClient('crm').create();
  return { server, port };
}

/** A folder of that container, for the product. */
export const inContainer = (port: number, folder: string): Extract<Place, { kind: 'azure' }> => ({
  kind: 'azure',
  container: 'crm',
  folder,
  opens: { by: 'connectionString', connectionString: connectionString(port) },
});

/** Why there is no sshd to be had here; nothing where there is. */
export const sshdMissing = !existsSync('/usr/sbin/sshd')
  ? 'there is no sshd (apt-get install openssh-server openssh-client)'
  : process.getuid?.() !== 0
    ? 'sshd takes other accounts only from root'
    : undefined;

export interface SftpAccount {
  readonly user: string;
  readonly uid: number;
  at(...parts: string[]): string;
  /** An sshd with lines of its own before the usual ones; `# no sftp` leaves that out. */
  sshd(...lines: string[]): Promise<number>;
  /** A folder that the account may write to. */
  folder(name: string): string;
  end(): Promise<void>;
}

/** A folder of a server that a password opens, for the product. */
export const onServer = (
  port: number,
  username: string,
  password: string,
  folder: string,
): Extract<Place, { kind: 'sftp' }> => ({
  kind: 'sftp',
  host,
  port,
  username,
  folder,
  opens: { by: 'password', password },
  knownHosts: [],
});

/** An account of this machine with a password and a key, `client`, to which an sshd lets people in. */
export async function sftpAccount(user: string, password: string): Promise<SftpAccount> {
  const root = freshFolder();
  const at = (...parts: string[]): string => path.join(root, ...parts);
  const servers: ChildProcess[] = [];
  chmodSync(root, 0o755);
  mkdirSync('/run/sshd', { recursive: true });
  await changeAccounts('userdel', user).catch(() => undefined);
  await changeAccounts('useradd', '--shell', '/bin/sh', '--home-dir', at('home'), '--no-create-home', user);
  const hash = spawnSync('openssl', ['passwd', '-6', '-stdin'], { input: password, encoding: 'utf8' });
  await changeAccounts('usermod', '-p', hash.stdout.trim(), user);
  const uid = idOf(user);
  makeKey(at('host'), 'ed25519');
  makeKey(at('client'), 'rsa');
  cpSync(at('client.pub'), at('authorized_keys'));
  chmodSync(at('authorized_keys'), 0o644);
  const folder = (name: string): string => {
    mkdirSync(at(name), { mode: 0o755 });
    chownSync(at(name), uid, uid);
    return at(name);
  };
  folder('home');
  return {
    user,
    uid,
    at,
    folder,
    async sshd(...lines) {
      const port = await freePort();
      const config = [
        ...lines,
        `Port ${port}`,
        `ListenAddress ${host}`,
        `HostKey ${at('host')}`,
        `PidFile ${at(`pid-${port}`)}`,
        `AuthorizedKeysFile ${at('authorized_keys')}`,
        'UsePAM no',
        'StrictModes no',
        'PasswordAuthentication yes',
        'KbdInteractiveAuthentication no',
        ...(lines.some((line) => line.startsWith('# no sftp'))
          ? []
          : ['Subsystem sftp /usr/lib/openssh/sftp-server']),
      ];
      writeFileSync(at(`config-${port}`), `${config.join('\n')}\n`);
      servers.push(await startSshd(at(`config-${port}`), port));
      return port;
    },
    async end() {
      await Promise.all(servers.map(ended));
      await changeAccounts('userdel', user);
    },
  };
}
