import { type FlowServiceError, isFlowServiceError } from '../../flow-service/errors.ts';
import type { ApplyEvent } from '../events.ts';
import type { Journal, WriteStep } from '../journal/journal.ts';
import { pause } from './pause.ts';
import type { ApplyServices } from '../services.ts';

/**
 * How long a write without a proven end may still turn up after the last word about it, milliseconds: the
 * platform may list late what it has made, and work late on what a gateway has given up.
 */
export const usualDoubtMs = 60_000;

/** How long something that was made may not be read yet, milliseconds. */
export const usualUnseenMs = 30_000;

/** How often a write is tried at most. */
export const mostWrites = 3;

/** Longest pause that is waited for here, milliseconds; a longer one is the person's to wait. */
const mostPauseMs = 60_000;

/** Refusals that a gateway gives for others, or that say nothing about whether it was done. */
const undecided = new Set([408, 409, 425, 429, 499]);

/**
 * Whether a failure proves that nothing was done: no connection was made, or the platform refused in words that
 * can be read. Everything else may have been acted upon: a server error, a redirect, a broken connection, an
 * answer that carries nothing or a web page.
 *
 * @see flow-service.md, section 3.3
 */
export function isProvenUndone(error: FlowServiceError): boolean {
  switch (error.kind) {
    case 'refused': {
      const isReadable = !error.isHtml && (error.serverMessage !== undefined || error.code !== undefined);
      return error.status >= 400 && error.status < 500 && !undecided.has(error.status) && isReadable;
    }
    case 'unreachable':
    case 'readOnly':
    case 'unsendable':
    case 'badProxy':
      return true;
    case 'unreadable':
    case 'incomplete':
    case 'lost':
    case 'timeout':
    case 'cancelled':
      return false;
  }
}

/** Whether the same call may succeed a moment later. */
export function mayPass(error: FlowServiceError): boolean {
  if (error.kind === 'refused') return [408, 425, 429, 500, 502, 503, 504].includes(error.status);
  return error.kind === 'lost' || error.kind === 'timeout';
}

/** Pause before the next try, milliseconds: what the platform asks for, or a doubling one. */
export function retryAfterMs(error: FlowServiceError, attempt: number, baseMs = 1000): number {
  const asked = error.kind === 'refused' ? error.retryAfterSeconds : undefined;
  return asked === undefined ? baseMs * 2 ** (attempt - 1) : asked * 1000;
}

/** Whether a call that failed is tried once more. @param attempt - The one that failed, counted from 1. */
export function isTriedAgain(error: FlowServiceError, attempt: number, baseMs?: number): boolean {
  return mayPass(error) && attempt < mostWrites && retryAfterMs(error, attempt, baseMs) <= mostPauseMs;
}

interface FailedWrite extends Pick<ApplyServices, 'clock' | 'retryBaseMs' | 'stop'> {
  step: Exclude<WriteStep, 'remove'>;
  journal: Journal;
  tell: (event: ApplyEvent) => void;
}

/** Notes what became of a write that failed. @throws the error itself when it is none of a call. */
export async function noteFailure(
  error: unknown,
  { step, journal }: Pick<FailedWrite, 'step' | 'journal'>,
): Promise<FlowServiceError> {
  if (!isFlowServiceError(error)) throw error;
  await journal.note({ kind: isProvenUndone(error) ? 'refused' : 'doubtful', step, why: whyOf(error) });
  return error;
}

/**
 * Waits until a write that failed may be sent again, and tells so.
 *
 * @param attempt - The one that failed, counted from 1.
 * @param failedMs - When it failed, by the clock: a pause that was asked for has gone on since.
 */
export async function untilNextTry(
  error: FlowServiceError,
  attempt: number,
  failedMs: number,
  { step, tell, stop, clock, retryBaseMs }: FailedWrite,
): Promise<void> {
  const afterMs = Math.max(0, failedMs + retryAfterMs(error, attempt, retryBaseMs) - clock());
  tell({ kind: 'retrying', step, attempt: attempt + 1, afterMs, why: whyOf(error) });
  await pause(afterMs, stop);
}

/** Why, in a word. */
export function whyOf(error: FlowServiceError): string {
  return error.kind === 'refused' ? String(error.status) : error.kind;
}

/** Why a step failed, in a word; nothing where that was no call. */
export const whyFailed = (error: unknown): string | undefined =>
  isFlowServiceError(error) ? whyOf(error) : undefined;
