import type { Flow } from '../../flow-service/flows.ts';
import type { ApplyEvent } from '../events.ts';
import { pause } from './pause.ts';

/** Something that is patched; of a connection the platform tells no operation. */
export type Patched = Partial<Pick<Flow, 'etag' | 'lastOperation'>>;

export interface Settling<Of extends Patched = Flow> {
  read: () => Promise<Of>;
  /** Whether it already holds what was asked for. */
  isProven: (now: Of) => boolean;
  /** As it was before the patch: an operation seen there is an old one. */
  before: Patched;
  clock: () => number;
  tell: (event: ApplyEvent) => void;
  stop?: AbortSignal;
  /** Longest wait, milliseconds. */
  settleMs?: number;
}

/**
 * Pause before the next read, milliseconds: a quarter of the wait so far. A change is then seen at most that
 * quarter and one call late, and a slow platform is not asked more often than it can bear.
 */
const pauseMs = (waitedMs: number): number => Math.min(3000, Math.max(50, waitedMs / 4));

/** How long a service that reports no operation of ours gets to show the change, milliseconds. */
export const silentMs = 15_000;

/**
 * Reads what was patched until the platform has taken the change in.
 *
 * A change is in when `lastOperation` (a newer one than before the patch) has ended, or when the dataflow
 * holds everything. A service that never reports an operation gets a bounded time, and then the last
 * answer counts: the comparison will say *differs*, never *verified*.
 *
 * @returns The last answer, which is also the read-back to compare with.
 * @see flow-service.md, sections 2.6 and 7.36
 */
export async function untilSettled<Of extends Patched>(settling: Settling<Of>): Promise<Of> {
  const { read, isProven, before, clock, tell, stop, settleMs = 300_000 } = settling;
  const startedAt = clock();
  for (;;) {
    const now = await read();
    const operation = now.lastOperation;
    const isOurs = operation !== undefined && operation.startedMs !== before.lastOperation?.startedMs;
    const isRunning = operation?.progress === 'running';
    if (isOurs && !isRunning && operation.progress !== 'none') return now;
    if (!isRunning && isProven(now)) return now;
    const waitedMs = clock() - startedAt;
    if (waitedMs > (isRunning ? settleMs : Math.min(silentMs, settleMs)) || stop?.aborted === true)
      return now;
    tell({
      kind: 'waiting',
      step: 'settle',
      ...(operation?.status === undefined ? {} : { status: operation.status }),
      ...(operation?.percentCompleted === undefined ? {} : { percentCompleted: operation.percentCompleted }),
    });
    await pause(pauseMs(waitedMs), stop);
  }
}
