import type { FlowServiceError } from '../../flow-service/errors.ts';
import {
  isLeftOpen,
  isProvenUndone,
  leftOf,
  mayBeSent,
  noteFailure,
  triedOf,
  untilNextTry,
  usualDoubtMs,
} from './doubt.ts';
import { findAgain } from './find-again.ts';
import type { CreateStep } from '../../activation/steps.ts';
import type { Applying } from '../steps.ts';
import { Stopped } from '../stopped.ts';

interface Created {
  id: string;
  requestId?: string | undefined;
}

interface Creating extends Omit<Applying, 'step'> {
  step: CreateStep;
  /** Finds it, where it was made after all. */
  look: Parameters<typeof findAgain>[1];
  call: () => Promise<Created>;
}

interface Failed {
  error: FlowServiceError;
  /** The one that failed, counted from 1. */
  attempt: number;
  /** When, by the clock. */
  atMs: number;
}

/**
 * Makes an object exactly once: the intent is on the disk before the request, and a create that may have been
 * acted upon is looked for, for as long as it may still turn up, before it is sent again.
 *
 * What an earlier attempt of the run has sent is looked for, whatever was answered then, as long as it may still turn
 * up: also what was refused in words (decision 0010). A refusal that
 * proves nothing and is not about this request is looked after once; its doubt is for the next attempt to wait out.
 *
 * @throws FlowServiceError of the last try; UnmarkedError; JournalError; Stopped.
 */
export async function createOnce(creating: Creating): Promise<Created> {
  const { journal, step, call, stop, checkpoint, clock, doubtMs = usualDoubtMs, earlier } = creating;
  const doubt = earlier?.doubts[step];
  let failed: Failed | undefined;
  let untilMs = earlier?.sent.has(step) === true ? clock() + leftOf(step, earlier, doubtMs) : undefined;
  for (let attempt = 1; ; attempt++) {
    if (untilMs !== undefined) {
      const onWait = (mostMs: number): void =>
        creating.tell({ kind: 'waiting', step, about: 'doubt', mostMs, ...triedOf(failed) });
      const id = await findAgain({ ...creating, untilMs, onWait }, creating.look).catch((error: unknown) => {
        throw failed !== undefined && isLeftOpen(failed, creating.retryBaseMs) ? failed.error : error;
      });
      if (id !== undefined) {
        await journal.note({ kind: 'made', step, id, isFound: true });
        return { id };
      }
      if (stop?.aborted === true) throw new Stopped();
      if (failed && isLeftOpen(failed, creating.retryBaseMs)) throw failed.error;
      const isDoubted = failed ? !isProvenUndone(failed.error) : doubt !== undefined;
      if (isDoubted) await journal.note({ kind: 'absent', step });
    }
    if (failed) await beforeNextTry(failed, creating);
    if (!creating.mayGoOn()) throw new Stopped();
    await journal.note({ kind: 'intent', step });
    await checkpoint?.('intended', step);
    try {
      const answering = call();
      void checkpoint?.('sent', step);
      const { id, requestId } = await answering;
      await checkpoint?.('answered', step);
      await journal.note({ kind: 'made', step, id, requestId });
      return { id, requestId };
    } catch (thrown) {
      const error = await noteFailure(thrown, creating);
      // Whoever gives a call up does not wait for a look after it; the next attempt looks.
      if (error.kind === 'cancelled') throw error;
      failed = { error, attempt, atMs: clock() };
      const isTried = mayBeSent(failed, creating.retryBaseMs);
      if (isProvenUndone(error) && !isTried) throw error;
      const isDecided = isProvenUndone(error) || isLeftOpen(failed, creating.retryBaseMs);
      untilMs = failed.atMs + (isDecided ? 0 : doubtMs);
    }
  }
}

/** @throws the failure, when sending again is of no use, or would be blind: an answer nobody could read. */
async function beforeNextTry(failed: Failed, creating: Creating): Promise<void> {
  if (!mayBeSent(failed, creating.retryBaseMs)) throw failed.error;
  if (failed.error.kind === 'refused' && failed.error.status === 401) return;
  await untilNextTry(failed.error, failed.attempt, failed.atMs, creating);
}
