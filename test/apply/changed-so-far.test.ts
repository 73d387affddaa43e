import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { english } from '../../source/locale/catalogs.ts';
import { changedLines, changedText, madeSoFar } from '../../source/pages/ending/apply-text.ts';
import { emulatorWith } from '../helpers/emulator.ts';
import { liveOn } from '../helpers/live.ts';
import { applyHere } from '../helpers/runs.ts';

/** Another folder, another name, and a segment at another hour. */
function changed(plan: Plan, isMoved: boolean): Plan {
  const { destination } = plan;
  return {
    ...plan,
    name: 'Changed',
    destination: isMoved
      ? { ...destination, location: { ...destination.location, path: 'weekly' } }
      : destination,
    segments: plan.segments.map((one, at) =>
      at === 0 ? { ...one, schedule: { ...one.schedule, startTime: '06:00' } } : one,
    ),
  };
}

/** The first one fills the dataflow that is to be changed. */
const patch = (fault: string): string[] => ['PATCH /flows/*=slow:0x1', `PATCH /flows/*=${fault}`];
const place = (fault: string): string => `PATCH /targetConnections/*=${fault}`;
const taken = 'Applied: Change of the storage location';

const cases: [string, string[], boolean, string, string[]][] = [
  [
    'the second is refused',
    patch('400x9'),
    true,
    'Stopped. The platform has applied part of the change, and exports accordingly.',
    [taken, 'Refused (400): Change of the dataflow'],
  ],
  [
    'the second may not be changed',
    patch('403x9'),
    true,
    'Stopped. The platform has applied part of the change, and exports accordingly.',
    [taken, 'Refused (403): Change of the dataflow'],
  ],
  [
    'of the second nobody knows',
    patch('307x9'),
    true,
    'Stopped. It is not known how much of the change the platform has applied.',
    [taken, 'Not known (307): Change of the dataflow'],
  ],
  [
    'the first is refused',
    [place('400x9')],
    true,
    'Stopped. The platform has applied nothing of the change.',
    ['Refused (400): Change of the storage location', 'Not sent: Change of the dataflow'],
  ],
  [
    'of the first nobody knows',
    [place('503x9')],
    true,
    'Stopped. It is not known how much of the change the platform has applied.',
    ['Not known (503): Change of the storage location', 'Not sent: Change of the dataflow'],
  ],
  [
    'the only one is refused',
    patch('400x9'),
    false,
    'Stopped. The platform has applied nothing of the change.',
    ['Refused (400): Change of the dataflow'],
  ],
];

describe.concurrent('a change that ends half way', () => {
  it.each(cases)('says what the platform has of it: %s', async (_, faults, isMoved, first, parts) => {
    const live = await liveOn(
      await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false, faults }),
    );
    const run = { ...live, run: 'c0c0c0c0', plan: changed(live.plan, isMoved) };
    const result = await applyHere(run);
    const { changes = [] } = result;
    expect(result.outcome).toBe('failed');
    expect(changedText(changes, english)).toBe(first);
    const lines = changedLines(changes, english);
    expect(lines.filter((one) => !one.startsWith(' '))).toEqual(parts);
    // Each write with what it is about, and nothing of the other.
    expect(lines.filter((one) => one.startsWith(' ')).map((one) => one.split(':')[0])).toEqual([
      ...(isMoved ? ['  ~ storage location, Folder path'] : []),
      '  ~ name',
      expect.stringContaining('start time') as string,
    ]);
    // On the stopped page of the wizard as well, with what can be done.
    const soFar = madeSoFar(result, 'organisation', english);
    expect(soFar?.made).toEqual([first, ...lines]);
    expect(soFar?.next.join(' ')).toContain('ferry rollback c0c0c0c0');
    // Who goes on with it is told the same.
    const again = await applyHere(run);
    if (again.outcome === 'failed')
      expect(again.changes?.map(({ state }) => state)).toEqual(changes.map(({ state }) => state));
  });

  it('that was taken whole, and could not be read back, is not called refused', async () => {
    const live = await liveOn(await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false }));
    const { client } = live;
    let isIn = false;
    const services = {
      client: {
        ...client,
        patchFlow: (...asked: Parameters<typeof client.patchFlow>) =>
          client.patchFlow(...asked).finally(() => (isIn = true)),
        getFlow: (...asked: Parameters<typeof client.getFlow>) =>
          isIn ? client.getFlow('not-there-00', asked[1]) : client.getFlow(...asked),
      },
    };
    const result = await applyHere({ ...live, run: 'c0c0c0c0', plan: changed(live.plan, true), services });
    expect(result.outcome).toBe('failed');
    expect(result.changes?.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'location taken',
      'change taken',
    ]);
    // Nobody calls it done before it was read back, and whoever leaves it is told how it goes on. living.md 3, C13
    expect(result.report).toBeUndefined();
    const soFar = madeSoFar(result, 'organisation', english);
    expect(soFar?.made[0]).toBe(
      'Stopped. The platform has applied the whole change; it was not read back and compared.',
    );
    expect(soFar?.next).toEqual([
      'Trying again continues from there.',
      'Undo it instead: ferry rollback c0c0c0c0',
    ]);
  });

  it('that sends nothing says nothing of it', async () => {
    const live = await liveOn(await emulatorWith({ segments: 20, patchDelayMs: 5, touchDelayMs: false }));
    const same = await applyHere({ ...live, run: 'c0c0c0c0' });
    expect([same.outcome, same.changes]).toEqual(['verified', undefined]);
    const services = { approve: () => Promise.resolve(false) };
    const asked = await applyHere({ ...live, run: 'd0d0d0d0', plan: changed(live.plan, true), services });
    expect(asked.changes?.map(({ state }) => state)).toEqual(['notSent', 'notSent']);
    expect(madeSoFar(asked, 'organisation', english)).toBeUndefined();
  });
});
