import { setTimeout } from 'node:timers/promises';
import { noteOutcome } from '../runs/export-log.ts';
import type { PlannedRun } from '../runs/plan-runs.ts';
import type { Deliver, Delivery } from '../options.ts';
import type { Scope } from '../store.ts';
import type { World } from '../world.ts';
import { targetOf, toldPlace } from './place.ts';
import { openUploads } from './uploads/uploads.ts';
import { writeExport } from './write-export.ts';

/** How often it is looked for exports that are due, real milliseconds. */
const everyMs = 100;
/** No export takes longer, real milliseconds. */
const mostMs = 300_000;

/**
 * Writes every export that is due to the storage that its connections name, one after the other. What becomes of it is
 * what its run tells: one that could not be written has failed.
 *
 * @returns What ends it, at once, also while something is written.
 */
export function startDelivery(world: World, deliver: Deliver): () => Promise<void> {
  const end = new AbortController();
  const { store, book } = world;
  const ended = (async () => {
    while (!end.signal.aborted) {
      for (const scope of store.scopes())
        for (const run of book.due(scope)) {
          const delivery = await deliverRun(run, scope, world, deliver, end.signal);
          // One that was broken off by the end has not failed: whoever goes on writes it again.
          if (end.signal.aborted) return;
          noteOutcome(run.flow, run.id, {
            endedMs: world.settings.now(),
            isFailed: delivery.kind === 'failed',
            bytes: delivery.kind === 'failed' ? 0 : delivery.files.reduce((sum, { bytes }) => sum + bytes, 0),
          });
          deliver.onDelivery?.(delivery);
        }
      await setTimeout(everyMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    end.abort();
    await ended;
  };
}

async function deliverRun(
  run: PlannedRun,
  scope: Scope,
  world: World,
  deliver: Deliver,
  ending: AbortSignal,
): Promise<Delivery> {
  const signal = AbortSignal.any([ending, AbortSignal.timeout(mostMs)]);
  let told = { run: run.id, segment: run.segmentId, where: '' };
  try {
    const target = targetOf(run.flow, world.store, scope, deliver);
    told = { ...told, where: toldPlace(target.place) };
    const uploads = await openUploads(target.place, signal);
    try {
      return { ...told, kind: 'written', files: await writeExport(run, scope, target, uploads, world) };
    } finally {
      uploads.close();
    }
  } catch (error) {
    return { ...told, kind: 'failed', why: signal.aborted ? 'timeout' : codeOf(error) };
  }
}

/** What a client's error is called: its own sentences may hold what opens the storage. */
function codeOf(error: unknown): string {
  const { code, level, name } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    level?: unknown;
    name?: unknown;
  };
  const said = [code, level, name].find((one) => typeof one === 'string' || typeof one === 'number');
  return String(said ?? 'unknown').replaceAll(/[^\w.-]/g, '');
}
