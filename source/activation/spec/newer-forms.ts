import { besideParams, besideSignIn, field, newerCard } from './catalog.ts';
import type { Field } from './field.ts';
import type { Forms } from './forms.ts';
import { fileTypes, newerFields } from './newer-fields.ts';

/** A sign-in: its name, what is shown of it and what is secret. */
type SignIn = readonly [specName: string, shown: readonly Field[], secrets: readonly Field[]];

/** What of a newer card is its own: the rest is the same on all of them. */
interface Documented {
  readonly auth: readonly SignIn[];
  readonly place: readonly Field[];
}

const named = (name: string, pattern?: string): Field => ({
  ...(newerFields.find((one) => one.name === name) ?? field(name, name)),
  ...(pattern === undefined ? {} : { pattern }),
});

const chosen = (name: string, values: readonly string[], facts: Partial<Field> = {}): Field =>
  field(name, name, { choices: values.map((value) => ({ value, title: value })), ...facts });

const csvOptions: Readonly<Record<string, readonly string[]>> = {
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

const path = named('path');
/** Macros of the segment end a folder; nowhere else may they stand. */
const pathWithMacros = named(
  'path',
  String.raw`^[0-9a-zA-Z\/\!\-_\.\*\''\(\)]*((\%SEGMENT_(NAME|ID)\%)?\/?)+$`,
);
const server = [named('domain'), named('username')];

/** By the name of the card. @see cards.md, sections 3.1 and 4.1 */
const documented: Readonly<Record<string, Documented>> = {
  'Amazon S3': {
    auth: [
      [
        'Access Key',
        [named('s3AccessKey', '^[A-Z2-7]{20}$')],
        [named('s3SecretKey', String.raw`^[A-Za-z0-9\/\+]{40}$`)],
      ],
      ['Assumed Role', [], [named('s3Role')]],
    ],
    place: [
      named(
        'bucketName',
        String.raw`(?=^.{3,63}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])\.)*([a-z0-9]|[a-z0-9][a-z0-9\-]*[a-z0-9])$)`,
      ),
      pathWithMacros,
    ],
  },
  'Azure Blob Storage': {
    auth: [['ConnectionString', [], [named('connectionString')]]],
    place: [
      named('container', '^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$'),
      named('path', String.raw`^[0-9a-zA-Z\/\!\-_\.\*\'\(\)]+$`),
    ],
  },
  SFTP: {
    auth: [
      ['SFTP with Password', server, [named('password')]],
      ['SFTP with SSH Key', server, [{ ...named('sshKey'), isBase64: true }]],
    ],
    place: [named('remotePath')],
  },
  'Azure Data Lake Gen2': {
    auth: [
      [
        'Azure Service Principal Auth',
        [named('url'), named('tenant'), named('servicePrincipalId')],
        [named('servicePrincipalKey')],
      ],
    ],
    place: [path],
  },
  'Data Landing Zone': { auth: [], place: [path] },
  'Google Cloud Storage': {
    auth: [
      ['Google Cloud Storage authentication credentials', [named('accessKeyId')], [named('secretAccessKey')]],
    ],
    place: [
      named(
        'bucketName',
        String.raw`(?!^goog.*$)(?!^.*g(o|0)(o|0)gle.*$)(((?=^.{3,63}$)(^([a-z0-9]|[a-z0-9][a-z0-9\-_]*)[a-z0-9]$))|((?=^.{3,222}$)(?!^(\d+\.)+\d+$)(^(([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])\.)*([a-z0-9]{1,63}|[a-z0-9][a-z0-9\-_]{1,61}[a-z0-9])$)))`,
      ),
      pathWithMacros,
    ],
  },
};

/** What a newer card asks for, as the platform's documentation has it: to hold a plan against without a network. */
export function newerForms(connectionSpecId: string): Forms | undefined {
  const known = documented[newerCard(connectionSpecId)?.name ?? ''];
  return (
    known && {
      auth: known.auth.map(([specName, shown, secrets]) => ({
        specName,
        fields: [...shown, ...secrets, ...besideSignIn(connectionSpecId)],
      })),
      modes: [{ fields: [...known.place, ...ofFile, ...besideParams] }],
      standsIn: { auth: true, location: true },
    }
  );
}
