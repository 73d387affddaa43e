import type { ApplyEvent } from '../apply/events.ts';
import { interruption } from '../apply/interruption.ts';
import { plannedRequests } from '../activation/requests.ts';
import { madeSoFar, unsentText } from '../screens/apply-text.ts';
import { endingLines, trySaving } from '../screens/ending.ts';
import { reportLines, rowLine } from '../screens/report-text.ts';
import { placeOf } from '../screens/services.ts';
import { wouldSendRows } from '../screens/would-send-rows.ts';
import { clearParams, toPlan } from '../wizard/to-plan.ts';
import { askLine, type Dialogue, happened, type Turn, turnOf } from './dialogue.ts';
import { sayError } from './fetched.ts';
import type { OnInterrupt } from './io.ts';

type Result = Extract<ApplyEvent, { kind: 'result' }>;

/** Applies, a line a step, then reads out the proof. */
export async function applyPage(dialogue: Dialogue, onInterrupt: OnInterrupt): Promise<Turn> {
  const { io, text, state } = dialogue;
  // A run that only reads shows what another one would do.
  if (!state.hasApplied) return wouldSend(dialogue);
  for (;;) {
    const { result, error } = await apply(dialogue, onInterrupt);
    // An impatient Enter is no answer to what is asked now.
    io.forgetTyped();
    if (result?.report) return proof(dialogue, result, result.report);
    sayError(dialogue, error ?? { kind: 'interrupted' });
    const soFar = madeSoFar(result, state.draft.platform, text);
    if (soFar) io.say(soFar.made);
    if (soFar?.undo !== undefined) io.say(soFar.undo);
    const reply = await askLine(dialogue, text('dialogue.retry'));
    if (reply.kind !== 'value') return turnOf(reply);
  }
}

async function apply(
  dialogue: Dialogue,
  onInterrupt: OnInterrupt,
): Promise<{ result: Result | undefined; error: unknown }> {
  const { io, text, state, services } = dialogue;
  const { stop, abort, interrupt, end } = interruption();
  const release = onInterrupt((how) => {
    // Only a second Ctrl+C gives up the call under way: a line that is cut lets it end.
    if (how === 'end') end();
    else if (interrupt()) io.say(text('apply.stopping'));
  });
  const place = placeOf(state, services.organisation);
  let error: unknown;
  try {
    const events = services.apply(toPlan(state.draft), clearParams(state.draft), place, { stop, abort });
    for await (const event of events) {
      if (event.kind === 'result') return { result: event, error };
      if (event.kind === 'failed') error ??= event.error;
      sayEvent(dialogue, event);
    }
  } catch (thrown) {
    // Before the first event: a journal that cannot be kept.
    error = thrown;
  } finally {
    release();
  }
  return { result: undefined, error };
}

function sayEvent({ io, text }: Dialogue, event: ApplyEvent): void {
  switch (event.kind) {
    case 'succeeded': {
      const took = text('apply.seconds', { seconds: (event.ms / 1000).toFixed(1) });
      const time = unsentText(event, text) ?? took;
      io.say(text('dialogue.applied', { what: text(`apply.${event.step}`), time }));
      return;
    }
    case 'retrying': {
      const how = text('apply.retrying', { seconds: (event.afterMs / 1000).toFixed(1), why: event.why });
      io.say(text('dialogue.again', { what: text(`apply.${event.step}`), how }));
      return;
    }
    case 'failed':
      io.say(text('dialogue.appliedFailed', { what: text(`apply.${event.step}`) }));
      return;
    default:
      return;
  }
}

async function proof(
  dialogue: Dialogue,
  { flowId }: Result,
  report: NonNullable<Result['report']>,
): Promise<Turn> {
  const { io, text, state, services } = dialogue;
  for (const line of reportLines(dialogue, report, flowId)) io.say(line);
  for (;;) {
    const reply = await askLine(dialogue, text('dialogue.finish'));
    // There is no way back from what is done.
    if (reply.kind === 'back') continue;
    if (reply.kind !== 'value' || reply.value.trim() !== ':d') break;
    for (const row of report.rows) io.say(`  ${rowLine(dialogue, row)}`);
  }
  const plan = toPlan(state.draft);
  const saved = await trySaving(services, plan);
  const { platform } = state.draft;
  return {
    kind: 'ended',
    ending: {
      kind: 'finished',
      exitCode: report.isVerified ? 0 : 6,
      lines: endingLines(dialogue, { report, flowId, plan, platform, saved }),
    },
  };
}

async function wouldSend(dialogue: Dialogue): Promise<Turn> {
  const { io, text, state, services } = dialogue;
  const { orgId } = services.organisation;
  io.say(text('wouldSend.question'));
  const requests = plannedRequests(toPlan(state.draft), { authorization: '', apiKey: '', orgId });
  for (const [step = '', method = '', path = ''] of wouldSendRows(requests, text))
    io.say(`  ${step}: ${method} ${path}`);
  io.say(text('wouldSend.note'));
  const reply = await askLine(dialogue, text('dialogue.end'));
  if (reply.kind === 'back') return happened({ type: 'wentBack' });
  return { kind: 'ended', ending: { kind: 'left', exitCode: 0, lines: [text('wouldSend.left')] } };
}
