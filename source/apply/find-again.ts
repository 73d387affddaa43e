import { sameId } from '../activation/same-id.ts';
import type { Collection, FlowService } from '../flow-service/client.ts';
import type { CreateStep } from './journal.ts';
import { pause } from './pause.ts';

export interface Search {
  client: FlowService;
  step: CreateStep;
  /** The marker of the run, as it stands in the description of its objects. */
  marker: string;
  /** Tells the two connections of a run apart. */
  connectionSpecId: string;
  /** Until when a late answer of the platform may still make the object appear, epoch milliseconds. */
  untilMs: number;
  /** Epoch milliseconds. */
  now: () => number;
  stop?: AbortSignal | undefined;
  /** Gives up the look that is under way. */
  abort?: AbortSignal | undefined;
}

export const collectionOf: Record<CreateStep, Collection> = {
  'source-base-connection': 'connections',
  'source-connection': 'sourceConnections',
  'target-base-connection': 'connections',
  'target-connection': 'targetConnections',
  flow: 'flows',
};

/** Between two looks, milliseconds. */
const pauseMs = 400;

/**
 * Looks for an object whose create was sent and whose answer never came, by the marker of its run.
 *
 * A request that was cut can still be worked on, so it is looked for until `untilMs` has passed.
 *
 * @returns Its id, or nothing when it is surely not there.
 */
export async function findAgain(search: Search): Promise<string | undefined> {
  for (;;) {
    const isLastLook = search.now() >= search.untilMs;
    const id = await look(search);
    if (id !== undefined || isLastLook || search.stop?.aborted === true) return id;
    await pause(Math.min(pauseMs, Math.max(1, search.untilMs - search.now())), search.stop);
  }
}

async function look({ client, step, marker, connectionSpecId, abort }: Search): Promise<string | undefined> {
  const isConnection = step === 'source-base-connection' || step === 'target-base-connection';
  for await (const page of client.list(collectionOf[step], [], { signal: abort })) {
    for (const { id, description, connectionSpec } of page) {
      if (description?.includes(marker) !== true) continue;
      if (!isConnection || (connectionSpec !== undefined && sameId(connectionSpec.id, connectionSpecId)))
        return id;
    }
  }
  return undefined;
}
