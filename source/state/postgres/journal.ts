import type { JournalNote, RunPlace } from '../../apply/journal/journal.ts';
import type { JournalWords, OpenJournal, Waiting } from '../../apply/journal/run-store.ts';
import { JournalError, RunLostError, StateAwayError, StateRefusedError } from '../errors.ts';
import { isDeadHere } from '../holder.ts';
import type { Asking } from './database.ts';
import { holderOf, type Leasing, takeLease, toldHolder } from './lease.ts';
import type { Outbox } from './outbox.ts';

/** How journals are kept in a database. */
export interface Keeping extends Leasing {
  readonly words: JournalWords;
  readonly outbox: Outbox;
  /** Runs that this process has held, and in which epoch. */
  readonly held: Map<string, number>;
}

/** What is said before something is sent; everything else tells what came of it. */
const before: readonly JournalNote['kind'][] = ['begun', 'found', 'over', 'named', 'intent'];

/**
 * Begins the journal of a new run, or goes on with one, and keeps everybody else off it.
 *
 * A note resolves when its line is committed. Where nobody knows whether it was, because the database ended meanwhile,
 * it is asked until it answers, and the line is put in once; who waits in vain sends nothing. What came of a call is
 * on the disk meanwhile.
 *
 * @throws RunHeldError; JournalError
 */
export async function openJournal(
  run: string,
  keeping: Keeping,
  waiting: Waiting = {},
): Promise<OpenJournal> {
  const { database, words, now, outbox } = keeping;
  try {
    const lease = await takeLease({ table: 'run', column: 'run', key: run }, keeping, waiting);
    const { epoch } = lease;
    keeping.held.set(run, epoch);
    let next = await keeping.bear(() => nextOf(database, run), waiting);
    let isBroken = false;
    let tail: Promise<unknown> = Promise.resolve();

    async function put(note: JournalNote): Promise<void> {
      const line = words.lineOf(note, now());
      const at = note.kind === 'begun' ? placeKey(note.place) : null;
      const placed = { run, epoch, n: next, line, kind: note.kind, at };
      const isOutcome = !before.includes(note.kind);
      try {
        // Where one could not be kept nothing more is begun, but what came of what was is worth keeping.
        if (isBroken) throw new StateAwayError(database.place, 'CLOSED');
        await append(database, placed, keeping.leaseMs);
      } catch (error) {
        if (error instanceof RunLostError) throw error;
        if (isOutcome) await outbox.keep(run, epoch, line);
        if (isBroken) throw error;
        isBroken = isOutcome || error instanceof StateAwayError;
        // What refuses now does so until somebody has done something about it.
        if (!(error instanceof StateAwayError)) throw error;
        await keeping.bear(() => append(database, placed, keeping.leaseMs), waiting);
        isBroken = false;
        if (isOutcome) await outbox.drop(run, epoch);
      }
      next += 1;
    }

    return {
      note(note) {
        const noted = tail
          .then(() => put(note))
          .catch((error: unknown) => {
            throw asJournalError(error, database.place);
          });
        tail = noted.catch(() => undefined);
        return noted;
      },
      async close() {
        await tail;
        await lease.release();
      },
    };
  } catch (error) {
    throw asJournalError(error, database.place);
  }
}

/** A run that was lost is nobody's fault of the journal. */
function asJournalError(error: unknown, place: string): unknown {
  if (error instanceof StateAwayError || error instanceof StateRefusedError)
    return new JournalError(place, error, 'database');
  return error instanceof Error && 'kind' in error ? error : new JournalError(place, error);
}

async function nextOf(database: Asking, run: string): Promise<number> {
  const [row] = await database.ask(
    'select coalesce(max(n), 0)::int + 1 as next from ferry.line where run = $1',
    [run],
  );
  return Number(row?.['next']);
}

interface Placed {
  readonly run: string;
  readonly epoch: number;
  readonly n: number;
  readonly line: string;
  readonly kind: JournalNote['kind'];
  /** Where the run writes, in its first line. */
  readonly at: string | null;
}

/** A place as the runs of it are found by. */
export const placeKey = ({ apiUrl, orgId, sandbox }: RunPlace): string =>
  JSON.stringify([apiUrl, orgId, sandbox]);

