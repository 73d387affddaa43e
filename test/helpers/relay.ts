import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endWithTest } from './scope.ts';

export interface Passed {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: Buffer;
}

export interface RelayOptions {
  /** Looks at a request before it is passed on; answers it instead when it returns true. */
  readonly before?: (asked: Passed, response: ServerResponse) => boolean;
  /** What is answered in place of what the platform said. */
  readonly rewrite?: (asked: Passed, text: string) => string;
}

/** Connection-level headers, which each side has of its own. */
const ownHeaders = ['host', 'connection', 'content-length', 'transfer-encoding'];

/** Stands between a program and a platform, until the test ends. @returns its address */
export async function relayTo(platform: string, options: RelayOptions = {}): Promise<string> {
  const server = createServer((request, response) => {
    // The program or the platform may be gone by now; then there is nobody to answer.
    pass(platform, request, response, options).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endWithTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function pass(
  platform: string,
  request: IncomingMessage,
  response: ServerResponse,
  { before, rewrite = (_, text) => text }: RelayOptions,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const body = Buffer.concat(await request.toArray());
  const asked = { method, url, body };
  if (before?.(asked, response) === true) return;
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    ownHeaders.includes(name) ? [] : [[name, String(value)]],
  );
  const answer = await fetch(new URL(url, platform), {
    method,
    headers,
    ...(body.length > 0 ? { body } : {}),
  });
  const text = rewrite(asked, await answer.text());
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(text);
}
