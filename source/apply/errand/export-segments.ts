import { sameId } from '../../activation/same-id.ts';
import { mostAtOnce, runUnderWay, type Started } from '../../flow-service/ad-hoc.ts';
import { orWithout } from '../../flow-service/errors.ts';
import type { Run } from '../../flow-service/runs.ts';
import { inChunks } from '../../ground/in-chunks.ts';
import type { AskedJob, Errand, ExportedRun, ExportPair } from '../journal/errands.ts';
import {
  doubtLeftMs,
  isPlainNo,
  isProvenUndone,
  isTriedAgain,
  saysWhen,
  noteFailure,
  triedOf,
  untilNextTry,
} from '../once/doubt.ts';
import { lookUntil } from '../once/look-until.ts';
import type { Working } from '../steps.ts';
import { Stopped } from '../stopped.ts';

/** How long a run may not be listed that was asked for, milliseconds. @see living.md, R14 */
const usualListedMs = 300_000;
/** How much earlier than it was asked for a run may seem to be made, milliseconds: two clocks tell of it. */
const mostAheadMs = 60_000;
/** Between two looks at most, milliseconds. */
const mostPauseMs = 5000;

/** An export was asked for, and nobody knows whether it was taken: no run of it was seen. It is never asked for twice. */
export class ExportDoubtError extends Error {
  override readonly name = 'ExportDoubtError';
  readonly kind = 'exportDoubt';
  readonly id: string;
  constructor(flowId: string) {
    super(`${flowId}: an export was asked for, and no run of it was seen`);
    this.id = flowId;
  }
}

type ExportErrand = Extract<Errand, { kind: 'export' }>;

/** What goes in each call: as many segments as may, of one dataflow after the other. @see manage.md, section 6 */
export const exportJobs = (flows: ExportErrand['flows']): ExportPair[][] =>
  inChunks(
    flows.flatMap(({ flowId, segments }) => segments.map((segmentId) => ({ flowId, segmentId }))),
    mostAtOnce,
  );

/** Segments by their dataflows, as they are sent. */
export const asWanted = (pairs: readonly ExportPair[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(pairs, ({ flowId }) => flowId)].map(([flowId, own]) => [
      flowId,
      own.map(({ segmentId }) => segmentId),
    ]),
  );

/**
 * Exports segments at once, job after job. A segment that is being exported by then is left out, and its run noted. A
 * job of which nobody knows whether it was taken is looked for by its runs, and never sent again, in this attempt or a
 * later one: two exports are two files.
 *
 * @throws FlowServiceError, ExportDoubtError, JournalError, Stopped
 * @see flow-service.md, section 2.12; manage.md, section 6
 */
export async function exportSegments(working: Working, errand: ExportErrand): Promise<void> {
  const { step, journal, earlier } = working;
  for (const [job, wanted] of exportJobs(errand.flows).entries()) {
    if (earlier?.exported?.has(job) === true) continue;
    const asked = earlier?.doubts.export === undefined ? undefined : earlier.askedJob;
    await step('export', async () => {
      if (asked?.job !== job) return sendJob(working, job, wanted);
      const { clock, doubtMs = usualListedMs } = working;
      const untilMs = clock() + doubtLeftMs(earlier?.doubts.export, doubtMs);
      if (!(await comesIn(working, asked, untilMs))) throw await unseen(working, asked);
    });
  }
  await journal.note({ kind: 'ended', outcome: 'verified' });
}

