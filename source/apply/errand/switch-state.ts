import type { FlowServiceError } from '../../flow-service/errors.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { readFlow } from '../live.ts';
import { isProvenUndone, isTriedAgain, noteFailure, untilNextTry } from '../once/doubt.ts';
import { readQuiet } from '../once/quiet.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';

const wanted = { enable: 'enabled', disable: 'disabled' } as const;

/**
 * Lets a dataflow export, or pauses it. One that is so already is left alone. An action that may have been taken is
 * looked for in the state before it is sent again; taken twice it would do no more than once.
 *
 * @throws FlowMissingError, FlowBusyError, FlowServiceError of the last try, JournalError, Stopped
 * @see manage.md, sections 4.1 and 4.2
 */
export async function switchState(working: Working, flowId: string, op: 'enable' | 'disable'): Promise<void> {
  const { client, step, tell, journal, checkpoint, abort, stop, clock, earlier, retryBaseMs } = working;
  const options = { signal: abort, stop };
  const look = (name: 'read' | typeof op): Promise<Flow> =>
    readQuiet(() => readFlow(client, flowId, options), name, working, tell);
  const isSo = ({ state }: Flow): boolean => state?.toLowerCase() === wanted[op];
  const before = await step('read', () => look('read'));
  if (isSo(before)) {
    if (earlier) await journal.note({ kind: 'ended', outcome: 'verified' });
    return;
  }
  await step(op, async () => {
    for (let attempt = 1; ; attempt++) {
      if (!working.mayGoOn()) throw new Stopped();
      await journal.note({ kind: 'intent', step: op });
      await checkpoint?.('intended', op);
      let failed: FlowServiceError | undefined;
      try {
        const answering = client.act(flowId, op, options);
        void checkpoint?.('sent', op);
        await answering;
        await checkpoint?.('answered', op);
      } catch (thrown) {
        failed = await noteFailure(thrown, { step: op, journal });
        if (isProvenUndone(failed) && !isTriedAgain(failed, attempt, retryBaseMs)) throw failed;
      }
      const failedMs = clock();
      if (isSo(await look(op))) {
        await journal.note({ kind: 'patched', step: op });
        return;
      }
      if (failed && !isTriedAgain(failed, attempt, retryBaseMs)) throw failed;
      if (failed) await untilNextTry(failed, attempt, failedMs, { ...working, step: op });
      else if (attempt > 1) throw new NotTakenError(flowId, op);
    }
  });
  await journal.note({ kind: 'ended', outcome: 'verified' });
}

/** The platform said yes, and nothing has become of it. */
export class NotTakenError extends Error {
  override readonly name = 'NotTakenError';
  readonly kind = 'notTaken';
  readonly id: string;
  readonly found: readonly string[];
  constructor(id: string, what: string) {
    super(`${id}: ${what} was accepted, and does not show`);
    this.id = id;
    this.found = [what];
  }
}
