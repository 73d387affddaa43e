import { createFlowService, type FlowService } from '../../flow-service/client.ts';
import { staticToken, type TokenSource } from '../../flow-service/token.ts';
import type { Retry } from '../../flow-service/transport.ts';
import type { Scene } from '../../locale/explain.ts';
import { RefusedError } from '../../flow-service/errors.ts';
import type { Platform } from '../../settings/platform.ts';
import type { Flags } from '../console/arguments.ts';
import { secretPrompt } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { tokenOf } from './platform-token.ts';
import { platformReading } from './profile.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';

/** Organisation and sandbox of the embedded emulator. */
export const emulatorOrg = '5555467B5D8013E50A494220@AdobeOrg';
export const emulatorSandbox = 'dev';

export interface Connected {
  client: FlowService;
  scene: Scene;
  isEmulator: boolean;
  token: TokenSource;
  /**
   * Whether the sandbox is a production one: by the platform's list, by its name where the list cannot be read.
   * Asked once.
   */
  isProduction(): Promise<boolean>;
  /** Closes the connections and, where there is one, the embedded emulator. */
  close(): Promise<void>;
}

/** Where a run writes, for its journal. */
export function placeOf({ client }: Pick<Connected, 'client'>): {
  apiUrl: string;
  orgId: string;
  sandbox: string;
} {
  return { apiUrl: client.apiUrl, orgId: client.orgId, sandbox: client.sandbox };
}

export interface ConnectOptions {
  flags: Flags;
  streams: Streams;
  /** Where a plan names one; a flag beats it. */
  planSandbox?: string | undefined;
  onRetry?: (retry: Retry) => void;
}

/**
 * The platform of a run: the embedded emulator with `--emulator`, otherwise what flags, environment and
 * profile say.
 *
 * @throws Stop (2) when something is missing, with the sentence that says what.
 */
export async function connect(options: ConnectOptions): Promise<Connected> {
  const { flags, streams, planSandbox, onRetry } = options;
  const more = { readOnly: flags['read-only'] === true, ...(onRetry ? { onRetry } : {}) };
  if (flags.emulator === true) {
    const { startEmulator } = await import('../../emulator/server.ts');
    const emulator = await startEmulator();
    const sandbox = flags.sandbox ?? planSandbox ?? emulatorSandbox;
    const token = staticToken('emulator');
    const client = createFlowService({
      apiUrl: emulator.url,
      token,
      apiKey: 'emulator',
      orgId: emulatorOrg,
      sandbox,
      ...more,
    });
    return {
      client,
      scene: { host: 'emulator', sandbox },
      isEmulator: true,
      token,
      isProduction: once(() => isProduction(client)),
      close: async () => {
        await client.close();
        await emulator.close();
      },
    };
  }
  const platform = requirePlatform(flags, streams.env, planSandbox);
  const { env, restriction, text } = streams;
  const ask = secretPrompt(flags, streams);
  const prompt = ask && (() => ask(text('login.secret')));
  const token = tokenOf(platform, { env, prompt, isRestricted: restriction !== undefined }, streams.text);
  // Asked for before anything is drawn or begun: a question has no place among the lines of a run.
  if (platform.signIn.kind === 'credentials' && platform.signIn.secret === 'prompt') await token.get();
  const client = createFlowService({ ...platform, token, ...more });
  return {
    client,
    scene: { host: new URL(platform.apiUrl).host, sandbox: platform.sandbox },
    isEmulator: false,
    token,
    isProduction: once(() => isProduction(client)),
    close: () => client.close(),
  };
}

async function isProduction(client: FlowService): Promise<boolean> {
  const byName = client.sandbox === 'prod';
  const listed = await client.listSandboxes().catch((error: unknown) => {
    // Many credentials may work in a sandbox without being allowed to list them.
    if (error instanceof RefusedError && (error.status === 403 || error.status === 404)) return [];
    throw error;
  });
  return listed.find(({ name }) => name === client.sandbox)?.isProduction ?? byName;
}

function once<Value>(act: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  return () => (value ??= act());
}

function requirePlatform(flags: Flags, env: Streams['env'], planSandbox: string | undefined): Platform {
  const reading = platformReading(flags, env, planSandbox);
  if (reading.kind === 'ready') return reading.platform;
  if (reading.kind === 'badUrl') {
    const { name, value } = reading;
    throw new Stop(exitCode.usage, (text) => text('command.badUrl', { name, value }));
  }
  const names = reading.names.join(', ');
  throw new Stop(
    exitCode.notAllowed,
    (text) => text('command.platformMissing', { names }),
    (text) => text('command.platformMissingWhy'),
    (text) => text('command.platformMissingNext'),
  );
}
