import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Report } from '../../../activation/report.ts';
import { interruption } from '../../../apply/interruption.ts';
import { Checklist } from '../../../components/checklist/checklist.tsx';
import { useTone } from '../../../components/theme/theme.tsx';
import { madeSoFar } from '../../../pages/ending/apply-text.ts';
import { apply as page, begin, finished, validation } from '../../../pages/ending/apply.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { Page } from '../../frame/page.tsx';
import { proofKeys, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { applyAtStart, type ApplyState, checklistRows, reduceApply } from './apply-state.ts';
import { ValidationView } from './validation-view.tsx';
import { WouldSend } from './would-send.tsx';

/** The checklist while it is done, and the proof afterwards. */
export function ApplyScreen(): ReactElement {
  const { state } = useWizard();
  // A run that only reads shows what another one would do.
  return state.hasApplied ? <Applying /> : <WouldSend />;
}

function Applying(): ReactElement {
  const [applied, again] = useApply();
  const report = applied.result?.report;
  return report ? (
    <Proof report={report} flowId={applied.result?.flowId} />
  ) : (
    <Progress applied={applied} onRetry={again} />
  );
}

/** Applies the draft once an attempt, however often the screen is drawn. */
function useApply(): [ApplyState, () => void] {
  const { asking, send, setBusy } = useWizard();
  const [applied, tell] = useReducer(reduceApply, applyAtStart);
  const runningAttempt = useRef(-1);
  const { attempt } = applied;
  useEffect(() => {
    if (runningAttempt.current === attempt) return;
    runningAttempt.current = attempt;
    const { stop, abort, interrupt } = interruption();
    setBusy(() => {
      if (interrupt()) tell({ kind: 'stopping' });
    });
    const events = begin(asking, { stop, abort });
    void (async () => {
      try {
        for await (const event of events) {
          tell(event);
          if (event.kind === 'result' && event.report) send({ type: 'proven' });
        }
      } catch (error) {
        // Before the first event: a journal that cannot be kept.
        tell({ kind: 'failed', step: 'source-base-connection', ms: 0, error });
        tell({ kind: 'result', outcome: 'failed', run: '', made: {} });
      }
      setBusy(undefined);
    })();
  }, [attempt, asking, send, setBusy]);
  return [applied, () => tell({ kind: 'again' })];
}

function Progress({
  applied,
  onRetry,
}: {
  readonly applied: ApplyState;
  readonly onRetry: () => void;
}): ReactElement {
  const { state, asking, send, text, height, width } = useWizard();
  const tone = useTone();
  const { result, error, isStopping } = applied;
  const keys = usePageKeys(result ? ['retry', 'back', 'help'] : [isStopping ? 'giveUp' : 'stop', 'help']);
  const soFar = madeSoFar(result, state.draft.platform, text);
  return (
    <Page
      question={page.question(asking)}
      notice={isStopping ? text('apply.stopping') : undefined}
      keys={keys}
    >
      {/* A short screen has no room for both. */}
      {result && height < 20 ? null : (
        <Checklist
          rows={checklistRows(applied, text)}
          width={width}
          duration={(ms) => text('apply.seconds', { seconds: (ms / 1000).toFixed(1) })}
        />
      )}
      {result ? (
        <Box flexDirection="column">
          <ErrorPanel
            error={error ?? { kind: 'interrupted' }}
            onRetry={onRetry}
            onBack={() => send({ type: 'wentBack' })}
          />
          <Box flexDirection="column" paddingLeft={2}>
            {soFar ? <Text {...tone.warning}>{soFar.made}</Text> : null}
            {soFar?.undo === undefined ? null : <Text {...tone.muted}>{soFar.undo}</Text>}
          </Box>
        </Box>
      ) : null}
    </Page>
  );
}

function Proof({
  report,
  flowId,
}: {
  readonly report: Report;
  readonly flowId: string | undefined;
}): ReactElement {
  const { state, asking, services, text, isActive, height, width, finish } = useWizard();
  const keys = usePageKeys([...proofKeys, 'help']);
  const plan = useMemo(() => toPlan(state.draft), [state.draft]);
  // When it was compared, not when it is drawn.
  const [nowMs] = useState(() => services.now());
  const done = (): void => {
    void finished(asking, { report, flowId }).then(finish);
  };
  return (
    <Page question={validation.question(asking)} keys={keys}>
      <ValidationView
        report={report}
        plan={plan}
        nowMs={nowMs}
        zone={services.timeZone}
        onCopy={(copied) => services.copy(copied)}
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
