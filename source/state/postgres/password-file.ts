import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { mostWrittenBytes, readTextNow } from '../../ground/read-file.ts';
import { StateAddressError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a line of the file is looked up by. */
interface Asked {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** There is no such file, or none that is read: `/dev/null` stands for no passwords. */
const isNone = ['ENOENT', 'ENOTDIR', 'EISDIR', 'NOT_A_FILE'];

/** Group and others. */
const others = 0o077;

/**
 * The password that the file of PostgreSQL's tools has: the first line that fits, `host:port:database:user:password`,
 * where `*` fits everything and a socket is `localhost` too.
 *
 * @returns Nothing where there is no file, or no line in it.
 * @throws StateAddressError for a file that others may read, or that cannot be read
 * @see PostgreSQL documentation, "The Password File"
 */
export function passwordOf({ host, port, database, user }: Asked, env: Environment): string | undefined {
  const file = placeOf(env);
  let text: string;
  let isOpen: boolean;
  try {
    text = readTextNow(file, { mostBytes: mostWrittenBytes });
    isOpen = process.platform !== 'win32' && (statSync(file).mode & others) !== 0;
  } catch (error) {
    if (error instanceof Error && 'code' in error && isNone.includes(String(error.code))) return undefined;
    throw new StateAddressError('passwordFile', file);
  }
  const hosts = host.startsWith('/') ? [host, 'localhost'] : [host];
  const fits = (said: string | undefined, ...wanted: readonly string[]): boolean =>
    said !== undefined && (said === '*' || wanted.includes(said));
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('#')) continue;
    const [saidHost, saidPort, saidDatabase, saidUser, password] = partsOf(line);
    if (!fits(saidHost, ...hosts) || !fits(saidPort, String(port))) continue;
    if (!fits(saidDatabase, database) || !fits(saidUser, user) || password === undefined) continue;
    if (isOpen) throw new StateAddressError('passwordFileOpen', file);
    return password;
  }
  return undefined;
}

/** A colon or a backslash of a name has a backslash before it; of the password it may. */
const name = String.raw`((?:\\.|[^\\:])*)`;
const lines = new RegExp(`^${name}:${name}:${name}:${name}:(.*)$`);

const partsOf = (line: string): string[] =>
  (lines.exec(line) ?? []).slice(1).map((part) => part.replaceAll(/\\(.)/g, '$1'));

function placeOf(env: Environment): string {
  const given = env['PGPASSFILE'] ?? '';
  if (given !== '') return given;
  if (process.platform === 'win32')
    return path.join(env['APPDATA'] ?? homedir(), 'postgresql', 'pgpass.conf');
  return path.join(env['HOME'] ?? homedir(), '.pgpass');
}
