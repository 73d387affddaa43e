import type { Collection } from '../../flow-service/client.ts';
import type { FlowServiceError } from '../../flow-service/errors.ts';
import type { PatchOperation } from '../../flow-service/flows.ts';
import { ifMatchOf, isUsableEtag } from '../../flow-service/sendable.ts';
import type { PatchStep, Whose } from '../journal/journal.ts';
import type { Applying } from '../steps.ts';
import { Stopped } from '../stopped.ts';
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
import { pause } from './pause.ts';
import { withoutLeaps } from './without-leaps.ts';

/** Something with an etag, as it was read. */
interface Tagged {
  readonly id?: string | undefined;
  readonly etag?: string | undefined;
}

type Answer = { requestId?: string | undefined };

/** @typeParam Part - What a patch is made of; a mapping set has no etag, and is sent by its lines. */
export interface Patching<Of extends Tagged, Part = PatchOperation> extends Pick<
  Applying,
  'journal' | 'tell' | 'stop' | 'earlier' | 'checkpoint' | 'clock' | 'doubtMs' | 'retryBaseMs' | 'mayGoOn'
> {
  step: PatchStep;
  /** What is noted once it is in. @default 'patched' */
  done?: 'patched' | 'restored';
  /** Nothing in its service has an etag. */
  hasNoEtag?: true;
  /** As it was read just before. */
  before: Of;
  /** Reads it once more. */
  look: () => Promise<Of>;
  /**
   * What is to be sent to one that was just read, and nothing where it holds all of it.
   *
   * @throws what ends the change, when somebody else has made it impossible
   */
  next: (found: Of) => readonly Part[];
  /** Whether the patch shows in it. */
  isTaken: (found: Of) => boolean;
  /** What an earlier attempt has sent its patch over; nothing where it has sent none, or nobody knows. */
  sentOver?: Of | undefined;
  /**
   * Whose what shows is, where it was sent and refused.
   *
   * @param over - What it was sent over.
   * @param sent - The patch; nothing where an earlier attempt has sent it.
   * @default 'own'
   */
  whose?: (found: Of, over: Of, sent: readonly Part[] | undefined) => Whose;
  /** Whether an earlier write of which nobody knew has come in. @default none does but the patch itself */
  hasCome?: (found: Of) => boolean;
  send: (etag: string | undefined, patch: readonly Part[]) => Promise<Answer>;
}

/** Where what a step patches stands. */
const shelfOf = (step: PatchStep): Collection =>
  step === 'location'
    ? 'targetConnections'
    : step === 'credentials' || step === 'encryption'
      ? 'connections'
      : 'flows';

/** How often something that was read without a version is read again. */
const mostUntagged = 3;
/** An etag that was stale more often than this never settles. */
const mostStale = 4;
/** The pause before another etag is read, milliseconds; each is longer, and the first is none. */
const staleMs = 200;

/** Between two reads while a doubt lasts, milliseconds. */
const lookMs = 300;

/**
 * Patches something exactly once.
 *
 * A patch that may have been acted upon is looked for before it is sent again. As long as the etag is the one that
 * was sent, nothing has taken it in, and sending it again is safe: `If-Match` lets one of the two through at most.
 * Another etag without the change in it is waited with until the doubt ends. An etag that went stale is read again,
 * and what is then to be sent is sent some times; where it holds all of it by then, it was acted upon and refused. One that is not there, or names no version, is read again too, and
 * nothing is ever sent without.
 *
 * @throws FlowServiceError of the last try, or UnreadableAnswerError before one that has no etag to go by; what `next` throws; JournalError; Stopped.
 * @see flow-service.md, section 2.0.3
 */
