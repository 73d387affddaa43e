import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan.ts';
import { planDifferences } from '../../source/activation/plan-differences.ts';
import { loyalty, mountainBiking, tutorialPlan } from '../helpers/plans.ts';

const said = (after: Plan): string[] =>
  planDifferences(tutorialPlan, after).map(({ path, kind, before, after: to }) =>
    [kind, path, before, to].filter((part) => part !== undefined).join(' '),
  );
const [first, second] = tutorialPlan.segments;
if (!first || !second) throw new Error('no segments');
const { attributes, destination } = tutorialPlan;

describe('planDifferences', () => {
  it.each<[string, Plan, string[]]>([
    ['the same', structuredClone(tutorialPlan), []],
    ['segments in another order', { ...tutorialPlan, segments: [second, first] }, []],
    ['a name', { ...tutorialPlan, name: 'X' }, ['changed $.name Activate segments to Adobe Campaign X']],
    ['a description', { ...tutorialPlan, description: 'why' }, ['added $.description why']],
    [
      'a place',
      {
        ...tutorialPlan,
        destination: { ...destination, location: { ...destination.location, path: 'weekly' } },
      },
      ['changed $.destination.location.path daily weekly'],
    ],
    [
      'a segment less',
      { ...tutorialPlan, segments: [first] },
      [`removed $.segments[${loyalty}] Loyalty Segment`],
    ],
    [
      'a date',
      {
        ...tutorialPlan,
        segments: [{ ...first, schedule: { ...first.schedule, startDate: '2022-01-01' } }, second],
      },
      [`changed $.segments[${mountainBiking}].schedule.startDate 2021-12-20 2022-01-01`],
    ],
    [
      'another order of columns',
      { ...tutorialPlan, attributes: { ...attributes, selected: [...attributes.selected].reverse() } },
      [`reordered $.attributes.selected ${[...attributes.selected].reverse().join(', ')}`],
    ],
    [
      'a key less',
      { ...tutorialPlan, attributes: { ...attributes, deduplication: [] } },
      ['removed $.attributes.deduplication personalEmail.address'],
    ],
  ])('tells %s', (_, after, wanted) => {
    expect(said(after)).toEqual(wanted);
  });
});
