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
const elsewhere: Plan = {
  ...tutorialPlan,
  destination: { ...destination, location: { ...destination.location, path: 'elsewhere' } },
};

describe('what was seen of a storage', () => {
  it('is known of that place until it is looked at again, and of no other', async () => {
    const env = { FERRY_STATE_DIR: freshFolder() };
    expect(await lastCheck(env, tutorialPlan)).toBeUndefined();
    await keepCheck(env, tutorialPlan, seen);
    // The same place, whatever else the plan says.
    expect(await lastCheck(env, { ...tutorialPlan, name: 'Another', segments: [] })).toEqual(seen);
    expect(await lastCheck(env, elsewhere)).toBeUndefined();
    await keepCheck(env, tutorialPlan, { ...seen, outcome: 'fine' });
    expect(await lastCheck(env, tutorialPlan)).toMatchObject({ outcome: 'fine' });
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
