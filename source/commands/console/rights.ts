import type { Plan } from '../../activation/plan/plan.ts';
import type { Errand } from '../../apply/journal/errands.ts';
import type { Restriction } from './streams.ts';

/** What the wrapper of a console may let its people do. */
export const rights = ['view', 'activate', 'change', 'pause', 'delete', 'export', 'storage'] as const;
export type Right = (typeof rights)[number];

/** What a console lets do whose wrapper says nothing of it. */
export const usualRights: readonly Right[] = ['view', 'activate', 'change'];

export const isRight = (word: string): word is Right => rights.some((one) => one === word);

/** The console's wrapper does not let its people do this, whatever their account may. */
export class NotPermittedError extends Error {
  override readonly name = 'NotPermittedError';
  readonly kind = 'notPermitted';
  readonly right: Right;
  constructor(right: Right) {
    super(`not permitted here: ${right}`);
    this.right = right;
  }
}

/** @throws NotPermittedError where a console lacks the right. */
export function requireRight(right: Right, restriction: Restriction | undefined): void {
  if (restriction && !restriction.rights.has(right)) throw new NotPermittedError(right);
}

/** The right that it takes to apply a plan, to finish that or to undo it. */
export const rightFor = ({ flow }: Pick<Plan, 'flow'>): Right => (flow === undefined ? 'activate' : 'change');

/** The right that it takes to do what needs no plan, and to finish it. */
export const rightForErrand = ({ kind }: Pick<Errand, 'kind'>): Right =>
  (
    {
      enable: 'pause',
      disable: 'pause',
      remove: 'delete',
      credentials: 'change',
      encryption: 'change',
      export: 'export',
    } as const
  )[kind];
