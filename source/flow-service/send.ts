import { type Dispatcher, EnvHttpProxyAgent, Agent, request } from 'undici';
import { cleanText, parseInTurns } from './clean.ts';
import {
  BadProxyError,
  CancelledError,
  HeldBackError,
  LostAnswerError,
  RefusedError,
  TimeoutError,
  UnreachableError,
  UnreadableAnswerError,
} from './errors.ts';
import { answerWithoutSecrets, withoutSecrets } from './secrets/known-secrets.ts';
import type { Gate, Limiter } from './limiter.ts';
import { proxiesOf } from './proxy.ts';
import { readForeignRefusal, readRefusal } from './refusal.ts';

/** Largest answer that is read, bytes. */
const mostBytes = 64 * 1024 * 1024;

export interface Sending {
  method: string;
  /** Path and query, from the root of the API. */
  path: string;
  /** Scheme, host and port; a path prefix is kept. */
  origin: string;
  headers: Record<string, string>;
  body?: string | undefined;
  timeoutMs: number;
  limiter: Limiter;
  gate?: Gate | undefined;
  signal?: AbortSignal | undefined;
  /** It will be held against a plan: where something hid, there is a mark. */
  isMarked?: boolean | undefined;
  /** Takes what the answer's head says of the time, epoch milliseconds. */
  onDate?: ((ms: number) => void) | undefined;
}

export interface Answer {
  status: number;
  /** Parsed and cleaned; `undefined` when the body is empty. */
  json: unknown;
  /** The body as it came. */
  text: string;
  requestId: string | undefined;
}

/** One pool for the whole process; a proxy only where the environment names one. */
let shared: Dispatcher | undefined;
function dispatcher(): Dispatcher {
  if (shared) return shared;
  const proxies = proxiesOf(process.env);
  const options = { connect: { timeout: 10_000 }, keepAliveTimeout: 10_000 };
  shared = proxies ? new EnvHttpProxyAgent({ ...options, ...proxies }) : new Agent(options);
  return shared;
}

/** Closes what is kept alive, so that the process may end. */
export async function closeConnections(): Promise<void> {
  const closing = shared;
  shared = undefined;
  await closing?.destroy();
}

/**
 * Sends one request once and reads the whole answer.
 *
 * Redirects are not followed: a token must never travel to another host.
 *
 * @throws FlowServiceError and nothing else.
 */
