import { ChangedSinceError } from '../../apply/live/changed-since.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { Queue } from '../../apply/queue.ts';
import { memoryRuns, type RunStore } from '../../apply/journal/run-store.ts';
import { takenBack } from '../../apply/undo/put-back.ts';
import type { TokenSource } from '../../flow-service/token.ts';
import type { Place, PlatformSources } from '../../pages/remote-cache.ts';
import type { WizardServices } from '../../pages/services.ts';
import { requirePlatform } from '../connect/connect.ts';
import { type Connected, openClient, placeOf, startEmbedded } from '../connect/open-client.ts';
import { tokenOf } from '../connect/platform-token.ts';
import type { Flags } from '../console/arguments.ts';
import type { Streams } from '../console/streams.ts';
import { type Performed, type Performing, performRun } from '../runs/perform-run.ts';
import { performUndo, type UndoStep } from '../runs/perform-undo.ts';
import { notKeptText } from '../runs/record-run.ts';
import { newRun, runsOn } from '../runs/run-journal.ts';
import { knownHere } from '../status/known-here.ts';
import { stateFolder } from '../../settings/state-folder.ts';
import { lastLooks } from './last-look.ts';
import { remoteSources } from './remote-sources.ts';

/** The platforms a wizard can work on: one client a sandbox, one emulator when it is first asked for. */
export interface Platforms {
  sources: PlatformSources;
  apply: (...args: Parameters<WizardServices['apply']>) => Promise<AsyncIterable<ApplyEvent>>;
  undo: (...args: Parameters<WizardServices['undo']>) => Promise<AsyncIterable<UndoStep>>;
  takenBack: WizardServices['takenBack'];
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
  const looks = lastLooks(stateFolder(env));
  let emulator: ReturnType<typeof startEmbedded> | undefined;
  let token: TokenSource | undefined;
  let secret: string | undefined;
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

  /** Where the journals of a platform's runs are. */
  const runsIn = (connected: Connected): RunStore =>
    connected.isEmulator ? rehearsals : runsOn(connected, env);

  /** What is told of something, whether or not anybody watches; whoever leaves lets it end. */
  function whileOpen<Told>(telling: AsyncIterable<Told>): AsyncIterable<Told> {
    const queue = new Queue<Told>();
    const work = (async () => {
      for await (const one of telling) queue.push(one);
    })().finally(() => {
      queue.end();
    });
    underWay = work.catch(() => undefined);
    return (async function* () {
      yield* queue;
      await work;
    })();
  }

  return {
    sources: remoteSources(
      async (place) => (await connectionTo(place)).client,
      text,
      async (place) => knownHere(await connectionTo(place), env),
      {
        before: async (place) => looks.before(placeOf(await connectionTo(place))),
        keep: async (place, look) => looks.keep(placeOf(await connectionTo(place)), look),
      },
    ),
    connectionTo,
    signInAnew(given) {
      secret = given;
      token = undefined;
      clients.clear();
    },
    async apply(plan, authParams, place, { stop, abort }, confirmed, run) {
      const connected = await connectionTo(place);
      const queue = new Queue<ApplyEvent>();
      const performing = performRun(
        {
          plan,
          authParams,
          ...(confirmed ? asConfirmed(confirmed) : {}),
          connected,
          isOnly: !connected.isEmulator,
          restriction,
          run: run ?? newRun(),
          runs: runsIn(connected),
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
    async undo(run, place, { stop, abort }) {
      const connected = await connectionTo(place);
      const runs = runsIn(connected);
      const stopping = AbortSignal.any([stop, leaving.signal]);
      return whileOpen(
        performUndo({ run, connected, restriction, runs, env, stop: stopping, abort }, (one) =>
          notKept.add(notKeptText(one, text)),
        ),
      );
    },
    async takenBack(run, place) {
      const of = await runsIn(await connectionTo(place)).read(run);
      return of?.plan ? takenBack(of) : [];
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
