import { type CsvOptions, usualCsvOptions } from '../content/csv-file.ts';
import {
  besideParams,
  besideSignIn,
  field,
  knownFields,
  newerCard,
  type NewerCardName,
  secret,
} from './catalog.ts';
import type { Field } from './field.ts';
import type { Forms } from './forms.ts';
import { lakeAddress } from './value-form.ts';

/** What of a newer card is its own: the rest is the same on all of them. */
interface Documented {
  readonly auth: Readonly<Record<string, readonly Field[]>>;
  readonly place: readonly Field[];
}

const chosen = (name: string, values: readonly string[], facts: Partial<Field> = {}): Field =>
  field(name, name, { choices: values.map((value) => ({ value, title: value })), ...facts });

/** @see cards.md, section 4.1 */
export const fileTypes = ['CSV', 'JSON', 'PARQUET'] as const;

const csvOptions: Readonly<Record<keyof CsvOptions, readonly string[]>> = {
  delimiter: [',', '\t', '|', ';', ':'],
  quote: ['"', ''],
  escape: ['\\', "'"],
  nullValue: ['null', '""', ''],
  emptyValue: ['null', '""', ''],
};

const ofFile: readonly Field[] = [
  chosen('fileType', fileTypes),
  chosen('compression', ['NONE', 'GZIP']),
  ...Object.entries(csvOptions).map(([name, values]) =>
    chosen(`csvOptions.${name}`, values, {
      path: ['csvOptions', name],
      isRequired: false,
      conditions: [{ field: 'fileType', operator: 'EQUALS', values: ['CSV'] }],
    }),
  ),
];

const { s3AccessKey, s3SecretKey, connectionString, domain, username, password, sshKey } = knownFields;
const { bucketName, container, path, remotePath } = knownFields;
/** Macros of the segment end a folder; nowhere else may they stand. */
const pathWithMacros: Field = {
  ...path,
  pattern: String.raw`^[0-9a-zA-Z\/\!\-_\.\*\''\(\)]*((\%SEGMENT_(NAME|ID)\%)?\/?)+$`,
};

/** By the name of the card, in the order in which people think of it. @see cards.md, sections 3.1 and 4.1 */
const documented: Readonly<Record<NewerCardName, Documented>> = {
  'Amazon S3': {
    auth: {
      'Access Key': [s3AccessKey, s3SecretKey],
      'Assumed Role': [field('s3Role', 'Role', { example: 'arn:aws:iam::123456789012:role/aep-export' })],
    },
    place: [bucketName, pathWithMacros],
  },
  'Azure Blob Storage': {
    auth: { ConnectionString: [connectionString] },
    place: [container, { ...path, pattern: String.raw`^[0-9a-zA-Z\/\!\-_\.\*\'\(\)]+$` }],
  },
  SFTP: {
    auth: {
      'SFTP with Password': [domain, username, password],
      'SFTP with SSH Key': [domain, username, { ...sshKey, isBase64: true }],
    },
    place: [remotePath],
  },
  'Azure Data Lake Gen2': {
    auth: {
      'Azure Service Principal Auth': [
        field('url', 'Address of the container', {
          pattern: lakeAddress.source,
          example: 'abfss://exports@acme.dfs.core.windows.net',
        }),
        field('tenant', 'Tenant', { example: 'acme.onmicrosoft.com' }),
        field('servicePrincipalId', 'Application ID'),
        secret('servicePrincipalKey', 'Application secret'),
      ],
    },
    place: [path],
  },
  'Data Landing Zone': { auth: {}, place: [path] },
  'Google Cloud Storage': {
    auth: {
      'Google Cloud Storage authentication credentials': [
        field('accessKeyId', 'Access key ID'),
        secret('secretAccessKey', 'Secret access key'),
      ],
    },
    place: [
      {
        ...bucketName,
        pattern: String.raw`(?!^goog.*$)(?!^.*g(o|0)(o|0)gle.*$)(((?=^.{3,63}$)(^([a-z0-9]|[a-z0-9][a-z0-9\-_]*)[a-z0-9]$))|((?=^.{3,222}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])\.)*([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])$)))`,
      },
      pathWithMacros,
    ],
  },
};

/** What a newer card asks for, as the platform's documentation has it: to hold a plan against without a network. */
export function newerForms(connectionSpecId: string): Forms | undefined {
  const card = newerCard(connectionSpecId);
  const known = card && documented[card.name];
  return (
    known && {
      auth: Object.entries(known.auth).map(([specName, fields]) => ({
        specName,
        fields: [...fields, ...besideSignIn(connectionSpecId)],
      })),
      modes: [{ fields: [...known.place, ...ofFile, ...besideParams] }],
      standsIn: { auth: true, location: true },
      encrypts: card.encryptsNothing !== true,
    }
  );
}

/**
 * Fields that a newer card publishes, in the order in which people think of them.
 *
 * @param known - The same as documented.
 */
export function inOrder(fields: readonly Field[], known: readonly Field[]): Field[] {
  const placeOf = ({ name }: Field): number => {
    const place = known.findIndex((one) => one.name === name);
    return place < 0 ? known.length : place;
  };
  return [...fields].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Whether a field says what the files are, rather than where they go. @see cards.md, section 4.1 */
export const isFileField = ({ name, path: [first = name] = [] }: Pick<Field, 'name' | 'path'>): boolean =>
  ['fileType', 'compression', 'csvOptions', 'includeFileManifest'].includes(first);

/** How CSV is written where nobody says, whatever of it a card publishes: documents do not agree about quotes. */
export function withUsualCsv(field: Field): Field {
  const [first, member = ''] = field.path ?? [];
  const usual = new Map(Object.entries(usualCsvOptions)).get(member);
  const isOffered = field.choices?.some(({ value }) => value === usual) === true;
  return first === 'csvOptions' && isOffered ? { ...field, defaultValue: usual } : field;
}
