import type { FlowService } from '../../flow-service/client.ts';
import { createFlowService } from '../../flow-service/create-client.ts';
import { IncompleteListError, RefusedError } from '../../flow-service/errors.ts';
import type { Gate } from '../../flow-service/limiter.ts';
import { staticToken, type TokenSource } from '../../flow-service/token.ts';
import type { Scene } from '../../locale/explain.ts';
import type { Platform } from '../../settings/platform.ts';

/** Organisation and sandbox of the embedded emulator. */
export const emulatorOrg = '5555467B5D8013E50A494220@AdobeOrg';
export const emulatorSandbox = 'dev';

/** A platform that can be worked on, in one sandbox. */
export interface Connected {
  client: FlowService;
  scene: Scene;
  isEmulator: boolean;
  token: TokenSource;
  /** Names of other sandboxes that have a dataflow, as far as the credential may look there. */
  elsewhere(flowId: string): Promise<readonly string[]>;
  /** Whether the sandbox is a production one; nothing where the platform's list does not tell. Asked once. */
  isProduction(): Promise<boolean | undefined>;
  /** Closes the connections and, where it was started for this one alone, the embedded emulator. */
  close(): Promise<void>;
}

/** Where a client leads. */
export type Target =
  | { kind: 'emulator'; url: string; sandbox: string }
  | { kind: 'organisation'; platform: Platform; token: TokenSource };

interface ClientOptions {
  /** Refuses every write before it is sent. */
  readOnly: boolean;
  /** Where several processes share a limit of calls. */
  gate?: Gate | undefined;
}

/** Starts the embedded emulator, with a few dataflows to rehearse on beside `dev`; its code is read only now. */
export const startEmbedded = async (): Promise<{ readonly url: string; close(): Promise<void> }> =>
  (await import('../../emulator/server.ts')).startEmulator({
    flows: 6,
    flowsIn: 'stage',
    // A rehearsal is the same at every hour.
    runFaults: ['*=none'],
  });

/** Makes the client of a platform. Nothing is sent before something is asked of it. */
export function openClient(target: Target, options: ClientOptions): Connected {
  const settings =
    target.kind === 'emulator'
      ? {
          apiUrl: target.url,
          sandbox: target.sandbox,
          apiKey: 'emulator',
          orgId: emulatorOrg,
          token: staticToken('emulator'),
        }
      : { ...target.platform, token: target.token };
  const client = createFlowService({ ...settings, ...options });
  const host = target.kind === 'emulator' ? 'emulator' : new URL(settings.apiUrl).host;
  return {
    client,
    scene: { host, sandbox: settings.sandbox },
    isEmulator: target.kind === 'emulator',
    token: settings.token,
    elsewhere: (flowId) =>
      sandboxesWith(flowId, client, (sandbox) => createFlowService({ ...settings, ...options, sandbox })),
    isProduction: once(() => isProduction(client)),
    close: () => client.close(),
  };
}

/** Where a run writes, for its journal. */
export function placeOf({ client }: Pick<Connected, 'client'>): {
  apiUrl: string;
  orgId: string;
  sandbox: string;
} {
  return { apiUrl: client.apiUrl, orgId: client.orgId, sandbox: client.sandbox };
}

async function isProduction(client: FlowService): Promise<boolean | undefined> {
  const listed = await client.listSandboxes().catch((error: unknown) => {
    // Many credentials may work in a sandbox without being allowed to list them.
    if (error instanceof RefusedError && (error.status === 403 || error.status === 404)) return [];
    if (error instanceof IncompleteListError) return [];
    throw error;
  });
  return listed.find(({ name }) => name === client.sandbox)?.isProduction;
}

/** Sandboxes that are looked into for a dataflow, at most. */
const mostSandboxes = 20;

async function sandboxesWith(
  flowId: string,
  { sandbox, listSandboxes }: FlowService,
  clientIn: (sandbox: string) => FlowService,
): Promise<readonly string[]> {
  // It is only a hint: whoever may not look gets none.
  const listed = await listSandboxes().catch(() => []);
  const others = listed.map(({ name }) => name).filter((name) => name !== sandbox);
  const found = await Promise.all(
    others.slice(0, mostSandboxes).map(async (name) => {
      const isThere = await clientIn(name)
        .exists('flows', flowId)
        .catch(() => false);
      return isThere ? [name] : [];
    }),
  );
  return found.flat();
}

function once<Value>(act: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= act());
}
