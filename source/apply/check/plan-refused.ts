import type { Problem } from '../../activation/plan/problem.ts';

/** The platform holds something else than the plan says. Nothing was sent. */
export class PlanRefusedError extends Error {
  override readonly name = 'PlanRefusedError';
  readonly kind = 'planRefused';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(({ id, path }) => `${path} ${id}`).join(', '));
    this.problems = problems;
  }
}
