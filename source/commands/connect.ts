import { createFlowService, type FlowService } from '../flow-service/client.ts';
import { clientCredentialsToken, staticToken, type TokenSource } from '../flow-service/token.ts';
import type { Retry } from '../flow-service/transport.ts';
import type { Scene } from '../locale/explain.ts';
import { english } from '../locale/texts.ts';
import { type Platform, readPlatform } from '../settings/platform.ts';
import type { Flags } from './arguments.ts';
import { exitCode } from './exit-codes.ts';
import { Stop } from './stop.ts';

/** Organisation and sandbox of the embedded emulator. */
export const emulatorOrg = '5555467B5D8013E50A494220@AdobeOrg';
export const emulatorSandbox = 'dev';

export interface Connected {
  client: FlowService;
  scene: Scene;
  isEmulator: boolean;
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
  env: Readonly<Record<string, string | undefined>>;
  /** Where a plan names one; a flag beats it. */
  planSandbox?: string | undefined;
  onRetry?: (retry: Retry) => void;
}

/**
 * The platform of a run: the embedded emulator with `--emulator`, otherwise what flags and environment say.
 *
 * @throws Stop (2) when something is missing, with the sentence that says what.
 */
export async function connect({ flags, env, planSandbox, onRetry }: ConnectOptions): Promise<Connected> {
  const more = { readOnly: flags['read-only'] === true, ...(onRetry ? { onRetry } : {}) };
  if (flags.emulator === true) {
    const { startEmulator } = await import('../emulator/server.ts');
    const emulator = await startEmulator();
    const sandbox = flags.sandbox ?? planSandbox ?? emulatorSandbox;
    const client = createFlowService({
      apiUrl: emulator.url,
      token: staticToken('emulator'),
      apiKey: 'emulator',
      orgId: emulatorOrg,
      sandbox,
      ...more,
    });
    return {
      client,
      scene: { host: 'emulator', sandbox },
      isEmulator: true,
      close: async () => {
        await client.close();
        await emulator.close();
      },
    };
  }
  const platform = requirePlatform(flags, env, planSandbox);
  const client = createFlowService({ ...platform, token: tokenOf(platform), ...more });
  return {
    client,
    scene: { host: new URL(platform.apiUrl).host, sandbox: platform.sandbox },
    isEmulator: false,
    close: () => client.close(),
  };
}

function requirePlatform(
  flags: Flags,
  env: ConnectOptions['env'],
  planSandbox: string | undefined,
): Platform {
  const reading = readPlatform({ apiUrl: flags['api-url'], sandbox: flags.sandbox }, env, planSandbox);
  if (reading.kind === 'ready') return reading.platform;
  if (reading.kind === 'badUrl') {
    throw new Stop(exitCode.usage, [english('command.badUrl', { name: reading.name, value: reading.value })]);
  }
  throw new Stop(exitCode.notAllowed, [
    english('command.platformMissing', { names: reading.names.join(', ') }),
    english('command.platformMissingWhy'),
    english('command.platformMissingNext'),
  ]);
}

/** The token of a platform: a given one, or one that is asked for when needed. */
export function tokenOf({ signIn }: Platform): TokenSource {
  return signIn.kind === 'token'
    ? staticToken(signIn.token)
    : clientCredentialsToken({ ...signIn, now: Date.now });
}
