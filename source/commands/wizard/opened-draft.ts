import type { Plan } from '../../activation/plan/plan.ts';
import type { Draft } from '../../wizard/draft.ts';
import { withConnected } from '../connect/connect.ts';
import { platformReading } from '../connect/profile.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { line, type Streams } from '../console/streams.ts';
import { withStop } from '../console/with-stop.ts';
import { findFlow } from '../flow/find-flow.ts';
import { openFlow, openPlan } from '../flow/open-flow.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { draftOfPlan, shownPlan } from './offered-plans.ts';
import { untilRead, withinWizard } from './within.ts';
import { tell } from '../console/wrap-said.ts';

/** What `ferry PLAN` and `ferry FLOW` begin with; what is wrong with it is told. @returns the exit code where there is none */
export const openedDraft = (given: string, flags: Flags, streams: Streams): Promise<Draft | number> =>
  (given.endsWith('.json') ? planDraft : liveDraft)(given, flags, streams);

/** The draft of a plan to begin with; what is wrong with the plan is told. @returns the exit code where there is none */
async function planDraft(file: string, flags: Flags, streams: Streams): Promise<Draft | number> {
  let draft: Draft | undefined;
  let about: Plan | undefined;
  const code = await withStop(streams, false, async () => {
    const plan = await readPlanFile(file, '', streams, false);
    // Who has still to sign in, and a rehearsal, see no dataflow yet.
    const isLive = plan?.flow !== undefined && flags.emulator !== true;
    if (isLive && platformReading(flags, streams.env, plan.sandbox).kind === 'ready') about = plan;
    const made = plan && about === undefined ? draftOfPlan(plan, file, flags, streams) : undefined;
    if (made && 'why' in made) tell(streams.stderr, made.why);
    else if (made) draft = made.draft;
    return exitCode.usage;
  });
  if (about === undefined) return draft ?? code;
  const plan = shownPlan(about);
  return liveDraft(plan.flow ?? '', flags, streams, plan);
}

/**
 * The draft of a dataflow to begin with, by its id or its name, or of a plan about it.
 *
 * @returns the exit code where there is none
 */
async function liveDraft(
  given: string,
  flags: Flags,
  streams: Streams,
  plan?: Plan,
): Promise<Draft | number> {
  let draft: Draft | undefined;
  const code = await withStop(streams, false, async (enter) => {
    const opened = { flags, streams, readOnly: true, planSandbox: plan?.sandbox };
    await withConnected(opened, enter, async (connected) => {
      const { client, scene, isEmulator } = connected;
      const [flow, isProduction] = await Promise.all([
        findFlow(given, 'alike', connected),
        connected.isProduction(),
      ]);
      const { signal } = new AbortController();
      draft = {
        ...(plan ? await openPlan(plan, flow, client, signal) : (await openFlow(flow, client, signal)).draft),
        platform: isEmulator ? 'emulator' : 'organisation',
        sandbox: { name: scene.sandbox, isProduction },
      };
    });
    return exitCode.done;
  });
  return draft ?? code;
}

/** A plan that is opened from within the wizard, on the terminal as it is. @returns nothing where it cannot be, which was told */
export function planWithin(file: string, flags: Flags, streams: Streams): Promise<Draft | undefined> {
  return withinWizard(streams, async (within) => {
    line(within.stdout);
    const draft = await planDraft(file, flags, within);
    if (typeof draft !== 'number') return draft;
    await untilRead(streams.text('flow.goOn'), within);
    return undefined;
  });
}
