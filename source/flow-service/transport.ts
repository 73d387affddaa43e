import type { z } from 'zod';
import { mapInTurns } from '../ground/turns.ts';
import {
  CancelledError,
  isFlowServiceError,
  ReadOnlyError,
  RefusedError,
  UnreadableAnswerError,
} from './errors.ts';
import { type Gate, Limiter } from './limiter.ts';
import { type Answer, send } from './send.ts';
import { requireSendable } from './sendable.ts';
import { pageOf } from './shapes.ts';
import type { TokenSource } from './token.ts';

export interface ClientSettings {
  /** `https://platform.adobe.io`, or another origin; a path prefix is kept. */
  apiUrl: string;
  token: TokenSource;
  apiKey: string;
  orgId: string;
  sandbox: string;
  /** Refuses everything but GET before it is sent. */
  readOnly?: boolean;
  /** One attempt, milliseconds. */
  timeoutMs?: number;
  /** A call with its repetitions, milliseconds. */
  totalMs?: number;
  /** First pause before a GET is repeated, milliseconds; it doubles. */
  retryBaseMs?: number;
  onRetry?: (retry: Retry) => void;
  /** Where several processes share a limit. @default there is only the one of this client */
  gate?: Gate | undefined;
  random?: () => number;
  /** This machine's clock, epoch milliseconds. */
  now?: () => number;
}

/**
 * The platform's clock, by the head of its last answer and carried on by one that nobody sets; this machine's own until
 * there is an answer. It tells seconds, so it is behind by up to one.
 */
export interface PlatformClock {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** How far the platform's clock is ahead of this machine's, milliseconds; nothing where it has not told. */
  readonly offsetMs?: number;
}

export interface Retry {
  method: string;
  path: string;
  /** The attempt that will be made: 2 for the first repetition. */
  attempt: number;
  afterMs: number;
  why: string;
}

export interface CallOptions {
  /** Gives the call up. */
  signal?: AbortSignal | undefined;
  /** Lets the attempt under way end, and makes no other: a pause before one ends at once. */
  stop?: AbortSignal | undefined;
  /** Of a list: whether whoever asks can wait no longer. It is then not taken for the whole. */
  isOver?: (() => boolean) | undefined;
}

interface Call<Shape extends z.ZodType> extends CallOptions {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** The answer will be held against a plan. @see Sending */
  isMarked?: boolean;
  shape: Shape;
}

/** What is looked at before the first write of an apply goes side by side. */
const mostAtOnce = 7;

const mostAttempts = 4;

/** How long one attempt may take, milliseconds. */
export const usualTimeoutMs = 30_000;
const repeatable = new Set([429, 500, 502, 503, 504]);

/**
 * Every call goes through here: one builder of headers, one limit of calls at once, one place where an
 * answer becomes a typed value or a named error.
 *
 * Only GET is repeated by itself. POST, PATCH and DELETE are sent once: whether one was done after a
 * broken connection is for the caller to find out.
 *
 * @see flow-service.md, sections 1.2 and 3.3
 */
export class Transport {
  readonly settings: ClientSettings;
  readonly #limiter: Limiter;
  #calls = 0;
  /** What the platform's clock said, and when: by a clock that nobody sets. Milliseconds. */
  #told: { dateMs: number; atMs: number } | undefined;

  constructor(settings: ClientSettings) {
    this.settings = settings;
    this.#limiter = new Limiter(mostAtOnce);
  }

  /** Requests that were sent, repetitions too. */
  get calls(): number {
    return this.#calls;
  }

