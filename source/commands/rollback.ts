import { openJournal } from '../apply/journal/journal-file.ts';
import type { RunState } from '../apply/journal/journal.ts';
import { type PlanRun, rollback, type RollbackEvent } from '../apply/undo/rollback.ts';
import { fit } from '../components/text/width.ts';
import { explain, type Scene } from '../locale/explain.ts';
import { holderText } from '../locale/holder-text.ts';
import type { MessageId, Text } from '../locale/texts.ts';
import { pendingText } from '../pages/ending/apply-text.ts';
import { stateFolder } from '../settings/state-folder.ts';
import { interruptions, tellNotKept } from './runs/apply-run.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { exitCode, exitCodeOf } from './console/exit-codes.ts';
import { chooseUndo, findRun } from './runs/find-run.ts';
import { requireSamePlace } from './runs/same-place.ts';
import { audit } from './runs/record-run.ts';
import { patience } from './runs/run-journal.ts';
import { idsOf } from '../apply/journal/journal.ts';
import { requireRight, rightFor } from './console/rights.ts';
import { Stop } from './console/stop.ts';
import { visible } from './console/visible.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tell } from './console/wrap-said.ts';

/** `ferry rollback [RUN]`: removes what an apply made, and nothing else. @see cli.md */
export function runRollback({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter) => {
    const [name] = rest;
    const found = await findRun(name, streams.env, chooseUndo, 'command.noRunUndo');
    const { errand } = found;
    if (errand)
      throw new Stop(exitCode.usage, (text) =>
        text(`errand.${errand.kind}.noUndo`, {
          name: visible(errand.name),
          id: idsOf(errand).join(' '),
        }),
      );
    requireRight(rightFor(found.plan), streams.restriction);
    if (found.outcome === 'rolledBack') {
      throw new Stop(exitCode.usage, (text) =>
        text('command.runEnded', { run: found.run, state: text('history.rolledBack') }),
      );
    }
    return withConnected({ flags, streams, planSandbox: found.place.sandbox }, enter, async (connected) => {
      const interruption = interruptions(streams);
      try {
        return await undo(found, connected, interruption, flags, streams);
      } finally {
        interruption.release();
      }
    });
  });
}

async function undo(
  found: RunState,
  connected: Connected,
  { stop, abort }: Pick<ReturnType<typeof interruptions>, 'stop' | 'abort'>,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  requireSamePlace(found, connected);
  if (!(await isConfirmed(found, connected, flags, streams))) return exitCode.interrupted;
  const { env, stderr, text } = streams;
  const journal = await openJournal(stateFolder(env), found.run, Date.now, (holder) =>
    tell(stderr, text('command.tookOver', { holder: holderText(text, holder) })),
  );
  try {
    const state = await findRun(found.run, env, chooseUndo, 'command.noRunUndo');
    if (!state.plan) throw new Error('a run has changed what it is about');
    const { client, scene } = connected;
    const events = rollback(state, { client, journal, stop, abort, ...patience(env) });
    const { code, result } = await tellAll(events, state, scene, streams, flags.json === true);
    tellNotKept(await audit(env, { act: 'rollback', run: state.run, ...state.place, result }), streams);
    return stop.aborted ? exitCode.interrupted : code;
  } finally {
    await journal.close();
  }
}

function isConfirmed(
  { run, place, made, plan }: RunState,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  const { host } = connected.scene;
  const values = { run, sandbox: place.sandbox, host, count: Object.keys(made).length };
  const flow = plan?.flow;
  return confirmIn(
    [connected],
    flow === undefined
      ? streams.text('command.confirmRollback', values)
      : streams.text('command.confirmPutBack', { ...values, flow }),
    (text) =>
      flow === undefined
        ? text('command.needsYesRollback', values)
        : text('command.needsYesPutBack', { ...values, flow }),
    flags,
    streams,
  );
}

