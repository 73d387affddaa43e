import type { Plan } from '../../activation/plan/plan.ts';
import type { FlowService } from '../../flow-service/client.ts';
import type { Journal } from '../journal/journal.ts';
import type { RunState } from '../journal/run-state.ts';
import { Queue } from '../queue.ts';
import type { ApplyServices } from '../services.ts';
import { undoDocuments } from './documents.ts';
import { madeBy } from './doubtful.ts';
import { putBack } from './put-back.ts';
import { order, sweepAll, sweepStep } from './sweep.ts';
import type { RollbackEvent } from './undo-events.ts';
import { Undoing } from './undoing.ts';

export type { RollbackEvent } from './undo-events.ts';

export interface RollbackServices extends Pick<
  ApplyServices,
  'stop' | 'abort' | 'doubtMs' | 'unseenMs' | 'retryBaseMs' | 'goneMs'
> {
  client: FlowService;
  journal: Journal;
  /** Milliseconds that only ever grow. @default performance.now */
  clock?: () => number;
  /** Epoch milliseconds. @default Date.now */
  now?: () => number;
  /** Longest wait for the platform to come to an end with a dataflow, milliseconds. */
  settleMs?: number;
}

/** A run that has applied a plan. */
export type PlanRun = Extract<RunState, { plan: Plan }>;

/** How often the collections are looked through once everything known is gone, at most. */
const mostSweeps = 3;

/**
 * Removes what a run made, and nothing else: what its journal knows, and whatever carries its marker. Before each one
 * it is looked whether others have begun to use it: a dataflow that they have put something into stays, and so does
 * whatever something else stands on. An object of which nobody knows whether it was made is looked for first, as long
 * as it may still turn up. Each one is asked for until the platform says that it is gone; in the end every collection
 * is looked through once more, and only when nothing carries the marker the run is undone.
 *
 * What a mapping set was made of cannot be removed, nor a version of one: it is named. Ends with one `result` event; what
 * stays is named before.
 */
export async function* rollback(state: PlanRun, services: RollbackServices): AsyncGenerator<RollbackEvent> {
  const queue = new Queue<RollbackEvent>();
  const undoing = new Undoing(state, services, (event) => {
    queue.push(event);
  });
  const work = (state.plan.flow === undefined ? undoMade(undoing) : undoChange(undoing)).finally(() => {
    queue.end();
  });
  // Told when it is awaited.
  work.catch(() => undefined);
  yield* queue;
  await work;
}

async function undoMade(undoing: Undoing): Promise<void> {
  const { kept } = undoing;
  for (const step of order) {
    const known = await madeBy(step, undoing);
    if (undoing.mayGoOn()) await sweepStep(step, known, undoing);
    else for (const id of known) undoing.keep(step, id);
  }
  let left: string[] = [];
  for (let time = 1; time <= mostSweeps && undoing.mayGoOn() && undoing.isLookedThrough; time++) {
    left = await sweepAll(undoing);
    if (left.every((id) => kept.has(id))) break;
  }
  await undoDocuments(undoing, kept.size === 0);
  const isLeft = left.some((id) => !kept.has(id));
  const isWhole = kept.size === 0 && undoing.mayGoOn() && undoing.isLookedThrough && !isLeft;
  await undoing.end(isWhole, kept.size);
}

async function undoChange(undoing: Undoing): Promise<void> {
  const { state, services, journal, kept } = undoing;
  const { notBack, isSeen } = state.found
    ? await putBack(state, state.found, { ...services, journal }, (event) => undoing.tell(event))
    : { notBack: 0, isSeen: true };
  undoing.isLookedThrough &&= isSeen;
  await undoDocuments(undoing, notBack === 0);
  const count = notBack + kept.size;
  await undoing.end(count === 0 && undoing.isLookedThrough, count, notBack);
}
