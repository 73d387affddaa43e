import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinedPlan, planChange } from '../../source/activation/change/changes.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

describe('a plan about a dataflow that holds more', () => {
  const [first, second] = tutorialPlan.segments;
  if (!first || !second) throw new Error('two segments are needed');
  const flow = 'cccccccc-0000-4000-8000-00000000000c';
  const selected = ['person.name.firstName', 'personalEmail.address', 'person.name.lastName'];
  const attributes = { selected, mandatory: [...selected.slice(0, 2)], deduplication: [] };
  const { connectionSpecId, location } = tutorialPlan.destination;
  const live: Plan = {
    ...tutorialPlan,
    flow,
    description: 'Theirs',
    destination: { connectionSpecId, baseConnectionId: 'aaaaaaaa-0000-4000-8000-00000000000a', location },
    attributes,
  };
  const differs = (plan: Plan): string[] =>
    planChange(live, joinedPlan(live, plan)).differences.map(({ kind, path }) => `${kind} ${path}`);

  it.each<[string, Partial<Plan>, string[]]>([
    ['says the same', {}, []],
    ['says less', { segments: [second], attributes: { ...attributes, selected: selected.slice(1) } }, []],
    [
      'says less, and another order',
      { attributes: { ...attributes, selected: ['person.name.lastName', 'personalEmail.address'] } },
      ['reordered $.attributes.selected'],
    ],
    [
      'says something else, and more',
      { name: 'Ours', attributes: { ...attributes, selected: [...selected, 'person.birthDate'] } },
      ['changed $.name', 'added $.attributes.selected'],
    ],
    [
      'signs in, and names no account',
      { destination: { ...tutorialPlan.destination, location: { ...location, path: 'weekly' } } },
      ['changed $.destination.location.path'],
    ],
  ])('that %s takes nothing out of it', (_, part, wanted) => {
    expect(differs({ ...tutorialPlan, flow, attributes, ...part })).toEqual(wanted);
  });

  it('tells a segment that was put in anywhere as one that was added, and no other as changed', () => {
    const places = fc.array(fc.nat(4), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(places, (at) => {
        const segments = [...live.segments];
        at.forEach((place, nth) => {
          const id = `dddddddd-0000-4000-8000-00000000000${nth}`;
          segments.splice(place % (segments.length + 1), 0, { ...first, id, name: `New ${nth}` });
        });
        expect(planChange(live, { ...live, segments }).differences.map(({ kind }) => kind)).toEqual(
          at.map(() => 'added'),
        );
      }),
    );
  });

  it.each([
    ['that of the dataflow, where the plan names none', live.destination, tutorialPlan.destination, live],
    ['that of the plan', live.destination, { ...live.destination, baseConnectionId: 'mine' }, 'mine'],
    ['none, where neither names one', tutorialPlan.destination, tutorialPlan.destination, undefined],
  ])('stores with an account: %s', (_, held, destination, wanted) => {
    const joined = joinedPlan({ ...live, destination: held }, { ...tutorialPlan, flow, destination });
    const account = typeof wanted === 'object' ? wanted.destination.baseConnectionId : wanted;
    expect(joined.destination.baseConnectionId).toBe(account);
    expect('baseConnectionId' in joined.destination).toBe(account !== undefined);
  });
});
