import type { Flow, PatchOperation } from '../flow-service/flows.ts';
import { noteFailure, untilNextTry, usualDoubtMs } from './doubt.ts';
import { pause } from './pause.ts';
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
 * A patch whose answer is unknown is looked for in the dataflow before it is sent again. An etag that went
 * stale is read again and the patch repeated some times, unless somebody else has filled the dataflow.
 *
 * @throws FlowServiceError of the last try; DataflowChangedError; JournalError; Stopped.
 * @see flow-service.md, section 2.0.3
 */
export async function activate(activating: Activating): Promise<{ requestId?: string | undefined }> {
  const { client, flowId, journal, patch, tell, stop, abort, earlier, checkpoint } = activating;
  const { now = Date.now, doubtMs = usualDoubtMs } = activating;
  const write = { ...activating, step: 'activate' as const };
  const options = { signal: abort };
  const doubtful = earlier?.doubts.activate;
  let doubtEndMs = doubtful === undefined ? undefined : doubtful + doubtMs;
  let flow = activating.before;
  if (earlier?.isPatched === true) return {};

  for (let attempt = 1, stale = 0; ; attempt++) {
    if (doubtEndMs !== undefined) {
      flow = await untilDecided(doubtEndMs);
      if (isTakenIn(flow, activating)) {
        await journal.note({ kind: 'patched' });
        return {};
      }
      if (stop?.aborted === true) throw new Stopped();
    }
    const found = contentsOf(flow);
    if (found.length > 0) throw new DataflowChangedError(flowId, found);
    if (!activating.mayGoOn()) throw new Stopped();
    await journal.note({ kind: 'intent', step: 'activate' });
    await checkpoint?.('intended', 'activate');
    try {
      const answering = client.patchFlow(flowId, flow.etag ?? '', patch, options);
      void checkpoint?.('sent', 'activate');
      const { requestId } = await answering;
      await checkpoint?.('answered', 'activate');
      await journal.note({ kind: 'patched', requestId });
      return { requestId };
    } catch (error) {
      const failure = await noteFailure(error, write);
      // The service touches new entities itself: a fresh etag can be stale a moment later.
      if (failure.kind === 'refused' && failure.status === 412 && stale < mostStale) {
        const afterMs = stale++ * staleMs;
        tell({ kind: 'retrying', step: 'activate', attempt: attempt + 1, afterMs, why: 'etag' });
        await pause(afterMs, stop);
        flow = await client.getFlow(flowId, options);
        continue;
      }
      doubtEndMs = await untilNextTry(failure, attempt, write);
    }
  }

  /** Reads until the change shows, or until it will not come any more. */
  async function untilDecided(endMs: number): Promise<Flow> {
    for (;;) {
      const isLastLook = now() >= endMs;
      const read = await client.getFlow(flowId, options);
      if (isTakenIn(read, activating) || contentsOf(read).length > 0 || isLastLook || stop?.aborted === true)
        return read;
      await pause(Math.min(lookMs, Math.max(1, endMs - now())), stop);
    }
  }
}

/** The change is there, or the platform is working on one that was not there before. */
function isTakenIn(flow: Flow, { isProven }: Activating): boolean {
  return flow.lastOperation?.progress === 'running' || isProven(flow);
}

function contentsOf(flow: Flow): string[] {
  return flow.transformations.flatMap(({ params }) => [
    ...(params?.segmentSelectors?.selectors ?? []).map(({ value }) => value.name ?? value.id),
    ...(params?.profileSelectors?.selectors ?? []).map(({ value }) => value.path),
  ]);
}
