import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPublicKey } from '../../source/activation/content/public-key.ts';
import { ed25519Key, rsaKey } from '../helpers/public-keys.ts';

const { armored, fingerprint } = rsaKey;
const base64 = Buffer.from(armored).toString('base64');
const whole = { kind: 'key', fingerprint, base64 };

describe('a public key', () => {
  it.each([
    ['as gpg writes it', armored],
    ['in base64', base64],
    ['in base64 of several lines', base64.replaceAll(/.{64}/g, '$&\n')],
    ['with line ends of another system', armored.replaceAll('\n', '\r\n')],
    ['with written line ends', armored.replaceAll('\n', '\\n')],
    ['with words around it', `Our key:\n${armored}\nthanks`],
  ])('is read %s', (_, given) => {
    expect(readPublicKey(given)).toEqual(whole);
  });

  it('keeps its comment', () => {
    const given = armored.replace('BLOCK-----\n', 'BLOCK-----\nComment: exports\n');
    expect(readPublicKey(given)).toMatchObject({ kind: 'key', fingerprint });
  });

  it.each([
    ['nothing', '', 'publicKey.none'],
    ['words', 'the usual one', 'publicKey.none'],
    ['a public SSH key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ', 'publicKey.none'],
    ['a PEM key', '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', 'publicKey.none'],
    ['a private key', armored.replaceAll('PUBLIC', 'PRIVATE'), 'publicKey.private'],
    [
      'a private key in base64',
      Buffer.from(armored.replaceAll('PUBLIC', 'PRIVATE')).toString('base64'),
      'publicKey.private',
    ],
    ['one without its end', armored.slice(0, 600), 'publicKey.cutOff'],
    ['one with a line missing', armored.split('\n').toSpliced(5, 1).join('\n'), 'publicKey.cutOff'],
    [
      'one cut off within its signature',
      `${armored.slice(0, 800)}\n-----END PGP PUBLIC KEY BLOCK-----`,
      'publicKey.cutOff',
    ],
    ['an elliptic one', ed25519Key, 'publicKey.notRsa'],
  ])('is refused where it is %s', (_, given, id) => {
    expect(readPublicKey(given)).toEqual({ kind: 'mistake', id });
  });

  it('is refused with any letter of it changed', () => {
    const lines = armored.split('\n').slice(2, -3).join('\n');
    const start = armored.indexOf(lines);
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.constantFrom(...'AQgw5/'), (at, letter) => {
        const place = start + at;
        if (armored[place] === letter || armored[place] === '\n') return;
        const bent = `${armored.slice(0, place)}${letter}${armored.slice(place + 1)}`;
        expect(readPublicKey(bent).kind).toBe('mistake');
      }),
    );
  });
});
