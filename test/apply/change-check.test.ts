import { expect, it } from 'vitest';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { difference } from '../../source/activation/difference.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { problemsOfPlace } from '../../source/apply/check/change-check.ts';
import type { Applying } from '../../source/apply/steps.ts';
import { connectionSpec } from '../../source/flow-service/specs.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { nothingToDo } from '../helpers/shelves.ts';

const leaf = { type: 'string' };
const spec = connectionSpec.parse({
  id: tutorialPlan.destination.connectionSpecId,
  name: 'x',
  targetSpec: {
    name: 'x',
    spec: {
      type: 'object',
      required: ['bucketName'],
      properties: { bucketName: leaf, path: { ...leaf, pattern: '^[a-z/]+$' }, format: leaf },
    },
  },
});
const stored = (more: object): Plan => {
  const { destination } = tutorialPlan;
  const location = { ...destination.location, ...more } as typeof destination.location;
  return { ...tutorialPlan, destination: { ...destination, location } };
};

it.each<[string, object, object, string[]]>([
  ['that is there already', { exportArrays: true }, { path: 'weekly', exportArrays: true }, []],
  ['that comes', {}, { exportArrays: true }, ['location.unknownParam $.destination.location.exportArrays']],
  [
    'that becomes another',
    { exportArrays: { all: true } },
    { exportArrays: { all: false } },
    ['location.unknownParam $.destination.location.exportArrays'],
  ],
  [
    'of a form that is there already',
    { path: 'Daily files' },
    { path: 'Daily files', bucketName: 'crm-others' },
    [],
  ],
  [
    'of a form that comes',
    { path: 'daily' },
    { path: 'Daily files' },
    ['field.pattern $.destination.location.path'],
  ],
  [
    'of an object that comes, as one of many',
    { path: 'Daily files' },
    { path: 'Daily files', csvOptions: { escape: '!' } },
    ['location.unknownParam $.destination.location.csvOptions'],
  ],
  [
    'that is missing beside what comes',
    {},
    { bucketName: undefined, path: 'weekly' },
    ['location.missingParam $.destination.location.bucketName'],
  ],
])('a param that the card does not take so, and %s', async (_, before, after, wanted) => {
  const plan = stored(after);
  const client = { getConnectionSpecs: () => Promise.resolve([spec]) };
  const target = difference(ofPlan(plan), ofPlan(stored(before))).filter(
    ({ part, kind }) => part === 'location' && kind !== 'same',
  );
  const problems = await problemsOfPlace({ plan, client } as unknown as Applying, { ...nothingToDo, target });
  expect(problems.map(({ id, path }) => `${id} ${path}`)).toEqual(wanted);
});
