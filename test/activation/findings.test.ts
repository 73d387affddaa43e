import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFindings } from '../../source/activation/findings/findings.ts';
import { fixed, isAlike } from '../../source/activation/findings/fixes.ts';
import { limits } from '../../source/activation/findings/limits.ts';
import { planProblems } from '../../source/activation/plan/plan-rules.ts';
import type { Plan } from '../../source/activation/plan/plan.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { tutorialPlan } from '../helpers/plans.ts';
import { meeting, some } from '../helpers/some.ts';
import { runs } from '../helpers/soak.ts';

const nowMs = Date.parse('2021-12-19T12:00:00Z');
const hourMs = 3_600_000;
const [first] = tutorialPlan.segments;
if (!first) throw new Error('no segment');
const ids = (plan: Plan, facts = {}): string[] => planFindings(plan, nowMs, facts).map(({ id }) => id);

describe('a segment whose name has a slash', () => {
  const named = (name: string, filenameTemplate: string): Plan => ({
    ...tutorialPlan,
    segments: [{ ...first, name, filenameTemplate }],
  });
  const id = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

  it.each([
    ['A/B', `${id}_%SEGMENT_NAME%`, id],
    ['A/B', `%SEGMENT_NAME%_${id}`, id],
    ['A/B', '%SEGMENT_NAME%_%TIMESTAMP%', '%SEGMENT_ID%_%TIMESTAMP%'],
  ])('%s in %s is told, and mended by its id', (name, template, mended) => {
    const plan = named(name, template);
    const found = planFindings(plan, nowMs).filter((one) => one.id === 'finding.nameMakesFolders');
    expect(found).toMatchObject([{ path: '$.segments[0].filenameTemplate', values: { segment: 'A/B' } }]);
    const better = found[0] && fixed(plan, found[0], nowMs);
    expect(better?.segments[0]?.filenameTemplate).toBe(mended);
    expect(better && ids(better)).not.toContain('finding.nameMakesFolders');
  });

  it.each([
    ['A/B', id],
    ['A-B', `${id}_%SEGMENT_NAME%`],
  ])('is not told of %s in %s', (name, template) => {
    expect(ids(named(name, template))).not.toContain('finding.nameMakesFolders');
  });
});

describe('findings of what a plan does not hold', () => {
  it('production by the list beats production by name', () => {
    expect(ids({ ...tutorialPlan, sandbox: 'live' }, { isProduction: true })).toContain('finding.production');
    expect(ids({ ...tutorialPlan, sandbox: 'prod' }, { isProduction: false })).not.toContain(
      'finding.production',
    );
  });

  it.each([
    [99, false],
    [100, true],
  ])('%i dataflows in the sandbox: %s', (destinationCount, wanted) => {
    expect(ids(tutorialPlan, { destinationCount }).includes('finding.tooManyDestinations')).toBe(wanted);
  });

  it.each([
    [23.9, true],
    [24, false],
  ])('a segment made %d hours ago: %s', (hours, wanted) => {
    const madeMs = new Map([[first.id, nowMs - hours * hourMs]]);
    expect(ids(tutorialPlan, { madeMs }).includes('finding.youngAudience')).toBe(wanted);
  });
});

