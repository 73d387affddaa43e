import { expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveOn } from '../helpers/live.ts';
import { newerParams, newerPlan } from '../helpers/newer-plan.ts';
import { applyHere, type Death, futurePlan, rollBackHere } from '../helpers/runs.ts';

/** Who made a dataflow elsewhere need not say what a param means where it is absent. */
async function course(made: Plan, member: string, diesAt?: Death) {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false });
  const live = await liveOn(emulator, made, made === newerPlan ? { authParams: newerParams } : {});
  const { targetConnectionIds: [id = ''] = [] } = await live.client.getFlow(live.flowId);
  const read = () => live.client.getConnection('targetConnections', id);
  const { etag, params = {} } = await read();
  expect(params).toHaveProperty(member);
  await live.client.patchConnection('targetConnections', id, etag, [
    { op: 'remove', path: `/params/${member}` },
  ]);
  const { params: before } = await read();
  const { destination } = live.plan;
  const location = { ...destination.location, path: 'elsewhere' };
  const plan = { ...live.plan, name: 'Elsewhere', destination: { ...destination, location } };
  const run = { ...live, run: 'c0c0c0c0', plan };
  if (diesAt) await applyHere({ ...run, diesAt });
  const { outcome } = await applyHere(run);
  const { params: after } = await read();
  const result = (await rollBackHere(run)).at(-1);
  const undone = result?.kind === 'result' ? result.outcome : 'no result';
  return { before, outcome, after, undone, back: (await read()).params };
}

it.each<[string, Plan, string, Death | undefined]>([
  ['of a card of before', futurePlan, 'format', undefined],
  ['of a card of today', newerPlan, 'mode', undefined],
  ['that was resumed', futurePlan, 'format', { point: 'intended', step: 'location' }],
  ['that was resumed once it was answered', futurePlan, 'format', { point: 'answered', step: 'location' }],
])(
  'a change of location %s and its undo leave a param alone that nobody says',
  async (_, made, member, diesAt) => {
    const { before, outcome, after, undone, back } = await course(made, member, diesAt);
    expect(before).not.toHaveProperty(member);
    expect([outcome, undone]).toEqual(['verified', 'rolledBack']);
    expect(after).toEqual({ ...before, path: 'elsewhere' });
    expect(back).toEqual(before);
  },
);
