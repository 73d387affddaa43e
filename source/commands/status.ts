import { hasOf, readFindingId } from '../activation/watch/finding.ts';
import type { Limits } from '../activation/watch/watched.ts';
import { CancelledError, isForbidden } from '../flow-service/errors.ts';
import { explain, type Scene } from '../locale/explain.ts';
import { withConnected } from './connect/connect.ts';
import { keepHeapLean } from './connect/lean-heap.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments, Flags } from './console/arguments.ts';
import { exitCode } from './console/exit-codes.ts';
import { Stop } from './console/stop.ts';
import { json, type Streams } from './console/streams.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { knownHere } from './status/known-here.ts';
import { explainLines } from '../pages/watch/explain-lines.ts';
import { writeMetrics } from './status/metrics-file.ts';
import { nagiosLines, pluginCode, pluginState } from './status/nagios-line.ts';
import { pluginFailure } from './status/plugin-failure.ts';
import { mostSegmentSeries, openMetrics, segmentSeries } from './status/open-metrics.ts';
import { readStatus, type Status } from './status/read-status.ts';
import { statusJson } from './status/status-json.ts';
import { findingLines, findingsOf, type Saying, standstillText, sumLines } from './status/status-lines.ts';
import { clockText, momentHere } from '../pages/watch/times.ts';
import { chosenFlows, limitsIn, numberIn } from './status/wanted.ts';
import { tell } from './console/wrap-said.ts';
import { localZone } from './console/here.ts';

/** A plugin is killed after a minute by most that run it. Seconds. @see living.md, M12 */
const pluginSeconds = 50;

/** `ferry status [FLOW…]`: what failed, is late or is missing. Sends only GET. @see cli.md; living.md, section 6 */
export function runStatus(args: Arguments, streams: Streams): Promise<number> {
  const { flags } = args;
  if (flags.nagios === true) return asPlugin(args, streams);
  return withStop(streams, flags.json === true, (enter) => look(args, streams, enter));
}

/** Whatever comes of it is one line and 0 to 3: a plugin that says anything else is not understood. */
async function asPlugin(args: Arguments, streams: Streams): Promise<number> {
  let scene: Scene = { host: '', sandbox: '' };
  try {
    return await look(args, streams, (entered) => {
      scene = entered;
    });
  } catch (error) {
    return pluginFailure(error, streams, scene);
  }
}

async function look(
  { rest, flags }: Arguments,
  streams: Streams,
  enter: (scene: Scene) => void,
): Promise<number> {
  if ([flags.json, flags.nagios, flags.quiet].filter((one) => one === true).length > 1)
    throw new Stop(exitCode.usage, (text) => text('status.oneOutput'));
  const limits = limitsIn(flags);
  const timeout = numberIn(flags, 'timeout', 1, 3600) ?? (flags.nagios === true ? pluginSeconds : undefined);
  return withConnected({ flags, streams, readOnly: true }, enter, async (connected) => {
    keepHeapLean();
    const { client, scene } = connected;
    const given = flags.explain === undefined ? rest : [flags.explain];
    const status = await within(timeout, (signal) =>
      readStatus(client, {
        limits,
        signal,
        choose: (all) => chosenFlows(all, given, scene.sandbox),
        knownHere: () => knownHere(connected, streams.env),
      }),
    );
    const saying: Saying = {
      text: streams.text,
      glyphs: streams.glyphs,
      sandbox: scene.sandbox,
      nowMs: status.atMs,
      zone: localZone(),
    };
    const isKept = await keepMetrics(status, connected, flags, streams);
    tellStatus(status, flags, saying, streams, () => explained(status, flags.explain ?? '', limits, saying));
    tellBeside(status, connected, saying, flags, streams);
    const code = codeOf(status, flags);
    return isKept || code !== exitCode.done
      ? code
      : flags.nagios === true
        ? pluginCode.unknown
        : exitCode.usage;
  });
}

/** Why a dataflow stands as it does, or what a finding is of; one that is there no longer says so. */
function explained(status: Status, given: string, limits: Limits, saying: Saying): string[] {
  const { text } = saying;
  const of = readFindingId(given);
  const findings = findingsOf(status);
  const isStandstill = of?.kind === 'standstill';
  const id = given.trim().toLowerCase();
  const isThere = isStandstill
    ? status.standstill?.id.toLowerCase() === id
    : findings.some((one) => one.id.toLowerCase() === id);
  const shown = isStandstill
    ? status.watched.filter(({ watch }) => watch.findings.some(({ kind }) => kind === 'late'))
    : status.watched;
  return [
    ...(of && !isThere ? [text('status.explain.gone', { id: given })] : []),
    ...(isStandstill && status.standstill ? [standstillText(status.standstill, findings, saying)] : []),
    ...shown.flatMap((one) => explainLines(one.watch, limits, saying, of)),
  ];
}

