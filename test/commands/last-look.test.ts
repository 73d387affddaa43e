import { statSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lastLooks } from '../../source/commands/wizard/last-look.ts';
import { freshFolder } from '../helpers/folders.ts';

const place = { apiUrl: 'https://platform.adobe.io', orgId: 'ACME', sandbox: 'dev' };

it('keeps what was seen for the next start, each place by itself', async () => {
  const folder = freshFolder();
  const first = lastLooks(folder);
  expect(await first.before(place)).toBeUndefined();
  await first.keep(place, { atMs: 7, wrong: ['failed:f'] });
  // Within one start the same is compared with.
  expect(await first.before(place)).toBeUndefined();
  const second = lastLooks(folder);
  expect(await second.before(place)).toEqual({ atMs: 7, wrong: ['failed:f'] });
  expect(await second.before({ ...place, sandbox: 'prod' })).toBeUndefined();
  const [file = ''] = readdirSync(path.join(folder, 'looks'));
  expect(statSync(path.join(folder, 'looks', file)).mode & 0o777).toBe(0o600);
});

it('reads what was seen before it keeps what is seen now', async () => {
  const folder = freshFolder();
  await lastLooks(folder).keep(place, { atMs: 1, wrong: [] });
  const next = lastLooks(folder);
  await next.keep(place, { atMs: 2, wrong: [] });
  expect(await next.before(place)).toEqual({ atMs: 1, wrong: [] });
});

it('says nothing where it can keep nothing', async () => {
  const looks = lastLooks('/proc/nowhere');
  await looks.keep(place, { atMs: 1, wrong: [] });
  expect(await looks.before(place)).toBeUndefined();
});
