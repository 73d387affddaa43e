import { appendFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { answerAfter, answerInstead, toResponse } from './fault-answers.ts';
import { parseFaultRule, takeFault } from './faults.ts';
import { checkGateway } from './gateway.ts';
import { type EmulatorOptions, withDefaults } from './options.ts';
import { adHocRoutes } from './routes/ad-hoc.ts';
import { connectionRoutes } from './routes/connections.ts';
import type { App, Call, Env } from './routes/context.ts';
import { dataPrepRoutes } from './routes/data-prep.ts';
import { flowRoutes } from './routes/flows.ts';
import { imsRoutes } from './routes/ims.ts';
import { landingZoneRoutes } from './routes/landing-zone.ts';
import { profileRoutes } from './routes/profile.ts';
import { runRoutes } from './routes/runs.ts';
import { segmentJobRoutes } from './routes/segment-jobs.ts';
import { specRoutes } from './routes/specs.ts';
import type { Collection, DocumentKind } from './store.ts';
import { EmulatorStartError } from './start-error.ts';
import { flowError, WireError } from './wire-error.ts';
import { createWorld, type World } from './world.ts';

export type { Delivery, EmulatorOptions } from './options.ts';
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
  /** How many of a kind there are, in all organisations and sandboxes; hidden ones too. */
  count(kind: Collection | DocumentKind): number;
  /**
   * Waits until nothing is pending: every request that has come, also from somebody who left, has been acted
   * upon. Count only then.
   */
  idle(): Promise<void>;
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
  const pending = new Set<Promise<void>>();
  const stale = new Map<string, { said: Response; untilMs: number }>();
  const service = serviceOf(world);
  const app = new Hono<Env>({ strict: false });

  app.all('*', async (call) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    pending.add(promise);
    try {
      return await answer(call);
    } finally {
      pending.delete(promise);
      resolve();
    }
  });

  async function answer(call: Call): Promise<Response> {
    const startedMs = settings.now();
    const { method } = call.req;
    // As it was asked for: the router's own path has lost a slash at the end.
    const path = new URL(call.req.url).pathname;
    const { fault, hideMs, staleMs } = takeFault(rules, method, path);
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
    const hangUp = (): void => {
      call.env.incoming.socket.destroy();
    };
    /** Once all that was said is on its way, however busy the machine is. */
    const breakOff = (): void => {
      const { incoming, outgoing } = call.env;
      const isOnItsWay = outgoing.headersSent && incoming.socket.writableLength === 0;
      if (isOnItsWay || incoming.socket.destroyed) hangUp();
      else setTimeout(breakOff, 5);
    };
    const cut = (): Response => {
      hangUp();
      note(0);
      return new Response(null);
    };
    await wait(settings.latencyMs + (fault?.kind === 'slow' ? fault.ms : 0));
    await settings.hold(method, path);
    if (fault?.kind === 'reset') return cut();
    const instead = answerInstead(fault);
    const date = new Date(settings.now()).toUTCString();
    if (staleMs > 0) await remember(call, path, staleMs);
    const said =
      instead ?? remembered(call, path) ?? (await act(call, hideMs, fault?.kind === 'twice' ? 2 : 1));
    if (fault?.kind === 'lost') return cut();
    const answered = await answerAfter(fault, said, breakOff);
    note(answered.status);
    if (settings.now === Date.now) return answered;
    const dated = new Response(answered.body, answered);
    dated.headers.set('date', date);
    return dated;
  }

  /** Keeps what is read now: that is read for a while still. */
  async function remember(call: Call, path: string, ms: number): Promise<void> {
    const read = new Request(call.req.url, { headers: call.req.header() });
    const said = await service.fetch(read, { ...call.env, hideMs: 0 });
    stale.set(staleKey(call, path), { said, untilMs: performance.now() + ms });
  }

  function remembered(call: Call, path: string): Response | undefined {
    const kept = call.req.method === 'GET' ? stale.get(staleKey(call, path)) : undefined;
    return kept && kept.untilMs > performance.now() ? kept.said.clone() : undefined;
  }

  /** What the service says, the last time it was asked. */
  async function act(call: Call, hideMs: number, times: number): Promise<Response> {
    const env = { ...call.env, hideMs };
    if (times === 1) return service.fetch(call.req.raw, env);
    const { method, url } = call.req;
    const headers = call.req.header();
    const text = method === 'GET' ? undefined : await call.req.text();
    const body = text === undefined || text === '' ? {} : { body: text };
    let said = new Response(null);
    for (let time = 0; time < times; time++)
      said = await service.fetch(new Request(url, { method, headers, ...body }), env);
    return said;
  }

  const server = await listen(app, settings.port);
  const { deliver } = settings;
  // Its clients are large: whoever delivers nothing reads none of them.
  const endDelivery = deliver && (await import('./deliver/deliverer.ts')).startDelivery(world, deliver);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    count: (kind) => world.store.count(kind),
    async idle() {
      // What is on the wire is read in the next turns of the loop: one takes a connection, one its request.
      for (let turn = 0; turn < 5; turn++) {
        await new Promise((resolve) => setImmediate(resolve));
        if (pending.size === 0) continue;
        await Promise.all(pending);
        turn = -1;
      }
    },
    async close() {
      await endDelivery?.();
      await new Promise<void>((resolve) => {
        world.store.close();
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

/** The service itself: what the gateway lets through, acted upon. */
function serviceOf(world: World): App {
  const service: App = new Hono<Env>({ strict: false });
  service.use(async (call, next) => {
    const { method, path } = call.req;
    const header = (name: string): string | undefined => call.req.header(name);
    const hasBody = Number(header('content-length') ?? 0) > 0 || header('transfer-encoding') !== undefined;
    if (!path.startsWith('/ims/')) call.set('scope', checkGateway(method, header, hasBody));
    await next();
  });
  specRoutes(service, world);
  connectionRoutes(service, world);
  flowRoutes(service, world);
  runRoutes(service, world);
  adHocRoutes(service, world);
  profileRoutes(service, world);
  segmentJobRoutes(service, world);
  dataPrepRoutes(service, world);
  landingZoneRoutes(service, world);
  imsRoutes(service);
  service.notFound(() => {
    throw flowError(404, 'No such resource');
  });
  service.onError((error) => {
    if (error instanceof WireError) return toResponse(error);
    return toResponse(
      new WireError(500, { errorMessage: 'Internal error of the emulator', errorDetails: error.message }),
    );
  });
  return service;
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
        fetch: (request, env) => app.fetch(request, { ...(env as HttpBindings), hideMs: 0 }),
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

/** Who reads the same: a path in a sandbox. */
const staleKey = (call: Call, path: string): string =>
  [call.req.header('x-gw-ims-org-id'), call.req.header('x-sandbox-name'), path].join(' ');
