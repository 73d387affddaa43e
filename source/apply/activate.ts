import type { Flow } from '../flow-service/flows.ts';
import type { NamedSet } from '../activation/change/patch.ts';
import { activationPatch } from '../activation/requests.ts';
import { patchOnce } from './once/patch-once.ts';
import type { Applying } from './steps.ts';

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
  isProven: (flow: Flow) => boolean;
  /** What has the columns, where the card keeps them in a mapping set. */
  set?: NamedSet | undefined;
  /** Reads the dataflow once more. */
  look: () => Promise<Flow>;
}

/**
 * Adds segments and attributes to a new dataflow exactly once, unless somebody else has filled it.
 *
 * @throws FlowServiceError of the last try; DataflowChangedError; JournalError; Stopped.
 */
export function activate(activating: Activating): Promise<{ requestId?: string | undefined }> {
  const { client, plan, flowId, before, isProven, set, stop, abort } = activating;
  const patch = activationPatch(plan, set);
  return patchOnce<Flow>({
    ...activating,
    step: 'activate',
    next(flow) {
      const found = contentsOf(flow);
      if (found.length > 0) throw new DataflowChangedError(flowId, found);
      return patch;
    },
    // The change is there, or the platform is working on one that was not there before.
    isTaken({ lastOperation, ...flow }) {
      const isNew =
        lastOperation !== undefined && lastOperation.startedMs !== before.lastOperation?.startedMs;
      return (isNew && lastOperation.progress === 'running') || isProven({ lastOperation, ...flow });
    },
    send: (etag) => client.patchFlow(flowId, etag, patch, { signal: abort, stop }),
  });
}

function contentsOf(flow: Flow): string[] {
  return flow.transformations.flatMap(({ params }) => [
    ...(params?.segmentSelectors?.selectors ?? []).map(({ value }) => value.name ?? value.id),
    ...(params?.profileSelectors?.selectors ?? []).map(({ value }) => value.path),
    ...[params?.profileMapping?.mappingId ?? []].flat(),
  ]);
}
