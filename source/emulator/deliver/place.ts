import { isObject } from '../rules/params.ts';
import { adls, landingZone } from '../specs/cards.ts';
import { type Entity, type JsonObject, type Scope, seededClient, type Store } from '../store.ts';
import type { Deliver } from '../options.ts';

/** Storage that files can be written to, and what opens it. */
export type Place =
  | {
      readonly kind: 's3';
      readonly endpoint: string | undefined;
      readonly isGoogle: boolean;
      readonly bucket: string;
      readonly keyId: string;
      readonly secret: string;
    }
  | { readonly kind: 'azure'; readonly connectionString: string; readonly container: string }
  | {
      readonly kind: 'sftp';
      readonly host: string;
      readonly port: number;
      readonly username: string;
      readonly password?: string | undefined;
      readonly key?: string | undefined;
    };

/** Why an export cannot be written at all. */
type Hindrance =
  /** The connections are gone, or say nothing that is known. */
  | 'unknownPlace'
  /** An account of others, whose sign-in is made up. */
  | 'madeUpAccount'
  /** Only the platform itself can take a role, or opens its own zone. */
  | 'assumedRole'
  | 'landingZone'
  | 'servicePrincipal'
  /** Files that are to be encrypted must not lie there in clear. */
  | 'encryption';

export class HinderedError extends Error {
  override readonly name = 'HinderedError';
  readonly code: Hindrance;
  constructor(code: Hindrance) {
    super(code);
    this.code = code;
  }
}

/** Where an export goes: the storage, the folder in it as its params have it, and those params. */
export interface Target {
  readonly place: Place;
  /** With the macros of segments; without slashes around it, but for one at the beginning on SFTP. */
  readonly folder: string;
  readonly params: JsonObject;
  readonly spec: string;
}

const googleStorage = 'c5d93acb-ea8b-4b14-8f53-02138444ae99';

/**
 * The storage that a dataflow's connections name.
 *
 * @throws HinderedError
 * @see cards.md, sections 3.1 and 4.1; flow-service.md, sections 4.2 and 4.3
 */
export function targetOf(flow: Entity, store: Store, scope: Scope, deliver: Deliver): Target {
  const [id] = Array.isArray(flow['targetConnectionIds']) ? flow['targetConnectionIds'] : [];
  const target = store.get(scope, 'targetConnections', String(id));
  const account = store.get(scope, 'connections', String(target?.['baseConnectionId']));
  const params = target?.['params'];
  const spec = isObject(target?.['connectionSpec']) ? String(target['connectionSpec']['id']) : '';
  if (!target || !account || !isObject(params)) throw new HinderedError('unknownPlace');
  if (spec === landingZone) throw new HinderedError('landingZone');
  if (account['updatedClient'] === seededClient) throw new HinderedError('madeUpAccount');
  if (account['encryption'] !== undefined) throw new HinderedError('encryption');
  const auth =
    isObject(account['auth']) && isObject(account['auth']['params']) ? account['auth']['params'] : {};
  const place = placeOf(auth, params, spec, deliver);
  const path = text(params, 'path', 'remotePath') ?? '';
  const bare = path
    .split('/')
    .filter((part) => part !== '')
    .join('/');
  return { place, folder: place.kind === 'sftp' && path.startsWith('/') ? `/${bare}` : bare, params, spec };
}

function placeOf(auth: JsonObject, params: JsonObject, spec: string, deliver: Deliver): Place {
  if (text(auth, 's3Role') !== undefined) throw new HinderedError('assumedRole');
  if (spec === adls || text(auth, 'servicePrincipalKey') !== undefined)
    throw new HinderedError('servicePrincipal');
  const connectionString = text(auth, 'connectionString');
  const container = text(params, 'container');
  if (connectionString !== undefined && container !== undefined)
    return { kind: 'azure', connectionString, container };
  const keyId = text(auth, 's3AccessKey', 'accessId', 'accessKeyId');
  const secret = text(auth, 's3SecretKey', 'secretKey', 'secretAccessKey');
  const bucket = text(params, 'bucketName');
  const isGoogle = spec === googleStorage;
  const endpoint = isGoogle ? deliver.gcsEndpoint : deliver.s3Endpoint;
  if (keyId !== undefined && secret !== undefined && bucket !== undefined)
    return { kind: 's3', endpoint, isGoogle, bucket, keyId, secret };
  // Older cards want both, and it is the same server.
  const host = text(auth, 'domain', 'host');
  const username = text(auth, 'username');
  const password = text(auth, 'password');
  const key = text(auth, 'sshKey');
  if (host !== undefined && username !== undefined && (password ?? key) !== undefined)
    return { kind: 'sftp', host, port: Number(text(auth, 'port') ?? 22), username, password, key };
  throw new HinderedError('unknownPlace');
}

/** The first of some members that is said, as a text. */
function text(holder: JsonObject, ...names: readonly string[]): string | undefined {
  const found = names.map((name) => holder[name]).find((value) => value !== undefined && value !== '');
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** A place for people: nothing that opens it. */
export function toldPlace(place: Place): string {
  switch (place.kind) {
    case 's3':
      return `${place.isGoogle ? 'gs' : 's3'}://${place.bucket}`;
    case 'azure':
      return place.container;
    case 'sftp':
      return place.port === 22 ? place.host : `${place.host}:${place.port}`;
  }
}
