import { journalWords } from '../../apply/journal/run-store.ts';
import { knowSecret } from '../../flow-service/secrets/known-secrets.ts';
import { stateFolder, whoIsThere } from '../../settings/state-folder.ts';
import { usualSilentMs } from '../../state/postgres/permits.ts';
import { readAddress, type StateAddress } from '../../state/postgres/address.ts';
import { openSharedState, type SharedState } from '../../state/postgres/state.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How long a run belongs to one who is silent, and how long a note waits for a database that is away. */
const usualLeaseMs = 30_000;
const usualPatienceMs = 60_000;

const opened = new Map<string, Promise<SharedState>>();

/**
 * The database that an address names, opened once in a process.
 *
 * @throws StateAddressError, StateAwayError, StateRefusedError, StateVersionError
 */
export function sharedState(url: string, env: Environment): Promise<SharedState> {
  const folder = stateFolder(env);
  const key = JSON.stringify([url, folder]);
  const known = opened.get(key);
  if (known) return known;
  const opening = openSharedState({
    address: addressOf(url, env),
    stateFolder: folder,
    user: whoIsThere(env).user,
    words: journalWords,
    ...timesOf(env),
  });
  opened.set(key, opening);
  // What is away may be back the next time it is asked for.
  opening.catch(() => opened.delete(key));
  return opening;
}

/** @throws StateAddressError */
export function addressOf(url: string, env: Environment): StateAddress {
  const address = readAddress(url, env);
  if (address.password !== undefined) knowSecret(address.password);
  return address;
}

/**
 * For tests that cannot wait half a minute for every lease: `FERRY_LEASE_MS`, `FERRY_STATE_WAIT_MS`; and for every worker
 * that says nothing: `FERRY_SILENT_MS`.
 */
export function timesOf(env: Environment): { leaseMs: number; patienceMs: number; silentMs: number } {
  const given = (name: string, usual: number): number => {
    const value = Number(env[name] ?? NaN);
    return value > 0 ? value : usual;
  };
  return {
    leaseMs: given('FERRY_LEASE_MS', usualLeaseMs),
    patienceMs: given('FERRY_STATE_WAIT_MS', usualPatienceMs),
    silentMs: given('FERRY_SILENT_MS', usualSilentMs),
  };
}
