import { describe, expect, it } from 'vitest';
import { copyPlan, type Elsewhere } from '../../source/activation/plan/copy-plan.ts';
import { attributeOf, type Plan } from '../../source/activation/plan/plan.ts';
import { readPlan } from '../../source/activation/plan/read-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';

const account = 'aaaaaaaa-0000-4000-8000-00000000000a';
const [biking, loyalty, other] = ['1', '2', '3'].map(
  (end) => `bbbbbbbb-0000-4000-8000-00000000000${end}`,
) as [string, string, string];
const leaf = (path: string) => ({ path, name: path, title: path, children: [] });
const { connectionSpecId, location } = tutorialPlan.destination;
const destination = { connectionSpecId, location };
/** A plan about a dataflow, with its account by id, as one that was pulled. */
const plan: Plan = {
  ...tutorialPlan,
  flow: 'cccccccc-0000-4000-8000-00000000000c',
  source: { baseConnectionId: account },
  destination: { ...destination, baseConnectionId: account },
};
const named = { segments: ['Interested in Mountain Biking', 'Loyalty Segment'], account: 'CRM bucket' };
const there: Elsewhere = {
  sandbox: 'stage',
  segments: [
    { id: biking, name: 'Interested in Mountain Biking' },
    { id: loyalty, name: 'Loyalty Segment' },
    { id: other, name: 'Others' },
  ],
  accounts: [
    { id: other, name: 'CRM bucket' },
    { id: account, name: 'Another' },
  ],
};

describe('a plan for another sandbox', () => {
  it('has segments and account by their names, and makes a dataflow of its own', () => {
    const copy = copyPlan(plan, named, there);
    if (copy.kind !== 'plan') throw new Error('lacking');
    expect(copy.plan).toEqual({
      ...tutorialPlan,
      sandbox: 'stage',
      destination: { ...destination, baseConnectionId: other },
      segments: tutorialPlan.segments.map((one, index) => ({ ...one, id: [biking, loyalty][index] })),
    });
    const written = JSON.stringify(copy.plan);
    expect(written).not.toMatch(/"flow"|"source"/);
    expect(readPlan(written).kind).toBe('plan');
  });

  it('keeps a sign-in, which is of no sandbox', () => {
    const copy = copyPlan(tutorialPlan, { segments: named.segments }, { ...there, accounts: [] });
    expect(copy).toMatchObject({ kind: 'plan', plan: { destination: tutorialPlan.destination } });
  });

  it('takes the very same segment where several are called so', () => {
    const [first] = tutorialPlan.segments;
    const segments = [...there.segments, { id: first?.id ?? '', name: 'Interested in Mountain Biking' }];
    const copy = copyPlan(plan, named, { ...there, segments });
    expect(copy).toMatchObject({ plan: { segments: [{ id: first?.id }, { id: loyalty }] } });
  });

  it('names what is not there, and what is there twice', () => {
    const segments = [
      { id: biking, name: 'Interested in Mountain Biking' },
      { id: other, name: 'Interested in Mountain Biking' },
      { id: loyalty, name: 'loyalty segment' },
    ];
    const attributes = plan.attributes.selected.slice(1).map(attributeOf).map(leaf);
    const copy = copyPlan(plan, named, { sandbox: 'stage', segments, attributes, accounts: [] } as never);
    expect(copy).toEqual({
      kind: 'lacking',
      lacking: [
        {
          what: 'segment',
          name: 'Interested in Mountain Biking',
          found: [biking, other],
          path: '$.segments[0]',
        },
        { what: 'segment', name: 'Loyalty Segment', found: [], path: '$.segments[1]' },
        { what: 'account', name: 'CRM bucket', found: [], path: '$.destination.baseConnectionId' },
        {
          what: 'column',
          path: '$.attributes.selected[0]',
          problem: expect.objectContaining({ id: 'platform.attributeUnknown' }) as unknown,
        },
      ],
    });
  });

  it('names the identities that the other sandbox has not, as columns and as keys', () => {
    const { attributes } = plan;
    const asked: Plan = {
      ...plan,
      attributes: {
        ...attributes,
        selected: [...attributes.selected, 'identityMap.Email.id', 'identityMap.Gone.id', 'Lost'],
        deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Away' }],
      },
    };
    const tree = attributes.selected.map(attributeOf).map(leaf);
    const of = (namespaces?: readonly string[]) =>
      copyPlan(asked, named, { ...there, attributes: tree, namespaces });
    const lacks = (name: string, path: string) => ({ what: 'identity', name, found: [], path });
    expect(of(['Email'])).toEqual({
      kind: 'lacking',
      lacking: [
        lacks('Gone', '$.attributes.selected[6]'),
        lacks('Away', '$.attributes.deduplication[0]'),
        lacks('Lost', '$.attributes.selected[7]'),
      ],
    });
    expect(of(['Email', 'Gone', 'Away', 'Lost'])).toMatchObject({ kind: 'plan' });
    // Nobody could say.
    expect(of()).toMatchObject({ kind: 'plan' });
  });
});
