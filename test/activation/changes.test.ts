import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Change,
  joinedPlan,
  planChange,
  signInChanges,
  unforeseen,
} from '../../source/activation/change/changes.ts';
import type { Joins } from '../../source/activation/of-flow.ts';
import { planDifferences } from '../../source/activation/plan-differences.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

// living.md 2, D19
describe('what nobody has confirmed of a change', () => {
  const shown: Change = { kind: 'changed', path: '$.name', before: 'a', after: 'b' };
  it.each<[string, Change[], Change[]]>([
    ['nothing of what was shown', [shown], []],
    ['nothing where less is to be done than was shown', [], []],
    ['the same to something else', [{ ...shown, after: 'c' }], [{ ...shown, after: 'c' }]],
    ['the same from something else', [{ ...shown, before: 'c' }], [{ ...shown, before: 'c' }]],
    [
      'what is done besides',
      [shown, { kind: 'removed', path: '$.segments[s]', before: 'S' }],
      [{ kind: 'removed', path: '$.segments[s]', before: 'S' }],
    ],
    ['nothing of what is kept', [shown, { kind: 'kept', path: '$.segments[s]', before: 'S' }], []],
  ])('is %s', (_, change, wanted) => {
    expect(unforeseen(change, [shown])).toEqual(wanted);
  });
});

// living.md 2, D15
describe('a secret', () => {
  const { auth } = tutorialPlan.destination;
  const planned = (params: Record<string, unknown>): Plan =>
    ({ ...tutorialPlan, destination: { ...tutorialPlan.destination, auth: { ...auth, params } } }) as Plan;
  const planted = 'PLANTED/wJalrXUtnFEMI/K7MDENG';

  it('of an account is held against nothing, in whatever way a platform reads it back', () => {
    // The second is what no plan may say, and a draft may hold.
    for (const own of [{ $secret: 'env:KEY' }, 'PLANTED/of-ours']) {
      const about = { ...planned({ accessId: 'MINE', secretKey: own }), flow: 'F' };
      for (const secretKey of [planted, '*****', '', { value: planted }]) {
        const params = { accessId: 'THEIRS', secretKey };
        const told = signInChanges(about, { id: 'A', auth: { specName: 'S3', params } } as Joins['account']);
        expect(told.map(({ path }) => path)).toEqual(['$.destination.auth.params.accessId']);
        expect(JSON.stringify(told)).not.toContain('PLANTED');
      }
    }
  });

  it('of two plans is where each of them looks it up, and these are told apart', () => {
    const [before, after] = ['env:OLD', 'env:NEW'].map((where) => planned({ secretKey: { $secret: where } }));
    if (!before || !after) return expect.unreachable();
    expect(planDifferences(before, after)).toEqual([
      {
        path: '$.destination.auth.params.secretKey.$secret',
        kind: 'changed',
        before: 'env:OLD',
        after: 'env:NEW',
      },
    ]);
    expect(planDifferences(before, before)).toEqual([]);
  });
});

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
