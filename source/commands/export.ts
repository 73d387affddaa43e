import type { NotNow } from '../activation/export-now.ts';
import { asWanted, exportJobs } from '../apply/errand/export-segments.ts';
import type { ExportOf } from '../apply/journal/errands.ts';
import { exportBody } from '../flow-service/ad-hoc.ts';
import { ReadOnlyError } from '../flow-service/errors.ts';
import { listedFlow, type ListedFlow } from '../flow-service/flows.ts';
import { listText, type Text } from '../locale/texts.ts';
import { withConnected } from './connect/connect.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { confirmIn } from './console/confirm-in.ts';
import { exitCode } from './console/exit-codes.ts';
import { localZone } from './console/here.ts';
import { requireRight } from './console/rights.ts';
import { type Sentence, Stop } from './console/stop.ts';
import { json, type Streams } from './console/streams.ts';
import { type Here, momentHere } from '../pages/watch/times.ts';
import { withStop } from './console/with-stop.ts';
import { tell } from './console/wrap-said.ts';
import { type AskedSegment, lookedAt, stillMapped, youngAmong } from './flow/exportable.ts';
import { findFlow, namedFlow } from './flow/find-flow.ts';
import { passes, untilPossible, whyJson } from './flow/until-possible.ts';
import { whichSegments } from './flow/which-segments.ts';
import { exportAndTell } from './runs/export-run.ts';
import { newRun } from './runs/run-journal.ts';

/** `ferry export FLOW…`: exports segments of dataflows at once. @see cli.md; manage.md, section 6 */
export function runExport({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter, begun) => {
    requireRight('export', streams.restriction);
    namedFlow(rest[0], 'ferry export FLOW');
    return withConnected({ flags, streams }, enter, async (connected) =>
      exportIn(connected, await found(rest, connected), flags, streams, begun),
    );
  });
}

/**
 * Exports at once what of some dataflows can be exported; what cannot is told, with the moment from which on it can.
 *
 * @param begun - Called once something was said to programs.
 * @returns the exit code
 * @throws Stop (2) where nothing can be exported; Stop (3), ReadOnlyError, FlowServiceError, JournalError
 */
async function exportIn(
  connected: Connected,
  flows: readonly ListedFlow[],
  flags: Flags,
  streams: Streams,
  begun: () => void = () => undefined,
): Promise<number> {
  const isJson = flags.json === true;
  let asked = await chosen(flows, connected, flags, streams);
  if (flags['dry-run'] === true) {
    for (const job of exportJobs(errandOf(asked).flows)) json(streams.stdout, exportBody(asWanted(job)), 2);
    return exitCode.done;
  }
  const isToAsk = asked.some(({ why }) => !why || isWaitedFor(why, flags));
  if (isToAsk && !(await isSure(asked, connected, flags, streams))) return exitCode.interrupted;
  if (flags['when-possible'] === true) {
    const waited = await untilPossible({
      client: connected.client,
      look: async () => (await lookedAt(flows, flags.segment, connected.client)).asked,
      asked,
      streams,
      isJson,
      begun,
      whyText: (why) => whyText(why, streams.text, hereOf(connected)),
    });
    if (!waited) return exitCode.interrupted;
    asked = waited;
  }
  if (flags.yes !== true || flags['when-possible'] === true)
    asked = await withoutGone(asked, flows, connected, streams);
  return exportAndTell({
    errand: errandOf(asked),
    run: newRun(),
    connected,
    streams,
    isJson,
    isFollowed: flags.follow === true,
    flows,
    alreadyRunning: asked.flatMap(({ why }) => (why?.kind === 'running' ? why.runId : [])),
    left: asked.flatMap(({ flow, segment, why }) =>
      why ? [{ flowId: flow.id, segment: segment.id, ...whyJson(why) }] : [],
    ),
    begun,
  });
}

const hereOf = ({ client }: Connected): Here => ({ nowMs: client.clock().nowMs, zone: localZone() });

/**
 * The same for one dataflow, where somebody is there: they are asked which of its segments, and those that cannot be
 * exported now are named with why.
 *
 * @throws as `exportIn`; Stop (130)
 */
export async function exportSomeIn(
  connected: Connected,
  flow: ListedFlow,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const { asked } = await lookedAt([flow], undefined, connected.client);
  const here = hereOf(connected);
  const segment = await whichSegments(asked, ({ why }) => why && whyText(why, streams.text, here), streams);
  return exportIn(
    connected,
    [flow],
    segment === undefined ? flags : { ...flags, segment: [...segment] },
    streams,
  );
}

/** Each of them once. @throws Stop (2) for what is none, or several; FlowMissingError; FlowServiceError */
async function found(names: readonly string[], connected: Connected): Promise<ListedFlow[]> {
  const flows = new Map<string, ListedFlow>();
  for (const name of names) {
    const flow = listedFlow.parse((await findFlow(name, 'exact', connected)).raw);
    flows.set(flow.id.toLowerCase(), flow);
  }
  return [...flows.values()];
}

