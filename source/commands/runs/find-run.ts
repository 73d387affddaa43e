import { utcText } from '../../activation/content/schedule.ts';
import { nameOf, type RunState } from '../../apply/journal/run-state.ts';
import { JournalDamagedError } from '../../apply/journal/lines.ts';
import type { FoundRun } from '../../apply/journal/run-store.ts';
import { momentText } from '../../locale/format.ts';
import type { MessageId, Text } from '../../locale/texts.ts';
import { StateUnreadableError } from '../../state/errors.ts';
import { platformReading } from '../connect/profile.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import { keptState } from '../state/kept-state.ts';
import { visible } from '../console/visible.ts';
import { isSamePlatform } from './same-place.ts';
import type { Streams } from '../console/streams.ts';

/** Whether a run still has something to be finished. */
export const isOpen = (state: RunState): boolean =>
  state.outcome === undefined || state.outcome === 'partlyRolledBack' || isToBind(state);

/** Whether all is done but for its plan's file, which is still to name the dataflow. */
export const isToBind = ({ outcome, toBind, made }: RunState): boolean =>
  toBind !== undefined && made.flowId !== undefined && (outcome === 'verified' || outcome === 'mismatch');

/** Whether an apply has left something that could be taken back. */
const isUndoable = ({ plan, outcome, made, lastWords = {}, found }: RunState): boolean =>
  plan !== undefined &&
  outcome !== 'rolledBack' &&
  (Object.keys(made).length > 0 || Object.keys(lastWords).length > 0 || found !== undefined);

/**
 * Which run is meant where nobody names one.
 *
 * @param runs - The newest first.
 * @param isHeld - Whether somebody is at a run just now.
 * @throws Stop (2) where one has to be named
 */
type Choose = (
  runs: readonly RunState[],
  isHeld: (run: string) => Promise<boolean>,
) => RunState | undefined | Promise<RunState | undefined>;

/** The newest that is not finished, and was left: what somebody is at is not interrupted. */
export const chooseOpen: Choose = async (runs, isHeld) => {
  const open = runs.filter(isOpen);
  for (const one of open) if (!(await isHeld(one.run))) return one;
  return open[0];
};

interface Here extends Pick<Streams, 'env'> {
  readonly flags: Flags;
}

/** Runs that are named where one has to be given, at most. */
const mostNamed = 5;

/**
 * The newest that can be undone, and none before it: what a later run has done may stand on it. One that is verified
 * is undone by its id only, so those that could be are named.
 */
export const chooseUndo: Choose = (runs) => {
  const [found, ...others] = runs.filter(isUndoable);
  if (found?.outcome !== 'verified') return found;
  throw new Stop(
    exitCode.usage,
    (text) => text('command.undoNamed', { run: found.run }),
    ...[found, ...others].slice(0, mostNamed).map((one) => (text: Text) => undoLine(one, text)),
  );
};

function undoLine(state: RunState, text: Text): string {
  const { run, begunMs, outcome } = state;
  const at = `${momentText(text.language, utcText(begunMs))} UTC`;
  return text('command.undoLine', {
    command: text.command(`rollback ${run}`),
    name: visible(nameOf(state)),
    at,
    state: text(`history.${outcome ?? 'open'}`),
  });
}

/**
 * The run that a person means: the one that was named, or the one that is chosen. Where the state has runs of several
 * organisations, one of the settings' own is chosen first.
 *
 * @param none - What to say when none is.
 * @throws Stop (2) when there is none; JournalDamagedError, StateUnreadableError.
 */
export async function findRun(
  name: string | undefined,
  { flags, env }: Here,
  choose: Choose,
  none: MessageId,
): Promise<RunState> {
  const { runs: kept } = keptState(env);
  if (name === undefined) {
    const runs = await kept.list();
    const states = runs.flatMap((one) => (one.kind === 'run' ? [one.state] : []));
    const isHeld = async (run: string): Promise<boolean> => (await kept.holder(run)) !== undefined;
    const found =
      (await choose(states.filter(isHere({ flags, env })), isHeld)) ?? (await choose(states, isHeld));
    if (found) return found;
    const damaged = runs.find((one) => one.kind === 'damaged' || one.kind === 'unreadable');
    if (damaged) return stateOf(damaged);
    throw new Stop(exitCode.usage, (text) => text(none));
  }
  const found = /^[0-9a-f]{8}$/.test(name) ? await kept.find(name) : undefined;
  if (!found || found.kind === 'empty')
    throw new Stop(exitCode.usage, (text) => text('command.noRun', { run: name }));
  return stateOf(found);
}

/** Whether a run was begun where the settings lead; where they lead nowhere, none was. */
function isHere({ flags, env }: Here): (state: RunState) => boolean {
  // Each run says for itself in which sandbox it is gone on with.
  const reading = platformReading(flags, env, 'any');
  if (reading.kind !== 'ready') return () => false;
  return (state) =>
    isSamePlatform(state, reading.platform) &&
    (flags.sandbox === undefined || state.place.sandbox === flags.sandbox);
}

function stateOf(found: Exclude<FoundRun, { kind: 'empty' }>): RunState {
  if (found.kind === 'run') return found.state;
  if (found.kind === 'unreadable') throw new StateUnreadableError(found.file, found.code);
  throw new JournalDamagedError(found.file, found.line);
}
