import { chmodSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../ground/make-folder.ts';
import { mostWrittenBytes, readTextNow } from '../ground/read-file.ts';
import envPaths from 'env-paths';
import { type Unsafe, whyUnsafe } from './safe-place.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** An organisation and a credential to work in it with. Holds no secret: it names where the secret is. */
export interface Profile {
  readonly clientId: string;
  readonly orgId: string;
  /** A reference: `keystore:NAME`, `prompt`, `env:NAME`, `file:PATH` or `command:…`. */
  readonly secret: string;
  /** The sandbox to begin in. */
  readonly sandbox?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly imsUrl?: string | undefined;
  /** Comma separated. */
  readonly scopes?: string | undefined;
  /** The database that keeps the state, without a password. */
  readonly stateUrl?: string | undefined;
}

/** Every profile by its name, and the one that is used when none is named. */
export interface Profiles {
  readonly version: 1;
  readonly current?: string | undefined;
  readonly profiles: Readonly<Record<string, Profile>>;
}

export const noProfiles: Profiles = { version: 1, profiles: {} };

/** What a profile may be called: it becomes part of file names. */
export const isProfileName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name);

/** Where profiles are kept. @see cli.md, "Environment" */
export function configFolder(env: Environment): string {
  const given = env['FERRY_CONFIG_DIR'];
  return given === undefined || given === '' ? envPaths('ferry', { suffix: '' }).config : given;
}

const profilesFile = (folder: string): string => path.join(folder, 'profiles.json');

/** Whether a profile may name a database that keeps the state: read before anything that reads profiles is. */
export function mayNameState(env: Environment): boolean {
  try {
    return readTextNow(profilesFile(configFolder(env)), { mostBytes: mostWrittenBytes }).includes(
      '"stateUrl"',
    );
  } catch {
    // Whoever needs them says what is wrong.
    return false;
  }
}

/** The file of the profiles is there, and is not what ferry writes. */
export class ProfilesDamagedError extends Error {
  override readonly name = 'ProfilesDamagedError';
  readonly kind = 'profilesDamaged';
  readonly file: string;
  constructor(file: string) {
    super(`${file} cannot be read`);
    this.file = file;
  }
}

/** Somebody else may say what stands in the file of the profiles: where to send a secret, and which helper to run. */
export class ProfilesUnsafeError extends Error {
  override readonly name = 'ProfilesUnsafeError';
  readonly kind = 'profilesUnsafe';
  readonly file: string;
  readonly unsafe: Unsafe['kind'];
  constructor({ kind, place }: Unsafe) {
    super(`${place} is ${kind}`);
    this.file = place;
    this.unsafe = kind;
  }
}

/** How files are read, and JSON. */
interface ReadingProfiles {
  /** Nothing for a file that is not there yet, by the error of reading it. @throws for any other */
  orNothing: (file: string, error: unknown) => undefined;
  /** @throws SyntaxError */
  parse: (text: string) => unknown;
}

/**
 * All profiles; none where there is no file yet.
 *
 * Read before the first frame, so it is checked by hand and not with the library that checks answers.
 *
 * @throws ProfilesDamagedError, ProfilesUnsafeError, what `orNothing` throws
 */
export function readProfiles(folder: string, { orNothing, parse }: ReadingProfiles): Profiles {
  const file = profilesFile(folder);
  let text: string;
  let unsafe: Unsafe | undefined;
  try {
    unsafe = whyUnsafe(file, process.getuid?.());
    text = readTextNow(file, { mostBytes: mostWrittenBytes });
  } catch (error) {
    return orNothing(file, error) ?? noProfiles;
  }
  if (unsafe) throw new ProfilesUnsafeError(unsafe);
  try {
    const read = parse(text) as Partial<Profiles> | null;
    const profiles = read?.profiles;
    const isCurrent = read?.current === undefined || typeof read.current === 'string';
    if (
      read?.version === 1 &&
      isCurrent &&
      typeof profiles === 'object' &&
      Object.values(profiles).every(isProfile)
    )
      return { version: 1, current: read.current, profiles };
  } catch {
    // Said below.
  }
  throw new ProfilesDamagedError(file);
}

function isProfile(value: unknown): value is Profile {
  if (typeof value !== 'object' || value === null) return false;
  const one = value as Record<string, unknown>;
  const optional = ['sandbox', 'apiUrl', 'imsUrl', 'scopes', 'stateUrl'];
  return (
    ['clientId', 'orgId', 'secret'].every((key) => typeof one[key] === 'string') &&
    optional.every((key) => one[key] === undefined || typeof one[key] === 'string')
  );
}

/** Writes all profiles, whole or not at all, for the person alone. */
export async function writeProfiles(folder: string, profiles: Profiles): Promise<string> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  makeFolder(folder);
  const file = profilesFile(folder);
  await writeFileAtomic(file, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
  return file;
}

/** The file that a secret of ferry's own keeping lies in, where a person asked for that. */
export const secretFile = (folder: string, profile: string): string => path.join(folder, `${profile}.secret`);

/** Keeps a secret in a file of its own, mode 0600. */
export async function writeSecretFile(folder: string, profile: string, secret: string): Promise<string> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  makeFolder(folder);
  const file = secretFile(folder, profile);
  await writeFileAtomic(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}