async function tellAll(
  events: AsyncIterable<RollbackEvent>,
  state: PlanRun,
  scene: Scene,
  streams: Streams,
  isJson: boolean,
): Promise<{ code: number; result: Result['outcome'] }> {
  let failure: unknown;
  for await (const event of events) {
    if (event.kind === 'failed') failure = event.error;
    if (isJson) {
      json(
        streams.stdout,
        event.kind === 'failed' ? { ...event, error: explain(streams.english, event.error, scene) } : event,
      );
    } else {
      tell(streams.stdout, lineOf(event, state, streams));
    }
    if (event.kind !== 'result') continue;
    if (failure !== undefined) {
      tellError(streams, failure, scene);
      return { code: exitCodeOf(failure), result: event.outcome };
    }
    return {
      code: event.outcome === 'rolledBack' ? exitCode.done : exitCode.conflict,
      result: event.outcome,
    };
  }
  throw new Error('a rollback ended without a result');
}

/** Columns of what is undone. */
const stepColumns = 34;

type Result = Extract<RollbackEvent, { kind: 'result' }>;

/** How an undo has ended. Of a dataflow that nothing was written to it is not said that it was put back, nor that it was not. */
export function endText(
  { outcome, kept, notBack = 0, left }: Result,
  { run, plan: { flow }, written }: Pick<PlanRun, 'run' | 'plan' | 'written'>,
  text: Text,
): string {
  const isUndone = outcome === 'rolledBack';
  const some = text(outcome === 'notRolledBack' ? 'rollback.none' : 'rollback.partly', { run, kept });
  const rest = kept === 0 ? text('rollback.unlooked', { run }) : some;
  if (flow !== undefined) {
    if (notBack > 0) return text('rollback.notPutBack', { run, flow });
    if (written.has('change') || written.has('location'))
      return isUndone ? text('rollback.putBack', { run, flow }) : rest;
    const untouched = text('rollback.untouched', { run, flow });
    return isUndone ? untouched : `${untouched} ${rest}`;
  }
  if (!isUndone) return rest;
  return left === undefined ? text('rollback.done', { run }) : text('rollback.doneBut', { run, count: left });
}

function lineOf(event: RollbackEvent, state: PlanRun, { text, glyphs }: Streams): string {
  if (event.kind === 'result') return endText(event, state, text);
  const what = fit(text(`apply.${event.step}`), stepColumns, glyphs.ellipsis);
  switch (event.kind) {
    case 'removed':
      return `${glyphs.check} ${what} ${event.id}  ${text(removedId(event))}`;
    case 'restored':
      return `${glyphs.check} ${what} ${event.id}  ${text('rollback.restored')}`;
    case 'absent':
      return `${glyphs.dot} ${what} ${text('rollback.absent')}`;
    case 'left':
      return `${glyphs.warning} ${what} ${event.id}  ${text('rollback.left')}`;
    case 'kept':
      return `${glyphs.warning} ${what} ${event.id}  ${keptText(event, text)}`;
    case 'failed':
      return `${glyphs.cross} ${what} ${event.id === '' ? text('rollback.notLooked') : event.id}`;
    case 'retrying':
    case 'waiting':
      return `${glyphs.ellipsis} ${what} ${pendingText(event, text)}`;
  }
}

function removedId({ wasGone, isSecond }: Extract<RollbackEvent, { kind: 'removed' }>): MessageId {
  if (isSecond === true) return 'rollback.removedSecond';
  return wasGone ? 'rollback.wasGone' : 'rollback.removed';
}

function keptText({ id, reason, why }: Extract<RollbackEvent, { kind: 'kept' }>, text: Text): string {
  switch (reason) {
    case 'refused':
      return text('rollback.kept', { why: visible(why) });
    case 'used':
    case 'changed':
      return text(`rollback.${reason}`, { why: visible(why), id });
    case 'notLooked':
      return text('rollback.unsure');
    default:
      return text(`rollback.${reason}`);
  }
}
