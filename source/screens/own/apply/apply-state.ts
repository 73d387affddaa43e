import { type ApplyEvent, applySteps, type ApplyStep } from '../../../apply/events.ts';
import type { ChecklistRow } from '../../../components/checklist/checklist.tsx';
import { failedText, pendingText } from '../../../pages/ending/apply-text.ts';
import type { Plan } from '../../../activation/plan/plan.ts';
import { isCreateStep, stepsOf } from '../../../activation/steps.ts';
import type { Differing } from '../../../pages/ending/resend.ts';
import type { Text } from '../../../locale/texts.ts';

export type ApplyResult = Extract<ApplyEvent, { kind: 'result' }>;
type FindingEvent = Extract<ApplyEvent, { kind: 'finding' }>;

/** A row, whose detail may still have to be put into words. */
type StepState = Omit<ChecklistRow, 'label'> & {
  readonly pending?: Parameters<typeof pendingText>[0] | undefined;
  /** When that was told, by a clock that only grows. */
  readonly toldMs?: number | undefined;
  /** How often it was tried. */
  readonly tries?: number | undefined;
  readonly error?: unknown;
  /** It was there before. */
  readonly isReused?: boolean | undefined;
};

/** What is drawn while a plan is applied. */
export interface ApplyState {
  readonly rows: Partial<Record<ApplyStep, StepState>>;
  /** How long what is done took in the attempt that did it, milliseconds. */
  readonly tookMs: Partial<Record<ApplyStep, number>>;
  /** A dataflow that is there is changed, and nothing is made. */
  readonly isChange: boolean;
  /** The first failure: the others follow from it. */
  readonly error: unknown;
  readonly result: ApplyResult | undefined;
  /** What was found to be there besides, and counts as a difference. */
  readonly twins: readonly FindingEvent[];
  /** It was told to end, and the call under way is awaited. */
  readonly isStopping: boolean;
  /** Counted from 0; another number is another try. */
  readonly attempt: number;
  /** The dataflow that was made and differs, whose difference is sent again, and how it was proven before. */
  readonly differing?: (Differing & { readonly before: ApplyResult }) | undefined;
}

export const applyAtStart: ApplyState = {
  rows: {},
  tookMs: {},
  isChange: false,
  error: undefined,
  result: undefined,
  twins: [],
  isStopping: false,
  attempt: 0,
};

/**
 * `atMs`: when it was heard, by a clock that only grows; nothing where nobody counts. `resent`: the difference is sent
 * again; `kept`: it is left at what was proven before.
 */
export type ApplyHappening =
  | (ApplyEvent & { atMs?: number })
  | { kind: 'again' | 'stopping' | 'resent' | 'kept' };

export function reduceApply(state: ApplyState, event: ApplyHappening): ApplyState {
  const withRow = (step: ApplyStep, row: StepState): ApplyState => ({
    ...state,
    rows: { ...state.rows, [step]: row },
  });
  switch (event.kind) {
    case 'started':
      return withRow(event.step, { state: 'running' });
    case 'succeeded':
      return withRow(event.step, {
        state: 'done',
        // To see that an earlier attempt has done it takes no time.
        ms: event.isEarlier === true ? state.tookMs[event.step] : event.ms,
        detail: event.id,
        isReused: event.isReused,
      });
    case 'failed':
      return {
        ...withRow(event.step, {
          state: 'failed',
          ms: event.ms,
          error: event.error,
          tries: state.rows[event.step]?.tries,
        }),
        error: state.error ?? event.error,
      };
    case 'retrying':
      return withRow(event.step, {
        state: 'running',
        pending: event,
        toldMs: event.atMs,
        tries: event.attempt,
      });
    case 'waiting':
      return withRow(event.step, {
        state: 'running',
        pending: event,
        toldMs: event.atMs,
        tries: state.rows[event.step]?.tries,
      });
    case 'difference':
      return { ...state, isChange: true };
    case 'finding':
      return {
        ...withRow(event.step, { state: 'done', pending: event }),
        twins: event.finding.id === 'finding.twin' ? [...state.twins, event] : state.twins,
      };
    case 'result':
      return { ...state, result: event, isStopping: false };
    case 'stopping':
      return { ...state, isStopping: true };
    case 'again':
      return {
        ...applyAtStart,
        tookMs: { ...state.tookMs, ...doneMs(state) },
        isChange: state.isChange,
        attempt: state.attempt + 1,
        differing: state.differing,
      };
    case 'resent': {
      const { flowId, report } = state.result ?? {};
      if (!state.result || flowId === undefined || !report) return state;
      const differing = { flowId, report, before: state.result };
      return {
        ...applyAtStart,
        isChange: true,
        twins: state.twins,
        attempt: state.attempt + 1,
        differing,
      };
    }
    case 'kept':
      return state.differing ? { ...state, error: undefined, result: state.differing.before } : state;
  }
}

