import { randomBytes } from 'node:crypto';
import {
  type Failure,
  failureIn,
  type FailureKind,
  type SeenBefore,
  StorageError,
  type StepName,
} from './failure.ts';
import { openStore } from './open-store.ts';
import type { HostKey, Place, Store } from './store.ts';

/** What became of a step. `unseen`: nothing was seen of it, which says nothing against it. */
export type Step =
  | {
      readonly name: StepName;
      readonly kind: 'fine';
      readonly hostKey?: HostKey | undefined;
      /** Files of checks that were killed, where there are any: of those that are under way, too. */
      readonly earlier?: readonly string[];
    }
  | {
      readonly name: StepName;
      readonly kind: 'failed';
      readonly failure: Failure;
      /** A file that may still be there. */
      readonly left?: string;
    }
  | { readonly name: StepName; readonly kind: 'unseen' };

interface CheckOptions {
  /** Also whether files may be written and deleted, by one small file. */
  readonly writes: boolean;
  /** All of it takes no longer, milliseconds. */
  readonly mostMs: number;
  /** Whoever waits may end it sooner. */
  readonly signal?: AbortSignal | undefined;
}

const steps = (kind: Place['kind']): readonly StepName[] =>
  kind === 'sftp'
    ? ['reached', 'hostKey', 'signedIn', 'place', 'list']
    : ['reached', 'signedIn', 'place', 'list'];

const order = steps('sftp');

/** The step that a failure to look into the place is about. */
export function stepOf({ kind }: Failure): StepName {
  const own: Partial<Record<FailureKind, StepName>> = {
    hostKeyChanged: 'hostKey',
    hostKeyRevoked: 'hostKey',
    clockSkew: 'signedIn',
    unknownKeyId: 'signedIn',
    wrongSecret: 'signedIn',
    wrongPassword: 'signedIn',
    keyRefused: 'signedIn',
    methodOff: 'signedIn',
    expired: 'signedIn',
    keyFormat: 'signedIn',
    keyPassphrase: 'signedIn',
    connectionString: 'signedIn',
    keysOff: 'signedIn',
    notLetIn: 'signedIn',
    noSftp: 'place',
    noBucket: 'place',
    noContainer: 'place',
    noFolder: 'place',
    notAFolder: 'place',
    wrongRegion: 'place',
    noRight: 'list',
    forbidden: 'list',
    noFile: 'place',
    noSpace: 'write',
    other: 'list',
  };
  return own[kind] ?? 'reached';
}

/** The name of the file that is written and removed at once: whoever finds it knows whose it is. */
const checkStart = 'ferry-storage-check-';
const checkName = (): string => `${checkStart}${randomBytes(4).toString('hex')}.txt`;
const isCheckName = (name: string): boolean =>
  name.startsWith(checkStart) && /^[\da-f]{8}\.txt$/.test(name.slice(checkStart.length));
const checkText = 'Written by "ferry storage check", which removes it at once. It may be deleted.\n';

/**
 * Looks whether files can be put into a place: one step after the other, each told as soon as it is known. What comes
 * after one that failed was not looked at, but that deleting is tried where something was written.
 */
export async function* checkPlace(
  place: Place,
  { writes, mostMs, signal }: CheckOptions,
): AsyncGenerator<Step> {
  const within = (ms: number): AbortSignal => AbortSignal.timeout(Math.ceil(ms));
  const until = (ms: number): AbortSignal => (signal ? AbortSignal.any([signal, within(ms)]) : within(ms));
  const looking = until(mostMs - Math.min(cleanMs, mostMs / 4));
  const cleaning = within(mostMs);
  let store: Store;
  try {
    store = await openStore(place);
  } catch (error) {
    yield { name: 'signedIn', kind: 'failed', failure: failureIn(error) };
    return;
  }
  try {
    yield* look(store, place.kind, looking);
    if (!writes) return;
    yield* write(store, looking, cleaning);
  } catch (error) {
    if (!(error instanceof EndedError)) throw error;
  } finally {
    store.close();
  }
}

/** There is nothing more to look at. */
class EndedError extends Error {}

