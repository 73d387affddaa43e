import { Box, Text } from 'ink';
import { type ReactElement, useEffect, useMemo, useReducer, useRef } from 'react';
import { interruption } from '../apply/interruption.ts';
import type { Report } from '../activation/compare.ts';
import { Checklist } from '../components/checklist/checklist.tsx';
import { useKeys } from '../components/keys/use-keys.ts';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { clearParams, toPlan } from '../wizard/to-plan.ts';
import { madeSoFar } from './apply-text.ts';
import { applyAtStart, type ApplyState, checklistRows, reduceApply } from './apply-state.ts';
import { endingLines, trySaving } from './ending.ts';
import { ErrorPanel } from './error-panel.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { ValidationView } from './validation-view.tsx';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';
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
  const { state, send, services, setBusy } = useWizard();
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
    const place = placeOf(state, services.organisation);
    const events = services.apply(toPlan(state.draft), clearParams(state.draft), place, { stop, abort });
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
  }, [attempt, services, state, send, setBusy]);
  return [applied, () => tell({ kind: 'again' })];
}

function Progress({
  applied,
  onRetry,
}: {
  readonly applied: ApplyState;
  readonly onRetry: () => void;
}): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const tone = useTone();
  const { result, error, isStopping } = applied;
  const keys = usePageKeys(result ? ['retry', 'back', 'help'] : [isStopping ? 'giveUp' : 'stop', 'help']);
  useKeys((press) => {
    if (press.kind === 'text' && press.text === '?') openKeys();
  }, isActive);
  const soFar = madeSoFar(result, state.draft.platform, text);
  return (
    <Page
      question={text('question.apply')}
      next={text('page.validation')}
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
  const { state, services, text, isActive, height, width, openKeys, finish } = useWizard();
  const glyphs = useGlyphs();
  const keys = usePageKeys(['scroll', 'differences', 'finish', 'help']);
  const plan = useMemo(() => toPlan(state.draft), [state.draft]);
  const done = (): void => {
    void trySaving(services, plan).then((saved) =>
      finish({
        kind: 'finished',
        exitCode: report.isVerified ? 0 : 6,
        lines: endingLines({ text, glyphs }, { report, flowId, plan, platform: state.draft.platform, saved }),
      }),
    );
  };
  return (
    <Page question={text('question.validation')} keys={keys}>
      <ValidationView
        report={report}
        plan={plan}
        nowMs={services.now()}
        flowId={flowId}
        text={text}
        height={height}
        width={width}
        isActive={isActive}
        onDone={done}
        onHelp={openKeys}
      />
    </Page>
  );
}
