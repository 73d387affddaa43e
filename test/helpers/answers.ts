import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientSettings, FlowService } from '../../source/flow-service/client.ts';
import { createFlowService } from '../../source/flow-service/create-client.ts';
import { staticToken } from '../../source/flow-service/token.ts';
import { endWithTest } from './scope.ts';

export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a written answer says; a function does something else with the connection. */
export type Written =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | ((response: ServerResponse) => void);

export interface AnswerServer {
  readonly url: string;
  readonly seen: readonly Seen[];
}

/** Cuts the connection without an answer. */
export const cut = (response: ServerResponse): void => {
  response.socket?.destroy();
};

/** A real HTTP server on loopback, until the test ends, that answers what the test wrote, and remembers what it was asked. */
export async function answerWith(answer: (asked: Seen, count: number) => Written): Promise<AnswerServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked: Seen = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(asked);
      const written = answer(asked, seen.length);
      if (typeof written === 'function') {
        written(response);
        return;
      }
      const { status = 200, json, text, headers = {} } = written;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endWithTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** A client that does not wait between its repetitions. */
export function clientOf(apiUrl: string, settings: Partial<ClientSettings> = {}): FlowService {
  return createFlowService({
    apiUrl,
    token: staticToken('the-token'),
    apiKey: 'the-key',
    orgId: '5555467B@AdobeOrg',
    sandbox: 'dev',
    retryBaseMs: 1,
    random: () => 0,
    ...settings,
  });
}

/** What a promise was rejected with; fails when it was not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`it succeeded with ${JSON.stringify(outcome.value)}`);
  return outcome.error;
}
