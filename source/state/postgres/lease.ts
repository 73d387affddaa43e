import { randomUUID } from 'node:crypto';
import type { RunHolder, Waiting } from '../../apply/journal/run-store.ts';
import { RunHeldError } from '../errors.ts';
import { type Holder, holderHere, isDeadHere, isHolder, named } from '../holder.ts';
import type { Asking, Database } from './database.ts';
import type { Bearing } from './patience.ts';

/** A holder in a database: on which machine, and as whom. */
interface SharedHolder extends Holder {
  readonly user: string;
  /** Tells two holdings of one process. */
  readonly token: string;
}

/** What is held by a lease, a row each. */
interface Leased {
  readonly table: 'run' | 'making';
  readonly column: 'run' | 'what';
  readonly key: string;
}

/** A lease that somebody has, until somebody else takes it. */
interface Lease {
  readonly epoch: number;
  /** Begins to give it back; what cannot be said now ends by itself. */
  release(): Promise<void>;
}

export interface Leasing {
  readonly database: Database;
  readonly user: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** How long nobody takes it from one who is silent, milliseconds. */
  readonly leaseMs: number;
  /** Waits for a database that is away. */
  readonly bear: Bearing;
}

/**
 * Takes a lease that nobody has, that has run out by the clock of the database, or whose holder was a process of this
 * machine and is dead. Its epoch grows: whoever had it before is refused from then on.
 *
 * It is renewed while the process lives; one that is stopped for longer loses it. Where nobody knows whether it was
 * taken, because the connection ended meanwhile, it is asked for again, and is there if it was.
 *
 * @param waiting - Told who held it, when that one did not give it back, and that the database is away.
 * @throws RunHeldError; StateAwayError, StateRefusedError
 */
export async function takeLease(
  leased: Leased,
  { database, user, now, leaseMs, bear }: Leasing,
  waiting: Waiting = {},
): Promise<Lease> {
  const { table, column, key } = leased;
  const mine: SharedHolder = { ...holderHere(now()), user, token: randomUUID() };
  let before: RunHolder | undefined;
  const taking = (): Promise<number> =>
    database.together(async (one) => {
      await one.ask(`insert into ferry.${table} (${column}) values ($1) on conflict do nothing`, [key]);
      const [row] = await one.ask(
        `select epoch::int, holder, lease_until is not null as is_held, lease_until > clock_timestamp() as is_live
       from ferry.${table} where ${column} = $1 for update`,
        [key],
      );
      const other = holderOf(row?.['holder']);
      if (row?.['is_live'] === true && other?.token === mine.token) return Number(row['epoch']);
      before = row?.['is_held'] === true ? toldHolder(other) : undefined;
      if (row?.['is_live'] === true && !(other && isDeadHere(other)))
        throw new RunHeldError(toldHolder(other), database.place, 'database');
      const [taken] = await one.ask(
        `update ferry.${table} set epoch = epoch + 1, holder = $2,
         lease_until = clock_timestamp() + $3 * interval '1 ms'
       where ${column} = $1 returning epoch::int`,
        [key, JSON.stringify(mine), leaseMs],
      );
      return Number(taken?.['epoch']);
    });
  const epoch = await bear(taking, waiting);
  if (before) waiting.onTakeOver?.(before);
  const renewing = setInterval(() => {
    void database.ask(renewal(leased), [key, epoch, leaseMs]).catch(() => undefined);
  }, leaseMs / 3);
  renewing.unref();
  return {
    epoch,
    async release() {
      clearInterval(renewing);
      await database
        .ask(`update ferry.${table} set lease_until = null where ${column} = $1 and epoch = $2`, [key, epoch])
        .catch(() => undefined);
    },
  };
}

const renewal = ({ table, column }: Leased): string =>
  `update ferry.${table} set lease_until = clock_timestamp() + $3 * interval '1 ms'
   where ${column} = $1 and epoch = $2 and lease_until is not null`;

/** Who a row says holds it; nothing for what is none of ours. */
export function holderOf(text: unknown): SharedHolder | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return isHolder(read) && 'user' in read && typeof read.user === 'string'
      ? (read as SharedHolder)
      : undefined;
  } catch {
    return undefined;
  }
}

export const toldHolder = (holder: SharedHolder | undefined): RunHolder =>
  holder ? named(holder) : { kind: 'nameless' };

/** Who has a lease just now; nothing where nobody has, or nobody who lives. Only looks. */
export async function readHolder(asking: Asking, run: string): Promise<RunHolder | undefined> {
  const [row] = await asking.ask(
    'select holder from ferry.run where run = $1 and lease_until > clock_timestamp()',
    [run],
  );
  const holder = holderOf(row?.['holder']);
  return row && !(holder && isDeadHere(holder)) ? toldHolder(holder) : undefined;
}
