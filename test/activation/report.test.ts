import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Mark, type Report, type ReportSection } from '../../source/activation/report.ts';
import { type Plan } from '../../source/activation/plan/plan.ts';
import { type Flow, flow, type SegmentSelector } from '../../source/flow-service/flows.ts';
import {
  expectedIds,
  flowAsReturned,
  loyalty,
  mountainBiking,
  soundPlan,
  tutorialPlan,
} from '../helpers/plans.ts';

type Params = NonNullable<Flow['transformations'][number]['params']>;

/** The parts of a returned dataflow that a test changes. */
function partsOf(returned: Flow): {
  params: Params;
  segments: SegmentSelector[];
  profile: NonNullable<Params['profileSelectors']>;
  attributes: { value: { path: string } }[];
} {
  const params = returned.transformations[0]?.params;
  const { segmentSelectors, profileSelectors } = params ?? {};
  if (!params || !segmentSelectors || !profileSelectors) throw new Error('a dataflow without selectors');
  return {
    params,
    segments: segmentSelectors.selectors,
    profile: profileSelectors,
    attributes: profileSelectors.selectors,
  };
}

/** What the platform returns for the tutorial's plan, after a change. */
function returnedWith(change: (parts: ReturnType<typeof partsOf>, returned: Flow) => void): Flow {
  const returned = flowAsReturned(tutorialPlan);
  change(partsOf(returned), returned);
  return returned;
}

const judge = (returned: Flow): Report => compare(tutorialPlan, returned, expectedIds);

/** The rows that are not the same, as `section subject field mark: asked → returned`. */
const differences = (report: Report): string[] =>
  report.rows
    .filter((row) => row.mark !== 'same')
    .map(
      ({ section, subject, field, mark, asked, returned }) =>
        `${section} ${subject}${field === undefined ? '' : ` ${field}`} ${mark}: ${asked ?? '–'} → ${returned ?? '–'}`,
    );

const lastOperationOf = (status: object): Flow['lastOperation'] =>
  flow.parse({ lastOperation: { status } }).lastOperation;

const selectorAt = (segments: readonly SegmentSelector[], index: number): SegmentSelector['value'] => {
  const value = segments[index]?.value;
  if (!value) throw new Error(`no selector ${index}`);
  return value;
};

const scheduleAt = (
  segments: readonly SegmentSelector[],
  index: number,
): NonNullable<SegmentSelector['value']['schedule']> => {
  const { schedule } = selectorAt(segments, index);
  if (!schedule) throw new Error(`no schedule ${index}`);
  return schedule;
};

