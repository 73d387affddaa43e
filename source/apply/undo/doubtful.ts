import { profileStoreSpecId } from '../../activation/spec/catalog.ts';
import { type CreateStep, idOfStep, isDocument } from '../../activation/steps.ts';
import { leftOf, usualDoubtMs } from '../once/doubt.ts';
import { findAgain, findMarked } from '../once/find-again.ts';
import { findDocument } from '../once/find-document.ts';
import { likenessOf } from '../once/likeness.ts';
import type { PlanRun } from './rollback.ts';
import type { Undoing } from './undoing.ts';

/** The connection spec of what a step makes. */
export const specOf = (step: CreateStep, { plan }: Pick<PlanRun, 'plan'>): string =>
  step === 'source-base-connection' || step === 'source-connection'
    ? profileStoreSpecId
    : plan.destination.connectionSpecId;

/**
 * What a step is known to have made. Where nobody knows whether it has made anything, it is looked for as long as it may
 * still turn up.
 */
export async function madeBy(step: CreateStep, undoing: Undoing): Promise<string[]> {
  const made = undoing.state.made[idOfStep[step]];
  if (made !== undefined) return [made];
  return undoing.mayGoOn() ? doubtful(step, undoing) : [];
}

/** What a write without a proven end has made. */
async function doubtful(step: CreateStep, undoing: Undoing): Promise<string[]> {
  const { state, search, services, journal } = undoing;
  const { plan, made } = state;
  const leftMs = leftOf(step, state, services.doubtMs ?? usualDoubtMs);
  if (state.doubts[step] === undefined && leftMs === 0) return [];
  try {
    const id = await findAgain(
      {
        ...search,
        untilMs: search.clock() + leftMs,
        onWait: (mostMs) => undoing.tell({ kind: 'waiting', step, about: 'doubt', mostMs }),
      },
      (isOver) =>
        isDocument(step)
          ? findDocument(step, { ...search, isOver, plan, made })
          : findMarked({
              ...search,
              isOver,
              step,
              connectionSpecId: specOf(step, state),
              isAlike: likenessOf(step, plan, made),
            }),
    );
    if (id === undefined) {
      if (search.stop?.aborted === true) return [];
      await journal.note({ kind: 'absent', step });
      undoing.tell({ kind: 'absent', step });
      return [];
    }
    await journal.note({ kind: 'made', step, id, isFound: true });
    made[idOfStep[step]] = id;
    return [id];
  } catch (error) {
    undoing.failToLook(step, error);
    return [];
  }
}
