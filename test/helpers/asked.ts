import type { Emulator, EmulatorOptions } from '../../source/emulator/server.ts';
import { emulatorWith } from './emulator.ts';

// An emulator and plain HTTP: nothing of the product.

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  text: string;
  body: Json;
}

/** @param body - A text is sent as it is. @param at - Below the Flow Service, or from `/data` on. */
export type Ask = (
  method: string,
  at: string,
  body?: unknown,
  more?: Record<string, string>,
) => Promise<Answer>;

const base = '/data/foundation/flowservice';

/** Ends with the test. */
export async function asked(options: EmulatorOptions = {}): Promise<{ ask: Ask; emulator: Emulator }> {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 0, touchDelayMs: false, ...options });
  const ask: Ask = async (method, at, body, more = {}) => {
    const answer = await fetch(emulator.url + (at.startsWith('/data') ? at : base + at), {
      method,
      headers: {
        authorization: 'Bearer token',
        'x-api-key': 'svc',
        'x-gw-ims-org-id': '5555467B5D8013E50A494220@AdobeOrg',
        'x-sandbox-name': 'dev',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, body: (text === '' ? {} : JSON.parse(text)) as Json };
  };
  return { ask, emulator };
}

/** What the envelope of a single read holds. */
export async function readOne(ask: Ask, at: string): Promise<Json> {
  const { body } = await ask('GET', at);
  return (body['items'] as Json[])[0] ?? {};
}
