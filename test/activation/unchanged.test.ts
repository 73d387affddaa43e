import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planChange } from '../../source/activation/change/changes.ts';
import { isSegment, unchangedIn } from '../../source/activation/change/unchanged.ts';
import { ofFlow } from '../../source/activation/of-flow.ts';
import { ofPlan } from '../../source/activation/of-plan.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { flowOf, read, twoPlans } from '../helpers/flows.ts';
import { loyalty, mountainBiking, soundPlan, tutorialPlan } from '../helpers/plans.ts';
import { meeting } from '../helpers/some.ts';

const [first, second] = tutorialPlan.segments;
if (!first || !second) throw new Error('two segments are needed');
const { attributes } = tutorialPlan;
const { selected } = attributes;
const biking = `$.segments[${mountainBiking}] Interested in Mountain Biking`;
const members = `$.segments[${loyalty}] Loyalty Segment`;
const columns = selected.map((path) => `$.attributes.selected ${String(path)}`);
const later = { ...first, schedule: { ...first.schedule, startTime: '18:00' } };

describe('what stays as it is', () => {
  // living.md 2, D6
  it.each<[string, Partial<Plan>, string[]]>([
    ['all of the same', {}, [biking, members, ...columns]],
    ['no segment of which anything changes', { segments: [later, second] }, [members, ...columns]],
    [
      'a segment that is called otherwise by now, as the dataflow has it',
      { segments: [{ ...first, name: 'Cyclists' }, second] },
      [biking, members, ...columns],
    ],
    [
      'neither what comes nor what is there besides',
      {
        segments: [{ ...first, id: '00000000-0000-4000-8000-000000000001' }, second],
        attributes: { ...attributes, selected: ['loyalty.points', ...selected.slice(1)] },
      },
      [members, ...columns.slice(1)],
    ],
    [
      'columns in another order too: that is a line of its own',
      { attributes: { ...attributes, selected: [...selected].reverse() } },
      [biking, members, ...[...columns].reverse()],
    ],
    ['nothing of nothing', { segments: [], attributes: { ...attributes, selected: [] } }, []],
  ])('is %s', (_, change, wanted) => {
    const told = unchangedIn(ofPlan({ ...tutorialPlan, ...change }), ofPlan(tutorialPlan));
    expect(told.map(({ path, after }) => `${path} ${after}`)).toEqual(wanted);
    expect(told.every(({ kind, before, after }) => kind === 'unchanged' && before === after)).toBe(true);
  });

  it('is every segment and column of which no line of the difference speaks, and no other', () => {
    meeting(['some', 'none'], (meet) => {
      fc.assert(
        fc.property(twoPlans, ([before, after]) => {
          const stays = unchangedIn(ofPlan(after), ofPlan(before)).filter(isSegment);
          const { differences } = planChange(before, after);
          const spoken = after.segments.filter(({ id }) =>
            differences.some(({ path }) => path.toLowerCase().startsWith(`$.segments[${id.toLowerCase()}]`)),
          );
          expect(stays).toHaveLength(
            new Set(after.segments.map(({ id }) => id.toLowerCase())).size -
              new Set(spoken.map(({ id }) => id.toLowerCase())).size,
          );
          meet(stays.length > 0 ? 'some' : 'none');
        }),
      );
    });
  });

  it('is all of a plan in a dataflow that holds it, whatever else the platform keeps there', () => {
    const held = soundPlan.chain((plan) => flowOf(plan).map((flow) => [plan, flow] as const));
    fc.assert(
      fc.property(held, ([plan, flow]) => {
        const stays = unchangedIn(ofPlan(plan), ofFlow(read(flow)));
        const ids = new Set(plan.segments.map(({ id }) => id.toLowerCase()));
        for (const { path } of stays.filter(isSegment))
          expect(ids).toContain(path.slice('$.segments['.length, -1).toLowerCase());
        // One that is there twice is not the same.
        expect(stays.filter(isSegment).length).toBeLessThanOrEqual(ids.size);
      }),
    );
  });
});
