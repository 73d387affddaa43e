import { runFlowOf } from '../../activation/run-table.ts';
import { isCalled, sameId } from '../../activation/same-id.ts';
import type { Errand, ExportedRun } from '../../apply/journal/errands.ts';
import { type ListedFlow, listedFlow } from '../../flow-service/flows.ts';
import type { Connected } from '../connect/open-client.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, line, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { exportedId } from '../flow/exportable.ts';
import { tellFollowing } from '../flow/tell-following.ts';
import { interruptions, tellNotKept, waitingLine } from './apply-run.ts';
import { performErrand } from './perform-run.ts';
import { runsOn } from './run-journal.ts';

/** An export of one or several dataflows, and how it is told. */
interface ExportRun {
  readonly errand: Extract<Errand, { kind: 'export' }>;
  /** Of this id; one that has a journal goes on where that ends. */
  readonly run: string;
  readonly connected: Connected;
  readonly streams: Streams;
  readonly isJson: boolean;
  readonly isFollowed: boolean;
  /** Its dataflows; those that are gone have no names. */
  readonly flows: readonly ListedFlow[];
  /** Runs that were under way when it was asked for: they are followed too. */
  readonly alreadyRunning: readonly string[];
  /** What is not exported, and why, for programs. */
  readonly left: readonly { readonly flowId: string; readonly segment: string }[];
  readonly begun: () => void;
}

/**
 * Exports at once, with its journal, tells what was taken, and follows it where that is wanted.
 *
 * @returns the exit code: 0 asked for; followed: good 0, failed 6, not ended 7; interrupted 130
 * @throws FlowServiceError, ExportDoubtError, JournalError
 */
export async function exportAndTell(one: ExportRun): Promise<number> {
  const { errand, run, connected, streams, isJson, isFollowed, begun } = one;
  const { text, stderr, env, glyphs } = streams;
  const note = (said: string): void => tell(stderr, `${glyphs.warning} ${said}`);
  if (errand.flows.length === 0) {
    if (isJson) begun();
    tellTaken(one, [], true);
    return isFollowed ? follow(one, []) : exitCode.done;
  }
  const runs = runsOn(connected, env);
  const { stop, abort, release } = interruptions(streams);
  const holding = { connected, restriction: streams.restriction, runs, env, stop, abort };
  const { result, failure, kept } = await performErrand({ errand, run, ...holding }, (event) => {
    const said = waitingLine(event, text);
    if (said !== undefined) tell(stderr, `${glyphs.ellipsis} ${said}`);
  }).finally(release);
  const known = await runs.read(run);
  const taken = [...(known?.exported?.values() ?? [])].flatMap((job) => job.runs);
  const started = taken.filter(({ isEarlier }) => isEarlier !== true);
  tellNotKept(kept.notKept, streams);
  const isDone = result.outcome === 'verified';
  if (taken.length > 0 || isDone) {
    if (isJson) begun();
    tellTaken(one, taken, isDone);
  }
  if (!isDone) {
    const of = errand.flows.reduce((sum, { segments }) => sum + segments.length, 0);
    if (started.length > 0) note(text('export.some', { count: started.length, of }));
    const isOpen = known !== undefined && known.outcome === undefined;
    if (isOpen && !connected.isEmulator) tell(stderr, text('command.resumeOnly', { run }));
    if (failure !== undefined) throw failure;
    return exitCode.interrupted;
  }
  for (const { runId = '', isEarlier } of taken)
    if (isEarlier === true && runId !== '') note(text('export.began', { run: runId }));
  return isFollowed ? follow(one, taken) : exitCode.done;
}

function follow(one: ExportRun, taken: readonly ExportedRun[]): Promise<number> {
  const { connected, streams, flows, isJson } = one;
  const awaited = [...taken.flatMap(({ runId }) => runId ?? []), ...one.alreadyRunning];
  return tellFollowing({
    client: connected.client,
    scene: connected.scene,
    streams,
    flows: flows.map(runFlowOf),
    // What the answer did not name is known by its segment.
    filter: awaited.length > 0 ? {} : { segments: taken.map(({ segmentId }) => segmentId) },
    isJson,
    hasEnd: true,
    awaited: awaited.length > 0 ? awaited : undefined,
  });
}

function tellTaken(one: ExportRun, taken: readonly ExportedRun[], isDone: boolean): void {
  const { flows, run, streams, isJson, isFollowed, left } = one;
  const { text, stdout } = streams;
  for (const { id, name } of flows) {
    const own = taken.filter(({ flowId }) => sameId(flowId, id));
    const started = own.filter(({ isEarlier }) => isEarlier !== true);
    if (isJson) {
      const asRows = (list: readonly ExportedRun[]) =>
        list.map(({ segmentId, runId }) => ({ segment: segmentId, run: runId }));
      json(stdout, {
        kind: 'asked',
        run,
        flow: { id, name },
        started: asRows(started),
        running: asRows(own.filter((each) => !started.includes(each))),
        left: left.filter(({ flowId }) => flowId === id).map((each) => ({ ...each, flowId: undefined })),
        ...(isDone ? {} : { isUnfinished: true }),
      });
      continue;
    }
    if (started.length > 0) tell(stdout, text('export.taken', { name, id, count: started.length }));
    if (isFollowed) continue;
    for (const { segmentId, runId } of started)
      line(stdout, `  ${nameIn(flows, id, segmentId)}  ${runId ?? ''}`.trimEnd());
    if (started.length > 0) tell(stdout, text('export.look', { id }));
  }
}

function nameIn(flows: readonly ListedFlow[], flowId: string, segmentId: string): string {
  const flow = flows.find((one) => isCalled({ id: one.id }, flowId));
  return flow?.segments.find((one) => isCalled({ id: exportedId(one) }, segmentId))?.name ?? segmentId;
}

/** Goes on with an export that was broken off: what was taken is followed, and not asked for again. */
export async function resumeExport(
  one: Pick<ExportRun, 'errand' | 'run' | 'connected' | 'streams' | 'isJson' | 'begun'>,
): Promise<number> {
  const { client } = one.connected;
  const flows = await Promise.all(
    one.errand.flows.map(async ({ flowId }) => listedFlow.parse((await client.getFlow(flowId)).raw)),
  );
  return exportAndTell({ ...one, flows, alreadyRunning: [], left: [], isFollowed: true });
}
