import path from 'node:path';
import type { Plan } from '../../activation/plan/plan.ts';
import type { ResolvedParams } from '../../activation/requests.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { explain } from '../../locale/explain.ts';
import type { Text } from '../../locale/texts.ts';
import { changedText } from '../../pages/ending/apply-text.ts';
import { interruptions, tellNotKept, tenths, waitingLine } from './apply-run.ts';
import type { Flags } from '../console/arguments.ts';
import { canAsk } from '../console/ask.ts';
import { confirmIn } from '../console/confirm-in.ts';
import { connect } from '../connect/connect.ts';
import type { Connected } from '../connect/open-client.ts';
import { exitCode, exitCodeOf } from '../console/exit-codes.ts';
import { convergeWith } from './approve-change.ts';
import { isSameExport } from '../../apply/check/doubles.ts';
import { sameId } from '../../activation/same-id.ts';
import { bindingTo, type Once, onceOnly, requireMeant } from './once-only.ts';
import { performRun } from './perform-run.ts';
import { readPlanFile } from '../plan/read-plan.ts';
import { plansIn } from '../plan/plans-in.ts';
import { isStop, saidBy, type Sentence, Stop } from '../console/stop.ts';
import { secretsOf } from '../plan/resolve-secrets.ts';
import { withStop } from '../console/with-stop.ts';
import { visible } from '../console/visible.ts';
import { newRun, runsOn } from './run-journal.ts';
import { json, line, type Streams } from '../console/streams.ts';
import { tableLines } from '../console/table-text.ts';
import { columnsOf, tell } from '../console/wrap-said.ts';

/** Plans that are applied at once; each has its own calls side by side. */
const atOnce = 3;

/** A plan that is to be applied, and with what. */
export interface Job extends Once {
  file: string;
  connected: Connected;
  authParams: ResolvedParams;
  /** To be gone on with, where it has begun. @default a new one */
  run?: string;
  /** Told what it failed of. */
  onFailure?: (error: unknown) => void;
}

/** What came of one. */
export interface Done {
  file: string;
  /** `notBegun`: another one failed, and that was to stop everything. */
  outcome: Extract<ApplyEvent, { kind: 'result' }>['outcome'] | 'notBegun';
  run?: string;
  flowId?: string;
  exitCode: number;
  why?: string;
  changes?: Extract<ApplyEvent, { kind: 'result' }>['changes'];
  ms: number;
}

/**
 * Applies every plan of a folder: all of them are read, and all secrets found, before anything is written.
 * One journal each; one that fails does not stop the others unless `--fail-fast` says so.
 *
 * @returns 0 when all are verified, otherwise the exit code of the first that is not.
 */
export async function applyFolder(folder: string, flags: Flags, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  const { plans, code } = await readPlans(folder, 'apply', flags, streams, isJson);
  if (code !== exitCode.done) return code;
  requireEachOnce(plans, flags);
  const connections = new Map<string, Promise<Connected>>();
  const { stop, abort, release } = interruptions(streams);
  try {
    const jobs = await prepare(plans, connections, flags, streams);
    const values = { count: jobs.length, folder };
    const isSure = await confirmIn(
      [...new Set(jobs.map(({ connected }) => connected))],
      streams.text('command.confirmMany', values),
      (text) => text('command.needsYesMany', values),
      flags,
      streams,
    );
    if (!isSure) return exitCode.interrupted;
    const failFast = new AbortController();
    const stopped = AbortSignal.any([stop, failFast.signal]);
    const done = new Map<string, Done>();
    const waiting = [...jobs];
    const workers = Array.from({ length: Math.min(atOnce, jobs.length) }, async () => {
      for (let job = waiting.shift(); job; job = waiting.shift()) {
        const one = stopped.aborted
          ? { file: job.file, outcome: 'notBegun' as const, exitCode: exitCode.interrupted, ms: 0 }
          : await applyOne(job, flags, stopped, abort, streams, isJson);
        done.set(job.file, one);
        tellDone(one, done.size, jobs.length, streams, isJson);
        if (one.exitCode !== exitCode.done && flags['fail-fast'] === true) failFast.abort();
      }
    });
    await Promise.all(workers);
    const all = jobs.flatMap(({ file }) => done.get(file) ?? []);
    if (isJson) json(streams.stdout, { kind: 'summary', plans: all });
    else tellSummary(all, streams);
    if (stop.aborted) return exitCode.interrupted;
    // A plan that another's failure stopped is not what went wrong.
    const bad = all.map((one) => one.exitCode).filter((code) => code !== exitCode.done);
    return bad.find((code) => code !== exitCode.interrupted) ?? bad[0] ?? exitCode.done;
  } finally {
    release();
    for (const connected of connections.values())
      await connected.then((one) => one.close()).catch(() => undefined);
  }
}

