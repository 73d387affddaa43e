import { createHash } from 'node:crypto';
import type { ProblemId } from '../plan/problem.ts';

/** A public key as the platform takes it, or why it cannot be. */
type PublicKeyReading =
  | {
      readonly kind: 'key';
      /** The whole armored text in base64. */
      readonly base64: string;
      /** In capital hexadecimal digits, as every tool shows it. */
      readonly fingerprint: string;
    }
  | { readonly kind: 'mistake'; readonly id: ProblemId };

const mistake = (id: ProblemId): PublicKeyReading => ({ kind: 'mistake', id });

/** Longer than any key with its signatures. UTF-16 units. */
const longestKey = 256 * 1024;
const begin = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const end = '-----END PGP PUBLIC KEY BLOCK-----';

/**
 * Reads what somebody gave for the public key that files are encrypted with: an armored OpenPGP block, or base64 of one.
 * Only an RSA key is taken.
 *
 * @returns A mistake never repeats what was given: it may be a private key.
 * @see cards.md, section 3.3; flow-service.md, section 2.3; RFC 4880, sections 4.2, 5.5.2, 6 and 12.2
 */
export function readPublicKey(given: string): PublicKeyReading {
  if (given.length > longestKey) return mistake('publicKey.none');
  const text = armored(given.trim());
  if (/PRIVATE KEY/.test(text)) return mistake('publicKey.private');
  const from = text.indexOf(begin);
  if (from === -1) return mistake('publicKey.none');
  const to = text.indexOf(end, from);
  const bytes = to === -1 ? undefined : bodyOf(text.slice(from + begin.length, to));
  const packet = bytes && firstPacket(bytes);
  if (!packet || !isWhole(bytes)) return mistake('publicKey.cutOff');
  const [version, , , , , algorithm = 0] = packet;
  // 1 to 3 are RSA, alone or for one purpose.
  if (version !== 4 || algorithm < 1 || algorithm > 3) return mistake('publicKey.notRsa');
  const length = Buffer.from([0x99, packet.length >> 8, packet.length & 0xff]);
  const fingerprint = createHash('sha1').update(length).update(packet).digest('hex').toUpperCase();
  const whole = `${text.slice(from, to)}${end}\n`;
  return { kind: 'key', base64: Buffer.from(whole, 'utf8').toString('base64'), fingerprint };
}

/** An armored text, also out of base64 and without what copying does to its line ends. */
function armored(given: string): string {
  const packed = given.replaceAll(/\s/g, '');
  const isPacked = !given.startsWith('-----') && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
  const text = isPacked ? Buffer.from(packed, 'base64').toString('utf8') : given;
  return text
    .replaceAll(/(?:\\r)?\\n/g, '\n')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[ \t]+$/gm, '');
}

/** The bytes of an armored body, whose checksum is right where it has one. */
function bodyOf(body: string): Buffer | undefined {
  const [, lines = body] = /^\n(?:[A-Za-z]+: .*\n)*\n([\s\S]*)$/.exec(body) ?? [];
  const [data = '', sum] = lines.replaceAll(/\s/g, '').split(/=(?=[A-Za-z0-9+/]{4}$)/);
  if (data === '' || data.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return undefined;
  const bytes = Buffer.from(data, 'base64');
  return sum === undefined || Buffer.from(sum, 'base64').readUIntBE(0, 3) === crc24(bytes)
    ? bytes
    : undefined;
}

/** @see RFC 4880, section 6.1 */
function crc24(bytes: Buffer): number {
  let sum = 0xb704ce;
  for (const byte of bytes) {
    sum ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x800000 ? (sum << 1) ^ 0x1864cfb : sum << 1;
  }
  return sum & 0xffffff;
}

/** Whether what follows the first packet, its names and their signatures, is there to the last byte. */
function isWhole(bytes: Buffer): boolean {
  let at = 0;
  while (at < bytes.length) {
    const packet = packetAt(bytes.subarray(at));
    if (!packet) return false;
    at += packet.end;
  }
  return true;
}

/** The body of the first packet, which has to be a public key; nothing where it is not whole. */
function firstPacket(bytes: Buffer): Buffer | undefined {
  const packet = packetAt(bytes);
  return packet?.tag === 6 && packet.body.length > 6 ? packet.body : undefined;
}

/** @see RFC 4880, section 4.2 */
function packetAt(bytes: Buffer): { tag: number; body: Buffer; end: number } | undefined {
  const [head = 0, first = 0, second = 0] = bytes;
  const isNew = (head & 0x40) !== 0;
  if ((head & 0x80) === 0) return undefined;
  const tag = isNew ? head & 0x3f : (head >> 2) & 0x0f;
  const lengthBytes = isNew ? (first < 192 ? 1 : first < 224 ? 2 : 5) : 1 << (head & 3);
  if (bytes.length < 1 + lengthBytes || (!isNew && lengthBytes === 8)) return undefined;
  const length = !isNew
    ? bytes.readUIntBE(1, lengthBytes)
    : lengthBytes === 1
      ? first
      : lengthBytes === 2
        ? ((first - 192) << 8) + second + 192
        : bytes.readUInt32BE(2);
  const end = 1 + lengthBytes + length;
  return end > bytes.length ? undefined : { tag, body: bytes.subarray(1 + lengthBytes, end), end };
}
