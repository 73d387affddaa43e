import { describe, expect, it } from 'vitest';
import type { Plan } from '../../source/activation/plan/plan.ts';
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
  it('name the segment whose setting they are about, and no other', () => {
    const changed = { ...first, exportMode: 'FIRST_FULL_THEN_INCREMENTAL' as const };
    const nameless = { ...second, name: undefined, filenameTemplate: '%SEGMENT_ID%' };
    const told = planDifferences(tutorialPlan, { ...tutorialPlan, name: 'X', segments: [changed, nameless] });
    expect(told.map(({ path, segment }) => [path.replace(/\[.*\]/, ''), segment])).toEqual([
      ['$.name', undefined],
      ['$.segments.exportMode', first.name],
      ['$.segments.name', second.name],
      ['$.segments.filenameTemplate', second.name],
    ]);
    const gone = planDifferences(tutorialPlan, { ...tutorialPlan, segments: [first] });
    expect(gone.map((one) => 'segment' in one)).toEqual([false]);
  });

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
    [
      'segments as they stood before, then those that are new, each setting as it stands in a plan',
      {
        ...tutorialPlan,
        segments: [
          { ...first, id: loyalty.replace('2', '3') },
          { ...second, name: 'Other', exportMode: 'DAILY_FULL_EXPORT', filenameTemplate: '%SEGMENT_ID%' },
        ],
      },
      [
        `removed $.segments[${mountainBiking}] Interested in Mountain Biking`,
        `changed $.segments[${loyalty}].name Loyalty Segment Other`,
        `changed $.segments[${loyalty}].filenameTemplate ${second.filenameTemplate} %SEGMENT_ID%`,
        `changed $.segments[${loyalty}].exportMode FIRST_FULL_THEN_INCREMENTAL DAILY_FULL_EXPORT`,
        `added $.segments[${loyalty.replace('2', '3')}] Interested in Mountain Biking`,
      ],
    ],
    [
      'what leads there too',
      {
        ...tutorialPlan,
        source: { sourceConnectionId: mountainBiking },
        destination: { ...destination, baseConnectionId: loyalty, auth: undefined },
      },
      [
        'removed $.destination.auth {"params":{"accessId":"AKIAIOSFODNN7EXAMPLE","secretKey":{"$secret":"env:CAMPAIGN_S3_SECRET"}},"specName":"S3"}',
        `added $.destination.baseConnectionId ${loyalty}`,
        `added $.source {"sourceConnectionId":"${mountainBiking}"}`,
      ],
    ],
    [
      'nothing where a trigger is only named',
      {
        ...tutorialPlan,
        segments: [{ ...first, schedule: { ...first.schedule, triggerType: 'SCHEDULED' } }, second],
      },
      [],
    ],
  ])('tells %s', (_, after, wanted) => {
    expect(said(after)).toEqual(wanted);
  });
});
