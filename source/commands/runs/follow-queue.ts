import { setTimeout } from 'node:timers/promises';
import { readCapabilities } from '../../terminal/capabilities.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, type Streams } from '../console/streams.ts';
import { speaksInLines } from '../screen/speaks-in-lines.ts';
import { settleLook } from '../screen/theme-of.ts';
import { type Done, tellDone, tellSummary } from './apply-many.ts';
import type { PlanQueue } from './plan-queue.ts';
import { type Followed, followedIn, type PutPlan } from './queue-rows.ts';
import { tellPause } from './queue-pause.ts';

/** How often it is looked how far the others are, milliseconds; and how much longer than looking takes. */
const lookMs = 500;
const lookShare = 10;

/** Looks again and again, until all have ended or somebody stops it. A database that is away is waited for. */
async function* rounds(
  queue: PlanQueue,
  put: ReadonlyMap<string, PutPlan>,
  stop: AbortSignal,
): AsyncGenerator<Followed> {
  while (!stop.aborted) {
    const sinceMs = performance.now();
    const found = await queue.look();
    const tookMs = performance.now() - sinceMs;
    if (found) {
      const followed = followedIn(put, found.rows, found.pauses);
      yield followed;
      if (followed.done.size === put.size) return;
    }
    await setTimeout(Math.max(lookMs, tookMs * lookShare), undefined, { signal: stop }).catch(
      () => undefined,
    );
  }
}

/**
 * Follows plans of the queue to their end, wherever they are worked at: as one table at a terminal, otherwise as a line
 * for each that ends. Tells of all at the end.
 *
 * @param put - By their keys.
 * @returns 0 when all are verified, otherwise the exit code of the first that is not; 130 where it was stopped
 */
export async function followQueue(
  queue: PlanQueue,
  put: ReadonlyMap<string, PutPlan>,
  stop: AbortSignal,
  flags: Flags,
  streams: Streams,
): Promise<number> {
  const isJson = flags.json === true;
  const leaving = new AbortController();
  const ended = AbortSignal.any([stop, leaving.signal]);
  const following = rounds(queue, put, ended);
  const capabilities = readCapabilities(streams.env, streams);
  const mayDraw = !isJson && flags['no-input'] !== true && !speaksInLines(flags, capabilities);
  const done =
    capabilities.canAsk && mayDraw
      ? await drawn(following, () => leaving.abort(), flags, streams)
      : await told(following, put.size, streams, isJson);
  const all = [...done.values()];
  if (isJson) json(streams.stdout, { kind: 'summary', plans: all });
  else tellSummary(all, streams, put.size);
  if (ended.aborted) return exitCode.interrupted;
  return all.find((one) => one.exitCode !== exitCode.done)?.exitCode ?? exitCode.done;
}

async function told(
  following: AsyncGenerator<Followed>,
  total: number,
  streams: Streams,
  isJson: boolean,
): Promise<ReadonlyMap<string, Done>> {
  const seen = new Map<string, Done>();
  let toldMs = 0;
  for await (const { done, pausedUntilMs = 0 } of following) {
    if (pausedUntilMs > toldMs) {
      toldMs = pausedUntilMs;
      tellPause(pausedUntilMs, streams, isJson);
    }
    for (const [key, one] of done) {
      if (seen.has(key)) continue;
      seen.set(key, one);
      tellDone(one, seen.size, total, streams, isJson);
    }
  }
  return seen;
}

async function drawn(
  following: AsyncGenerator<Followed>,
  onLeave: () => void,
  flags: Flags,
  streams: Streams,
): Promise<ReadonlyMap<string, Done>> {
  const look = settleLook(flags, readCapabilities(streams.env, streams));
  const { showQueueScreen } = await import('../screen/queue-screen.tsx');
  return showQueueScreen(following, onLeave, streams, look);
}
