import type { Gate } from '../../flow-service/limiter.ts';
import { usualTimeoutMs } from '../../flow-service/transport.ts';
import { stateUrl } from '../../settings/state-url.ts';
import { openDatabase } from '../../state/postgres/database.ts';
import { StateAwayError } from '../../state/errors.ts';
import { bearing } from '../../state/postgres/patience.ts';
import {
  type Permit,
  type PermitLimits,
  type Permits,
  permitsIn,
  readPauses,
} from '../../state/postgres/permits.ts';
import { type JobQueue, openQueue, type Standing } from '../../state/postgres/queue.ts';
import { requireVersion } from '../../state/postgres/schema.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { addressOf, timesOf } from '../state/shared-state.ts';

/** The queue that several machines work. */
export interface PlanQueue extends JobQueue {
  /** What its workers share of an organisation. */
  share(most: PermitLimits['most'], onPause: (untilMs: number) => void, stop: AbortSignal): Sharing;
  /** @see readPauses */
  pauses(): ReturnType<typeof readPauses>;
  /** How far all of it is; nothing where the database is away, and waited for. @throws StateAwayError where it stays away */
  look(): Promise<
    { readonly rows: readonly Standing[]; readonly pauses: ReadonlyMap<string, number> } | undefined
  >;
  close(): Promise<void>;
}

/** A worker among others. */
export interface Sharing {
  /** Waits until one more plan of an organisation may be worked at. @throws as Permits.take */
  plan(orgId: string): Promise<Permit>;
  /** Lets so many calls for an organisation begin, and none while it wants to be left alone. */
  gateOf(orgId: string): Gate;
}

/** A platform that refuses a rate and does not say for how long is left alone for so long, milliseconds. */
const usualPauseMs = 5000;

/** What a call takes beside its own time: connecting, and a clock that is not quite the same. Milliseconds. */
const moreThanCallMs = 15_000;

/**
 * Opens it.
 *
 * @throws Stop (2) where no state is shared; StateAddressError, StateAwayError, StateRefusedError, StateVersionError
 */
export async function openPlanQueue(env: Streams['env']): Promise<PlanQueue> {
  const url = stateUrl(env);
  if (url === undefined) throw new Stop(exitCode.usage, (text) => text('state.noUrl'));
  const database = openDatabase(addressOf(url, env));
  const { silentMs, patienceMs } = timesOf(env);
  try {
    await requireVersion(database);
    const queue = await openQueue(database, silentMs);
    const borne = unlessAway(patienceMs);
    const shared: Permits[] = [];
    return {
      ...queue,
      share(most, onPause, stop) {
        const callMs = usualTimeoutMs + moreThanCallMs;
        const permits = permitsIn(database, { most, silentMs, callMs }, (_, untilMs) => onPause(untilMs));
        shared.push(permits);
        return {
          plan: (orgId) => permits.take(orgId, 'plan', stop),
          gateOf: (orgId) => gateOf(orgId, permits, patienceMs, stop),
        };
      },
      pauses: () => readPauses(database),
      // Who looks whether all have ended waits for a database that is away, as who works does.
      isEmpty: async () => (await borne(() => queue.isEmpty())) ?? false,
      look: () => borne(async () => ({ rows: await queue.standings(), pauses: await readPauses(database) })),
      async close() {
        await queue.stop();
        // What is worked at to its end keeps its places until then.
        for (const permits of shared) permits.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Asks a database that may be away for a while. @returns nothing where it is. @throws StateAwayError when that takes longer */
function unlessAway(patienceMs: number): <Of>(ask: () => Promise<Of>) => Promise<Of | undefined> {
  let sinceMs: number | undefined;
  return async (ask) => {
    try {
      const answer = await ask();
      sinceMs = undefined;
      return answer;
    } catch (error) {
      sinceMs ??= performance.now();
      if (!(error instanceof StateAwayError) || performance.now() - sinceMs > patienceMs) throw error;
      return undefined;
    }
  };
}

/** @param patienceMs - How long a call that has not begun waits for a database that is away. */
function gateOf(orgId: string, permits: Permits, patienceMs: number, stop: AbortSignal): Gate {
  return {
    async enter(signal) {
      const ended = signal ? AbortSignal.any([stop, signal]) : stop;
      const permit = await bearing(patienceMs)(() => permits.take(orgId, 'call', ended));
      return () => void permit.release();
    },
    // A database that is away slows everybody by itself.
    slow: (afterMs = usualPauseMs) => permits.brake(orgId, afterMs).catch(() => undefined),
  };
}
