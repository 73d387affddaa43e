import { randomBytes } from 'node:crypto';
import type { ApplyEvent } from '../apply/events.ts';
import { execute } from '../apply/execute.ts';
import { createFlowService, type FlowService } from '../flow-service/client.ts';
import { staticToken, type TokenSource } from '../flow-service/token.ts';
import type { Place, RemoteSources } from '../screens/remote.tsx';
import type { WizardServices } from '../screens/wizard-context.tsx';
import { type Platform, readPlatform } from '../settings/platform.ts';
import type { Flags } from './arguments.ts';
import { emulatorOrg, tokenOf } from './connect.ts';

/** The platforms a wizard can work on: one client a sandbox, one emulator when it is first asked for. */
export interface Platforms {
  sources: RemoteSources;
  apply: (...args: Parameters<WizardServices['apply']>) => Promise<AsyncIterable<ApplyEvent>>;
  close(): Promise<void>;
}

export function createPlatforms(flags: Flags, env: Readonly<Record<string, string | undefined>>): Platforms {
  const clients = new Map<string, Promise<FlowService>>();
  let emulator: Promise<{ url: string; close(): Promise<void> }> | undefined;
  let token: TokenSource | undefined;

  async function create(place: Place): Promise<FlowService> {
    const readOnly = flags['read-only'] === true;
    if (place.platform === 'emulator') {
      emulator ??= import('../emulator/server.ts').then(({ startEmulator }) => startEmulator());
      const { url } = await emulator;
      const caller = { token: staticToken('emulator'), apiKey: 'emulator', orgId: emulatorOrg };
      return createFlowService({ apiUrl: url, sandbox: place.sandbox, readOnly, ...caller });
    }
    const platform = requirePlatform(place);
    token ??= tokenOf(platform);
    return createFlowService({ ...platform, token, readOnly });
  }

  function requirePlatform(place: Place): Platform {
    const reading = readPlatform({ apiUrl: flags['api-url'], sandbox: place.sandbox }, env);
    if (reading.kind !== 'ready') throw new Error('the organisation is not set up');
    return reading.platform;
  }

  function clientOf(place: Place): Promise<FlowService> {
    const key = `${place.platform} ${place.sandbox}`;
    const known = clients.get(key);
    if (known) return known;
    const client = create(place);
    clients.set(key, client);
    // What failed to start may start the next time it is asked for.
    client.catch(() => clients.delete(key));
    return client;
  }

  return {
    sources: {
      sandboxes: async (place, signal) => (await clientOf(place)).listSandboxes({ signal }),
      destinations: async (place, signal) => (await clientOf(place)).listConnectionSpecs({ signal }),
      unionSchema: async (place, signal) => (await clientOf(place)).getUnionSchema({ signal }),
      async *segments(place, signal) {
        yield* (await clientOf(place)).listSegments({ signal });
      },
    },
    async apply(plan, authParams, place, { stop, abort }) {
      const client = await clientOf(place);
      const run = randomBytes(4).toString('hex');
      return execute(plan, { client, authParams, run, clock: () => performance.now(), stop, abort });
    },
    async close() {
      for (const client of clients.values()) await client.then((one) => one.close()).catch(() => undefined);
      await emulator?.then((one) => one.close());
    },
  };
}
