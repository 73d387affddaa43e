import { posix } from 'node:path';
import ssh2, { type Client, type ServerHostKeyAlgorithm, type SFTPWrapper } from 'ssh2';
import { count, moment } from './answers.ts';
import {
  type Act,
  codeOf,
  type Failure,
  netFailure,
  StorageError,
  type StepName,
  untilAborted,
} from './failure.ts';
import { hostKeyOf, knownTypes } from './known-hosts.ts';
import type { HostKey, ListOptions, Place, Store, StoredFile } from './store.ts';

type SftpPlace = Extract<Place, { kind: 'sftp' }>;

/** In the order in which ssh asks for them. */
const keyTypes: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** How a signature is called that is made with a key of this type. */
const isOfType = (algorithm: string, type: string): boolean =>
  algorithm === type || (type === 'ssh-rsa' && algorithm.startsWith('rsa-sha2-'));

/** Folders that are looked into below the one of the place. */
const mostFolders = 200;
/** Answers of a server that tells of no file. */
const mostEmpty = 200;

/** A private key in clear. @throws StorageError for what is none, and for one with a passphrase */
function keyText(given: string): string {
  const isText = given.includes('-----BEGIN ');
  const text = isText ? given : Buffer.from(given, 'base64').toString('utf8');
  const parsed = ssh2.utils.parseKey(text);
  const [first] = Array.isArray(parsed) ? parsed : [parsed];
  if (first instanceof Error) {
    const isLocked = /encrypted|passphrase/i.test(first.message);
    throw new StorageError({ kind: isLocked ? 'keyPassphrase' : 'keyFormat' }, first);
  }
  if (first?.isPrivateKey() !== true) throw new StorageError({ kind: 'keyFormat' }, undefined);
  return text;
}

