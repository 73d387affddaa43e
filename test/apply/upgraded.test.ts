import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuthParams, Plan } from '../../source/activation/plan/plan.ts';
import { hasSecret } from '../../source/activation/plan/secret-reference.ts';
import { upgradePlan } from '../../source/activation/plan/upgrade-plan.ts';
import type { ResolvedParams } from '../../source/activation/requests.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { applyHere } from '../helpers/runs.ts';
import { freshFolder } from '../helpers/terminal.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'examples', 'plans');
/** Has the form of the strictest secret there is. */
const secret = 'A1b2/C3d4+'.repeat(4);
const inClear = (params: AuthParams): ResolvedParams =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      hasSecret(value) ? [[name, secret]] : typeof value === 'object' ? [] : [[name, value]],
    ),
  );

const upgrades = readdirSync(folder).flatMap((file): [string, Plan][] => {
  const upgrade = upgradePlan(JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Plan);
  return upgrade.kind === 'plan' ? [[file, upgrade.plan]] : [];
});

describe.concurrent('the upgrade of an example for an older card', () => {
  it('is there for each of the three, in both of its modes', () => {
    expect(upgrades).toHaveLength(6);
    expect(new Set(upgrades.map(([, { destination }]) => destination.connectionSpecId)).size).toBe(3);
  });

  it.each(upgrades)('%s: is verified where only the newer cards are left', async (_, plan) => {
    const emulator = await emulatorWith({
      segments: 20,
      patchDelayMs: 5,
      strictCards: true,
      organisation: 'migrated',
    });
    const result = await applyHere({
      folder: freshFolder(),
      run: '0a1b2c3d',
      emulator,
      plan,
      services: { authParams: inClear(plan.destination.auth?.params ?? {}) },
    });
    expect(result).toMatchObject({ outcome: 'verified', report: { isVerified: true } });
  });
});