describe('findings in numbers', () => {
  const one = (plan: Plan, id: string, at = nowMs, facts = {}) =>
    planFindings(plan, at, facts).filter((finding) => finding.id === id);

  it('the age of a young segment, in whole hours', () => {
    const madeMs = new Map([[first.id, nowMs - 2.9 * hourMs]]);
    expect(one(tutorialPlan, 'finding.youngAudience', nowMs, { madeMs })).toMatchObject([
      { path: '$.segments[0]', values: { segment: first.name, hours: 2 } },
    ]);
    const ahead = new Map([[first.id, nowMs + 5 * hourMs]]);
    const justNow = new Map([[first.id, nowMs - 0.9 * hourMs]]);
    for (const facts of [{ madeMs: ahead }, { madeMs: justNow }]) {
      expect(one(tutorialPlan, 'finding.youngAudience', nowMs, facts)).toEqual([]);
      expect(one(tutorialPlan, 'finding.newAudience', nowMs, facts)).toMatchObject([
        { path: '$.segments[0]', values: { segment: first.name } },
      ]);
    }
  });

  it('the namespaces of identities, wherever they stand, and nothing that only looks like one', () => {
    const plan: Plan = {
      ...tutorialPlan,
      attributes: {
        selected: ['identityMap.Email', 'identityMap.Email.id', '_tenant.identityMap.Other'],
        mandatory: [],
        deduplication: [
          { fieldType: 'IDENTITY', identityNamespace: 'Phone' },
          { fieldType: 'ATTRIBUTE', attributePath: 'loyalty.id' },
        ],
      },
    };
    expect(one(plan, 'finding.identityNamespaces')).toMatchObject([
      { values: { namespaces: ['Email', 'Phone'], most: 1 } },
    ]);
  });

  it.each<[string, number, string[]]>([
    ['an hour before', -hourMs, []],
    ['less than an hour before', -hourMs + 1, ['finding.startSoon']],
    ['at the moment itself', 0, ['finding.startSoon']],
    ['after it, with exports to come', 1, ['finding.startPast']],
    ['when none is to come', 30 * 24 * hourMs, ['finding.noExportLeft']],
  ])('a start, %s', (_, afterMs, wanted) => {
    const startMs = Date.parse('2021-12-22T17:00:00Z');
    const plan = { ...tutorialPlan, segments: tutorialPlan.segments.slice(1) };
    const found = planFindings(plan, startMs + afterMs).map(({ id }) => id);
    expect(found.filter((id) => /start|Left/.test(id))).toEqual(wanted);
  });

  it('stand in the order of the plan', () => {
    const elsewhere = '00000000-0000-4000-8000-000000000009';
    const destination = { ...tutorialPlan.destination, connectionSpecId: elsewhere };
    const found = planFindings({ ...tutorialPlan, destination, sandbox: 'prod' }, nowMs, {
      destinationCount: 100,
    });
    expect(found.map(({ id }) => id)).toEqual([
      'finding.production',
      'finding.unknownDestination',
      'finding.tooManyDestinations',
      'finding.lastDay',
    ]);
  });
});

describe('findings of a plan', () => {
  it('uploads, more than a dataflow takes', () => {
    const upload = (at: number) => ({
      ...first,
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      namespace: 'CustomerAudienceUpload',
      systemSegmentId: 'x',
    });
    const plan = (count: number): Plan => ({
      ...tutorialPlan,
      segments: Array.from({ length: count }, (_, at) => upload(at)),
    });
    expect(ids(plan(limits.customUploads.most))).not.toContain('finding.customUploads');
    const { segments } = plan(limits.customUploads.most + 1);
    expect(ids({ ...tutorialPlan, segments })).toContain('finding.customUploads');
    // What the platform evaluates is none, whether it says so or not.
    for (const namespace of ['AEPSegments', undefined]) {
      const evaluated = segments.map((one) => ({ ...one, namespace }));
      expect(ids({ ...tutorialPlan, segments: evaluated })).not.toContain('finding.customUploads');
    }
  });

  it('identities of two namespaces', () => {
    const selected = ['identityMap.Email', 'identityMap.Phone'];
    const plan = { ...tutorialPlan, attributes: { selected, mandatory: [], deduplication: [] } };
    expect(ids(plan)).toContain('finding.identityNamespaces');
    expect(
      ids({ ...plan, attributes: { ...plan.attributes, selected: ['identityMap.Email'] } }),
    ).not.toContain('finding.identityNamespaces');
  });

  it('a namespace whose code has a dot is one, as a column and as the key', () => {
    const attributes: Plan['attributes'] = {
      selected: ['identityMap.Phone_E.164'],
      mandatory: [],
      deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Phone_E.164' }],
    };
    expect(ids({ ...newerPlan, attributes })).not.toContain('finding.identityNamespaces');
  });

  it('a key that is put right is an identity by its namespace, and nothing that is computed', () => {
    const selected = ["array_to_string('_', emails)", 'emails[0]', 'identityMap.Email'];
    const attributes = { selected, mandatory: [], deduplication: [] };
    const missing = planFindings({ ...tutorialPlan, attributes }, nowMs).find(
      ({ id }) => id === 'finding.noDeduplication',
    );
    if (!missing) throw new Error('not found');
    expect(fixed({ ...tutorialPlan, attributes }, missing, nowMs)?.attributes.deduplication).toEqual([
      { fieldType: 'IDENTITY', identityNamespace: 'Email' },
    ]);
  });

  it('two segments that write the same name', () => {
    const same = { ...first, filenameTemplate: 'daily_%SEGMENT_NAME%' };
    const plan = {
      ...tutorialPlan,
      segments: [same, { ...same, id: '00000000-0000-4000-8000-000000000001' }],
    };
    expect(ids(plan)).toContain('finding.sameName');
  });

  it('every limit names its source', () => {
    for (const { most, source, kind } of some(Object.values(limits))) {
      expect(most).toBeGreaterThan(0);
      expect(source).toMatch(/\.md$/);
      expect(['hard', 'soft']).toContain(kind);
    }
  });
});

