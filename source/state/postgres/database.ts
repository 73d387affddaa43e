import pg from 'pg';
import { StateAwayError, StateRefusedError } from '../errors.ts';
import type { StateAddress } from './address.ts';

export type Row = Readonly<Record<string, unknown>>;

/** A connection, or the pool of them. */
export interface Asking {
  /** @throws StateAwayError, StateRefusedError */
  ask(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** A database that is spoken to. */
export interface Database extends Asking {
  readonly place: string;
  /** The same as the driver answers it, for who speaks to it by itself. */
  raw(sql: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
  /**
   * Does several things at once, or none of them.
   *
   * @throws as `ask`, and whatever `within` throws
   */
  together<Of>(within: (one: Asking) => Promise<Of>): Promise<Of>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** A run has a chain of notes, a heartbeat beside it; a process seldom has more than three runs. */
const connections = 4;

/** How long a connection and an answer may take, milliseconds. */
const patienceMs = 10_000;

/**
 * What holds whatever a server, a database or a role is set to. What was committed is on the disk; two who change a row
 * wait for each other, and neither is refused; and a name is never that of somebody else's function. Said by a statement:
 * a pooler takes them no other way.
 */
const settings = `
  set synchronous_commit = on;
  set default_transaction_isolation = 'read committed';
  set search_path = pg_catalog;
  set lock_timeout = '8s';
  set idle_in_transaction_session_timeout = '20s'`;

/** Opens no connection before it is asked something. */
export function openDatabase({ place, ssl, password, ...address }: StateAddress): Database {
  const pool = new pg.Pool({
    ...address,
    ssl,
    // Asked for by a server that wants one. The driver would look for a file of its own accord, and speak of that.
    password:
      password ??
      (() => {
        throw new StateRefusedError(place, 'NO_PASSWORD');
      }),
    max: connections,
    // Nobody waits for the end of a program that has nothing more to say.
    allowExitOnIdle: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    keepAlive: true,
    application_name: 'ferry',
    async onConnect(client) {
      // One that breaks between two questions is told by whoever asks next.
      client.on('error', () => undefined);
      await client.query(settings);
    },
  });
  // And so is one that is idle and breaks.
  pool.on('error', () => undefined);
  const askBy =
    (client: Pick<pg.ClientBase, 'query'>): Asking['ask'] =>
    async (sql, values = []) => {
      try {
        const { rows } = await client.query<Row>(sql, [...values]);
        return rows;
      } catch (error) {
        throw told(place, error);
      }
    };
  return {
    place,
    ask: askBy(pool),
    async raw(sql, values = []) {
      try {
        return await pool.query<Row>(sql, [...values]);
      } catch (error) {
        throw told(place, error);
      }
    },
    async together(within) {
      const client = await pool.connect().catch((error: unknown) => {
        throw told(place, error);
      });
      const ask = askBy(client);
      let isWhole = false;
      try {
        await ask('begin');
        const done = await within({ ask });
        await ask('commit');
        isWhole = true;
        return done;
      } catch (error) {
        isWhole = await ask('rollback').then(
          () => true,
          () => false,
        );
        throw error;
      } finally {
        client.release(!isWhole);
      }
    },
    close: () => pool.end(),
  };
}

/** What an error of the driver says: whether anybody answered, and what. */
function told(place: string, error: unknown): StateAwayError | StateRefusedError {
  if (error instanceof StateRefusedError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : codeOf(String(error));
  return error instanceof pg.DatabaseError && !isAway(code)
    ? new StateRefusedError(place, code, error)
    : new StateAwayError(place, code, error);
}

/** Of what the driver gives no code: a server that would not encrypt, or a connection that ended. */
const codeOf = (said: string): string => (/not support SSL/.test(said) ? 'NO_TLS' : 'CLOSED');

/**
 * Connection exceptions, a server that ends or begins, and one that takes no more connections; and who was in somebody's
 * way, or was ended by an administrator: asked again it may be done.
 */
const isAway = (code: string): boolean => /^(08|57P0|53300|40|55P03|57014)/.test(code);
