import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { FoundRun, LeftRun, OpenRuns, RunStore, WaitingInLine } from '../../apply/journal/run-store.ts';
import { JournalError, RunHeldError } from '../errors.ts';
import { foundIn, stateOf } from '../found-run.ts';
import { type Keeping, openJournal, placeKey } from './journal.ts';
import { holderOf, readHolder, takeLease } from './lease.ts';
import type { Row } from './database.ts';

/** The lines of each run that is asked for, as one text, the newest run first. */
const linesWhere = (where: string): string => `
  select run.run, coalesce(string_agg(line.line, '' order by line.n), '') as text
  from ferry.run left join ferry.line using (run) where ${where}
  group by run.run order by run.begun_at desc nulls last, run.run`;

/** The runs that several machines share. */
export function sharedRuns(keeping: Keeping): RunStore {
  const { database, words } = keeping;

  const found = ({ run, text }: Row): Promise<FoundRun> =>
    foundIn(words, {
      run: String(run),
      file: `${database.place} ${String(run)}`,
      text: String(text),
      // A row without a line is a run that was only held.
      isMarked: () => Promise.resolve(false),
    });

  async function find(run: string): Promise<FoundRun | undefined> {
    const [row] = await database.ask(linesWhere('run.run = $1'), [run]);
    return row && found(row);
  }

  async function listOpen(): Promise<OpenRuns> {
    const all = await Promise.all((await database.ask(linesWhere('run.is_open'))).map(found));
    const states = all.flatMap((one) =>
      one.kind === 'run' && one.state.outcome === undefined ? [one.state] : [],
    );
    return {
      runs: states.sort((a, b) => b.begunMs - a.begunMs),
      lost: all.flatMap((one) => (one.kind === 'damaged' ? [one.file] : [])),
    };
  }

  return {
    open: (run, waiting) => openJournal(run, keeping, waiting),
    find,
    listOpen,
    read: async (run) => stateOf(words, await find(run)),
    async list(at) {
      const rows = at
        ? await database.ask(linesWhere('run.place = $1'), [placeKey(at)])
        : await database.ask(linesWhere('true'));
      const all = await Promise.all(rows.map(found));
      const begun = (one: FoundRun): number => (one.kind === 'run' ? one.state.begunMs : 0);
      return all.sort((a, b) => begun(b) - begun(a));
    },
    holder: (run) => readHolder(database, run),
    left: (run) => readLeft(keeping, run),
    async forget(run) {
      // Whoever has lost a run must not take it from whoever has it, or had it since.
      await database.ask(
        `delete from ferry.run where run = $1 and epoch = coalesce($2, epoch)
           and (lease_until is null or lease_until < clock_timestamp())`,
        [run, keeping.held.get(run) ?? null],
      );
    },
    alone: (what, waiting) => holdAlone(keeping, what, waiting),
  };
}

/** Who was at a run last, and when it was heard of, by this machine's clock. */
async function readLeft({ database, now }: Keeping, run: string): Promise<LeftRun | undefined> {
  const [row] = await database.ask(
    `select holder, (extract(epoch from clock_timestamp() - last_at) * 1000)::float8 as ago from ferry.run where run = $1`,
    [run],
  );
  const holder = holderOf(row?.['holder']);
  return holder && { user: holder.user, host: holder.host, atMs: now() - Math.max(0, Number(row?.['ago'])) };
}

/** As long as any apply may take, with its doubts; how often it is looked. Milliseconds. */
const longestWaitMs = 10 * 60_000;
const lookMs = 250;

/** @see RunStore.alone */
async function holdAlone(
  keeping: Keeping,
  what: string,
  waiting: WaitingInLine,
): Promise<() => Promise<void>> {
  const { onWait, stop } = waiting;
  const key = createHash('sha256').update(what).digest('hex');
  const sinceMs = performance.now();
  for (let isTold = false; ;) {
    try {
      const lease = await takeLease({ table: 'making', column: 'what', key }, keeping, waiting);
      return () => lease.release();
    } catch (error) {
      if (!(error instanceof RunHeldError)) throw new JournalError(keeping.database.place, error, 'database');
      if (stop.aborted || performance.now() - sinceMs > longestWaitMs) throw error;
      if (!isTold) onWait(error.holder);
      isTold = true;
      await setTimeout(lookMs, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
