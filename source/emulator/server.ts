import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { type Fault, parseFaultRule, takeFault } from './faults.ts';
import { checkGateway } from './gateway.ts';
import { type EmulatorOptions, withDefaults } from './options.ts';
import { connectionRoutes } from './routes/connections.ts';
import type { Env } from './routes/context.ts';
import { flowRoutes } from './routes/flows.ts';
import { imsRoutes } from './routes/ims.ts';
import { profileRoutes } from './routes/profile.ts';
import { runRoutes } from './routes/runs.ts';
import { specRoutes } from './routes/specs.ts';
import type { Collection } from './store.ts';
import { EmulatorStartError } from './start-error.ts';
import { flowError, problemJson, WireError } from './wire-error.ts';
import { createWorld } from './world.ts';

export type { EmulatorOptions } from './options.ts';
export { parseFaultRule } from './faults.ts';
export { EmulatorStartError } from './start-error.ts';

/** A request as it was seen; times are epoch milliseconds. Nothing secret is in it. */
export interface RequestEntry {
  method: string;
  path: string;
  query: string;
  /** 0 when the connection was cut without an answer. */
  status: number;
  sandbox: string | undefined;
  ifMatch: string | undefined;
  startedMs: number;
  endedMs: number;
}

export interface Emulator {
  readonly url: string;
  readonly port: number;
  /** Requests that were answered or cut, in that order. */
  readonly requests: readonly RequestEntry[];
  /** How many of a kind there are, in all organisations and sandboxes. */
  count(collection: Collection): number;
  /** Ends at once, also with connections that are kept alive. */
  close(): Promise<void>;
}

/**
 * Serves a Flow Service on 127.0.0.1.
 *
 * @throws EmulatorStartError for a rule or a file that cannot be used, or a port that is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = withDefaults(options);
  const rules = settings.faults.map(parseFaultRule);
  requireLog(settings.logFile);
  const world = createWorld(settings);
  const requests: RequestEntry[] = [];
  const app = new Hono<Env>({ strict: false });

  app.use(async (call, next) => {
    const startedMs = settings.now();
    const { method } = call.req;
    // As it was asked for: the router's own path has lost a slash at the end.
    const path = new URL(call.req.url).pathname;
    const fault = takeFault(rules, method, path);
    const cut = (): void => {
      call.env.incoming.socket.destroy();
    };
    const note = (status: number): void => {
      const entry: RequestEntry = {
        method,
        path,
        query: new URL(call.req.url).search,
        status,
        sandbox: call.req.header('x-sandbox-name'),
        ifMatch: call.req.header('if-match'),
        startedMs,
        endedMs: settings.now(),
      };
      requests.push(entry);
      if (settings.logFile !== undefined) appendFileSync(settings.logFile, `${JSON.stringify(entry)}\n`);
    };
    await wait(settings.latencyMs + (fault?.kind === 'slow' ? fault.ms : 0));
    await settings.hold(method, path);
    if (fault?.kind === 'reset') {
      cut();
      note(0);
      return call.body(null);
    }
    const early = fault === undefined ? undefined : faultAnswer(fault);
    if (early) {
      call.res = early;
    } else {
      await next();
    }
    if (fault?.kind === 'lost') {
      cut();
      note(0);
      return;
    }
    note(call.res.status);
  });

  app.use(async (call, next) => {
    const { method, path } = call.req;
    const header = (name: string): string | undefined => call.req.header(name);
    const hasBody = Number(header('content-length') ?? 0) > 0 || header('transfer-encoding') !== undefined;
    if (!path.startsWith('/ims/')) call.set('scope', checkGateway(method, header, hasBody));
    await next();
  });

  specRoutes(app, world);
  connectionRoutes(app, world);
  flowRoutes(app, world);
  runRoutes(app, world);
  profileRoutes(app, world);
  imsRoutes(app);
  app.notFound(() => {
    throw flowError(404, 'No such resource');
  });
  app.onError((error) => {
    if (error instanceof WireError) return toResponse(error);
    return toResponse(
      new WireError(500, { errorMessage: 'Internal error of the emulator', errorDetails: error.message }),
    );
  });

  const server = await listen(app, settings.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    count: (collection) => world.store.count(collection),
    close: () =>
      new Promise((resolve) => {
        world.store.close();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

/** Before the first request, not at it. */
function requireLog(logFile: string | undefined): void {
  if (logFile === undefined) return;
  try {
    appendFileSync(logFile, '');
  } catch (error) {
    throw new EmulatorStartError('logFile', logFile, { cause: error });
  }
}

type Server = ReturnType<typeof serve>;

function listen(app: Hono<Env>, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) => app.fetch(request, env as HttpBindings),
        hostname: '127.0.0.1',
        port,
        overrideGlobalObjects: false,
      },
      () => resolve(server),
    );
    server.once('error', (error: NodeJS.ErrnoException) => {
      const problem = error.code === 'EADDRINUSE' ? 'portTaken' : 'port';
      reject(new EmulatorStartError(problem, String(port), { cause: error }));
    });
  });
}

function wait(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

function faultAnswer(fault: Fault): Response | undefined {
  switch (fault.kind) {
    case 'status':
      return toResponse(statusError(fault.status));
    case 'busy':
      return toResponse(
        new WireError(429, { message: 'Too many requests' }, { 'Retry-After': String(fault.seconds) }),
      );
    case 'html':
      return new Response('<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>', {
        status: 503,
        headers: { 'Content-Type': 'text/html' },
      });
    case 'reset':
    case 'lost':
    case 'slow':
      return undefined;
  }
}

/** A refusal of that status, in the words that the platform uses for it. */
function statusError(status: number): WireError {
  if (status === 401)
    return new WireError(401, { error_code: '401013', message: 'Oauth token is not valid' });
  if (status === 403) return flowError(403, 'Permission denied on some resources.');
  if (status === 400) return problemJson('A fault was asked for');
  return flowError(status, `A fault was asked for: ${status}`);
}

function toResponse({ status, body, headers }: WireError): Response {
  return new Response(status === 204 || status === 304 ? null : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
  });
}
