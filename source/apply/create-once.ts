import { isFlowServiceError } from '../flow-service/errors.ts';
import { doubtMsOf, doubtOf, mayPass, mostWrites, retryAfterMs, usualDoubtMs, whyOf } from './doubt.ts';
import type { ApplyEvent } from './events.ts';
import type { ApplyServices } from './execute.ts';
import { findAgain, pause } from './find-again.ts';
import type { CreateStep, Journal } from './journal.ts';
import { Stopped } from './stopped.ts';

interface Created {
  id: string;
  requestId?: string | undefined;
}

interface Creating extends ApplyServices {
  journal: Journal;
  step: CreateStep;
  marker: string;
  connectionSpecId: string;
  call: () => Promise<Created>;
  tell: (event: ApplyEvent) => void;
  /** Whether another call may be begun. */
  mayGoOn: () => boolean;
}

/** Longest pause that is waited for here, milliseconds; a longer one is the person's to wait. */
const mostPauseMs = 60_000;

/**
 * Makes an object exactly once: the intent is on the disk before the request, a create whose answer is
 * unknown is looked for by its marker before it is sent again.
 *
 * @throws FlowServiceError of the last try; JournalError; Stopped.
 */
export async function createOnce(creating: Creating): Promise<Created> {
  const { journal, step, call, tell, stop, checkpoint } = creating;
  const { now = Date.now, doubtMs = usualDoubtMs, retryBaseMs = 1000 } = creating;
  const earlier = creating.earlier?.doubts[step];
  let doubtEndMs = earlier === undefined ? undefined : earlier + doubtMs;
  for (let attempt = 1; ; attempt++) {
    if (doubtEndMs !== undefined) {
      const id = await findAgain({ ...creating, untilMs: doubtEndMs, now });
      if (id !== undefined) {
        await journal.note({ kind: 'made', step, id });
        return { id };
      }
      if (stop?.aborted === true) throw new Stopped();
      await journal.note({ kind: 'absent', step });
    }
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
    } catch (error) {
      if (!isFlowServiceError(error)) throw error;
      const doubt = doubtOf(error);
      await journal.note({ kind: doubt === 'none' ? 'refused' : 'doubtful', step, why: whyOf(error) });
      const afterMs = retryAfterMs(error, attempt, retryBaseMs);
      if (!mayPass(error) || attempt >= mostWrites || afterMs > mostPauseMs) throw error;
      tell({ kind: 'retrying', step, attempt: attempt + 1, afterMs, why: whyOf(error) });
      await pause(afterMs, stop);
      doubtEndMs = now() - afterMs + doubtMsOf(doubt, doubtMs);
      if (error.kind === 'unreadable') {
        // It was probably made: if it cannot be found, sending it again would be blind.
        const id = await findAgain({ ...creating, untilMs: doubtEndMs, now });
        if (id === undefined) throw error;
      }
    }
  }
}
