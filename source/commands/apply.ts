import type { Plan } from '../activation/plan/plan.ts';
import type { DifferenceEvent } from '../apply/events.ts';
import { applyAndTell, interruptions } from './runs/apply-run.ts';
import { performRun } from './runs/perform-run.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { canAsk } from './console/ask.ts';
import { convergeWith } from './runs/approve-change.ts';
import { confirmIn } from './console/confirm-in.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { requireRight, rightFor } from './console/rights.ts';
import { exitCode } from './console/exit-codes.ts';
import { standardInput } from './console/standard-input.ts';
import { changeRequestsOf, requestsOf } from './plan/requests.ts';
import { planSummary } from './plan/summary.ts';
import { insidePlans } from './plan/inside-plans.ts';
import { isFolder } from './plan/plans-in.ts';
import { readPlanFile } from './plan/read-plan.ts';
import { secretsOf } from './plan/resolve-secrets.ts';
import {
  bindingTo,
  type Once,
  onceOnly,
  requireMeant,
  tellMadeBefore,
  tellUnbound,
} from './runs/once-only.ts';
import { toldChange } from './runs/told-change.ts';
import { newRun, runsOn } from './runs/run-journal.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** What only whoever applies a plan here can do with it. */
const notInQueue = ['again', 'bind', 'confirm', 'fail-fast'] as const;

/** @throws Stop (2) for what would be asked for in vain */
function requireOfQueue(flags: Flags): void {
  if (flags.queue !== true) {
    if (flags.follow === true) throw new Stop(exitCode.usage, (text) => text('work.followOnly'));
    return;
  }
  const vain = notInQueue.find((name) => flags[name] !== undefined);
  if (vain !== undefined)
    throw new Stop(exitCode.usage, (text) => text('work.notInQueue', { flag: `--${vain}` }));
}

/** `ferry apply PLAN`: create, activate, read back, compare. @see cli.md */
export function runApply({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [file] = rest;
    requireOfQueue(flags);
    if (file !== undefined && file !== standardInput && (await isFolder(insidePlans(file, streams)))) {
      if (flags['dry-run'] === true) throw new Stop(exitCode.usage, (text) => text('command.dryRunOne'));
      if (flags.queue === true) {
        const { queueFolder } = await import('./runs/queue-plans.ts');
        return queueFolder(file, flags, streams);
      }
      const { applyFolder } = await import('./runs/apply-many.ts');
      return applyFolder(file, flags, streams);
    }
    if (flags.queue === true) throw new Stop(exitCode.usage, (text) => text('work.folderOnly'));
    const read = await readPlanFile(file, 'apply', streams, isJson);
    if (!read) return exitCode.usage;
    const asked = flags.sandbox === undefined ? read : { ...read, sandbox: flags.sandbox };
    const isDry = flags['dry-run'] === true;
    if (isDry && asked.flow === undefined) {
      json(streams.stdout, requestsOf(asked, streams.env), 2);
      tell(streams.stderr, streams.text('command.dryRun'));
      await tellMadeBefore({ file, plan: asked }, flags, streams);
      return exitCode.done;
    }
    requireMeant(file, read, flags);
    requireRight(rightFor(asked), streams.restriction);
    const options = { flags, streams, planSandbox: asked.sandbox, readOnly: isDry };
    return withConnected(options, enter, async (connected) => {
      const mayAsk = flags.yes === true || canAsk(flags, streams);
      const settle = (): Promise<Once | undefined> =>
        onceOnly({ file, plan: asked }, connected, flags, streams);
      // One that is there already needs no secret.
      const first = flags.bind === true && mayAsk ? await settle() : { plan: asked };
      if (!first) return exitCode.interrupted;
      const authParams = first.plan.flow === undefined ? await secretsOf(first.plan, flags, streams) : {};
      const once = flags.bind !== true && mayAsk ? await settle() : first;
      if (!once) return exitCode.interrupted;
      const { plan } = once;
      const run = { ...once, connected, run: newRun(), streams, isJson };
      if (isDry) return await showChange(plan, connected, flags, streams);
      if (plan.flow !== undefined) {
        requireAnswer(plan, connected, flags, streams);
        return await applyAndTell({ ...run, authParams: {}, ...convergeWith(run, flags, streams) });
      }
      if (!(await isConfirmed(plan, connected, flags, streams))) return exitCode.interrupted;
      const binding = flags.bind === true ? bindingTo(file, plan, streams) : undefined;
      const code = await applyAndTell({ ...run, authParams, binding });
      const isMade = code === exitCode.done || code === exitCode.differs;
      if (isMade && !binding && !isJson && !connected.isEmulator) tellUnbound(file, streams);
      return code;
    });
  });
}

/** What a change would send, with the etags that were read: a dry run of it reads. */
async function showChange(plan: Plan, connected: Connected, flags: Flags, streams: Streams): Promise<number> {
  const { env, text, glyphs } = streams;
  const { stop, abort, release } = interruptions(streams);
  const run = newRun();
  let shown: DifferenceEvent | undefined;
  try {
    const { failure } = await performRun(
      {
        plan,
        connected,
        authParams: {},
        run,
        runs: runsOn(connected, env),
        ...convergeWith({ connected, run }, flags, streams),
        approve: () => Promise.resolve(false),
        restriction: streams.restriction,
        ...{ env, text, glyphs, stop, abort },
      },
      (event) => {
        if (event.kind === 'difference') shown = event;
      },
    );
    if (failure !== undefined) throw failure;
  } finally {
    release();
  }
  if (!shown) return exitCode.interrupted;
  json(streams.stdout, changeRequestsOf(shown.requests, plan, env), 2);
  for (const one of toldChange(shown, text)) tell(streams.stderr, one);
  tell(streams.stderr, text('command.dryRun'));
  return exitCode.done;
}

/** A change is asked for once it is known; where nobody can be asked, that is said before anything is read. */
function requireAnswer(plan: Plan, { scene }: Connected, flags: Flags, streams: Streams): void {
  if (flags.yes === true || canAsk(flags, streams)) return;
  const { host, sandbox } = scene;
  throw new Stop(exitCode.needsTerminal, (text) =>
    text('command.needsYesChange', { name: plan.name, sandbox, host }),
  );
}

async function isConfirmed(
  plan: Plan,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  const { host, sandbox } = connected.scene;
  if (flags.yes === true) return true;
  const { stdout, text } = streams;
  if (canAsk(flags, streams)) for (const one of planSummary(text, plan)) tell(stdout, one);
  return confirmIn(
    [connected],
    text('command.confirm'),
    (words) => words('command.needsYes', { plan: plan.name, sandbox, host }),
    flags,
    streams,
  );
}
