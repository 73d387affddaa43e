import { stepsToMake } from '../../../activation/steps.ts';
import { apply as page } from '../../../pages/ending/apply.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { type ApplyState, madeByNow } from './apply-state.ts';

export function useProgressText(applied: ApplyState): string {
  const { state, asking, text } = useWizard();
  const question = applied.result ? text('apply.notFinished') : page.question(asking);
  if (applied.isChange) return question;
  const count = stepsToMake(toPlan(state.draft)).length;
  return text('apply.progress', { question, made: madeByNow(applied), count });
}
