import { newerCard } from '../../activation/spec/catalog.ts';
import { isFileField } from '../../activation/spec/newer-forms.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { joined, type Words } from '../page.ts';
import { locationValue } from '../target/field-title.ts';

/** Where the files go, and on a card of today what they are. */
export function placeTexts(plan: Plan, { text, glyphs }: Words): readonly string[] {
  const { fileType, compression, includeFileManifest } = plan.destination.location;
  const said = [
    ...Object.entries({ fileType, compression }).flatMap(([name, value]) =>
      typeof value === 'string' ? [locationValue(text, name, value)] : [],
    ),
    ...(includeFileManifest === true ? [text('files.manifest')] : []),
  ];
  return [addressOf(plan.destination), joined(glyphs, said)].filter((line) => line !== '');
}

/** As much of a destination as says where its files go. */
interface Addressed {
  readonly connectionSpecId: string;
  readonly location: Readonly<Record<string, unknown>>;
  readonly auth?: { readonly params: Readonly<Record<string, unknown>> } | undefined;
}

/** `s3://crm-exports/daily/`, or what is said of the place, as far as that is an address. */
export function addressOf(destination: Addressed): string {
  const { mode: given, ...params } = destination.location;
  const mode = typeof given === 'string' ? given : undefined;
  // A switch is no part of an address, and a secret none that is shown.
  const said = (value: unknown): string => (typeof value === 'string' ? value : '');
  const parts = Object.entries(params).filter(
    ([name]) => !isFileField({ name }) && !/format|type|compression/i.test(name),
  );
  // A folder is in a bucket, whatever is said first.
  const isFolder = ([name]: readonly [string, unknown]): number => Number(/path$/i.test(name));
  const place = parts
    .sort((a, b) => isFolder(a) - isFolder(b))
    .map(([, value]) => said(value).replace(/^\/+|\/+$/g, ''))
    .filter((part) => part !== '')
    .join('/');
  const auth = destination.auth?.params ?? {};
  const sftp = (): string => {
    const host = [auth['domain'], auth['host']].map(said).find((one) => one !== '');
    return host === undefined ? `/${place}/` : `sftp://${host}/${place}/`;
  };
  switch (newerCard(destination.connectionSpecId)?.name ?? mode) {
    case 'Amazon S3':
    case 'S3':
      return `s3://${place}/`;
    case 'Google Cloud Storage':
      return `gs://${place}/`;
    case 'Azure Data Lake Gen2':
      return auth['url'] === undefined ? `${place}/` : `${said(auth['url'])}/${place}/`;
    case 'SFTP':
    case 'FTP':
      return sftp();
    default:
      return place === '' ? (mode ?? '') : `${place}/`;
  }
}
