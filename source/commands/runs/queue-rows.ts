import path from 'node:path';
import type { Row } from '../../state/postgres/queue.ts';
import { exitCode } from '../console/exit-codes.ts';
import type { Done } from './apply-many.ts';
import { doneOf, queuedPlan, reasonOf } from './queued-plan.ts';

/** A plan of the queue, as it is shown. */
export interface FollowedPlan {
  readonly file: string;
  readonly state: 'working' | 'stuck' | 'waiting' | 'verified';
  readonly run: string;
  /** Why it cannot go on, or was put off; empty otherwise. */
  readonly why: string;
}

/** How far all of it is. */
export interface Followed {
  /** What is worked at first, then what needs somebody, then what waits. */
  readonly plans: readonly FollowedPlan[];
  /** What has ended, in the order of the files. */
  readonly done: ReadonlyMap<string, Done>;
  /** Until when the platform wants to be left alone, epoch milliseconds; nothing where it does not. */
  readonly pausedUntilMs: number | undefined;
}

const order: readonly FollowedPlan['state'][] = ['working', 'stuck', 'waiting', 'verified'];

/**
 * What the rows of a queue say of some plans.
 *
 * @param keys - The file of each plan, by its key.
 * @param rows - The newest of a key comes last.
 */
export function followedIn(
  keys: ReadonlyMap<string, string>,
  rows: readonly Row[],
  pauses: ReadonlyMap<string, number>,
): Followed {
  const newest = new Map(rows.map((row) => [row.key, row]));
  const done = new Map<string, Done>();
  const plans: FollowedPlan[] = [];
  let pausedUntilMs: number | undefined;
  for (const [key, whole] of keys) {
    const file = path.basename(whole);
    const row = newest.get(key);
    const queued = row && queuedPlan(row.body);
    const run = queued?.run ?? '';
    if (row?.state === 'over') {
      const one = doneOf(row) ?? { file, outcome: 'failed' as const, exitCode: exitCode.bug, ms: 0 };
      done.set(key, one);
      const state = one.exitCode === exitCode.done ? 'verified' : 'stuck';
      plans.push({ file, state, run, why: one.why ?? '' });
      continue;
    }
    const untilMs = pauses.get(queued?.place.orgId ?? '');
    if (untilMs !== undefined) pausedUntilMs = Math.max(pausedUntilMs ?? 0, untilMs);
    plans.push({ file, state: row?.state ?? 'waiting', run, why: reasonOf(row?.output) });
  }
  const rank = ({ state }: FollowedPlan): number => order.indexOf(state);
  return { plans: plans.toSorted((a, b) => rank(a) - rank(b)), done, pausedUntilMs };
}

/** How many plans are in which state. */
export const countsOf = (plans: readonly FollowedPlan[]): Record<FollowedPlan['state'] | 'total', number> => {
  const counts = { working: 0, stuck: 0, waiting: 0, verified: 0, total: plans.length };
  for (const { state } of plans) counts[state] += 1;
  return counts;
};
