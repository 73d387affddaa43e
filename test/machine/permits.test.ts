import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAddress } from '../../source/state/postgres/address.ts';
import { type Database, openDatabase } from '../../source/state/postgres/database.ts';
import {
  type Permits,
  permitsIn,
  type PermitLimits,
  readPauses,
} from '../../source/state/postgres/permits.ts';
import { migrate } from '../../source/state/postgres/schema.ts';
import { endWithTest } from '../helpers/scope.ts';
import { type Cluster, startCluster } from './postgres.ts';

let cluster: Cluster;
let count = 0;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop('immediate'));

async function freshDatabase(): Promise<string> {
  const name = `permits_${count++}`;
  await cluster.create(name);
  const database = openDatabase(readAddress(cluster.url(name), {}));
  await migrate(database, undefined);
  await database.close();
  return name;
}

interface Worker {
  readonly database: Database;
  readonly permits: Permits;
  /** Pauses that it was told of, epoch milliseconds. */
  readonly told: readonly number[];
}

/** A worker of its own: with its own connections. */
function workerAt(name: string, limits: Partial<PermitLimits> = {}): Worker {
  const database = openDatabase(readAddress(cluster.url(name), {}));
  const told: number[] = [];
  const usual = { most: { plan: 3, call: 3 }, silentMs: 10_000, callMs: 10_000 };
  const permits = permitsIn(database, { ...usual, ...limits }, (_, untilMs) => told.push(untilMs));
  endWithTest(async () => {
    permits.close();
    await database.close();
  });
  return { database, permits, told };
}

const org = 'an organisation';
const never = new AbortController().signal;

describe('permits of an organisation', () => {
  it.each(['plan', 'call'] as const)(
    'are never more than there are, whoever takes them: %s',
    async (kind) => {
      const name = await freshDatabase();
      let [held, most] = [0, 0];
      const full = Promise.withResolvers<void>();
      const takers = Array.from({ length: 8 }, () => workerAt(name)).flatMap(({ permits }) =>
        Array.from({ length: 12 }, async () => {
          const permit = await permits.take(org, kind, never);
          held += 1;
          most = Math.max(most, held);
          if (held === 3) full.resolve();
          // Nobody gives one back before all were somebody's.
          await full.promise;
          held -= 1;
          await permit.release();
        }),
      );
      await Promise.all(takers);
      expect(most).toBe(3);
    },
  );

  it('are of each organisation its own', async () => {
    const { permits } = workerAt(await freshDatabase());
    const all = ['a', 'a', 'a', 'b'].map((one) => permits.take(one, 'call', never));
    expect(await Promise.all(all)).toHaveLength(4);
  });

  it('stay with a worker that lives, however long it works', async () => {
    const name = await freshDatabase();
    const limits = { most: { plan: 1, call: 1 }, silentMs: 300 };
    const [one, other] = [workerAt(name, limits), workerAt(name, limits)];
    const held = await one.permits.take(org, 'plan', never);
    let isTaken = false;
    const waiting = other.permits.take(org, 'plan', never).then(() => {
      isTaken = true;
    });
    const renewals = async (): Promise<number> => {
      const [row] = await cluster.ask(name, 'select extract(epoch from max(until)) as at from ferry.permit');
      return Number(row?.['at']);
    };
    const firstAt = await renewals();
    await expect.poll(renewals).toBeGreaterThan(firstAt + 0.6);
    expect([isTaken, held.lost.aborted]).toEqual([false, false]);
    await held.release();
    await waiting;
  });

  it('go to another one when a worker is silent, which gives its plan up before its next call', async () => {
    const name = await freshDatabase();
    const limits = { most: { plan: 1, call: 2 }, silentMs: 10_000 };
    const [one, other] = [workerAt(name, limits), workerAt(name, limits)];
    const lost = await one.permits.take(org, 'plan', never);
    // As if nothing had been heard of it for so long.
    await cluster.ask(name, "update ferry.permit set until = clock_timestamp() - interval '1 s'");
    const taken = await other.permits.take(org, 'plan', never);
    const call = one.permits.take(org, 'call', AbortSignal.any([lost.lost]));
    await expect(call).rejects.toThrow('somebody else has its place');
    expect(lost.lost.aborted).toBe(true);
    // It gives nothing back that is another's.
    await lost.release();
    const [row] = await cluster.ask(
      name,
      "select count(*)::int as held from ferry.permit where kind = 'plan' and until > now()",
    );
    expect(row?.['held']).toBe(1);
    expect(taken.lost.aborted).toBe(false);
  });

  it('are kept by one who was silent where nobody has taken them', async () => {
    const name = await freshDatabase();
    const { permits } = workerAt(name, { most: { plan: 1, call: 1 } });
    const held = await permits.take(org, 'plan', never);
    await cluster.ask(name, "update ferry.permit set until = clock_timestamp() - interval '1 s'");
    await (await permits.take(org, 'call', never)).release();
    expect(held.lost.aborted).toBe(false);
    const [row] = await cluster.ask(
      name,
      "select until > now() as is_held from ferry.permit where kind = 'plan'",
    );
    expect(row?.['is_held']).toBe(true);
  });

  it('are nobody’s while the platform wants a pause, and all workers are told of it once', async () => {
    const name = await freshDatabase();
    const [one, other] = [workerAt(name), workerAt(name)];
    await one.permits.brake(org, 60_000);
    // What is asked for later is not sooner.
    await other.permits.brake(org, 1);
    const stop = new AbortController();
    const waiting = [one, other].flatMap(({ permits }) =>
      (['plan', 'call'] as const).map((kind) => permits.take(org, kind, stop.signal)),
    );
    await expect.poll(() => [one.told.length, other.told.length]).toEqual([1, 1]);
    const [until] = (await readPauses(other.database)).values();
    expect([one.told, other.told]).toEqual([[until], [until]]);
    // Another one is not concerned.
    await (await one.permits.take('another', 'call', never)).release();
    await cluster.ask(name, 'update ferry.brake set until = clock_timestamp()');
    expect(await Promise.all(waiting)).toHaveLength(4);
  });

  it('are not waited for any longer by one who is asked to stop', async () => {
    const name = await freshDatabase();
    const { permits } = workerAt(name, { most: { plan: 1, call: 1 } });
    await permits.take(org, 'plan', never);
    const stop = new AbortController();
    const waiting = permits.take(org, 'plan', stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
