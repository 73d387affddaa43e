import type { Plan } from '../../activation/plan/plan.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { folderParts } from '../../activation/spec/folder.ts';
import { openedBy, signInOf, type StorageKind, writtenBy } from '../../activation/spec/storage-kind.ts';
import type { LandingZone } from '../../flow-service/landing-zone.ts';
import type { ToldPlace } from '../../locale/storage-text.ts';
import { serverOf } from '../../storage/server-of.ts';
import type { Place } from '../../storage/store.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** The variables that other programs know too, and the `known_hosts` of this account. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly knownHosts: readonly string[];
}

/** Where a plan's files go, and how many folders below that may be named after segments. */
export interface Target {
  readonly place: Place;
  readonly told: ToldPlace;
  readonly depth: number;
}

/** The card whose storage is the platform's own: the platform gives what opens it. @see cards.md, section 3.4 */
const landingZoneSpecId = '10440537-2a7b-4583-ac39-ed38d4b848e8';
export const isLandingZone = ({ destination }: Plan): boolean =>
  destination.connectionSpecId.toLowerCase() === landingZoneSpecId;

/** The kind of storage that a plan writes to; nothing where it does not tell. */
function kindOf(plan: Plan): StorageKind | undefined {
  const signIn = signInOf(plan);
  const opened = signIn ? openedBy(signIn) : [];
  const { mode, ...location } = plan.destination.location;
  const written = writtenBy({ mode, params: Object.keys(location) });
  return (
    opened.find((one) => written.length === 0 || written.includes(one)) ?? (signIn ? undefined : written[0])
  );
}

/**
 * The place that a plan writes to.
 *
 * @param params - Of its sign-in, in clear.
 * @throws Stop (2) for what ferry cannot look into, and for what the plan does not say.
 */
export function targetOf(plan: Plan, params: ResolvedParams, surroundings: Surroundings): Target {
  refuseForeign(Object.keys(params));
  const said = saidIn(plan, params);
  const kind = kindOf(plan);
  switch (kind) {
    case 'S3':
    case 'GCS':
      return bucketOf(said, kind === 'GCS' ? 'google' : 'amazon', surroundings);
    case 'AZURE':
      return containerOf(said);
    case 'FTP':
      return serverFolderOf(said, surroundings);
    case undefined:
      throw beyond('storage.unsayable');
  }
}

const beyond = (id: 'storage.unsayable' | 'storage.role' | 'storage.lake'): Stop =>
  id === 'storage.unsayable'
    ? new Stop(exitCode.usage, (text) => text(id))
    : new Stop(
        exitCode.usage,
        (text) => text(id),
        (text) => text('storage.onlyExport'),
      );

/**
 * Refuses what nobody but the platform signs in with: before anybody is asked for its secret.
 *
 * @param names - Params of the sign-in.
 * @throws Stop (2)
 */
export function refuseForeign(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  if (lower.includes('s3role') || lower.includes('rolearn')) throw beyond('storage.role');
  if (lower.includes('serviceprincipalkey') || lower.includes('serviceprincipalid'))
    throw beyond('storage.lake');
}

/** What a plan says of its place and of what opens it. */
interface Said {
  /** The first of some params of the sign-in that is said, by their names in small letters. */
  find(...names: readonly string[]): string | undefined;
  /** @throws Stop (2) where none is said; @param name - What it is called then. */
  need(name: string, ...names: readonly string[]): string;
  /** @throws Stop (2) */
  place(name: string): string;
  readonly folder: string;
  readonly depth: number;
  /** Where the plan has its secret, where it has one. */
  readonly secret: string | undefined;
}

function saidIn({ destination: { location, auth } }: Plan, params: ResolvedParams): Said {
  const lower = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const find: Said['find'] = (...names) =>
    names.map((name) => lower.get(name)).flatMap((one) => (isSaid(one) ? [String(one)] : []))[0];
  const { fixed, below } = folderParts(location);
  const secretName = Object.entries(auth?.params ?? {}).find(([, value]) => hasSecret(value))?.[0];
  return {
    find,
    need: (name, ...names) => find(...names) ?? lacking(name),
    place(name) {
      const value = location[name];
      return typeof value === 'string' && value !== '' ? value : lacking(name);
    },
    folder: fixed,
    depth: below.length,
    secret: secretName === undefined ? undefined : `$.destination.auth.params.${secretName}`,
  };
}

