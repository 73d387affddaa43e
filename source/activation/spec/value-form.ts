import { isIP } from 'node:net';
import { usualCsvOptions } from '../content/csv-file.ts';
import { replaceInvisible } from '../../ground/invisible.ts';
import { type ProblemId } from '../plan/problem.ts';

export { secretTail } from '../../ground/secret-tail.ts';

/** What no server can mean by a value that is shown, and what was meant where nothing has to be guessed. */
interface ValueMistake {
  readonly id: ProblemId;
  readonly better?: string | undefined;
}

/** Longer texts are none of a form. UTF-16 units. */
export const longestValue = 4096;

/** What a spec calls a private key. */
export const isKeyName = (name: string): boolean => /ssh|pem|privatekey/i.test(name);

/** A private key of any kind, whole or its beginning. */
export const holdsPrivateKey = (value: string): boolean =>
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY|PuTTY-User-Key-File-\d/.test(value);

/** Why a paste is no value of a field that is shown; nothing where it may be one. */
export function refusedPaste(
  pasted: string,
): Extract<ProblemId, 'field.keyRefused' | 'field.lines' | 'field.tooLong'> | undefined {
  if (holdsPrivateKey(pasted)) return 'field.keyRefused';
  if (/[\r\n]/.test(pasted.trim())) return 'field.lines';
  return pasted.length > longestValue ? 'field.tooLong' : undefined;
}

/** What a sign of CSV is called: blanks, quotes and TAB are signs. @see cards.md, section 4.1 */
const isSignName = (name: string): boolean => Object.hasOwn(usualCsvOptions, name);

const isHostName = (name: string): boolean => /^(host|hostname|domain|server)$/i.test(name);
/** What a spec calls a bucket or a container. */
export const isStoreName = (name: string): boolean =>
  /^(bucketName|bucket|container|containerName)$/i.test(name);

/**
 * What is wrong with a value that is shown, whatever pattern its spec has.
 *
 * @param name - Of the parameter, `host`; of a nested one, its last part.
 */
