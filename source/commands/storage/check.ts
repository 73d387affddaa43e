import type { Plan } from '../../activation/plan/plan.ts';
import { holderText, placeText, storageText, type ToldPlace } from '../../locale/storage-text.ts';
import type { Text } from '../../locale/texts.ts';
import type { Scene } from '../../locale/explain.ts';
import { checkPlace, type Step } from '../../storage/check.ts';
import type { Flags } from '../console/arguments.ts';
import { askSure, canAsk } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { isoText } from '../console/here.ts';
import { json, type Streams } from '../console/streams.ts';
import { untilLeft } from '../console/until-left.ts';
import { tell } from '../console/wrap-said.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { audit } from '../runs/record-run.ts';
import { keepCheck } from '../runs/storage-record.ts';
import { exitOfFailure, safe, withStore } from './failed.ts';
import { openTarget } from './open-target.ts';
import type { Target } from './place-of.ts';

/** Nobody waits longer, milliseconds. */
const mostMs = 10_000;

/**
 * `ferry storage check PLAN`: whether the place that a plan writes to takes files, seen from this machine.
 *
 * @throws Stop (2, 3); FlowServiceError where the platform has to be asked what opens it
 */
export async function storageCheck(
  file: string | undefined,
  flags: Flags,
  streams: Streams,
  enter: (scene: Scene) => void,
): Promise<number> {
  const plan = await readPlanFile(file, 'storage check', streams, flags.json === true);
  if (!plan) return exitCode.usage;
  return exitOf(await checkIn(plan, await openTarget({ plan, flags, streams, enter }), flags, streams));
}

/** The same of a place that is open. @returns what became of each step */
export async function checkIn(
  plan: Plan,
  target: Target,
  flags: Flags,
  streams: Streams,
): Promise<readonly Step[]> {
  const writes = flags['no-write'] !== true && flags['read-only'] !== true;
  const { told } = target;
  const { stdout, text } = streams;
  if (flags.json === true) {
    const checkedAt = isoText(Date.now());
    const steps = await looked(target, writes, streams);
    if (flags.emulator !== true) await keep(plan, target, steps, streams);
    const removed = writes && flags.yes === true ? await removeEarlier(plan, target, steps, streams) : [];
    json(stdout, documentOf({ plan: plan.name, told, steps, writes, removed, checkedAt }, streams), 2);
    return steps;
  }
  tell(stdout, text('storage.of', { plan: plan.name, place: placeText(text, told), server: told.server }));
  if (canAsk(flags, streams))
    tell(stdout, text(streams.leavesWithEscape === true ? 'storage.waitsWithin' : 'storage.waits'));
  const onStep = (step: Step): void => tellStep(step, told, streams);
  let steps = await looked(target, writes, streams, onStep);
  if (writes && steps.some(isFolderMissing) && canAsk(flags, streams) && (await makesFolder(target, streams)))
    steps = await looked(target, writes, streams, onStep);
  tellEnd(steps, writes, streams);
  if (flags.emulator !== true) await keep(plan, target, steps, streams);
  if (writes && earlierOf(steps).length > 0 && (await isToBeRemoved(flags, streams)))
    for (const name of await removeEarlier(plan, target, steps, streams))
      tell(stdout, `${streams.glyphs.check} ${text('storage.sampleRemoved', { name })}`);
  return steps;
}

/** Files that checks before this one have left. */
const earlierOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'fine' ? (step.earlier ?? []) : []));

/** They may be of somebody's check that is under way: nothing goes unless somebody says so. */
const isToBeRemoved = async (flags: Flags, streams: Streams): Promise<boolean> =>
  flags.yes === true ||
  (canAsk(flags, streams) && (await askSure(streams.text('storage.removeEarlier'), streams)));

/** @returns the names of those that went. @throws Stop for a place that does not let them go */
async function removeEarlier(
  plan: Plan,
  target: Target,
  steps: readonly Step[],
  { env }: Streams,
): Promise<readonly string[]> {
  const names = earlierOf(steps);
  if (names.length === 0) return names;
  const { server } = target.told;
  await withStore(target, async (store) => {
    for (const file of names) {
      await audit(env, { act: 'storage check', plan: plan.name, server, removes: file });
      await store.remove(file, AbortSignal.timeout(mostMs));
    }
  });
  return names;
}

/** For the audit log, and for the receipt of an apply. */
async function keep(plan: Plan, { told }: Target, steps: readonly Step[], { env }: Streams): Promise<void> {
  const outcome = exitOf(steps) === exitCode.done ? 'fine' : 'failed';
  const { server } = told;
  await audit(env, { act: 'storage check', plan: plan.name, server, result: outcome });
  await keepCheck(env, plan, {
    checkedAt: isoText(Date.now()),
    server,
    outcome,
    steps: steps.map((step) => ({
      step: step.name,
      outcome: step.kind,
      ...(step.kind === 'failed' ? { why: step.failure.kind } : {}),
    })),
  });
}

