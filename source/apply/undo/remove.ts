import type { Collection, FlowService } from '../../flow-service/client.ts';
import { type FlowServiceError, isFlowServiceError, RefusedError } from '../../flow-service/errors.ts';
import { isPlainNo, isTriedAgain, retryAfterMs, usualUnseenMs, whyOf } from '../once/doubt.ts';
import { pause } from '../once/pause.ts';
import { withoutLeaps } from '../once/without-leaps.ts';

/** What became of an object that was to be removed. `why` is what the platform says. */
export type Removal =
  | { kind: 'gone'; wasGone: boolean }
  | { kind: 'stays'; reason: 'refused'; why: string; error: RefusedError }
  | { kind: 'stays'; reason: 'notGone' | 'interrupted'; why: string };

/** What is told while an object is removed. */
export type RemovalEvent =
  | { kind: 'waiting'; about: 'gone' | 'unseen'; mostMs: number }
  | { kind: 'retrying'; attempt: number; afterMs: number; why: string };

export interface Removing {
  client: FlowService;
  collection: Collection;
  id: string;
  /** It was made a moment ago: that it is not there may only mean that it is not seen yet. */
  isYoung: boolean;
  /** Milliseconds that only ever grow. */
  clock: () => number;
  tell: (event: RemovalEvent) => void;
  /** It was refused, and nothing more is sent: it is only looked whether it was done all the same. */
  onRefused?: (() => void) | undefined;
  stop?: AbortSignal | undefined;
  abort?: AbortSignal | undefined;
  retryBaseMs?: number | undefined;
  unseenMs?: number | undefined;
  /** Longest wait until a removed object is gone, milliseconds. */
  goneMs?: number | undefined;
}

/**
 * Removes things one after another, of which none stands on another. What was refused is looked for while the others are
 * sent, so that many refusals take no longer than one.
 *
 * @throws what `remove` throws, once none is under way.
 */
export async function removeEach<Of>(
  all: readonly Of[],
  remove: (one: Of, onRefused: () => void) => Promise<void>,
): Promise<void> {
  const works: Promise<void>[] = [];
  for (const one of all) {
    const { promise: refused, resolve: onRefused } = Promise.withResolvers<void>();
    const work = remove(one, onRefused);
    works.push(work);
    const mayGoOn = await Promise.race([work, refused]).then(
      () => true,
      () => false,
    );
    if (!mayGoOn) break;
  }
  await Promise.allSettled(works);
  await Promise.all(works);
}

/**
 * Removes an object and asks until the platform says that it is gone. A delete that may or may not have been done
 * is sent again: the second one says 404. What is to stay, whatever the answer was, is looked at first.
 *
 * @throws FlowServiceError of the last try, but for a refusal that is about this object: that is a result.
 * @see flow-service.md, sections 2.6 and 7.37
 */
export async function removeObject(removing: Removing): Promise<Removal> {
  const { client, collection, id, tell, stop, abort, retryBaseMs } = removing;
  for (let attempt = 1; ; attempt++) {
    try {
      const first = await client.remove(collection, id, { signal: abort, stop });
      const { alreadyGone } = first.alreadyGone && attempt === 1 ? await untilSeen(removing) : first;
      if (alreadyGone) return { kind: 'gone', wasGone: attempt === 1 };
      if (await isGone(removing)) return { kind: 'gone', wasGone: false };
      return { kind: 'stays', reason: stop?.aborted === true ? 'interrupted' : 'notGone', why: '' };
    } catch (error) {
      if (!isFlowServiceError(error)) throw error;
      const isUnread = error.method === 'DELETE' && error.kind === 'unreadable';
      const isLast = isUnread ? attempt > 1 : !isTriedAgain(error, attempt, retryBaseMs);
      if (isLast && (await wasDone(error, removing))) return { kind: 'gone', wasGone: false };
      if (isAboutObject(error))
        return { kind: 'stays', reason: 'refused', why: error.serverMessage ?? String(error.status), error };
      if (isLast) throw error;
      const afterMs = retryAfterMs(error, attempt, retryBaseMs);
      tell({ kind: 'retrying', attempt: attempt + 1, afterMs, why: whyOf(error) });
      await pause(afterMs, stop);
      if (stop?.aborted === true) throw error;
    }
  }
}

/** How long a removal that was refused in words may not show yet, milliseconds: it was done in spite of them, or not at all. */
const mostRefusedMs = 3000;
/** The same where nobody has said no, milliseconds. */
const mostDoubtedMs = 10_000;

/** Whatever was answered to a delete, only a look says that something stays: a read may show for a while what is gone. */
async function wasDone(error: FlowServiceError, removing: Removing): Promise<boolean> {
  const { goneMs = mostGoneMs, abort, onRefused } = removing;
  const isSent =
    error.method === 'DELETE' && ['refused', 'unreadable', 'lost', 'timeout'].includes(error.kind);
  if (!isSent || abort?.aborted === true) return false;
  // Whoever has no token learns nothing by waiting.
  const isUnknown = error.kind === 'refused' && error.status === 401;
  const mostMs = isUnknown ? 0 : isPlainNo(error) ? mostRefusedMs : mostDoubtedMs;
  if (error.kind === 'refused' && !isUnknown) onRefused?.();
  return isGone({ ...removing, goneMs: Math.min(goneMs, mostMs) }).catch(() => false);
}

/** A refusal of who asks would meet the next object too. */
function isAboutObject(error: unknown): error is RefusedError {
  if (!(error instanceof RefusedError) || error.method !== 'DELETE') return false;
  return (error.status === 409 || isPlainNo(error)) && error.status !== 401 && error.status !== 403;
}

/** Asks again for one that was made a moment ago and is not there. */
async function untilSeen(removing: Removing): Promise<{ alreadyGone: boolean }> {
  const { client, collection, id, isYoung, tell, stop, abort, unseenMs = usualUnseenMs } = removing;
  const clock = withoutLeaps(removing.clock);
  const untilMs = clock() + unseenMs;
  if (!isYoung) return { alreadyGone: true };
  tell({ kind: 'waiting', about: 'unseen', mostMs: unseenMs });
  for (let pauseMs = 100; ; pauseMs = Math.min(2000, pauseMs * 1.5)) {
    await pause(Math.min(pauseMs, Math.max(1, untilMs - clock())), stop);
    const { alreadyGone } = await client.remove(collection, id, { signal: abort, stop });
    if (!alreadyGone || clock() >= untilMs || stop?.aborted === true) return { alreadyGone };
  }
}

/** Longest wait for what was removed to be gone, milliseconds. */
const mostGoneMs = 60_000;

/** A delete is taken in before it is done: asked until the platform says 404. */
async function isGone(removing: Removing): Promise<boolean> {
  const { client, collection, id, clock, tell, stop, abort, goneMs = mostGoneMs } = removing;
  const endMs = clock() + goneMs;
  for (let pauseMs = 50, isFirst = true; ; pauseMs = Math.min(2000, pauseMs * 1.5)) {
    if (!(await client.exists(collection, id, { signal: abort, stop }))) return true;
    if (clock() >= endMs || stop?.aborted === true) return false;
    if (isFirst) tell({ kind: 'waiting', about: 'gone', mostMs: endMs - clock() });
    isFirst = false;
    await pause(Math.min(pauseMs, Math.max(1, endMs - clock())), stop);
  }
}