/** A folder of a server that speaks SFTP. @throws StorageError for a key that is none */
export function openSftp(place: SftpPlace): Store {
  const { host, port, username, opens, folder, knownHosts } = place;
  const key = opens.by === 'key' ? keyText(opens.key) : undefined;
  const client: Client = new ssh2.Client();
  // What happens to a connection that nobody waits for any more is nobody's.
  client.on('error', () => undefined);
  let hostKey: HostKey | undefined;
  let offered: readonly string[] | undefined;
  /** What is under way. */
  let at: StepName = 'reached';
  let opened: Promise<SFTPWrapper> | undefined;

  const connect = (): Promise<SFTPWrapper> =>
    new Promise((resolve, reject) => {
      const types = knownTypes(knownHosts, host, port);
      const isKnown = (algorithm: string): boolean => types.some((type) => isOfType(algorithm, type));
      client.once('error', reject);
      client.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
      client.once('ready', () => {
        at = 'place';
        // Else every request waits until the server knows that its last answer has come.
        client.setNoDelay(true);
        client.sftp((error, sftp) => {
          if (error) return reject(new StorageError({ kind: 'noSftp' }, error, { hostKey, at }));
          // What it says that nobody understands breaks off whatever waits for it.
          sftp.on('error', () => client.destroy());
          resolve(sftp);
        });
      });
      client.connect({
        host,
        port,
        username,
        readyTimeout: 0,
        algorithms: {
          serverHostKey: [...keyTypes.filter(isKnown), ...keyTypes.filter((one) => !isKnown(one))],
        },
        // Whoever is another than before gets no secret.
        hostVerifier: (shown: Buffer) => {
          hostKey = hostKeyOf(shown, knownHosts, host, port);
          at = 'signedIn';
          return hostKey.known === 'same' || hostKey.known === 'unknown';
        },
        authHandler: (left, _partial, next) => {
          if (left !== null) offered = left;
          const isFirst = left === null;
          // The types do not know how to say that there is no other way.
          if (!isFirst) next(false as never);
          else if (opens.by === 'password') next({ type: 'password', username, password: opens.password });
          else next({ type: 'publickey', username, key: key ?? '' });
        },
      });
    });

  function failureOf(error: unknown, act: Act): Failure {
    const changed = hostKey?.known === 'changed' || hostKey?.known === 'revoked';
    if (hostKey && changed)
      return { kind: hostKey.known === 'revoked' ? 'hostKeyRevoked' : 'hostKeyChanged', hostKey };
    return sftpFailure(error, act, { by: opens.by, offered });
  }

  /** Does something with the server within the time there is. */
  async function within<Answer>(
    act: Act,
    signal: AbortSignal,
    work: (sftp: SFTPWrapper) => Promise<Answer>,
  ): Promise<Answer> {
    opened ??= connect();
    try {
      return await untilAborted(opened.then(work), signal);
    } catch (error) {
      if (signal.aborted) throw new StorageError({ kind: 'timeout' }, error, { hostKey, at });
      if (error instanceof StorageError) throw error;
      throw new StorageError(failureOf(error, act), error, { hostKey, at });
    }
  }

  const pathOf = (name: string): string => posix.join(folder === '' ? '.' : folder, name);

  /** Batches as the server gives them: a large folder is never held as a whole. */
  async function filesIn(
    sftp: SFTPWrapper,
    below: string,
    { prefix = '', depth = 0, most }: Omit<ListOptions, 'signal'>,
    found: { files: StoredFile[]; looked: number; folders: number },
  ): Promise<boolean> {
    const handle = await called<Buffer>((done) => sftp.opendir(pathOf(below), done));
    const folders: string[] = [];
    try {
      for (let empty = 0; empty < mostEmpty;) {
        const batch = await nextEntries(sftp, handle);
        if (batch === undefined) break;
        const before = found.looked;
        for (const { filename, attrs } of batch) {
          if (filename === '.' || filename === '..') continue;
          found.looked += 1;
          // What leads elsewhere is no name.
          if (filename === '' || filename.includes('/')) continue;
          const name = below === '' ? filename : `${below}/${filename}`;
          if (attrs.isDirectory()) folders.push(name);
          else if (name.startsWith(prefix)) found.files.push(fileOf(name, attrs));
        }
        if (found.looked >= most) return false;
        if (found.looked === before) empty += 1;
        if (empty === mostEmpty) return false;
      }
    } finally {
      sftp.close(handle, () => undefined);
    }
    if (depth === 0) return true;
    for (const one of folders) {
      found.folders += 1;
      if (found.folders > mostFolders) return false;
      if (!(await filesIn(sftp, one, { prefix, depth: depth - 1, most }, found))) return false;
    }
    return true;
  }

  return {
    look: (signal) =>
      within('list', signal, async (sftp) => {
        const attrs = await called<Stats>((done) => sftp.stat(pathOf(''), done)).catch((error: unknown) => {
          throw isMissing(error) ? new StorageError({ kind: 'noFolder' }, error, { hostKey, at }) : error;
        });
        // A server need not say what it is: whether it can be opened tells.
        const isOther = typeof attrs.mode === 'number' && !attrs.isDirectory();
        if (isOther) throw new StorageError({ kind: 'notAFolder' }, undefined, { hostKey, at });
        at = 'list';
        const handle = await called<Buffer>((done) => sftp.opendir(pathOf(''), done));
        // Some let anybody open it, and nobody read.
        await nextEntries(sftp, handle).finally(() => sftp.close(handle, () => undefined));
        return { hostKey };
      }),
    list: (options) =>
      within('list', options.signal, async (sftp) => {
        const found = { files: [], looked: 0, folders: 0 };
        const isWhole = await filesIn(sftp, '', options, found);
        return { files: found.files, looked: found.looked, isWhole };
      }),
    find: (name, signal) =>
      within('list', signal, (sftp) =>
        called<Stats>((done) => sftp.stat(pathOf(name), done)).then(
          (stats) => fileOf(name, stats),
          (error: unknown) => {
            if (isMissing(error)) return undefined;
            throw error;
          },
        ),
      ),
    put: (name, bytes, signal) =>
      within('write', signal, async (sftp) => {
        // An object store has no folders: what a name begins with is there with it.
        await makeMissing(sftp, name.split('/').slice(0, -1), pathOf);
        await called<void>((done) => sftp.writeFile(pathOf(name), Buffer.from(bytes), done));
      }),
    remove: (name, signal) =>
      within('delete', signal, async (sftp) => {
        await called<void>((done) => sftp.unlink(pathOf(name), done));
      }),
    read: (name, most, signal) =>
      within('read', signal, async (sftp) => {
        const handle = await called<Buffer>((done) => sftp.open(pathOf(name), 'r', done));
        try {
          const bytes = Buffer.alloc(most);
          let read = 0;
          while (read < most) {
            const count = await readInto(sftp, handle, bytes, read, most - read);
            if (count === 0) break;
            read += count;
          }
          return bytes.subarray(0, read);
        } finally {
          sftp.close(handle, () => undefined);
        }
      }),
    makeFolder: (signal) =>
      within('write', signal, async (sftp) => {
        const lead = folder.startsWith('/') ? '/' : '';
        const parts = folder.split('/').filter((one) => one !== '');
        await makeMissing(sftp, parts, (path) => lead + path);
      }),
    close: () => client.destroy(),
  };
}