/** @throws Stop (130) where nobody waited for the end */
function looked(
  { place }: Target,
  writes: boolean,
  streams: Streams,
  onStep: (step: Step) => void = () => undefined,
): Promise<Step[]> {
  const { stderr, text, glyphs } = streams;
  return untilLeft(streams, async (signal) => {
    const steps: Step[] = [];
    // Also to its end where nobody waits any more: it takes away what it has written.
    for await (const one of checkPlace(place, { writes, mostMs, signal })) {
      const step = one.kind === 'failed' ? { ...one, failure: safe(one.failure) } : one;
      steps.push(step);
      if (!signal.aborted) onStep(step);
      else if (step.kind === 'failed' && step.left !== undefined)
        tell(stderr, `${glyphs.warning} ${text('storage.left', { name: step.left })}`);
    }
    return steps;
  });
}

const isFolderMissing = (step: Step): boolean => step.kind === 'failed' && step.failure.kind === 'noFolder';

/** Makes the folder that is not there, where the person wants it. */
async function makesFolder(target: Target, streams: Streams): Promise<boolean> {
  const { text, stdout } = streams;
  const { folder, server } = target.told;
  if (!(await askSure(text('storage.makeFolder', { folder, server }), streams))) return false;
  await withStore(target, async (store) => store.makeFolder?.(AbortSignal.timeout(mostMs)));
  tell(stdout, text('storage.folderMade', { folder }));
  return true;
}

/** What a step is called. */
function nameOf({ name }: Step, told: ToldPlace, text: Text): string {
  switch (name) {
    case 'reached':
      return text('storage.step.reached', { server: told.server });
    case 'place':
      return text('storage.step.place', { place: holderText(text, told) });
    default:
      return text(`storage.step.${name}`);
  }
}

function tellStep(step: Step, told: ToldPlace, { stdout, text, glyphs }: Streams): void {
  const name = nameOf(step, told, text);
  if (step.kind === 'unseen') {
    // Nothing is said of it but what it is.
    const label = step.name === 'place' ? holderText(text, told) : name;
    const value = text(step.name === 'place' ? 'storage.unseen' : 'storage.unseenEarly');
    tell(stdout, `${glyphs.dot} ${text('text.labelled', { label, value })}`);
  } else if (step.kind === 'failed') {
    const { what, next } = storageText(text, step.failure, told);
    tell(stdout, `${glyphs.cross} ${what}`);
    tell(stdout, `  ${next}`);
    if (step.left !== undefined) tell(stdout, `  ${text('storage.left', { name: step.left })}`);
  } else {
    const { hostKey } = step;
    const known = hostKey?.known === 'same' ? 'same' : 'unknown';
    const more = hostKey && text(`storage.hostKey.${known}`, { ...hostKey });
    tell(
      stdout,
      `${glyphs.check} ${more === undefined ? name : text('text.labelled', { label: name, value: more })}`,
    );
  }
}

function tellEnd(steps: readonly Step[], writes: boolean, { stdout, stderr, text, glyphs }: Streams): void {
  const isFine = exitOf(steps) === exitCode.done;
  if (isFine) tell(stdout, `${glyphs.check} ${text(writes ? 'storage.fine' : 'storage.fineUnwritten')}`);
  if (!writes) tell(stderr, text('storage.noWrite'));
  const names = earlierOf(steps);
  if (names.length > 0) tell(stderr, `${glyphs.warning} ${text('storage.earlier', { names })}`);
  tell(stderr, text('storage.elsewhere'));
}

interface Looked {
  readonly plan: string;
  readonly told: ToldPlace;
  readonly steps: readonly Step[];
  readonly writes: boolean;
  /** Files of earlier checks that went. */
  readonly removed: readonly string[];
  readonly checkedAt: string;
}

function documentOf({ plan, told, steps, writes, removed, checkedAt }: Looked, { english }: Streams): object {
  const { kind, server, name, folder, user } = told;
  return {
    plan,
    storage: { kind, server, name, folder, user },
    checkedAt,
    from: 'here',
    writes,
    outcome: exitOf(steps) === exitCode.done ? 'fine' : 'failed',
    steps: steps.map((step) => {
      if (step.kind !== 'failed') return { step: step.name, outcome: step.kind, ...seenIn(step) };
      const { what, next } = storageText(english, step.failure, told);
      const left = step.left === undefined ? {} : { left: step.left };
      return { step: step.name, outcome: 'failed', why: step.failure, message: what, next, ...left };
    }),
    ...(removed.length > 0 ? { removed } : {}),
  };
}

/** What was seen in a step that was fine. */
const seenIn = (step: Step): object => {
  const { hostKey, earlier } = step.kind === 'fine' ? step : {};
  return { ...(hostKey ? { hostKey } : {}), ...(earlier ? { earlier } : {}) };
};

/** What the failure of a check means to a program: the first of them says it. */
export function exitOf(steps: readonly Step[]): number {
  const [first] = steps.flatMap((step) => (step.kind === 'failed' ? [step] : []));
  return first ? exitOfFailure(first.failure) : exitCode.done;
}
