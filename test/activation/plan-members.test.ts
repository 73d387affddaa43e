import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { ofPlan } from '../../source/activation/of-plan.ts';
import { type Compared, difference } from '../../source/activation/difference.ts';
import { lookUp } from '../../source/activation/plan/json-path.ts';
import { attributeOf, type Plan } from '../../source/activation/plan/plan.ts';
import { plannedRequests } from '../../source/activation/requests.ts';
import type { RequestStep } from '../../source/activation/steps.ts';
import { fromPlan } from '../../source/wizard/from-plan.ts';
import { toPlan } from '../../source/wizard/to-plan.ts';
import { rsaKey } from '../helpers/public-keys.ts';
import { tutorialPlan } from '../helpers/plans.ts';

/** What becomes of a member of a plan; each claim is held against what is done with it. */
interface Fate<Value> {
  /** Another value than the tutorial's plan has. */
  readonly other: NonNullable<Value>;
  /** The requests that say it, headers among them; those it makes unneeded are said without it. */
  readonly sent: readonly RequestStep[];
  /** As what two plans are held against each other. */
  readonly compared: readonly Compared['part'][];
  /** Whether the wizard asks for it; what it does not ask for is said again as it was. */
  readonly isAsked: boolean;
  /** What of it is looked at in the wizard, where the rest is said in other words there. */
  readonly within?: readonly string[];
  /** What else changes with it. */
  readonly beside?: object;
}

/** A line for each member: one that only the schema knows does not compile until somebody answers for it. */
type Fates<Held> = { readonly [Name in keyof Held]-?: Fate<Held[Name]> };

const named: readonly RequestStep[] = [
  'source-base-connection',
  'source-connection',
  'target-base-connection',
  'target-connection',
  'flow',
];
const id = '11111111-2222-4333-8444-555555555555';
const { destination, attributes, segments } = tutorialPlan;
const sftp: Plan = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '..', '..', 'examples', 'plans', 'sftp.plan.json'), 'utf8'),
) as Plan;

const plan: Fates<Omit<Plan, 'destination' | 'attributes'>> = {
  $schema: { other: 'x', sent: [], compared: [], isAsked: false },
  version: { other: 2 as 1, sent: [], compared: ['document'], isAsked: false },
  name: { other: 'X', sent: named, compared: ['name', 'document'], isAsked: true },
  description: { other: 'X', sent: named, compared: ['description', 'document'], isAsked: true },
  sandbox: { other: 'x', sent: [...named, 'activate', 'validate'], compared: ['document'], isAsked: true },
  flow: { other: id, sent: [], compared: ['document'], isAsked: true },
  source: {
    other: { baseConnectionId: id },
    sent: ['source-base-connection', 'source-connection'],
    compared: ['document'],
    isAsked: true,
  },
  segments: { other: segments.slice(1), sent: ['activate'], compared: ['segment'], isAsked: true },
};

const inDestination: Fates<Plan['destination']> = {
  connectionSpecId: {
    other: sftp.destination.connectionSpecId,
    sent: ['target-base-connection', 'target-connection', 'flow'],
    compared: ['location', 'document'],
    beside: sftp.destination,
    isAsked: true,
  },
  baseConnectionId: {
    other: id,
    sent: ['target-base-connection', 'target-connection'],
    compared: ['document'],
    isAsked: true,
  },
  flowSpecId: { other: id, sent: ['flow'], compared: ['document'], isAsked: false },
  auth: {
    other: {
      specName: destination.auth?.specName ?? '',
      params: { ...destination.auth?.params, accessId: 'AKIAIOSFODNN7EXAMPLF' },
    },
    within: ['params', 'accessId'],
    sent: ['target-base-connection'],
    compared: ['document'],
    isAsked: true,
  },
  encryption: {
    other: { publicKey: rsaKey.armored },
    sent: ['target-base-connection'],
    compared: ['document'],
    isAsked: false,
  },
  location: {
    other: { mode: 'S3', bucketName: 'crm-other', path: 'y', format: 'CSV' },
    sent: ['target-connection'],
    compared: ['location', 'document'],
    isAsked: true,
  },
};

const inAttributes: Fates<Plan['attributes']> = {
  selected: { other: ['a.b'], sent: ['activate'], compared: ['column'], isAsked: true },
  mandatory: {
    other: attributes.selected.slice(0, 1).map(attributeOf),
    sent: ['activate'],
    compared: ['mandatory'],
    isAsked: true,
  },
  deduplication: { other: [], sent: ['activate'], compared: ['key'], isAsked: true },
};

const caller = { authorization: 'Bearer x', apiKey: 'k', orgId: 'o' };

/** The steps whose request differs, or is sent for one of both only. */
function stepsThatDiffer(one: Plan, other: Plan): RequestStep[] {
  const said = (of: Plan) => new Map(plannedRequests(of, caller).map((request) => [request.step, request]));
  const [before, after] = [said(one), said(other)];
  return [...before.keys()].filter((step) => {
    return JSON.stringify(before.get(step)) !== JSON.stringify(after.get(step));
  });
}

describe('every member of a plan', () => {
  const cases = [
    ...Object.entries(plan).map(
      ([name, fate]) => [name, { ...tutorialPlan, [name]: fate.other }, fate] as const,
    ),
    ...Object.entries(inDestination).map(
      ([name, fate]) =>
        [
          `destination.${name}`,
          { ...tutorialPlan, destination: { ...destination, ...fate.beside, [name]: fate.other } },
          fate,
        ] as const,
    ),
    ...Object.entries(inAttributes).map(
      ([name, fate]) =>
        [
          `attributes.${name}`,
          { ...tutorialPlan, attributes: { ...attributes, [name]: fate.other } },
          fate,
        ] as const,
    ),
  ];

  it.each(cases)('is sent, compared and asked as the table says: %s', (name, other, fate) => {
    expect(stepsThatDiffer(tutorialPlan, other)).toEqual(fate.sent);
    const parts = difference(ofPlan(other), ofPlan(tutorialPlan)).flatMap(({ kind, part }) =>
      kind === 'same' ? [] : [part],
    );
    expect([...new Set(parts)].sort()).toEqual([...fate.compared].sort());
    // The wizard goes from a plan to the same plan, with its answers alone only where it asks.
    const draft = fromPlan(other);
    const [asked, again, answered] = [other, toPlan(draft), toPlan({ ...draft, opened: undefined })].map(
      (one) => JSON.stringify(lookUp(one, [...name.split('.'), ...(fate.within ?? [])])),
    );
    expect(again).toBe(asked);
    expect(answered === asked).toBe(fate.isAsked);
  });

  it('does not compile without a line', () => {
    const whole: Fates<Plan['attributes']> = inAttributes;
    // @ts-expect-error A member of the attributes that nobody answers for.
    const withMore: Fates<Plan['attributes'] & { more?: string }> = inAttributes;
    // @ts-expect-error One of the destination.
    const withTls: Fates<Plan['destination'] & { tls?: boolean }> = inDestination;
    // @ts-expect-error One of the plan.
    const withOwner: Fates<Omit<Plan, 'destination' | 'attributes'> & { owner: string }> = plan;
    expect([whole, withMore, withTls, withOwner]).toHaveLength(4);
    expectTypeOf<keyof Plan>().toEqualTypeOf<keyof typeof plan | 'destination' | 'attributes'>();
  });
});
