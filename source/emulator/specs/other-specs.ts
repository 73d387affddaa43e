import type { JsonObject } from '../store.ts';
import { authSpec, objectSchema, secret, text } from './schema.ts';

/** Profile Store, the source side of every activation. */
export const profileStoreId = '8a9c3494-9708-43d7-ae3f-cda01e5030e1';

/** What an organisation has besides the seven: newer cards, sources and streaming destinations. */
export function otherSpecs(): JsonObject[] {
  return [
    {
      id: profileStoreId,
      name: 'UPS',
      providerId: '0ed90a81-07f4-4586-8190-b40eccef1c5a',
      version: '1.0',
      authSpec: [],
      attributes: { isSource: true, uiAttributes: { isSource: true } },
    },
    ...newerCards(),
    ...sources.map(([id, name]) => ({
      id,
      name,
      providerId: '521eee4d-8cbe-4906-bb48-fb6bd4450033',
      version: '1.0',
      authSpec: [
        authSpec(
          'Basic Authentication',
          'BasicAuth',
          { username: text('Username'), password: secret('Password') },
          ['username', 'password'],
        ),
      ],
      attributes: { isSource: true, category: 'crm' },
    })),
    ...streaming.map(([id, name, label]) => ({
      id,
      name,
      providerId: 'c1b4ae91-6f12-4d64-8ea3-2cbbde5d7d0a',
      version: '1.0',
      authSpec: [authSpec('OAuth2', 'OAuth2', { accessToken: secret('Access token') }, ['accessToken'])],
      targetSpec: {
        name: 'Streaming target',
        type: 'UserNamespace',
        spec: objectSchema({ accountId: text('Account ID') }, ['accountId']),
        attributes: {
          uiAttributes: { isDestination: true, category: 'social', label, frequency: { key: 'streaming' } },
        },
      },
      attributes: { isDestination: true, category: 'social', frequency: 'streaming' },
    })),
  ];
}

const sources: [string, string][] = [
  ['cfc0fee1-7dc0-40ef-b73e-d8b134c436f5', 'salesforce'],
  ['b2e08744-4f1a-40ce-af30-7abac3e23cf3', 'snowflake'],
  ['ecadc60c-7455-4d87-84dc-2a0e293d997b', 'amazon-s3-source'],
  ['d771e9c1-4f26-40dc-8617-ce58c4b53702', 'google-adwords'],
  ['1f372ff9-38a4-4492-96f5-b9a4e4bd00ec', 'google-bigquery'],
  ['3c9b37f8-13a6-43d8-bad3-b863b941fedd', 'google-big-query-source'],
  ['86043421-563b-46ec-8e6c-e23184711bf6', 'http-streaming-source'],
  ['26d738e0-8963-47ea-aadf-c60de735468a', 'mysql'],
  ['74a1c565-4e59-48d7-9d67-7c03b8a13137', 'postgresql'],
  ['6360f136-5980-4111-8bdf-15d29eab3b5a', 'sftp-source'],
];

const streaming: [string, string, string][] = [
  ['5d8a8a3e-58d5-4a2b-b0c9-7f8a7c3cd1b1', 'facebook-custom-audience', 'Facebook'],
  ['9b7ad3d4-8b6e-4b0f-8a0e-2a0f0a2e4f11', 'braze', 'Braze'],
  ['86043421-0000-4aaa-9c59-7f0b1a5c6d22', 'http-api', 'HTTP API'],
  ['86f9c4d1-6a17-4c44-9f5f-2f5b0ed2a333', 'amazon-kinesis', 'Amazon Kinesis'],
  ['bf9f5905-92b7-48bf-bf20-455bc6b60a4e', 'azure-event-hubs', 'Azure Event Hubs'],
];

/** One of a few texts. */
const choice = (values: string[]): JsonObject => ({
  type: 'string',
  oneOf: values.map((value) => ({ title: value === '' ? 'empty' : value, const: value })),
});

