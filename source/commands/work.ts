import { setTimeout } from 'node:timers/promises';
import { readPlan } from '../activation/plan/read-plan.ts';
import type { Plan } from '../activation/plan/plan.ts';
import type { ResolvedParams } from '../activation/requests.ts';
import type { RunState } from '../apply/journal/run-state.ts';
import { JournalError } from '../state/errors.ts';
import type { Permit } from '../state/postgres/permits.ts';
import type { Taken, Worked } from '../state/postgres/queue.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { isoText } from './console/here.ts';
import { isStop, saidBy, Stop } from './console/stop.ts';
import { json, line, type Streams } from './console/streams.ts';
import { tableLines } from './console/table-text.ts';
import { visible } from './console/visible.ts';
import { withStop } from './console/with-stop.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { connect } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import { secretsOf } from './plan/resolve-secrets.ts';
import { applyOne, type Done } from './runs/apply-many.ts';
import { interruptions } from './runs/apply-run.ts';
import { onceOnly } from './runs/once-only.ts';
import { openPlanQueue, type PlanQueue, type Sharing } from './runs/plan-queue.ts';
import {
  doneOf,
  lastOfEach,
  listedMembers,
  type QueuedPlan,
  queuedPlan,
  reasonOf,
} from './runs/queued-plan.ts';
import { pauseText, tellPause } from './runs/queue-pause.ts';
import { isSamePlace } from './runs/same-place.ts';
import { keptState } from './state/kept-state.ts';

/** Plans at once in a worker; plans and calls at once of one organisation over all of them. */
const usualConcurrency = 3;
const usualLimit = 12;
const usualCalls = 20;

/** How often a worker that ends with the queue looks whether it is empty, milliseconds. */
const lookMs = 500;

/**
 * `ferry work`: takes plans from the queue and applies them, beside whatever other machines take. `--drain` ends when
 * nothing is left; `--list` only shows what waits, what is worked at, and what could not go on and why.
 *
 * @see cli.md
 */
export function runWork({ flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async () => {
    const limits = {
      concurrency: numberOf(flags, 'concurrency', usualConcurrency),
      perGroup: numberOf(flags, 'limit', usualLimit),
    };
    const calls = numberOf(flags, 'calls', usualCalls);
    const queue = await openPlanQueue(streams.env);
    const interruption = interruptions(streams);
    const sharing = queue.share(
      { plan: limits.perGroup, call: calls },
      (untilMs) => tellPause(untilMs, streams, flags.json === true),
      interruption.stop,
    );
    const worker = {
      sharing,
      flags,
      streams,
      ...interruption,
      connections: new Map<string, Promise<Connected>>(),
    };
    try {
      if (flags.list === true) return await listWork(queue, flags, streams);
      await queue.work(limits, (job) => perform(job, worker));
      await untilOver(queue, flags.drain === true, interruption.stop);
    } finally {
      await queue.close();
      interruption.release();
      for (const one of worker.connections.values())
        await one.then((open) => open.close()).catch(() => undefined);
    }
    return interruption.stop.aborted ? exitCode.interrupted : exitCode.done;
  });
}

function numberOf(flags: Flags, name: 'concurrency' | 'limit' | 'calls', usual: number): number {
  const given = flags[name];
  const value = given === undefined ? usual : Number(given);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new Stop(exitCode.usage, (text) =>
    text('command.badNumber', { flag: `--${name}`, least: 1, most: '100' }),
  );
}

async function untilOver(queue: PlanQueue, isDraining: boolean, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    if (isDraining && (await queue.isEmpty())) return;
    await setTimeout(lookMs, undefined, { signal: stop }).catch(() => undefined);
  }
}

interface Worker {
  readonly sharing: Sharing;
  readonly flags: Flags;
  readonly streams: Streams;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly connections: Map<string, Promise<Connected>>;
}

/** What a worker says of a plan that it leaves to another one. */
const putOff = (file: string, why: string, { stderr, glyphs, text }: Streams): Worked => {
  tell(stderr, `${glyphs.ellipsis} ${text('text.labelled', { label: visible(file), value: visible(why) })}`);
  return { kind: 'again', why };
};

/** Applies a plan, or goes on with its run: what that has noted decides what is still to be done. */
async function perform(job: Taken, worker: Worker): Promise<Worked> {
  const { sharing, flags, streams, stop, abort } = worker;
  const queued = queuedPlan(job.body);
  if (!queued) return { kind: 'over', output: { why: 'unknown' } };
  const { file, run, place } = queued;
  let permit: Permit | undefined;
  let isAway = false;
  try {
    permit = await sharing.plan(place.orgId);
    const connected = await connectedTo(queued, worker);
    if (!isSamePlace(queued, connected))
      return putOff(file, streams.text('work.elsewhere', { org: place.orgId, host: place.apiUrl }), streams);
    const { runs } = keptState(streams.env);
    if (await runs.holder(run)) return { kind: 'again', why: streams.text('work.held', { run }) };
    const earlier = await runs.read(run);
    const ready = await readied(queued, earlier, connected, worker);
    if (typeof ready === 'string') return putOff(file, ready, streams);
    const asked = queued.prune ? { ...flags, prune: 'all' } : flags;
    if (permit.lost.aborted) return { kind: 'again', why: 'stopped' };
    const done = await applyOne(
      {
        ...ready,
        file,
        run,
        connected,
        onFailure: (error) => {
          isAway = error instanceof JournalError && error.keeper === 'database';
        },
      },
      asked,
      stop,
      AbortSignal.any([abort, permit.lost]),
      streams,
      flags.json === true,
    );
    return endedAs(done, isAway, streams, flags);
  } catch (error) {
    if (stop.aborted && error === stop.reason) return { kind: 'again', why: 'stopped' };
    if (!isStop(error)) {
      if (typeof error === 'object' && error !== null && 'kind' in error)
        return putOff(file, String(error.kind), streams);
      throw error;
    }
    const why = saidBy(error, streams.text);
    return endedAs(
      { file, outcome: 'failed', run, exitCode: error.exitCode, why, ms: 0 },
      false,
      streams,
      flags,
    );
  } finally {
    await permit?.release();
  }
}

