import type { JsonObject } from '../store.ts';
import { authSpec, objectSchema, port, secret, text, when } from './schema.ts';

/**
 * The seven destinations of the tutorial: ids of section 4.1, sign-ins of the seed column of 4.2, modes
 * of 4.3. Their published JSON is documented nowhere; its frame follows section 2.1.
 */
const bucketPattern =
  '(?=^.{3,63}$)(?!^(\\d+\\.)+\\d+$)(^(([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])\\.)*([a-z0-9]|[a-z0-9][a-z0-9\\-]*[a-z0-9])$)';
const bucketName = text('Bucket name', { pattern: bucketPattern, description: 'Name of your S3 bucket' });
const container = text('Container', {
  pattern: '^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$',
  description: 'Name of your blob container',
});
const folder = text('Folder path', { description: 'Folder that will hold the files' });
const remotePath = text('Remote path', { description: 'Folder on the server that will hold the files' });
const format: JsonObject = {
  title: 'File format',
  description: 'Format of the files',
  type: 'string',
  enum: ['CSV'],
  default: 'CSV',
};

const paramsOf: Record<string, JsonObject> = {
  S3: { bucketName, path: folder },
  AZURE_BLOB: { container, path: folder },
  FTP: { remotePath },
};

const host = text('Host', { description: 'Name or address of the server' });
const domain = text('Domain', { description: 'Domain of the server' });
const username = text('Username', { description: 'Name to sign in with' });

const sftpSignIns = [
  authSpec(
    'SFTP with Password',
    'BasicAuth',
    { domain, host, username, password: secret('Password'), port: port() },
    ['domain', 'host', 'username', 'password'],
  ),
  authSpec(
    'SFTP with SSH Key',
    'SshKey',
    {
      domain,
      host,
      username,
      sshKey: secret('SSH key', { description: 'Private key, as it is in its file' }),
      port: port(),
    },
    ['domain', 'host', 'username', 'sshKey'],
  ),
];
const blobConnection = {
  connectionString: secret('Connection string', { description: 'Connection string of the storage account' }),
};

export function legacyDestinations(acceptCloudStorage: boolean): JsonObject[] {
  const card = (mode: string): string[] => (acceptCloudStorage ? [mode, 'Cloud Storage'] : [mode]);
  return [
    destination(
      '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
      'campaign',
      'Adobe Campaign',
      'emailMarketing',
      ['S3', 'AZURE_BLOB', 'FTP'],
      [
        authSpec(
          'S3',
          'KeyBased',
          {
            accessId: text('Access ID', { description: 'Access key id' }),
            secretKey: secret('Secret key', { description: 'Secret access key' }),
          },
          ['accessId', 'secretKey'],
        ),
        ...sftpSignIns,
        authSpec('Azure Blob', 'ConnectionString', blobConnection, ['connectionString']),
      ],
    ),
    destination(
      '4890fc95-5a1f-4983-94bb-e060c08e3f81',
      'amazon-s3-legacy',
      'Amazon S3',
      'cloudStorage',
      card('S3'),
      [
        authSpec(
          'Access Key',
          'KeyBased',
          {
            s3AccessKey: text('Access key ID', { description: 'Access key id', pattern: '^[A-Z2-7]{20}$' }),
            s3SecretKey: secret('Secret access key', {
              description: 'Secret access key',
              pattern: '^[A-Za-z0-9\\/\\+]{40}$',
            }),
          },
          ['s3AccessKey', 's3SecretKey'],
        ),
      ],
    ),
    destination(
      'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
      'azure-blob-legacy',
      'Azure Blob',
      'cloudStorage',
      card('AZURE_BLOB'),
      [authSpec('ConnectionString', 'ConnectionString', blobConnection, ['connectionString'])],
    ),
    destination(
      'c1e44b6b-e7c8-404b-9031-58f0ef760604',
      'oracle-eloqua',
      'Oracle Eloqua',
      'emailMarketing',
      ['FTP', 'S3'],
      sftpSignIns,
    ),
    destination(
      'a5e28ddf-e265-426e-83a1-9d03a3a6822b',
      'oracle-responsys',
      'Oracle Responsys',
      'emailMarketing',
      ['FTP', 'S3'],
      sftpSignIns,
    ),
    destination(
      'f599a5b3-60a7-4951-950a-cc4115c7ea27',
      'exact-target',
      'Salesforce Marketing Cloud',
      'emailMarketing',
      ['FTP', 'S3'],
      sftpSignIns,
    ),
    destination('64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0', 'sftp-legacy', 'SFTP', 'cloudStorage', card('FTP'), [
      authSpec(
        'Basic Authentication for sftp',
        'BasicAuth',
        { host, username, password: secret('Password'), domain: { ...domain }, port: port() },
        ['host', 'username', 'password'],
      ),
    ]),
  ];
}

/** A mode's own params are conditional on it; a card with one kind of storage has them unconditionally. */
function destination(
  id: string,
  name: string,
  label: string,
  category: string,
  modes: string[],
  signIns: JsonObject[],
): JsonObject {
  const storages = modes.filter((mode) => mode !== 'Cloud Storage');
  const properties: JsonObject = {
    mode: { title: 'Storage', description: 'Kind of storage', type: 'string', enum: modes },
  };
  const shared = storages.length > 1;
  for (const mode of storages) {
    for (const [param, schema] of Object.entries(paramsOf[mode] ?? {})) {
      if (schema === null || typeof schema !== 'object' || Array.isArray(schema) || schema === undefined)
        continue;
      properties[param] = shared ? when('mode', mode, schema) : schema;
    }
  }
  // `path` belongs to both S3 and Blob: one condition cannot say so, so it lists them.
  const withPath = storages.filter((mode) => mode !== 'FTP');
  if (shared && withPath.length > 0) {
    properties['path'] = { ...folder, conditional: { field: 'mode', operator: 'CONTAINS', value: withPath } };
  }
  properties['format'] = format;
  // Dataflows that are there have no `format`, and requests without a mode are printed.
  const required = Object.keys(properties).filter((param) => param !== 'mode' && param !== 'format');
  return {
    id,
    name: label,
    providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
    version: '1.0',
    authSpec: signIns,
    encryptionSpecs: [{ name: 'File Encryption' }],
    targetSpec: {
      name: 'User based target',
      type: 'UserNamespace',
      spec: objectSchema(properties, required),
      attributes: {
        uiAttributes: { isDestination: true, category, icon: name, label, frequency: { key: 'batch' } },
      },
    },
    attributes: { category, isDestination: true, frequency: 'batch' },
  };
}