export function valueMistake(name: string, value: string): ValueMistake | undefined {
  // A folder may be called anything by those who made it; only what copying leaves around it was not meant.
  const isFolder = /path$|^folder/i.test(name);
  if (!isFolder && /[\r\n]/.test(value)) return { id: 'field.lines' };
  const seen = replaceInvisible(value, '');
  const bare = seen.trim();
  if (seen !== value) return { id: 'field.invisible', better: isSignName(name) ? seen : bare };
  if (isSignName(name)) return undefined;
  if (bare !== value) return { id: 'field.blanks', better: bare };
  const quoted = /^(["'`])(.+)\1$/.exec(value);
  if (quoted) return { id: 'field.quotes', better: quoted[2] };
  if (isRoleName(name)) return isRole(value) ? undefined : { id: 'role.form' };
  if (isHostName(name)) return hostMistake(value);
  if (/^port$/i.test(name)) return isPort(value) ? undefined : { id: 'port.form' };
  const address = isStoreName(name) ? /^[a-z][a-z0-9+.-]*:\/\/([^/]+)/i.exec(value) : undefined;
  if (address) return { id: 'store.address', better: address[1] };
  return name.toLowerCase() === 'url' ? lakeMistake(value) : undefined;
}

/** The address of a container of a data lake. @see cards.md, section 3.1 */
export const lakeAddress =
  /^abfss:\/\/[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]@[a-z0-9]{3,24}\.dfs\.core\.windows\.net$/;

/**
 * An address of an Azure storage account that is none of a container of a data lake. Any other address may be right:
 * a card of somebody's own may want one.
 *
 * @see cards.md, section 3.1
 */
function lakeMistake(value: string): ValueMistake | undefined {
  if (!/^abfss?:|\.(dfs|blob)\.core\.windows\.net/i.test(value) || lakeAddress.test(value)) return undefined;
  const [, container, account] = /^abfss?:\/\/([^@/]+)@([^./]+)\./i.exec(value) ?? [];
  const [, host, folder] =
    /^https?:\/\/([^./]+)\.(?:dfs|blob)\.core\.windows\.net\/([^/?]+)/i.exec(value) ?? [];
  const better =
    `abfss://${container ?? folder ?? ''}@${account ?? host ?? ''}.dfs.core.windows.net`.toLowerCase();
  return { id: 'lake.address', better: lakeAddress.test(better) ? better : undefined };
}

/** What a spec calls the connection string of a storage account. */
export const isConnectionName = (name: string): boolean => /^connectionString$/i.test(name);

/** Why a text opens no storage account. */
type ConnectionMistake = Extract<ProblemId, `connection.${string}`>;

/**
 * What is wrong with the connection string of an Azure storage account: parts with one `=` each, parted by `;`, in any
 * order, that name the account with its key, or its address with a shared access signature. It is never repeated.
 *
 * @see cards.md, section 3.1; the names are those of Azure Storage
 */
export function connectionMistake(value: string): ConnectionMistake | undefined {
  const text = value.trim();
  if (/^(["'`]).+\1$/s.test(text)) return 'connection.quotes';
  if (/^https?:\/\//i.test(text)) return 'connection.address';
  if (/[\r\n]/.test(text)) return 'connection.form';
  const parts = text.split(';').filter((part) => part.trim() !== '');
  const pairs = parts.map((part) => /^\s*(\w+)=(.+)$/.exec(part));
  if (!pairs.every((pair) => pair !== null)) return 'connection.form';
  const said = new Map(pairs.map(([, name = '', held = '']) => [name.toLowerCase(), held.trim()]));
  if (said.size < pairs.length) return 'connection.form';
  const signature = said.get('sharedaccesssignature');
  if (signature !== undefined) {
    if (!said.has('blobendpoint') && !said.has('accountname')) return 'connection.form';
    return /(?:^|[?&])sig=[^&]+/i.test(signature) ? undefined : 'connection.signature';
  }
  if (!said.has('accountname')) return 'connection.form';
  const key = said.get('accountkey');
  if (key === undefined) return 'connection.form';
  return /^[A-Za-z0-9+/]+={0,2}$/.test(key) && key.length % 4 === 0 ? undefined : 'connection.key';
}

/** What a spec calls a role of Amazon. */
export const isRoleName = (name: string): boolean => /^s3role$/i.test(name);

/** Whether a text names a role: its ARN, in any partition. @see cards.md, section 3.1 */
export const isRole = (value: string): boolean =>
  /^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(value);

/** Whether a text is the number of a port of TCP: 1 to 65535. */
const isPort = (value: string): boolean =>
  /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;

/** Signs of the width of ideographs, and their full stops: a keyboard of East Asia writes them. */
const wideSigns = /[\uff00-\uffef\u3002]/;

function hostMistake(value: string): ValueMistake | undefined {
  if (wideSigns.test(value)) {
    const narrow = value.normalize('NFKC').replaceAll('\u3002', '.');
    const mistake = hostMistake(narrow);
    return { id: 'host.wide', better: mistake ? mistake.better : narrow };
  }
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const [authority = ''] = value.slice(scheme.length).split(/[/?#]/);
  const folder = value.slice(scheme.length + authority.length);
  const [, user, place = ''] = /(?:(.*)@)?(.*)/.exec(authority) ?? [];
  // More than one colon is an address of IPv6, unless it stands in brackets.
  const [, bare = place, port] = /^(\[[^\]]*\]|[^:]*):(\d*)$/.exec(place) ?? [];
  const better = isServer(bare) ? bare : undefined;
  if (scheme !== '') return { id: 'host.scheme', better };
  if (user !== undefined) return { id: 'host.user', better };
  if (port !== undefined) return { id: 'host.port', better };
  if (folder !== '') return { id: 'host.folder', better };
  if (/\s/.test(value)) return { id: 'host.blank' };
  return value === '' || isServer(value) ? undefined : { id: 'host.form' };
}

/** Longest label and longest name. @see RFC 1035, section 2.3.4 */
const longestLabel = 63;
const longestName = 253;

/** Whether a server may be called so; names of other scripts are, and an underscore is met inside of companies. */
function isServer(value: string): boolean {
  if (isIP(value.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  // The root of all names may be written.
  const name = value.replace(/\.$/, '');
  const labels = name.split('.');
  return (
    name.length <= longestName &&
    labels.every(
      (label) => label.length <= longestLabel && /^(?!-)[\p{L}\p{M}\p{N}_-]+(?<!-)$/u.test(label),
    ) &&
    // What ends in a number is an address, and would have been a whole one.
    !/^\d+$/.test(labels.at(-1) ?? '')
  );
}