/** A folder of an object store begins at nothing. */
const bareFolder = (folder: string): string => folder.replace(/^\/+/, '');

function bucketOf(said: Said, cloud: 'amazon' | 'google', { env }: Surroundings): Target {
  const endpoint =
    cloud === 'google'
      ? env['STORAGE_EMULATOR_HOST']
      : (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']);
  const place: Place = {
    kind: 's3',
    cloud,
    bucket: said.place('bucketName'),
    folder: bareFolder(said.folder),
    accessKeyId: said.need('accessKeyId', 'accessid', 's3accesskey', 'accesskeyid'),
    secretAccessKey: said.need('secretAccessKey', 'secretkey', 's3secretkey', 'secretaccesskey'),
    endpoint: endpoint === '' ? undefined : endpoint,
    region: cloud === 'google' ? undefined : env['AWS_REGION'] || undefined,
  };
  const { bucket: name, folder } = place;
  return {
    place,
    depth: said.depth,
    told: { kind: 's3', cloud, server: serverOf(place), name, folder, secret: said.secret },
  };
}

function containerOf(said: Said): Target {
  const container = said.place('container');
  const connectionString = said.need('connectionString', 'connectionstring');
  const folder = bareFolder(said.folder);
  const place: Place = {
    kind: 'azure',
    container,
    folder,
    opens: { by: 'connectionString', connectionString },
  };
  return {
    place,
    depth: said.depth,
    told: { kind: 'azure', server: serverOf(place), name: container, folder, secret: said.secret },
  };
}

function serverFolderOf(said: Said, { knownHosts }: Surroundings): Target {
  const { folder, depth, secret } = said;
  const port = Number(said.find('port') ?? 22);
  const key = said.find('sshkey', 'privatekey');
  const place: Place = {
    kind: 'sftp',
    host: said.need('domain', 'domain', 'host'),
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 22,
    username: said.need('username', 'username'),
    folder,
    opens:
      key === undefined
        ? { by: 'password', password: said.need('password', 'password') }
        : { by: 'key', key },
    knownHosts,
  };
  return {
    place,
    depth,
    told: { kind: 'sftp', server: serverOf(place), folder, user: place.username, secret },
  };
}

/** The same of the sandbox's landing zone. @throws Stop (2) for one that does not say where it is */
export function landingTarget(plan: Plan, { place, secrets }: LandingZone): Target {
  const { fixed, below } = folderParts(plan.destination.location);
  const bare = bareFolder(fixed);
  const depth = below.length;
  if (secrets['SASUri'] !== undefined) {
    const name = place['containerName'] ?? '';
    const azure: Place = {
      kind: 'azure',
      container: name,
      folder: bare,
      opens: { by: 'sas', uri: secrets['SASUri'] },
    };
    return {
      place: azure,
      depth,
      told: { kind: 'azure', server: serverOf(azure), name, folder: bare },
    };
  }
  const bucket = place['bucketName'];
  if (bucket === undefined) throw missing('bucketName');
  const inside = [place['dlzFolder'] ?? '', bare].filter((one) => one !== '').join('/');
  const s3: Place = {
    kind: 's3',
    cloud: 'amazon',
    bucket,
    folder: inside.replace(/^\/+/, ''),
    accessKeyId: secrets['awsAccessKeyId'] ?? '',
    secretAccessKey: secrets['awsSecretAccessKey'] ?? '',
    sessionToken: secrets['awsSessionToken'],
  };
  return {
    place: s3,
    depth,
    told: { kind: 's3', cloud: 'amazon', server: serverOf(s3), name: bucket, folder: s3.folder },
  };
}

const missing = (name: string): Stop => new Stop(exitCode.usage, (text) => text('storage.missing', { name }));
function lacking(name: string): never {
  throw missing(name);
}

const isSaid = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';
