import { mostWrittenBytes as mostBytes, readText } from '../../ground/read-file.ts';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { escapedJson } from '../../activation/plan/escaped-json.ts';
import { isObject } from '../../activation/plan/json-path.ts';
import type { Plan } from '../../activation/plan/plan.ts';
import { sameId } from '../../activation/same-id.ts';
import { type AppliedBefore, doublesOf, isSameExport, madeBefore } from '../../apply/check/doubles.ts';
import type { RunPlace } from '../../apply/journal/journal.ts';
import type { RunHolder, RunStore, WaitingInLine } from '../../apply/journal/run-store.ts';
import { mayComeMs, usualDoubtMs } from '../../apply/once/doubt.ts';
import { pause } from '../../apply/once/pause.ts';
import type { PlanRun } from '../../apply/undo/rollback.ts';
import { parseExactly } from '../../ground/exact-json.ts';
import { isFlowServiceError } from '../../flow-service/errors.ts';
import { StateUnreadableError } from '../../state/errors.ts';
import { type Connected, placeOf } from '../connect/open-client.ts';
import type { Flags } from '../console/arguments.ts';
import { askChoice, canAsk } from '../console/ask.ts';
import { exitCode } from '../console/exit-codes.ts';
import { standardInput } from '../console/standard-input.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { insidePlans } from '../plan/inside-plans.ts';
import { notWritten } from '../plan/write-plan.ts';
import type { Binding } from './perform-run.ts';
import { holdFirst, patience } from './run-journal.ts';
import { keptState } from '../state/kept-state.ts';
import { isSamePlace } from './same-place.ts';

interface Named {
  readonly file: string | undefined;
  readonly plan: Plan;
}

/**
 * Keeps a plan that names no dataflow from making a second one by accident. With `--again` it makes another; with
 * `--bind`, or where the person says so, it is about the one that is there, and its file says so from now on.
 *
 * @returns The plan, with the dataflow that it is about; nothing when the person wants neither.
 * @throws Stop (3) where nobody can be asked, or several are meant; FlowServiceError.
 */
