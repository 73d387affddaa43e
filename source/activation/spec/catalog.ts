import type { Field } from './field.ts';
import { bucketPattern } from './pattern.ts';

/**
 * The batch destinations ferry was made for: ids and names as the platform has them, and forms to fall
 * back on where the API publishes none.
 *
 * @see flow-service.md, section 4 (tables 4.1, 4.2, 4.3)
 */
export interface CatalogDestination {
  readonly connectionSpecId: string;
  readonly name: string;
  /** Nothing where the platform documents none: then only a look-up can tell. */
  readonly flowSpecId?: string;
  readonly auth: readonly AuthMethod[];
  /** The first one is the default. */
  readonly modes: readonly LocationMode[];
}

/** What is asked for, and what may be said beside it. */
export interface Form {
  readonly fields: readonly Field[];
  /** Params that a spec publishes and no form asks for, such as lists. */
  readonly unasked?: readonly string[] | undefined;
  /** Whether other params may be sent too: the spec says so, or says nothing at all. */
  readonly isOpen?: boolean | undefined;
}

/** One way to sign in: an entry of `authSpec`. */
export interface AuthMethod extends Form {
  readonly specName: string;
}

/** One kind of storage: an entry of `params.mode`, absent on specs that publish none. */
export interface LocationMode extends Form {
  readonly mode?: string;
}

/** The form of a mode; a spec that publishes no modes leaves the choice to who sends one. */
export const formOfMode = (modes: readonly LocationMode[], mode: unknown): LocationMode | undefined =>
  modes.find((one) => one.mode === mode) ?? modes.find((one) => one.mode === undefined);

/** The connection spec of Profile Store, the source of every activation. */
export const profileStoreSpecId = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';

/** Mode that older tutorials send for the three cloud storage cards. @see section 7.5a */
export const olderCloudStorageMode = 'Cloud Storage';

type FieldFacts = Partial<Omit<Field, 'name' | 'title'>>;

/** A field of a form that ferry knows; a required text, if nothing else is said. */
export function field(name: string, title: string, facts: FieldFacts = {}): Field {
  return {
    name,
    title,
    kind: 'text',
    isSecret: false,
    isMultiline: false,
    isRequired: true,
    isBase64: false,
    ...facts,
  };
}

/** A field of a value that nobody sees. */
export const secret = (name: string, title: string, facts: FieldFacts = {}): Field =>
  field(name, title, { isSecret: true, ...facts });

const host = field('host', 'Host', { example: 'sftp.example.com' });
const port = field('port', 'Port', { kind: 'number', isRequired: false, example: '22' });

/** What cards of both kinds ask for, as the platform documents it. @see flow-service.md, sections 4.2 and 4.3 */
export const knownFields = {
  s3AccessKey: field('s3AccessKey', 'Access key ID', {
    pattern: '^[A-Z2-7]{20}$',
    example: 'AKIAIOSFODNN7EXAMPLE',
  }),
  s3SecretKey: secret('s3SecretKey', 'Secret access key', { pattern: '^[A-Za-z0-9\\/\\+]{40}$' }),
  connectionString: secret('connectionString', 'Connection string', {
    example: 'DefaultEndpointsProtocol=https;AccountName=example;AccountKey=EXAMPLE+ACCOUNT+KEY=',
  }),
  domain: field('domain', 'Domain', { example: 'sftp.example.com' }),
  username: field('username', 'Username'),
  password: secret('password', 'Password'),
  sshKey: secret('sshKey', 'SSH key', { isMultiline: true }),
  bucketName: field('bucketName', 'Bucket name', {
    pattern: bucketPattern,
    example: 'crm-exports',
  }),
  container: field('container', 'Container', {
    pattern: '^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$',
    example: 'crm-exports',
  }),
  path: field('path', 'Folder path', { example: 'exports/daily' }),
  remotePath: field('remotePath', 'Remote path', { example: '/exports/daily' }),
} as const satisfies Readonly<Record<string, Field>>;
const { domain, username, password, sshKey, connectionString } = knownFields;
const { bucketName, container, path, remotePath } = knownFields;
const format = field('format', 'File format', {
  kind: 'text',
  choices: [{ value: 'CSV', title: 'CSV' }],
  defaultValue: 'CSV',
});

