import * as z from 'zod';
import { knowSecret } from './secrets/known-secrets.ts';
import { Limiter } from './limiter.ts';
import { momentMs } from './moment.ts';
import { send } from './send.ts';
import { UnreadableAnswerError } from './errors.ts';
import { requireSendable } from './sendable.ts';

/** Where access tokens come from. `renew` is asked once when the platform refuses the current one. */
export interface TokenSource {
  get(signal?: AbortSignal): Promise<string>;
  renew(signal?: AbortSignal): Promise<string>;
  /** When the current one ends, epoch milliseconds, as far as anybody knows. */
  endMs(): number | undefined;
}

/** A token that somebody else obtained; it cannot be renewed, so the same one is tried again. */
export function staticToken(token: string): TokenSource {
  return {
    get: () => Promise.resolve(token),
    renew: () => Promise.resolve(token),
    endMs: () => endOfToken(token),
  };
}

/** The platform's tokens tell when they were made and how long they live, both in milliseconds, as text. */
const claims = z.object({
  created_at: z.coerce.number().optional().catch(undefined),
  expires_in: z.coerce.number().optional().catch(undefined),
  /** Seconds, as the standard has it. */
  exp: z.coerce.number().optional().catch(undefined),
});

function endOfToken(token: string): number | undefined {
  try {
    const [, payload = ''] = token.split('.');
    const read = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (read.created_at !== undefined && read.expires_in !== undefined)
      return momentMs(read.created_at + read.expires_in);
    return read.exp === undefined ? undefined : momentMs(read.exp * 1000);
  } catch {
    return undefined;
  }
}

interface ClientCredentials {
  imsUrl: string;
  clientId: string;
  /** Asked for once, when the first token is needed. */
  clientSecret: () => Promise<string>;
  /** Comma separated. */
  scopes: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Renew this long before the end, milliseconds. */
const earlyMs = 5 * 60_000;
/** A token is kept this long whatever it says of itself, milliseconds: asking must not become a loop. */
const leastKeptMs = 60_000;

const answer = z.object({
  // It goes into a header.
  access_token: z.string().regex(/^[!-~]+$/),
  expires_in: z.coerce.number().optional().catch(undefined),
});

/**
 * OAuth server-to-server: asks for a token when one is needed and keeps it in memory only.
 *
 * @throws FlowServiceError as any call does.
 * @see flow-service.md, section 1.1
 */
export function clientCredentialsToken(credentials: ClientCredentials): TokenSource {
  const limiter = new Limiter(1);
  let current: { token: string; untilMs: number; endMs: number } | undefined;
  let asking: Promise<string> | undefined;
  let known: string | undefined;
  const secret = async (): Promise<string> => {
    known ??= await credentials.clientSecret();
    knowSecret(known);
    return known;
  };

  async function ask(signal?: AbortSignal): Promise<string> {
    const call = { method: 'POST', path: '/ims/token/v3' };
    const clientSecret = await secret();
    requireSendable('clientId', credentials.clientId, call);
    requireSendable('clientSecret', clientSecret, call);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: clientSecret,
      scope: credentials.scopes,
    }).toString();
    const { status, json } = await send({
      ...call,
      origin: credentials.imsUrl,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body,
      timeoutMs: 30_000,
      limiter,
      signal,
    });
    const parsed = answer.safeParse(json);
    if (!parsed.success)
      throw new UnreadableAnswerError(call, status, [{ path: '$.access_token', expected: 'string' }]);
    knowSecret(parsed.data.access_token);
    const lifetime = parsed.data.expires_in ?? 3600;
    // Seconds today, milliseconds in the older exchange.
    const lifetimeMs = lifetime > 10_000_000 ? lifetime : lifetime * 1000;
    // A lifetime shorter than the margin must not make every call ask again.
    const keptMs = Math.max(lifetimeMs - earlyMs, lifetimeMs / 2, leastKeptMs);
    const nowMs = credentials.now();
    current = { token: parsed.data.access_token, untilMs: nowMs + keptMs, endMs: nowMs + lifetimeMs };
    return current.token;
  }

  const renew = (signal?: AbortSignal): Promise<string> => {
    asking ??= ask(signal).finally(() => {
      asking = undefined;
    });
    return asking;
  };

  return {
    get: (signal) =>
      current && credentials.now() < current.untilMs ? Promise.resolve(current.token) : renew(signal),
    renew,
    endMs: () => momentMs(current?.endMs),
  };
}
