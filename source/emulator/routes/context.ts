import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { Scope } from '../store.ts';
import { badRequest, WireError } from '../wire-error.ts';

/** What travels with a request. */
export interface Env {
  /** `hideMs`: how long what is made is neither listed nor read. */
  Bindings: HttpBindings & { hideMs: number };
  Variables: { scope: Scope };
}

export type App = Hono<Env>;
export type Call = Context<Env>;

const mostBytes = 10 * 1024 * 1024;

/** The body of a request as JSON. @throws WireError 400 for what is not JSON, 413 for what is too large. */
export async function bodyOf(call: Call): Promise<unknown> {
  const text = await call.req.text();
  if (text.length > mostBytes) throw new WireError(413, { message: 'The request body is too large' });
  if (text.trim() === '') throw badRequest('The request body is empty');
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The request body is not valid JSON');
  }
}

export const base = '/data/foundation/flowservice';

/** Query of a request, with repeated names kept. */
export const queryOf = (call: Call): URLSearchParams => new URL(call.req.url).searchParams;