describe('a fix', () => {
  const plan = fc
    .record({
      startDate: fc.constantFrom('2021-12-01', '2021-12-19', '2021-12-25'),
      startTime: fc.constantFrom('00:00', '12:00', '13:00', '23:00'),
      endDate: fc.constantFrom(undefined, '2021-12-26', '2022-02-28'),
      template: fc.constantFrom('%DESTINATION_NAME%_%SEGMENT_ID%', first.filenameTemplate),
      hasKey: fc.boolean(),
      mode: fc.constantFrom('S3', 'Cloud Storage'),
      frequency: fc.constantFrom('ONCE' as const, 'DAILY' as const, 'EVERY_6_HOURS' as const),
    })
    .map(({ startDate, startTime, endDate, template, hasKey, mode, frequency }): Plan => ({
      ...tutorialPlan,
      destination: {
        connectionSpecId: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
        auth: {
          specName: 'Access Key',
          params: { s3AccessKey: 'AKIAIOSFODNN7EXAMPLE', s3SecretKey: { $secret: 'env:S' } },
        },
        location: { mode, bucketName: 'crm-exports', path: 'daily' },
      },
      segments: [
        {
          ...first,
          exportMode: frequency !== 'EVERY_6_HOURS' ? 'DAILY_FULL_EXPORT' : 'FIRST_FULL_THEN_INCREMENTAL',
          filenameTemplate: template,
          schedule: {
            frequency,
            startDate,
            startTime,
            ...(endDate === undefined || frequency === 'ONCE' ? {} : { endDate }),
          },
        },
      ],
      attributes: hasKey ? tutorialPlan.attributes : { ...tutorialPlan.attributes, deduplication: [] },
    }));

  const fixable = [
    'finding.startPast',
    'finding.startSoon',
    'finding.noExportLeft',
    'finding.overwrites',
    'finding.noDeduplication',
    'finding.modeSuperseded',
  ];

  it('leaves a sound plan without what was found', () => {
    meeting(fixable, (meet) =>
      fc.assert(
        fc.property(plan, (one) => {
          expect(planProblems(one)).toEqual([]);
          for (const finding of planFindings(one, nowMs)) {
            const better = fixed(one, finding, nowMs);
            if (!better) continue;
            meet(finding.id);
            expect(planProblems(better)).toEqual([]);
            // Also for a while, not only at this moment.
            for (const laterMs of [nowMs, nowMs + 10 * 60_000]) {
              const left = planFindings(better, laterMs).filter(({ id }) => isAlike(id, finding.id));
              expect(left).toEqual([]);
            }
            // Nobody asked for another hour.
            const hours = (told: Plan) => told.segments.map(({ schedule }) => schedule.startTime);
            expect(hours(better)).toEqual(hours(one));
          }
        }),
        { numRuns: runs(300) },
      ),
    );
  });

  it('is not offered where a person has to decide', () => {
    const [finding] = planFindings({ ...tutorialPlan, sandbox: 'prod' }, nowMs);
    expect(finding?.id).toBe('finding.production');
    expect(finding && fixed(tutorialPlan, finding, nowMs)).toBeUndefined();
  });
});
