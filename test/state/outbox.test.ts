import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { outboxIn } from '../../source/state/postgres/outbox.ts';
import { freshFolder } from '../helpers/folders.ts';

const place = 'postgres://anna@db/ferry';

async function allOf<Of>(some: AsyncIterable<Of>): Promise<Of[]> {
  const all: Of[] = [];
  for await (const one of some) all.push(one);
  return all;
}

describe('what waits for a database', () => {
  it('is there line by line until it is dropped, and with no other database', async () => {
    const folder = freshFolder();
    const outbox = outboxIn(folder, place);
    expect(await allOf(outbox.read())).toEqual([]);
    await outbox.keep('0a1b2c3d', 2, '{"a":1}');
    await outbox.keep('0a1b2c3d', 2, '{"b":2}\n');
    expect(await allOf(outbox.read())).toEqual([
      { run: '0a1b2c3d', epoch: 2, lines: ['{"a":1}\n', '{"b":2}\n'] },
    ]);
    expect(await allOf(outboxIn(folder, 'postgres://anna@db/other').read())).toEqual([]);
    await outbox.drop('0a1b2c3d', 2);
    expect(await allOf(outbox.read())).toEqual([]);
  });

  it.each([
    ['EISDIR', (file: string) => mkdirSync(file)],
    ['ENOENT', (file: string) => symlinkSync('nowhere', file)],
  ])('and cannot be read is not taken for nothing: %s', async (code, put) => {
    const outbox = outboxIn(freshFolder(), place);
    mkdirSync(outbox.folder, { recursive: true });
    const file = path.join(outbox.folder, '0a1b2c3d-1.late.ndjson');
    put(file);
    await expect(allOf(outbox.read())).rejects.toMatchObject({
      kind: 'stateUnreadable',
      file,
      code,
    });
  });
});