/** Makes each folder that is not there of some within each other. @param pathOf - Where the inner ones are. */
async function makeMissing(
  sftp: SFTPWrapper,
  names: readonly string[],
  pathOf: (names: string) => string,
): Promise<void> {
  for (let count = 1; count <= names.length; count++) {
    const path = pathOf(names.slice(0, count).join('/'));
    const isThere = await called((done) => sftp.stat(path, done)).then(
      () => true,
      () => false,
    );
    if (!isThere) await called<void>((done) => sftp.mkdir(path, done));
  }
}

/** What a server says of a file: as much as it likes. */
interface Stats {
  readonly mode?: number | undefined;
  readonly size?: number | undefined;
  /** Epoch seconds. */
  readonly mtime?: number | undefined;
  isDirectory(): boolean;
}

const fileOf = (name: string, { size, mtime }: Stats): StoredFile => ({
  name,
  bytes: count(size),
  changedMs: mtime === undefined ? undefined : moment(mtime * 1000),
});

/** What calls back, as a promise. */
const called = <Answer>(
  call: (done: (error: Error | null | undefined, answer?: Answer) => void) => void,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    call((error, answer) => {
      if (error) reject(error);
      else resolve(answer as Answer);
    });
  });

type Entries = Awaited<Parameters<Parameters<SFTPWrapper['readdir']>[1]>[1]>;

/** The next entries of an open folder; nothing at its end. */
const nextEntries = (sftp: SFTPWrapper, handle: Buffer): Promise<Entries | undefined> =>
  called<Entries>((done) => sftp.readdir(handle as unknown as string, done)).catch((error: unknown) => {
    if (statusOf(error) === endOfFile) return undefined;
    throw error;
  });

/** How many bytes came; none at the end of the file. */
const readInto = (
  sftp: SFTPWrapper,
  handle: Buffer,
  bytes: Buffer,
  from: number,
  length: number,
): Promise<number> =>
  called<number>((done) =>
    sftp.read(handle, bytes, from, Math.min(length, 32_768), from, (error, count) => done(error, count)),
  ).catch((error: unknown) => {
    if (statusOf(error) === endOfFile) return 0;
    throw error;
  });

/** Codes of the protocol. @see draft-ietf-secsh-filexfer-02, section 7 */
const endOfFile = 1;
const noSuchFile = 2;
const denied = 3;
const failed = 4;

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
const isMissing = (error: unknown): boolean => statusOf(error) === noSuchFile;

/** How somebody signs in, and which ways the server told that it takes. */
interface SignedBy {
  readonly by: 'password' | 'key';
  readonly offered: readonly string[] | undefined;
}

/** What an error of the client says. */
export function sftpFailure(error: unknown, act: Act, { by, offered }: SignedBy): Failure {
  const facts = (typeof error === 'object' && error !== null ? error : {}) as {
    level?: unknown;
    message?: unknown;
    code?: unknown;
  };
  const message = String(facts.message ?? '');
  if (facts.level === 'client-authentication') {
    const method = by === 'password' ? 'password' : 'publickey';
    if (offered && !offered.includes(method))
      return { kind: 'methodOff', offered: offered.map(codeOf).filter((one) => one !== '') };
    return { kind: by === 'password' ? 'wrongPassword' : 'keyRefused' };
  }
  if (facts.level === 'client-timeout') return { kind: 'timeout' };
  const [, what] = /no matching (.+?)(?: algorithm| format)?$/i.exec(message) ?? [];
  if (what !== undefined) return { kind: 'oldAlgorithms', what: what.replaceAll(/[^\w ()>-]/g, '') };
  if (facts.code === noSuchFile) return { kind: 'noFile' };
  if (facts.code === denied) return { kind: 'noRight', act };
  // It says no more: mostly a disk or a quota that is full, or a name that the server does not take.
  if (facts.code === failed && act === 'write') return { kind: 'noSpace' };
  const net = netFailure(error);
  if (net) return net;
  if (facts.level === 'handshake' || facts.level === 'protocol') return { kind: 'otherServer' };
  if (/before handshake|identification|Connection lost/i.test(message)) return { kind: 'otherServer' };
  const code = codeOf(facts.code ?? facts.level);
  return code === '' ? { kind: 'otherServer' } : { kind: 'other', code };
}
