import { setTimeout } from 'node:timers/promises';
import * as z from 'zod/mini';
import { stateUrl } from '../../settings/state-url.ts';
import { openDatabase } from '../../state/postgres/database.ts';
import { type JobQueue, openQueue, type Row } from '../../state/postgres/queue.ts';
import { requireVersion } from '../../state/postgres/schema.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';
import type { Streams } from '../console/streams.ts';
import { addressOf } from '../state/shared-state.ts';
import type { Done } from './apply-many.ts';

const place = z.object({ apiUrl: z.string(), orgId: z.string(), sandbox: z.string() });

/** A plan in the queue, as it was put in: its text, so that no number of it changes. */
const queued = z.object({
  /** Its run from the first try on: what that has noted says what another may do. */
  run: z.string(),
  file: z.string(),
  plan: z.string(),
  place,
  by: z.string(),
  prune: z.boolean(),
});
export type QueuedPlan = z.infer<typeof queued>;

/** Nothing for what no ferry has put in. */
export const queuedPlan = (body: unknown): QueuedPlan | undefined => queued.safeParse(body).data;

/** What came of a plan; what else stands there is why it was put off. */
const ended = z.object({
  file: z.string(),
  outcome: z.enum(['verified', 'mismatch', 'failed', 'interrupted', 'notBegun']),
  run: z.exactOptional(z.string()),
  flowId: z.exactOptional(z.string()),
  exitCode: z.number(),
  why: z.exactOptional(z.string()),
  ms: z.number(),
});
export const doneOf = ({ output }: Pick<Row, 'output'>): Done | undefined => ended.safeParse(output).data;

/** The queue that several machines work, and what slows all of them. */
export interface PlanQueue extends JobQueue {
  /** The organisation wants to be left alone for so long. */
  brake(orgId: string, forMs: number): Promise<void>;
  /** Waits until that is over, for any of them. */
  unbraked(orgId: string, stop: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens it.
 *
 * @throws Stop (2) where no state is shared; StateAddressError, StateAwayError, StateRefusedError, StateVersionError
 */
export async function openPlanQueue(env: Streams['env']): Promise<PlanQueue> {
  const url = stateUrl(env);
  if (url === undefined) throw new Stop(exitCode.usage, (text) => text('state.noUrl'));
  const database = openDatabase(addressOf(url, env));
  try {
    await requireVersion(database);
    const queue = await openQueue(database);
    return {
      ...queue,
      async brake(orgId, forMs) {
        await database.ask(
          `insert into ferry.brake (org, until) values ($1, clock_timestamp() + $2 * interval '1 ms')
           on conflict (org) do update set until = greatest(brake.until, excluded.until)`,
          [orgId, forMs],
        );
      },
      async unbraked(orgId, stop) {
        while (!stop.aborted) {
          const [row] = await database.ask(
            `select (extract(epoch from until - clock_timestamp()) * 1000)::float8 as left_ms from ferry.brake where org = $1`,
            [orgId],
          );
          const leftMs = Number(row?.['left_ms'] ?? 0);
          if (leftMs <= 0) return;
          await setTimeout(Math.min(leftMs, 1000), undefined, { signal: stop }).catch(() => undefined);
        }
      },
      async close() {
        await queue.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
