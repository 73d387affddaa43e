import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAddress } from '../../source/state/postgres/address.ts';
import { freshFolder } from '../helpers/folders.ts';

function fileOf(text: string, mode = 0o600): string {
  const file = path.join(freshFolder(), '.pgpass');
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const passwordOf = (text: string, url: string): string | undefined =>
  readAddress(url, { PGPASSFILE: fileOf(text) }).password;

describe('the password file', () => {
  it.each([
    ['db:5432:ferry:anna:geheim', 'postgres://anna@db/ferry', 'geheim'],
    ['# db:5432:ferry:anna:no\r\ndb:*:*:anna:geheim\r\n', 'postgres://anna@db/ferry', 'geheim'],
    ['*:*:*:*:first\n*:*:*:*:second', 'postgres://anna@db/ferry', 'first'],
    ['*:*:*:anna:a\\:b\\\\c:d', 'postgres://anna@db/ferry', 'a:b\\c:d'],
    ['*:*:fer\\:ry:*:geheim', 'postgres://anna@db/fer:ry', 'geheim'],
    ['localhost:5432:*:*:geheim', 'postgres://anna@/ferry?host=/run', 'geheim'],
    ['/run:5432:*:*:geheim', 'postgres://anna@/ferry?host=/run', 'geheim'],
    ['other:5432:*:*:no\ndb:6000:*:*:no\ndb:*:x:*:no\ndb:*:*:x:no', 'postgres://anna@db/ferry', undefined],
    ['nothing that is a line\n\n:::', 'postgres://anna@db/ferry', undefined],
    ['*:*:*:*:no', 'postgres://anna:yes@db/ferry', 'yes'],
  ])('%j', (text, url, password) => {
    expect(passwordOf(text, url)).toBe(password);
  });

  it('is in the home of whoever asks, and need not be there', () => {
    const HOME = path.dirname(fileOf('*:*:*:*:geheim'));
    expect(readAddress('postgres://anna@db/ferry', { HOME }).password).toBe('geheim');
    expect(readAddress('postgres://anna@db/ferry', { HOME: freshFolder() }).password).toBeUndefined();
    for (const PGPASSFILE of ['/dev/null', freshFolder()])
      expect(readAddress('postgres://anna@db/ferry', { HOME, PGPASSFILE }).password).toBeUndefined();
  });

  it('that others may read gives none', () => {
    const PGPASSFILE = fileOf('*:*:*:anna:geheim', 0o640);
    const problem = { kind: 'stateAddress', problem: 'passwordFileOpen', value: PGPASSFILE };
    expect(() => readAddress('postgres://anna@db/ferry', { PGPASSFILE })).toThrow(
      expect.objectContaining(problem),
    );
    // Of others nothing is taken, so nothing is said.
    expect(readAddress('postgres://bert@db/ferry', { PGPASSFILE }).password).toBeUndefined();
  });
});