describe('compare', () => {
  it('verifies what the platform returns for the plan', () => {
    const report = judge(flowAsReturned(tutorialPlan));
    expect(differences(report)).toEqual([]);
    expect(report).toMatchObject({
      isVerified: true,
      isReordered: false,
      segments: { asked: 2, returned: 2, same: 2 },
      attributes: { asked: 5, returned: 5, same: 5 },
      mandatory: { asked: 2, returned: 2, same: 2 },
      deduplication: { asked: 1, returned: 1, same: 1 },
    });
  });

  it('says of every field of a segment what was asked, what came back, and where', () => {
    const rows = judge(flowAsReturned(tutorialPlan)).rows.filter(({ subject }) => subject === loyalty);
    const base = '$.transformations[0].params.segmentSelectors.selectors[1].value';
    expect(
      rows.map(({ field, path, asked, returned, mark }) => [field, path, asked, returned, mark]),
    ).toEqual([
      ['exportMode', `${base}.exportMode`, ...twice('FIRST_FULL_THEN_INCREMENTAL'), 'same'],
      ['frequency', `${base}.schedule.frequency`, ...twice('EVERY_6_HOURS'), 'same'],
      ['triggerType', `${base}.schedule.triggerType`, ...twice('SCHEDULED'), 'same'],
      ['startDate', `${base}.schedule.startDate`, ...twice('2021-12-22'), 'same'],
      ['endDate', `${base}.schedule.endDate`, ...twice('2021-12-31'), 'same'],
      ['startTime', `${base}.schedule.startTime`, ...twice('17:00'), 'same'],
      [
        'filenameTemplate',
        `${base}.filenameTemplate`,
        ...twice('%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%'),
        'same',
      ],
    ]);
    expect(new Set(rows.map(({ section, name }) => `${section} ${name}`))).toEqual(
      new Set(['segment Loyalty Segment']),
    );
  });

  it.each<[string, Parameters<typeof returnedWith>[0]]>([
    ['names, which do not matter', ({ segments }) => (selectorAt(segments, 0).name = 'Renamed')],
    ['another name of the dataflow', (_, returned) => (returned.name = 'Renamed')],
    [
      'a set time where no trigger was named',
      ({ segments }) => (scheduleAt(segments, 0).triggerType = undefined),
    ],
    ['a start time with seconds', ({ segments }) => (scheduleAt(segments, 0).startTime = '17:00:00')],
    ['an id in capitals', ({ segments }) => (selectorAt(segments, 0).id = mountainBiking.toUpperCase())],
    ['segments in another order', ({ segments }) => segments.reverse()],
    ['attributes in another order', ({ attributes }) => attributes.reverse()],
    ['mandatory fields in another order', ({ profile }) => profile.mandatoryFields?.reverse()],
    [
      'mandatory fields and keys beside the selectors, as newer cards keep them',
      ({ params, profile }) => {
        params.mandatoryFields = profile.mandatoryFields;
        params.primaryFields = profile.primaryFields;
        profile.mandatoryFields = undefined;
        profile.primaryFields = undefined;
      },
    ],
    [
      'a key without its type',
      ({ profile }) =>
        (profile.primaryFields = (profile.primaryFields ?? []).map((key) => ({
          ...key,
          fieldType: undefined,
        }))),
    ],
    ['a state in capitals', (_, returned) => (returned.state = 'ENABLED')],
    [
      'a last change that ended in another word',
      (_, returned) => (returned.lastOperation = lastOperationOf({ value: 'SUCCESS', errors: [] })),
    ],
    ['a last change without a status', (_, returned) => (returned.lastOperation = lastOperationOf({}))],
    ['no word about the last change', (_, returned) => (returned.lastOperation = undefined)],
    [
      'selectors in a second transformation',
      (_, returned) => returned.transformations.unshift({ name: 'Other', params: undefined }),
    ],
  ])('does not mind %s', (_, change) => {
    const report = judge(returnedWith(change));
    expect(differences(report)).toEqual([]);
    expect(report.isVerified).toBe(true);
  });

  it.each<[string, Parameters<typeof returnedWith>[0], string[]]>([
    [
      'a segment that is not there',
      ({ segments }) => segments.pop(),
      [`segment ${loyalty} missing: Loyalty Segment → –`],
    ],
    [
      'a segment that nobody asked for',
      ({ segments }) =>
        segments.push({ type: 'PLATFORM_SEGMENT', value: { ...selectorAt(segments, 0), id: 'x' } }),
      ['segment x extra: – → Interested in Mountain Biking'],
    ],
    [
      'a segment that is there twice',
      ({ segments }) => segments.push({ type: 'PLATFORM_SEGMENT', value: selectorAt(segments, 0) }),
      [`segment ${mountainBiking} extra: – → Interested in Mountain Biking`],
    ],
    [
      'another frequency',
      ({ segments }) => (scheduleAt(segments, 1).frequency = 'EVERY_12_HOURS'),
      [`segment ${loyalty} frequency different: EVERY_6_HOURS → EVERY_12_HOURS`],
    ],
    [
      'another export mode',
      ({ segments }) => (selectorAt(segments, 1).exportMode = 'DAILY_FULL_EXPORT'),
      [`segment ${loyalty} exportMode different: FIRST_FULL_THEN_INCREMENTAL → DAILY_FULL_EXPORT`],
    ],
    [
      'another trigger, and with it no time',
      ({ segments }) => {
        scheduleAt(segments, 0).triggerType = 'AFTER_SEGMENT_EVAL';
        scheduleAt(segments, 0).startTime = undefined;
      },
      [
        `segment ${mountainBiking} triggerType different: SCHEDULED → AFTER_SEGMENT_EVAL`,
        `segment ${mountainBiking} startTime missing: 17:00 → –`,
      ],
    ],
    [
      'an end date that nobody asked for',
      ({ segments }) => (scheduleAt(segments, 0).endDate = '2022-01-01'),
      [`segment ${mountainBiking} endDate extra: – → 2022-01-01`],
    ],
    [
      'a start time with minutes',
      ({ segments }) => (scheduleAt(segments, 0).startTime = '17:00:30'),
      [`segment ${mountainBiking} startTime different: 17:00 → 17:00:30`],
    ],
    [
      'a file name in other letters',
      ({ segments }) => (selectorAt(segments, 0).filenameTemplate = '%destination_name%_%SEGMENT_ID%'),
      [
        `segment ${mountainBiking} filenameTemplate different: ${tutorialPlan.segments[0]?.filenameTemplate ?? ''} → %destination_name%_%SEGMENT_ID%`,
      ],
    ],
    [
      'a schedule that is not there',
      ({ segments }) => (selectorAt(segments, 0).schedule = undefined),
      [
        `segment ${mountainBiking} frequency missing: ONCE → –`,
        `segment ${mountainBiking} startDate missing: 2021-12-20 → –`,
        `segment ${mountainBiking} startTime missing: 17:00 → –`,
      ],
    ],
    [
      'an attribute that is not there',
      ({ attributes }) => attributes.pop(),
      ['attribute segmentMembership.status missing: segmentMembership.status → –'],
    ],
    [
      'an attribute that nobody asked for',
      ({ attributes }) => attributes.push({ value: { path: 'person.birthDate' } }),
      ['attribute person.birthDate extra: – → person.birthDate'],
    ],
    [
      'an attribute in other letters',
      ({ attributes }) => attributes.splice(1, 1, { value: { path: 'person.name.firstname' } }),
      [
        'attribute person.name.firstName missing: person.name.firstName → –',
        'attribute person.name.firstname extra: – → person.name.firstname',
      ],
    ],
    [
      'no mandatory fields at all',
      ({ profile }) => (profile.mandatoryFields = undefined),
      [
        'mandatory person.name.firstName missing: person.name.firstName → –',
        'mandatory person.name.lastName missing: person.name.lastName → –',
      ],
    ],
    [
      'a mandatory field that nobody asked for',
      ({ profile }) => profile.mandatoryFields?.push('personalEmail.address'),
      ['mandatory personalEmail.address extra: – → personalEmail.address'],
    ],
    [
      'another deduplication key',
      ({ profile }) =>
        (profile.primaryFields = [
          { fieldType: 'ATTRIBUTE', attributePath: 'person.name.lastName', identityNamespace: undefined },
        ]),
      [
        'deduplication ATTRIBUTE personalEmail.address missing: ATTRIBUTE personalEmail.address → –',
        'deduplication ATTRIBUTE person.name.lastName extra: – → ATTRIBUTE person.name.lastName',
      ],
    ],
    [
      'a key that is an identity instead of an attribute',
      ({ profile }) =>
        (profile.primaryFields = [
          { fieldType: 'IDENTITY', attributePath: undefined, identityNamespace: 'personalEmail.address' },
        ]),
      [
        'deduplication ATTRIBUTE personalEmail.address missing: ATTRIBUTE personalEmail.address → –',
        'deduplication IDENTITY personalEmail.address extra: – → IDENTITY personalEmail.address',
      ],
    ],
    [
      'a dataflow that is off',
      (_, returned) => (returned.state = 'disabled'),
      ['flow state different: enabled → disabled'],
    ],
    [
      'another flow spec',
      (_, returned) => (returned.flowSpec = { id: 'other' }),
      [`flow flowSpec.id different: ${expectedIds.flowSpecId} → other`],
    ],
    [
      'no source',
      (_, returned) => (returned.sourceConnectionIds = undefined),
      [`flow sourceConnectionIds missing: ${expectedIds.sourceConnectionId} → –`],
    ],
    [
      'a second target',
      (_, returned) => (returned.targetConnectionIds = [expectedIds.targetConnectionId, 'other']),
      [
        `flow targetConnectionIds different: ${expectedIds.targetConnectionId} → ${expectedIds.targetConnectionId}, other`,
      ],
    ],
    [
      'no transformation at all',
      (_, returned) => (returned.transformations = []),
      [
        `segment ${mountainBiking} missing: Interested in Mountain Biking → –`,
        `segment ${loyalty} missing: Loyalty Segment → –`,
        ...tutorialPlan.attributes.selected.map((path) => `attribute ${path} missing: ${path} → –`),
        ...tutorialPlan.attributes.mandatory.map((path) => `mandatory ${path} missing: ${path} → –`),
        'deduplication ATTRIBUTE personalEmail.address missing: ATTRIBUTE personalEmail.address → –',
      ],
    ],
  ])('tells %s', (_, change, wanted) => {
    const report = judge(returnedWith(change));
    expect(differences(report)).toEqual(wanted);
    expect(report.isVerified).toBe(false);
  });

  it('names the errors of a last change without a status', () => {
    const lastOperation = lastOperationOf({ errors: ['no such segment', 'nor that'] });
    const report = judge({ ...flowAsReturned(tutorialPlan), lastOperation });
    expect(differences(report)).toEqual([
      'flow lastOperation different: completed → no such segment: nor that',
    ]);
  });

  it.each([
    ['failed', [], 'failed'],
    ['PARTIAL_FAILURE', ['no such segment'], 'PARTIAL_FAILURE: no such segment'],
    ['completed', ['no such segment'], 'completed: no such segment'],
    ['IN_PROGRESS', [], 'IN_PROGRESS'],
  ])('does not verify a last change that is %s with errors %j', (value, errors, told) => {
    const lastOperation = lastOperationOf({ value, errors });
    const report = judge({ ...flowAsReturned(tutorialPlan), lastOperation });
    expect(differences(report)).toEqual([`flow lastOperation different: completed → ${told}`]);
  });

  it('finds a segment whose id the plan has in capitals', () => {
    const segments = tutorialPlan.segments.map((one) => ({ ...one, id: one.id.toUpperCase() }));
    expect(compare({ ...tutorialPlan, segments }, flowAsReturned(tutorialPlan)).isVerified).toBe(true);
  });

  it('reads a key without its type by what it names', () => {
    const deduplication = [{ fieldType: 'IDENTITY' as const, identityNamespace: 'Email' }];
    const plan = { ...tutorialPlan, attributes: { ...tutorialPlan.attributes, deduplication } };
    const returned = flowAsReturned(plan);
    partsOf(returned).profile.primaryFields = [
      { fieldType: undefined, attributePath: undefined, identityNamespace: 'Email' },
    ];
    expect(differences(compare(plan, returned))).toEqual([]);
  });

  it('tells that columns came back in another order, without calling it a difference', () => {
    const reversed = judge(returnedWith(({ attributes }) => attributes.reverse()));
    expect(reversed).toMatchObject({ isVerified: true, isReordered: true });
    const shorter = judge(returnedWith(({ attributes }) => attributes.shift()));
    expect(shorter).toMatchObject({ isVerified: false, isReordered: false });
  });

  it('counts a segment as the same only when all its fields are', () => {
    const report = judge(
      returnedWith(({ segments, attributes }) => {
        scheduleAt(segments, 1).frequency = 'DAILY';
        attributes.push({ value: { path: 'person.birthDate' } });
      }),
    );
    expect(report.segments).toEqual({ asked: 2, returned: 2, same: 1, extra: 0, isSame: false });
    expect(report.attributes).toEqual({ asked: 5, returned: 6, same: 5, extra: 1, isSame: false });
  });

  it('does not count a segment that is there twice as the same', () => {
    const report = judge(
      returnedWith(({ segments }) =>
        segments.push({ type: 'PLATFORM_SEGMENT', value: { ...selectorAt(segments, 0) } }),
      ),
    );
    expect(report.segments).toEqual({ asked: 2, returned: 3, same: 1, extra: 1, isSame: false });
  });

  it('points at what is wrong, or at the list where it should be', () => {
    const report = judge(
      returnedWith(({ segments, attributes }) => {
        selectorAt(segments, 0).exportMode = 'OTHER';
        segments.pop();
        attributes.pop();
        attributes.push({ value: { path: 'extra' } });
      }),
    );
    const params = '$.transformations[0].params';
    expect(report.rows.filter(({ mark }) => mark !== 'same').map(({ path }) => path)).toEqual([
      `${params}.segmentSelectors.selectors[0].value.exportMode`,
      `${params}.segmentSelectors.selectors`,
      `${params}.profileSelectors.selectors`,
      `${params}.profileSelectors.selectors[4]`,
    ]);
  });

  it('points at the transformation that has the selectors', () => {
    const report = judge(
      returnedWith((_, returned) =>
        returned.transformations.unshift({ name: 'Other', params: {} as Params }),
      ),
    );
    expect(report.rows.filter(({ section }) => section === 'attribute').map(({ path }) => path)[0]).toBe(
      '$.transformations[1].params.profileSelectors.selectors[0]',
    );
  });

  it('does not ask for ids that the caller does not know', () => {
    const { transformations } = flowAsReturned(tutorialPlan);
    const report = compare(tutorialPlan, { transformations });
    expect(report.isVerified).toBe(true);
    expect(report.rows.filter(({ section }) => section === 'flow')).toEqual([]);
  });
});

