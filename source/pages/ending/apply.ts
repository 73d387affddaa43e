import { type Change, unforeseen } from '../../activation/change/changes.ts';
import type { Report } from '../../activation/report.ts';
import { plannedRequests } from '../../activation/requests.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import type { Text } from '../../locale/texts.ts';
import { clearParams, toPlan } from '../../wizard/to-plan.ts';
import type { Draft } from '../../wizard/draft.ts';
import { cameFromFlows } from '../../wizard/moves.ts';
import type { WizardEvent, WizardState } from '../../wizard/reducer.ts';
import { runOf } from '../../wizard/run-of.ts';
import type { Asking, OwnPage } from '../page.ts';
import { type Ending, placeOf } from '../services.ts';
import { endingLines, trySaving } from './ending.ts';
import { changeIn } from './flow-change.ts';
import { type Differing, unshown } from './resend.ts';
import { wouldSendRows } from './would-send-rows.ts';

/** The checklist while a plan is applied; in a run that only reads, what another one would send. */
export const apply: OwnPage = {
  kind: 'own',
  question: ({ text, state }) => text(state.hasApplied ? 'question.apply' : 'wouldSend.question'),
};

/** The proof. */
export const validation: OwnPage = { kind: 'own', question: ({ text }) => text('question.validation') };

/**
 * Applies what was answered.
 *
 * @param signals - `stop` lets the call under way end, `abort` does not.
 * @param differing - The dataflow that was made of it and differs: then that is changed, and nothing is made.
 */
export function begin(
  { state, services }: Asking,
  signals: { stop: AbortSignal; abort: AbortSignal },
  differing?: Differing,
): AsyncIterable<ApplyEvent> {
  const { draft } = state;
  const confirmed = changeIn(draft)?.differences;
  const about = draftOf(state, differing);
  return services.apply(
    toPlan(about),
    clearParams(draft),
    placeOf(state, services.organisation),
    signals,
    differing
      ? { unforeseen: (change) => unshown(change, differing.report) }
      : confirmed && { since: draft.live, unforeseen: (change) => unforeseen(change, confirmed) },
    runOf(state.unfinished, about),
  );
}

const draftOf = ({ draft }: WizardState, differing: Differing | undefined): Draft =>
  differing ? { ...draft, flow: differing.flowId } : draft;

/** What an attempt has come to, for the wizard to keep: its proof, or what it left. */
export function endedWith(
  { state, services }: Asking,
  result: Extract<ApplyEvent, { kind: 'result' }>,
  differing?: Differing,
): WizardEvent | undefined {
  const { run, flowId, made } = result;
  if (result.report) return { type: 'proven', flowId, run };
  // What has sent nothing has no run to go on with.
  if (run === '' || result.isUnsent === true) return undefined;
  return {
    type: 'brokenOff',
    run: { run, made: Object.keys(made).length, atMs: services.now(), of: draftOf(state, differing) },
  };
}

/** Saves what was asked for beside what came back, and says where. */
export function reportSaved(
  { state, services, text }: Asking,
  { flowId, report }: Differing,
): Promise<{ said: string; isSaved: boolean }> {
  const plan = toPlan({ ...state.draft, flow: flowId });
  return services.saveReport({ plan, flowId, report }).then(
    (file) => ({ said: text('report.saved', { file }), isSaved: true }),
    (error: unknown) => {
      const why = error instanceof Error ? error.message : '';
      return { said: text('report.notSaved', { why }), isSaved: false };
    },
  );
}

/** What was proven. */
export interface ProvenHere {
  readonly report: Report;
  readonly flowId: string | undefined;
  /** What is said of dataflows of its name and place that came meanwhile. */
  readonly twins: readonly string[];
}

/** What is said of a dataflow that somebody else has made meanwhile; nothing of any other event. */
export const twinText = (event: Pick<ApplyEvent, 'kind'> | ApplyEvent, text: Text): readonly string[] =>
  'finding' in event && event.finding.id === 'finding.twin'
    ? [text(event.finding.id, event.finding.values)]
    : [];

const outcomeOf = ({
  report,
  twins,
}: Pick<ProvenHere, 'report' | 'twins'>): Pick<Ending, 'outcome' | 'isTwin'> => ({
  outcome: report.isVerified ? 'verified' : 'mismatch',
  ...(twins.length > 0 ? { isTwin: true } : {}),
});

/** Goes on at the dataflow that was made, where its plan can be saved too; also in a rehearsal. */
export const lookingAt = (proven: ProvenHere, flow: { id: string; name: string }): Ending => ({
  ...outcomeOf(proven),
  lines: [],
  then: { kind: 'flows', flow },
});

/** Saves the plan and ends the wizard with what was proven; a dataflow of the table leads back there. */
export async function finished(asking: Asking, proven: ProvenHere): Promise<Ending> {
  const { state, services } = asking;
  const { report, flowId, twins } = proven;
  const outcome = outcomeOf(proven);
  if (cameFromFlows(state)) return { ...outcome, lines: [], then: { kind: 'flows' } };
  const { platform } = state.draft;
  // What the embedded emulator held is gone with it: a rehearsal is about no dataflow.
  const flow = platform === 'emulator' ? state.draft.flow : (flowId ?? state.draft.flow);
  const plan = toPlan({ ...state.draft, flow });
  const saved = await trySaving(services, plan);
  return {
    ...outcome,
    lines: [
      ...endingLines(asking, { report, flowId, plan, platform, saved }),
      ...twins.map((one) => `  ${one}`),
    ],
  };
}

/** Step, method and path of every request that would be sent, in their order. */
export function wouldSend({ state, services, text }: Asking): string[][] {
  const change = changeIn(state.draft);
  if (change) return changeRows(state.draft.flow ?? '', change.differences, text);
  const { orgId } = services.organisation;
  return wouldSendRows(plannedRequests(toPlan(state.draft), { authorization: '', apiKey: '', orgId }), text);
}

/** One patch an object, the storage location first; where that is, is not known before it is read. */
function changeRows(flow: string, differences: readonly Change[], text: Text): string[][] {
  const isOfTarget = ({ path }: Change): boolean => path.startsWith('$.destination');
  const patch = (step: 'location' | 'change', path: string): string[] => [
    text(`apply.${step}`),
    'PATCH',
    path,
  ];
  return [
    ...(differences.some(isOfTarget) ? [patch('location', '/targetConnections/{targetConnectionId}')] : []),
    ...(differences.some((one) => !isOfTarget(one)) ? [patch('change', `/flows/${flow}`)] : []),
  ];
}

/** Ends a run that only reads. */
export const looked = ({ text }: Asking): Ending => ({ outcome: 'done', lines: [text('wouldSend.left')] });
