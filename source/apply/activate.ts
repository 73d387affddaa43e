import type { Flow, PatchOperation } from '../flow-service/flows.ts';
import type { FlowServiceError } from '../flow-service/errors.ts';
import { isProvenUndone, isTriedAgain, noteFailure, untilNextTry, usualDoubtMs } from './once/doubt.ts';
import { pause } from './once/pause.ts';
import type { Applying } from './steps.ts';
import { Stopped } from './stopped.ts';

/** Somebody else has put something into the dataflow; adding to it is not safe. */
export class DataflowChangedError extends Error {
  override readonly name = 'DataflowChangedError';
  readonly kind = 'changed';
  readonly flowId: string;
  /** What is in it: names of segments, paths of attributes. */
  readonly found: readonly string[];
  constructor(flowId: string, found: readonly string[]) {
    super(`dataflow ${flowId} holds ${found.join(', ')}`);
    this.flowId = flowId;
    this.found = found;
  }
}

interface Activating extends Applying {
  flowId: string;
  /** The dataflow as it was read just before. */
  before: Flow;
  patch: readonly PatchOperation[];
  isProven: (flow: Flow) => boolean;
  /** Reads the dataflow once more. */
  look: () => Promise<Flow>;
}

/** An etag that was stale more often than this never settles. */
const mostStale = 4;
/** The pause before another etag is read, milliseconds; each is longer, and the first is none. */
const staleMs = 200;

/** Between two reads while a doubt lasts, milliseconds. */
const lookMs = 300;

/**
 * Adds segments and attributes exactly once.
 *
 * A patch that may have been acted upon is looked for in the dataflow before it is sent again. As long as the
 * etag is the one that was sent, nothing has taken it in, and sending it again is safe: `If-Match` lets one of
 * the two through at most. Another etag without the change in it is waited with until the doubt ends. An etag
 * that went stale is read again and the patch repeated some times, unless somebody else has filled the dataflow.
 *
 * @throws FlowServiceError of the last try; DataflowChangedError; JournalError; Stopped.
 * @see flow-service.md, section 2.0.3
 */
export async function activate(activating: Activating): Promise<{ requestId?: string | undefined }> {
  const { client, flowId, journal, patch, tell, stop, abort, earlier, checkpoint, clock, look } = activating;
  const { doubtMs = usualDoubtMs } = activating;
  const write = { ...activating, step: 'activate' as const };
  let flow = activating.before;
  if (earlier?.isPatched === true) return {};
  let failed: { error: FlowServiceError; attempt: number; atMs: number } | undefined;
  let sentEtag: string | undefined;
  /** Until when a patch before this one may still show. */
  let doubtEndMs = 0;
  // A clock on the wall may have jumped: the doubt of an earlier attempt begins anew.
  const doubted = earlier?.doubts.activate === undefined ? 0 : doubtMs;
  let untilMs = earlier?.sent.has('activate') === true ? clock() + doubted : undefined;

  for (let attempt = 1, stale = 0; ; attempt++) {
    if (untilMs !== undefined) {
      flow = await untilDecided(untilMs);
      if (isTakenIn(flow, activating)) {
        await journal.note({ kind: 'patched' });
        return {};
      }
      if (stop?.aborted === true) throw new Stopped();
    }
    const found = contentsOf(flow);
    if (found.length > 0) throw new DataflowChangedError(flowId, found);
    if (failed) {
      if (!isTriedAgain(failed.error, failed.attempt, activating.retryBaseMs)) throw failed.error;
      await untilNextTry(failed.error, failed.attempt, failed.atMs, write);
    }
    if (!activating.mayGoOn()) throw new Stopped();
    await journal.note({ kind: 'intent', step: 'activate' });
    await checkpoint?.('intended', 'activate');
    sentEtag = flow.etag;
    try {
      const answering = client.patchFlow(flowId, flow.etag ?? '', patch, { signal: abort, stop });
      void checkpoint?.('sent', 'activate');
      const { requestId } = await answering;
      await checkpoint?.('answered', 'activate');
      await journal.note({ kind: 'patched', requestId });
      return { requestId };
    } catch (thrown) {
      const error = await noteFailure(thrown, write);
      // The service touches new entities itself: a fresh etag can be stale a moment later. So can one that a
      // gateway has sent twice.
      if (error.kind === 'refused' && error.status === 412 && stale < mostStale) {
        const afterMs = stale++ * staleMs;
        tell({ kind: 'retrying', step: 'activate', attempt: attempt + 1, afterMs, why: 'etag' });
        await pause(afterMs, stop);
        failed = undefined;
        untilMs = Math.max(clock(), doubtEndMs);
        continue;
      }
      if (isProvenUndone(error)) throw error;
      failed = { error, attempt, atMs: clock() };
      untilMs = failed.atMs + doubtMs;
      doubtEndMs = untilMs;
    }
  }

  /** Reads until the change shows, or until it cannot come any more. */
  async function untilDecided(endMs: number): Promise<Flow> {
    for (let isFirst = true; ; isFirst = false) {
      const isLastLook = clock() >= endMs || stop?.aborted === true;
      const read = await look();
      const isUntouched = sentEtag !== undefined && read.etag === sentEtag;
      if (isLastLook || isUntouched || isTakenIn(read, activating) || contentsOf(read).length > 0)
        return read;
      if (isFirst) tell({ kind: 'waiting', step: 'activate', about: 'doubt', mostMs: endMs - clock() });
      await pause(Math.min(lookMs, Math.max(1, endMs - clock())), stop);
    }
  }
}

/** The change is there, or the platform is working on one that was not there before. */
function isTakenIn(flow: Flow, { isProven, before }: Activating): boolean {
  const { lastOperation } = flow;
  const isNew = lastOperation !== undefined && lastOperation.startedMs !== before.lastOperation?.startedMs;
  return (isNew && lastOperation.progress === 'running') || isProven(flow);
}

function contentsOf(flow: Flow): string[] {
  return flow.transformations.flatMap(({ params }) => [
    ...(params?.segmentSelectors?.selectors ?? []).map(({ value }) => value.name ?? value.id),
    ...(params?.profileSelectors?.selectors ?? []).map(({ value }) => value.path),
  ]);
}
