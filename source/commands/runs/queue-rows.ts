import path from 'node:path';
import type { Standing } from '../../state/postgres/queue.ts';
import { exitCode } from '../console/exit-codes.ts';
import type { Done } from './apply-many.ts';
import { doneOf, reasonOf } from './queued-plan.ts';

/** A plan of the queue, as it is shown. */
export interface FollowedPlan {
  readonly file: string;
  readonly state: 'working' | 'stuck' | 'waiting' | 'verified';
  readonly run: string;
  /** Why it cannot go on, or was put off; empty otherwise. */
  readonly why: string;
}

/** A plan that was put in, and who is to be left alone where it waits. */
export interface PutPlan {
  readonly file: string;
  readonly run: string;
  readonly orgId: string;
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

/** What a queue says of some plans. @param put - By their keys */
export function followedIn(
  put: ReadonlyMap<string, PutPlan>,
  standings: readonly Standing[],
  pauses: ReadonlyMap<string, number>,
): Followed {
  const known = new Map(standings.map((one) => [one.key, one]));
  const done = new Map<string, Done>();
  const plans: FollowedPlan[] = [];
  let pausedUntilMs: number | undefined;
  for (const [key, { file: whole, run, orgId }] of put) {
    const file = path.basename(whole);
    const { state = 'waiting', output } = known.get(key) ?? {};
    if (state === 'over') {
      const one = doneOf({ output }) ?? { file, outcome: 'failed' as const, exitCode: exitCode.bug, ms: 0 };
      done.set(key, one);
      const isDone = one.exitCode === exitCode.done;
      plans.push({ file, state: isDone ? 'verified' : 'stuck', run, why: one.why ?? '' });
      continue;
    }
    const untilMs = pauses.get(orgId);
    if (untilMs !== undefined) pausedUntilMs = Math.max(pausedUntilMs ?? 0, untilMs);
    plans.push({ file, state, run, why: reasonOf(output) });
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
