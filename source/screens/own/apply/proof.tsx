import { Box } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import {
  finished,
  lookingAt,
  type ProvenHere,
  reportSaved,
  validation,
} from '../../../pages/ending/apply.ts';
import { resendConfirmation } from '../../../pages/ending/review.ts';
import { placeOf } from '../../../pages/services.ts';
import { draftName } from '../../../wizard/draft.ts';
import { cameFromFlows } from '../../../wizard/moves.ts';
import { toPlan } from '../../../wizard/to-plan.ts';
import { Page } from '../../frame/page.tsx';
import { differingKeys, proofKeys, useAskedKeys, usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';
import { Confirmations, linesOf } from '../../parts/confirmations.tsx';
import { useSandboxes } from '../../parts/remote.tsx';
import { AboveQuestion, useUndoQuestion } from '../undo/undo-question.tsx';
import { Undoing } from '../undo/undoing.tsx';
import { type Fold, ValidationView } from './validation-view.tsx';

/** What was applied, held against what is there now. */
export function Proof({
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
  const askedKeys = useAskedKeys(undo.isScrolled);
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
