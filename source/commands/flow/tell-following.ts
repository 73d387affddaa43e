import { interruption } from '../../apply/interruption.ts';
import { pause } from '../../apply/once/pause.ts';
import { isWantedRow, type RunFilter, type RunFlow, runRow } from '../../activation/run-table.ts';
import type { FlowService } from '../../flow-service/client.ts';
import { CancelledError } from '../../flow-service/errors.ts';
import { explain, type Scene } from '../../locale/explain.ts';
import { exitCode } from '../console/exit-codes.ts';
import { listenForEnd } from '../console/listen-for-end.ts';
import { json, type Streams } from '../console/streams.ts';
import { lengthText } from '../../pages/watch/times.ts';
import { followRuns, type FollowOutcome, mostMs } from './follow-runs.ts';
import { followHead, followLine, runJson } from './run-lines.ts';
import { usualAsker } from './usual.ts';
import { tell } from '../console/wrap-said.ts';
import { localZone } from '../console/here.ts';

export interface Telling {
  readonly client: FlowService;
  readonly scene: Scene;
  readonly streams: Streams;
  readonly flows: readonly RunFlow[];
  readonly filter: RunFilter;
  readonly isJson: boolean;
  /** Everything since then is told first. Epoch milliseconds. */
  readonly sinceMs?: number | undefined;
  readonly hasEnd: boolean;
  readonly awaited?: readonly string[] | undefined;
}

const codeOf: Record<FollowOutcome, number> = {
  good: exitCode.done,
  failed: exitCode.differs,
  unended: exitCode.unreachable,
};

/**
 * Follows runs on lines, or as events for programs, until they have ended or somebody ends it.
 *
 * @returns the exit code: good 0, failed 6, not ended 7, interrupted 130
 * @throws FlowServiceError
 * @see living.md, section 6, "Exit codes"
 */
export async function tellFollowing(telling: Telling): Promise<number> {
  const { client, scene, streams, flows, filter, isJson, sinceMs, hasEnd, awaited } = telling;
  const { text, stdout, stderr, glyphs } = streams;
  const { stop, end } = interruption();
  // A terminal that is closed, or a reader that has gone, ends it as quietly as Ctrl+C does.
  const forget = listenForEnd(streams, end);
  const saying = () => ({
    text,
    glyphs,
    nowMs: client.clock().nowMs,
    zone: localZone(),
  });
  let code: number = exitCode.unreachable;
  let hasHead = false;
  const [only] = flows;
  const usualOf = usualAsker(client);
  try {
    const events = followRuns({
      client,
      flowIds: flows.map(({ id }) => id),
      sinceMs,
      isMeant: (run) => isWantedRow(runRow(run, flows), { segments: filter.segments }),
      hasEnd,
      awaited,
      async pause(ms) {
        await pause(ms, stop);
        stop.throwIfAborted();
      },
      signal: stop,
      isThere: hasEnd && only && flows.length === 1 ? () => client.exists('flows', only.id) : undefined,
      roundMs: roundIn(streams.env),
    });
    for await (const event of events) {
      switch (event.kind) {
        case 'run': {
          const row = { ...runRow(event.run, flows), usualMs: await usualOf(event.run) };
          // How it ends counts, whatever is shown of it.
          if (!isWantedRow(row, filter)) break;
          if (isJson) {
            json(stdout, { kind: 'run', ...runJson(row, saying().nowMs) });
            break;
          }
          if (!hasHead) tell(stdout, followHead(saying()));
          hasHead = true;
          tell(stdout, followLine(row, saying()));
          break;
        }
        case 'unread': {
          const seconds = Math.round(event.againInMs / 1000);
          const { what, why } = explain(isJson ? streams.english : text, event.error, scene);
          if (isJson)
            json(stdout, {
              kind: 'unread',
              error: { kind: event.error.kind, what, why },
              againInSeconds: seconds,
            });
          else tell(stderr, `${glyphs.warning} ${text('runs.unread', { what, seconds })}`);
          break;
        }
        case 'readAgain':
          if (isJson) json(stdout, { kind: 'readAgain' });
          else tell(stderr, text('runs.readAgain'));
          break;
        case 'gone':
          if (isJson) json(stdout, { kind: 'gone', flow: only?.id });
          else tell(stderr, text('runs.gone', { id: only?.id ?? '' }));
          break;
        case 'end':
          code = codeOf[event.outcome];
          if (isJson) json(stdout, { kind: 'end', outcome: event.outcome });
          else tell(stdout, text(`runs.end.${event.outcome}`, { length: lengthText(text, mostMs) }));
      }
    }
    return code;
  } catch (error) {
    if (!stop.aborted || !(error instanceof CancelledError || error === stop.reason)) throw error;
    return exitCode.interrupted;
  } finally {
    forget();
  }
}

/** For tests that cannot wait for the usual pace: `FERRY_ROUND_MS`. */
export function roundIn(env: Streams['env']): number | undefined {
  const ms = Number(env['FERRY_ROUND_MS'] ?? NaN);
  return ms > 0 ? ms : undefined;
}
