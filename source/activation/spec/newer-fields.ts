import { field, secret } from './catalog.ts';
import { usualCsvOptions } from '../content/csv-file.ts';
import type { Field } from './field.ts';
import { lakeAddress } from './value-form.ts';

/**
 * Titles, examples and the order of what the newer cards ask for: most of their sign-ins publish a description only.
 * What is published wins.
 *
 * @see cards.md, sections 3.1 and 4.1
 */
export const newerFields: readonly Field[] = [
  field('s3AccessKey', 'Access key ID', { example: 'AKIAIOSFODNN7EXAMPLE' }),
  secret('s3SecretKey', 'Secret access key'),
  secret('s3Role', 'Role', { example: 'arn:aws:iam::123456789012:role/aep-export' }),
  secret('connectionString', 'Connection string', {
    example: 'DefaultEndpointsProtocol=https;AccountName=crm;AccountKey=...',
  }),
  field('url', 'Address of the container', {
    pattern: lakeAddress.source,
    example: 'abfss://exports@acme.dfs.core.windows.net',
  }),
  field('tenant', 'Tenant', { example: 'acme.onmicrosoft.com' }),
  field('servicePrincipalId', 'Application ID'),
  secret('servicePrincipalKey', 'Application secret'),
  field('accessKeyId', 'Access key ID'),
  secret('secretAccessKey', 'Secret access key'),
  field('domain', 'Domain', { example: 'sftp.example.com' }),
  field('username', 'Username'),
  secret('password', 'Password'),
  secret('sshKey', 'SSH key', { isMultiline: true }),
  field('bucketName', 'Bucket name', { example: 'crm-exports' }),
  field('container', 'Container', { example: 'crm-exports' }),
  field('path', 'Folder path', { example: 'exports/daily' }),
  field('remotePath', 'Remote path', { example: '/exports/daily' }),
];

const order = [
  ...newerFields.map(({ name }) => name),
  ...['fileType', 'compression'],
  ...Object.keys(usualCsvOptions).map((member) => `csvOptions.${member}`),
];

const placeOf = ({ name }: Field): number => {
  const place = order.indexOf(name);
  return place < 0 ? order.length : place;
};

/** The fields of a newer card in the order in which people think of them. */
export const inOrder = (fields: readonly Field[]): Field[] =>
  [...fields].sort((a, b) => placeOf(a) - placeOf(b));

/** @see cards.md, section 4.1 */
export const fileTypes = ['CSV', 'JSON', 'PARQUET'] as const;

/** What a file is, rather than where it goes. @see cards.md, section 4.1 */
const ofFile = ['fileType', 'compression', 'csvOptions', 'includeFileManifest'];

/** Whether a field says what the files are. */
export const isFileField = ({ name, path: [first = name] = [] }: Pick<Field, 'name' | 'path'>): boolean =>
  ofFile.includes(first);

/** How CSV is written where nobody says, whatever of it a card publishes: documents do not agree about quotes. */
export function withUsualCsv(field: Field): Field {
  const [first, member = ''] = field.path ?? [];
  const usual = new Map(Object.entries(usualCsvOptions)).get(member);
  const isOffered = field.choices?.some(({ value }) => value === usual) === true;
  return first === 'csvOptions' && isOffered ? { ...field, defaultValue: usual } : field;
}
