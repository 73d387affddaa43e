import { escapeIdentifier } from 'pg';
import { StateRefusedError, StateVersionError } from '../errors.ts';
import type { Asking, Database } from './database.ts';
import { knownVersion, migrations, rightsOf } from './migrations.ts';

/** Anybody's number: two who migrate at once wait for each other. */
const lock = 7_331_120;

/** What PostgreSQL calls a table or a schema that is not there. */
const notThere = ['42P01', '3F000'];

/** What is read, or what stands for it where there is no such table. @throws whatever `read` throws besides */
export async function orNotThere<Of>(instead: Of, read: () => Promise<Of>): Promise<Of> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StateRefusedError && notThere.includes(error.code)) return instead;
    throw error;
  }
}

/** The version of the tables; 0 where there are none. @throws StateAwayError, StateRefusedError */
export const readVersion = (database: Asking): Promise<number> =>
  orNotThere(0, async () => {
    const [row] = await database.ask('select coalesce(max(version), 0)::int as version from ferry.version');
    return Number(row?.['version']);
  });

/**
 * Of a schema that somebody else has made, what is in it would be done with the rights of whoever migrates.
 *
 * @throws StateRefusedError (`NOT_OWNER`)
 */
export async function requireOwn(one: Asking, schema: string, place: string): Promise<void> {
  const [row] = await one.ask(
    'select pg_get_userbyid(nspowner) = current_user as is_own from pg_namespace where nspname = $1',
    [schema],
  );
  if (row && row['is_own'] !== true) throw new StateRefusedError(place, 'NOT_OWNER');
}

/** @throws StateVersionError where the tables are not those that this ferry knows */
export async function requireVersion(database: Database): Promise<void> {
  const found = await readVersion(database);
  if (found !== knownVersion) throw new StateVersionError(database.place, found, knownVersion);
}

/** @throws StateVersionError for tables of a newer ferry */
export async function requireNoNewer(database: Asking, place: string): Promise<number> {
  const found = await readVersion(database);
  if (found > knownVersion) throw new StateVersionError(place, found, knownVersion);
  return found;
}

/**
 * Brings the tables to the version that this ferry knows, all steps or none.
 *
 * @param role - May use them afterwards, and no more than a console must.
 * @returns The version that was found.
 * @throws StateVersionError for tables of a newer ferry; StateAwayError, StateRefusedError
 */
export function migrate(database: Database, role: string | undefined): Promise<number> {
  return database.together(async (one) => {
    await one.ask('select pg_advisory_xact_lock($1)', [lock]);
    await one.ask('create schema if not exists ferry');
    await requireOwn(one, 'ferry', database.place);
    await one.ask(
      'create table if not exists ferry.version (version int primary key, at timestamptz not null default clock_timestamp(), by_role name not null default session_user)',
    );
    const found = await requireNoNewer(one, database.place);
    for (const [at, sql] of migrations.entries()) {
      if (at < found) continue;
      await one.ask(sql);
      await one.ask('insert into ferry.version (version) values ($1)', [at + 1]);
    }
    if (role !== undefined) await grant(one, role);
    return found;
  });
}

async function grant(one: Asking, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  await one.ask(`grant usage on schema ferry to ${name}`);
  for (const [table, rights] of Object.entries(rightsOf)) {
    await one.ask(`revoke all on ferry.${table} from ${name}`);
    await one.ask(`grant ${rights.join(', ')} on ferry.${table} to ${name}`);
  }
}
