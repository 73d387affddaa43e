import type { Connection } from '../../flow-service/connections.ts';
import type { ConnectionSpec } from '../../flow-service/specs.ts';
import type { Plan } from '../plan/plan.ts';
import { newerCard } from '../spec/catalog.ts';
import { readPublicKey } from './public-key.ts';

/** How files are encrypted. */
export interface Encryption {
  readonly algorithm: string;
  /** Fingerprint of the public key; nothing where it is not said, or masked. */
  readonly key?: string | undefined;
}

/** What a spec calls its encryption, and the algorithm that it does it with. @see cards.md, section 3.3 */
interface Offered {
  readonly specName: string;
  readonly algorithm: string;
}

const newer: Offered = { specName: 'File PGP/GPG Encryption', algorithm: 'PGPGPG' };
/** @see flow-service.md, section 2.3 */
const older: Offered = { specName: 'File Encryption', algorithm: 'PGP/GPG' };

/**
 * How a destination encrypts: as its spec publishes, or as is documented where that says nothing.
 *
 * @returns Nothing where it encrypts nothing.
 */
export function offeredEncryption(
  connectionSpecId: string,
  spec?: Pick<ConnectionSpec, 'encryptionSpecs'>,
): Offered | undefined {
  const card = newerCard(connectionSpecId);
  const usual = card ? newer : older;
  const published = spec?.encryptionSpecs;
  if (published === undefined) return card?.encryptsNothing === true ? undefined : usual;
  const [first] = published;
  if (!first) return undefined;
  const algorithm = first.spec?.properties?.['encryptionAlgo']?.default;
  return {
    specName: first.name,
    algorithm: typeof algorithm === 'string' && algorithm !== 'NONE' ? algorithm : usual.algorithm,
  };
}

/** What an account is asked to encrypt with, on the wire. @see cards.md, section 3.3 */
export interface AskedEncryption {
  readonly specName: string;
  readonly params: { readonly encryptionAlgo: string; readonly publicKey: string };
}

/** What asks for the encryption of a plan, as a destination offers it. */
export function askedEncryption(
  { algorithm, publicKey }: NonNullable<Plan['destination']['encryption']>,
  offered: Offered,
): AskedEncryption {
  const reading = typeof publicKey === 'string' ? readPublicKey(publicKey) : undefined;
  const sent = reading?.kind === 'key' ? reading.base64 : '{publicKey}';
  return {
    specName: offered.specName,
    params: { encryptionAlgo: algorithm ?? offered.algorithm, publicKey: sent },
  };
}

/**
 * The member of an account that asks for encryption. The two names are published by different pages, and which of them a
 * service takes only its read-back tells.
 *
 * @see cards.md, section 3.3
 */
export function encryptionMember(
  { destination: { encryption } }: Plan,
  offered: Offered | undefined,
  name: 'encryption' | 'encryptionSpecs' = 'encryption',
): object {
  return encryption && offered ? { [name]: askedEncryption(encryption, offered) } : {};
}

/** One thing with two names. */
const plainName = (algorithm: string): string => algorithm.replaceAll('/', '');

/** What a plan asks for; nothing where it says nothing of it. */
export function wantedEncryption({ destination }: Plan): Encryption | undefined {
  const { encryption, connectionSpecId } = destination;
  if (!encryption) return undefined;
  const { algorithm = offeredEncryption(connectionSpecId)?.algorithm ?? newer.algorithm, publicKey } =
    encryption;
  const reading = typeof publicKey === 'string' ? readPublicKey(publicKey) : undefined;
  return { algorithm: plainName(algorithm), key: reading?.kind === 'key' ? reading.fingerprint : undefined };
}

/** How an account encrypts as it is read back; nothing where its files are not encrypted. */
export function readEncryption({
  encryption,
  encryptionSpecs,
}: Pick<Connection, 'encryption' | 'encryptionSpecs'>): Encryption | undefined {
  const { encryptionAlgo = newer.algorithm, publicKey } = (encryption ?? encryptionSpecs)?.params ?? {};
  const isAsked = encryption !== undefined || encryptionSpecs !== undefined;
  if (!isAsked || publicKey === undefined || encryptionAlgo.toUpperCase() === 'NONE') return undefined;
  const reading = readPublicKey(publicKey);
  return {
    algorithm: plainName(encryptionAlgo),
    key: reading.kind === 'key' ? reading.fingerprint : undefined,
  };
}

/** What a plan says of an account that encrypts; nothing where its key cannot be read. */
export function saidEncryption(
  account: Pick<Connection, 'encryption' | 'encryptionSpecs'>,
): Plan['destination']['encryption'] {
  const { encryptionAlgo, publicKey } = (account.encryption ?? account.encryptionSpecs)?.params ?? {};
  const reading = publicKey === undefined ? undefined : readPublicKey(publicKey);
  if (reading?.kind !== 'key' || readEncryption(account) === undefined) return undefined;
  return {
    ...(encryptionAlgo === undefined ? {} : { algorithm: encryptionAlgo }),
    publicKey: reading.base64,
  };
}
