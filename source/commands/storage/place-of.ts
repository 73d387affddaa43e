import type { Plan } from '../../activation/plan/plan.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import { folderNames } from '../../activation/spec/folder.ts';
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
export function targetOf(plan: Plan, params: ResolvedParams, { env, knownHosts }: Surroundings): Target {
  const stop = (id: 'storage.unsayable' | 'storage.role' | 'storage.lake'): Stop =>
    new Stop(exitCode.usage, (text) => text(id));
  const { location, auth } = plan.destination;
  const lower = new Map(Object.entries(params).map(([name, value]) => [name.toLowerCase(), value]));
  const find = (...names: readonly string[]): string | undefined =>
    names.map((name) => lower.get(name)).flatMap((one) => (isSaid(one) ? [String(one)] : []))[0];
  const need = (name: string, found: string | undefined): string => {
    if (found === undefined) throw missing(name);
    return found;
  };
  const place = (name: string): string => {
    const value = location[name];
    return need(name, typeof value === 'string' && value !== '' ? value : undefined);
  };
  const { folder, depth } = folderOf(location);
  const secretName = Object.entries(auth?.params ?? {}).find(([, value]) => hasSecret(value))?.[0] ?? '';
  const secret = `$.destination.auth.params.${secretName}`;
  switch (kindOf(plan)) {
    case 'S3':
    case 'GCS': {
      if (find('s3role', 'rolearn') !== undefined) throw stop('storage.role');
      const cloud = kindOf(plan) === 'GCS' ? 'google' : 'amazon';
      const endpoint =
        cloud === 'google'
          ? env['STORAGE_EMULATOR_HOST']
          : (env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']);
      const bucket = place('bucketName');
      const s3: Place = {
        kind: 's3',
        cloud,
        bucket,
        folder: folder.replace(/^\/+/, ''),
        accessKeyId: need('accessKeyId', find('accessid', 's3accesskey', 'accesskeyid')),
        secretAccessKey: need('secretAccessKey', find('secretkey', 's3secretkey', 'secretaccesskey')),
        endpoint: endpoint === '' ? undefined : endpoint,
        region: cloud === 'google' ? undefined : env['AWS_REGION'] || undefined,
      };
      return {
        place: s3,
        depth,
        told: { kind: 's3', cloud, server: serverOf(s3), name: bucket, folder: s3.folder, secret },
      };
    }
    case 'AZURE': {
      if (find('serviceprincipalkey', 'serviceprincipalid') !== undefined) throw stop('storage.lake');
      const container = place('container');
      const azure: Place = {
        kind: 'azure',
        container,
        folder: folder.replace(/^\/+/, ''),
        opens: {
          by: 'connectionString',
          connectionString: need('connectionString', find('connectionstring')),
        },
      };
      return {
        place: azure,
        depth,
        told: { kind: 'azure', server: serverOf(azure), name: container, folder: azure.folder, secret },
      };
    }
    case 'FTP': {
      const host = need('domain', find('domain', 'host'));
      const port = Number(find('port') ?? 22);
      const username = need('username', find('username'));
      const key = find('sshkey', 'privatekey');
      const sftp: Place = {
        kind: 'sftp',
        host,
        port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : 22,
        username,
        folder,
        opens:
          key === undefined
            ? { by: 'password', password: need('password', find('password')) }
            : { by: 'key', key },
        knownHosts,
      };
      return {
        place: sftp,
        depth,
        told: { kind: 'sftp', server: serverOf(sftp), folder, user: username, secret },
      };
    }
    case undefined:
      throw stop('storage.unsayable');
  }
}

/** The same of the sandbox's landing zone. @throws Stop (2) for one that does not say where it is */
export function landingTarget(plan: Plan, { place, secrets }: LandingZone): Target {
  const { folder, depth } = folderOf(plan.destination.location);
  const bare = folder.replace(/^\/+/, '');
  const secret = 'landing-zone';
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
      told: { kind: 'azure', server: serverOf(azure), name, folder: bare, secret },
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
    told: { kind: 's3', cloud: 'amazon', server: serverOf(s3), name: bucket, folder: s3.folder, secret },
  };
}

const missing = (name: string): Stop => new Stop(exitCode.usage, (text) => text('storage.missing', { name }));

const isSaid = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

/** The folder up to the first name that is only known at an export. */
function folderOf(location: Plan['destination']['location']): { folder: string; depth: number } {
  const [name] = folderNames.filter((one) => typeof location[one] === 'string');
  const whole = name === undefined ? '' : String(location[name]);
  const parts = whole.split('/').filter((one) => one !== '');
  const at = parts.findIndex((one) => one.includes('%'));
  const fixed = at < 0 ? parts : parts.slice(0, at);
  const lead = whole.startsWith('/') ? '/' : '';
  return { folder: lead + fixed.join('/'), depth: parts.length - fixed.length };
}
