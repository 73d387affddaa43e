import { type FlowServiceError, isFlowServiceError } from '../flow-service/errors.ts';
import type { ApplyEvent } from './events.ts';
import type { Journal, WriteStep } from './journal.ts';
import { pause } from './pause.ts';
import type { ApplyServices } from './services.ts';

/**
 * What an error says about a write.
 *
 * `none`: surely not done. `short`: an answer came, and a gateway may have given it while the service went
 * on. `long`: no answer came; the request may still be worked on.
 */
type Doubt = 'none' | 'short' | 'long';

function doubtOf(error: FlowServiceError): Doubt {
  switch (error.kind) {
    case 'refused':
      return error.status >= 500 ? 'short' : 'none';
    case 'unreadable':
      return 'short';
    case 'lost':
    case 'timeout':
    case 'cancelled':
      return 'long';
    case 'unreachable':
    case 'readOnly':
    case 'unsendable':
    case 'badProxy':
      return 'none';
  }
}

/** Whether the same write may succeed a moment later. */
function mayPass(error: FlowServiceError): boolean {
  if (error.kind === 'refused') return [429, 500, 502, 503, 504].includes(error.status);
  return error.kind === 'lost' || error.kind === 'timeout' || error.kind === 'unreadable';
}

/** How long an object may still turn up, milliseconds. */
function doubtMsOf(doubt: Doubt, doubtMs: number): number {
  return doubt === 'long' ? doubtMs : doubt === 'short' ? Math.min(doubtMs, 1000) : 0;
}

/** Pause before the next try, milliseconds: what the platform asks for, or a doubling one. */
function retryAfterMs(error: FlowServiceError, attempt: number, baseMs: number): number {
  const asked = error.kind === 'refused' ? error.retryAfterSeconds : undefined;
  return asked === undefined ? baseMs * 2 ** (attempt - 1) : asked * 1000;
}

/** How long a write without an answer may still turn up, milliseconds. */
export const usualDoubtMs = 10_000;

/** How often a write is tried at most. */
const mostWrites = 3;

/** Longest pause that is waited for here, milliseconds; a longer one is the person's to wait. */
const mostPauseMs = 60_000;

interface FailedWrite extends Pick<ApplyServices, 'now' | 'doubtMs' | 'retryBaseMs' | 'stop'> {
  step: WriteStep;
  journal: Journal;
  tell: (event: ApplyEvent) => void;
}

/** Notes what became of a write that failed. @throws the error itself when it is none of a call. */
export async function noteFailure(
  error: unknown,
  { step, journal }: Pick<FailedWrite, 'step' | 'journal'>,
): Promise<FlowServiceError> {
  if (!isFlowServiceError(error)) throw error;
  const kind = doubtOf(error) === 'none' ? 'refused' : 'doubtful';
  await journal.note({ kind, step, why: whyOf(error) });
  return error;
}

/**
 * Waits until a write that failed may be tried again.
 *
 * @param attempt - The one that failed, counted from 1.
 * @returns Until when what it did may still turn up, epoch milliseconds.
 * @throws The error, when trying again is of no use.
 */
export async function untilNextTry(
  error: FlowServiceError,
  attempt: number,
  write: FailedWrite,
): Promise<number> {
  const { step, tell, stop, now = Date.now, doubtMs = usualDoubtMs, retryBaseMs = 1000 } = write;
  const afterMs = retryAfterMs(error, attempt, retryBaseMs);
  if (!mayPass(error) || attempt >= mostWrites || afterMs > mostPauseMs) throw error;
  const doubtEndMs = now() + doubtMsOf(doubtOf(error), doubtMs);
  tell({ kind: 'retrying', step, attempt: attempt + 1, afterMs, why: whyOf(error) });
  await pause(afterMs, stop);
  return doubtEndMs;
}

/** Why, in a word. */
function whyOf(error: FlowServiceError): string {
  return error.kind === 'refused' ? String(error.status) : error.kind;
}
