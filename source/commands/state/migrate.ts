import { openDatabase } from '../../state/postgres/database.ts';
import { knownVersion } from '../../state/postgres/migrations.ts';
import { migrate, requireNoNewer } from '../../state/postgres/schema.ts';
import type { Flags } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { json, type Streams } from '../console/streams.ts';
import { tell } from '../console/wrap-said.ts';
import { addressOf } from './shared-state.ts';

/**
 * `ferry state migrate [--role NAME]`: makes the tables, or brings them to the version that this ferry knows; the role
 * may use them from then on.
 *
 * @throws StateVersionError for tables of a newer ferry; StateAddressError, StateAwayError, StateRefusedError
 */
export async function migrateState(
  url: string,
  { role, ...flags }: Flags,
  streams: Streams,
): Promise<number> {
  const { env, stdout, text } = streams;
  const database = openDatabase(addressOf(url, env));
  try {
    const { grantQueue, migrateQueue } = await import('../../state/postgres/queue.ts');
    await requireNoNewer(database, database.place);
    // The version is told last: whoever broke off before it has migrated nothing.
    await migrateQueue(database);
    const before = await migrate(database, role);
    if (role !== undefined) await grantQueue(database, role);
    if (flags.json === true) {
      json(stdout, { place: database.place, before, version: knownVersion, role });
      return exitCode.done;
    }
    const values = { before, version: knownVersion };
    tell(stdout, text(before === knownVersion ? 'state.asBefore' : 'state.migrated', values));
    if (role !== undefined) tell(stdout, text('state.granted', { role }));
    return exitCode.done;
  } finally {
    await database.close();
  }
}
