import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostKeyOf, knownTypes } from '../../source/storage/known-hosts.ts';

/** A public key as the wire has it. */
function wire(type: string, body = 'body'): Buffer {
  const part = (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    return Buffer.concat([length, Buffer.from(text)]);
  };
  return Buffer.concat([part(type), part(body)]);
}

const key = wire('ssh-ed25519');
const base64 = key.toString('base64');
const other = wire('ssh-ed25519', 'other').toString('base64');
const ofRsa = wire('ssh-rsa').toString('base64');
const salt = Buffer.from('0123456789abcdef0123');
const hashed = (name: string): string =>
  `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;

describe('the key of a host, held against known_hosts', () => {
  it.each([
    ['the same', `files.example.com ssh-ed25519 ${base64}`, 'same'],
    ['one of several names', `10.0.0.1,files.example.com ssh-ed25519 ${base64} a comment`, 'same'],
    ['by a pattern', `*.example.com ssh-ed25519 ${base64}`, 'same'],
    ['by one sign', `file?.example.com ssh-ed25519 ${base64}`, 'same'],
    ['in other letters', `FILES.Example.com ssh-ed25519 ${base64}`, 'same'],
    ['hashed', `${hashed('files.example.com')} ssh-ed25519 ${base64}`, 'same'],
    ['after a comment and an empty line', `# one\n\n  files.example.com ssh-ed25519 ${base64}\r`, 'same'],
    ['another', `files.example.com ssh-ed25519 ${other}`, 'changed'],
    [
      'another beside it',
      `files.example.com ssh-ed25519 ${other}\nfiles.example.com ssh-ed25519 ${base64}`,
      'same',
    ],
    ['only one of another type', `files.example.com ssh-rsa ${ofRsa}`, 'changed'],
    ['only one of a type that is not asked for', `files.example.com ssh-dss ${ofRsa}`, 'unknown'],
    ['of another host', `other.example.com ssh-ed25519 ${other}`, 'unknown'],
    ['taken out of a pattern', `*.example.com,!files.example.com ssh-ed25519 ${other}`, 'unknown'],
    ['of another port', `[files.example.com]:2222 ssh-ed25519 ${other}`, 'unknown'],
    ['hashed, of another host', `${hashed('other.example.com')} ssh-ed25519 ${other}`, 'unknown'],
    ['an authority', `@cert-authority *.example.com ssh-ed25519 ${other}`, 'unknown'],
    ['revoked', `@revoked * ssh-ed25519 ${base64}`, 'revoked'],
    [
      'revoked, although it is known',
      `files.example.com ssh-ed25519 ${base64}\n@revoked * ssh-ed25519 ${base64}`,
      'revoked',
    ],
    ['nothing', '', 'unknown'],
    ['a line that is cut off', 'files.example.com ssh-ed25519', 'unknown'],
  ] as const)('%s', (_, text, known) => {
    expect(hostKeyOf(key, [text], 'files.example.com', 22).known).toBe(known);
  });

  it('goes by the port, where it is not the usual one', () => {
    const text = `[files.example.com]:2222 ssh-ed25519 ${base64}`;
    expect(hostKeyOf(key, ['', text], 'files.example.com', 2222).known).toBe('same');
    expect(
      hostKeyOf(
        key,
        [`${hashed('[files.example.com]:2222')} ssh-ed25519 ${base64}`],
        'files.example.com',
        2222,
      ).known,
    ).toBe('same');
  });

  it('is said as ssh-keygen says it', () => {
    const { type, fingerprint } = hostKeyOf(key, [], 'a', 22);
    const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
    expect({ type, fingerprint }).toEqual({ type: 'ssh-ed25519', fingerprint: `SHA256:${digest}` });
  });

  it('names the types that are known, so that these are asked for', () => {
    const text = `files.example.com ssh-rsa ${ofRsa}\n@revoked files.example.com ssh-dss AAAA`;
    expect(knownTypes([text], 'files.example.com', 22)).toEqual(['ssh-rsa']);
  });

  it('reads any file and any key', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uint8Array({ maxLength: 80 }),
        fc.stringMatching(/^[*?!|,[\]a-z.]{0,40}$/),
        (text, bytes, hosts) => {
          const { type } = hostKeyOf(
            Buffer.from(bytes),
            [text, `${hosts} ssh-ed25519 AAAA`],
            'files.example.com',
            22,
          );
          expect(type).toMatch(/^[\w@.-]*$/);
        },
      ),
    );
  });
});