export async function onceOnly(
  { file, plan }: Named,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<Once | undefined> {
  // The embedded emulator has just begun.
  if (plan.flow !== undefined || flags.again === true || connected.isEmulator) return { plan };
  const { known, doubles } = await alikeOrComing(connected, plan, streams);
  const [only] = doubles;
  if (!only) return { plan, known };
  const { name } = plan;
  const { sandbox } = connected.scene;
  const ids = doubles.map(({ id }) => id);
  if (doubles.length > 1 && (flags.bind === true || !canAsk(flags, streams)))
    throw new Stop(exitCode.needsTerminal, (text) => text('once.several', { name, sandbox, ids }));
  if (flags.bind !== true) {
    const answer = await ask(name, ids, sandbox, flags, streams);
    if (answer === 'again') return { plan, known };
    if (answer === 'neither') return undefined;
    return { plan: await bound(file, plan, answer, streams) };
  }
  return { plan: await bound(file, plan, only.id, streams) };
}

/** Between two looks, milliseconds. */
const lookMs = 1000;

/**
 * The same, and what an earlier apply of such a plan may have made all the same: a create that was refused, or of which
 * nobody knows, is looked for as long as the platform may take to list it.
 */
async function alikeOrComing(connected: Connected, plan: Plan, streams: Streams): ReturnType<typeof alikeIn> {
  const { env, stderr, text } = streams;
  const { doubtMs = usualDoubtMs } = patience(env);
  const runs = await runsHere(connected, streams);
  const open = runs.filter(
    (one) => one.made.flowId === undefined && one.outcome !== 'rolledBack' && isSameExport(plan, one.plan),
  );
  const [newest] = open
    .map(({ run, lastWords }) => ({ run, leftMs: mayComeMs(lastWords?.flow, doubtMs) }))
    .sort((one, other) => other.leftMs - one.leftMs);
  const untilMs = performance.now() + (newest?.leftMs ?? 0);
  for (let isFirst = true; ; isFirst = false) {
    const found = await alikeIn(connected, plan, streams);
    const leftMs = untilMs - performance.now();
    if (found.doubles.length > 0 || !newest || leftMs <= 0) return found;
    if (isFirst) tell(stderr, text('once.mayCome', { run: newest.run, seconds: Math.ceil(leftMs / 1000) }));
    await pause(Math.min(lookMs, leftMs), undefined);
  }
}

/**
 * The dataflows that a plan without one may mean: those that were made of it from here, and those of its name and
 * location.
 *
 * @param history - Whether what was made from here has to be known: who only looks goes on without.
 */
export async function alikeIn(
  connected: Connected,
  plan: Plan,
  streams: Streams,
  history: 'always' | 'ifReadable' = 'always',
): Promise<{ known: readonly string[]; doubles: readonly { id: string }[] }> {
  const before = await appliedBefore(connected, streams).catch((error: unknown) => {
    if (history === 'ifReadable' && error instanceof StateUnreadableError) return [];
    throw error;
  });
  const doubles = await doublesOf(plan, connected.client, before).catch((error: unknown) => {
    // Whoever may not look, or reaches nobody, is told of that by the apply itself.
    if (isFlowServiceError(error) && (error.kind === 'unreachable' || isWithheld(error))) return [];
    throw error;
  });
  return { known: madeBefore(plan, before), doubles };
}

/** A plan that may be applied. */
export interface Once {
  readonly plan: Plan;
  /** What such plans had made when it was asked; nothing where another one is wanted in any case. */
  readonly known?: readonly string[] | undefined;
}

/**
 * Makes what a plan wants while no other process of this state folder makes something of that name, and not if one has
 * made it since it was asked.
 *
 * @throws Stop (3) where one has; RunHeldError, JournalError.
 */
export async function asOnlyMaker<Of>(
  { plan, known }: Once,
  connected: Connected,
  { env, runs, stop, onAway, onWait = () => undefined }: InLine,
  make: () => Promise<Of>,
): Promise<Of> {
  // What is gone on with has a holder of its own, and who wants another one need not wait for anybody.
  if (plan.flow !== undefined || known === undefined || connected.isEmulator) return make();
  const { apiUrl, orgId, sandbox } = placeOf(connected);
  const { name } = plan;
  const release = await holdFirst(stop, () =>
    runs.alone(JSON.stringify([apiUrl, orgId, sandbox, name]), { onWait, onAway, stop }),
  );
  try {
    const before = await appliedBefore(connected, { env });
    const [id] = madeBefore(plan, before).filter((one) => !known.includes(one));
    if (id !== undefined) throw isThere(name, sandbox, id);
    return await make();
  } finally {
    await release();
  }
}

interface InLine extends Pick<Streams, 'env'>, Pick<WaitingInLine, 'onAway' | 'stop'> {
  readonly runs: RunStore;
  /** Told who makes it just now. */
  readonly onWait?: ((holder: RunHolder) => void) | undefined;
}

const isThere = (name: string, sandbox: string, id: string): Stop =>
  new Stop(
    exitCode.needsTerminal,
    (words) => words('once.there', { name, sandbox, id }),
    (words) => words('once.say'),
  );

const isWithheld = (error: { kind: string; status?: unknown }): boolean =>
  error.kind === 'refused' && Number(error.status) < 500 && error.status !== 429;

/** What comes of the question: the id of the dataflow that is meant, another one, or nothing. */
async function ask(
  name: string,
  ids: readonly string[],
  sandbox: string,
  flags: Flags,
  streams: Streams,
): Promise<string> {
  const { text, stdout } = streams;
  if (!canAsk(flags, streams)) throw isThere(name, sandbox, ids[0] ?? '');
  tell(stdout, text('once.question', { name, sandbox }));
  const another = text('once.again');
  const neither = text('once.neither');
  const changes = ids.map((id) => ({ id, name: text('once.bind', { id }) }));
  const said = await askChoice('', [...changes, { name: another }, { name: neither }], undefined, streams);
  if (said === another) return 'again';
  return changes.find((one) => one.name === said)?.id ?? 'neither';
}

/** Dataflows that plans have made from here, in this very place, and that were not taken back. */
async function appliedBefore(connected: Connected, streams: Pick<Streams, 'env'>): Promise<AppliedBefore[]> {
  const runs = await runsHere(connected, streams);
  return runs.flatMap(({ plan, made: { flowId }, outcome }) =>
    flowId !== undefined && outcome !== 'rolledBack' ? [{ plan, flowId }] : [],
  );
}

/** What was applied from here, in this very place. */
const runsHere = async (connected: Connected, { env }: Pick<Streams, 'env'>): Promise<PlanRun[]> =>
  (await planRuns(env, placeOf(connected))).filter((one) => isSamePlace(one, connected));

/** An errand has made nothing. @param at - Where it is known whose runs are asked for */
const planRuns = async (env: Streams['env'], at?: RunPlace): Promise<PlanRun[]> =>
  (await keptState(env).runs.list(at)).flatMap((one) =>
    one.kind === 'run' && one.state.plan !== undefined ? [one.state] : [],
  );

/**
 * Says of a plan without a dataflow, where nobody looks at the platform, that it was applied from here before. What
 * cannot be read of that keeps nobody from looking at requests.
 */
export async function tellMadeBefore({ file, plan }: Named, flags: Flags, streams: Streams): Promise<void> {
  if (plan.flow !== undefined || flags.again === true || flags.emulator === true) return;
  const runs = await planRuns(streams.env).catch(() => []);
  const before = runs.flatMap(({ plan: one, place, made: { flowId }, outcome }) =>
    flowId !== undefined && outcome !== 'rolledBack' && place.sandbox === plan.sandbox
      ? [{ plan: one, flowId }]
      : [],
  );
  const ids = madeBefore(plan, before);
  if (ids.length > 0) tell(streams.stderr, streams.text('once.madeBefore', { sandbox: plan.sandbox, ids }));
  if (file !== undefined && file !== standardInput)
    tell(streams.stderr, streams.text('once.lookFirst', { file }));
}

/** Says how a plan that has just made a dataflow comes to be about it. */
export function tellUnbound(file: string | undefined, streams: Streams): void {
  if (file !== undefined && file !== standardInput)
    tell(streams.stdout, streams.text('once.unbound', { file }));
}

/**
 * What can be said before anything is sent of a plan and of whether it is about one that is there or another one.
 *
 * @throws Stop (2)
 */
export function requireMeant(file: string | undefined, read: Plan, flags: Flags): void {
  const { flow: id } = read;
  if (flags.again === true && id !== undefined)
    throw new Stop(exitCode.usage, (text) => text('once.againOfOne', { file: file ?? standardInput, id }));
  if (flags.bind !== true) return;
  if (file === undefined || file === standardInput)
    throw new Stop(exitCode.usage, (text) => text('once.noFile'));
  if (flags.sandbox !== undefined && flags.sandbox !== read.sandbox)
    throw new Stop(exitCode.usage, (text) =>
      text('once.otherSandbox', { file, sandbox: read.sandbox, given: flags.sandbox ?? '' }),
    );
}

/** How the file of a plan comes to name the dataflow that is made of it; nothing for one that came from no file. */
export function bindingTo(file: string | undefined, plan: Plan, streams: Streams): Binding | undefined {
  if (file === undefined || file === standardInput) return undefined;
  return {
    file: path.resolve(insidePlans(file, streams)),
    write: (flow) => bound(file, plan, flow, streams),
  };
}

/** The same of a run that is gone on with: its file may be gone by now, or say something else. */
export const bindingAgain = (file: string, plan: Plan, streams: Streams): Binding => ({
  file,
  async write(flow) {
    const held = await readText(insidePlans(file, streams), { mostBytes }).then(
      parseExactly,
      () => undefined,
    );
    const isIt =
      isObject(held) &&
      held['name'] === plan.name &&
      (held['flow'] === undefined || sameId(String(held['flow']), flow));
    if (isIt) await bound(file, plan, flow, streams);
    else tell(streams.stderr, streams.text('once.notBound', { file, id: flow }));
  },
});

/** The plan about a dataflow; where it came from a file, that says so too. */
export async function bound(
  file: string | undefined,
  plan: Plan,
  flow: string,
  streams: Streams,
): Promise<Plan> {
  if (file === undefined || file === standardInput) return { ...plan, flow };
  const inside = insidePlans(file, streams);
  const held: unknown = parseExactly(await readText(inside, { mostBytes }));
  if (!isObject(held)) return { ...plan, flow };
  const members = Object.entries(held).filter(([name]) => name !== 'flow');
  const at = members.findIndex(([name]) => name === 'sandbox') + 1;
  const written = Object.fromEntries(members.toSpliced(at, 0, ['flow', flow]));
  await writeFileAtomic(inside, `${escapedJson(written, 2)}\n`).catch(notWritten(file));
  tell(streams.stderr, streams.text('once.bound', { file, id: flow }));
  return { ...plan, flow };
}
