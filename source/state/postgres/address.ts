import { mostWrittenBytes, readTextNow } from '../../ground/read-file.ts';
import { StateAddressError } from '../errors.ts';
import { passwordOf } from './password-file.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a database is, and how it is spoken to. */
export interface StateAddress {
  /** Says where it is, without password. */
  readonly place: string;
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  /** How the other side is proven; `false` for a connection that stays on this machine. */
  readonly ssl: false | { readonly rejectUnauthorized: boolean; readonly ca?: string };
}

/** Stands for the host where a role is named and the socket is behind the question mark: no URL has none. */
const nowhere = 'nowhere.invalid';

/** What the address may say besides. */
const known = ['host', 'sslmode', 'sslrootcert', 'application_name'];

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=…&sslrootcert=FILE`; `?host=/folder` names a socket. What
 * it leaves out is taken from PGUSER, PGPASSWORD and the password file, as every tool of PostgreSQL does.
 *
 * A host that is not this machine is spoken to over TLS, and has to prove its name; `sslmode=disable` is the only way
 * round that.
 *
 * @throws StateAddressError
 */
export function readAddress(text: string, env: Environment): StateAddress {
  const whole = text.replace(/^(\w+:\/\/[^/?#]*@)(?=[/?#:]|$)/, `$1${nowhere}`);
  if (!URL.canParse(whole)) throw new StateAddressError('bad');
  const url = new URL(whole);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') throw new StateAddressError('bad');
  for (const name of url.searchParams.keys()) {
    if (known.includes(name)) continue;
    // What follows a question mark in a password is no name of a setting, and not told.
    const isName = /^\w+$/.test(name) && !decoded(url.search).includes('@');
    throw isName ? new StateAddressError('unknown', name) : new StateAddressError('bad');
  }
  const host = (url.searchParams.get('host') ?? decoded(url.hostname.replace(nowhere, ''))).replace(
    /^\[(.*)\]$/,
    '$1',
  );
  const database = decoded(url.pathname.replace(/^\//, ''));
  const user = decoded(url.username) || (env['PGUSER'] ?? '');
  if (host === '') throw new StateAddressError('noHost');
  if (database === '' || database.includes('/')) throw new StateAddressError('noDatabase');
  if (user === '') throw new StateAddressError('noUser');
  const port = url.port === '' ? 5432 : Number(url.port);
  const said = host.startsWith('/') ? `${host}:${port}` : `${host.replace(/^(.*:.*)$/, '[$1]')}:${port}`;
  return {
    place: `postgres://${user}@${said}/${database}`,
    host,
    port,
    database,
    user,
    password: decoded(url.password) || env['PGPASSWORD'] || passwordOf({ host, port, database, user }, env),
    ssl: sslOf(url.searchParams, host),
  };
}

/** @throws StateAddressError for a `%` that stands for itself */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StateAddressError('bad');
  }
}

function sslOf(asked: URLSearchParams, host: string): StateAddress['ssl'] {
  const mode = asked.get('sslmode') ?? (isLocal(host) ? 'disable' : 'verify-full');
  const file = asked.get('sslrootcert');
  switch (mode) {
    case 'disable':
      return false;
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return { rejectUnauthorized: true, ...(file === null ? {} : { ca: certificate(file) }) };
    default:
      throw new StateAddressError('sslmode', mode);
  }
}

function certificate(file: string): string {
  try {
    return readTextNow(file, { mostBytes: mostWrittenBytes });
  } catch {
    throw new StateAddressError('certificate', file);
  }
}

/** What is said to such a host is heard by nobody on the way. */
export const isLocal = (host: string): boolean =>
  host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host);
