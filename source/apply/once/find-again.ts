import { sameId } from '../../activation/same-id.ts';
import type { Collection, FlowService } from '../../flow-service/client.ts';
import type { Connection } from '../../flow-service/connections.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import { FlowMissingError, readFlow, unlessGone } from '../live/live.ts';
import { mayPass } from './doubt.ts';
import { UnmarkedError } from './likeness.ts';
import type { ObjectStep } from '../../activation/steps.ts';
import { type LookingUntil, lookUntil } from './look-until.ts';
import { withoutLeaps } from './without-leaps.ts';

export interface Search {
  client: FlowService;
  step: ObjectStep;
  /** The marker of the run, as it stands in the description of its objects. */
  marker: string;
  /** Tells the two connections of a run apart. */
  connectionSpecId: string;
  /** Knows one whose marker a list leaves out, or somebody has altered. */
  isAlike: (one: Connection) => boolean;
  /** Gives up the look that is under way. */
  abort?: AbortSignal | undefined;
  /** Whether the look may take no longer: a list may have no end. */
  isOver?: (() => boolean) | undefined;
}

/** How long it is looked for. */
export type Waiting = Pick<LookingUntil, 'untilMs' | 'clock' | 'onWait' | 'stop'>;

export const collectionOf: Record<ObjectStep, Collection> = {
  'source-base-connection': 'connections',
  'source-connection': 'sourceConnections',
  'target-base-connection': 'connections',
  'target-connection': 'targetConnections',
  flow: 'flows',
};

/** Between the first two looks, milliseconds: a list takes its time. */
const firstPauseMs = 250;
/** How long the last look may take, milliseconds: one before it ends with the time that it is looked for. */
const lastLookMs = 60_000;

/**
 * Looks for something whose create was sent and whose end is not known.
 *
 * It is looked for until `untilMs` has passed, and once at least. A look that fails for a moment is
 * repeated, and so is one at a list that does not come to its end; only the last one must succeed.
 *
 * @param look - Its id, where it is there; told when it may take no longer.
 * @returns Its id, or nothing when it is surely not there, or when it was stopped.
 * @throws FlowServiceError of the last look; UnmarkedError when something like it does not say whose it is.
 */
export function findAgain(
  waiting: Waiting,
  look: (isOver: () => boolean) => Promise<string | undefined>,
): Promise<string | undefined> {
  const clock = withoutLeaps(waiting.clock);
  return lookUntil({ ...waiting, clock, firstPauseMs }, (isLast) => {
    const endMs = isLast ? clock() + lastLookMs : waiting.untilMs;
    return look(() => clock() >= endMs).catch((error: unknown) => {
      if (isLast || !mayEnd(error)) throw error;
      return undefined;
    });
  });
}

/** Whether another look may say more. */
const mayEnd = (error: unknown): boolean =>
  error instanceof UnmarkedError ||
  (isFlowServiceError(error) && (error.kind === 'incomplete' || mayPass(error)));

/**
 * Looks for an object by the marker of its run. What is like it and carries no marker that can be read is read by
 * itself, as a list may leave out what it likes.
 *
 * @throws FlowServiceError; UnmarkedError when something like it does not say whose it is.
 */
export async function findMarked(search: Search): Promise<string | undefined> {
  const { client, step, marker, connectionSpecId, isAlike, abort, isOver } = search;
  const collection = collectionOf[step];
  const unmarked: string[] = [];
  for await (const page of client.list(collection, [], { signal: abort, isOver }))
    for (const one of page) {
      if (carries(one, marker) && isOfStep(one, step, connectionSpecId)) return one.id;
      if (!isMarked(one) && isAlike(one)) unmarked.push(one.id);
    }
  const unknown: string[] = [];
  for (const id of unmarked) {
    const found = await readAlone(search, collection, id);
    if (found && carries(found, marker)) return id;
    if (found && !isMarked(found)) unknown.push(`${collection} ${id}`);
  }
  if (unknown.length > 0) throw new UnmarkedError(unknown, marker);
  return undefined;
}

/**
 * Of what a list shows, those that are of a run: by their marker, or, where the list leaves out what they say of
 * themselves and they are like one, by what they say when they are read alone.
 *
 * @throws FlowServiceError
 */
export async function ownOf(
  rows: readonly Connection[],
  collection: Collection,
  { marker, isAlike, ...search }: Pick<Search, 'client' | 'abort' | 'marker' | 'isAlike'>,
): Promise<Connection[]> {
  const own: Connection[] = [];
  for (const one of rows) {
    const isSilent = one.description === undefined && isAlike(one);
    const said = isSilent ? await readAlone(search, collection, one.id) : one;
    if (said && carries(said, marker)) own.push(one);
  }
  return own;
}

/** Nothing where it is gone meanwhile. */
async function readAlone(
  { client, abort }: Pick<Search, 'client' | 'abort'>,
  collection: Collection,
  id: string,
): Promise<Pick<Connection, 'description'> | undefined> {
  const options = { signal: abort };
  if (collection !== 'flows') return unlessGone(client, collection, id, options);
  return readFlow(client, id, options).catch((error: unknown) => {
    if (error instanceof FlowMissingError) return undefined;
    throw error;
  });
}

/** Whether an object says that it is of a run; a marker is one in any case. */
export const carries = ({ description }: Pick<Connection, 'description'>, marker: string): boolean =>
  description?.toLowerCase().includes(marker.toLowerCase()) === true;

/** Whether it says of which run it is, this one or another. */
const isMarked = ({ description = '' }: Pick<Connection, 'description'>): boolean =>
  /ferry run [0-9a-f]{8}/i.test(description);

function isOfStep({ connectionSpec }: Connection, step: ObjectStep, connectionSpecId: string): boolean {
  const isConnection = step === 'source-base-connection' || step === 'target-base-connection';
  return !isConnection || (connectionSpec !== undefined && sameId(connectionSpec.id, connectionSpecId));
}
