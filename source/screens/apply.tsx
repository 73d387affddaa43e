import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useReducer, useRef } from 'react';
import { applySteps, type ApplyEvent, type ApplyStep } from '../apply/events.ts';
import { Checklist, type ChecklistRow } from '../components/checklist/checklist.tsx';
import { useTone } from '../components/theme/theme.tsx';
import { clearParams, toPlan } from '../wizard/to-plan.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { ValidationView } from './validation-view.tsx';
import { placeOf, useWizard } from './wizard-context.tsx';

type Result = Extract<ApplyEvent, { kind: 'result' }>;

interface ApplyState {
  rows: Partial<Record<ApplyStep, Omit<ChecklistRow, 'label'>>>;
  error: unknown;
  result: Result | undefined;
  attempt: number;
}

const atStart: ApplyState = { rows: {}, error: undefined, result: undefined, attempt: 0 };

type Happening = ApplyEvent | { kind: 'again' };

function reduce(state: ApplyState, event: Happening): ApplyState {
  switch (event.kind) {
    case 'started':
      return { ...state, rows: { ...state.rows, [event.step]: { state: 'running' } } };
    case 'succeeded':
      return {
        ...state,
        rows: {
          ...state.rows,
          [event.step]: {
            state: 'done',
            ms: event.ms,
            ...(event.id === undefined ? {} : { detail: event.id }),
          },
        },
      };
    case 'failed':
      return {
        ...state,
        rows: { ...state.rows, [event.step]: { state: 'failed', ms: event.ms } },
        error: state.error ?? event.error,
      };
    case 'retrying':
    case 'waiting': {
      const detail =
        event.kind === 'retrying'
          ? event.why
          : `${event.status ?? ''} ${event.percentCompleted === undefined ? '' : `${event.percentCompleted} %`}`.trim();
      return { ...state, rows: { ...state.rows, [event.step]: { state: 'running', detail } } };
    }
    case 'result':
      return { ...state, result: event };
    case 'again':
      return { ...atStart, attempt: state.attempt + 1 };
  }
}

/** The checklist while it is done, and the proof afterwards. */
export function ApplyScreen(): ReactElement {
  const { state, send, services, text, isActive, height, width, finish, setBusy } = useWizard();
  const tone = useTone();
  const [applied, tell] = useReducer(reduce, atStart);
  const runningAttempt = useRef(-1);
  const { attempt, result } = applied;

  useEffect(() => {
    // Applying starts once an attempt, however often the screen is drawn.
    if (runningAttempt.current === attempt) return;
    runningAttempt.current = attempt;
    const stop = new AbortController();
    const abort = new AbortController();
    setBusy(() => {
      if (stop.signal.aborted) abort.abort();
      stop.abort();
    });
    const plan = toPlan(state.draft);
    const events = services.apply(plan, clearParams(state.draft), placeOf(state, services.organisation), {
      stop: stop.signal,
      abort: abort.signal,
    });
    void (async () => {
      for await (const event of events) tell(event);
      setBusy(undefined);
    })();
  }, [attempt, services, state, setBusy]);

  const keys = usePageKeys(result?.report ? ['scroll', 'differences', 'finish'] : ['back']);
  if (result?.report) {
    const { report, flowId } = result;
    const done = (): void => {
      const plan = toPlan(state.draft);
      const exitCode = report.isVerified ? 0 : 6;
      services.savePlan(plan).then(
        (file) => finish({ kind: 'finished', exitCode, lines: closing(file, report.isVerified) }),
        (error: unknown) =>
          finish({
            kind: 'finished',
            exitCode,
            lines: [
              verdict(report.isVerified),
              text('validation.notSaved', { why: error instanceof Error ? error.message : '' }),
            ],
          }),
      );
    };
    const verdict = (isVerified: boolean): string =>
      `${isVerified ? `✓ ${text('report.verified')}` : `✗ ${text('report.differs', { count: report.rows.filter((row) => row.mark !== 'same').length, total: report.rows.length })}`}  ${text('report.flow', { id: flowId ?? '' })}`;
    const closing = (file: string, isVerified: boolean): string[] => {
      const secrets = Object.values(toPlan(state.draft).destination.auth?.params ?? {}).flatMap((value) =>
        typeof value === 'object' && value.$secret.startsWith('env:') ? [value.$secret.slice(4)] : [],
      );
      const command = `ferry apply ${file}${state.draft.platform === 'emulator' ? ' --emulator' : ''}`;
      return [
        verdict(isVerified),
        `  ${text('validation.finish', { file })}`,
        `  ${text('validation.again', { command })}`,
        ...(secrets.length === 0 ? [] : [`  ${text('validation.secrets', { names: secrets.join(', ') })}`]),
      ];
    };
    return (
      <Page question={text('question.validation')} keys={keys}>
        <ValidationView
          report={report}
          flowId={flowId}
          text={text}
          height={height}
          width={width}
          isActive={isActive}
          onDone={done}
        />
      </Page>
    );
  }

  const rows = applySteps
    .filter((step) => step !== 'flow-spec' || applied.rows[step] !== undefined)
    .map((step): ChecklistRow => ({
      label: text(`apply.${step}`),
      ...(applied.rows[step] ?? { state: result ? 'skipped' : 'waiting' }),
    }));
  const made = Object.values(result?.made ?? {});
  return (
    <Page question={text('question.apply')} next={text('page.validation')} keys={keys}>
      {result && height < 20 ? null : <Checklist rows={rows} width={width} />}
      {result ? (
        <Box flexDirection="column">
          {made.length === 0 ? null : (
            <Text {...tone.warning} wrap="truncate">
              {`  ${text('apply.made', { made: `${made.length}` })} ${text('apply.againMakesNew')}`}
            </Text>
          )}
          <ErrorPanel
            error={applied.error ?? { kind: 'cancelled' }}
            onRetry={() => tell({ kind: 'again' })}
            onBack={() => send({ type: 'wentBack' })}
          />
        </Box>
      ) : null}
    </Page>
  );
}
