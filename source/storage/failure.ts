import type { HostKey } from './store.ts';

/** What is looked at, in this order. */
export type StepName = 'reached' | 'hostKey' | 'signedIn' | 'place' | 'list' | 'write' | 'delete';

/** What was seen of a server before it failed: its key, and what was under way. */
export interface SeenBefore {
  readonly hostKey: HostKey | undefined;
  readonly at: StepName;
}

/** What somebody was not let do. */
export type Act = 'list' | 'write' | 'read' | 'delete';

/** Why a place could not be used. Facts only: `locale/` has the words. */
export type Failure =
  | { readonly kind: 'noName' }
  | { readonly kind: 'refused' }
  /** `EHOSTUNREACH`, `ECONNRESET` … */
  | { readonly kind: 'noWay'; readonly code: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'tls'; readonly code: string }
  /** It answered, and not as a server of its kind does. */
  | { readonly kind: 'otherServer' }
  | { readonly kind: 'hostKeyChanged' | 'hostKeyRevoked'; readonly hostKey: HostKey }
  /** It offers only ways of encrypting that are not used any more. `key exchange`, `cipher` … */
  | { readonly kind: 'oldAlgorithms'; readonly what: string }
  | { readonly kind: 'clockSkew' }
  | { readonly kind: 'unknownKeyId' }
  | { readonly kind: 'wrongSecret' }
  | { readonly kind: 'wrongPassword' }
  | { readonly kind: 'keyRefused' }
  | { readonly kind: 'methodOff'; readonly offered: readonly string[] }
  | { readonly kind: 'expired' }
  | { readonly kind: 'keyFormat' }
  | { readonly kind: 'keyPassphrase' }
  | { readonly kind: 'connectionString' }
  /** The account does not take its own keys. */
  | { readonly kind: 'keysOff' }
  | { readonly kind: 'noSftp' }
  | { readonly kind: 'noBucket' }
  | { readonly kind: 'noContainer' }
  | { readonly kind: 'noFolder' }
  | { readonly kind: 'notAFolder' }
  | { readonly kind: 'wrongRegion'; readonly region: string }
  | { readonly kind: 'noRight'; readonly act: Act }
  /** It says no, and not why: a status alone. It may be something in between that says so. */
  | { readonly kind: 'forbidden'; readonly code: string }
  /** It may be a firewall that lets in others: this machine cannot tell. */
  | { readonly kind: 'notLetIn' }
  | { readonly kind: 'noFile' }
  | { readonly kind: 'noSpace' }
  /** What the server said in its own words: a status or a code. */
  | { readonly kind: 'other'; readonly code: string };

export type FailureKind = Failure['kind'];

/** A place could not be used. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly kind = 'storage';
  readonly failure: Failure;
  readonly seen: SeenBefore | undefined;
  constructor(failure: Failure, cause: unknown, seen?: SeenBefore) {
    // No word of the server: it may repeat what opens it.
    super(failure.kind, { cause });
    this.failure = failure;
    this.seen = seen;
  }
}

/** What keeps something from being done. @throws whatever else is wrong */
export function failureIn(error: unknown): Failure {
  if (error instanceof StorageError) return error.failure;
  throw error;
}

/** What an error of a client is called, where it is a name and no sentence: `AccessDenied`, `503`. Else empty. */
export const codeOf = (text: unknown): string =>
  (typeof text === 'string' || typeof text === 'number') && /^[\w.-]{1,60}$/.test(String(text))
    ? String(text)
    : '';

const ofTls =
  /^(CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|INVALID_CA|INVALID_PURPOSE)/;
const notHttp = /^(HPE_|ERR_HTTP)/;

/**
 * What the network says of a connection that did not come about, wherever in an error it stands; nothing where it says
 * nothing.
 */
export function netFailure(error: unknown): Failure | undefined {
  for (const code of codesIn(error)) {
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA' || code === 'EINVAL')
      return { kind: 'noName' };
    if (code === 'ECONNREFUSED') return { kind: 'refused' };
    if (code === 'ETIMEDOUT') return { kind: 'timeout' };
    if (/^(EHOSTUNREACH|ENETUNREACH|ECONNRESET|ECONNABORTED|EPIPE|EADDRNOTAVAIL|EHOSTDOWN)$/.test(code))
      return { kind: 'noWay', code };
    if (ofTls.test(code)) return { kind: 'tls', code };
    if (notHttp.test(code)) return { kind: 'otherServer' };
  }
  return undefined;
}

/** Codes of an error, of those it holds and of those that caused it, outermost first. */
function codesIn(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const held = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [...own, ...[...held, ...cause].flatMap((one) => codesIn(one, depth + 1))];
}

/**
 * What comes of work, or its end by a signal: a client may go on reading an answer that never ends.
 *
 * @throws whatever the work throws; the reason of the signal
 */
export async function untilAborted<Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What is read of an empty file: it has no range, which some servers refuse. @throws whatever else is wrong */
export function nothingOfEmpty(error: unknown): Uint8Array {
  const failure = error instanceof StorageError ? error.failure : undefined;
  if (failure?.kind === 'other' && failure.code === 'InvalidRange') return new Uint8Array();
  throw error;
}
