import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { objectNames } from '../../activation/requests.ts';
import { reusedIds, type ObjectStep } from '../../activation/steps.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Connection } from '../../flow-service/connections.ts';
import type { MadeObjects } from '../events.ts';

/** What may be of a run and does not say so: whether it is, only a person can tell. */
export class UnmarkedError extends Error {
  override readonly name = 'UnmarkedError';
  readonly kind = 'unmarked';
  /** Collection and id of each. */
  readonly found: readonly string[];
  /** The marker that they should have. */
  readonly marker: string;
  constructor(found: readonly string[], marker: string) {
    super(`may be of ${marker}: ${found.join(', ')}`);
    this.found = found;
    this.marker = marker;
  }
}

/**
 * Whether an object is like the one that a step makes: it stands on what only this run has made, or, where there is
 * nothing of the kind, it is called as this plan calls it.
 *
 * @param made - What the run has made so far.
 */
export function likenessOf(step: ObjectStep, plan: Plan, made: MadeObjects): (one: Connection) => boolean {
  // A list that says neither leaves everything open.
  const isNamed = ({ name, description }: Connection): boolean =>
    name === undefined ? description === undefined : name === objectNames(plan)[step];
  const standsOn =
    (own: string | undefined, reused: string | undefined) =>
    (one: Connection): boolean => {
      const base = one.baseConnectionId;
      if (base === undefined) return isNamed(one);
      return own === undefined
        ? isNamed(one) && (reused === undefined || sameId(base, reused))
        : sameId(base, own);
    };
  const isOf =
    (specId: string) =>
    (one: Connection): boolean =>
      isNamed(one) && (one.connectionSpec === undefined || sameId(one.connectionSpec.id, specId));
  const reused = reusedIds(plan);
  switch (step) {
    case 'source-base-connection':
      return isOf(profileStoreSpecId);
    case 'target-base-connection':
      return isOf(plan.destination.connectionSpecId);
    case 'source-connection':
      return standsOn(made.sourceBaseConnectionId, reused.sourceBaseConnectionId);
    case 'target-connection':
      return standsOn(made.targetBaseConnectionId, reused.targetBaseConnectionId);
    case 'flow': {
      const own = made.targetConnectionId;
      return (one) => {
        const targets = one.targetConnectionIds;
        return own === undefined || targets === undefined
          ? isNamed(one)
          : targets.some((id) => sameId(id, own));
      };
    }
  }
}
