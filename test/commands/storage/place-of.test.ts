import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../source/activation/plan/read-plan.ts';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { isStop } from '../../../source/commands/console/stop.ts';
import { landingTarget, refuseForeign, targetOf } from '../../../source/commands/storage/place-of.ts';
import { english } from '../../../source/locale/catalogs.ts';
import { serverOf } from '../../../source/storage/server-of.ts';

const folder = path.join(import.meta.dirname, '../../../examples/plans');
function planIn(file: string): Plan {
  const reading = readPlan(readFileSync(path.join(folder, file), 'utf8'));
  if (reading.kind !== 'plan') throw new Error(file);
  return reading.plan;
}

const connectionString =
  'DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.windows.net';
/** Every secret in clear; what they are does not matter here. */
const clear = (plan: Plan) =>
  Object.fromEntries(
    Object.entries(plan.destination.auth?.params ?? {}).map(([name, value]) => [
      name,
      typeof value === 'object' ? (name === 'connectionString' ? connectionString : 'in clear') : value,
    ]),
  );

function kindFor(file: string, env: Readonly<Record<string, string>> = {}): string {
  const plan = planIn(file);
  try {
    const { place } = targetOf(plan, clear(plan), { env, knownHosts: [] });
    return `${place.kind === 's3' ? place.cloud : place.kind} ${serverOf(place)}`;
  } catch (error) {
    if (!isStop(error)) throw error;
    return error.sentences[0]?.(english) ?? '';
  }
}

const amazon = 'amazon s3.us-east-1.amazonaws.com';
const azure = 'azure acme.blob.core.windows.net';
const expected: Readonly<Record<string, string>> = {
  'blob-cloud-storage': azure,
  blob: azure,
  'campaign-blob': azure,
  'campaign-s3': amazon,
  // It signs in to one kind and writes to another.
  'eloqua-s3': english('storage.unsayable'),
  'responsys-s3': english('storage.unsayable'),
  'sfmc-s3': english('storage.unsayable'),
  'newer-blob': azure,
  'newer-data-lake': english('storage.lake'),
  'newer-google': 'google storage.googleapis.com',
  'newer-landing-zone': english('storage.unsayable'),
  'newer-s3-encrypted': amazon,
  'newer-s3-json': amazon,
  'newer-s3-key': amazon,
  'newer-s3-role': english('storage.role'),
  's3-cloud-storage': amazon,
  s3: amazon,
};

describe('a sign-in that only the platform has', () => {
  it.each([
    ['newer-data-lake.plan.json', 'storage.lake'],
    ['newer-s3-role.plan.json', 'storage.role'],
  ] as const)('is refused by its names alone, before a secret is asked for: %s', (file, id) => {
    const names = Object.keys(planIn(file).destination.auth?.params ?? {});
    const refused = (): void => refuseForeign(names);
    expect(refused).toThrow();
    try {
      refused();
    } catch (error) {
      if (!isStop(error)) throw error;
      expect(error.exitCode).toBe(2);
      expect(error.sentences.map((say) => say(english))).toEqual([
        english(id),
        english('storage.onlyExport'),
      ]);
    }
  });

  it('is none of the others', () => {
    expect(() => refuseForeign(['accessId', 'secretKey', 'password', 'connectionString'])).not.toThrow();
  });
});

describe('where a plan writes to', () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith('.plan.json')))('%s', (file) => {
    const name = file.replace('.plan.json', '');
    const isSftp = name.includes('sftp');
    expect(kindFor(file)).toMatch(isSftp ? /^sftp \S+\.example\.com(:2222)?$/ : (expected[name] ?? '-'));
  });

  it('is another server where one is named, and in the region that is named', () => {
    expect(kindFor('newer-s3-key.plan.json', { AWS_ENDPOINT_URL_S3: 'http://minio:9000' })).toBe(
      'amazon minio:9000',
    );
    expect(kindFor('newer-s3-key.plan.json', { AWS_ENDPOINT_URL: 'http://minio:9000' })).toBe(
      'amazon minio:9000',
    );
    expect(kindFor('newer-s3-key.plan.json', { AWS_REGION: 'cn-north-1' })).toBe(
      'amazon s3.cn-north-1.amazonaws.com.cn',
    );
    expect(kindFor('newer-google.plan.json', { STORAGE_EMULATOR_HOST: 'http://here:4443' })).toBe(
      'google here:4443',
    );
  });

  const placed = (location: Record<string, unknown>) => {
    const plan = planIn('newer-s3-key.plan.json');
    const changed = {
      ...plan,
      destination: { ...plan.destination, location: { ...plan.destination.location, ...location } },
    };
    const { place, depth } = targetOf(changed, clear(plan), { env: {}, knownHosts: [] });
    return [place.folder, depth];
  };
  it.each([
    ['daily', 'daily', 0],
    ['/daily//in/', 'daily/in', 0],
    ['daily/%SEGMENT_NAME%', 'daily', 1],
    ['%SEGMENT_NAME%/%SEGMENT_ID%', '', 2],
  ])('the folder %s is looked for at "%s", and %d below', (given, base, depth) => {
    expect(placed({ path: given })).toEqual([base, depth]);
  });

  it('says what the plan does not say', () => {
    expect(() => placed({ bucketName: '' })).toThrow('exit 2');
  });

  it.each([
    [
      {
        place: { containerName: 'zone', storageAccountName: 'acme' },
        secrets: { SASToken: 't', SASUri: 'https://acme.blob.core.windows.net/zone?sig=x' },
      },
      azure,
    ],
    [
      {
        place: { bucketName: 'zone', dlzFolder: 'org' },
        secrets: { awsAccessKeyId: 'A', awsSecretAccessKey: 'S', awsSessionToken: 'T' },
      },
      amazon,
    ],
  ])('of a landing zone it is what the platform says', (zone, where) => {
    const { place } = landingTarget(planIn('newer-landing-zone.plan.json'), zone);
    expect(`${place.kind === 's3' ? place.cloud : place.kind} ${serverOf(place)}`).toBe(where);
  });
});