function newerCards(): JsonObject[] {
  const file: JsonObject = {
    fileType: {
      title: 'File Type',
      type: 'string',
      enum: ['CSV', 'JSON', 'PARQUET'],
      conditional: { field: 'flowSpec.attributes._workflow', operator: 'NOT_CONTAINS', value: 'DATASETS' },
    },
    datasetFileType: {
      type: 'string',
      enum: ['JSON', 'PARQUET'],
      conditional: { field: 'flowSpec.attributes._workflow', operator: 'CONTAINS', value: 'DATASETS' },
    },
    csvOptions: {
      type: 'object',
      conditional: { field: 'fileType', operator: 'EQUALS', value: 'CSV' },
      properties: {
        delimiter: choice([',', '\t', '|', ';', ':']),
        quote: choice(['"', '']),
        escape: choice(['\\', "'"]),
        nullValue: choice(['null', '""', '']),
        emptyValue: choice(['', 'null', '""']),
      },
    },
    compression: { title: 'Compression', type: 'string', enum: ['NONE', 'GZIP'] },
  };
  const fileRequired = ['datasetFileType', 'compression', 'fileType'];
  const bucket = { bucketName: text('Bucket name'), path: text('Folder path') };
  const sftp = { domain: text('Domain'), username: text('Username') };
  const cards: [string, string, string, JsonObject[], JsonObject][] = [
    [
      '4fce964d-3f37-408f-9778-e597338a21ee',
      'amazon-s3',
      'Amazon S3',
      [
        authSpec(
          'Access Key',
          'KeyBased',
          { s3AccessKey: text('Access key ID'), s3SecretKey: secret('Secret access key') },
          ['s3SecretKey', 's3AccessKey'],
        ),
        authSpec('Assumed Role', 'S3RoleBased', { s3Role: secret('Role') }, ['s3Role']),
      ],
      bucket,
    ],
    [
      '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
      'azure-blob',
      'Azure Blob',
      [
        authSpec('ConnectionString', 'ConnectionString', { connectionString: secret('Connection string') }, [
          'connectionString',
        ]),
      ],
      { container: text('Container'), path: text('Folder path') },
    ],
    [
      '36965a81-b1c6-401b-99f8-22508f1e6a26',
      'sftp',
      'SFTP',
      [
        authSpec('SFTP with Password', 'BasicAuth', { ...sftp, password: secret('Password') }, [
          'domain',
          'username',
          'password',
        ]),
        authSpec(
          'SFTP with SSH Key',
          'SshKey',
          { ...sftp, sshKey: secret('SSH key', { contentEncoding: 'base64' }) },
          ['domain', 'username', 'sshKey'],
        ),
      ],
      { remotePath: text('Remote path') },
    ],
    [
      'be2c3209-53bc-47e7-ab25-145db8b873e1',
      'azure-data-lake-gen2',
      'Azure Data Lake Gen2',
      [
        authSpec(
          'Azure Service Principal Auth',
          'ServicePrincipal',
          {
            url: text('URL'),
            tenant: text('Tenant'),
            servicePrincipalId: text('Service principal ID'),
            servicePrincipalKey: secret('Service principal key'),
          },
          ['url', 'tenant', 'servicePrincipalId', 'servicePrincipalKey'],
        ),
      ],
      { path: text('Folder path') },
    ],
    [
      'c5d93acb-ea8b-4b14-8f53-02138444ae99',
      'google-cloud-storage',
      'Google Cloud Storage',
      [
        authSpec(
          'Google Cloud Storage authentication credentials',
          'KeyBased',
          { accessKeyId: text('Access key ID'), secretAccessKey: secret('Secret access key') },
          ['accessKeyId', 'secretAccessKey'],
        ),
      ],
      bucket,
    ],
    [
      '10440537-2a7b-4583-ac39-ed38d4b848e8',
      'data-landing-zone',
      'Data Landing Zone',
      [],
      { path: text('Folder path') },
    ],
  ];
  return cards.map(([id, name, label, signIns, params]) => ({
    id,
    name,
    providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
    version: '1.0',
    authSpec: signIns,
    targetSpec: {
      name: 'User based target',
      type: 'UserNamespace',
      spec: objectSchema({ ...params, ...file }, [...Object.keys(params), ...fileRequired]),
      attributes: {
        uiAttributes: {
          isDestination: true,
          category: 'cloudStorage',
          icon: name,
          label,
          frequency: { key: 'batch' },
        },
      },
    },
    attributes: { category: 'cloudStorage', isDestination: true, frequency: 'batch' },
  }));
}