const s3Params = [bucketName, path, format];
const blobParams = [container, path, format];
const ftpParams = [remotePath, format];

const s3Mode: LocationMode = { mode: 'S3', fields: s3Params };
const blobMode: LocationMode = { mode: 'AZURE_BLOB', fields: blobParams };
const ftpMode: LocationMode = { mode: 'FTP', fields: ftpParams };
const older = (fields: readonly Field[]): LocationMode => ({ mode: olderCloudStorageMode, fields });

const sftpWithPassword: AuthMethod = {
  specName: 'SFTP with Password',
  fields: [domain, host, username, password, port],
};
const sftpWithKey: AuthMethod = {
  specName: 'SFTP with SSH Key',
  fields: [domain, host, username, sshKey, port],
};
const sharedFlowSpecId = '71471eba-b620-49e4-90fd-23f1fa0174d8';

export const catalog: readonly CatalogDestination[] = [
  {
    connectionSpecId: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
    name: 'Adobe Campaign',
    auth: [
      { specName: 'S3', fields: [field('accessId', 'Access ID'), secret('secretKey', 'Secret key')] },
      sftpWithPassword,
      sftpWithKey,
      { specName: 'Azure Blob', fields: [connectionString] },
    ],
    modes: [s3Mode, blobMode, ftpMode],
  },
  {
    connectionSpecId: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
    name: 'Amazon S3',
    flowSpecId: sharedFlowSpecId,
    auth: [
      {
        specName: 'Access Key',
        fields: [knownFields.s3AccessKey, knownFields.s3SecretKey],
      },
    ],
    modes: [s3Mode, older(s3Params)],
  },
  {
    connectionSpecId: 'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
    name: 'Azure Blob',
    flowSpecId: sharedFlowSpecId,
    auth: [{ specName: 'ConnectionString', fields: [connectionString] }],
    modes: [blobMode, older(blobParams)],
  },
  {
    connectionSpecId: 'c1e44b6b-e7c8-404b-9031-58f0ef760604',
    name: 'Oracle Eloqua',
    flowSpecId: sharedFlowSpecId,
    auth: [sftpWithPassword, sftpWithKey],
    modes: [ftpMode, s3Mode],
  },
  {
    connectionSpecId: 'a5e28ddf-e265-426e-83a1-9d03a3a6822b',
    name: 'Oracle Responsys',
    flowSpecId: '51d675ce-e270-408d-91fc-22717bdf2148',
    auth: [sftpWithPassword, sftpWithKey],
    modes: [ftpMode, s3Mode],
  },
  {
    connectionSpecId: 'f599a5b3-60a7-4951-950a-cc4115c7ea27',
    name: 'Salesforce Marketing Cloud',
    flowSpecId: '493b2bd6-26e4-4167-ab3b-5e910bba44f0',
    auth: [sftpWithPassword, sftpWithKey],
    modes: [ftpMode, s3Mode],
  },
  {
    connectionSpecId: '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
    name: 'SFTP',
    flowSpecId: sharedFlowSpecId,
    auth: [
      {
        specName: 'Basic Authentication for sftp',
        fields: [host, username, password, { ...domain, isRequired: false }, port],
      },
    ],
    modes: [ftpMode, older(ftpParams)],
  },
];

/** The mode of every newer card, which none of their specs publishes. @see cards.md, section 4.1 */
export const newerMode = 'Server-to-server';

/** Each has its forms in `newer-forms.ts`. */
export type NewerCardName =
  | 'Amazon S3'
  | 'Azure Blob Storage'
  | 'SFTP'
  | 'Azure Data Lake Gen2'
  | 'Data Landing Zone'
  | 'Google Cloud Storage';

/** A card of today, which takes attributes through a mapping set of another service. */
export interface NewerCard {
  readonly connectionSpecId: string;
  readonly name: NewerCardName;
  readonly flowSpecId: string;
  /** It takes no public key to encrypt files with. @see cards.md, section 3.3 */
  readonly encryptsNothing?: true;
  /** It exports every day at least. @see cards.md, section 6.1 */
  readonly exportsDaily?: true;
  /** Connection spec of the older card of the same kind, which migrated organisations no longer have. */
  readonly replaces?: string;
}