/** What can be exported of what was asked for. */
function errandOf(asked: readonly AskedSegment[]): { kind: 'export'; name: string; flows: ExportOf[] } {
  const ready = asked.filter(({ why }) => why === undefined);
  const flows = [...Map.groupBy(ready, ({ flow }) => flow)].map(([flow, own]) => ({
    flowId: flow.id,
    name: flow.name,
    segments: own.map(({ segment }) => segment.id),
  }));
  return { kind: 'export', name: flows.map(({ name }) => name).join(' + '), flows };
}

/** Whether it will be possible without anybody doing anything. */
const isWaitedFor = (why: NotNow, flags: Flags): boolean => flags['when-possible'] === true && passes(why);

/** Those that are meant, with why some of them cannot be exported now. @throws Stop (2) where nothing is to be done */
async function chosen(
  flows: readonly ListedFlow[],
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<readonly AskedSegment[]> {
  const { text, stderr, glyphs } = streams;
  const note = (said: string): void => tell(stderr, `${glyphs.warning} ${said}`);
  const { asked, isUnsure } = await lookedAt(flows, flags.segment, connected.client);
  if (isUnsure) note(text('export.runsUnread'));
  for (const name of await youngAmong(asked, connected.client)) note(text('export.young', { segment: name }));
  const here = hereOf(connected);
  const told = asked.flatMap(({ segment, why }) =>
    why === undefined ? [] : [leftText(segment.name, why, here)],
  );
  const isReady = asked.some(({ why }) => why === undefined || isWaitedFor(why, flags));
  const isRunning = asked.some(({ why }) => why?.kind === 'running');
  const isRefused = asked.some(({ why }) => why && why.kind !== 'running' && !isWaitedFor(why, flags));
  const hasNothing = !isReady && (flags.follow !== true || !isRunning);
  if (hasNothing || (flags.segment !== undefined && isRefused)) throw cannot(flows, told);
  for (const one of told) note(one(text));
  return asked;
}

/** The same, once somebody was asked or it was waited for: what has gone meanwhile is told. @throws Stop (2) where all has */
async function withoutGone(
  asked: readonly AskedSegment[],
  flows: readonly ListedFlow[],
  connected: Connected,
  { stderr, text, glyphs }: Streams,
): Promise<readonly AskedSegment[]> {
  const now = await stillMapped(asked, connected.client);
  const gone = now.filter((one, at) => one.why !== asked[at]?.why);
  const here = hereOf(connected);
  const told = gone.flatMap(({ segment, why }) => (why ? [leftText(segment.name, why, here)] : []));
  if (gone.length > 0 && now.every(({ why }) => why !== undefined)) throw cannot(flows, told);
  for (const one of told) tell(stderr, `${glyphs.warning} ${one(text)}`);
  return now;
}

const leftText =
  (segment: string, why: NotNow, here: Here) =>
  (say: Text): string =>
    say('export.left', { segment, why: whyText(why, say, here) });

/** That nothing can be exported, and why not. */
const cannot = (flows: readonly ListedFlow[], told: readonly Sentence[]): Stop =>
  new Stop(
    exitCode.usage,
    (say) =>
      say('export.cannot', {
        name: listText(
          say,
          flows.map(({ name }) => name),
        ),
      }),
    ...told,
  );

/** Asks whoever is there. @throws Stop (3) where nobody is; ReadOnlyError */
function isSure(
  asked: readonly AskedSegment[],
  connected: Connected,
  flags: Flags,
  streams: Streams,
): Promise<boolean> {
  if (flags['read-only'] === true) throw new ReadOnlyError({ method: 'POST', path: '/adhocrun' });
  const meant = asked.filter(({ why }) => !why || isWaitedFor(why, flags));
  const flows = [...new Set(meant.map(({ flow }) => flow))];
  const [only] = flows;
  const common = { count: meant.length, ...connected.scene };
  const { text } = streams;
  if (only && flows.length === 1) {
    const values = { ...common, name: only.name, id: only.id };
    const unasked = (say: Text): string => say('export.needsYes', values);
    return confirmIn([connected], text('export.confirm', values), unasked, flags, streams);
  }
  const values = { ...common, names: flows.map(({ name }) => name) };
  const unasked = (say: Text): string => say('export.needsYesMany', values);
  return confirmIn([connected], text('export.confirmMany', values), unasked, flags, streams);
}

function whyText(why: NotNow, text: Text, here: Here): string {
  if (why.kind === 'running') return text('export.why.running', { run: why.runId });
  return 'fromMs' in why
    ? text(`export.why.${why.kind}`, { at: momentHere(text, why.fromMs, here) })
    : text(`export.why.${why.kind}`);
}
