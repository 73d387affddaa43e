import type { ApplyEvent } from '../../source/apply/events.ts';
import type { JournalNote } from '../../source/apply/journal/journal.ts';
import type { ToDo } from '../../source/apply/live/course.ts';
import { markerOf } from '../../source/apply/marker.ts';
import { type Applying, beginSteps } from '../../source/apply/steps.ts';
import type { Collection, FlowService } from '../../source/flow-service/client.ts';
import type { Connection } from '../../source/flow-service/connections.ts';
import { RefusedError } from '../../source/flow-service/errors.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { clientOf } from './answers.ts';
import { authParams, futurePlan } from './runs.ts';

/** A platform of which only some calls are asked. */
export const clientThat = (calls: Partial<FlowService>): FlowService => ({
  ...clientOf('http://unasked.invalid'),
  ...calls,
});

export type Shelves = Record<Collection, readonly Connection[]>;

export const emptyShelves: Shelves = {
  flows: [],
  targetConnections: [],
  sourceConnections: [],
  connections: [],
};

/** A platform that lists what it is told to, and from which things can be removed. */
export function clientOfShelves(
  shelves: Partial<Shelves>,
  calls: Partial<FlowService> = {},
): { client: FlowService; shelves: Shelves; removed: string[] } {
  const held: Shelves = { ...emptyShelves, ...shelves };
  const removed: string[] = [];
  const client = clientThat({
    async *list(collection) {
      await Promise.resolve();
      yield [...held[collection]];
    },
    getFlow(id) {
      const one = held.flows.find((flow) => flow.id === id);
      const serverMessage = `flows not found with id = [${id}]`;
      const missing = new RefusedError({ method: 'GET', path: `/flows/${id}` }, 404, { serverMessage });
      return one ? Promise.resolve(readAgain({ transformations: [], ...one })) : Promise.reject(missing);
    },
    getConnection(collection, id) {
      const one = held[collection].find((connection) => connection.id === id);
      const serverMessage = `${collection} not found with id = [${id}]`;
      const missing = new RefusedError({ method: 'GET', path: `/${collection}/${id}` }, 404, {
        serverMessage,
      });
      return one ? Promise.resolve(one) : Promise.reject(missing);
    },
    isGone: (collection, id, error) =>
      Promise.resolve(
        error instanceof RefusedError &&
          error.status === 404 &&
          !held[collection].some((one) => one.id === id),
      ),
    exists: (collection, id) => Promise.resolve(held[collection].some((one) => one.id === id)),
    remove(collection, id) {
      const alreadyGone = !held[collection].some((one) => one.id === id);
      held[collection] = held[collection].filter((one) => one.id !== id);
      removed.push(`${collection} ${id}`);
      return Promise.resolve({ alreadyGone });
    },
    ...calls,
  });
  return { client, shelves: held, removed };
}

/** A change that has nothing to send. */
export const nothingToDo: ToDo = {
  flow: [],
  target: [],
  columns: [],
  lines: [],
  isInFlow: () => false,
  isInTarget: () => false,
  nextOfFlow: () => [],
  lackingInFlow: () => [],
  lackingInTarget: () => [],
  nextOfTarget: () => [],
};

/** An apply under way, of which only some parts matter; what it tells and notes is kept. */
export function applyingWith(more: Partial<Applying>): {
  applying: Applying;
  told: ApplyEvent[];
  noted: JournalNote[];
} {
  const told: ApplyEvent[] = [];
  const noted: JournalNote[] = [];
  const clock = more.clock ?? ((): number => performance.now());
  const applying: Applying = {
    client: clientThat({}),
    authParams,
    run: '0a1b2c3d',
    clock,
    journal: {
      note(note) {
        noted.push(note);
        return Promise.resolve();
      },
    },
    plan: futurePlan,
    marker: markerOf('0a1b2c3d'),
    doubts: { isAny: false },
    made: {},
    ...beginSteps({ clock, ...(more.stop ? { stop: more.stop } : {}) }, (event) => told.push(event)),
    ...more,
  };
  return { applying, told, noted };
}
