import type { FlowServiceError } from '../flow-service/errors.ts';
import { noteFailure, untilNextTry, usualDoubtMs } from './doubt.ts';
import { findAgain } from './find-again.ts';
import type { CreateStep } from './journal.ts';
import type { Applying } from './steps.ts';
import { Stopped } from './stopped.ts';

interface Created {
  id: string;
  requestId?: string | undefined;
}

interface Creating extends Omit<Applying, 'step'> {
  step: CreateStep;
  connectionSpecId: string;
  call: () => Promise<Created>;
}

/**
 * Makes an object exactly once: the intent is on the disk before the request, a create whose answer is
 * unknown is looked for by its marker before it is sent again.
 *
 * @throws FlowServiceError of the last try; JournalError; Stopped.
 */
export async function createOnce(creating: Creating): Promise<Created> {
  const { journal, step, call, stop, checkpoint } = creating;
  const { now = Date.now, doubtMs = usualDoubtMs } = creating;
  const earlier = creating.earlier?.doubts[step];
  let doubtEndMs = earlier === undefined ? undefined : earlier + doubtMs;
  let failure: FlowServiceError | undefined;
  for (let attempt = 1; ; attempt++) {
    if (doubtEndMs !== undefined) {
      const id = await findAgain({ ...creating, untilMs: doubtEndMs, now });
      if (id !== undefined) {
        await journal.note({ kind: 'made', step, id });
        return { id };
      }
      if (stop?.aborted === true) throw new Stopped();
      // It was probably made: if it cannot be found, sending it again would be blind.
      if (failure?.kind === 'unreadable') throw failure;
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
      failure = await noteFailure(error, creating);
      doubtEndMs = await untilNextTry(failure, attempt, creating);
    }
  }
}
