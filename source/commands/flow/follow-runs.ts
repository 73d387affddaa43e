import type { FlowService } from '../../flow-service/client.ts';
import {
  type FlowServiceError,
  isFlowServiceError,
  isForbidden,
  orWithout,
  RefusedError,
} from '../../flow-service/errors.ts';
import { byBegin } from '../../flow-service/read-runs.ts';
import type { Run } from '../../flow-service/runs.ts';
import { roundMs } from '../../components/living/rhythm.ts';
import { runRounds } from './run-rounds.ts';

/** A run is looked after for so long; Adobe's own alarm of a run that takes too long. @see manage.md, section 5.4 */
export const mostMs = 150 * 60_000;

/** What happens to what is followed. */
export type FollowEvent =
  /** A run is in another state, or is seen for the first time. */
  | { readonly kind: 'run'; readonly run: Run }
  /** A round failed; told once, until one succeeds. */
  | { readonly kind: 'unread'; readonly error: FlowServiceError; readonly againInMs: number }
  | { readonly kind: 'readAgain' }
  /** The dataflow is not there any more: nothing will begin. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'end'; readonly outcome: FollowOutcome };

/** `unended`: it is still under way, or did not begin, or does not say how it ended. */
export type FollowOutcome = 'good' | 'failed' | 'unended';

export interface Following {
  readonly client: Pick<FlowService, 'readRuns' | 'getRuns' | 'clock'>;
  readonly flowIds: readonly string[];
  /** What is told of from the beginning: every run since then; without it what is under way, or else the last one. */
  readonly sinceMs?: number | undefined;
  isMeant(run: Run): boolean;
  /** Ends with the runs that are under way, or with those that begin next. */
  readonly hasEnd: boolean;
  /** Runs that are waited for: they may not be listed yet. */
  readonly awaited?: readonly string[] | undefined;
  /** Whether the dataflow is still there; asked while nothing is under way. @default it is */
  readonly isThere?: (() => Promise<boolean>) | undefined;
  /** Waits. @throws where nobody wants to wait any more */
  pause(ms: number): Promise<void>;
  readonly signal?: AbortSignal | undefined;
  /** Between two rounds while a run is under way, milliseconds. @default 15 s */
  readonly roundMs?: number | undefined;
  random?(): number;
}

/**
 * Follows the runs of dataflows, a round after the other: what is under way by its id, and what was made since. A round
 * that fails ends nothing, unless it is for want of a right.
 *
 * @throws FlowServiceError (401, 403, cancelled); whatever `pause` throws
 * @see living.md, L12 to L20, L28 to L31, R14 to R17
 */
export async function* followRuns(following: Following): AsyncGenerator<FollowEvent> {
  const { client, hasEnd, awaited = [], pause, signal } = following;
  const { roundMs: busyMs, random = Math.random } = following;
  const options = { signal };
  const beganAtMs = client.clock().nowMs;
  const known = new Map<string, Run>();
  /** What the end depends on. */
  const followed = new Set(awaited.map((id) => id.toLowerCase()));
  const round = runRounds({
    ...following,
    sinceMs: following.sinceMs ?? beganAtMs - 24 * 3_600_000,
    awaited,
  });
  let isFirst = true;
  let isUnread = false;

  for (;;) {
    let failure: FlowServiceError | undefined;
    try {
      const runs = (await round(options)).runs.filter((run) => following.isMeant(run));
      if (isUnread) yield { kind: 'readAgain' };
      isUnread = false;
      const fresh = runs.filter((run) => isNews(run)).sort(byBegin);
      const told = isFirst && following.sinceMs === undefined ? atFirst(fresh) : fresh;
      for (const run of fresh) {
        known.set(run.id.toLowerCase(), run);
        if (awaited.length === 0 && (run.isUnderWay || !isFirst)) followed.add(run.id.toLowerCase());
      }
      for (const run of told) yield { kind: 'run', run };
      isFirst = false;
    } catch (error) {
      if (!isFlowServiceError(error) || error.kind === 'cancelled' || isForbidden(error)) throw error;
      failure = error;
    }
    const isGone = hasEnd && !failure && !isBusyNow() && (await isMissing());
    const outcome = isGone ? (outcomeNow() ?? 'unended') : hasEnd && !failure ? outcomeNow() : undefined;
    if (isGone) yield { kind: 'gone' };
    if (outcome) {
      yield { kind: 'end', outcome };
      return;
    }
    const usualMs = roundMs(isBusyNow(), random(), busyMs);
    const askedMs = failure instanceof RefusedError ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
    const waitMs = Math.max(usualMs, askedMs);
    if (failure && !isUnread) yield { kind: 'unread', error: failure, againInMs: waitMs };
    isUnread ||= failure !== undefined;
    await pause(waitMs);
  }

  function isBusyNow(): boolean {
    return followed.size > 0 || [...known.values()].some(({ isUnderWay }) => isUnderWay);
  }

  /** What cannot be looked at is there. */
  async function isMissing(): Promise<boolean> {
    return (await following.isThere?.().catch(orWithout(true))) === false;
  }

  function isNews({ id, state, status }: Run): boolean {
    const before = known.get(id.toLowerCase());
    return before?.state !== state || before.status !== status;
  }

  /** What is under way; where nothing is, the last one; and of those that are waited for all. */
  function atFirst(runs: readonly Run[]): Run[] {
    if (awaited.length > 0) return runs.filter(({ id }) => followed.has(id.toLowerCase()));
    const open = runs.filter(({ isUnderWay }) => isUnderWay);
    return open.length > 0 ? open : runs.slice(-1);
  }

  function outcomeNow(): FollowOutcome | undefined {
    const { nowMs } = client.clock();
    const runs = [...followed].map((id) => known.get(id));
    if (runs.length === 0) return nowMs - beganAtMs >= mostMs ? 'unended' : undefined;
    const open = runs.filter((run) => run === undefined || run.isUnderWay);
    if (open.length > 0) {
      const sinceMs = Math.min(...open.map((run) => run?.beganMs ?? beganAtMs));
      return nowMs - sinceMs >= mostMs ? 'unended' : undefined;
    }
    if (runs.some((run) => run?.state === 'failed')) return 'failed';
    return runs.every((run) => run?.state === 'good') ? 'good' : 'unended';
  }
}
