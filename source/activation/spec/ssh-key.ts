import type { ProblemId } from '../plan/problem.ts';

/** A private key as a server can use it, or why it cannot be. */
export type KeyReading =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'mistake'; readonly id: ProblemId };

const mistake = (id: ProblemId): KeyReading => ({ kind: 'mistake', id });

/** Longer than any key. UTF-16 units. */
const longestKey = 64 * 1024;
/** Lines of a key that is laid out anew. */
const lineLength = 64;

/**
 * Reads what somebody gave for a private SSH key (OpenSSH, PKCS#1, PKCS#8 or SEC 1, also as base64 of one of them).
 *
 * What copying does to a key is undone where nothing has to be guessed: a byte order mark, quotes, `\n` for line ends,
 * line ends of other systems, blanks around its lines, a key on one line. Whether a server knows the key only a server
 * can tell.
 *
 * @returns The key with LF line ends; a mistake never repeats it.
 */
export function readKey(given: string): KeyReading {
  if (given.length > longestKey) return mistake('key.none');
  const text = undone(given);
  if (/^(ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)[\w@.-]*\s+AAAA/m.test(text)) return mistake('key.public');
  if (/^-{4,5} ?BEGIN (SSH2 |RSA |DSA |EC )?PUBLIC KEY ?-{4,5}/m.test(text)) return mistake('key.public');
  if (text.startsWith('PuTTY-User-Key-File-')) return mistake('key.putty');
  if (!text.includes('\n') && isPath(text)) return mistake('key.path');
  const begin = /^-----BEGIN ((?:[A-Z0-9]+ )*PRIVATE KEY)-----/m.exec(text);
  if (!begin) {
    const inside = decoded(text);
    // Base64 of the whole file is how some forms want it; then the file is judged.
    if (inside !== undefined) {
      const reading = readKey(inside);
      return reading.kind === 'key' ? { kind: 'key', text } : reading;
    }
    return mistake(/-----END .*PRIVATE KEY-----\s*$/.test(text) ? 'key.cutOff' : 'key.none');
  }
  const label = begin[1] ?? '';
  const from = begin.index + begin[0].length;
  const end = text.indexOf(`-----END ${label}-----`, from);
  const body = text.slice(from, end === -1 ? undefined : end);
  if (label === 'ENCRYPTED PRIVATE KEY' || /^\s*Proc-Type:.*ENCRYPTED/m.test(body))
    return mistake('key.passphrase');
  if (end === -1) return mistake('key.cutOff');
  const packed = body.replaceAll(/^[A-Za-z-]+:.*$/gm, '').replaceAll(/\s/g, '');
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? Buffer.from(packed, 'base64') : undefined;
  if (!bytes || packed.length % 4 === 1) return mistake('key.cutOff');
  const isOpenSsh = label === 'OPENSSH PRIVATE KEY';
  if (isOpenSsh && isEncrypted(bytes)) return mistake('key.passphrase');
  if (isOpenSsh ? !isWholeOpenSsh(bytes) : !isWholeDer(bytes)) return mistake('key.cutOff');
  const isOneLine = !body.trim().includes('\n') && packed.length > lineLength;
  const lines = isOneLine ? (packed.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? []) : [body.trim()];
  return { kind: 'key', text: [begin[0], ...lines, `-----END ${label}-----`].join('\n') };
}

/** How the algorithm of an RSA key begins in PKCS#8, whatever it is for. @see RFC 8017, appendix A.1 */
const rsaArc = '\x2a\x86\x48\x86\xf7\x0d\x01\x01';

/**
 * Whether a key says that it is of another kind than RSA; one that does not say is taken to be right.
 *
 * @param text - As `readKey` gives it.
 */
