import type { Plan } from '../activation/plan/plan.ts';
import { readCapabilities } from '../terminal/capabilities.ts';
import type { Draft } from '../wizard/draft.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { speaksInLines } from './screen/speaks-in-lines.ts';
import { line, type Streams } from './console/streams.ts';
import { settleLook } from './screen/theme-of.ts';

/**
 * `ferry`: the wizard, drawn or in plain lines. Needs a terminal; without one it says what to do instead (exit 3).
 */
export async function runWizard({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const capabilities = readCapabilities(streams.env, streams);
  if (!capabilities.canAsk || flags.json === true || flags['no-input'] === true) {
    line(streams.stderr, streams.text('command.noTerminal'));
    line(streams.stderr, streams.text('command.noTerminalNext'));
    return exitCode.needsTerminal;
  }
  const [given] = rest;
  const opened =
    given === undefined
      ? undefined
      : await (given.endsWith('.json') ? planDraft : liveDraft)(given, flags, streams);
  if (typeof opened === 'number') return opened;
  const draft = opened;
  if (speaksInLines(flags, capabilities)) {
    const { runDialogue } = await import('./wizard/spoken.ts');
    const { withStop } = await import('./console/with-stop.ts');
    return withStop(streams, false, () => runDialogue(flags, streams, draft));
  }
  // From here on the terminal must not echo: a key that is typed before the first frame would move it.
  streams.stdin.setRawMode(true);
  const look = settleLook(flags, capabilities);
  const { showWizard } = await import('./wizard/drawn.tsx');
  try {
    return await showWizard(flags, streams, look, draft);
  } catch (error) {
    // Settings that cannot be used, before anything was drawn.
    streams.stdin.setRawMode(false);
    const { withStop } = await import('./console/with-stop.ts');
    return withStop(streams, false, () => Promise.reject(error));
  }
}

/** The draft of a plan to begin with; what is wrong with the plan is told. @returns the exit code where there is none */
async function planDraft(file: string, flags: Flags, streams: Streams): Promise<Draft | number> {
  const { readPlanFile } = await import('./plan/read-plan.ts');
  const { withStop } = await import('./console/with-stop.ts');
  const { draftOfPlan, shownPlan } = await import('./wizard/offered-plans.ts');
  const { platformReading } = await import('./connect/profile.ts');
  let draft: Draft | undefined;
  let about: Plan | undefined;
  const code = await withStop(streams, false, async () => {
    const plan = await readPlanFile(file, '', streams, false);
    // Who has still to sign in, and a rehearsal, see no dataflow yet.
    const isLive = plan?.flow !== undefined && flags.emulator !== true;
    if (isLive && platformReading(flags, streams.env, plan.sandbox).kind === 'ready') about = plan;
    const made = plan && about === undefined ? draftOfPlan(plan, file, flags, streams) : undefined;
    if (made && 'why' in made) line(streams.stderr, made.why);
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
  const { withConnected } = await import('./connect/connect.ts');
  const { withStop } = await import('./console/with-stop.ts');
  const { findFlow } = await import('./flow/find-flow.ts');
  const { openFlow, openPlan } = await import('./flow/open-flow.ts');
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
        ...(plan ? await openPlan(plan, flow, client, signal) : await openFlow(flow, client, signal)),
        platform: isEmulator ? 'emulator' : 'organisation',
        sandbox: { name: scene.sandbox, isProduction },
      };
    });
    return exitCode.done;
  });
  return draft ?? code;
}
