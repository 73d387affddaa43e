import type { JsonObject } from '../store.ts';
import { adls, landingZone } from './cards.ts';
import { partnerSchema } from './partner-schema.ts';

/** A property as these cards publish it: most sign-ins have no title, only a description. */
const text = (description: string, more: JsonObject = {}): JsonObject => ({
  description,
  type: 'string',
  ...more,
});
const titled = (title: string, description: string, more: JsonObject = {}): JsonObject => ({
  title,
  ...text(description, more),
});
const password = (description: string, more: JsonObject = {}): JsonObject =>
  text(description, { format: 'password', ...more });

function schema(description: string | undefined, properties: JsonObject, required: string[]): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...(description === undefined ? {} : { description }),
    type: 'object',
    properties,
    required,
  };
}

function signIn(
  name: string,
  type: string,
  description: string,
  properties: JsonObject,
  required: string[],
): JsonObject {
  return { name, type, spec: schema(description, properties, required) };
}

/** Choices of which each has a title. */
const oneOf = (choices: [title: string, value: string][]): JsonObject => ({
  oneOf: choices.map(([title, value]) => ({ title, const: value })),
});
const blank: [string, string][] = [
  ['null', 'null'],
  ['""', '""'],
  ['Empty String', ''],
];
const csvOptions: JsonObject = {
  conditional: { field: 'fileType', operator: 'EQUALS', value: 'CSV' },
  title: 'CSV Options',
  description: 'Select your CSV options',
  type: 'object',
  properties: {
    quote: titled('Quote Character', 'Select your Quote character', {
      ...oneOf([
        ['Double Quotes (")', '"'],
        [String.raw`Null Character (\)`, ''],
      ]),
      default: '',
    }),
    escape: titled('Escape Character', 'Select your Escape character', {
      ...oneOf([
        [String.raw`Back Slash (\)`, '\\'],
        ["Single Quote (')", "'"],
      ]),
      default: '\\',
    }),
    delimiter: titled('Delimiter', 'Select your Delimiter', {
      ...oneOf([
        ['Comma (,)', ','],
        [String.raw`Tab (\t)`, '\t'],
        ['Pipe (|)', '|'],
        ['Semicolon (;)', ';'],
        ['Colon (:)', ':'],
      ]),
      default: ',',
    }),
    nullValue: titled('Null Value', "Select the output value of 'null' fields", {
      ...oneOf(blank),
      default: 'null',
    }),
    emptyValue: titled('Empty Value', 'Select the output value of blank fields', {
      ...oneOf(blank),
      default: '',
    }),
  },
};

const workflow = (operator: string): JsonObject => ({
  conditional: { field: 'flowSpec.attributes._workflow', operator, value: 'DATASETS' },
});

function file(compressions: string[]): JsonObject {
  return {
    fileType: {
      ...workflow('NOT_CONTAINS'),
      ...titled('File Type', 'Select file format', { enum: ['CSV', 'JSON', 'PARQUET'] }),
    },
    datasetFileType: {
      ...workflow('CONTAINS'),
      ...titled('File Type', 'Select file format', { enum: ['JSON', 'PARQUET'] }),
    },
    csvOptions,
    compression: titled('Compression format', 'Select the desired file compression format.', {
      enum: compressions,
    }),
  };
}

const encryption: JsonObject = {
  name: 'File PGP/GPG Encryption',
  type: 'FileAsymmetric',
  spec: schema(
    "Defines parameters required for capturing user's inputs for encryption",
    {
      publicKey: text('Base64 encoded RSA public key', { contentEncoding: 'base64' }),
      encryptionAlgo: text('Algorithm for encryption.', { default: 'PGPGPG', enum: ['PGPGPG', 'NONE'] }),
    },
    ['encryptionAlgo', 'publicKey'],
  ),
};

const bucketPath = String.raw`^[0-9a-zA-Z\/\!\-_\.\*\''\(\)]*((\%SEGMENT_(NAME|ID)\%)?\/?)+$`;
const server = { domain: text('Domain of server'), username: text('Username') };

interface Card {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
  readonly authSpec: JsonObject[];
  /** Where the files go: all of it is required. */
  readonly place: JsonObject;
  readonly encryptionSpecs: JsonObject[];
  readonly compressions: string[];
}

const usual = { encryptionSpecs: [encryption], compressions: ['NONE', 'GZIP'] };

