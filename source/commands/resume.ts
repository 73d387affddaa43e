import { applyAndTell, errandAndTell } from './runs/apply-run.ts';
import type { Arguments } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { withConnected } from './connect/connect.ts';
import { exitCode } from './console/exit-codes.ts';
import { secretsOf } from './plan/resolve-secrets.ts';
import { resumeExport } from './runs/export-run.ts';
import { chooseOpen, findRun, isToBind } from './runs/find-run.ts';
import { bindingAgain } from './runs/once-only.ts';
import { requireSamePlace } from './runs/same-place.ts';
import { keptState } from './state/kept-state.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';

/**
 * `ferry resume [RUN]`: finishes an apply that was broken off. It is asked about like any other change: who finishes
 * a run need not be who began it. @see cli.md
 */
export function runResume({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter, begun) => {
    const [name] = rest;
    const state = await findRun(name, { flags, env: streams.env }, chooseOpen, 'command.noRunOpen');
    const { run: found, outcome, plan, toBind, made } = state;
    if (isToBind(state) && plan && toBind !== undefined && outcome === 'verified') {
      // Everything else is done and proven.
      const journal = await keptState(streams.env).runs.open(found);
      try {
        await bindingAgain(toBind, plan, streams).write(made.flowId ?? '');
        await journal.note({ kind: 'bound' });
      } finally {
        await journal.close();
      }
      if (isJson) json(streams.stdout, { kind: 'bound', run: found, file: toBind, flowId: made.flowId });
      return exitCode.done;
    }
    if (outcome === 'verified' || outcome === 'rolledBack') {
      throw new Stop(exitCode.usage, (text) =>
        text('command.runEnded', { run: found, state: text(`history.${outcome}`) }),
      );
    }
    return withConnected({ flags, streams, planSandbox: state.place.sandbox }, enter, async (connected) => {
      requireSamePlace(state, connected);
      const values = { run: found, sandbox: state.place.sandbox, host: connected.scene.host };
      const isSure = await confirmIn(
        [connected],
        streams.text('command.confirmResume', values),
        (text) => text('command.needsYesResume', values),
        flags,
        streams,
      );
      if (!isSure) return exitCode.interrupted;
      const run = { connected, run: found, streams, isJson };
      if (state.errand) {
        const { errand } = state;
        // A journal holds no secret.
        if (errand.kind === 'credentials')
          throw new Stop(exitCode.usage, (text) => text('account.again', { id: errand.accountId }));
        if (errand.kind === 'export') return await resumeExport({ ...run, errand, begun });
        return await errandAndTell({ ...run, errand });
      }
      // Once the account is made, its secret is not needed any more.
      const hasAccount = state.made.targetBaseConnectionId !== undefined || state.plan.flow !== undefined;
      const authParams = hasAccount ? {} : await secretsOf(state.plan, flags, streams);
      const binding = toBind === undefined ? undefined : bindingAgain(toBind, state.plan, streams);
      return await applyAndTell({ ...run, plan: state.plan, authParams, binding });
    });
  });
}
