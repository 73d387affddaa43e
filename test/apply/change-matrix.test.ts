import { afterAll, describe, expect, it } from 'vitest';
import { ofPlan } from '../../source/activation/of-plan.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { activationOn, amiss, type LiveHere, liveOn } from '../helpers/live.ts';
import {
  applyHere,
  countsOf,
  type Death,
  exactlyOne,
  printTable,
  rollBackHere,
  stateOf,
} from '../helpers/runs.ts';
import { byDay } from '../helpers/soak.ts';
import { everyDay, inSoak } from '../helpers/write-faults.ts';

/** The writes of a change, and the rule that lets a fault fall on that very one. */
const writes = {
  location: (fault: string) => [`PATCH /targetConnections/*=${fault}`],
  // The first one fills the dataflow that is to be changed.
  change: (fault: string) => ['PATCH /flows/*=slow:0x1', `PATCH /flows/*=${fault}`],
} as const;
type Write = keyof typeof writes;

const deaths = ['intended', 'sent', 'answered', 'noted'] as const;
const faults = [...everyDay, ...inSoak, 'act:408x1', '412x9'];

const cases = (Object.keys(writes) as Write[]).flatMap((write) => [
  ...deaths.map(
    (point) => [write, `killed when ${point}`, { diesAt: { point, step: write } as Death }] as const,
  ),
  ...faults.map((fault) => [write, fault, { fault }] as const),
]);

/**
 * Of a platform that does a patch twice and refuses the second, an undo cannot tell its own from somebody else's who has
 * done the same: it leaves the change.
 */
const twice = byDay(Object.keys(writes) as Write[], (write) => write === 'change').map(
  (write) => [write, 'twicex1', { fault: 'twicex1' }] as const,
);

/** Every day a tenth of them is ended by resume, and another by rollback. */
const resumed = [...byDay(cases, (_, at) => at % 10 === 0), ...twice];
const undone = byDay(cases, (_, at) => at % 10 === 7);

/** A change of everything: one segment goes, one comes, one is otherwise; columns, keys, name, place. */
function changed(plan: Plan, other: { id: string; name: string }): Plan {
  const [first, second] = plan.segments;
  if (!first || !second) throw new Error('two segments are needed');
  const { attributes, destination } = plan;
  return {
    ...plan,
    name: 'Changed',
    description: 'Said of it',
    destination: { ...destination, location: { ...destination.location, path: 'weekly' } },
    segments: [
      { ...second, schedule: { ...second.schedule, startTime: '06:00' } },
      { ...first, ...other },
    ],
    attributes: {
      selected: [...attributes.selected].reverse().filter((one) => one !== 'person.name.lastName'),
      mandatory: ['person.name.firstName'],
      deduplication: [],
    },
  };
}

async function rigOf(write: Write, how: { fault?: string; diesAt?: Death }) {
  const emulator = await emulatorWith({
    segments: 20,
    patchDelayMs: 10,
    touchDelayMs: false,
    strictEtags: true,
    strictChanges: true,
    faults: how.fault === undefined ? [] : writes[write](how.fault),
  });
  const live = await liveOn(emulator);
  const before = await activationOn(live);
  const wanted = changed(live.plan, await otherSegment(live));
  const run = {
    folder: live.folder,
    run: 'c0c0c0c0',
    emulator,
    plan: wanted,
    ...(how.fault?.startsWith('slow') === true ? { timeoutMs: 200 } : {}),
  };
  const first = await applyHere({ ...run, ...how, services: { extras: 'prune' } });
  return { live, before, wanted, run, outcome: first.outcome };
}

/** The emulator has segments of its own: one of them comes. */
async function otherSegment({ client, plan }: LiveHere): Promise<{ id: string; name: string }> {
  for await (const { segments } of client.listSegments()) {
    const other = segments.find(({ id }) => plan.segments.every((one) => one.id !== id));
    if (other) return { id: other.id, name: other.name ?? other.id };
  }
  throw new Error('no other segment');
}

const outcomes = new Map<string, string>();
const counted = { resume: 0, rollback: 0 };

describe.concurrent('a change × kill or fault', () => {
  it.each(resumed)('%s, %s, ends by resume as exactly the new one', async (write, name, how) => {
    const { live, wanted, run, outcome } = await rigOf(write, how);
    const went: string[] = [outcome];
    for (let attempt = 0; attempt < 5 && went.at(-1) !== 'verified'; attempt++)
      went.push((await applyHere(run)).outcome);
    outcomes.set(`${write}\t${name}, resume`, went.join(' → '));
    expect(went.at(-1)).toBe('verified');
    expect(amiss(ofPlan(wanted), await activationOn(live))).toEqual([]);
    expect(countsOf(live.emulator)).toEqual(exactlyOne);
    expect((await stateOf(run)).outcome).toBe('verified');
    counted.resume++;
  });

  it.each(undone)('%s, %s, ends by rollback as exactly the old one', async (write, name, how) => {
    const { live, before, run, outcome } = await rigOf(write, how);
    const went: string[] = [outcome];
    for (let attempt = 0; attempt < 5 && went.at(-1) !== 'rolledBack'; attempt++) {
      await rollBackHere(run);
      went.push(String((await stateOf(run)).outcome));
    }
    outcomes.set(`${write}\t${name}, rollback`, went.join(' → '));
    expect(went.at(-1)).toBe('rolledBack');
    expect(amiss(before, await activationOn(live))).toEqual([]);
    expect(countsOf(live.emulator)).toEqual(exactlyOne);
    counted.rollback++;
  });
});

afterAll(() =>
  printTable(
    `change × kill or fault, to the end by resume and by rollback: ${counted.resume} of ${resumed.length} and ${counted.rollback} of ${undone.length} right`,
    outcomes,
  ),
);
