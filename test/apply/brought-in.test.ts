import { expect, it, test } from 'vitest';
import { broughtIn } from '../../source/apply/undo/brought-in.ts';
import { readAgain } from '../../source/flow-service/flows.ts';
import { flowAsReturned, tutorialPlan } from '../helpers/plans.ts';

const [first, second] = tutorialPlan.segments;
if (!first || !second) throw new Error('no segments');
const { attributes } = tutorialPlan;
/** As the platform sends it. */
const wireOf = (change: Partial<typeof tutorialPlan> = {}): object =>
  JSON.parse(JSON.stringify({ ...flowAsReturned({ ...tutorialPlan, ...change }), raw: undefined })) as object;
const flowOf = (change: Partial<typeof tutorialPlan> = {}) => readAgain(wireOf(change));
const made = wireOf();
const stranger = { ...second, id: '11111111-2222-4333-8444-555555555555', name: 'Theirs' };

test.each<[string, ReturnType<typeof flowOf>, string[]]>([
  ['nothing where it is as it was made', flowOf(), []],
  ['another name', flowOf({ name: 'Theirs' }), ['Theirs']],
  ['a segment', flowOf({ segments: [first, second, stranger] }), ['Theirs']],
  ['nothing where a segment is gone', flowOf({ segments: [first] }), []],
  [
    'a segment that is exported otherwise',
    flowOf({ segments: [first, { ...second, schedule: { ...second.schedule, startTime: '03:00' } }] }),
    [second.name ?? ''],
  ],
  [
    'a column',
    flowOf({ attributes: { ...attributes, selected: [...attributes.selected, 'person.gender'] } }),
    ['person.gender'],
  ],
  [
    'a mandatory field',
    flowOf({ attributes: { ...attributes, mandatory: [...attributes.mandatory, 'person.gender'] } }),
    ['person.gender'],
  ],
  [
    'a key',
    flowOf({
      attributes: { ...attributes, deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'X' }] },
    }),
    ['IDENTITY X'],
  ],
])('others have brought in %s', (_, now, wanted) => {
  expect(broughtIn(tutorialPlan, undefined, now)).toEqual(wanted);
  expect(broughtIn(tutorialPlan, made, now)).toEqual(wanted);
});

it('what the plan asked for is nobody else’s, in whatever case it was read back', () => {
  const before = wireOf({ segments: [first], name: 'Old' });
  expect(broughtIn(tutorialPlan, before, flowOf())).toEqual([]);
  const upper = { ...second, id: second.id.toUpperCase() };
  expect(broughtIn(tutorialPlan, before, flowOf({ segments: [first, upper] }))).toEqual([]);
});

test.each<[string, object, object, boolean]>([
  ['another set', { mappingId: 'a', mappingVersion: 1 }, { mappingId: 'b', mappingVersion: 1 }, true],
  ['another version', { mappingId: 'a', mappingVersion: 1 }, { mappingId: 'a', mappingVersion: 2 }, true],
  ['the same set', { mappingId: 'a', mappingVersion: 1 }, { mappingId: 'a', mappingVersion: 1 }, false],
  ['no set', { mappingId: 'a', mappingVersion: 1 }, {}, false],
])('of a mapping set %s is told', (_, before, after, isTold) => {
  const naming = (profileMapping: object) => ({
    ...made,
    transformations: [{ name: 'GeneralTransform', params: { profileMapping } }],
  });
  const found = broughtIn(tutorialPlan, naming(before), readAgain(naming(after)));
  expect(found.length > 0).toBe(isTold);
});
