import { type AbsentRow, isRunRow, type ListRow, type RunFilter } from '../activation/run-table.ts';
import type { FlowServiceError } from '../flow-service/errors.ts';
import type { RunsRead } from '../flow-service/read-runs.ts';
import { withConnected } from './connect/connect.ts';
import { keepHeapLean } from './connect/lean-heap.ts';
import type { Connected } from './connect/open-client.ts';
import type { Arguments } from './console/arguments.ts';
import { exitCode, exitCodeOf } from './console/exit-codes.ts';
import { endNow, jsonWithRows, line, type Streams } from './console/streams.ts';
import { tellError, withStop } from './console/with-stop.ts';
import { leadMs } from './flow/absent-rows.ts';
import { keptSince } from './flow/kept-since.ts';
import { flowsMeant } from './flow/flows-meant.ts';
import { explanationLines, isLateRow } from '../pages/watch/run-words.ts';
import { listRows } from './flow/list-rows.ts';
import { absentJson, runJson, runLines } from './flow/run-lines.ts';
import { sinceMs } from './flow/since.ts';
import { tellFollowing } from './flow/tell-following.ts';
import { usualAsker } from './flow/usual.ts';
import { knownEvaluations } from './status/known-evaluations.ts';
import { knownHere } from './status/known-here.ts';
import { clockText, type Here, momentHere } from '../pages/watch/times.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { isoText, localZone } from './console/here.ts';

/** A day, which every platform keeps; of what is further back it is asked how far back it goes. */
const dayMs = 86_400_000;