const twice = (text: string): [string, string] => [text, text];

type Lists = Record<'segmentSelectors' | 'profileSelectors', { selectors: object[] }>;

/** The dataflow of the tutorial's plan as its GET writes it, and what a test makes of it. */
function written(change: (entity: Record<string, unknown>, params: Lists) => unknown): Flow {
  const { raw } = flowAsReturned(tutorialPlan);
  const entity = structuredClone(raw) as Record<string, unknown> & { transformations: [{ params: Lists }] };
  change(entity, entity.transformations[0].params);
  return flow.parse(entity);
}

describe('what must not pass as verified', () => {
  const namespaced: Plan = {
    ...tutorialPlan,
    segments: tutorialPlan.segments.map((one) => ({ ...one, namespace: 'CustomerAudienceUpload' })),
  };
  it.each<[string, Flow, string, Plan?]>([
    ['no state', written((entity) => delete entity['state']), 'flow state missing: enabled → –'],
    [
      'a state that is null',
      written((entity) => (entity['state'] = null)),
      'flow state missing: enabled → –',
    ],
    [
      'a segment of another type',
      written((_, { segmentSelectors }) =>
        Object.assign(segmentSelectors.selectors[0] ?? {}, { type: 'LIST' }),
      ),
      `segment ${mountainBiking} type different: PLATFORM_SEGMENT → LIST`,
    ],
    [
      'a column of another type',
      written((_, { profileSelectors }) =>
        Object.assign(profileSelectors.selectors[0] ?? {}, { type: 'PQL' }),
      ),
      'attribute homeAddress.countryCode missing: homeAddress.countryCode → –',
    ],
    [
      'a segment that has lost its namespace',
      written(() => undefined),
      `segment ${mountainBiking} namespace missing: CustomerAudienceUpload → –`,
      namespaced,
    ],
    [
      'a segment that is there twice',
      written((_, { segmentSelectors }) => {
        const { selectors } = segmentSelectors;
        selectors.push(selectors[0] ?? {});
      }),
      `segment ${mountainBiking} extra: – → Interested in Mountain Biking`,
    ],
    [
      'a mandatory field beside the list that has the others',
      written((_, params) => Object.assign(params, { mandatoryFields: ['person.gender'] })),
      'mandatory person.gender extra: – → person.gender',
    ],
    [
      'a key beside the list that has the others',
      written((_, params) => Object.assign(params, { primaryFields: [{ identityNamespace: 'Email' }] })),
      'deduplication IDENTITY Email extra: – → IDENTITY Email',
    ],
    [
      'columns in two transformations',
      written((entity, { profileSelectors }) => {
        const { selectors } = profileSelectors;
        const selector = selectors.pop();
        (entity['transformations'] as object[]).push({
          name: 'Other',
          params: { profileSelectors: { selectors: [selector] } },
        });
      }),
      'attribute $.transformations[1].params.profileSelectors.selectors different: $.transformations[0].params.profileSelectors.selectors → $.transformations[0].params.profileSelectors.selectors, $.transformations[1].params.profileSelectors.selectors',
    ],
    ...(
      [
        ['FAILED', 'FAILED'],
        [{ status: 'FAILED' }, 'FAILED'],
        [{ status: { value: 'completed', errors: 'disk full' } }, 'completed: disk full'],
        [{ status: { value: 7 } }, '7'],
        [[{ status: { value: 'IN_PROGRESS' } }], '[{"status":{"value":"IN_PROGRESS"}}]'],
      ] as const
    ).map(([lastOperation, told]): [string, Flow, string] => [
      `a last operation of ${JSON.stringify(lastOperation)}`,
      written((entity) => (entity['lastOperation'] = lastOperation)),
      `flow lastOperation different: completed → ${told}`,
    ]),
  ])('%s', (_, returned, wanted, plan = tutorialPlan) => {
    const report = compare(plan, returned, expectedIds);
    expect(report.isVerified).toBe(false);
    expect(differences(report)).toContain(wanted);
  });

  it('is another flow spec than the plan names', () => {
    const flowSpecId = '00000000-0000-4000-8000-00000000f10e';
    const plan = { ...tutorialPlan, destination: { ...tutorialPlan.destination, flowSpecId } };
    expect(differences(compare(plan, flowAsReturned(plan)))).toEqual([
      `flow flowSpec.id different: ${flowSpecId} → ${expectedIds.flowSpecId}`,
    ]);
  });

  it.each([
    ['no last operation', written((entity) => delete entity['lastOperation'])],
    ['one that says nothing', written((entity) => (entity['lastOperation'] = {}))],
    ['one that is null', written((entity) => (entity['lastOperation'] = null))],
    [
      'a namespace that nobody asked for',
      returnedWith(({ segments }) => (selectorAt(segments, 0).namespace = 'ups')),
    ],
  ])('but %s may', (_, returned) => {
    expect(differences(judge(returned))).toEqual([]);
  });
});

