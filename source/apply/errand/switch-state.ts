import type { FlowServiceError } from '../../flow-service/errors.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { readFlow } from '../live/live.ts';
import {
  doubtLeftMs,
  isPlainNo,
  isProvenUndone,
  isTriedAgain,
  noteFailure,
  triedOf,
  untilNextTry,
  usualDoubtMs,
} from '../once/doubt.ts';
import { lookUntil } from '../once/look-until.ts';
import { readQuiet } from '../once/quiet.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';

const wanted = { enable: 'enabled', disable: 'disabled' } as const;

/** How long what an earlier attempt has sent is waited for, milliseconds: taken twice it does no more than once. */
const mostLeftMs = 10_000;
/** How long the platform may take to show what it has accepted, milliseconds. */
const usualShowMs = 300_000;

/**
 * Lets a dataflow export, or pauses it. One that is so already is left alone. An action that was answered is never sent
 * again, in this attempt or a later one: its state is waited for. One that may have been taken is looked for as long as
 * it may still show before it is sent again.
 *
 * @throws FlowMissingError, FlowBusyError, FlowServiceError of the last try, NotTakenError, JournalError, Stopped
 * @see manage.md, sections 4.1 and 4.2
 */
export async function switchState(working: Working, flowId: string, op: 'enable' | 'disable'): Promise<void> {
  const { client, step, tell, journal, checkpoint, abort, stop, clock, earlier, retryBaseMs } = working;
  const { doubtMs = usualDoubtMs, settleMs = usualShowMs } = working;
  const options = { signal: abort, stop };
  const look = (name: 'read' | typeof op): Promise<Flow> =>
    readQuiet(() => readFlow(client, flowId, options), name, working, tell);
  const isSo = ({ state }: Flow): boolean => state?.toLowerCase() === wanted[op];
  const before = await step('read', () => look('read'));
  if (isSo(before)) {
    if (earlier) await journal.note({ kind: 'ended', outcome: 'verified' });
    return;
  }
  let isAnswered = earlier?.patched.has(op) === true;
  await step(op, async () => {
    const left =
      earlier?.sent.has(op) === true && !isAnswered
        ? Math.min(mostLeftMs, doubtLeftMs(earlier.doubts[op], doubtMs))
        : 0;
    if (left > 0 && (await shows('doubt', clock() + left))) return;
    for (let attempt = 1; !isAnswered; attempt++) {
      if (!working.mayGoOn()) throw new Stopped();
      const failed = await send();
      if (!failed) break;
      const failedMs = clock();
      const isAgain = isTriedAgain(failed, attempt, retryBaseMs);
      // Of a plain no a look is enough: a person has to do something first.
      const isDecided = isProvenUndone(failed) || (isPlainNo(failed) && !isAgain);
      if (await shows('doubt', isDecided ? failedMs : failedMs + doubtMs, { error: failed, attempt })) return;
      if (!isAgain) throw failed;
      await untilNextTry(failed, attempt, failedMs, { ...working, step: op });
    }
    if (await shows('busy', clock() + settleMs)) return;
    if (stop?.aborted === true) throw new Stopped();
    throw new NotTakenError(flowId, op);
  });
  await journal.note({ kind: 'ended', outcome: 'verified' });

  /** @returns why, where it failed */
  async function send(): Promise<FlowServiceError | undefined> {
    await journal.note({ kind: 'intent', step: op });
    await checkpoint?.('intended', op);
    try {
      const answering = client.act(flowId, op, options);
      void checkpoint?.('sent', op);
      const { requestId } = await answering;
      await checkpoint?.('answered', op);
      await journal.note({ kind: 'patched', step: op, requestId });
      isAnswered = true;
      return undefined;
    } catch (thrown) {
      return noteFailure(thrown, { step: op, journal });
    }
  }

  /** Reads until it is so, and once more when that may no longer come. @param tried - What left the doubt. */
  async function shows(
    about: 'doubt' | 'busy',
    untilMs: number,
    tried?: Parameters<typeof triedOf>[0],
  ): Promise<boolean> {
    const onWait = (mostMs: number): void =>
      tell(
        about === 'doubt'
          ? { kind: 'waiting', step: op, about, mostMs, ...triedOf(tried) }
          : { kind: 'waiting', step: op, about, mostMs },
      );
    const isSeen = await lookUntil({ untilMs, clock, onWait, stop }, async () =>
      isSo(await look(op)) ? true : undefined,
    );
    if (isSeen === true && !isAnswered) await journal.note({ kind: 'patched', step: op });
    return isSeen === true;
  }
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
