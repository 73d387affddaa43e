import { Box, Text } from 'ink';
import { type ReactElement, useLayoutEffect, useMemo, useReducer, useState } from 'react';
import { stepsToMake } from '../../../activation/steps.ts';
import { Checklist } from '../../../components/checklist/checklist.tsx';
import { Entries, linesIn } from '../../../components/entries/entries.tsx';
import { useIsTyping } from '../../../components/keys/keyboard.tsx';
import { useSteadyMs } from '../../../components/spinner/use-steady-ms.ts';
import { wrapText } from '../../../components/text/wrap.ts';
import { useGlyphs, useTone } from '../../../components/theme/theme.tsx';
import { explain, type Explanation } from '../../../locale/explain.ts';
import { madeSoFar, type SoFar } from '../../../pages/ending/apply-text.ts';
import {
  apply as page,
  begin,
  endedWith,
  finished,
  lookingAt,
  type ProvenHere,
  reportSaved,
  twinText,
  validation,
} from '../../../pages/ending/apply.ts';
import { resendConfirmation } from '../../../pages/ending/review.ts';
import { placeOf } from '../../../pages/services.ts';
import { draftName } from '../../../wizard/draft.ts';
import { cameFromFlows } from '../../../wizard/moves.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { useBodyLines } from '../../frame/body-room.ts';
import { Page } from '../../frame/page.tsx';
import { differingKeys, type PageKeyName, proofKeys, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Confirmations, linesOf } from '../../parts/confirmations.tsx';
import { useSandboxes } from '../../parts/remote.tsx';
import {
  applyAtStart,
  type ApplyHappening,
  type ApplyResult,
  type ApplyState,
  checklistRows,
  interruptedIn,
  isCounting,
  madeByNow,
  reduceApply,
  runToUndo,
} from './apply-state.ts';
import { AboveQuestion, useUndoQuestion } from '../undo/undo-question.tsx';
import { Undoing } from '../undo/undoing.tsx';
import { endedAt, endedEntries } from './ended-entries.ts';
import { useUnderWay } from '../use-under-way.ts';
import { type Fold, ValidationView } from './validation-view.tsx';
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

type Tell = (happening: ApplyHappening) => void;

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

function useProgressText(applied: ApplyState): string {
  const { state, asking, text } = useWizard();
  const question = applied.result ? text('apply.notFinished') : page.question(asking);
  if (applied.isChange) return question;
  const count = stepsToMake(toPlan(state.draft)).length;
  return text('apply.progress', { question, made: madeByNow(applied), count });
}

interface EndedProps {
  readonly applied: ApplyState;
  readonly result: ApplyResult;
  readonly tell: Tell;
}

/** The same checklist once it has come to no good end: what happened stands where it happened. */
function Ended({ applied, result, tell }: EndedProps): ReactElement {
  const { state, scene, text } = useWizard();
  const [undo, setUndo] = useState<'asked' | 'confirmed'>();
  const [isScrolled, setScrolled] = useState(false);
  const { platform } = state.draft;
  const soFar = useMemo(() => madeSoFar(result, platform, text), [result, platform, text]);
  const told = useMemo(() => {
    const said = explain(text, applied.error ?? interruptedIn(applied), scene);
    // That it can be done again is said with what there is.
    return applied.error === undefined && soFar ? { ...said, next: '' } : said;
  }, [text, applied, scene, soFar]);
  const asked = useAskedKeys('back', isScrolled);
  const keys = usePageKeys(
    undo === 'asked'
      ? asked
      : [
          ...(isScrolled ? (['scroll'] as const) : []),
          'retry',
          ...(soFar ? (['undo'] as const) : []),
          ...(told.requestId === undefined ? [] : (['copyRequest'] as const)),
          applied.differing ? 'close' : 'back',
          'help',
        ],
  );
  const progress = useProgressText(applied);
  if (undo === 'confirmed') return <Undoing run={result.run} onClose={() => setUndo(undefined)} />;
  return (
    <Page question={progress} keys={keys} leadsTo="nowhere">
      <EndedSteps
        {...{ applied, result, tell, told, soFar }}
        isAsking={undo === 'asked'}
        onUndo={setUndo}
        onScrolled={setScrolled}
      />
    </Page>
  );
}