/** Every plan of a folder. One that cannot be read, for whatever reason, does not keep the others from being judged. */
export async function readPlans(
  folder: string,
  command: string,
  flags: Flags,
  streams: Streams,
  isJson: boolean,
): Promise<{ plans: readonly { file: string; plan: Plan }[]; code: number }> {
  let code: number = exitCode.done;
  const plans: { file: string; plan: Plan }[] = [];
  for (const file of await plansIn(folder)) {
    const found = await withStop(streams, isJson, async () => {
      const plan = await readPlanFile(file, command, streams, isJson);
      if (!plan) return exitCode.usage;
      requireMeant(file, plan, flags);
      plans.push({ file, plan: flags.sandbox === undefined ? plan : { ...plan, sandbox: flags.sandbox } });
      return exitCode.done;
    }).catch(async (error: unknown) => {
      line(streams.stderr, `${streams.glyphs.cross} ${file}`);
      const { reportCrash } = await import('../console/crash.ts');
      await reportCrash(error, streams, isJson);
      return exitCode.bug;
    });
    if (code === exitCode.done) code = found;
  }
  return { plans, code };
}

/** Two plans of one dataflow would make it twice, or change it against each other. @throws Stop (2) */
export function requireEachOnce(plans: readonly { file: string; plan: Plan }[], flags: Flags): void {
  const twins = [...Map.groupBy(plans, ({ plan: { sandbox } }) => sandbox).values()].flatMap((some) =>
    some.flatMap((one, at) => {
      const first = some.slice(0, at).find(({ plan }) => isOneDataflow(plan, one.plan, flags));
      return first ? [{ file: one.file, first: first.file, name: one.plan.name }] : [];
    }),
  );
  if (twins.length > 0)
    throw new Stop(
      exitCode.usage,
      ...twins.map(
        (twin): Sentence =>
          (text) =>
            text('many.twins', twin),
      ),
    );
}

function isOneDataflow(one: Plan, other: Plan, { again }: Flags): boolean {
  if (one.flow !== undefined && other.flow !== undefined) return sameId(one.flow, other.flow);
  if (one.flow !== undefined || other.flow !== undefined || again === true) return false;
  return isSameExport(one, other) || isSameExport(other, one);
}

async function prepare(
  plans: readonly { file: string; plan: Plan }[],
  connections: Map<string, Promise<Connected>>,
  flags: Flags,
  streams: Streams,
): Promise<Job[]> {
  const secrets = await secretsOfAll(plans, flags, streams);
  const jobs: Job[] = [];
  for (const { file, plan: asked } of plans) {
    const { sandbox } = asked;
    // One client a sandbox: they share its limit of calls at once.
    const connecting = connections.get(sandbox) ?? connect({ flags, streams, planSandbox: sandbox });
    connections.set(sandbox, connecting);
    const connected = await connecting;
    const authParams = secrets.get(file) ?? {};
    const mayAsk = flags.yes === true || canAsk(flags, streams);
    const once = mayAsk ? await onceOnly({ file, plan: asked }, connected, flags, streams) : { plan: asked };
    if (!once) throw new Stop(exitCode.interrupted, (text) => text('command.notConfirmed'));
    jobs.push({ file, ...once, connected, authParams });
  }
  return jobs;
}

/** The secrets of every plan that makes something, by file. @throws Stop that names each file whose secrets are not there. */
async function secretsOfAll(
  plans: readonly { file: string; plan: Plan }[],
  flags: Flags,
  streams: Streams,
): Promise<ReadonlyMap<string, ResolvedParams>> {
  const found = new Map<string, ResolvedParams>();
  const lacking: Stop[] = [];
  for (const { file, plan } of plans) {
    if (plan.flow !== undefined) continue;
    try {
      found.set(file, await secretsOf(plan, flags, streams));
    } catch (error) {
      if (!isStop(error)) throw error;
      lacking.push(new Stop(error.exitCode, () => `${visible(file)}:`, ...error.sentences));
    }
  }
  const [first] = lacking;
  if (first) throw new Stop(first.exitCode, ...lacking.flatMap(({ sentences }) => sentences));
  return found;
}

