import type { PageId } from '../wizard/pages.ts';
import { reduce, type WizardState } from '../wizard/reducer.ts';
import type { Outcome } from './page.ts';

/** The page that an answer leads to; `nowhere` for what is no answer, asks first, or leaves the wizard. */
export function leadsTo(outcome: Outcome | undefined, state: WizardState): PageId | 'nowhere' {
  if (outcome === undefined || outcome.type === 'ended') return 'nowhere';
  const { page } = reduce(state, outcome);
  return page === state.page ? 'nowhere' : page;
}