function EndedSteps(
  props: EndedProps & {
    readonly told: Explanation;
    readonly soFar: SoFar | undefined;
    /** Whether it is asked below if all of it is to be undone. */
    readonly isAsking: boolean;
    readonly onUndo: (undo: 'asked' | 'confirmed' | undefined) => void;
    readonly onScrolled: (is: boolean) => void;
  },
): ReactElement {
  const { applied, result, tell, told, soFar, isAsking, onUndo, onScrolled } = props;
  const { state, send, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const [said, setSaid] = useState<string>();
  const { requestId } = told;
  const rows = useMemo(() => checklistRows(applied, toPlan(state.draft), text), [applied, state.draft, text]);
  const entries = useMemo(
    () => endedEntries(rows, told, soFar, { width, glyphs, text }),
    [rows, told, soFar, width, glyphs, text],
  );
  const run = useMemo(
    () => (soFar ? { run: result.run, made: Object.keys(result.made).length || undefined } : undefined),
    [soFar, result],
  );
  const below = said === undefined || isAsking ? [] : wrapText(said, width - 2);
  const undo = useUndoQuestion({
    run: isAsking ? run : undefined,
    room: height,
    onConfirmed: () => onUndo('confirmed'),
    onClose: () => onUndo(undefined),
  });
  const around = below.length + undo.lines;
  const wanted = linesIn(entries);
  // Where it went on: what happened and what is asked come below what was there.
  useBodyLines(wanted + around, false, rows.length);
  const isScrolled = isAsking ? undo.isScrolled : wanted > height - below.length;
  useLayoutEffect(() => onScrolled(isScrolled), [onScrolled, isScrolled]);
  return (
    <>
      <AboveQuestion lines={isAsking ? height - around : undefined}>
        <Entries
          entries={entries}
          height={height - around}
          width={width}
          isActive={isActive && !isAsking}
          initialEntry={endedAt}
          range={(first, last, total) => text('list.range', { first, last, total })}
          onSelect={() => tell({ kind: 'again' })}
          // From what could not be sent again to what was proven before.
          onBack={() => (applied.differing ? tell({ kind: 'kept' }) : send({ type: 'wentBack' }))}
          onKey={(press) => {
            if (press.kind !== 'text') return;
            if (press.text === 'u' && run) onUndo('asked');
            if (press.text !== 'r' || requestId === undefined) return;
            const how = text(services.copy(requestId) ? 'copy.sent' : 'copy.doubtful');
            setSaid(text('apply.copied', { id: requestId, how }));
          }}
        />
      </AboveQuestion>
      {below.map((line, at) => (
        <Text key={at} {...tone.accent}>
          {`  ${line}`}
        </Text>
      ))}
      {undo.drawn}
    </>
  );
}

/** The keys of a question below a page: a name is typed, anything else is chosen. */
function useAskedKeys(leave: 'back' | 'close', isScrolled: boolean): readonly PageKeyName[] {
  const scroll = isScrolled ? (['scroll'] as const) : [];
  return useIsTyping() ? [...scroll, 'continue', leave] : [...scroll, 'moveAside', 'choose', leave];
}

function Proof({
  run,
  onResend,
  ...proven
}: ProvenHere & {
  /** The change that can be undone. */
  readonly run: string | undefined;
  readonly onResend: () => void;
}): ReactElement {
  const { state, asking, services, text, isActive, height, width, finish } = useWizard();
  const { report, flowId, twins } = proven;
  const differing = report.isVerified || flowId === undefined ? undefined : { report, flowId };
  const [fold, setFold] = useState<Fold>();
  const [asked, setAsked] = useState<'resend' | 'undo'>();
  const [isUndoing, setUndoing] = useState(false);
  const [told, setTold] = useState(twins.length > 0 ? twins.join(' ') : undefined);
  const question = resendConfirmation(asking, useSandboxes(placeOf(state, services.organisation)));
  const undoable = useMemo(() => (run === undefined ? undefined : { run, made: undefined }), [run]);
  const close = (): void => setAsked(undefined);
  const undo = useUndoQuestion({
    run: asked === 'undo' ? undoable : undefined,
    room: height,
    onConfirmed() {
      close();
      setUndoing(true);
    },
    onClose: close,
  });
  const askedKeys = useAskedKeys('close', undo.isScrolled);
  const ending = cameFromFlows(state) ? 'toFlows' : 'saveAndEnd';
  const made =
    ending === 'toFlows' || flowId === undefined ? undefined : { id: flowId, name: draftName(state.draft) };
  const keys = usePageKeys(
    asked
      ? askedKeys
      : [
          ...(differing ? differingKeys : proofKeys)(fold, ending),
          ...(run === undefined ? [] : (['undo'] as const)),
          ...(made ? (['toFlow'] as const) : []),
          'help',
        ],
  );
  const plan = useMemo(() => toPlan(state.draft), [state.draft]);
  // When it was compared, not when it is drawn.
  const [nowMs] = useState(() => services.now());
  const done = (): void => {
    void finished(asking, proven).then(finish);
  };
  const around = asked === 'resend' ? linesOf(question, text, width, asking.glyphs) : undo.lines;
  if (isUndoing && run !== undefined) return <Undoing run={run} onClose={() => setUndoing(false)} />;
  return (
    <Page question={validation.question(asking)} keys={keys} hasManyKeys>
      <AboveQuestion lines={asked === 'undo' ? height - around : undefined}>
        <ValidationView
          report={report}
          plan={plan}
          nowMs={nowMs}
          zone={services.timeZone}
          onCopy={(copied) => services.copy(copied)}
          flowId={flowId}
          text={text}
          height={height - around}
          linesBelow={around}
          width={width}
          isActive={isActive && !asked}
          onFold={setFold}
          onDone={done}
          remedy={
            differing && {
              resend: () => setAsked('resend'),
              saveReport: () => void reportSaved(asking, differing).then(({ said }) => setTold(said)),
            }
          }
          undo={run === undefined ? undefined : () => setAsked('undo')}
          look={made && (() => finish(lookingAt(proven, made)))}
          told={told}
        />
      </AboveQuestion>
      {asked === 'resend' ? (
        <Box flexDirection="column" marginTop={1}>
          <Confirmations all={[question]} onConfirmed={onResend} onClose={close} />
        </Box>
      ) : null}
      {undo.drawn}
    </Page>
  );
}
