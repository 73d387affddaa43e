import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../source/activation/plan/plan.ts';
import { keepCheck, lastCheck } from '../../../source/commands/runs/storage-record.ts';
import { freshFolder } from '../../helpers/folders.ts';
import { tutorialPlan } from '../../helpers/plans.ts';

const seen = {
  checkedAt: '2026-11-26T12:00:00.000Z',
  server: 's3.us-east-1.amazonaws.com',
  outcome: 'failed' as const,
  steps: [
    { step: 'reached', outcome: 'fine' },
    { step: 'signedIn', outcome: 'failed', why: 'wrongSecret' },
  ],
};
const { destination } = tutorialPlan;
const located = (location: object): Plan => ({
  ...tutorialPlan,
  destination: { ...destination, location: { ...destination.location, ...location } },
});

describe('what was seen of a storage', () => {
  it('is known of that place until it is looked at again, and of no other', async () => {
    const env = { FERRY_STATE_DIR: freshFolder() };
    expect(await lastCheck(env, tutorialPlan)).toBeUndefined();
    await keepCheck(env, tutorialPlan, seen);
    // The same place, whatever else the plan says.
    expect(await lastCheck(env, { ...tutorialPlan, name: 'Another', segments: [] })).toEqual(seen);
    expect(await lastCheck(env, located({ path: 'elsewhere' }))).toBeUndefined();
    await keepCheck(env, tutorialPlan, { ...seen, outcome: 'fine' });
    expect(await lastCheck(env, tutorialPlan)).toMatchObject({ outcome: 'fine' });
  });

  it.each([
    { fileType: 'JSON' },
    { format: 'CSV' },
    { compression: 'GZIP' },
    { csvOptions: { delimiter: ';' } },
    { includeFileManifest: true },
    { path: `${String(destination.location['path'])}/` },
    { path: `${String(destination.location['path'])}/%SEGMENT_ID%` },
  ])('stays known where only how files are written changes: %j', async (location) => {
    const env = { FERRY_STATE_DIR: freshFolder() };
    await keepCheck(env, tutorialPlan, seen);
    expect(await lastCheck(env, located(location))).toEqual(seen);
  });

  it('is known whatever order the location is written in', async () => {
    const env = { FERRY_STATE_DIR: freshFolder() };
    await keepCheck(env, tutorialPlan, seen);
    const location = Object.fromEntries(Object.entries(destination.location).toReversed());
    expect(await lastCheck(env, { ...tutorialPlan, destination: { ...destination, location } })).toEqual(
      seen,
    );
  });

  const { auth } = destination;
  const withAuth = (params: object): Plan => ({
    ...tutorialPlan,
    destination: {
      ...destination,
      auth: { ...auth, params: { ...auth?.params, ...params } },
    } as Plan['destination'],
  });
  it.each<[string, Plan]>([
    ['bucket', located({ bucketName: 'another' })],
    ['container', located({ container: 'another' })],
    ['folder', located({ path: 'another' })],
    ['folder of a server', located({ path: undefined, remotePath: 'another' })],
    ['param that nobody has documented', located({ endpoint: 'https://another.example.com' })],
    ['host', withAuth({ domain: 'another.example.com' })],
    ['place of its secret', withAuth({ secretKey: { $secret: 'env:ANOTHER' } })],
    ['account', { ...tutorialPlan, destination: { ...destination, baseConnectionId: 'another' } }],
  ])('is not known of another %s', async (_, plan) => {
    const env = { FERRY_STATE_DIR: freshFolder() };
    await keepCheck(env, tutorialPlan, seen);
    expect(await lastCheck(env, plan)).toBeUndefined();
  });

  it('is nothing where it cannot be kept, or read', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    await keepCheck({ FERRY_STATE_DIR: file }, tutorialPlan, seen);
    expect(await lastCheck({ FERRY_STATE_DIR: file }, tutorialPlan)).toBeUndefined();
    const env = { FERRY_STATE_DIR: folder };
    await keepCheck(env, tutorialPlan, seen);
    mkdirSync(path.join(folder, 'storage'), { recursive: true });
    for (const name of readdirSync(path.join(folder, 'storage')))
      writeFileSync(path.join(folder, 'storage', name), '{"outcome":"grand"}');
    expect(await lastCheck(env, tutorialPlan)).toBeUndefined();
  });
});