/** Applies one of many, and tells of it by the name of its file. */
export async function applyOne(
  { file, plan, known, connected, authParams, run = newRun(), onFailure }: Job,
  flags: Flags,
  stop: AbortSignal,
  abort: AbortSignal,
  streams: Streams,
  isJson: boolean,
): Promise<Done> {
  const { env, text, glyphs } = streams;
  const startedMs = performance.now();
  const words = isJson ? streams.english : text;
  const told = (error: unknown): string => explain(words, error, connected.scene).what;
  try {
    const runs = runsOn(connected, env);
    const { restriction } = streams;
    const performing = {
      plan,
      known,
      authParams,
      connected,
      restriction,
      run,
      runs,
      onAway: (mostMs: number) =>
        tell(
          streams.stderr,
          `${glyphs.ellipsis} ${labelled(text, file, text('command.stateAway', { seconds: Math.ceil(mostMs / 1000) }))}`,
        ),
      env,
      text,
      glyphs,
      stop,
      abort,
    };
    // Asked for once, for all of them.
    const change = convergeWith(performing, { ...flags, yes: true, json: true }, streams);
    const binding =
      flags.bind === true && plan.flow === undefined ? bindingTo(file, plan, streams) : undefined;
    const { result, failure, kept } = await performRun({ ...performing, ...change, binding }, (event) => {
      if (isJson && event.kind !== 'failed') json(streams.stdout, { ...event, file, run });
      const waiting = isJson ? undefined : waitingLine(event, text);
      if (waiting !== undefined) line(streams.stderr, `${glyphs.ellipsis} ${labelled(text, file, waiting)}`);
    });
    if (failure !== undefined) onFailure?.(failure);
    tellNotKept(kept.notKept, streams);
    const code = {
      verified: result.isTwin === true ? exitCode.differs : exitCode.done,
      mismatch: exitCode.differs,
      interrupted: exitCode.interrupted,
      failed: exitCodeOf(failure),
    };
    return {
      file,
      outcome: result.outcome,
      ...(result.isUnsent === true ? {} : { run }),
      ...(result.flowId === undefined ? {} : { flowId: result.flowId }),
      exitCode: code[result.outcome],
      ...(failure === undefined
        ? {}
        : {
            why: [told(failure), ...(result.changes ? [changedText(result.changes, words)] : [])].join(' '),
          }),
      ...(result.changes && isJson ? { changes: result.changes } : {}),
      ms: performance.now() - startedMs,
    };
  } catch (error) {
    onFailure?.(error);
    return {
      file,
      outcome: 'failed',
      run,
      exitCode: isStop(error) ? error.exitCode : exitCodeOf(error),
      why: isStop(error) ? saidBy(error, words) : told(error),
      ms: performance.now() - startedMs,
    };
  }
}

const labelled = (text: Text, file: string, value: string): string =>
  text('text.labelled', { label: visible(path.basename(file)), value });

export function tellDone(
  one: Done,
  count: number,
  total: number,
  { stdout, stderr, text, glyphs }: Streams,
  isJson: boolean,
): void {
  if (isJson) {
    json(stdout, { kind: 'done', ...one });
    return;
  }
  const cells = 20;
  const full = Math.round((count / total) * cells);
  const bar = `${glyphs.barFull.repeat(full)}${glyphs.barEmpty.repeat(cells - full)}`;
  tell(stderr, `${bar} ${count}/${total}  ${labelled(text, one.file, text(`many.${one.outcome}`))}`);
}

/** @param total - How many there are, where some have not ended. */
export function tellSummary(
  all: readonly Done[],
  { stdout, text, glyphs }: Streams,
  total = all.length,
): void {
  const rows = all.map((one) => [
    one.outcome === 'verified' ? glyphs.check : one.outcome === 'notBegun' ? glyphs.dot : glyphs.cross,
    path.basename(one.file),
    text(`many.${one.outcome}`),
    one.run ?? '',
    one.flowId ?? '',
    text('apply.seconds', { seconds: tenths(one.ms) }),
    visible(one.why ?? ''),
  ]);
  line(stdout);
  for (const row of tableLines(rows, columnsOf(stdout))) line(stdout, row);
  const verified = all.filter((one) => one.outcome === 'verified').length;
  tell(stdout, text('many.verifiedOf', { verified, total }));
}
