import { readVersion } from './schema.ts';
import { knownVersion, rightsOf } from './migrations.ts';
import type { Database, Row } from './database.ts';
import type { Outbox } from './outbox.ts';

/** What can be said of a database without changing it. */
export interface Inspection {
  readonly place: string;
  /** As the server says it: `15.8`. */
  readonly server: string;
  /** Whether it is one that ferry works on. */
  readonly isServerKnown: boolean;
  readonly isEncrypted: boolean;
  readonly isReadOnly: boolean;
  /** How far its clock is ahead of the one here, milliseconds; negative where it is behind. */
  readonly clockAheadMs: number;
  /** What a commit costs there and back is at least this, milliseconds. */
  readonly roundTripMs: number;
  /** Of the tables; 0 where there are none. */
  readonly version: number;
  readonly known: number;
  /** Rights that are missing and that are too many: `insert on ferry.line`. */
  readonly lacking: readonly string[];
  readonly tooMany: readonly string[];
  readonly kept: Kept | undefined;
  /** Lines here that wait to be handed in. */
  readonly waiting: number;
}

/** What is kept there. */
export interface Kept {
  readonly runs: number;
  readonly open: number;
  /** Of the open ones: whose holder is silent for longer than a day. */
  readonly abandoned: number;
  readonly drafts: number;
  readonly acts: number;
  readonly bytes: number;
}

/** The first that has all of what is asked of it. */
const leastServer = 140_000;

/** Of these a console must have none but its own: what was noted stays as it was noted. */
const noted = ['line', 'audit', 'version'];
const allRights = ['select', 'insert', 'update', 'delete', 'truncate'];

/** @throws StateAwayError, StateRefusedError */
export async function inspect(database: Database, outbox: Outbox): Promise<Inspection> {
  // The first one opens the connection.
  await database.ask('select 1');
  const sentMs = Date.now();
  const sinceMs = performance.now();
  const [facts = {}] = await database.ask(`
    select current_setting('server_version') as server, current_setting('server_version_num')::int as number,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as is_encrypted,
      current_setting('transaction_read_only') = 'on' or pg_is_in_recovery() as is_read_only`);
  const roundTripMs = performance.now() - sinceMs;
  const version = await readVersion(database);
  const rights = version === 0 ? [] : await readRights(database);
  const mayRead = rights.length > 0 && !rights.some(({ right, has }) => right === 'select' && !has);
  let waiting = 0;
  for await (const { lines } of outbox.read()) waiting += lines.length;
  return {
    place: database.place,
    server: String(facts['server']),
    isServerKnown: Number(facts['number']) >= leastServer,
    isEncrypted: facts['is_encrypted'] === true,
    isReadOnly: facts['is_read_only'] === true,
    clockAheadMs: Number(facts['now']) - (sentMs + roundTripMs / 2),
    roundTripMs,
    version,
    known: knownVersion,
    lacking: rights.filter(({ has, isWanted }) => isWanted && !has).map(nameOf),
    tooMany: rights
      .filter(({ table, has, isWanted }) => noted.includes(table) && has && !isWanted)
      .map(nameOf),
    kept: version === knownVersion && mayRead ? keptOf(await database.ask(counts)) : undefined,
    waiting,
  };
}

interface Right {
  readonly table: string;
  readonly right: string;
  readonly has: boolean;
  readonly isWanted: boolean;
}

const nameOf = ({ table, right }: Right): string => `${right} on ferry.${table}`;

async function readRights(database: Database): Promise<Right[]> {
  const asked = Object.keys(rightsOf).flatMap((table) => allRights.map((right) => ({ table, right })));
  const rows = await database.ask(
    `select t as table, r as right, coalesce(has_table_privilege(to_regclass('ferry.' || t), r), false) as has
     from unnest($1::text[], $2::text[]) as asked(t, r)`,
    [asked.map(({ table }) => table), asked.map(({ right }) => right)],
  );
  return rows.map((row) => {
    const [table, right] = [String(row['table']), String(row['right'])];
    return { table, right, has: row['has'] === true, isWanted: rightsOf[table]?.includes(right) === true };
  });
}

const counts = `
  select (select count(*) from ferry.run)::int as runs,
    (select count(*) from ferry.run where is_open)::int as open,
    (select count(*) from ferry.run where is_open and last_at < clock_timestamp() - interval '1 day')::int as abandoned,
    (select count(*) from ferry.draft)::int as drafts,
    (select count(*) from ferry.audit)::int as acts,
    (select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ferry' and c.relkind = 'r')::float8 as bytes`;

const keptOf = ([row = {}]: readonly Row[]): Kept => {
  const count = (name: keyof Kept): number => Number(row[name]);
  return {
    runs: count('runs'),
    open: count('open'),
    abandoned: count('abandoned'),
    drafts: count('drafts'),
    acts: count('acts'),
    bytes: count('bytes'),
  };
};
