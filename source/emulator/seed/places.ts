import type { Organisation } from '../options.ts';
import type { JsonObject } from '../store.ts';

/** A destination with one account, as an administrator has set it up. */
export interface Place {
  readonly spec: string;
  readonly flowSpec: string;
  readonly account: string;
  readonly auth: JsonObject;
  readonly params: JsonObject;
  /** It was one of an older card before. */
  readonly isMigrated?: boolean;
}

const s3Keys = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const older: readonly Place[] = [
  {
    spec: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'CRM bucket of marketing',
    auth: { specName: 'S3', params: s3Keys },
    params: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' },
  },
  {
    spec: '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'Partner server',
    auth: {
      specName: 'SFTP with Password',
      params: { domain: 'files.partner.example', username: 'acme', password: 'not-a-real-one' },
    },
    params: { mode: 'FTP', remotePath: '/in/acme', format: 'CSV' },
  },
  {
    spec: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
    flowSpec: '71471eba-b620-49e4-90fd-23f1fa0174d8',
    account: 'Data lake bucket',
    auth: {
      specName: 'Access Key',
      params: {
        s3AccessKey: 'AKIAIOSFODNN7EXAMPLE',
        s3SecretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      },
    },
    params: { mode: 'S3', bucketName: 'acme-audiences', path: 'exports', format: 'CSV' },
  },
];

/** Where a dataflow streams to. */
export const streaming: Place = {
  spec: '5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1',
  flowSpec: 'b1bd6c26-0c1d-4a7e-9f1e-2c6a7c6ecb10',
  account: 'Social account',
  auth: { specName: 'OAuth2', params: { accessToken: 'not-a-real-one' } },
  params: { accountId: 'act_1029384756' },
};

const csvFiles: JsonObject = {
  fileType: 'CSV',
  compression: 'NONE',
  csvOptions: { delimiter: ',', quote: '"', escape: '\\', nullValue: 'null', emptyValue: '' },
};

/** The same after the migration: by other specs, each with the mode that migrated connections read back. */
const migrated: readonly Place[] = older.map((place): Place => {
  const where = Object.fromEntries(
    Object.entries(place.params).filter(([name]) => name !== 'mode' && name !== 'format'),
  );
  switch (place.spec) {
    case '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0':
      return {
        ...place,
        spec: '36965a81-b1c6-401b-99f8-22508f1e6a26',
        flowSpec: 'fd36aaa4-bf2b-43fb-9387-43785eeeb799',
        params: { mode: 'FTP', ...where, ...csvFiles },
        isMigrated: true,
      };
    case '4890fc95-5a1f-4983-94bb-e060c08e3f81':
      return {
        ...place,
        spec: '4fce964d-3f37-408f-9778-e597338a21ee',
        flowSpec: '1a0514a6-33d4-4c7f-aff8-594799c47549',
        params: { mode: 'Server-to-server', ...where, ...csvFiles },
        isMigrated: true,
      };
    default:
      return place;
  }
});

/** Where the dataflows of others lead to. @see cards.md, section 9 */
export const placesOf = (organisation: Organisation): readonly Place[] =>
  organisation === 'migrated' ? migrated : older;