export async function patchOnce<Of extends Tagged, Part = PatchOperation>(
  patching: Patching<Of, Part>,
): Promise<Answer> {
  const { step, journal, tell, stop, earlier, checkpoint, look, next, isTaken, hasCome, send } = patching;
  const { doubtMs = usualDoubtMs, done: kind = 'patched', clock } = patching;
  let found = patching.before;
  if (earlier?.patched.has(step) === true) return {};
  let failed: { error: FlowServiceError; attempt: number; atMs: number } | undefined;
  let sentEtag: string | undefined;
  let sentOver = patching.sentOver;
  let sent: readonly Part[] | undefined;
  const noteFound = (found: Of): Promise<void> =>
    journal.note({
      kind,
      step,
      ...(sentOver === undefined || kind !== 'patched'
        ? {}
        : { whose: patching.whose?.(found, sentOver, sent) ?? 'own' }),
    });
  /** Until when a patch before this one may still show. */
  let doubtEndMs = 0;
  // A version keeps what was refused, and may come all the same, from being done twice.
  const isLookedFor =
    earlier?.doubts[step] !== undefined || patching.hasNoEtag === true || hasCome !== undefined;
  let untilMs =
    earlier?.sent.has(step) === true
      ? clock() + (isLookedFor ? leftOf(step, earlier, doubtMs) : 0)
      : undefined;

  for (let attempt = 1, stale = 0; ; attempt++) {
    if (untilMs !== undefined) {
      found = await untilDecided(untilMs);
      if (isTaken(found)) {
        await noteFound(found);
        return {};
      }
      if (stop?.aborted === true) throw new Stopped();
    }
    let patch = next(found);
    if (patch.length > 0 && patching.hasNoEtag !== true && !isUsableEtag(found.etag)) {
      found = await untilTagged(found);
      patch = next(found);
    }
    if (patch.length === 0) {
      await noteFound(found);
      return {};
    }
    if (failed) {
      if (!mayBeSent(failed, patching.retryBaseMs)) throw failed.error;
      await untilNextTry(failed.error, failed.attempt, failed.atMs, patching);
    }
    if (!patching.mayGoOn()) throw new Stopped();
    await journal.note({ kind: 'intent', step });
    await checkpoint?.('intended', step);
    sentEtag = found.etag;
    sentOver = found;
    sent = patch;
    try {
      const answering = send(found.etag, patch);
      void checkpoint?.('sent', step);
      const { requestId } = await answering;
      await checkpoint?.('answered', step);
      await journal.note({ kind, step, requestId });
      return { requestId };
    } catch (thrown) {
      const error = await noteFailure(thrown, patching);
      // The service touches new entities itself: a fresh etag can be stale a moment later. So can one that a
      // gateway has sent twice.
      if (error.kind === 'refused' && error.status === 412 && stale < mostStale) {
        const afterMs = stale++ * staleMs;
        tell({ kind: 'retrying', step, attempt: attempt + 1, afterMs, why: 'etag' });
        await pause(afterMs, stop);
        failed = undefined;
        untilMs = Math.max(clock(), doubtEndMs);
        continue;
      }
      const isProven = isProvenUndone(error);
      failed = { error, attempt, atMs: clock() };
      if (isProven && !mayBeSent(failed, patching.retryBaseMs)) throw error;
      const isDecided = isProven || isLeftOpen(failed, patching.retryBaseMs);
      untilMs = isDecided ? Math.max(failed.atMs, doubtEndMs) : failed.atMs + doubtMs;
      doubtEndMs = untilMs;
    }
  }

  /** Reads until it says which version it is. @throws UnreadableAnswerError */
  async function untilTagged(read: Of): Promise<Of> {
    for (let count = 1; count <= mostUntagged && !isUsableEtag(read.etag); count++) {
      await pause(staleMs * count, stop);
      if (stop?.aborted === true) throw new Stopped();
      read = await look();
    }
    ifMatchOf(read.etag, `/${shelfOf(step)}/${read.id ?? ''}`);
    return read;
  }

  /** Reads until the change shows, or until it cannot come any more. */
  async function untilDecided(endMs: number): Promise<Of> {
    const clock = withoutLeaps(patching.clock);
    for (let isFirst = true; ; isFirst = false) {
      const isLastLook = clock() >= endMs || stop?.aborted === true;
      const read = await look();
      const isUntouched = sentEtag !== undefined && read.etag === sentEtag;
      if (isLastLook || isUntouched || isTaken(read) || hasCome?.(read) === true || isImpossible(read))
        return read;
      if (isFirst)
        tell({ kind: 'waiting', step, about: 'doubt', mostMs: endMs - clock(), ...triedOf(failed) });
      await pause(Math.min(lookMs, Math.max(1, endMs - clock())), stop);
    }
  }

  /** Waiting changes nothing of what somebody else has done. */
  function isImpossible(read: Of): boolean {
    try {
      next(read);
      return false;
    } catch {
      return true;
    }
  }
}
