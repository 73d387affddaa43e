import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Database, Row } from './database.ts';

/** What there are so many of for an organisation, over all workers. */
type PermitKind = 'plan' | 'call';

/** How many there are of each, and how long one is somebody's who says nothing more. */
export interface PermitLimits {
  readonly most: Readonly<Record<PermitKind, number>>;
  /** Of a plan: it is renewed while the worker lives. Milliseconds. */
  readonly silentMs: number;
  /** Of a call: longer than any takes. Milliseconds. */
  readonly callMs: number;
}

/** A permit that was taken. */
export interface Permit {
  /** Aborted once somebody else may have it. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** What workers of an organisation share: so many plans and calls at once, and a pause that the platform wants. */
export interface Permits {
  /**
   * Waits for one, and until no pause is wanted any more.
   *
   * @param stop - Ends the wait.
   * @throws the reason of `stop`; StateAwayError, StateRefusedError
   */
  take(org: string, kind: PermitKind, stop: AbortSignal): Promise<Permit>;
  /** The platform wants this organisation to be left alone for so long. */
  brake(org: string, forMs: number): Promise<void>;
  close(): void;
}

/** A worker that says nothing for so long is taken for dead, milliseconds. */
export const usualSilentMs = 10_000;

/** How often it is looked again where none is free, and at most during a pause. Milliseconds. */
const lookMs = 100;
const longestLookMs = 1000;

interface Held {
  readonly org: string;
  readonly n: number;
  readonly epoch: number;
  readonly lost: AbortController;
}

/**
 * Each permit is a row, so nobody passes a limit: whoever takes one locks it, and leaves those that others are just
 * taking.
 *
 * A worker that was stopped for longer than its plans are its own notices before its next call, and gives up those that
 * somebody else has by now.
 *
 * @param onPause - Told when a pause is wanted, once: until when, epoch milliseconds by the database.
 */
export function permitsIn(
  database: Database,
  { most, silentMs, callMs }: PermitLimits,
  onPause: (org: string, untilMs: number) => void,
): Permits {
  const worker = randomUUID();
  const plans = new Set<Held>();
  const seeded = new Map<string, Promise<unknown>>();
  const lines = new Map<string, Promise<unknown>>();
  const told = new Map<string, number>();
  let given = Promise.withResolvers<void>();

  /** Once in a process; more than there are need not be. */
  const seed = (org: string, kind: PermitKind): Promise<unknown> => {
    const key = JSON.stringify([org, kind]);
    const known = seeded.get(key);
    if (known) return known;
    const seeding = database.ask(
      `insert into ferry.permit (org, kind, n) select $1, $2, n from generate_series(1, $3) as n on conflict do nothing`,
      [org, kind, most[kind]],
    );
    seeded.set(key, seeding);
    seeding.catch(() => seeded.delete(key));
    return seeding;
  };

  async function takeOne(org: string, kind: PermitKind, stop: AbortSignal): Promise<Permit> {
    await seed(org, kind);
    for (;;) {
      stop.throwIfAborted();
      const ownReturn = given.promise;
      const askedMs = performance.now();
      const [row = {}] = await database.ask(takingSql, [
        org,
        kind,
        most[kind],
        worker,
        kind === 'plan' ? silentMs : callMs,
      ]);
      const pausedMs = Number(row['pause_ms'] ?? 0);
      if (row['n'] !== null) {
        const held = { org, n: Number(row['n']), epoch: Number(row['epoch']), lost: new AbortController() };
        if (Number(row['plans']) < plans.size) await renew();
        // Whoever was stopped meanwhile may have it no more.
        if (stop.aborted || performance.now() - askedMs > silentMs / 2) {
          await giveBack(held, kind);
          stop.throwIfAborted();
          // What it was about to send was meant long ago: who has the run now, only its next line can say.
          if (kind === 'call') throw new Error('stopped while it waited for its turn');
          continue;
        }
        if (kind === 'plan') plans.add(held);
        return { lost: held.lost.signal, release: () => giveBack(held, kind) };
      }
      const untilMs = Number(row['pause_until'] ?? 0);
      if (pausedMs > 0 && (told.get(org) ?? 0) < untilMs) {
        told.set(org, untilMs);
        onPause(org, untilMs);
      }
      const again = new AbortController();
      const forMs = Math.min(Math.max(pausedMs, lookMs * (0.5 + Math.random())), longestLookMs);
      const looking = setTimeout(forMs, undefined, { signal: AbortSignal.any([stop, again.signal]) });
      await Promise.race([looking.catch(() => undefined), ownReturn]);
      again.abort();
    }
  }

  async function giveBack({ org, n, epoch }: Held, kind: PermitKind): Promise<void> {
    for (const one of plans) if (one.epoch === epoch && one.n === n && one.org === org) plans.delete(one);
    await database
      .ask(
        `update ferry.permit set until = '-infinity' where org = $1 and kind = $2 and n = $3 and epoch = $4`,
        [org, kind, n, epoch],
      )
      // What cannot be said now ends by itself.
      .catch(() => undefined);
    given.resolve();
    given = Promise.withResolvers();
  }

  /** Keeps the plans that are still this worker's, and gives up the others. */
  async function renew(): Promise<void> {
    const asked = [...plans];
    if (asked.length === 0) return;
    const rows = await database.ask(
      `update ferry.permit set until = clock_timestamp() + $2 * interval '1 ms'
       where worker = $1 and kind = 'plan' and until > '-infinity' returning org, n, epoch::int`,
      [worker, silentMs],
    );
    const isKept = (held: Held): boolean =>
      rows.some((row: Row) => row['org'] === held.org && row['n'] === held.n && row['epoch'] === held.epoch);
    for (const held of asked) {
      if (!plans.has(held) || isKept(held)) continue;
      plans.delete(held);
      held.lost.abort(new Error('somebody else has its place'));
    }
  }

  const renewing = setInterval(() => void renew().catch(() => undefined), silentMs / 3);
  renewing.unref();

  return {
    take(org, kind, stop) {
      // One of this worker asks at a time; the others stand behind it.
      const key = JSON.stringify([org, kind]);
      const taking = (lines.get(key) ?? Promise.resolve()).then(() => takeOne(org, kind, stop));
      lines.set(
        key,
        taking.catch(() => undefined),
      );
      return taking;
    },
    async brake(org, forMs) {
      await database.ask(
        `insert into ferry.brake (org, until) values ($1, clock_timestamp() + $2 * interval '1 ms')
         on conflict (org) do update set until = greatest(brake.until, excluded.until)`,
        [org, forMs],
      );
    },
    close: () => clearInterval(renewing),
  };
}

/** Organisations that want to be left alone just now, and until when: epoch milliseconds. */
export async function readPauses(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await database.ask(
    `select org, (extract(epoch from until) * 1000)::float8 as until from ferry.brake where until > clock_timestamp()`,
  );
  return new Map(rows.map((row) => [String(row['org']), Number(row['until'])]));
}

/** One that is free, where nothing is to be waited for; how long that is, and how many plans are this worker's. */
const takingSql = `
  with pause as (select until from ferry.brake where org = $1 and until > clock_timestamp()),
  free as (
    select n from ferry.permit
    where org = $1 and kind = $2 and n <= $3 and until < clock_timestamp() and not exists (select from pause)
    limit 1 for update skip locked),
  taken as (
    update ferry.permit set worker = $4, epoch = epoch + 1, until = clock_timestamp() + $5 * interval '1 ms'
    from free where permit.org = $1 and permit.kind = $2 and permit.n = free.n
    returning permit.n, permit.epoch)
  select (select n from taken) as n, (select epoch::int from taken) as epoch,
    (select extract(epoch from until) * 1000 from pause)::float8 as pause_until,
    (select extract(epoch from until - clock_timestamp()) * 1000 from pause)::float8 as pause_ms,
    (select count(*) from ferry.permit where worker = $4 and kind = 'plan' and until > clock_timestamp())::int as plans`;
