import type { RunState } from '../apply/journal/run-state.ts';
import { idsOf } from '../apply/journal/errands.ts';
import { takenBack } from '../apply/undo/put-back.ts';
import type { PlanRun, RollbackEvent } from '../apply/undo/rollback.ts';
import { fit } from '../components/text/width.ts';
import { explain, type Scene } from '../locale/explain.ts';
import { holderText } from '../locale/holder-text.ts';
import { inWords } from '../pages/ending/change-text.ts';
import { endText, undoneText } from '../pages/ending/undo-text.ts';
import { interruptions, tellNotKept } from './runs/apply-run.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { exitCode, exitCodeOf } from './console/exit-codes.ts';
import { chooseUndo, findRun } from './runs/find-run.ts';
import { keptState } from './state/kept-state.ts';
import { performUndo, type UndoStep } from './runs/perform-undo.ts';
import type { NotKept } from './runs/record-run.ts';
import { isSwitch, undoSwitch } from './runs/undo-switch.ts';
import { requireSamePlace } from './runs/same-place.ts';
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
    const found = await findRun(name, { flags, env: streams.env }, chooseUndo, 'command.noRunUndo');
    const { errand } = found;
    if (found.outcome === 'rolledBack') {
      throw new Stop(exitCode.usage, (text) =>
        text('command.runEnded', { run: found.run, state: text('history.rolledBack') }),
      );
    }
    if (isSwitch(errand))
      return withConnected({ flags, streams, planSandbox: found.place.sandbox }, enter, (connected) =>
        undoSwitch(found, errand, connected, flags, streams),
      );
    if (errand)
      throw new Stop(exitCode.usage, (text) =>
        text(`errand.${errand.kind}.noUndo`, {
          name: visible(errand.name),
          id: idsOf(errand).join(' '),
        }),
      );
    requireRight(rightFor(found.plan), streams.restriction);
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
  // What is confirmed is what is seen.
  if (flags.json !== true && found.plan)
    for (const one of takenBack(found)) tell(streams.stdout, `  ${visible(inWords(one, streams.text))}`);
  if (!(await isConfirmed(found, connected, flags, streams))) return exitCode.interrupted;
  const { env, restriction, stderr, text } = streams;
  const notKept: NotKept[] = [];
  const undoing = performUndo(
    {
      run: found.run,
      connected,
      restriction,
      runs: keptState(env).runs,
      onTakeOver: (holder) => tell(stderr, text('command.tookOver', { holder: holderText(text, holder) })),
      onAway: (mostMs) => tell(stderr, text('command.stateAway', { seconds: Math.ceil(mostMs / 1000) })),
      env,
      stop,
      abort,
    },
    (one) => notKept.push(one),
  );
  const code = await tellAll(undoing, connected.scene, streams, flags.json === true);
  tellNotKept(notKept, streams);
  return stop.aborted ? exitCode.interrupted : code;
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
  steps: AsyncIterable<UndoStep>,
  scene: Scene,
  streams: Streams,
  isJson: boolean,
): Promise<number> {
  let failure: unknown;
  let outcome: Extract<RollbackEvent, { kind: 'result' }>['outcome'] | undefined;
  for await (const { event, of } of steps) {
    if (event.kind === 'failed') failure = event.error;
    if (event.kind === 'result') ({ outcome } = event);
    if (isJson) {
      json(
        streams.stdout,
        event.kind === 'failed' ? { ...event, error: explain(streams.english, event.error, scene) } : event,
      );
    } else {
      tell(streams.stdout, lineOf(event, of, streams));
    }
  }
  if (outcome === undefined) throw new Error('a rollback ended without a result');
  if (failure !== undefined) {
    tellError(streams, failure, scene);
    return exitCodeOf(failure);
  }
  return outcome === 'rolledBack' ? exitCode.done : exitCode.conflict;
}

/** Columns of what is undone. */
const stepColumns = 34;

function lineOf(event: RollbackEvent, state: PlanRun, { text, glyphs }: Streams): string {
  if (event.kind === 'result') return endText(event, state, text);
  const what = fit(text(`apply.${event.step}`), stepColumns, glyphs.ellipsis);
  const id = 'id' in event && event.kind !== 'retrying' && event.kind !== 'waiting' ? `${event.id}  ` : '';
  const said = event.kind === 'failed' && event.id !== '' ? event.id : undoneText(event, text);
  const marks = {
    removed: glyphs.check,
    restored: glyphs.check,
    absent: glyphs.dot,
    left: glyphs.warning,
    kept: glyphs.warning,
    failed: glyphs.cross,
    retrying: glyphs.ellipsis,
    waiting: glyphs.ellipsis,
  } as const satisfies Record<typeof event.kind, string>;
  return `${marks[event.kind]} ${what} ${event.kind === 'failed' ? '' : id}${said}`;
}