/** `ferry runs [FLOW]`: the runs of dataflows, and what became of them. @see cli.md */
export function runRuns({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  return withStop(streams, flags.json === true, async (enter, begun) =>
    withConnected({ flags, streams }, enter, async (connected) => {
      keepHeapLean();
      const { client, scene } = connected;
      const { text, stderr, glyphs } = streams;
      // What cannot be meant is told before anything is asked.
      if (flags.since !== undefined) sinceMs(flags.since, client.clock().nowMs);
      const meant = await flowsMeant(rest[0], connected);
      const { nowMs, offsetMs } = client.clock();
      const fromMs = sinceMs(flags.since ?? '24h', nowMs);
      const note: Note = (said) => tell(stderr, `${glyphs.warning} ${said}`);
      if (meant.isGone) note(text('runs.flowGone', { id: rest[0] ?? '' }));
      const clock = clockText(text, offsetMs);
      if (clock !== undefined) note(clock);
      const filter = { isFailed: flags.failed, segments: flags.segment };
      if (flags.follow === true) {
        begun();
        return tellFollowing({
          client,
          scene,
          streams,
          flows: meant.flows,
          filter,
          isJson: flags.json === true,
          sinceMs: flags.since === undefined ? undefined : fromMs,
          hasEnd: rest[0] !== undefined,
        });
      }
      streams.brokenPipe.act = endNow;
      const read = await readList(meant, filter, { fromMs, nowMs }, connected, streams);
      if (flags.json === true) {
        begun();
        await writeJson(read, streams);
      } else tellLines(read, streams);
      return tellBeside(read, connected, streams, note);
    }),
  );
}

type Note = (said: string) => void;

/** What was read, and of what time. Moments are epoch milliseconds of the platform's clock. */
interface ReadList {
  readonly list: readonly ListRow[];
  readonly fromMs: number;
  readonly nowMs: number;
  readonly readMs: number;
  /** Since when the platform has runs, where that is later than was asked for. */
  readonly keptMs: number | undefined;
  readonly lacks: RunsRead['lacks'];
  /** How many dataflows were asked for. */
  readonly flows: number;
}

async function readList(
  { flows, listed }: Awaited<ReturnType<typeof flowsMeant>>,
  filter: RunFilter,
  { fromMs, nowMs }: { readonly fromMs: number; readonly nowMs: number },
  connected: Connected,
  { env }: Streams,
): Promise<ReadList> {
  const { client } = connected;
  const [read, here, evaluations] = await Promise.all([
    client.readRuns({ flowIds: flows.map(({ id }) => id), sinceMs: fromMs - leadMs }),
    knownHere(connected, env),
    knownEvaluations(client, listed, fromMs - leadMs),
  ]);
  const asked = nowMs - fromMs > dayMs ? keptSince(client, read.runs) : undefined;
  const list = await listRows({
    flows,
    listed,
    read,
    runs: read.runs.filter(({ beganMs = Infinity }) => beganMs >= fromMs),
    filter,
    usualOf: usualAsker(client),
    sinceMs: fromMs,
    atMs: client.clock().nowMs,
    keptMs: () => asked ?? keptSince(client, read.runs),
    evaluations,
    here,
  });
  const kept = (await asked) ?? fromMs;
  return {
    list,
    fromMs,
    nowMs,
    readMs: Math.min(client.clock().nowMs, ...[...read.whole.values()].map(({ toMs }) => toMs)),
    keptMs: kept > fromMs ? kept : undefined,
    lacks: read.lacks,
    flows: flows.length,
  };
}

const absentIn = (list: readonly ListRow[]): AbsentRow[] =>
  list.flatMap((row) => (isRunRow(row) ? [] : [row]));

const writeJson = (
  { list, fromMs, nowMs, readMs, keptMs, lacks }: ReadList,
  { stdout }: Streams,
): Promise<void> =>
  jsonWithRows(
    stdout,
    {
      since: isoText(fromMs),
      readAt: isoText(Math.round(readMs)),
      isComplete: lacks.length === 0,
      keptSince: isoText(keptMs),
      unread: lacks.flatMap(({ flowIds, error }) => flowIds.map((id) => ({ flow: id, why: error.kind }))),
      absent: absentIn(list).map(absentJson),
    },
    'runs',
    list.filter(isRunRow),
    (row) => runJson(row, nowMs),
  );

const hereOf = ({ nowMs }: ReadList): Here => ({ nowMs, zone: localZone() });

function tellLines(read: ReadList, { text, stdout, glyphs }: Streams): void {
  const { list, fromMs, lacks } = read;
  const saying = { text, glyphs, ...hereOf(read) };
  if (list.length === 0 && lacks.length === 0)
    tell(stdout, text('runs.none', { at: momentHere(text, fromMs, saying) }));
  if (list.length > 0) for (const one of runLines(list, saying, columnsOf(stdout))) line(stdout, one);
  for (const one of explanationLines(list, saying)) tell(stdout, one);
}

/** What was not read, and the sum of what was. @returns the exit code */
function tellBeside(read: ReadList, { client, scene }: Connected, streams: Streams, note: Note): number {
  const { list, readMs, keptMs, lacks } = read;
  const { text, stderr } = streams;
  const here = hereOf(read);
  if (keptMs !== undefined) note(text('runs.kept', { at: momentHere(text, keptMs, here) }));
  if (lacks.length > 0)
    note(text('runs.notAll', { count: lacks.flatMap(({ flowIds }) => flowIds).length, flows: read.flows }));
  const errors = distinct(lacks.map(({ error }) => error));
  for (const error of errors) tellError(streams, error, scene);
  const rows = list.filter(isRunRow);
  const late = absentIn(list).filter(isLateRow).length;
  const strange = rows.filter(({ run }) => run.state === 'unknown').length;
  const sum = {
    runs: rows.length,
    failed: rows.filter(({ run }) => run.state === 'failed').length,
    running: rows.filter(({ run }) => run.state === 'running').length,
    calls: client.callCount(),
    at: momentHere(text, readMs, here),
  };
  const beside = [
    strange === 0 ? '' : text('runs.sumUnknown', { count: strange }),
    late === 0 ? '' : text('runs.sumLate', { count: late }),
  ];
  tell(stderr, text('runs.sum', { ...sum, beside: beside.join('') }));
  return errors.length === 0 ? exitCode.done : Math.min(...errors.map(exitCodeOf));
}

/** One of each kind: forty dataflows may be refused for one right. */
const distinct = (errors: readonly FlowServiceError[]): FlowServiceError[] => [
  ...new Map(errors.map((error) => [error.message, error])).values(),
];
