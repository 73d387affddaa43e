import type { AuthParams, Plan } from '../../source/activation/plan/plan.ts';
import type { ResolvedParams } from '../../source/activation/requests.ts';
import { mountainBiking } from './plans.ts';

export const newerParams = { s3AccessKey: 'AKIA2345ABCD2345ABCD', s3SecretKey: 'A1b2/C3d4+'.repeat(4) };

/** An apply to the newer Amazon S3 card, in a future that the emulator takes. */
export const newerPlan: Plan = {
  version: 1,
  name: 'Gold customers to S3',
  sandbox: 'dev',
  destination: {
    connectionSpecId: '4fce964d-3f37-408f-9778-e597338a21ee',
    auth: {
      specName: 'Access Key',
      params: { s3AccessKey: newerParams.s3AccessKey, s3SecretKey: { $secret: 'env:S3_SECRET' } },
    },
    location: {
      mode: 'Server-to-server',
      bucketName: 'acme-exports',
      path: 'daily/%SEGMENT_NAME%',
      fileType: 'CSV',
      compression: 'GZIP',
      csvOptions: { delimiter: ',', quote: '"', escape: '\\', nullValue: 'null', emptyValue: '' },
      includeFileManifest: true,
    },
  },
  segments: [
    {
      id: mountainBiking,
      name: 'Interested in Mountain Biking',
      filenameTemplate: '%DESTINATION%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%',
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: { frequency: 'DAILY', startDate: '2035-12-01', endDate: '2036-03-01', startTime: '20:00' },
    },
  ],
  attributes: {
    selected: [
      { path: 'person.name.firstName', column: 'FIRST' },
      'personalEmail.address',
      'identityMap.Email',
      'segmentMembership.status',
    ],
    mandatory: ['Email'],
    deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
  },
};

type Json = Record<string, unknown>;
const isSecretName = (name: string): boolean =>
  /secret|password|connectionString|servicePrincipalKey|sshKey|s3Role/i.test(name);

/** The plan that makes the objects of the contract's bodies, with what it takes to sign in. */
export function planOfBodies(account: string, target: string): { plan: Plan; authParams: ResolvedParams } {
  const { connectionSpec, auth } = JSON.parse(account) as {
    connectionSpec: { id: string };
    auth?: { specName: string; params: Record<string, string> };
  };
  const { params: location } = JSON.parse(target) as { params: Json };
  const params = Object.entries(auth?.params ?? {}).map(([name, value]) => [
    name,
    isSecretName(name) ? { $secret: 'env:SECRET' } : value,
  ]);
  const destination: Plan['destination'] = {
    connectionSpecId: connectionSpec.id,
    ...(auth ? { auth: { specName: auth.specName, params: Object.fromEntries(params) as AuthParams } } : {}),
    location,
  };
  return { plan: { ...newerPlan, destination }, authParams: auth?.params ?? {} };
}
