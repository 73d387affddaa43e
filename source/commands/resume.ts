import { openJournal } from '../apply/journal-file.ts';
import type { RunState } from '../apply/journal.ts';
import { stateFolder } from '../settings/state-folder.ts';
import { applyAndTell } from './runs/apply-run.ts';
import { secretsOf } from './apply.ts';
import type { Arguments } from './console/arguments.ts';
import { connect, type Connected, placeOf } from './connect/connect.ts';
import { exitCode } from './console/exit-codes.ts';
import { findRun, isOpen } from './runs/find-run.ts';
import { Stop } from './console/stop.ts';
import { withStop } from './console/with-stop.ts';
import { line, type Streams } from './console/streams.ts';

/** `ferry resume [RUN]`: finishes an apply that was broken off. Asks nothing: the plan was confirmed. @see cli.md */
export function runResume({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [name] = rest;
    const state = await findRun(name, streams.env, isOpen, 'command.noRunOpen');
    const { run: found, outcome } = state;
    if (outcome === 'verified' || outcome === 'rolledBack') {
      throw new Stop(exitCode.usage, (text) =>
        text('command.runEnded', { run: found, state: text(`history.${outcome}`) }),
      );
    }
    const connected = await connect({ flags, streams, planSandbox: state.place.sandbox });
    enter(connected.scene);
    try {
      requireSamePlace(state, connected);
      // Once the account is made, its secret is not needed any more.
      const hasAccount = state.made.targetBaseConnectionId !== undefined;
      const authParams = hasAccount ? {} : await secretsOf(state.plan, flags, streams);
      const journal = await openJournal(stateFolder(streams.env), state.run, Date.now, (holder) =>
        line(streams.stderr, streams.text('command.tookOver', { holder })),
      );
      try {
        // What was noted since it was read, by a holder that has died meanwhile, counts.
        const earlier = await findRun(state.run, streams.env, isOpen, 'command.noRunOpen');
        const { plan, run } = earlier;
        return await applyAndTell({ plan, authParams, connected, run, journal, earlier, streams, isJson });
      } finally {
        await journal.close();
      }
    } finally {
      await connected.close();
    }
  });
}

/** A run is bound to where it began. @throws Stop (2) */
export function requireSamePlace(state: RunState, connected: Connected): void {
  const here = placeOf(connected);
  const { apiUrl, orgId, sandbox } = state.place;
  if (here.apiUrl === apiUrl && here.orgId === orgId && here.sandbox === sandbox) return;
  throw new Stop(exitCode.usage, (text) =>
    text('command.otherPlace', { run: state.run, sandbox, org: orgId, host: apiUrl }),
  );
}
