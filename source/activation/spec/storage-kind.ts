import type { AuthMethod, LocationMode } from './catalog.ts';
import { formOfMode, inCatalog, olderCloudStorageMode } from './catalog.ts';
import type { Plan } from '../plan/plan.ts';

/** A kind of storage that a sign-in opens, and that a mode writes to. Blob and Data Lake are one account's. */
export type StorageKind = 'S3' | 'AZURE' | 'FTP' | 'GCS';

/** A sign-in, as far as it tells what it opens. */
export interface SignIn {
  readonly specName: string;
  /** Names of its params; empty where only the name is known. */
  readonly params: readonly string[];
}

/** A mode, as far as it tells where it writes. */
export interface Storage {
  readonly mode?: string | undefined;
  readonly params: readonly string[];
}

type Clues = readonly (readonly [RegExp, readonly StorageKind[]])[];

// The order tells: "Azure … SFTP" is one for SFTP, "Google … access key" one for Google.
const inSignInNames: Clues = [
  [/ftp|ssh/, ['FTP']],
  [/azure|blob|connection ?string|service ?principal|data ?lake|adls|\bsas\b/, ['AZURE']],
  [/google|gcs/, ['GCS']],
  [/s3|access ?key|assumed ?role|amazon|aws/, ['S3']],
];
const inSignInParams: Clues = [
  [/^(sshkey|privatekey|passphrase)$/, ['FTP']],
  [/^(connectionstring|accountkey|sastoken|sasuri|serviceprincipal\w*)$/, ['AZURE']],
  [/^s3\w+$|^accessid$|^aws\w+$|^rolearn$/, ['S3']],
];
const inModes: Clues = [
  [/ftp/, ['FTP']],
  [/azure|blob|data ?lake|adls/, ['AZURE']],
  [/google|gcs/, ['GCS']],
  [/s3|amazon/, ['S3']],
];
const inLocationParams: Clues = [
  [/^remotepath$/, ['FTP']],
  [/^container(name)?$/, ['AZURE']],
  [/^bucket(name)?$/, ['S3', 'GCS']],
];

const clueOf = (clues: Clues, text: string): readonly StorageKind[] =>
  clues.find(([pattern]) => pattern.test(text.toLowerCase().replaceAll(/[_-]/g, ' ')))?.[1] ?? [];

const clueIn = (clues: Clues, names: readonly string[]): readonly StorageKind[] =>
  names.map((name) => clueOf(clues, name)).find((kinds) => kinds.length > 0) ?? [];

/** What a sign-in opens, one of these; empty where it does not tell. Params tell more than names. */
export function openedBy({ specName, params }: SignIn): readonly StorageKind[] {
  const byParams = clueIn(inSignInParams, params);
  return byParams.length > 0 ? byParams : clueOf(inSignInNames, specName);
}

/** Where a mode writes, one of these; empty where it does not tell. */
export function writtenBy({ mode = '', params }: Storage): readonly StorageKind[] {
  const byName = clueOf(inModes, mode);
  return byName.length > 0 ? byName : clueIn(inLocationParams, params);
}

export interface Mismatch {
  readonly opens: StorageKind;
  readonly writes: StorageKind;
}

/**
 * The one rule of a sign-in with a mode: what a mode writes to must be what the sign-in opens. Nothing where
 * they go together, or where one of them does not tell.
 *
 * @see flow-service.md, sections 4.2 and 4.3
 */
export function mismatch(signIn: SignIn, storage: Storage): Mismatch | undefined {
  const [opened, written] = [openedBy(signIn), writtenBy(storage)];
  const [opens] = opened;
  const [writes] = written;
  if (opens === undefined || writes === undefined) return undefined;
  return opened.some((kind) => written.includes(kind)) ? undefined : { opens, writes };
}

/** The sign-in of a plan; none where an account is used again. */
export function signInOf({ destination }: Plan): SignIn | undefined {
  const { auth } = destination;
  return auth && { specName: auth.specName, params: Object.keys(auth.params) };
}

/**
 * Where a plan writes to, as far as its mode tells by its name and by what it asks for: a param that stands there by
 * mistake writes nowhere. Nothing for a plan that names no mode: it writes to what its card is for.
 */
export function storageOf({ destination }: Plan, modes: readonly LocationMode[]): Storage | undefined {
  const { mode } = destination.location;
  return mode === undefined ? undefined : { mode, params: names(formOfMode(modes, mode)?.fields ?? []) };
}

const names = (fields: readonly { name: string }[]): string[] => fields.map(({ name }) => name);

export const signInOfMethod = ({ specName, fields }: AuthMethod): SignIn => ({
  specName,
  params: names(fields),
});

/**
 * The mode that a person starts from: one that the sign-in opens; among those the one of the platform's later
 * documentation, then the first that is published.
 *
 * @param signIn - Nothing while it is not known; then any mode may be meant.
 * @returns Nothing where there are no modes, or where the sign-in opens none of them: none can be recommended.
 */
export function modeFor(
  connectionSpecId: string,
  modes: readonly LocationMode[],
  signIn: SignIn | undefined,
): string | undefined {
  const documented = inCatalog(connectionSpecId)?.modes.map(({ mode }) => mode) ?? [];
  const rank = (one: LocationMode): number => {
    const writes = writtenBy({ mode: one.mode, params: names(one.fields) });
    const isOpened = signIn !== undefined && openedBy(signIn).some((kind) => writes.includes(kind));
    const isOlder = one.mode === olderCloudStorageMode;
    const at = documented.indexOf(one.mode);
    // A mode that nobody documents comes after those that somebody does.
    return (isOpened ? 0 : 1000) + (isOlder ? 100 : 0) + (at < 0 ? documented.length : at);
  };
  const fitting = modes.filter(
    (one) => signIn === undefined || !mismatch(signIn, { mode: one.mode, params: names(one.fields) }),
  );
  return [...fitting].sort((a, b) => rank(a) - rank(b))[0]?.mode;
}