async function sendJob(working: Working, job: number, wanted: readonly ExportPair[]): Promise<void> {
  const { client, journal, checkpoint, abort, clock, doubtMs = usualListedMs, retryBaseMs } = working;
  const running: ExportedRun[] = [];
  let left = wanted;
  for (let attempt = 1; left.length > 0; attempt++) {
    if (!working.mayGoOn()) throw new Stopped();
    const asked: AskedJob = { job, atMs: client.clock().nowMs, of: left };
    await journal.note({ kind: 'intent', step: 'export', asked });
    await checkpoint?.('intended', 'export');
    try {
      const answering = client.exportNow(asWanted(left), { signal: abort });
      void checkpoint?.('sent', 'export');
      const runs = await answering;
      await checkpoint?.('answered', 'export');
      await journal.note({ kind: 'exported', job, runs: [...running, ...runs] });
      return;
    } catch (thrown) {
      const error = await noteFailure(thrown, { step: 'export', journal });
      const failedMs = clock();
      const open = runUnderWay(error);
      const others = left.filter((one) => !open || !isOf(open, one));
      if (open && others.length < left.length) {
        running.push({ ...open, isEarlier: true });
        left = others;
        continue;
      }
      if (!isProvenUndone(error)) {
        // Of a plain no a look is enough: a person has to do something first.
        const isNo = isPlainNo(error);
        if (await comesIn(working, asked, isNo ? failedMs : failedMs + doubtMs, { error, attempt })) return;
        if (isNo) throw error;
        if (!saysWhen(error)) throw await unseen(working, asked);
      }
      if (!isTriedAgain(error, attempt, retryBaseMs)) throw error;
      await untilNextTry(error, attempt, failedMs, { ...working, step: 'export' });
      // Who stands between may say no to what it has sent on.
      if (await comesIn(working, asked, clock())) return;
    }
  }
  await journal.note({ kind: 'exported', job, runs: running });
}

const isOf = (run: Pick<Started, 'flowId' | 'segmentId'>, one: ExportPair): boolean =>
  sameId(run.flowId, one.flowId) && sameId(run.segmentId, one.segmentId);

/**
 * Looks until a run shows that a job has made, and once more when none may come any more. A run that does not say of
 * what it is counts: one that waits does not.
 */
async function comesIn(
  working: Working,
  { job, atMs, of }: AskedJob,
  untilMs: number,
  tried?: Parameters<typeof triedOf>[0],
): Promise<boolean> {
  const { client, clock, stop, abort, tell, journal } = working;
  const flowIds = [...new Set(of.map(({ flowId }) => flowId))];
  const onWait = (mostMs: number): void =>
    tell({ kind: 'waiting', step: 'export', about: 'doubt', mostMs, ...triedOf(tried) });
  const runs = await lookUntil({ untilMs, clock, onWait, stop, mostPauseMs }, fresh);
  if (runs) await journal.note({ kind: 'exported', job, runs, isFound: true });
  else if (stop?.aborted === true) throw new Stopped();
  return runs !== undefined;

  /** A reading that fails has seen nothing. */
  async function fresh(): Promise<ExportedRun[] | undefined> {
    const sinceMs = atMs - mostAheadMs;
    const read = await client
      .readRuns({ flowIds, sinceMs, leadMs: 0 }, { signal: abort })
      .catch(orWithout(undefined));
    const made = read?.runs.flatMap(madeBy) ?? [];
    return made.length > 0 ? made : undefined;
  }

  function madeBy({ id, flowId = '', segments }: Run): ExportedRun[] {
    const own = of.filter((one) => sameId(one.flowId, flowId));
    const said = own.filter((one) => segments.some((segment) => sameId(segment.id, one.segmentId)));
    const [only] = own;
    if (segments.length === 0 && only) return [{ ...only, runId: id }];
    return said.map((one) => ({ ...one, runId: id }));
  }
}

/** Nothing was seen: where all that there is was read, there is nothing left to be finished. */
async function unseen(
  { client, journal, abort }: Working,
  { atMs, of }: AskedJob,
): Promise<ExportDoubtError> {
  const flowIds = [...new Set(of.map(({ flowId }) => flowId))];
  const sinceMs = atMs - mostAheadMs;
  const { lacks } = await client.readRuns({ flowIds, sinceMs, leadMs: 0 }, { signal: abort });
  if (lacks.length === 0) await journal.note({ kind: 'ended', outcome: 'mismatch' });
  return new ExportDoubtError(flowIds[0] ?? '');
}
