import { isRunRow } from '../activation/run-table.ts';
import type { FlowServiceError } from '../flow-service/errors.ts';
import { withConnected } from './connect/connect.ts';
import { keepHeapLean } from './connect/lean-heap.ts';
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
import { clockText, momentHere } from '../pages/watch/times.ts';
import { columnsOf, tell } from './console/wrap-said.ts';
import { isoText, localZone } from './console/here.ts';

/** A day, which every platform keeps; of what is further back it is asked how far back it goes. */
const dayMs = 86_400_000;

/** `ferry runs [FLOW]`: the runs of dataflows, and what became of them. @see cli.md */
export function runRuns({ rest, flags }: Arguments, streams: Streams): Promise<number> {
  const isJson = flags.json === true;
  return withStop(streams, isJson, async (enter, begun) =>
    withConnected({ flags, streams }, enter, async (connected) => {
      keepHeapLean();
      const { client, scene } = connected;
      const { text, stdout, stderr, glyphs } = streams;
      // What cannot be meant is told before anything is asked.
      if (flags.since !== undefined) sinceMs(flags.since, client.clock().nowMs);
      const { flows, listed, isGone } = await flowsMeant(rest[0], connected);
      const { nowMs, offsetMs } = client.clock();
      const fromMs = sinceMs(flags.since ?? '24h', nowMs);
      const filter = { isFailed: flags.failed, segments: flags.segment };
      const here = { nowMs, zone: localZone() };
      const note = (said: string): void => tell(stderr, `${glyphs.warning} ${said}`);
      if (isGone) note(text('runs.flowGone', { id: rest[0] ?? '' }));
      const clock = clockText(text, offsetMs);
      if (clock !== undefined) note(clock);
      if (flags.follow === true) {
        begun();
        return tellFollowing({
          client,
          scene,
          streams,
          flows,
          filter,
          isJson,
          sinceMs: flags.since === undefined ? undefined : fromMs,
          hasEnd: rest[0] !== undefined,
        });
      }
      streams.brokenPipe.act = endNow;
      const [read, known, evaluations] = await Promise.all([
        client.readRuns({ flowIds: flows.map(({ id }) => id), sinceMs: fromMs - leadMs, isLean: true }),
        knownHere(connected, streams.env),
        knownEvaluations(client, listed, fromMs - leadMs),
      ]);
      const { lacks, whole } = read;
      const runs = read.runs.filter(({ beganMs = Infinity }) => beganMs >= fromMs);
      const asked = nowMs - fromMs > dayMs ? keptSince(client, read.runs) : undefined;
      const list = await listRows({
        flows,
        listed,
        read,
        runs,
        filter,
        usualOf: usualAsker(client),
        sinceMs: fromMs,
        atMs: client.clock().nowMs,
        keptMs: () => asked ?? keptSince(client, read.runs),
        evaluations,
        here: known,
      });
      const rows = list.filter(isRunRow);
      const absent = list.flatMap((row) => (isRunRow(row) ? [] : [row]));
      const kept = (await asked) ?? fromMs;
      const keptMs = kept > fromMs ? kept : undefined;
      const readMs = Math.min(client.clock().nowMs, ...[...whole.values()].map(({ toMs }) => toMs));
      if (isJson) {
        begun();
        await jsonWithRows(
          stdout,
          {
            since: isoText(fromMs),
            readAt: isoText(Math.round(readMs)),
            isComplete: lacks.length === 0,
            keptSince: isoText(keptMs),
            unread: lacks.flatMap(({ flowIds, error }) =>
              flowIds.map((id) => ({ flow: id, why: error.kind })),
            ),
            absent: absent.map(absentJson),
          },
          'runs',
          rows,
          (row) => runJson(row, nowMs),
        );
      } else {
        const saying = { text, glyphs, ...here };
        if (list.length === 0 && lacks.length === 0)
          tell(stdout, text('runs.none', { at: momentHere(text, fromMs, here) }));
        if (list.length > 0) for (const one of runLines(list, saying, columnsOf(stdout))) line(stdout, one);
        for (const one of explanationLines(list, saying)) tell(stdout, one);
      }
      if (keptMs !== undefined) note(text('runs.kept', { at: momentHere(text, keptMs, here) }));
      if (lacks.length > 0)
        note(
          text('runs.notAll', {
            count: lacks.flatMap(({ flowIds }) => flowIds).length,
            flows: flows.length,
          }),
        );
      const errors = distinct(lacks.map(({ error }) => error));
      for (const error of errors) tellError(streams, error, scene);
      const late = absent.filter(isLateRow).length;
      const sum = {
        runs: rows.length,
        failed: rows.filter(({ run }) => run.state === 'failed').length,
        running: rows.filter(({ run }) => run.isUnderWay).length,
        calls: client.callCount(),
        at: momentHere(text, readMs, here),
      };
      tell(stderr, late === 0 ? text('runs.sum', sum) : text('runs.sumLate', { ...sum, late }));
      return errors.length === 0 ? exitCode.done : Math.min(...errors.map(exitCodeOf));
    }),
  );
}

/** One of each kind: forty dataflows may be refused for one right. */
const distinct = (errors: readonly FlowServiceError[]): FlowServiceError[] => [
  ...new Map(errors.map((error) => [error.message, error])).values(),
];