/** A run is open from its beginning until it ends. */
const openAfter = (kind: JournalNote['kind']): boolean | null =>
  kind === 'begun' ? true : kind === 'ended' ? false : null;

/**
 * Puts a line in, once, however often it is asked: one that was committed before the answer was lost is found there.
 * Renews the lease.
 *
 * @throws RunLostError where somebody else has the run; StateAwayError, StateRefusedError
 */
async function append(database: Asking, placed: Placed, leaseMs: number): Promise<void> {
  // Whoever was stopped meanwhile asks again: what was committed long ago says nothing of who has the run now.
  for (let tookMs = Infinity; tookMs > leaseMs / 2;) {
    const sinceMs = performance.now();
    await appendOnce(database, placed, leaseMs);
    tookMs = performance.now() - sinceMs;
  }
}

async function appendOnce(database: Asking, placed: Placed, leaseMs: number): Promise<void> {
  const { run, epoch, n, line, kind, at } = placed;
  const rows = await database.ask(
    `with held as (
       update ferry.run set lease_until = clock_timestamp() + $5 * interval '1 ms', last_at = clock_timestamp(),
         is_open = coalesce($6, is_open), begun_at = case when $7 then clock_timestamp() else begun_at end, place = coalesce($8, place)
       where run = $1 and epoch = $2 returning run)
     insert into ferry.line (run, n, epoch, line) select run, $3, $2, $4 from held
     on conflict (run, n) do nothing returning n`,
    [run, epoch, n, line, leaseMs, openAfter(kind), kind === 'begun', at],
  );
  if (rows.length > 0) return;
  const [found] = await database.ask(
    `select epoch::int, holder, (select line from ferry.line where run = $1 and n = $2) as line
     from ferry.run where run = $1`,
    [run, n],
  );
  if (Number(found?.['epoch']) === epoch && found?.['line'] === line) return;
  throw new RunLostError(run, toldHolder(holderOf(found?.['holder'])));
}

/**
 * Hands in what was kept on the disk while the database was away. What belongs to a run that somebody else has gone on
 * with is set aside: they have looked for it on the platform. So is what a full disk has damaged, behind what was whole.
 * Where the database takes nothing it waits on: what is there can be read.
 *
 * @throws StateAwayError, StateUnreadableError
 */
export async function handIn({
  database,
  outbox,
  words,
}: Pick<Keeping, 'database' | 'outbox' | 'words'>): Promise<void> {
  for await (const { run, epoch, lines } of outbox.read()) {
    const read = lines.map((line) => ({ line, kind: words.decode(line, outbox.folder).entries[0]?.kind }));
    const damaged = read.findIndex(({ kind }) => kind === undefined);
    const whole = read.slice(0, damaged === -1 ? undefined : damaged);
    const came = await database
      .together(async (one) => {
        const [row] = await one.ask(
          'select epoch::int, lease_until > clock_timestamp() as is_live, holder from ferry.run where run = $1 for update',
          [run],
        );
        if (Number(row?.['epoch']) !== epoch) return 'gone on';
        const holder = holderOf(row?.['holder']);
        if (row?.['is_live'] === true && !(holder && isDeadHere(holder))) return 'under way';
        for (const { line, kind } of whole) {
          await one.ask(
            `insert into ferry.line (run, n, epoch, line)
             select $1, coalesce(max(n), 0) + 1, $2, $3 from ferry.line where run = $1
             having not exists (select from ferry.line where run = $1 and line = $3)`,
            [run, epoch, line],
          );
          await one.ask('update ferry.run set is_open = coalesce($2, is_open) where run = $1', [
            run,
            kind === undefined ? null : openAfter(kind),
          ]);
        }
        return damaged === -1 ? 'handed in' : 'damaged';
      })
      .catch((error: unknown) => {
        if (error instanceof StateRefusedError) return 'refused';
        throw error;
      });
    if (came === 'handed in') await outbox.drop(run, epoch);
    if (came === 'gone on' || came === 'damaged') await outbox.setAside(run, epoch);
  }
}
