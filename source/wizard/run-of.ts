import { isDeepStrictEqual } from 'node:util';
import type { Plan } from '../activation/plan/plan.ts';
import type { Draft, SavedDraft } from './draft.ts';
import { clearParams, toPlan } from './to-plan.ts';
import { thatLeft, type UnfinishedRun } from './unfinished.ts';

/** Whether applying these answers is to finish that run: its objects are used, and none is made twice. */
export const isOf = ({ of }: UnfinishedRun, draft: Draft): boolean =>
  of !== undefined &&
  of.platform === draft.platform &&
  isDeepStrictEqual([toPlan(of), clearParams(of)], [toPlan(draft), clearParams(draft)]);

/** The run that applying these answers goes on with; nothing where it begins a new one. */
export const runOf = (runs: readonly UnfinishedRun[], draft: Draft): string | undefined =>
  runs.findLast((one) => isOf(one, draft))?.run;

/** Those that have left something, in the order in which they are better taken back. */
export function leftBehind(
  runs: readonly UnfinishedRun[],
  draft: Draft,
): readonly (UnfinishedRun & { readonly fits: boolean })[] {
  const told = thatLeft(runs).map((one) => ({ ...one, fits: isOf(one, draft) }));
  return [...told.filter(({ fits }) => !fits), ...told.filter(({ fits }) => fits)];
}

/** A run of which a journal says that it has not ended. */
interface OpenRun extends Omit<UnfinishedRun, 'of' | 'isUndone'> {
  readonly plan: Plan;
  readonly orgId: string;
}

/**
 * A draft with what journals say of its applies: of those that it names, as long as they are not ended, and of one
 * that was broken off before anything could be kept, by what it applies.
 */
export function withOpenRuns(saved: SavedDraft, open: readonly OpenRun[]): SavedDraft {
  const named = new Set(saved.unfinished?.map(({ run }) => run));
  const unfinished = open
    .filter(
      ({ run, plan, orgId }) =>
        named.has(run) || (orgId === saved.place?.orgId && isPlanOf(saved.draft, plan)),
    )
    .map(({ run, made, atMs }): UnfinishedRun => ({ run, made, atMs }));
  return { ...saved, unfinished };
}

/** Whether a plan says what a draft says; the secrets of a draft that was kept are not there. */
function isPlanOf(draft: Draft, plan: Plan): boolean {
  const bare = ({ destination, ...rest }: Plan) => ({
    ...rest,
    destination: { ...destination, auth: destination.auth?.specName },
  });
  return isDeepStrictEqual(bare(toPlan(draft)), bare(plan));
}
