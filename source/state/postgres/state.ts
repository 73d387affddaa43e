import { randomUUID } from 'node:crypto';
import type { JournalWords } from '../../apply/journal/run-store.ts';
import type { Drafts, State } from '../state.ts';
import { type StateAddress } from './address.ts';
import { type Database, openDatabase } from './database.ts';
import { handIn } from './journal.ts';
import { outboxIn } from './outbox.ts';
import { bearing } from './patience.ts';
import { sharedRuns } from './runs.ts';
import { requireVersion } from './schema.ts';

/** A database, and who is at this machine. */
export interface Sharing {
  readonly address: StateAddress;
  /** What this machine keeps for the database while that is away. */
  readonly stateFolder: string;
  /** The person, by the name that this machine knows. */
  readonly user: string;
  readonly words: JournalWords;
  /** How long a run belongs to one who is silent, and how long a note waits for the database. Milliseconds. */
  readonly leaseMs: number;
  readonly patienceMs: number;
}

/** What several machines share. */
export interface SharedState extends State {
  /** What proves a run; nothing where there is none. */
  receipt(run: string): Promise<{ readonly json: string; readonly markdown: string } | undefined>;
  close(): Promise<void>;
}

/**
 * Opens it, and hands in what was kept on the disk while it was away.
 *
 * @throws StateAwayError, StateRefusedError, StateVersionError, StateUnreadableError
 */
export async function openSharedState(sharing: Sharing): Promise<SharedState> {
  const { address, stateFolder, user, words, leaseMs, patienceMs } = sharing;
  const database = openDatabase(address);
  const { place } = database;
  try {
    await requireVersion(database);
    const outbox = outboxIn(stateFolder, place);
    const bear = bearing(patienceMs);
    const keeping = {
      database,
      user,
      words,
      outbox,
      leaseMs,
      bear,
      now: Date.now,
      held: new Map<string, number>(),
    };
    await handIn(keeping);
    return {
      place,
      placeOf: (run) => `${place} ${run}`,
      placeOfDrafts: place,
      runs: sharedRuns(keeping),
      drafts: sharedDrafts(database, user),
      async audit(line) {
        // Its origin tells a line that was put in before its answer was lost.
        const origin = randomUUID();
        await bear(() =>
          database.ask(
            'insert into ferry.audit (origin, said) values ($1, $2) on conflict (origin) do nothing',
            [origin, line],
          ),
        );
      },
      async keepReceipt(run, { json, markdown }) {
        await bear(() =>
          database.ask('update ferry.run set receipt = $2, receipt_markdown = $3 where run = $1', [
            run,
            json,
            markdown,
          ]),
        );
        return `${place} ${run}`;
      },
      async receipt(run) {
        const [row] = await database.ask(
          'select receipt, receipt_markdown from ferry.run where run = $1 and receipt is not null',
          [run],
        );
        return row && { json: String(row['receipt']), markdown: String(row['receipt_markdown']) };
      },
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Drafts of one person, wherever they sit. */
function sharedDrafts(database: Database, owner: string): Drafts {
  return {
    async list() {
      const rows = await database.ask(
        'select name, said from ferry.draft where owner = $1 and by_role = session_user',
        [owner],
      );
      const drafts = rows.map(({ name, said }) => ({ name: String(name), text: String(said) }));
      return { drafts, unread: [] };
    },
    async write(name, text) {
      await database.ask(
        `insert into ferry.draft (owner, name, said) values ($1, $2, $3)
         on conflict (by_role, owner, name) do update set said = $3, at = clock_timestamp()`,
        [owner, name, text],
      );
    },
    async remove(name) {
      await database.ask(
        'delete from ferry.draft where owner = $1 and name = $2 and by_role = session_user',
        [owner, name],
      );
    },
  };
}
