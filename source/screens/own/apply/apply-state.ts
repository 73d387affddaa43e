import { type ApplyEvent, applySteps, type ApplyStep } from '../../../apply/events.ts';
import type { ChecklistRow } from '../../../components/checklist/checklist.tsx';
import { pendingText } from '../../../pages/ending/apply-text.ts';
import type { Text } from '../../../locale/texts.ts';

export type ApplyResult = Extract<ApplyEvent, { kind: 'result' }>;

/** A row, whose detail may still have to be put into words. */
type StepState = Omit<ChecklistRow, 'label'> & {
  readonly pending?: Parameters<typeof pendingText>[0] | undefined;
};

/** What is drawn while a plan is applied. */
export interface ApplyState {
  readonly rows: Partial<Record<ApplyStep, StepState>>;
  /** A dataflow that is there is changed, and nothing is made. */
  readonly isChange?: boolean;
  /** The first failure: the others follow from it. */
  readonly error: unknown;
  readonly result: ApplyResult | undefined;
  /** It was told to end, and the call under way is awaited. */
  readonly isStopping: boolean;
  /** Counted from 0; another number is another try. */
  readonly attempt: number;
}

export const applyAtStart: ApplyState = {
  rows: {},
  error: undefined,
  result: undefined,
  isStopping: false,
  attempt: 0,
};

export type ApplyHappening = ApplyEvent | { kind: 'again' | 'stopping' };

export function reduceApply(state: ApplyState, event: ApplyHappening): ApplyState {
  const withRow = (step: ApplyStep, row: StepState): ApplyState => ({
    ...state,
    rows: { ...state.rows, [step]: row },
  });
  switch (event.kind) {
    case 'started':
      return withRow(event.step, { state: 'running' });
    case 'succeeded':
      return withRow(event.step, { state: 'done', ms: event.ms, detail: event.id });
    case 'failed':
      return { ...withRow(event.step, { state: 'failed', ms: event.ms }), error: state.error ?? event.error };
    case 'retrying':
    case 'waiting':
      return withRow(event.step, { state: 'running', pending: event });
    case 'difference':
      return { ...state, isChange: true };
    case 'finding':
      return withRow(event.step, { state: 'done', pending: event });
    case 'result':
      return { ...state, result: event, isStopping: false };
    case 'stopping':
      return { ...state, isStopping: true };
    case 'again':
      return { ...applyAtStart, attempt: state.attempt + 1 };
  }
}

/** The checklist; a look-up that was not needed is not on it. */
export function checklistRows({ rows, result, isChange = false }: ApplyState, text: Text): ChecklistRow[] {
  return applySteps
    .filter((step) => !isNotNeeded(step, rows, isChange))
    .map((step) => {
      const { pending, ...row }: StepState = rows[step] ?? { state: result ? 'skipped' : 'waiting' };
      const detail = pending === undefined ? row.detail : pendingText(pending, text);
      return { ...row, label: text(`apply.${step}`), detail };
    });
}

/** A check that found nothing is not told; a flow spec that is known is not looked up; a source connection used again brings its base connection. */
function isNotNeeded(step: ApplyStep, rows: ApplyState['rows'], isChange: boolean): boolean {
  if (rows[step] !== undefined) return false;
  if (isChange) return step !== 'validate';
  return (
    step === 'location' ||
    step === 'change' ||
    step === 'check' ||
    step === 'single' ||
    step === 'flow-spec' ||
    (step === 'source-base-connection' && rows['source-connection'] !== undefined)
  );
}
