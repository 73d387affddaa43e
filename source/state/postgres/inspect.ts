import { knownVersion, rightsOf } from './migrations.ts';
import { knownQueueVersion, readQueueVersion } from './queue.ts';
import { readVersion } from './schema.ts';
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
  /** Of the tables; 0 where there are none, nothing where the role may not read it. */
  readonly version: number | undefined;
  readonly known: number;
  /** The same of the tables of the queue. */
  readonly queueVersion: number | undefined;
  readonly knownQueue: number;
  /** Rights that are missing and that are too many: `insert on ferry.line`, `usage on ferry`. */
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
const noted = ['ferry.line', 'ferry.audit', 'ferry.version'];
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
  const rights = await readRights(database);
  const mayRead = (schema: string): boolean =>
    !rights.some(
      ({ on, right, has }) => on.startsWith(schema) && ['usage', 'select'].includes(right) && !has,
    );
  const version = mayRead('ferry') ? await readVersion(database) : undefined;
  const queueVersion = mayRead('ferry_queue') ? await readQueueVersion(database) : undefined;
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
    queueVersion,
    knownQueue: knownQueueVersion,
    lacking: rights.filter(({ has, isWanted }) => isWanted && !has).map(nameOf),
    tooMany: rights.filter(({ on, has, isWanted }) => noted.includes(on) && has && !isWanted).map(nameOf),
    kept: version === knownVersion ? keptOf(await database.ask(counts)) : undefined,
    waiting,
  };
}

interface Right {
  /** A schema, a table or a function, with its schema. */
  readonly on: string;
  readonly right: string;
  readonly has: boolean;
  readonly isWanted: boolean;
}

const nameOf = ({ on, right }: Right): string => `${right} on ${on}`;

/** What the role may with what there is. */
async function readRights(database: Database): Promise<Right[]> {
  const rows = await database.ask(
    `with ours as (select oid, nspname from pg_namespace where nspname in ('ferry', 'ferry_queue'))
     select nspname as on, 'usage' as right, has_schema_privilege(oid, 'usage') as has from ours
     union all
     select nspname || '.' || relname, r, has_table_privilege(c.oid, r)
     from ours join pg_class c on relnamespace = ours.oid cross join unnest($1::text[]) as r where relkind in ('r', 'p')
     union all
     select nspname || '.' || proname, 'execute', has_function_privilege(p.oid, 'execute')
     from ours join pg_proc p on pronamespace = ours.oid`,
    [allRights],
  );
  return rows.map((row) => {
    const [on, right] = [String(row['on']), String(row['right'])];
    return { on, right, has: row['has'] === true, isWanted: isWanted(on, right) };
  });
}

function isWanted(on: string, right: string): boolean {
  const [schema, table] = on.split('.');
  if (table === undefined || right === 'execute') return true;
  return schema === 'ferry' ? rightsOf[table]?.includes(right) === true : right !== 'truncate';
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
