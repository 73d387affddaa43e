import { saidWithoutSecrets, withoutSecrets } from './secrets/known-secrets.ts';

/**
 * What can go wrong with a call. Facts only: the sentences are made elsewhere.
 *
 * - `UnreachableError`: no connection was made, so nothing was done.
 * - `LostAnswerError`: the connection broke after sending; nobody knows whether it was done.
 * - `TimeoutError`: as lost, after a limit of ours.
 * - `RefusedError`: the platform said no.
 * - `UnreadableAnswerError`: it said yes, but the answer does not carry what it must.
 * - `IncompleteListError`: a list does not come to its end, so nothing is known of what was not in it.
 * - `CancelledError`: the person stopped it. · `ReadOnlyError`: this run may only read.
 * - `HeldBackError`: it waited for its turn among several processes, and did not get it. Nothing was sent.
 * - `UnsendableError`, `BadProxyError`: a setting that cannot be used. Nothing was sent.
 *
 * What a server said is in them without the secrets that it was sent.
 */
export interface CallFacts {
  readonly method: string;
  readonly path: string;
}

abstract class CallError extends Error {
  readonly method: string;
  readonly path: string;
  constructor(message: string, call: CallFacts, cause?: unknown) {
    super(`${call.method} ${call.path}: ${message}`, cause === undefined ? undefined : { cause });
    this.method = call.method;
    this.path = call.path;
  }
}

export class UnreachableError extends CallError {
  override readonly name = 'UnreachableError';
  readonly kind = 'unreachable';
  readonly host: string;
  /** `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED` … */
  readonly code: string;
  constructor(call: CallFacts, host: string, code: string, cause: unknown) {
    super(`no connection to ${host} (${code})`, call, cause);
    this.host = host;
    this.code = code;
  }
}

export class LostAnswerError extends CallError {
  override readonly name = 'LostAnswerError';
  readonly kind = 'lost';
  readonly code: string;
  constructor(call: CallFacts, code: string, cause: unknown) {
    super(`the connection broke before the answer (${code})`, call, cause);
    this.code = code;
  }
}

export class TimeoutError extends CallError {
  override readonly name = 'TimeoutError';
  readonly kind = 'timeout';
  readonly afterMs: number;
  constructor(call: CallFacts, afterMs: number, cause?: unknown) {
    super(`no answer within ${afterMs} ms`, call, cause);
    this.afterMs = afterMs;
  }
}

/** What a refusal's body told. @see flow-service.md, section 3.1 */
export interface Refusal {
  readonly code?: string | undefined;
  readonly serverMessage?: string | undefined;
  readonly requestId?: string | undefined;
}

export class RefusedError extends CallError {
  override readonly name = 'RefusedError';
  readonly kind = 'refused';
  readonly status: number;
  readonly code: string | undefined;
  readonly serverMessage: string | undefined;
  readonly requestId: string | undefined;
  /** The answer was a web page: a gateway or proxy spoke, not the service. */
  readonly isHtml: boolean;
  readonly retryAfterSeconds: number | undefined;
  /** The same was sent before with a token that was refused: the first one may have been done. */
  isSecond = false;
  constructor(
    call: CallFacts,
    status: number,
    refusal: Refusal & { isHtml?: boolean; retryAfterSeconds?: number | undefined },
  ) {
    const [code, serverMessage, requestId] = [refusal.code, refusal.serverMessage, refusal.requestId].map(
      (said) => (said === undefined ? undefined : saidWithoutSecrets(said)),
    );
    super(`refused with ${status}${code === undefined ? '' : ` (${code})`}`, call);
    this.status = status;
    this.code = code;
    this.serverMessage = serverMessage;
    this.requestId = requestId;
    this.isHtml = refusal.isHtml ?? false;
    this.retryAfterSeconds = refusal.retryAfterSeconds;
  }

