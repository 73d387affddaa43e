import { listText, type Text } from './texts.ts';

/** A place that files go to, as far as words need it. */
export interface ToldPlace {
  readonly kind: 's3' | 'azure' | 'sftp';
  readonly cloud?: 'amazon' | 'google';
  readonly server: string;
  /** Bucket or container. */
  readonly name?: string | undefined;
  readonly folder: string;
  readonly user?: string | undefined;
  /** Where the plan says what opens it, a JSON path; nothing where no plan does. */
  readonly secret?: string | undefined;
}

/** Why it could not be used, as far as words need it. */
interface ToldFailure {
  readonly kind: string;
  readonly act?: string;
  readonly code?: string;
  readonly what?: string;
  readonly region?: string;
  readonly offered?: readonly string[];
  readonly hostKey?: { readonly type: string; readonly fingerprint: string };
}

/** Bucket or container, and folder, as far as there are. */
export const placeText = (text: Text, place: ToldPlace): string =>
  listText(text, [
    ...(place.name === undefined ? [] : [holderText(text, place)]),
    ...(place.folder === '' && place.name !== undefined ? [] : [folderText(text, place)]),
  ]);

/** What has to be there: an object store has no folders. */
export const holderText = (text: Text, place: ToldPlace): string => {
  const { kind, name = '' } = place;
  if (kind === 'sftp') return folderText(text, place);
  return kind === 's3' ? text('storage.inBucket', { name }) : text('storage.inContainer', { name });
};

const folderText = (text: Text, { folder }: ToldPlace): string =>
  text('storage.inFolder', { folder: folder === '' ? '.' : folder });

type Rights = Readonly<Record<'list' | 'write' | 'read' | 'delete', string>>;
const ofAmazon: Rights = {
  list: 's3:ListBucket',
  write: 's3:PutObject',
  read: 's3:GetObject',
  delete: 's3:DeleteObject',
};
const ofGoogle: Rights = {
  list: 'storage.objects.list',
  write: 'storage.objects.create',
  read: 'storage.objects.get',
  delete: 'storage.objects.delete',
};
const ofAzure: Rights = { list: 'List', write: 'Write', read: 'Read', delete: 'Delete' };

/** The right that an act takes, and those that the platform asks for. @see cards.md, section 3.1 */
function rightsOf({ kind, cloud }: ToldPlace, act: string): { right: string; rights: string[] } {
  const rights = kind === 'azure' ? ofAzure : cloud === 'google' ? ofGoogle : ofAmazon;
  const right = Object.hasOwn(rights, act) ? rights[act as keyof Rights] : act;
  const more = rights === ofAmazon ? ['s3:GetBucketLocation', 's3:ListMultipartUploadParts'] : [];
  return { right, rights: [...Object.values(rights), ...more] };
}

/** What the very text is at fault for that opens a place. */
const ofSecret: readonly string[] = ['wrongSecret', 'wrongPassword', 'keyFormat', 'connectionString'];

/** A failure in words: what was seen, and what to do. */
export function storageText(
  text: Text,
  failure: ToldFailure,
  place: ToldPlace,
): { readonly what: string; readonly next: string } {
  const { kind, act = '', code = '', what = '', region = '', offered = [], hostKey } = failure;
  const { server, name = '', folder, user = '', secret } = place;
  const [, bracketed, bare = '', port] = /^(?:\[(.*)\]|([^:]*|.*:.*:.*))(?::(\d+))?$/.exec(server) ?? [];
  const host = bracketed ?? bare;
  const actId = `storage.act.${act}`;
  const values = {
    ...{ server, host, name, user, code, what, offered },
    folder: folder === '' ? '.' : folder,
    region: region === '' ? '?' : region,
    known: port === undefined ? host : `[${host}]:${port}`,
    type: hostKey?.type ?? '',
    fingerprint: hostKey?.fingerprint ?? '',
    act: text.has(actId) ? text(actId) : act,
    ...rightsOf(place, act),
  };
  const said = (id: string): string => (text.has(id) ? text(id, values) : '');
  const isAccount = kind === 'noName' && place.kind === 'azure';
  // Of a folder on a server nobody tells one right from another.
  const isFolder = kind === 'noRight' && place.kind === 'sftp';
  const way = kind + (isAccount ? 'Account' : isFolder ? 'Folder' : '');
  const next = said(`storage.next.${way}`);
  const isInPlan = secret !== undefined && ofSecret.includes(kind);
  return {
    what: said(`storage.fail.${kind}`) || text('storage.fail.other', values),
    next: isInPlan ? text('storage.next.inPlan', { next, secret }) : next,
  };
}