const doneMs = ({ rows }: ApplyState): ApplyState['tookMs'] =>
  Object.fromEntries(
    Object.entries(rows).flatMap(([step, { state, ms }]) =>
      state === 'done' && ms !== undefined ? [[step, ms]] : [],
    ),
  );

/** A look-up, a wait or a check is told once it is needed. */
const alwaysThere: ReadonlySet<ApplyStep> = new Set(['read', 'activate', 'settle', 'validate']);

/** What ended an apply that did not fail: whether its last request was finished too, is not known of all. */
export const interruptedIn = ({ rows }: ApplyState): { kind: 'interrupted'; isOpen: boolean } => ({
  kind: 'interrupted',
  isOpen: Object.values(rows).some(({ state }) => state === 'running'),
});

/** A row of the checklist, and what went wrong there. */
export interface StepRow extends ChecklistRow {
  readonly step: ApplyStep;
  readonly error?: unknown;
}

/** Whether something is waited for, for a time that is known. */
export const isCounting = ({ rows }: ApplyState): boolean =>
  Object.values(rows).some(
    ({ state, pending }) => state === 'running' && pending !== undefined && pending.kind !== 'finding',
  );

/**
 * The checklist; a look-up that was not needed is not on it.
 *
 * @param nowMs - By the clock of the events: what is waited for is said as far as it has come.
 */
export function checklistRows(
  { rows, result, isChange }: ApplyState,
  plan: Plan,
  text: Text,
  nowMs?: number,
): StepRow[] {
  const objects = stepsOf(plan);
  return applySteps
    .filter((step) => {
      if (rows[step] !== undefined) return true;
      if (isChange) return step === 'validate';
      return isCreateStep(step) ? objects.includes(step) : alwaysThere.has(step);
    })
    .map((step) => {
      const {
        pending,
        toldMs,
        tries = 1,
        ...row
      }: StepState = rows[step] ?? { state: result ? 'skipped' : 'waiting' };
      const isOver = result !== undefined && row.state === 'running';
      const detail = isOver
        ? text('apply.leftOpen')
        : pending !== undefined
          ? pendingText(pending, text, Math.max(0, (nowMs ?? 0) - (toldMs ?? Infinity)))
          : row.state === 'failed'
            ? failedText(row.error, tries, text)
            : row.isReused === true
              ? text('apply.reused')
              : row.detail;
      // What was under way when it was told to stop, and did not end, is as far as it came.
      const state = isOver ? 'skipped' : row.state;
      return { step, state, ms: row.ms, detail, error: row.error, label: text(`apply.${step}`) };
    });
}

/** The run of a change that has sent something: it can be undone. */
export function runToUndo({ rows, result }: ApplyState): string | undefined {
  const hasSent = (['location', 'columns', 'change'] as const).some((step) => rows[step]?.state === 'done');
  return hasSent ? result?.run : undefined;
}

/** Objects that are made by now. */
export const madeByNow = ({ rows }: ApplyState): number =>
  Object.entries(rows).filter(
    ([step, { state, isReused }]) => isCreateStep(step) && state === 'done' && isReused !== true,
  ).length;
