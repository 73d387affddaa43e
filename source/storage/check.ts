import { randomBytes } from 'node:crypto';
import { type Failure, type FailureKind, StorageError } from './failure.ts';
import { openStore } from './open-store.ts';
import type { HostKey, Place, Store } from './store.ts';

/** What is looked at, in this order. */
export type StepName = 'reached' | 'hostKey' | 'signedIn' | 'place' | 'list' | 'write' | 'delete';

/** What became of a step. `unseen`: nothing was seen of it, which says nothing against it. */
export type Step =
  | { readonly name: StepName; readonly kind: 'fine'; readonly hostKey?: HostKey | undefined }
  | { readonly name: StepName; readonly kind: 'failed'; readonly failure: Failure; readonly left?: string }
  | { readonly name: StepName; readonly kind: 'unseen' };

export interface CheckOptions {
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
    noFile: 'place',
    noSpace: 'write',
    other: 'list',
  };
  return own[kind] ?? 'reached';
}

/** The name of the file that is written and removed at once: whoever finds it knows whose it is. */
const checkName = (): string => `ferry-storage-check-${randomBytes(4).toString('hex')}.txt`;
const checkText = 'Written by "ferry storage check", which removes it at once. It may be deleted.\n';

/**
 * Looks whether files can be put into a place: one step after the other, each told as soon as it is known. What comes
 * after one that failed was not looked at, but that deleting is tried where something was written.
 */
export async function* checkPlace(
  place: Place,
  { writes, mostMs, signal }: CheckOptions,
): AsyncGenerator<Step> {
  const late = AbortSignal.timeout(mostMs);
  const end = signal ? AbortSignal.any([signal, late]) : late;
  let store: Store;
  try {
    store = await openStore(place);
  } catch (error) {
    yield { name: 'signedIn', kind: 'failed', failure: failureIn(error) };
    return;
  }
  try {
    yield* look(store, place.kind, end);
    if (!writes) return;
    yield* write(store, end);
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
    for (const name of steps(kind)) yield { name, kind: 'fine', ...(name === 'hostKey' ? { hostKey } : {}) };
  } catch (error) {
    const failure = failureIn(error);
    const hostKey = error instanceof StorageError ? error.hostKey : undefined;
    const last = whereIn(failure, hostKey);
    for (const name of steps(kind)) {
      if (name === last) break;
      // Who may not list is not told whether there is such a bucket.
      const isSeen = name !== 'place' || kind === 'sftp' || failure.kind !== 'noRight';
      yield isSeen
        ? { name, kind: 'fine', ...(name === 'hostKey' ? { hostKey } : {}) }
        : { name, kind: 'unseen' };
    }
    yield { name: last, kind: 'failed', failure };
    // Some may write and not list.
    if (failure.kind !== 'noRight') throw new EndedError();
  }
}

/** Whatever breaks off after the server has shown its key breaks off at the sign-in. */
const whereIn = (failure: Failure, hostKey: HostKey | undefined): StepName => {
  const name = stepOf(failure);
  return name === 'reached' && hostKey ? 'signedIn' : name;
};

async function* write(store: Store, signal: AbortSignal): AsyncGenerator<Step> {
  const name = checkName();
  try {
    await store.put(name, Buffer.from(checkText), signal);
    yield { name: 'write', kind: 'fine' };
  } catch (error) {
    yield { name: 'write', kind: 'failed', failure: failureIn(error) };
    // Nobody knows what became of a file on whose answer nobody waited.
    await isRemoved(store, name);
    return;
  }
  try {
    await store.remove(name, signal);
    yield { name: 'delete', kind: 'fine' };
  } catch (error) {
    // The time was over in between, or whoever waited has gone: the file goes all the same.
    const isGone = signal.aborted && (await isRemoved(store, name));
    yield { name: 'delete', kind: 'failed', failure: failureIn(error), ...(isGone ? {} : { left: name }) };
  }
}

const isRemoved = (store: Store, name: string): Promise<boolean> =>
  store.remove(name, AbortSignal.timeout(cleanMs)).then(
    () => true,
    () => false,
  );

/** What may have been written gets so long to be taken away, milliseconds. */
const cleanMs = 1500;

function failureIn(error: unknown): Failure {
  if (error instanceof StorageError) return error.failure;
  throw error;
}
