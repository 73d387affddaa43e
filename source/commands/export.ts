import { type Exportable, type NotNow, whyNotNow } from '../activation/export-now.ts';
import { runFlowOf } from '../activation/run-table.ts';
import { isCalled, sameId } from '../activation/same-id.ts';
import { exportBody, mostAtOnce, runUnderWay, type Started } from '../flow-service/ad-hoc.ts';
import { isFlowServiceError, ReadOnlyError } from '../flow-service/errors.ts';
import { listedFlow, type ListedFlow } from '../flow-service/flows.ts';
import { inChunks } from '../ground/in-chunks.ts';
import type { Text } from '../locale/texts.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { exitCode } from './console/exit-codes.ts';
import { requireRight } from './console/rights.ts';
import { Stop } from './console/stop.ts';
import { json, line, type Streams } from './console/streams.ts';
import { withStop } from './console/with-stop.ts';
import { findFlow, namedFlow } from './flow/find-flow.ts';
import { tellFollowing } from './flow/tell-following.ts';
import { audit } from './runs/record-run.ts';
import { type Here, momentHere } from './console/times.ts';
import { tell } from './console/wrap-said.ts';
import { isoText, localZone } from './console/here.ts';

/** Runs that are under way began since then. @see manage.md, section 5.4 */
const backMs = 24 * 3_600_000;

/** Until a new audience has been evaluated for sure, milliseconds. @see manage.md, section 6 */
const evaluatedMs = 24 * 3_600_000;
/** Audiences that are looked at, one call each. */
const mostLookedAt = 20;

interface Asked {
  readonly segment: { readonly id: string; readonly name: string };
  readonly why: NotNow | undefined;
}

/** `ferry export FLOW`: exports segments of a dataflow at once. @see cli.md; manage.md, section 6 */
export function runExport({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter, begun) => {
    requireRight('export', streams.restriction);
    const named = namedFlow(rest[0], 'ferry export FLOW');
    return withConnected({ flags, streams }, enter, async (connected) => {
      const flow = listedFlow.parse((await findFlow(named, 'exact', connected)).raw);
      const asked = await chosen(flow, connected, flags, streams);
      const ready = asked.filter(({ why }) => why === undefined);
      const jobs = inChunks(
        ready.map(({ segment }) => segment.id),
        mostAtOnce,
      );
      if (flags['dry-run'] === true) {
        for (const ids of jobs) json(streams.stdout, exportBody(new Map([[flow.id, ids]])), 2);
        return exitCode.done;
      }
      if (ready.length > 0 && !(await isSure(flow, ready.length, connected, flags, streams)))
        return exitCode.interrupted;
      const sent = await send(flow, jobs, connected, flags, streams);
      begun();
      tellSent(flow, asked, sent, flags, streams);
      if (flags.follow !== true) return exitCode.done;
      const { started, began } = sent;
      const running = asked.flatMap(({ why }) => (why?.kind === 'running' ? why.runId : []));
      const awaited = [...started.flatMap(({ runId }) => runId ?? []), ...running, ...began];
      return tellFollowing({
        client: connected.client,
        scene: connected.scene,
        streams,
        flows: [runFlowOf(flow)],
        // What the answer did not name is known by its segment.
        filter: awaited.length > 0 ? {} : { segments: started.map(({ segmentId }) => segmentId) },
        isJson: flags.json === true,
        hasEnd: true,
        awaited: awaited.length > 0 ? awaited : undefined,
      });
    });
  });
}

const noteTo =
  ({ stderr, glyphs }: Streams) =>
  (said: string): void =>
    tell(stderr, `${glyphs.warning} ${said}`);

