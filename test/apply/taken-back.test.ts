import { expect, it } from 'vitest';
import { takenBack } from '../../source/apply/undo/put-back.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveOn } from '../helpers/live.ts';
import { applyHere, type Death, stateOf } from '../helpers/runs.ts';

const name = 'changed $.name';
const path = 'changed $.destination.location.path';
const comes = 'added $.segments';

it.each<[string, Death | undefined, readonly string[]]>([
  ['all of it, where all was written', undefined, [name, path, comes]],
  [
    'only the location, where the dataflow was not written to',
    { point: 'answered', step: 'location' },
    [path],
  ],
  ['what may have been written, too', { point: 'intended', step: 'location' }, [path]],
])('an undo of a change says before what it puts back: %s', async (_, diesAt, wanted) => {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false });
  const live = await liveOn(emulator);
  const { destination, segments } = live.plan;
  const location = { ...destination.location, path: 'elsewhere' };
  const plan = {
    ...live.plan,
    name: 'Other',
    segments: segments.slice(1),
    destination: { ...destination, location },
  };
  const run = { ...live, run: 'c0c0c0c0', plan, services: { extras: 'prune' as const } };
  await applyHere({ ...run, ...(diesAt ? { diesAt } : {}) });
  const state = await stateOf(run);
  if (!state.plan) throw new Error('no plan');
  const told = takenBack(state);
  expect(told.map(({ kind, path }) => `${kind} ${path.replace(/\[.*/, '')}`).toSorted()).toEqual(
    wanted.toSorted(),
  );
  const back = told.find((one) => one.path === '$.name');
  if (back) expect(back).toMatchObject({ before: 'Other', after: live.plan.name });
});