async function* look(store: Store, kind: Place['kind'], signal: AbortSignal): AsyncGenerator<Step> {
  try {
    const { hostKey } = await store.look(signal);
    for (const name of steps(kind)) {
      const earlier = name === 'list' ? await earlierIn(store, signal) : [];
      const seen = name === 'hostKey' ? { hostKey } : earlier.length > 0 ? { earlier } : {};
      yield { name, kind: 'fine', ...seen };
    }
  } catch (error) {
    const failure = failureIn(error);
    const seen = error instanceof StorageError ? error.seen : undefined;
    const last = whereIn(failure, seen);
    for (const name of steps(kind)) {
      if (name === last) break;
      yield isSeen(name, failure, seen)
        ? { name, kind: 'fine', ...(name === 'hostKey' ? { hostKey: seen?.hostKey } : {}) }
        : { name, kind: 'unseen' };
    }
    yield { name: last, kind: 'failed', failure };
    // Some may write and not list.
    if (failure.kind !== 'noRight') throw new EndedError();
  }
}

/** Files that are looked at for those of earlier checks, and for how long, milliseconds. */
const mostLookedAt = 20_000;
const earlierMs = 2000;

/** What checks have left that nobody could end in peace. Whoever cannot be told loses nothing. */
async function earlierIn(store: Store, signal: AbortSignal): Promise<readonly string[]> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(earlierMs)]);
  const listed = store.list({ prefix: checkStart, most: mostLookedAt, signal: soon });
  const { files } = await listed.catch((error: unknown) => {
    failureIn(error);
    return { files: [] };
  });
  return files
    .filter(({ name, bytes = 0 }) => isCheckName(name) && bytes <= checkText.length)
    .map(({ name }) => name);
}

/** What breaks off, or says nothing of its own, breaks off what was under way. */
const whereIn = (failure: Failure, seen: SeenBefore | undefined): StepName => {
  const name = stepOf(failure);
  return seen && (name === 'reached' || name === 'list') ? seen.at : name;
};

/**
 * Whether a step before the one that failed was seen to be fine. Who asks an object store asks once for all of it: what
 * it refuses for a reason of its own says nothing of the sign-in, and who may not list is not told whether there is such
 * a bucket. Where a bucket is, anybody is told.
 */
function isSeen(name: StepName, { kind }: Failure, seen: SeenBefore | undefined): boolean {
  if (seen) return order.indexOf(name) < order.indexOf(seen.at);
  const isSilent = kind === 'other' || kind === 'forbidden';
  if (name === 'place') return kind !== 'noRight' && !isSilent;
  return name !== 'signedIn' || !(isSilent || kind === 'wrongRegion');
}

async function* write(store: Store, signal: AbortSignal, cleaning: AbortSignal): AsyncGenerator<Step> {
  const name = checkName();
  try {
    await store.put(name, Buffer.from(checkText), signal);
    yield { name: 'write', kind: 'fine' };
  } catch (error) {
    const failure = failureIn(error);
    // Nobody knows what became of a file on whose answer nobody waited.
    const isThere = await isLeft(store, name, failure, cleaning);
    yield { name: 'write', kind: 'failed', failure, ...(isThere ? { left: name } : {}) };
    return;
  }
  try {
    await store.remove(name, cleaning);
    yield { name: 'delete', kind: 'fine' };
  } catch (error) {
    const failure = failureIn(error);
    yield { name: 'delete', kind: 'failed', failure, ...(failure.kind === 'noFile' ? {} : { left: name }) };
  }
}

/** Whether something may have been written all the same: a refusal that is known is one. */
const mayBeThere = (failure: Failure): boolean =>
  failure.kind !== 'noRight' &&
  failure.kind !== 'forbidden' &&
  /^(reached|list|write)$/.test(stepOf(failure));

/** Takes away what may be there of a file that could not be written. @returns whether it may still be there */
export async function isLeft(
  store: Store,
  name: string,
  failure: Failure,
  signal: AbortSignal,
): Promise<boolean> {
  if (!mayBeThere(failure)) return false;
  return store.remove(name, signal).then(
    () => false,
    (error: unknown) => failureIn(error).kind !== 'noFile',
  );
}

/** Of the time there is, what may have been written gets so much to be taken away, milliseconds. */
export const cleanMs = 1500;
