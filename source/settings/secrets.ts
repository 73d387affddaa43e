import { stat } from '../ground/files.ts';
import { readText, UnfitFileError } from '../ground/read-file.ts';

/** What became of a secret reference. */
type SecretReading =
  | { kind: 'value'; value: string }
  | { kind: 'notSet'; name: string }
  | { kind: 'noFile'; file: string }
  /** Others may read the file. `mode` as in `ls`: `0644`. */
  | { kind: 'openFile'; file: string; mode: string }
  /** It is a folder, larger than any secret, or a pipe that nobody writes to. */
  | { kind: 'unfitFile'; file: string; why: UnfitFileError['code'] }
  | { kind: 'commandFailed'; command: string }
  | { kind: 'noKeyStore' }
  | { kind: 'notInKeyStore'; account: string }
  | { kind: 'needsPrompt' }
  /** It says nowhere where the secret is. What it says is not told: it may be the secret. */
  | { kind: 'noReference' }
  /** A restricted console runs no helpers and reads no files outside its folder. */
  | { kind: 'notAllowed'; reference: string };

/** The client secret is not there. */
export class SecretMissingError extends Error {
  override readonly name = 'SecretMissingError';
  readonly kind = 'secretMissing';
  readonly reading: Exclude<SecretReading, { kind: 'value' }>;
  constructor(reading: Exclude<SecretReading, { kind: 'value' }>) {
    super(reading.kind);
    this.reading = reading;
  }
}

export interface SecretSources {
  env: Readonly<Record<string, string | undefined>>;
  /** Asks the person; absent where nobody can be asked. */
  prompt?: ((name: string) => Promise<string>) | undefined;
  /** No helper runs. */
  isRestricted?: boolean | undefined;
  /** Whether a file may be read; absent allows all. */
  mayRead?: ((file: string) => boolean) | undefined;
}

/** Largest file that is read as a secret, bytes; keys take a few thousand. */
const mostSecretBytes = 256 * 1024;

/** A helper command gets this long, milliseconds. */
const helperMs = 10_000;

/**
 * Fetches the secret a reference names: `env:NAME`, `file:PATH` (mode 0600 or stricter), `command:…`,
 * `keystore:ACCOUNT`, `prompt`.
 * Line breaks at the end are dropped, of any system, as every editor and `echo` adds one; so is a byte order mark.
 *
 * @param name - Name of the field, for a prompt.
 */
export async function readSecret(
  reference: string,
  name: string,
  sources: SecretSources,
): Promise<SecretReading> {
  if (reference === 'prompt') {
    return sources.prompt ? { kind: 'value', value: await sources.prompt(name) } : { kind: 'needsPrompt' };
  }
  const [scheme = '', ...more] = reference.split(':');
  const rest = more.join(':');
  if (scheme === 'env') {
    const value = variableOf(sources.env, rest);
    return value === undefined ? { kind: 'notSet', name: rest } : { kind: 'value', value };
  }
  if (scheme === 'file') {
    return sources.mayRead?.(rest) === false ? { kind: 'notAllowed', reference } : readSecretFile(rest);
  }
  if (scheme === 'keystore') return readFromKeyStore(rest);
  if (scheme !== 'command' || rest.trim() === '') return { kind: 'noReference' };
  return sources.isRestricted === true ? { kind: 'notAllowed', reference } : runHelper(rest, sources.env);
}

/** What a variable holds; nothing for one that is not set. */
export const variableOf = (env: SecretSources['env'], name: string): string | undefined =>
  trimmed((Object.hasOwn(env, name) ? env[name] : undefined) ?? '') || undefined;

/** A reference as it may be shown; what is none may be the secret itself. */
export const shownReference = (reference: string): string =>
  /^(prompt$|(keystore|env|file|command):.)/.test(reference) ? reference : '?';

const trimmed = (text: string): string => text.replace(/^\ufeff/, '').replace(/[\r\n]+$/, '');

async function readSecretFile(file: string): Promise<SecretReading> {
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) return { kind: 'unfitFile', file, why: 'EISDIR' };
    const { mode } = facts;
    if ((mode & 0o077) !== 0)
      return { kind: 'openFile', file, mode: (mode & 0o777).toString(8).padStart(4, '0') };
    return {
      kind: 'value',
      value: trimmed(await readText(file, { mostBytes: mostSecretBytes, mayBePipe: true })),
    };
  } catch (error) {
    if (error instanceof UnfitFileError) return { kind: 'unfitFile', file, why: error.code };
    return { kind: 'noFile', file };
  }
}

async function readFromKeyStore(account: string): Promise<SecretReading> {
  const { openKeyStore } = await import('./key-store.ts');
  const store = await openKeyStore();
  if (!store) return { kind: 'noKeyStore' };
  const value = await store.get(account);
  return value === undefined ? { kind: 'notInKeyStore', account } : { kind: 'value', value: trimmed(value) };
}

/** What is ours and says nothing secret; a helper of a person's own gets the person's own variables too. */
const forHelpers = /^FERRY_(API_URL|IMS_URL|ORG_ID|CLIENT_ID|SCOPES|SANDBOX|STATE_DIR|CONFIG_DIR)$/;

/** The environment of a helper: it fetches one secret, and gets none of ours. */
const helperEnv = (env: SecretSources['env']): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !name.startsWith('FERRY_') || forHelpers.test(name)),
  );

async function runHelper(command: string, env: SecretSources['env']): Promise<SecretReading> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', command], { timeout: helperMs, env: helperEnv(env) }, (error, stdout) => {
      const value = trimmed(stdout);
      resolve(error || value === '' ? { kind: 'commandFailed', command } : { kind: 'value', value });
    });
  });
}