/** @throws Stop (7) once the time is over */
async function within(
  seconds: number | undefined,
  read: (signal: AbortSignal | undefined) => Promise<Status>,
): Promise<Status> {
  const signal = seconds === undefined ? undefined : AbortSignal.timeout(seconds * 1000);
  try {
    return await read(signal);
  } catch (error) {
    if (!(error instanceof CancelledError) || signal?.aborted !== true) throw error;
    throw new Stop(exitCode.unreachable, (text) => text('status.timeout', { seconds: seconds ?? 0 }));
  }
}

function tellStatus(
  status: Status,
  flags: Flags,
  saying: Saying,
  { stdout, english }: Streams,
  explained: () => string[],
): void {
  const isExplained = flags.explain !== undefined;
  if (flags.json === true) {
    json(stdout, statusJson(status, saying.sandbox, isExplained), 2);
    return;
  }
  const lines =
    flags.nagios === true
      ? nagiosLines(status, { ...saying, text: english })
      : [
          ...(isExplained ? explained() : findingLines(status, saying)),
          ...(flags.quiet === true ? [] : sumLines(status, saying)),
        ];
  for (const one of lines) tell(stdout, one);
}

/** What kept something from being read, what the platform has forgotten, and a clock that is wrong: each said once. */
function tellBeside(
  status: Status,
  { scene }: Connected,
  saying: Saying,
  flags: Flags,
  streams: Streams,
): void {
  if (flags.nagios === true || flags.json === true) return;
  const { text, stderr, glyphs } = streams;
  const told = new Set<string>();
  for (const { error } of status.lacks) {
    const { what } = explain(text, error, scene);
    if (told.has(what)) continue;
    told.add(what);
    tellError(streams, error, scene);
  }
  if (flags.quiet === true) return;
  if (status.keptMs !== undefined)
    tell(stderr, `${glyphs.warning} ${text('runs.kept', { at: momentHere(text, status.keptMs, saying) })}`);
  const said = clockText(text, status.offsetMs);
  if (said !== undefined) tell(stderr, `${glyphs.warning} ${said}`);
}

/**
 * Writes the metrics. Where nothing could be read the file stays as it is: an old one must look old.
 *
 * @returns whether they are where they should be
 * @throws Stop (2) for more series than may be
 */
async function keepMetrics(
  status: Status,
  { scene }: Connected,
  flags: Flags,
  { stderr, text, glyphs }: Streams,
): Promise<boolean> {
  const { openmetrics: file } = flags;
  if (file === undefined) return true;
  const isPerSegment = flags['per-segment'] === true;
  const count = isPerSegment ? segmentSeries(status) : 0;
  if (count > mostSegmentSeries)
    throw new Stop(exitCode.usage, (words) =>
      words('status.tooManySeries', { count, most: mostSegmentSeries }),
    );
  if (isUnread(status)) return true;
  try {
    await writeMetrics(file, openMetrics(status, scene.sandbox, isPerSegment));
    return true;
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    tell(stderr, `${glyphs.cross} ${text('status.badFile', { file, why })}`);
    return false;
  }
}

/** Nothing was read of all that should have been. */
const isUnread = ({ watched }: Status): boolean => {
  const live = watched.filter(({ watch }) => watch.flow.state !== 'disabled');
  return live.length > 0 && live.every(({ watch }) => watch.seen.kind === 'unread');
};

/** What is wrong outweighs what nobody could look at. @see living.md, table of exit codes */
function codeOf(status: Status, flags: Flags): number {
  const findings = findingsOf(status);
  if (flags.nagios === true) return pluginCode[pluginState(findings)];
  const has = hasOf(findings);
  if (has('wrong') || (flags.strict === true && has('look'))) return exitCode.differs;
  if (!has('unknown')) return exitCode.done;
  return isUnread(status) && status.lacks.every(({ error }) => isForbidden(error))
    ? exitCode.notAllowed
    : exitCode.unreachable;
}
