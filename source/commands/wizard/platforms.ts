import { ChangedSinceError } from '../../apply/changed-since.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { Queue } from '../../apply/queue.ts';
import { memoryRuns } from '../../apply/journal/run-store.ts';
import type { TokenSource } from '../../flow-service/token.ts';
import type { Place, PlatformSources } from '../../pages/remote-cache.ts';
import type { WizardServices } from '../../pages/services.ts';
import { requirePlatform } from '../connect/connect.ts';
import { type Connected, openClient, startEmbedded } from '../connect/open-client.ts';
import { tokenOf } from '../connect/platform-token.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';
import { type Performed, type Performing, performRun } from '../runs/perform-run.ts';
import { notKeptText } from '../runs/record-run.ts';
import { newRun, runsOn } from '../runs/run-journal.ts';
import { remoteSources } from './remote-sources.ts';

/** The platforms a wizard can work on: one client a sandbox, one emulator when it is first asked for. */
export interface Platforms {
  sources: PlatformSources;
  apply: (...args: Parameters<WizardServices['apply']>) => Promise<AsyncIterable<ApplyEvent>>;
  /** What a command works on that is done within the wizard. Not to be closed. */
  connectionTo: (place: Place) => Promise<Connected>;
  /** Another sign-in: the next call signs in anew, with this client secret where the profile keeps none. */
  signInAnew: (secret: string | undefined) => void;
  /**
   * Lets the call under way end, if there is one, and closes everything.
   *
   * @returns What is still to be said: what could not be kept of a run.
   */
  close(): Promise<readonly string[]>;
}

export function createPlatforms(
  flags: Flags,
  streams: Pick<Streams, 'env' | 'restriction' | 'text' | 'glyphs'>,
): Platforms {
  const { env, restriction, text, glyphs } = streams;
  const clients = new Map<string, Promise<Connected>>();
  const rehearsals = memoryRuns(Date.now);
  const leaving = new AbortController();
  const notKept = new Set<string>();
  let emulator: ReturnType<typeof startEmbedded> | undefined;
  let token: TokenSource | undefined;
  let secret: string | undefined;
  /** The last apply: the same once more goes on where it ended; something else is another run. */
  let last: { about: string; run: string } | undefined;
  let underWay: Promise<unknown> = Promise.resolve();

  async function open({ platform: kind, sandbox }: Place): Promise<Connected> {
    const options = { readOnly: flags['read-only'] === true };
    if (kind === 'emulator') {
      emulator ??= startEmbedded().catch((error: unknown) => {
        emulator = undefined;
        throw error;
      });
      const { url } = await emulator;
      return openClient({ kind, url, sandbox }, options);
    }
    const platform = requirePlatform({ ...flags, sandbox }, env, undefined);
    const typed = secret;
    const prompt = typed === undefined ? undefined : () => Promise.resolve(typed);
    token ??= tokenOf(platform, { env, isRestricted: restriction !== undefined, prompt }, text);
    return openClient({ kind, platform, token }, options);
  }

  function connectionTo(place: Place): Promise<Connected> {
    const key = `${place.platform} ${place.sandbox}`;
    const known = clients.get(key);
    if (known) return known;
    const connecting = open(place);
    clients.set(key, connecting);
    // What failed to start may start the next time it is asked for.
    connecting.catch(() => clients.delete(key));
    return connecting;
  }

  return {
    sources: remoteSources(async (place) => (await connectionTo(place)).client, text),
    connectionTo,
    signInAnew(given) {
      secret = given;
      token = undefined;
      clients.clear();
    },
    async apply(plan, authParams, place, { stop, abort }, confirmed) {
      const connected = await connectionTo(place);
      const about = JSON.stringify([place, plan, authParams]);
      if (last?.about !== about) last = { about, run: newRun() };
      const queue = new Queue<ApplyEvent>();
      const performing = performRun(
        {
          plan,
          authParams,
          ...(confirmed ? asConfirmed(confirmed) : {}),
          connected,
          isOnly: !connected.isEmulator,
          restriction,
          run: last.run,
          runs: connected.isEmulator ? rehearsals : runsOn(connected, env),
          env,
          text,
          glyphs,
          stop: AbortSignal.any([stop, leaving.signal]),
          abort,
        },
        (event) => {
          queue.push(event);
        },
      ).finally(() => {
        queue.end();
      });
      underWay = performing.then(
        ({ kept }) => {
          for (const one of kept.notKept) notKept.add(notKeptText(one, text));
        },
        () => undefined,
      );
      return toTheEnd(queue, performing);
    },
    async close() {
      leaving.abort();
      await underWay;
      for (const connecting of clients.values())
        await connecting.then((one) => one.close()).catch(() => undefined);
      await emulator?.then((one) => one.close());
      return [...notKept];
    },
  };
}

/** Sends what was confirmed and nothing else; what somebody has changed since stays. */
const asConfirmed = ({
  since,
  unforeseen,
}: NonNullable<Parameters<WizardServices['apply']>[4]>): Pick<
  Performing,
  'extras' | 'since' | 'approve'
> => ({
  extras: 'prune',
  since,
  approve({ flowId, differences }) {
    const found = unforeseen(differences);
    return found.length === 0 ? Promise.resolve(true) : Promise.reject(new ChangedSinceError(flowId, found));
  },
});

/** What happens in a run, whether or not anybody watches, and how it ended. @throws as performRun */
async function* toTheEnd(
  events: AsyncIterable<ApplyEvent>,
  performing: Promise<Performed>,
): AsyncGenerator<ApplyEvent> {
  yield* events;
  yield (await performing).result;
}