export async function send(sending: Sending): Promise<Answer> {
  const { method, path, signal, timeoutMs, gate } = sending;
  const call = { method, path: path.split('?')[0] ?? path };
  // Whoever waits for others has not begun.
  const leaves = gate ? await enterBoth(sending, gate, call) : [];
  const deadline = AbortSignal.timeout(timeoutMs);
  const wait = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    if (!gate) leaves.push(await sending.limiter.enter(wait));
    const response = await request(`${sending.origin.replace(/\/+$/, '')}${path}`, {
      method: method as Dispatcher.HttpMethod,
      headers: sending.headers,
      body: sending.body ?? null,
      dispatcher: dispatcher(),
      signal: wait,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const date = Date.parse(String(response.headers['date']));
    if (!Number.isNaN(date)) sending.onDate?.(date);
    const text = await readBody(response.body, call, response.statusCode);
    return await toAnswer(call, response, text, sending);
  } catch (error) {
    if (error instanceof RefusedError && error.status === 429)
      await gate?.slow(error.retryAfterSeconds === undefined ? undefined : error.retryAfterSeconds * 1000);
    if (error instanceof RefusedError || error instanceof UnreadableAnswerError) throw error;
    if (error instanceof BadProxyError) throw error;
    if (signal?.aborted === true) throw new CancelledError(call);
    if (deadline.aborted) throw new TimeoutError(call, timeoutMs, error);
    throw toNamedError(error, sending.origin, call, timeoutMs);
  } finally {
    for (const leave of leaves) leave();
  }
}

/** @throws CancelledError, HeldBackError */
async function enterBoth(
  { limiter, signal }: Sending,
  gate: Gate,
  call: { method: string; path: string },
): Promise<(() => void)[]> {
  const leaves: (() => void)[] = [];
  try {
    leaves.push(await limiter.enter(signal));
    leaves.push(await gate.enter(signal));
    return leaves;
  } catch (error) {
    for (const leave of leaves) leave();
    throw signal?.aborted === true ? new CancelledError(call) : new HeldBackError(call, error);
  }
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  call: { method: string; path: string },
  status: number,
): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) {
      body.destroy();
      throw new UnreadableAnswerError(call, status, [{ path: '$', expected: `at most ${mostBytes} bytes` }]);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function toAnswer(
  call: { method: string; path: string },
  response: Dispatcher.ResponseData,
  text: string,
  { body: sent, isMarked }: Pick<Sending, 'body' | 'isMarked'>,
): Promise<Answer> {
  const { statusCode: status, headers } = response;
  const header = (name: string): string | undefined => {
    const value = headers[name];
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined ? undefined : withoutSecrets(cleanText(first)).slice(0, 200);
  };
  const requestId = header('x-request-id');
  const isSuccess = status >= 200 && status < 300;
  let json: unknown;
  let isJson = true;
  try {
    json = text.trim() === '' ? undefined : await parseInTurns(text, isMarked);
  } catch {
    isJson = false;
  }
  if (isSuccess) {
    if (!isJson) throw new UnreadableAnswerError(call, status, [{ path: '$', expected: 'JSON' }]);
    // The answer to a sign-in is a secret that is about to be known.
    const said = isSignIn(call) ? json : answerWithoutSecrets(text, json);
    return { status, json: said, text, requestId };
  }
  const refusal = isJson ? readRefusal(json, sent) : readForeignRefusal(text);
  throw new RefusedError(call, status, {
    ...refusal,
    requestId: requestId ?? refusal.requestId,
    isHtml: !isJson,
    retryAfterSeconds: readRetryAfter(header('retry-after')),
  });
}

/** Asks for a token. @see flow-service.md, section 1.1 */
const isSignIn = ({ path }: { path: string }): boolean => path.startsWith('/ims/token/');

/** Seconds or a date. @see RFC 9110, section 10.2.3 */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

/** Failures that happen before a request is on the wire. */
const beforeSending =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EACCES|EINVAL|UND_ERR_CONNECT_TIMEOUT|ERR_INVALID_URL|UND_ERR_INVALID_ARG|CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/;

function toNamedError(
  error: unknown,
  origin: string,
  call: { method: string; path: string },
  timeoutMs: number,
) {
  const code = codeOf(error);
  if (beforeSending.test(code) && !hasBroken(error, code))
    return new UnreachableError(call, hostTried(error, origin), code, error);
  if (/TIMEOUT/.test(code)) return new TimeoutError(call, timeoutMs, error);
  return new LostAnswerError(call, code, error);
}

/** Some codes are met when connecting and also when a connection breaks that was there. */
function hasBroken(error: unknown, code: string): boolean {
  const syscall =
    typeof error === 'object' && error !== null && 'syscall' in error ? error.syscall : undefined;
  return syscall === 'read' || syscall === 'write' || /BAD_RECORD|DECRYPT/.test(code);
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0 && !('code' in error && error.code)) {
    return codeOf(error.errors[0]);
  }
  if (typeof error !== 'object' || error === null) return 'UNKNOWN';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : error instanceof TypeError ? 'ERR_INVALID_URL' : 'UNKNOWN';
}

/** The host that could not be reached: the platform's, or the proxy before it. */
function hostTried(error: unknown, origin: string): string {
  const facts = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const { httpsProxy, httpProxy } = proxiesOf(process.env) ?? {};
  for (const proxy of [httpsProxy, httpProxy]) {
    if (proxy === undefined) continue;
    const { hostname, port, host } = new URL(proxy);
    const isRefused = facts['port'] !== undefined && String(facts['port']) === port;
    if (isRefused || facts['hostname'] === hostname) return host;
  }
  return URL.canParse(origin) ? new URL(origin).host : origin;
}
