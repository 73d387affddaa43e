import { type FlowServiceError, isFlowServiceError, type RefusedError } from '../../flow-service/errors.ts';
import type { ApplyEvent } from '../events.ts';
import type { Journal, WriteStep } from '../journal/journal.ts';
import type { Doubt, LastWord, RunState } from '../journal/run-state.ts';
import { agoMs, passedMs } from '../journal/steady.ts';
import { pause } from './pause.ts';
import type { ApplyServices } from '../services.ts';

/**
 * How long a write without a proven end may still turn up after the last word about it, milliseconds: the
 * platform may list late what it has made, and work late on what a gateway has given up.
 */
export const usualDoubtMs = 60_000;

/**
 * How long the doubt of an earlier attempt lasts still, milliseconds. Of what a journal says of the time only a clock
 * that nobody can set is believed; where that says nothing, the doubt begins anew.
 */
export const doubtLeftMs = (doubt: Doubt | undefined, doubtMs: number): number =>
  doubt === undefined ? 0 : Math.max(0, doubtMs - passedMs(doubt.since));

/**
 * How long what was not said to be done may still turn up, milliseconds: also what was refused, since the last word about
 * it may come from who stands between. Of another boot the clock on the wall is believed, whichever way it was set.
 */
export function mayComeMs(word: LastWord | undefined, doubtMs: number): number {
  if (word === undefined) return 0;
  return Math.max(0, doubtMs - (agoMs(word.since) ?? Math.abs(Date.now() - word.atMs)));
}

/** Patches of one version: what is refused of them is in sight, and makes no second. */
const versioned: ReadonlySet<WriteStep> = new Set<WriteStep>(['activate', 'change', 'location']);
/** How long one of these may still show once it was refused in words, milliseconds. */
const refusedPatchMs = 10_000;

/** The same before the next try of a write that an earlier attempt has sent. */
export function leftOf(
  step: WriteStep,
  { doubts, lastWords }: Pick<RunState, 'doubts' | 'lastWords'>,
  doubtMs: number,
): number {
  if (doubts[step] !== undefined) return doubtLeftMs(doubts[step], doubtMs);
  const word = lastWords?.[step];
  const isRefusedPatch = word?.kind === 'refused' && versioned.has(step);
  return mayComeMs(word, isRefusedPatch ? Math.min(doubtMs, refusedPatchMs) : doubtMs);
}

/** How long something that was made may not be read yet, milliseconds. */
export const usualUnseenMs = 30_000;

/** How often a write is tried at most. */
export const mostWrites = 3;

/** Longest pause that is waited for here, milliseconds; a longer one is the person's to wait. */
const mostPauseMs = 60_000;

/** Refusals of what was sent: the service has looked at it, and does not take it. */
const ofContent = new Set([400, 412, 422]);
/** Refusals that a gateway gives for others, or that say nothing about whether it was done. */
const undecided = new Set([408, 409, 425, 499]);

/**
 * Whether a failure proves that nothing was done. These do:
 *
 * - no connection was made, or nothing was sent;
 * - 400 and 422 in words that can be read: the service refuses the body, before it makes anything of it;
 * - 412: the version is another, so the patch is not in, unless the client has sent it twice for its token; one that was
 *   sent twice by who stands between is told by what is read next (`whose.ts`);
 * - of a PATCH or a DELETE, which can be done once only, 429 with the time to wait or in words, and any other 4xx in words
 *   but 408, 409, 425 and 499.
 *
 * A POST or a PUT that was sent and answered 401, 403, 404 or 429 is not among them, whether it says when to come again or
 * not: none of these is about the body, and they come as well from who stands between and has sent it on, or from what is
 * asked after it was made. Everything else may have been
 * acted upon too: a server error, a redirect, a broken connection, an answer that carries nothing or a web page.
 *
 * @see flow-service.md, sections 3.1 and 3.3
 */
export function isProvenUndone(error: FlowServiceError): boolean {
  switch (error.kind) {
    case 'refused':
      if (error.status === 412 && error.isSecond) return false;
      if (error.status === 429)
        return !makesAnew.has(error.method) && (error.retryAfterSeconds !== undefined || isInWords(error));
      return isPlainNo(error) && (!makesAnew.has(error.method) || ofContent.has(error.status));
    case 'unreachable':
    case 'heldBack':
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

/** Sent twice they make two: a PUT is of a mapping set, and each is a version of its own. */
const makesAnew = new Set(['POST', 'PUT']);

const isInWords = ({ isHtml, serverMessage, code }: RefusedError): boolean =>
  !isHtml && (serverMessage !== undefined || code !== undefined);

/** Whether the platform says no in words: it was probably not done, and trying again changes nothing. */
export const isPlainNo = (error: FlowServiceError): boolean =>
  error.kind === 'refused' &&
  isInWords(error) &&
  error.status >= 400 &&
  error.status < 500 &&
  error.status !== 429 &&
  !undecided.has(error.status);

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

/** A write that failed. @param attempt - Counted from 1. */
interface Failed {
  readonly error: FlowServiceError;
  readonly attempt: number;
}

/**
 * Whether a write that failed is sent once more. A refused token was renewed by the client, and what makes something is
 * sent again only by who has looked for it.
 */
export const mayBeSent = ({ error, attempt }: Failed, baseMs?: number): boolean =>
  isTriedAgain(error, attempt, baseMs) ||
  (error.kind === 'refused' && error.status === 401 && makesAnew.has(error.method) && attempt === 1);

/**
 * Whether a doubt is left to the next attempt: a person has to do something first, so nothing is gained by waiting
 * for what was probably not done.
 */
export const isLeftOpen = (failed: Failed, baseMs?: number): boolean =>
  (isPlainNo(failed.error) || saysWhen(failed.error)) &&
  !isProvenUndone(failed.error) &&
  !mayBeSent(failed, baseMs);

/** Whether it is a rate that is refused, and it says when to come again. */
export const saysWhen = (error: FlowServiceError): boolean =>
  error.kind === 'refused' && error.status === 429 && error.retryAfterSeconds !== undefined;

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
  const why = whyOf(error);
  await journal.note(
    isProvenUndone(error) ? { kind: 'refused', step, why } : { kind: 'doubtful', step, why },
  );
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

/** Which try left a doubt, for whoever waits; nothing where that was an earlier attempt's. */
export const triedOf = (
  failed: { error: FlowServiceError; attempt: number } | undefined,
): { attempt?: number; why?: string } =>
  failed ? { attempt: failed.attempt, why: whyOf(failed.error) } : {};

/** Why, in a word. */
export function whyOf(error: FlowServiceError): string {
  return error.kind === 'refused' ? String(error.status) : error.kind;
}

/** Why a step failed, in a word; nothing where that was no call. */
export const whyFailed = (error: unknown): string | undefined =>
  isFlowServiceError(error) ? whyOf(error) : undefined;
