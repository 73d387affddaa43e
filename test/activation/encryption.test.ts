import { describe, expect, it } from 'vitest';
import {
  offeredEncryption,
  readEncryption,
  saidEncryption,
  wantedEncryption,
} from '../../source/activation/content/encryption.ts';
import { newerCards } from '../../source/activation/spec/catalog.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { rsaKey } from '../helpers/public-keys.ts';

const older = tutorialPlan.destination.connectionSpecId;
const newer = newerCards.find(({ encryptsNothing }) => encryptsNothing !== true)?.connectionSpecId ?? '';
const none = newerCards.find(({ encryptsNothing }) => encryptsNothing)?.connectionSpecId ?? '';
const key = Buffer.from(rsaKey.armored).toString('base64');
const { fingerprint } = rsaKey;
const spec = (encryptionAlgo?: object) => ({
  encryptionSpecs: [
    { name: 'Theirs', ...(encryptionAlgo ? { spec: { properties: { encryptionAlgo } } } : {}) },
  ],
});

describe('what a destination encrypts with', () => {
  it.each([
    ['an older card', older, undefined, { specName: 'File Encryption', algorithm: 'PGP/GPG' }],
    ['a newer card', newer, undefined, { specName: 'File PGP/GPG Encryption', algorithm: 'PGPGPG' }],
    ['a card that encrypts nothing', none, undefined, undefined],
    ['a spec that says so', older, { encryptionSpecs: [] }, undefined],
    ['a spec with an algorithm', older, spec({ default: 'AES' }), { specName: 'Theirs', algorithm: 'AES' }],
    [
      'a spec whose usual one is none',
      newer,
      spec({ default: 'NONE' }),
      { specName: 'Theirs', algorithm: 'PGPGPG' },
    ],
    ['a spec that only has a name', older, spec(), { specName: 'Theirs', algorithm: 'PGP/GPG' }],
  ])('%s', (_, id, published, wanted) => {
    expect(offeredEncryption(id, published)).toEqual(wanted);
  });
});

describe('how an account encrypts', () => {
  const account = (encryptionAlgo?: string, publicKey: string | undefined = key) => ({
    encryption: { params: { encryptionAlgo, publicKey } },
  });

  it('is the same under both names of the one algorithm', () => {
    const encrypted = (algorithm?: string) => ({
      ...tutorialPlan,
      destination: {
        ...tutorialPlan.destination,
        encryption: { publicKey: key, ...(algorithm ? { algorithm } : {}) },
      },
    });
    const wanted = { algorithm: 'PGPGPG', key: fingerprint };
    expect(wantedEncryption(encrypted())).toEqual(wanted);
    expect(wantedEncryption(encrypted('PGP/GPG'))).toEqual(wanted);
    expect(readEncryption(account('PGP/GPG'))).toEqual(wanted);
    expect(readEncryption(account('PGPGPG'))).toEqual(wanted);
    expect(readEncryption({ encryptionSpecs: account().encryption })).toEqual(wanted);
  });

  it.each([
    ['it says none', {}, undefined, undefined],
    ['it asks for none', account('None'), undefined, undefined],
    ['it has no key', { encryption: { params: { encryptionAlgo: 'PGPGPG' } } }, undefined, undefined],
    ['its key is masked', account('PGPGPG', '****'), { algorithm: 'PGPGPG', key: undefined }, undefined],
    ['it names no algorithm', account(), { algorithm: 'PGPGPG', key: fingerprint }, { publicKey: key }],
    [
      'it says all',
      account('PGP/GPG'),
      { algorithm: 'PGPGPG', key: fingerprint },
      { algorithm: 'PGP/GPG', publicKey: key },
    ],
  ])('is read, and said in a plan, where %s', (_, one, read, said) => {
    expect(readEncryption(one)).toEqual(read);
    expect(saidEncryption(one)).toEqual(said);
  });
});
