import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readAddress } from '../../source/state/postgres/address.ts';
import { openDatabase } from '../../source/state/postgres/database.ts';
import { freshFolder } from '../helpers/folders.ts';

/** What PgBouncer takes of the message that opens a connection, unless it is told to ignore more. */
const taken = ['user', 'database', 'application_name', 'client_encoding'];

it('a connection is opened with nothing that a pooler refuses', async () => {
  const folder = freshFolder();
  const said = Promise.withResolvers<string>();
  const server = createServer((client) => {
    client.once('data', (bytes: Buffer) => {
      said.resolve(bytes.subarray(8).toString('latin1'));
      client.destroy();
    });
  });
  await once(server.listen(path.join(folder, '.s.PGSQL.5432')), 'listening');
  const database = openDatabase(readAddress(`postgres://anna@/ferry?host=${encodeURIComponent(folder)}`, {}));
  await expect(database.ask('select 1')).rejects.toMatchObject({ kind: 'stateAway' });
  const names = (await said.promise).split('\0').filter((_, at) => at % 2 === 0);
  expect(names.filter((name) => name !== '' && !taken.includes(name))).toEqual([]);
  await database.close();
  server.close();
});
