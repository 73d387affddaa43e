import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

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
