import { expect, it } from 'vitest';
import { execute } from '../../source/apply/execute.ts';
import type { ApplyEvent } from '../../source/apply/events.ts';
import type { Checkpoint } from '../../source/apply/services.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import type { Emulator } from '../../source/emulator/server.ts';
import { clientOf } from '../helpers/answers.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { authParams, futurePlan, orgId } from '../helpers/runs.ts';

/** An apply that knows of no other; told what it found, and how it ended. */
async function applied(
  { url }: Emulator,
  plan: Plan,
  checkpoint: (at: Checkpoint, step: string) => Promise<void> | void = () => undefined,
  isOnly = true,
) {
  const found: unknown[] = [];
  let last: ApplyEvent | undefined;
  const run = crypto.randomUUID().slice(0, 8);
  const services = { client: clientOf(url, { orgId }), authParams, run, clock: () => performance.now() };
  for await (const event of execute(plan, { ...services, checkpoint, isOnly })) {
    if (event.kind === 'finding' && event.finding.id === 'finding.twin')
      found.push(event.finding.values['id']);
    last = event;
  }
  if (last?.kind !== 'result') throw new Error('no result');
  return { ...last, found };
}

const elsewhere: Plan = {
  ...futurePlan,
  destination: {
    ...futurePlan.destination,
    location: { ...futurePlan.destination.location, path: 'elsewhere' },
  },
};

it.each<[string, Plan | undefined, boolean, boolean?]>([
  ['of the same name and place', futurePlan, true],
  ['of the same name and place, where several are wanted', futurePlan, false, false],
  ['of the same name that stores elsewhere', elsewhere, false],
  ['of another name', { ...futurePlan, name: 'Another' }, false],
  ['that was not made', undefined, false],
])('a dataflow %s, made while this one is, is told: %j', async (_, other, isTold, isOnly = true) => {
  const emulator = await emulatorWith({ segments: 20, patchDelayMs: 5 });
  // That it was there before is known, and wanted.
  const before = await applied(emulator, futurePlan);
  expect(before).toMatchObject({ outcome: 'verified', found: [] });
  const meanwhile: { flowId?: string; found: unknown[] }[] = [];
  const makeOther = async (at: Checkpoint, step: string): Promise<void> => {
    if (at === 'intended' && step === 'flow' && other) meanwhile.push(await applied(emulator, other));
  };
  const own = await applied(emulator, futurePlan, makeOther, isOnly);
  expect(own.outcome).toBe('verified');
  expect(meanwhile.map(({ found }) => found)).toEqual(other ? [[]] : []);
  expect(own.found).toEqual(isTold ? meanwhile.map(({ flowId }) => flowId) : []);
  expect(own.isTwin).toBe(isTold ? true : undefined);
});
