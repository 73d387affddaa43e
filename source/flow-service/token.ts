import * as z from 'zod';
import { Limiter } from './limiter.ts';
import { send } from './send.ts';
import { UnreadableAnswerError } from './errors.ts';

/** Where access tokens come from. `renew` is asked once when the platform refuses the current one. */
export interface TokenSource {
  get(signal?: AbortSignal): Promise<string>;
  renew(signal?: AbortSignal): Promise<string>;
}

/** A token that somebody else obtained; it cannot be renewed, so the same one is tried again. */
export function staticToken(token: string): TokenSource {
  return { get: () => Promise.resolve(token), renew: () => Promise.resolve(token) };
}

export interface ClientCredentials {
  imsUrl: string;
  clientId: string;
  clientSecret: string;
  /** Comma separated. */
  scopes: string;
  /** Epoch milliseconds. */
  now: () => number;
}

/** Renew this long before the end, milliseconds. */
const earlyMs = 5 * 60_000;

const answer = z.object({
  access_token: z.string().min(1),
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
  let current: { token: string; untilMs: number } | undefined;
  let asking: Promise<string> | undefined;

  async function ask(signal?: AbortSignal): Promise<string> {
    const call = { method: 'POST', path: '/ims/token/v3' };
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
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
    const lifetime = parsed.data.expires_in ?? 3600;
    // Seconds today, milliseconds in the older exchange.
    const lifetimeMs = lifetime > 10_000_000 ? lifetime : lifetime * 1000;
    // A lifetime shorter than the margin must not make every call ask again.
    const keptMs = Math.max(lifetimeMs - earlyMs, lifetimeMs / 2);
    current = { token: parsed.data.access_token, untilMs: credentials.now() + keptMs };
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
  };
}