/** The plan as it is meant here, and its secrets where they are still needed. */
interface Ready {
  readonly plan: Plan;
  readonly authParams: ResolvedParams;
  readonly known?: readonly string[] | undefined;
}

/** @returns Why this machine cannot, where it lacks a secret that another one may have. */
async function readied(
  { plan: text }: QueuedPlan,
  earlier: RunState | undefined,
  connected: Connected,
  { flags, streams }: Worker,
): Promise<Ready | string> {
  const alone = { ...flags, 'no-input': true, yes: true };
  const plan = earlier?.plan ?? planOf(text);
  const needsNone = plan.flow !== undefined || earlier?.made.targetBaseConnectionId !== undefined;
  let authParams: ResolvedParams;
  try {
    authParams = needsNone ? {} : await secretsOf(plan, alone, streams);
  } catch (error) {
    if (isStop(error)) return saidBy(error, streams.text);
    throw error;
  }
  if (earlier) return { plan, authParams };
  const once = await onceOnly({ file: undefined, plan }, connected, alone, streams);
  return { authParams, ...(once ?? { plan }) };
}

/** @throws Stop (2) for one that this ferry does not take */
function planOf(text: string): Plan {
  const reading = readPlan(text);
  if (reading.kind === 'plan') return reading.plan;
  throw new Stop(exitCode.usage, (words) => words('work.unreadable'));
}

function connectedTo(
  { place }: QueuedPlan,
  { connections, flags, streams, sharing }: Worker,
): Promise<Connected> {
  const known = connections.get(place.sandbox);
  if (known) return known;
  const connecting = connect({
    flags: { ...flags, sandbox: place.sandbox },
    streams,
    planSandbox: place.sandbox,
    gateOf: sharing.gateOf,
  });
  connections.set(place.sandbox, connecting);
  connecting.catch(() => connections.delete(place.sandbox));
  return connecting;
}

/**
 * What can go on is put in again: its journal says where. Everything else ends, with its reason.
 *
 * @param isAway - Whether the database took no more of its journal.
 */
function endedAs(done: Done, isAway: boolean, streams: Streams, flags: Flags): Worked {
  const isPassing =
    isAway || done.exitCode === exitCode.unreachable || done.exitCode === exitCode.interrupted;
  if (flags.json === true) json(streams.stdout, { kind: isPassing ? 'putOff' : 'done', ...done });
  else {
    const { glyphs, text, stdout } = streams;
    const mark = done.exitCode === exitCode.done ? glyphs.check : glyphs.cross;
    const label = `${visible(done.file)} ${done.run ?? ''}`.trimEnd();
    const value = [text(`many.${done.outcome}`), visible(done.why ?? '')].join('  ').trimEnd();
    tell(stdout, `${mark} ${text('text.labelled', { label, value })}`);
  }
  return isPassing ? { kind: 'again', why: done.why ?? done.outcome } : { kind: 'over', output: done };
}

/** What waits, what is worked at, and what has ended without being verified and was not finished since. */
async function listWork(queue: PlanQueue, flags: Flags, streams: Streams): Promise<number> {
  const { env, stdout, stderr, text } = streams;
  const { runs } = keptState(env);
  const pauses = await queue.pauses();
  const rows: {
    file: string;
    state: 'waiting' | 'working' | 'stuck';
    run: string;
    by: string;
    why: string;
    /** Its organisation wants to be left alone until then: ISO 8601, UTC. */
    pausedUntil?: string;
  }[] = [];
  for (const row of lastOfEach(await queue.list(listedMembers))) {
    const { file, run, by, place } = row.listed;
    const done = row.state === 'over' ? doneOf(row) : undefined;
    const isFinished =
      row.state === 'over' &&
      (done?.exitCode === exitCode.done ||
        ['verified', 'rolledBack'].includes((await runs.read(run))?.outcome ?? ''));
    if (isFinished) continue;
    const why = done?.why ?? reasonOf(row.output);
    const untilMs = row.state === 'over' ? undefined : pauses.get(place.orgId);
    rows.push({
      file,
      run,
      by,
      why,
      state: row.state === 'over' ? 'stuck' : row.state,
      ...(untilMs === undefined ? {} : { pausedUntil: isoText(untilMs) }),
    });
  }
  if (flags.json === true) json(stdout, rows, 2);
  else if (rows.length === 0) tell(stderr, text('work.none'));
  else {
    const cells = rows.map(({ file, state, run, by, why }) => [
      visible(file),
      text(`work.${state}`),
      run,
      by,
      visible(why),
    ]);
    for (const one of tableLines(cells, columnsOf(stdout))) line(stdout, one);
    for (const until of new Set(rows.flatMap(({ pausedUntil }) => pausedUntil ?? [])))
      tell(stderr, pauseText(Date.parse(until), text));
  }
  return rows.some(({ state }) => state === 'stuck') ? exitCode.differs : exitCode.done;
}