export function isOtherThanRsa(text: string): boolean {
  const [, label = '', packed = ''] =
    /-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----([^-]*)/.exec(decoded(text) ?? text) ?? [];
  const bytes = Buffer.from(packed, 'base64');
  if (label === 'OPENSSH ') {
    const kind = openSshKind(bytes);
    return kind !== undefined && kind !== 'ssh-rsa';
  }
  if (label !== '') return label !== 'RSA ';
  const [, algorithm] =
    /^\x30[^]{1,4}?\x02\x01[\x00\x01]\x30[^]{1,4}?\x06[^]([^]*)/.exec(bytes.toString('latin1')) ?? [];
  return algorithm?.startsWith(rsaArc) === false;
}

/** Without what copying does: see `readKey`. */
function undone(given: string): string {
  let text = given.replace(/^\ufeff/, '').trim();
  for (let quotes = 0; quotes < 3 && /^(["'`])[\s\S]*\1,?$/.test(text); quotes++)
    text = text.replace(/,$/, '').slice(1, -1).trim();
  if (/-----BEGIN/.test(text)) text = text.replaceAll(/(?:\\r)?\\n/g, '\n');
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** What names a file and is none. */
const isPath = (text: string): boolean =>
  /^(~|\.{1,2})?[/\\]|^[A-Za-z]:[\\/]|^file:|^(id_[a-z0-9_]+|[^\s]+\.(pem|key|ppk|pub|der))$/i.test(text) &&
  text.length < 1024;

function decoded(text: string): string | undefined {
  const packed = text.replaceAll(/\s/g, '');
  if (packed.length < 40 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) return undefined;
  const inside = Buffer.from(packed, 'base64').toString('utf8');
  return /^\ufeff?\s*(-----BEGIN |PuTTY-|ssh-|ecdsa-)/.test(inside) ? inside : undefined;
}

const magic = 'openssh-key-v1\0';

/** The texts of an OpenSSH key after its mark: cipher, derivation, its options. Nothing where it is cut off. */
function isEncrypted(bytes: Buffer): boolean {
  const cipher = textAt(bytes, magic.length);
  return (
    bytes.toString('latin1', 0, magic.length) === magic && cipher !== undefined && cipher.value !== 'none'
  );
}

function textAt(bytes: Buffer, at: number): { value: string; end: number } | undefined {
  if (at + 4 > bytes.length) return undefined;
  const end = at + 4 + bytes.readUInt32BE(at);
  return end > bytes.length ? undefined : { value: bytes.toString('latin1', at + 4, end), end };
}

/** What the first public key of an OpenSSH key says it is: `ssh-ed25519`. */
function openSshKind(bytes: Buffer): string | undefined {
  let at: number | undefined = magic.length;
  for (let part = 0; part < 3 && at !== undefined; part++) at = textAt(bytes, at)?.end;
  const key = at === undefined ? undefined : textAt(bytes, at + 4)?.value;
  return key === undefined ? undefined : textAt(Buffer.from(key, 'latin1'), 0)?.value;
}

/** Whether every part of it is there; so it is taken to be where nothing says how long it is. @see PROTOCOL.key of OpenSSH */
function isWholeOpenSsh(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, magic.length) !== magic) return true;
  let at = magic.length;
  for (let part = 0; part < 3; part++) {
    const next = textAt(bytes, at);
    if (!next) return false;
    at = next.end;
  }
  if (at + 4 > bytes.length) return false;
  const keys = bytes.readUInt32BE(at);
  at += 4;
  // The public keys, and the private ones in one part.
  for (let part = 0; part < Math.min(keys, 16) + 1; part++) {
    const next = textAt(bytes, at);
    if (!next) return false;
    at = next.end;
  }
  return keys > 0;
}

/** Whether the outermost sequence, where there is one, is as long as it says. @see X.690, section 8.1 */
function isWholeDer(bytes: Buffer): boolean {
  const first = bytes[1] ?? 0;
  if (bytes[0] !== 0x30) return true;
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || bytes.length < 2 + more) return false;
  const length = more === 0 ? first : bytes.readUIntBE(2, more);
  return bytes.length >= 2 + more + length;
}
