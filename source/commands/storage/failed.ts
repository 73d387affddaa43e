import { withoutSecrets } from '../../flow-service/secrets/known-secrets.ts';
import { storageText, type ToldPlace } from '../../locale/storage-text.ts';
import { stepOf } from '../../storage/check.ts';
import { type Failure, StorageError } from '../../storage/failure.ts';
import { openStore } from '../../storage/open-store.ts';
import type { Store } from '../../storage/store.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Target } from './place-of.ts';

/** Of these a plan says something that nobody can use. */
const ofPlan: readonly Failure['kind'][] = ['keyFormat', 'keyPassphrase', 'connectionString'];
const ofRights: readonly Failure['kind'][] = ['noRight', 'notLetIn', 'forbidden'];

/** A failure as it may be told: a server may repeat what opens it. */
export function safe(failure: Failure): Failure {
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? withoutSecrets(value) : Array.isArray(value) ? value.map(clean) : value;
  const { kind, ...facts } = failure;
  const said = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, clean(value)]));
  return { kind, ...said } as Failure;
}

/** What a failure means to a program. @see cli.md, last table */
export function exitOfFailure(failure: Failure): number {
  if (ofPlan.includes(failure.kind)) return exitCode.usage;
  if (ofRights.includes(failure.kind)) return exitCode.notAllowed;
  const step = stepOf(failure);
  if (step === 'reached') return exitCode.unreachable;
  return step === 'signedIn' ? exitCode.notAllowed : exitCode.differs;
}

/** A failure as the end of a command: what was seen, and what to do. */
function stopOf(failure: Failure, told: ToldPlace): Stop {
  return new Stop(
    exitOfFailure(failure),
    (text) => storageText(text, failure, told).what,
    (text) => storageText(text, failure, told).next,
  );
}

/**
 * Does something with a place, and lets go of it at the end, whatever becomes of it.
 *
 * @throws Stop for a place that cannot be used
 */
export async function withStore<Result>(
  { place, told }: Target,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  let store: Store | undefined;
  try {
    store = await openStore(place);
    return await work(store);
  } catch (error) {
    throw error instanceof StorageError ? stopOf(safe(error.failure), told) : error;
  } finally {
    store?.close();
  }
}