  /** The permission that is probably missing, as the platform names it. @see flow-service.md, section 1.3 */
  get missingPermission(): string | undefined {
    if (this.status !== 403) return undefined;
    if (this.path.includes('/data/core/ups/config') || this.path.includes('/schemaregistry/'))
      return 'View Profiles';
    if (this.path.includes('/data/core/ups/')) return 'View Segments';
    if (this.path.includes('/data/core/activation/')) return 'Activate Destinations';
    if (!this.path.includes('/flowservice/')) return undefined;
    if (this.method === 'GET') return 'View Destinations';
    return this.method === 'PATCH' ? 'Activate Destinations' : 'Manage Destinations';
  }
}

/** Whether it is refused for want of a right, or of a sign-in. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof RefusedError && (error.status === 401 || error.status === 403);

export class UnreadableAnswerError extends CallError {
  override readonly name = 'UnreadableAnswerError';
  readonly kind = 'unreadable';
  readonly status: number;
  /** Where the answer is not as it must be: `$.items[0].id`, and what was expected there. */
  readonly problems: readonly { path: string; expected: string }[];
  constructor(call: CallFacts, status: number, found: readonly { path: string; expected: string }[]) {
    const problems = found.map(({ path, expected }) => ({
      path: withoutSecrets(path),
      expected: withoutSecrets(expected),
    }));
    const [first] = problems;
    super(`unreadable answer${first ? ` at ${first.path}: ${first.expected}` : ''}`, call);
    this.status = status;
    this.problems = problems;
  }
}

export class IncompleteListError extends CallError {
  override readonly name = 'IncompleteListError';
  readonly kind = 'incomplete';
  constructor(call: CallFacts) {
    super('the list does not come to its end', call);
  }
}

export class CancelledError extends CallError {
  override readonly name = 'CancelledError';
  readonly kind = 'cancelled';
  constructor(call: CallFacts) {
    super('cancelled', call);
  }
}

export class HeldBackError extends CallError {
  override readonly name = 'HeldBackError';
  readonly kind = 'heldBack';
  constructor(call: CallFacts, cause: unknown) {
    super('not sent: it was not its turn', call, cause);
  }
}

export class ReadOnlyError extends CallError {
  override readonly name = 'ReadOnlyError';
  readonly kind = 'readOnly';
  constructor(call: CallFacts) {
    super('not sent: this run only reads', call);
  }
}

/** What of the settings goes into every call. */
export type UnsendableSetting = 'token' | 'apiKey' | 'orgId' | 'sandbox' | 'clientId' | 'clientSecret';

/** The first sign of a setting that is wrong. */
interface WrongSign {
  readonly fault: 'lineEnd' | 'blank' | 'invisible' | 'control' | 'foreign';
  /** `U+200B` */
  readonly code: string;
  /** From 1 on. */
  readonly place: number;
  /** The sign itself where it can be shown; otherwise nothing. */
  readonly sign: string;
}

export class UnsendableError extends CallError {
  override readonly name = 'UnsendableError';
  readonly kind = 'unsendable';
  readonly setting: UnsendableSetting;
  readonly wrong: WrongSign;
  constructor(call: CallFacts, setting: UnsendableSetting, wrong: WrongSign) {
    super(`not sent: ${setting} has ${wrong.code} at ${wrong.place}`, call);
    this.setting = setting;
    this.wrong = wrong;
  }
}

export class BadProxyError extends CallError {
  override readonly name = 'BadProxyError';
  readonly kind = 'badProxy';
  readonly variable: string;
  constructor(variable: string) {
    super(`not sent: ${variable} is no address`, { method: '', path: '' });
    this.variable = variable;
  }
}

export type FlowServiceError =
  | UnreachableError
  | LostAnswerError
  | TimeoutError
  | RefusedError
  | UnreadableAnswerError
  | IncompleteListError
  | CancelledError
  | HeldBackError
  | ReadOnlyError
  | UnsendableError
  | BadProxyError;

export function isFlowServiceError(error: unknown): error is FlowServiceError {
  return error instanceof CallError;
}

/**
 * For what only makes an answer better: a failure of the platform is borne, and something else taken in its place.
 * Whoever gives up has given up all the same.
 *
 * @throws whatever is no failure of the platform; CancelledError
 */
export const orWithout =
  <Value>(value: Value) =>
  (error: unknown): Value => {
    if (!isFlowServiceError(error) || error.kind === 'cancelled') throw error;
    return value;
  };