/** The newer cloud storage cards. @see flow-service.md, section 4.1; cards.md, section 9 */
export const newerCards: readonly NewerCard[] = [
  {
    connectionSpecId: '4fce964d-3f37-408f-9778-e597338a21ee',
    name: 'Amazon S3',
    flowSpecId: '1a0514a6-33d4-4c7f-aff8-594799c47549',
    replaces: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
  },
  {
    connectionSpecId: '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
    name: 'Azure Blob Storage',
    flowSpecId: '752d422f-b16f-4f0d-b1c6-26e448e3b388',
    replaces: 'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
  },
  {
    connectionSpecId: '36965a81-b1c6-401b-99f8-22508f1e6a26',
    name: 'SFTP',
    flowSpecId: 'fd36aaa4-bf2b-43fb-9387-43785eeeb799',
    replaces: '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
  },
  {
    connectionSpecId: 'be2c3209-53bc-47e7-ab25-145db8b873e1',
    name: 'Azure Data Lake Gen2',
    flowSpecId: 'db060570-a155-418a-a6d3-b4d97698e5dc',
    exportsDaily: true,
  },
  {
    connectionSpecId: '10440537-2a7b-4583-ac39-ed38d4b848e8',
    name: 'Data Landing Zone',
    flowSpecId: '7e635b9f-e59b-4546-8ba8-fce6496693c8',
    encryptsNothing: true,
  },
  {
    connectionSpecId: 'c5d93acb-ea8b-4b14-8f53-02138444ae99',
    name: 'Google Cloud Storage',
    flowSpecId: '976d663b-80b4-4193-be6b-2d0487516623',
  },
];

/** What every newer card takes and none of their specs publishes. @see cards.md, section 4.1 */
export const besideParams: readonly Field[] = [
  field('includeFileManifest', 'File manifest', {
    kind: 'boolean',
    isRequired: false,
    choices: ['true', 'false'].map((value) => ({ value, title: value })),
  }),
];

/** What the newer SFTP card takes beside what its sign-ins publish. @see cards.md, section 3.1 */
const besideSftp = [field('port', 'Port', { isRequired: false, pattern: '^[0-9]{1,5}$', example: '2222' })];

/** Params of a sign-in that a newer card takes and its spec does not publish. */
export const besideSignIn = (connectionSpecId: string): readonly Field[] =>
  newerCard(connectionSpecId)?.name === 'SFTP' ? besideSftp : [];

/** The newer card that a connection spec is one of. */
export function newerCard(connectionSpecId: string): NewerCard | undefined {
  return newerCards.find((card) => card.connectionSpecId === connectionSpecId.toLowerCase());
}

/** Older cards keep attributes in the dataflow and want certain macros; today's take more of either. */
export type CardKind = 'older' | 'newer';

export const kindOf = (connectionSpecId: string | undefined): CardKind =>
  newerCard(connectionSpecId ?? '') === undefined ? 'older' : 'newer';

/** Whether a card exports every week and every month: of today's all but the data lake. @see cards.md, section 6.1 */
export function takesRare(connectionSpecId: string | undefined): boolean {
  const card = newerCard(connectionSpecId ?? '');
  return card !== undefined && card.exportsDaily !== true;
}

/** The newer card that took the place of an older one. */
export function successorOf(connectionSpecId: string): NewerCard | undefined {
  return newerCards.find((card) => card.replaces === connectionSpecId.toLowerCase());
}

/** The name and the flow spec of a destination that the platform documents, of an older card or of one of today. */
export const documented = (connectionSpecId: string): { name: string; flowSpecId?: string } | undefined =>
  inCatalog(connectionSpecId) ?? newerCard(connectionSpecId);

/** The catalog's entry of a connection spec, if it has one. */
export function inCatalog(connectionSpecId: string): CatalogDestination | undefined {
  return catalog.find((entry) => entry.connectionSpecId === connectionSpecId.toLowerCase());
}