describe('where a dataflow stores', () => {
  const target = {
    baseConnectionId: 'A',
    params: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV', added: true },
  };
  const told = (params: object, plan: Plan = tutorialPlan): string[] =>
    differences(
      compare(
        plan,
        flowAsReturned(plan),
        { ...expectedIds, accountId: 'a' },
        { target: { ...target, params: { ...target.params, ...params } } },
      ),
    );
  const about = { ...tutorialPlan, flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' };

  it('is compared where it was read, but for params that the platform adds to a new one', () => {
    expect(told({})).toEqual([]);
    expect(told({ path: 'weekly' })).toEqual(['flow destination.location.path different: daily → weekly']);
    expect(told({}, about)).toEqual(['flow destination.location.added extra: – → true']);
  });

  it('is on the account that is meant', () => {
    const report = compare(
      tutorialPlan,
      flowAsReturned(tutorialPlan),
      { ...expectedIds, accountId: 'B' },
      { target },
    );
    expect(differences(report)).toEqual(['flow destination.baseConnectionId different: B → A']);
  });
});

describe('a plan about a dataflow that is there', () => {
  const about = { ...tutorialPlan, flow: 'ca5c6e9a-8559-4a08-97a5-f15b756da600' };
  it('asks for its name, its description the order of its columns, and that it is on', () => {
    const { selected } = tutorialPlan.attributes;
    const held = flowAsReturned({
      ...tutorialPlan,
      attributes: { ...tutorialPlan.attributes, selected: [...selected].reverse() },
    });
    const report = compare(
      { ...about, name: 'New name', description: 'Said' },
      { ...held, state: 'disabled' },
    );
    expect(differences(report)).toEqual([
      `flow name different: New name → ${tutorialPlan.name}`,
      'flow description missing: Said → –',
      `attribute $.attributes.selected different: ${selected.join(', ')} → ${[...selected].reverse().join(', ')}`,
      'flow state different: enabled → disabled',
    ]);
    const paused = { ...flowAsReturned(about), state: 'disabled' };
    expect(differences(compare(about, paused))).toEqual(['flow state different: enabled → disabled']);
    // A change leaves it as it found it.
    expect(compare(about, paused, { state: 'disabled' }).isVerified).toBe(true);
    expect(differences(compare(about, paused, { state: 'enabled' }))).toEqual([
      'flow state different: enabled → disabled',
    ]);
  });
});

describe('the transformations of the platform’s tutorial', () => {
  const fixture = new URL('../fixtures/tutorial-transformations.json', import.meta.url);
  const returned = flow.parse(JSON.parse(readFileSync(fixture, 'utf8')));

  it('hold two segments, five attributes, two mandatory fields and one deduplication key', () => {
    const { segments, attributes, profile } = partsOf(returned);
    expect(segments.map(({ value }) => value.id)).toEqual([mountainBiking, loyalty]);
    expect(attributes).toHaveLength(5);
    expect(profile.mandatoryFields).toHaveLength(2);
    expect(profile.primaryFields).toHaveLength(1);
  });

  it('are the proof of the plan that asks for them', () => {
    const report = compare(tutorialPlan, returned);
    expect(differences(report)).toEqual([]);
    expect(report).toMatchObject({
      isVerified: true,
      isReordered: false,
      segments: { asked: 2, returned: 2, same: 2 },
      attributes: { asked: 5, returned: 5, same: 5 },
      mandatory: { asked: 2, returned: 2, same: 2 },
      deduplication: { asked: 1, returned: 1, same: 1 },
    });
  });
});

describe('any plan', () => {
  it('is verified by what the platform returns for it, whatever the order', () => {
    fc.assert(
      fc.property(soundPlan, fc.infiniteStream(fc.nat()), (plan, numbers) => {
        const returned = flowAsReturned(plan);
        const { segments, attributes, profile } = partsOf(returned);
        for (const list of [segments, attributes, profile.mandatoryFields, profile.primaryFields]) {
          shuffle<unknown>(list ?? [], numbers);
        }
        const report = compare(plan, returned, expectedIds);
        expect(differences(report)).toEqual([]);
        expect(report.isVerified).toBe(true);
        expect(report.attributes.same).toBe(plan.attributes.selected.length);
      }),
    );
  });

  /** Each changes one thing that matters; nothing when this dataflow does not have it. */
  const mutations: [ReportSection, Mark, (parts: ReturnType<typeof partsOf>, at: number) => boolean][] = [
    ['segment', 'missing', ({ segments }, at) => removeAt(segments, at)],
    ['segment', 'extra', ({ segments }, at) => repeatAt(segments, at)],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value, 'exportMode')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value, 'filenameTemplate')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value.schedule, 'frequency')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value.schedule, 'triggerType')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value.schedule, 'startDate')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value.schedule, 'endDate')],
    ['segment', 'different', ({ segments }, at) => spoil(pick(segments, at)?.value.schedule, 'startTime')],
    ['segment', 'missing', ({ segments }, at) => drop(pick(segments, at)?.value, 'exportMode')],
    ['segment', 'missing', ({ segments }, at) => drop(pick(segments, at)?.value, 'schedule')],
    ['segment', 'missing', ({ segments }, at) => drop(pick(segments, at)?.value.schedule, 'endDate')],
    ['segment', 'missing', ({ segments }, at) => drop(pick(segments, at)?.value.schedule, 'startTime')],
    ['segment', 'missing', ({ segments }, at) => spoil(pick(segments, at)?.value, 'id')],
    ['attribute', 'missing', ({ attributes }, at) => removeAt(attributes, at)],
    ['attribute', 'extra', ({ attributes }, at) => repeatAt(attributes, at)],
    ['attribute', 'missing', ({ attributes }, at) => spoil(pick(attributes, at)?.value, 'path')],
    ['mandatory', 'missing', ({ profile }, at) => removeAt(profile.mandatoryFields ?? [], at)],
    ['mandatory', 'extra', ({ profile }, at) => repeatAt(profile.mandatoryFields ?? [], at)],
    ['deduplication', 'missing', ({ profile }, at) => removeAt(profile.primaryFields ?? [], at)],
    ['deduplication', 'extra', ({ profile }, at) => repeatAt(profile.primaryFields ?? [], at)],
    [
      'deduplication',
      'missing',
      ({ profile }, at) => spoil(pick(profile.primaryFields ?? [], at), 'fieldType'),
    ],
    [
      'deduplication',
      'missing',
      ({ profile }, at) => spoil(pick(profile.primaryFields ?? [], at), 'attributePath'),
    ],
  ];

  it.each(mutations.map((mutation, index) => [index, ...mutation] as const))(
    'is not verified after a change (%i: %s %s)',
    (_, section, mark, mutate) => {
      let changes = 0;
      fc.assert(
        fc.property(soundPlan, fc.nat(), (plan: Plan, at) => {
          const returned = flowAsReturned(plan);
          if (!mutate(partsOf(returned), at)) return;
          changes += 1;
          const report = compare(plan, returned, expectedIds);
          expect(report.isVerified).toBe(false);
          expect(report.rows.filter((row) => row.mark !== 'same').map((row) => row.section)).toContain(
            section,
          );
          expect(report.rows.filter((row) => row.section === section).map((row) => row.mark)).toContain(mark);
          expect(
            new Set(report.rows.filter((row) => row.mark !== 'same').map((row) => row.section)).size,
          ).toBe(1);
        }),
        { numRuns: 60 },
      );
      expect(changes).toBeGreaterThan(5);
    },
  );

  function pick<Item>(list: readonly Item[], at: number): Item | undefined {
    return list[at % Math.max(1, list.length)];
  }

  function removeAt(list: unknown[], at: number): boolean {
    return list.splice(at % Math.max(1, list.length), 1).length > 0;
  }

  function repeatAt<Item>(list: Item[], at: number): boolean {
    const item = pick(list, at);
    if (item !== undefined) list.push(item);
    return item !== undefined;
  }

  function spoil<Holder extends object>(holder: Holder | undefined, key: keyof Holder & string): boolean {
    const value = holder && Reflect.get(holder, key);
    return holder !== undefined && typeof value === 'string' && Reflect.set(holder, key, `${value}~`);
  }

  function drop<Holder extends object>(holder: Holder | undefined, key: keyof Holder & string): boolean {
    if (holder === undefined || Reflect.get(holder, key) === undefined) return false;
    return Reflect.set(holder, key, undefined);
  }

  function shuffle<Item>(list: Item[], numbers: Iterator<number>): void {
    for (let last = list.length - 1; last > 0; last--) {
      const [item] = list.splice(Number(numbers.next().value) % (last + 1), 1);
      if (item !== undefined) list.push(item);
    }
  }
});
