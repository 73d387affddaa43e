import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { HostKey } from './store.ts';

interface Line {
  readonly isRevoked: boolean;
  readonly type: string;
  readonly key: string;
}

/** How a host is written in `known_hosts`. */
const written = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`);

/** The lines of `known_hosts` files about a host. Authorities are left out: nobody here can check a certificate. @see sshd(8) */
function linesAbout(files: readonly string[], host: string, port: number): Line[] {
  const name = written(host.toLowerCase(), port);
  return files
    .flatMap((text) => text.split('\n'))
    .flatMap((line): Line[] => {
      const words = line.trim().split(/\s+/);
      const marker = words[0]?.startsWith('@') === true ? words.shift() : undefined;
      const [hosts = '', type = '', key = ''] = words;
      if (hosts === '' || hosts.startsWith('#') || key === '' || marker === '@cert-authority') return [];
      return isAbout(hosts, name) ? [{ isRevoked: marker === '@revoked', type, key }] : [];
    });
}

function isAbout(hosts: string, name: string): boolean {
  const hashed = /^\|1\|([^|]+)\|([^|]+)$/.exec(hosts);
  if (hashed) {
    const [, salt = '', hash = ''] = hashed;
    const own = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
    const given = Buffer.from(hash, 'base64');
    return given.length === own.length && timingSafeEqual(given, own);
  }
  const patterns = hosts.toLowerCase().split(',');
  const fits = (pattern: string): boolean => globFits(pattern, name);
  if (patterns.some((one) => one.startsWith('!') && fits(one.slice(1)))) return false;
  return patterns.some(fits);
}

/** `*` and `?`, without a way back that would take for ever. */
function globFits(pattern: string, name: string): boolean {
  const parts = pattern
    .split('*')
    .map((one) => one.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('?', '.'));
  if (parts.length > 8) return false;
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** Types of the keys that are known of a host: these are asked for first, as ssh does. */
export const knownTypes = (files: readonly string[], host: string, port: number): string[] => [
  ...new Set(
    linesAbout(files, host, port)
      .filter((one) => !one.isRevoked)
      .map(({ type }) => type),
  ),
];

/** Types of keys, in the order in which ssh asks for them, and as `known_hosts` has them. */
const types: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/**
 * A key as a server shows it, held against `known_hosts`. One of a type that is known was asked for first: who shows
 * another has not got it, or hides it.
 *
 * @param key - In the form of the wire.
 */
export function hostKeyOf(key: Buffer, files: readonly string[], host: string, port: number): HostKey {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0);
  const type = key.toString('latin1', 4, Math.min(4 + length, 64)).replaceAll(/[^\w@.-]/g, '');
  const fingerprint = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
  const lines = linesAbout(files, host, port);
  const same = lines.filter((one) => one.key === key.toString('base64'));
  // Whoever has none of the keys that are known, of whatever type it is, is not known to be the same.
  const others = lines.filter((one) => !one.isRevoked && (one.type === type || types.includes(one.type)));
  const known = same.some((one) => one.isRevoked)
    ? 'revoked'
    : same.length > 0
      ? 'same'
      : others.length > 0
        ? 'changed'
        : 'unknown';
  return { type, fingerprint, known };
}
