import { type ReactElement, useReducer } from 'react';
import { Checklist } from '../../../components/checklist/checklist.tsx';
import { useSteadyMs } from '../../../components/spinner/use-steady-ms.ts';
import { begin, endedWith, twinText } from '../../../pages/ending/apply.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { useBodyLines } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import {
  applyAtStart,
  type ApplyState,
  checklistRows,
  isCounting,
  reduceApply,
  runToUndo,
} from './apply-state.ts';
import { Ended, type Tell } from './ended.tsx';
import { Proof } from './proof.tsx';
import { useProgressText } from './use-progress-text.ts';
import { useUnderWay } from '../use-under-way.ts';
import { WouldSend } from './would-send.tsx';

/** The checklist while it is done, and the proof afterwards. */
export function ApplyScreen(): ReactElement {
  const { state } = useWizard();
  // A run that only reads shows what another one would do.
  return state.hasApplied ? <Applying /> : <WouldSend />;
}

function Applying(): ReactElement {
  const { text } = useWizard();
  const [applied, tell] = useApply();
  const report = applied.result?.report;
  return report ? (
    // Of each proof its own: what was said of one is not said of the next.
    <Proof
      key={applied.attempt}
      report={report}
      flowId={applied.result?.flowId}
      twins={applied.twins.flatMap((one) => twinText(one, text))}
      run={runToUndo(applied)}
      onResend={() => tell({ kind: 'resent' })}
    />
  ) : (
    <Progress applied={applied} tell={tell} />
  );
}

/** Applies the draft, once an attempt. */
function useApply(): [ApplyState, Tell] {
  const { asking, send } = useWizard();
  const [applied, tell] = useReducer(reduceApply, {
    ...applyAtStart,
    isChange: asking.state.draft.flow !== undefined,
  });
  const { attempt, differing } = applied;
  useUnderWay(
    attempt,
    async (controls) => {
      try {
        for await (const event of begin(asking, controls, differing)) {
          tell({ ...event, atMs: performance.now() });
          const ended = event.kind === 'result' ? endedWith(asking, event, differing) : undefined;
          if (ended) send(ended);
        }
      } catch (error) {
        // Before the first event: a journal that cannot be kept.
        tell({ kind: 'failed', step: 'source-base-connection', ms: 0, error });
        tell({ kind: 'result', outcome: 'failed', run: '', made: {} });
      }
    },
    () => tell({ kind: 'stopping' }),
  );
  return [applied, tell];
}

function Progress(props: { readonly applied: ApplyState; readonly tell: Tell }): ReactElement {
  const { applied } = props;
  return applied.result ? <Ended {...props} result={applied.result} /> : <UnderWay applied={applied} />;
}

/** What is done on the way, and how many objects there are by now. */
function UnderWay({ applied }: { readonly applied: ApplyState }): ReactElement {
  const { text } = useWizard();
  const { isStopping } = applied;
  const keys = usePageKeys([isStopping ? 'giveUp' : 'stop', 'help']);
  return (
    <Page
      question={useProgressText(applied)}
      notice={isStopping ? text('apply.stopping') : undefined}
      keys={keys}
    >
      <Steps applied={applied} />
    </Page>
  );
}

function Steps({ applied }: { readonly applied: ApplyState }): ReactElement {
  const { state, text, width, height } = useWizard();
  const nowMs = useSteadyMs(isCounting(applied));
  const rows = checklistRows(applied, toPlan(state.draft), text, nowMs);
  useBodyLines(rows.length + mostWaiting, false, rows.length);
  return (
    <Checklist
      rows={rows}
      width={width}
      height={height}
      doneAbove={(count) => text('apply.doneAbove', { count })}
      duration={(ms) => text('apply.seconds', { seconds: (ms / 1000).toFixed(1) })}
    />
  );
}

/** Lines that what is waited for may take below its step, where there is room to spare. */
const mostWaiting = 4;
