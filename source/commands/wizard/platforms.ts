import { profileStoreSpecId } from '../../activation/catalog.ts';
import { batchDestinations } from '../../activation/destinations.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { execute } from '../../apply/execute.ts';
import { foldJournal, type JournalEntry, type JournalNote } from '../../apply/journal.ts';
import type { OpenJournal } from '../../apply/journal-file.ts';
import { createFlowService, type FlowService } from '../../flow-service/client.ts';
import { staticToken, type TokenSource } from '../../flow-service/token.ts';
import type { OfferedDestinations, OfferedSources, Place, RemoteSources } from '../../pages/remote-cache.ts';
import type { WizardServices } from '../../pages/services.ts';
import type { Platform } from '../../settings/platform.ts';
import type { Flags } from '../console/arguments.ts';
import { emulatorOrg, placeOf } from '../connect/connect.ts';
import { tokenOf } from '../connect/platform-token.ts';
import { platformReading } from '../connect/profile.ts';
import { keepRecord } from '../runs/record-run.ts';
import type { Streams } from '../console/streams.ts';
import { beginJournal, newRun, patience } from '../runs/run-journal.ts';

/** The platforms a wizard can work on: one client a sandbox, one emulator when it is first asked for. */
export interface Platforms {
  sources: RemoteSources;
  apply: (...args: Parameters<WizardServices['apply']>) => Promise<AsyncIterable<ApplyEvent>>;
  /** The client secret of a profile that keeps none; the next call signs in with it. */
  giveSecret: (secret: string) => void;
  close(): Promise<void>;
}

/** The last apply, for going on with it. */
interface Attempt {
  about: string;
  run: string;
  journal: OpenJournal | undefined;
  notes: JournalEntry[];
}

const stamped = (note: JournalNote): JournalEntry => ({ ...note, at: new Date().toISOString() });

/** Keeps the receipt and the audit line of an apply as it ends. */
async function* recorded(
  events: AsyncIterable<ApplyEvent>,
  about: Pick<Parameters<typeof keepRecord>[0], 'plan' | 'run' | 'connected' | 'env' | 'text' | 'glyphs'>,
): AsyncGenerator<ApplyEvent> {
  const seen: ApplyEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (event.kind === 'result')
      await keepRecord({ ...about, events: seen, result: event }).catch(() => undefined);
    yield event;
  }
}

export function createPlatforms(
  flags: Flags,
  streams: Pick<Streams, 'env' | 'restriction' | 'text' | 'glyphs'>,
): Platforms {
  const { env, restriction, text, glyphs } = streams;
  const clients = new Map<string, Promise<FlowService>>();
  let emulator: Promise<{ url: string; close(): Promise<void> }> | undefined;
  let token: TokenSource | undefined;
  let secret: string | undefined;
  let attempt: Attempt | undefined;

  async function create(place: Place): Promise<FlowService> {
    const readOnly = flags['read-only'] === true;
    if (place.platform === 'emulator') {
      emulator ??= import('../../emulator/server.ts').then(({ startEmulator }) => startEmulator());
      const { url } = await emulator;
      const caller = { token: staticToken('emulator'), apiKey: 'emulator', orgId: emulatorOrg };
      return createFlowService({ apiUrl: url, sandbox: place.sandbox, readOnly, ...caller });
    }
    const platform = requirePlatform(place);
    const typed = secret;
    const sources = {
      env,
      isRestricted: restriction !== undefined,
      prompt: typed === undefined ? undefined : () => Promise.resolve(typed),
    };
    token ??= tokenOf(platform, sources, text);
    return createFlowService({ ...platform, token, readOnly });
  }

  function requirePlatform(place: Place): Platform {
    const reading = platformReading({ ...flags, sandbox: place.sandbox }, env);
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
      destinations: async (place, signal) => readDestinations(await clientOf(place), signal),
      sources: async (place, signal) => readSources(await clientOf(place), signal),
      flowCount: async (place, signal) => (await clientOf(place)).countDestinationFlows({ signal }),
      unionSchema: async (place, signal) => (await clientOf(place)).getUnionSchema({ signal }),
      async *segments(place, signal) {
        yield* (await clientOf(place)).listSegments({ signal });
      },
    },
    giveSecret(given) {
      secret = given;
      token = undefined;
      clients.clear();
    },
    async apply(plan, authParams, place, signals) {
      const client = await clientOf(place);
      const isEmulator = place.platform === 'emulator';
      // The same once more goes on where the last attempt ended; something else is another run.
      const about = JSON.stringify([place, plan, authParams]);
      if (attempt?.about !== about) {
        const run = newRun();
        attempt = { about, run, journal: undefined, notes: [] };
        attempt.notes.push(
          stamped({ kind: 'begun', version: 1, run, plan, place: placeOf({ client }), who: { user: '' } }),
        );
      }
      const { run, notes } = attempt;
      const journal = (attempt.journal ??= await beginJournal(run, plan, { client, isEmulator }, env));
      const earlier = foldJournal(notes);
      return recorded(
        execute(plan, {
          client,
          authParams,
          run,
          clock: () => performance.now(),
          journal: {
            async note(note) {
              await journal.note(note);
              notes.push(stamped(note));
            },
          },
          ...(earlier ? { earlier } : {}),
          ...patience(env),
          ...signals,
        }),
        { plan, run, connected: { client, isEmulator }, env, text, glyphs },
      );
    },
    async close() {
      await attempt?.journal?.close();
      for (const client of clients.values()) await client.then((one) => one.close()).catch(() => undefined);
      await emulator?.then((one) => one.close());
    },
  };
}

/** What there is to connect to. Only the specs must be readable: the rest makes the choice richer. */
async function readDestinations(client: FlowService, signal: AbortSignal): Promise<OfferedDestinations> {
  const [specs, flowSpecs] = await Promise.all([
    client.listConnectionSpecs({ signal }),
    orNone(client.listFlowSpecs({ signal }), signal),
  ]);
  const ids = batchDestinations(specs, flowSpecs).map(({ id }) => id);
  const filter = `connectionSpec.id==${ids.join(',')}`;
  const accounts =
    ids.length === 0 ? [] : await orNone(everyPage(client.list('connections', [filter], { signal })), signal);
  return { specs, flowSpecs, accounts };
}

async function readSources(client: FlowService, signal: AbortSignal): Promise<OfferedSources> {
  const filters = [`connectionSpec.id==${profileStoreSpecId}`];
  const [connections, sourceConnections] = await Promise.all([
    everyPage(client.list('connections', filters, { signal })),
    everyPage(client.list('sourceConnections', filters, { signal })),
  ]);
  return { connections, sourceConnections };
}

async function everyPage<Item>(pages: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** What may not be read is not offered; a person who leaves is not kept waiting. */
async function orNone<Item>(asking: Promise<Item[]>, signal: AbortSignal): Promise<Item[]> {
  try {
    return await asking;
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}
