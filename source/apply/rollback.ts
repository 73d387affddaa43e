import { profileStoreSpecId } from '../activation/catalog.ts';
import type { FlowService } from '../flow-service/client.ts';
import { RefusedError } from '../flow-service/errors.ts';
import { usualDoubtMs } from './doubt.ts';
import { collectionOf, findAgain } from './find-again.ts';
import { type CreateStep, idOfStep, type Journal, type RunOutcome, type RunState } from './journal.ts';
import { markerOf } from './marker.ts';
import { pause } from './pause.ts';

/** What happens while a run is undone. `why` is what the platform says about an object that stays. */
export type RollbackEvent =
  | { kind: 'removed'; step: CreateStep; id: string; wasGone: boolean }
  | { kind: 'absent'; step: CreateStep }
  | { kind: 'kept'; step: CreateStep; id: string; why: string }
  | { kind: 'failed'; step: CreateStep; id: string; error: unknown }
  | { kind: 'result'; outcome: Extract<RunOutcome, 'rolledBack' | 'partlyRolledBack'>; kept: number };

export interface RollbackServices {
  client: FlowService;
  journal: Journal;
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
  /** First interrupt: the call under way is finished, no other is begun. */
  stop?: AbortSignal;
  /** Second interrupt: the call under way is given up. */
  abort?: AbortSignal;
  doubtMs?: number;
  /** Longest wait until a removed object is gone, milliseconds. */
  goneMs?: number;
}

/** The dataflow first, then what it stands on. @see flow-service.md, section 0 */
const order: readonly CreateStep[] = [
  'flow',
  'target-connection',
  'source-connection',
  'target-base-connection',
  'source-base-connection',
];

/**
 * Removes what a run made, and nothing else. An object of which nobody knows whether it was made is looked
 * for by its marker first. Each one is asked for until the platform says that it is gone.
 *
 * Ends with one `result` event; what the platform refuses to remove stays, and is named.
 */
export async function* rollback(state: RunState, services: RollbackServices): AsyncGenerator<RollbackEvent> {
  const { client, journal, stop, abort, now = Date.now, doubtMs = usualDoubtMs } = services;
  const isStopped = (): boolean => stop?.aborted === true;
  let kept = 0;
  for (const step of order) {
    if (isStopped()) break;
    let id = state.made[idOfStep[step]];
    const doubtful = state.doubts[step];
    try {
      if (id === undefined && doubtful !== undefined) {
        const isSource = step === 'source-base-connection' || step === 'source-connection';
        id = await findAgain({
          client,
          step,
          marker: markerOf(state.run),
          connectionSpecId: isSource ? profileStoreSpecId : state.plan.destination.connectionSpecId,
          untilMs: doubtful + doubtMs,
          now,
          stop,
          abort,
        });
        if (id === undefined && isStopped()) break;
        await journal.note(id === undefined ? { kind: 'absent', step } : { kind: 'made', step, id });
        if (id === undefined) yield { kind: 'absent', step };
      }
      if (id === undefined) continue;
      const { alreadyGone } = await client.remove(collectionOf[step], id, { signal: abort });
      if (!alreadyGone && !(await isGone(services, step, id))) {
        kept++;
        yield { kind: 'kept', step, id, why: '' };
        continue;
      }
      await journal.note({ kind: 'removed', step, id });
      yield { kind: 'removed', step, id, wasGone: alreadyGone };
    } catch (error) {
      kept++;
      if (
        error instanceof RefusedError &&
        error.status >= 400 &&
        error.status < 500 &&
        error.status !== 401 &&
        error.status !== 403
      ) {
        yield { kind: 'kept', step, id: id ?? '', why: error.serverMessage ?? String(error.status) };
      } else {
        yield { kind: 'failed', step, id: id ?? '', error };
        break;
      }
    }
  }
  const isWhole = kept === 0 && !isStopped();
  const outcome = isWhole ? 'rolledBack' : 'partlyRolledBack';
  await journal.note({ kind: 'ended', outcome });
  yield { kind: 'result', outcome, kept };
}

/** A delete is taken in before it is done: asked until the platform says 404. */
async function isGone(services: RollbackServices, step: CreateStep, id: string): Promise<boolean> {
  const { client, stop, abort, now = Date.now, goneMs = 60_000 } = services;
  const endMs = now() + goneMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(2000, pauseMs * 1.5)) {
    if (!(await client.exists(collectionOf[step], id, { signal: abort }))) return true;
    if (now() >= endMs || stop?.aborted === true) return false;
    await pause(pauseMs, stop);
  }
}
