import type { ApplyEvent } from '../../apply/events.ts';
import { interruption } from '../../apply/interruption.ts';
import { madeSoFar, pendingText, unsentText } from '../../pages/ending/apply-text.ts';
import {
  begin,
  endedWith,
  finished,
  looked,
  type ProvenHere,
  reportSaved,
  twinText,
  wouldSend,
} from '../../pages/ending/apply.ts';
import type { Differing } from '../../pages/ending/resend.ts';
import { resendConfirmation } from '../../pages/ending/review.ts';
import { listText, type MessageId } from '../../locale/texts.ts';
import { notesText, proofFacts } from '../../pages/ending/proof-facts.ts';
import { reportLines, rowLine } from '../../pages/ending/report-text.ts';
import type { Ending } from '../../pages/services.ts';
import { cameFromFlows } from '../../wizard/moves.ts';
import type { WizardState } from '../../wizard/reducer.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from '../dialogue.ts';
import { areConfirmed, sandboxesOf } from '../ask/ask-confirmations.ts';
import { sayError } from '../fetched.ts';
import { type OnInterrupt, plain } from '../io.ts';

type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Applies, a line a step, then reads out the proof. */
export async function apply(begun: Dialogue, onInterrupt: OnInterrupt): Promise<Turn> {
  const { io, text } = begun;
  // A run that only reads shows what another one would do.
  if (!begun.state.hasApplied) return look(begun);
  let dialogue = begun;
  let differing: Differing | undefined;
  /** Said as it was found, and once more at the end. */
  const all: string[] = [];
  for (;;) {
    const { result, error, twins } = await attempt(dialogue, onInterrupt, differing);
    all.push(...twins);
    // An impatient Enter is no answer to what is asked now.
    io.forgetTyped();
    const event = result && endedWith(dialogue, result, differing);
    if (event) dialogue = { ...dialogue, state: dialogue.note(event) };
    if (result?.report) {
      const turn = await proof(dialogue, { report: result.report, flowId: result.flowId, twins: all });
      if (turn.kind !== 'resend') return turn;
      differing = turn.differing;
      continue;
    }
    const soFar = madeSoFar(result, dialogue.state.draft.platform, text);
    sayError(dialogue, error ?? { kind: 'interrupted' }, soFar);
    for (;;) {
      const reply = await askLine(dialogue, text('dialogue.retry'));
      if (reply.kind === 'value') break;
      if (reply.kind !== 'back' || !differing) return turnOf(reply);
      // From what could not be sent again to what was proven before.
      const turn = await proof(dialogue, { ...differing, twins: all });
      if (turn.kind !== 'resend') return turn;
      break;
    }
  }
}

async function attempt(
  dialogue: Dialogue,
  onInterrupt: OnInterrupt,
  differing: Differing | undefined,
): Promise<{ result: Result | undefined; error: unknown; twins: readonly string[] }> {
  const { io, text } = dialogue;
  const { stop, abort, interrupt, end } = interruption();
  const release = onInterrupt((how) => {
    // Only a second Ctrl+C gives up the call under way: a line that is cut lets it end.
    if (how === 'end') end();
    else if (interrupt()) io.say(text('apply.stopping'));
  });
  let error: unknown;
  const twins: string[] = [];
  try {
    for await (const event of begin(dialogue, { stop, abort }, differing)) {
      if (event.kind === 'result') return { result: event, error, twins };
      if (event.kind === 'failed') error ??= event.error;
      twins.push(...twinText(event, text));
      sayEvent(dialogue, event);
    }
  } catch (thrown) {
    // Before the first event: a journal that cannot be kept.
    error = thrown;
  } finally {
    release();
  }
  return { result: undefined, error, twins };
}

function sayEvent({ io, text }: Dialogue, event: ApplyEvent): void {
  switch (event.kind) {
    case 'succeeded': {
      const took = text('apply.seconds', { seconds: (event.ms / 1000).toFixed(1) });
      const time = unsentText(event, text) ?? took;
      io.say(text('dialogue.applied', { what: text(`apply.${event.step}`), time }));
      return;
    }
    case 'waiting':
    case 'retrying':
    case 'finding':
      // How far the platform is with a change is for those who watch.
      if (event.kind === 'waiting' && event.about === undefined) return;
      io.say(text('dialogue.again', { what: text(`apply.${event.step}`), how: pendingText(event, text) }));
      return;
    case 'failed':
      io.say(text('dialogue.appliedFailed', { what: text(`apply.${event.step}`) }));
      return;
    default:
      return;
  }
}

async function proof(
  dialogue: Dialogue,
  { report, flowId, twins }: ProvenHere,
): Promise<Turn | { readonly kind: 'resend'; readonly differing: Differing }> {
  const { io, text } = dialogue;
  for (const line of reportLines(dialogue, report, undefined)) io.say(line);
  const { services, state } = dialogue;
  const differing = report.isVerified || flowId === undefined ? undefined : { report, flowId };
  const proven = {
    report,
    plan: toPlan(state.draft),
    flowId,
    nowMs: services.now(),
    zone: services.timeZone,
  };
  io.say(`  ${notesText({ ...proven, report: { ...report, isReordered: false, beside: [] } }, text)}`);
  for (const { label, values } of proofFacts(proven, dialogue))
    io.say(`  ${text('text.labelled', { label, value: listText(text, values) })}`);
  for (;;) {
    const reply = await askLine(dialogue, text(promptOf(differing, state)));
    // There is no way back from what is done.
    if (reply.kind === 'back') continue;
    const said = reply.kind === 'value' ? plain(reply.value) : undefined;
    if (said === ':d') for (const row of report.rows) io.say(`  ${rowLine(dialogue, row)}`);
    else if (differing && said === ':r') io.say((await reportSaved(dialogue, differing)).said);
    else if (differing && said === ':a') {
      const answer = await areConfirmed(dialogue, [
        resendConfirmation(dialogue, await sandboxesOf(dialogue)),
      ]);
      if (typeof answer !== 'boolean') return answer;
      if (answer) return { kind: 'resend', differing };
    } else break;
  }
  return ended(await finished(dialogue, { report, flowId, twins }));
}

/** What Enter does after the proof, and what else there is to do. */
function promptOf(differing: Differing | undefined, state: WizardState): MessageId {
  if (cameFromFlows(state)) return differing ? 'dialogue.differsToFlows' : 'dialogue.finishToFlows';
  return differing ? 'dialogue.differs' : 'dialogue.finish';
}

const ended = (ending: Ending): Turn => ({ kind: 'outcome', outcome: { type: 'ended', ending } });

async function look(dialogue: Dialogue): Promise<Turn> {
  const { io, text } = dialogue;
  io.say(text('wouldSend.question'));
  for (const [step = '', method = '', path = ''] of wouldSend(dialogue))
    io.say(`  ${text('text.labelled', { label: step, value: `${method} ${path}` })}`);
  io.say(text('wouldSend.note'));
  const reply = await askLine(dialogue, text('dialogue.end'));
  if (reply.kind === 'back') return happened({ type: 'wentBack' });
  return ended(looked(dialogue));
}