/** Those that are meant, with why some of them cannot be exported now. @throws Stop (2) where nothing is to be done */
async function chosen(
  flow: ListedFlow,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<readonly Asked[]> {
  const { text } = streams;
  const note = noteTo(streams);
  const { asked, isUnsure } = await lookedAt(flow, flags.segment, connected);
  const here = { nowMs: connected.client.clock().nowMs, zone: localZone() };
  if (isUnsure) note(text('export.runsUnread'));
  for (const name of await young(flow, asked, connected)) note(text('export.young', { segment: name }));
  const told = asked.flatMap(({ segment, why }) =>
    why === undefined
      ? []
      : [(say: Text) => say('export.left', { segment: segment.name, why: whyText(why, say, here) })],
  );
  const isReady = asked.some(({ why }) => why === undefined);
  const isRunning = asked.some(({ why }) => why?.kind === 'running');
  const isRefused = asked.some(({ why }) => why !== undefined && why.kind !== 'running');
  const hasNothing = !isReady && (flags.follow !== true || !isRunning);
  if (hasNothing || (flags.segment !== undefined && isRefused))
    throw new Stop(exitCode.usage, (say) => say('export.cannot', { name: flow.name }), ...told);
  for (const one of told) note(one(text));
  return asked;
}

/** Asks whoever is there. @throws Stop (3) where nobody is; ReadOnlyError */
function isSure(
  { id, name }: ListedFlow,
  count: number,
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  if (flags['read-only'] === true) throw new ReadOnlyError({ method: 'POST', path: '/adhocrun' });
  const values = { name, id, count, ...connected.scene };
  const question = streams.text('export.confirm', values);
  return confirmIn([connected], question, (say) => say('export.needsYes', values), flags, streams);
}

/** What was sent. */
interface Sent {
  readonly started: readonly Started[];
  /** Runs that somebody else began since it was looked at: they are followed instead. */
  readonly began: readonly string[];
}

/** One job after the other, each noted before and after. @throws FlowServiceError */
async function send(
  { id }: ListedFlow,
  jobs: readonly (readonly string[])[],
  { client }: Connected,
  { follow }: Flags,
  streams: Streams,
): Promise<Sent> {
  const { text, env } = streams;
  const note = noteTo(streams);
  const started: Started[] = [];
  const began: string[] = [];
  for (const ids of jobs) {
    const act = { act: 'export', flow: id, segments: ids };
    await audit(env, { ...act, outcome: 'asked' });
    try {
      started.push(...(await client.exportNow(new Map([[id, ids]]))));
      await audit(env, { ...act, outcome: 'taken' });
    } catch (error) {
      const run = runUnderWay(error);
      await audit(env, { ...act, outcome: 'failed', why: kindOf(error) });
      const of = jobs.flat().length;
      if (started.length > 0) note(text('export.some', { count: started.length, of }));
      if (run === undefined || follow !== true) throw error;
      note(text('export.began', { run }));
      began.push(run);
    }
  }
  return { started, began };
}

function tellSent(
  flow: ListedFlow,
  asked: readonly Asked[],
  { started }: Sent,
  flags: Flags,
  { text, stdout }: Streams,
): void {
  const { id, name } = flow;
  if (flags.json === true) {
    json(stdout, {
      kind: 'asked',
      flow: { id, name },
      started: started.map(({ segmentId, runId }) => ({ segment: segmentId, run: runId })),
      left: asked.flatMap(({ segment, why }) => (why ? [{ segment: segment.id, ...whyJson(why) }] : [])),
    });
    return;
  }
  if (started.length > 0) tell(stdout, text('export.taken', { name, id, count: started.length }));
  if (flags.follow === true) return;
  for (const { segmentId, runId } of started)
    line(stdout, `  ${nameIn(flow, segmentId)}  ${runId ?? ''}`.trimEnd());
  tell(stdout, text('export.look', { id }));
}

/** What is to be exported, and why some of it cannot be now. */
async function lookedAt(
  flow: ListedFlow,
  wanted: readonly string[] | undefined,
  { client }: Connected,
): Promise<{ asked: Asked[]; isUnsure: boolean }> {
  const sinceMs = client.clock().nowMs - backMs;
  const { runs, lacks } = await client.readRuns({ flowIds: [flow.id], sinceMs });
  const open = runs.filter(({ isUnderWay }) => isUnderWay);
  const mapped = flow.segments.map(exportable);
  const asked = wanted?.map((given) => ({ given, segment: mapped.find((one) => isCalled(one, given)) }));
  const list: readonly { given: string; segment: Exportable | undefined }[] =
    asked ?? mapped.map((segment) => ({ given: segment.id, segment }));
  const { nowMs } = client.clock();
  return {
    isUnsure: lacks.length > 0,
    asked: [...new Map(list.map((one) => [one.segment?.id ?? one.given, one])).values()].map(
      ({ given, segment }): Asked => ({
        segment: { id: segment?.id ?? given, name: segment?.name ?? given },
        why: whyNotNow(flow.state, segment, open, nowMs),
      }),
    ),
  };
}

/**
 * Segments whose audience is so new that it may not have been evaluated: the platform then exports nothing. One that was
 * mapped long ago has been.
 */
async function young(
  { segments }: ListedFlow,
  asked: readonly Asked[],
  { client }: Connected,
): Promise<string[]> {
  const { nowMs } = client.clock();
  const recent = segments
    .map(exportable)
    .filter(({ mappedMs = 0 }) => nowMs - mappedMs < evaluatedMs)
    .flatMap(({ id }) => asked.find(({ segment, why }) => !why && sameId(segment.id, id))?.segment ?? [])
    .slice(0, mostLookedAt);
  const found = await Promise.all(
    recent.map(async ({ id, name }) => {
      const found = await client.getSegment(id).catch((error: unknown) => {
        // Only a warning hangs on it.
        if (!isFlowServiceError(error) || error.kind === 'cancelled') throw error;
        return undefined;
      });
      return nowMs - (found?.createdAtMs ?? 0) < evaluatedMs ? [name] : [];
    }),
  );
  return found.flat();
}

const exportable = ({
  id,
  systemId,
  name,
  schedule,
  createdMs,
}: ListedFlow['segments'][number]): Exportable => ({
  id: systemId ?? id,
  name,
  frequency: schedule?.frequency,
  startDate: schedule?.startDate,
  endDate: schedule?.endDate,
  mappedMs: createdMs,
});

const nameIn = (flow: ListedFlow, id: string): string =>
  flow.segments.map(exportable).find((one) => sameId(one.id, id))?.name ?? id;

function whyText(why: NotNow, text: Text, here: Here): string {
  if (why.kind === 'running') return text('export.why.running', { run: why.runId });
  return 'fromMs' in why
    ? text(`export.why.${why.kind}`, { at: momentHere(text, why.fromMs, here) })
    : text(`export.why.${why.kind}`);
}

const whyJson = (why: NotNow) => ({
  why: why.kind,
  ...('fromMs' in why ? { possibleAt: isoText(why.fromMs) } : {}),
  ...('runId' in why ? { run: why.runId } : {}),
});

const kindOf = (error: unknown): string => (isFlowServiceError(error) ? error.kind : 'unexpected');