const cards: readonly Card[] = [
  {
    ...usual,
    id: '4fce964d-3f37-408f-9778-e597338a21ee',
    name: 'Amazon S3',
    icon: 'amazon-s3',
    authSpec: [
      signIn(
        'Access Key',
        'KeyBased',
        'Defines auth params required for connecting to amazon-s3',
        {
          s3AccessKey: text('Access key id', { pattern: '^[A-Z2-7]{20}$' }),
          s3SecretKey: password('Secret access key for the user account', {
            pattern: String.raw`^[A-Za-z0-9\/\+]{40}$`,
          }),
        },
        ['s3SecretKey', 's3AccessKey'],
      ),
      signIn(
        'Assumed Role',
        'S3RoleBased',
        'Defines auth params required for connecting to amazon-s3',
        { s3Role: { title: 'Role', type: 'string', format: 'password' } },
        ['s3Role'],
      ),
    ],
    place: {
      bucketName: titled('Bucket name', 'Bucket name', {
        pattern: String.raw`(?=^.{3,63}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])$)`,
      }),
      path: titled('Folder path', 'Output path for copying files', { pattern: bucketPath }),
    },
  },
  {
    ...usual,
    id: '6d6b59bf-fb58-4107-9064-4d246c0e5bb2',
    name: 'Azure Blob Storage',
    icon: 'azure-blob',
    authSpec: [
      signIn(
        'ConnectionString',
        'ConnectionString',
        'Connection String for Azure Blob based destinations',
        { connectionString: password('connection string for login') },
        ['connectionString'],
      ),
    ],
    place: {
      path: titled('Folder path', 'Output path (relative) indicating where to upload the data', {
        pattern: String.raw`^[0-9a-zA-Z\/\!\-_\.\*\'\(\)]+$`,
      }),
      container: titled('Container', 'Container within the storage where to upload the data', {
        pattern: '^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$',
      }),
    },
  },
  {
    ...usual,
    id: '36965a81-b1c6-401b-99f8-22508f1e6a26',
    name: 'SFTP',
    icon: 'sftp',
    authSpec: [
      signIn(
        'SFTP with Password',
        'SFTP',
        'defines auth params required for connecting to sftp locations with a password',
        { ...server, password: password('Password') },
        ['password', 'domain', 'username'],
      ),
      signIn(
        'SFTP with SSH Key',
        'SFTP',
        'defines auth params required for connecting to sftp locations using SSH Key',
        {
          ...server,
          sshKey: password('Base64 string of the private SSH key', { contentEncoding: 'base64' }),
        },
        ['sshKey', 'domain', 'username'],
      ),
    ],
    place: { remotePath: titled('Folder path', 'Enter your folder path') },
    compressions: ['GZIP', 'NONE'],
  },
  {
    ...usual,
    id: adls,
    name: 'Azure Data Lake Gen2',
    icon: 'azure-data-lake-gen2',
    authSpec: [
      signIn(
        'Azure Service Principal Auth',
        'AzureServicePrincipal',
        'defines auth params required for connecting to adlsgen2 using service principal',
        {
          url: text('Endpoint for Azure Data Lake Storage Gen2.'),
          servicePrincipalId: text('Service Principal Id to connect to ADLSGen2.'),
          servicePrincipalKey: password('Service Principal Key to connect to ADLSGen2.'),
          tenant: text('Tenant information(domain name or tenant ID).'),
        },
        ['servicePrincipalKey', 'url', 'tenant', 'servicePrincipalId'],
      ),
    ],
    place: { path: titled('Folder path', 'Enter the path to your Azure Data Lake Storage folder') },
  },
  {
    ...usual,
    id: landingZone,
    name: 'Data Landing Zone',
    icon: 'data-landing-zone',
    authSpec: [],
    encryptionSpecs: [],
    place: { path: titled('Folder path', 'Enter the path to your Data Landing Zone folder') },
  },
  {
    ...usual,
    id: 'c5d93acb-ea8b-4b14-8f53-02138444ae99',
    name: 'Google Cloud Storage',
    icon: 'google-cloud-storage',
    authSpec: [
      signIn(
        'Google Cloud Storage authentication credentials',
        'GoogleCloudStorageAuth',
        'defines auth params required for connecting to google cloud storage connector.',
        {
          accessKeyId: text('Access Key Id for the user account'),
          secretAccessKey: password('Secret Access Key for the user account'),
        },
        ['accessKeyId', 'secretAccessKey'],
      ),
    ],
    place: {
      bucketName: titled('Bucket name', 'Bucket name', {
        pattern: String.raw`(?!^goog.*$)(?!^.*g(o|0)(o|0)gle.*$)(((?=^.{3,63}$)(^([a-z0-9]|[a-z0-9][a-z0-9\-_]*)[a-z0-9]$))|((?=^.{3,222}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])\.)*([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])$)))`,
      }),
      path: titled('Folder path', 'Output path for copying files', { pattern: bucketPath }),
    },
  },
];

/** The six storage cards of today as they are published. @see cards.md, sections 3.1, 3.3 and 4.1 */
export function newerDestinations(): JsonObject[] {
  return cards.map(({ id, name, icon, authSpec, encryptionSpecs, place, compressions }) => ({
    id,
    name,
    providerId: '14e34fac-d307-11e9-bb65-2a2ae2dbcce4',
    version: '1.0',
    authSpec,
    encryptionSpecs,
    targetSpec: {
      name: 'User based target',
      type: 'UserNamespace',
      spec: schema(undefined, { ...place, ...file(compressions) }, [
        ...Object.keys(place),
        'datasetFileType',
        'compression',
        'fileType',
      ]),
      attributes: {
        uiAttributes: {
          isDestination: true,
          category: 'cloudStorage',
          icon,
          label: name,
          frequency: { key: 'batch' },
        },
        partnerSchema: { jsonSchema: partnerSchema },
      },
    },
    attributes: { category: 'cloudStorage', isDestination: true, frequency: 'batch' },
  }));
}