  /** @see PlatformClock */
  get clock(): PlatformClock {
    const { now = Date.now } = this.settings;
    const localMs = now();
    if (!this.#told) return { nowMs: localMs };
    const nowMs = Math.round(this.#told.dateMs + performance.now() - this.#told.atMs);
    return { nowMs, offsetMs: nowMs - localMs };
  }

  /** @throws FlowServiceError and nothing else. */
  async call<Shape extends z.ZodType>(
    call: Call<Shape>,
  ): Promise<{ value: z.infer<Shape>; text: string; requestId?: string }> {
    const facts = { method: call.method, path: call.path.split('?')[0] ?? call.path };
    if (this.settings.readOnly === true && call.method !== 'GET') throw new ReadOnlyError(facts);
    const answer = await this.#withRepetition(call, facts);
    const { text } = answer;
    return {
      value: readAs(call.shape, answer.json, { ...facts, status: answer.status }),
      text,
      ...(answer.requestId === undefined ? {} : { requestId: answer.requestId }),
    };
  }

  /**
   * A page of a list of the Flow Service. A hundred dataflows may have ten thousands of segments: others have their
   * turn while they are read.
   *
   * @throws FlowServiceError and nothing else.
   */
  async page<Shape extends z.ZodType>(
    path: string,
    item: Shape,
    options?: CallOptions,
  ): Promise<{ items: z.infer<Shape>[]; links: unknown }> {
    const { value } = await this.call({ method: 'GET', path, shape: pageOf, ...options });
    const facts = { method: 'GET', path: path.split('?')[0] ?? path, status: 200 };
    const items = await mapInTurns(value.items, (one, at) => readAs(item, one, facts, ['items', at]), 1);
    return { items, links: value._links };
  }

  async #withRepetition(call: Call<z.ZodType>, facts: { method: string; path: string }): Promise<Answer> {
    const { totalMs = 120_000, retryBaseMs = 1000, random = Math.random, onRetry } = this.settings;
    const endMs = performance.now() + totalMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#withToken(call);
      } catch (error) {
        const why = call.method === 'GET' ? repeatReason(error) : undefined;
        if (why === undefined || attempt >= mostAttempts || isStopped(call)) throw error;
        const asked = error instanceof RefusedError ? error.retryAfterSeconds : undefined;
        const backOffMs = retryBaseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
        const afterMs = asked === undefined ? backOffMs : asked * 1000;
        if (performance.now() + afterMs > endMs) throw error;
        onRetry?.({ ...facts, attempt: attempt + 1, afterMs, why });
        await pause(afterMs, call, facts);
        if (isStopped(call)) throw error;
      }
    }
  }

  /**
   * A refused token is renewed once, and the call repeated, unless it makes something: that is sent again only
   * by somebody who has looked whether it was made.
   */
  async #withToken(call: Call<z.ZodType>): Promise<Answer> {
    const { token } = this.settings;
    try {
      return await this.#once(call, await token.get(call.signal));
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 401 || error.path === '/ims/token/v3')
        throw error;
      const renewed = await token.renew(call.signal);
      if (call.method === 'POST' || call.method === 'PUT') throw error;
      return this.#once(call, renewed).catch((second: unknown) => {
        if (second instanceof RefusedError) second.isSecond = true;
        throw second;
      });
    }
  }

  async #once(call: Call<z.ZodType>, token: string): Promise<Answer> {
    const { apiUrl, apiKey, orgId, sandbox, timeoutMs = usualTimeoutMs, gate } = this.settings;
    const facts = { method: call.method, path: call.path.split('?')[0] ?? call.path };
    for (const [setting, value] of Object.entries({ token, apiKey, orgId, sandbox } as const))
      requireSendable(setting as 'token', value, facts);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    this.#calls++;
    return send({
      method: call.method,
      path: call.path,
      origin: apiUrl,
      headers: {
        Authorization: `Bearer ${token}`,
        'x-api-key': apiKey,
        'x-gw-ims-org-id': orgId,
        'x-sandbox-name': sandbox,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...call.headers,
      },
      body,
      timeoutMs,
      limiter: this.#limiter,
      gate,
      signal: call.signal,
      isMarked: call.isMarked,
      onDate: (dateMs) => {
        this.#told = { dateMs, atMs: performance.now() };
      },
    });
  }
}

/** @param under - Where in the answer it stands. @throws UnreadableAnswerError */
function readAs<Shape extends z.ZodType>(
  shape: Shape,
  json: unknown,
  { status, ...facts }: { method: string; path: string; status: number },
  under: readonly PropertyKey[] = [],
): z.infer<Shape> {
  const parsed = parse(shape, json);
  if (parsed?.success === true) return parsed.data;
  const issues = parsed?.error.issues.slice(0, 5).map(innermost);
  const problems = issues?.map((issue) => ({
    path: [...under, ...issue.path].reduce<string>(
      (at, key) => (typeof key === 'number' ? `${at}[${key}]` : `${at}.${String(key)}`),
      '$',
    ),
    expected: issue.code === 'invalid_type' ? issue.expected : issue.message,
  }));
  throw new UnreadableAnswerError(facts, status, problems ?? [{ path: '$', expected: 'lessNesting' }]);
}

/** Nothing for an answer that is nested deeper than can be followed. */
function parse<Shape extends z.ZodType>(shape: Shape, json: unknown) {
  try {
    return shape.safeParse(json);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Of what may have several forms the first one is told: that none fits says nothing. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  const first = issue.code === 'invalid_union' ? issue.errors[0]?.[0] : undefined;
  return first === undefined ? issue : innermost({ ...first, path: [...issue.path, ...first.path] });
}

function repeatReason(error: unknown): string | undefined {
  if (!isFlowServiceError(error)) return undefined;
  if (error.kind === 'refused') return repeatable.has(error.status) ? String(error.status) : undefined;
  return error.kind === 'lost' || error.kind === 'timeout' ? error.kind : undefined;
}

const isStopped = ({ stop }: CallOptions): boolean => stop?.aborted === true;

function pause(
  ms: number,
  { signal, stop }: CallOptions,
  facts: { method: string; path: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      stop?.removeEventListener('abort', end);
    };
    const end = (): void => {
      leave();
      resolve();
    };
    const giveUp = (): void => {
      leave();
      reject(new CancelledError(facts));
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', giveUp, { once: true });
    stop?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) giveUp();
  });
}
