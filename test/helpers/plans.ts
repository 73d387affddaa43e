import { withoutHidden } from '../../source/activation/plan/escaped-json.ts';
import fc from 'fast-check';
import { catalog } from '../../source/activation/spec/catalog.ts';
import {
  attributeOf,
  type DeduplicationKey,
  type Plan,
  type PlanSegment,
} from '../../source/activation/plan/plan.ts';
import { type Flow, flow } from '../../source/flow-service/flows.ts';

export const mountainBiking = '9f7d37fd-7039-4454-94ef-2b0cd6c3206a';
export const loyalty = '25768be6-ebd5-45cc-8913-12fb3f348613';

const template = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

/** What the platform's tutorial activates, to Adobe Campaign over S3. */
export const tutorialPlan: Plan = {
  version: 1,
  name: 'Activate segments to Adobe Campaign',
  sandbox: 'dev',
  destination: {
    connectionSpecId: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97',
    auth: {
      specName: 'S3',
      params: { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: { $secret: 'env:CAMPAIGN_S3_SECRET' } },
    },
    location: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' },
  },
  segments: [
    {
      id: mountainBiking,
      name: 'Interested in Mountain Biking',
      filenameTemplate: template,
      exportMode: 'DAILY_FULL_EXPORT',
      schedule: { frequency: 'ONCE', startDate: '2021-12-20', startTime: '17:00' },
    },
    {
      id: loyalty,
      name: 'Loyalty Segment',
      filenameTemplate: template,
      exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
      schedule: {
        frequency: 'EVERY_6_HOURS',
        startDate: '2021-12-22',
        endDate: '2021-12-31',
        startTime: '17:00',
      },
    },
  ],
  attributes: {
    selected: [
      'homeAddress.countryCode',
      'person.name.firstName',
      'person.name.lastName',
      'personalEmail.address',
      'segmentMembership.status',
    ],
    mandatory: ['person.name.firstName', 'person.name.lastName'],
    deduplication: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
  },
};

/** The ids of a returned dataflow, as an apply knows them. */
export const expectedIds = {
  flowSpecId: '71471eba-b620-49e4-90fd-23f1fa0174d8',
  sourceConnectionId: 'f3a5e232-eba3-428b-aa69-921d122d5db5',
  targetConnectionId: '54d575d8-43c9-4d3d-aec5-b033e4189f4a',
};

/**
 * The dataflow that the platform holds after a plan was applied, as its GET writes it, read by our shape.
 * Written from the contract (sections 2.6 and 5.6), not from the bodies we send.
 */
export function flowAsReturned(plan: Plan): Flow {
  return flow.parse({
    id: 'ca5c6e9a-8559-4a08-97a5-f15b756da600',
    createdAt: 1658340453699,
    name: plan.name,
    description: '',
    flowSpec: { id: expectedIds.flowSpecId, version: '1.0' },
    state: 'enabled',
    etag: '"04001b6d-0000-0200-0000-62d9a2ec0000"',
    sourceConnectionIds: [expectedIds.sourceConnectionId],
    targetConnectionIds: [expectedIds.targetConnectionId],
    transformations: [
      {
        name: 'GeneralTransform',
        params: {
          segmentSelectors: { selectors: plan.segments.map(segmentAsReturned) },
          profileSelectors: {
            selectors: plan.attributes.selected.map(attributeOf).map(attributeAsReturned),
            mandatoryFields: plan.attributes.mandatory,
            primaryFields: plan.attributes.deduplication,
          },
        },
      },
    ],
    lastOperation: {
      started: 1658427025696,
      updated: 1658427031832,
      percentCompleted: 100,
      status: { value: 'completed', properties: null, errors: [] },
      operation: 'update',
    },
  });
}

function segmentAsReturned({ id, name, filenameTemplate, exportMode, schedule }: PlanSegment): object {
  return {
    type: 'PLATFORM_SEGMENT',
    value: {
      id,
      name: name ?? null,
      description: '',
      filenameTemplate,
      exportMode,
      schedule: { ...schedule, triggerType: schedule.triggerType ?? 'SCHEDULED' },
      createTime: '1640016962',
      updateTime: '1642534355',
    },
  };
}

function attributeAsReturned(path: string): object {
  return {
    type: 'JSON_PATH',
    value: {
      path,
      operator: 'EXISTS',
      mapping: {
        sourceType: 'text/x.schema-path',
        source: path,
        destination: path,
        identity: false,
        primaryIdentity: false,
        functionVersion: 0,
        sourceAttribute: path,
        destinationXdmPath: path,
      },
    },
  };
}

const hexId = fc.uuid();

const date = (min: string, max: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(min), max: new Date(max), noInvalidDate: true })
    .map((moment) => moment.toISOString().slice(0, 10));
const startDate = date('2026-01-01', '2029-12-31');
const endDate = fc.option(date('2030-01-01', '2039-12-31'), { nil: undefined });
const startTime = fc.integer({ min: 0, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:00`);

type How = Pick<PlanSegment, 'exportMode' | 'schedule'>;

/** Every row of the contract's table of valid combinations. @see flow-service.md, section 5.2 */
const how: fc.Arbitrary<How> = fc.oneof(
  fc.record({
    exportMode: fc.constant('DAILY_FULL_EXPORT' as const),
    schedule: fc.record({
      frequency: fc.constant('ONCE' as const),
      triggerType: fc.constantFrom('SCHEDULED' as const, undefined),
      startDate,
      startTime,
    }),
  }),
  fc.record({
    exportMode: fc.constant('DAILY_FULL_EXPORT' as const),
    schedule: fc.oneof(
      fc.record({
        frequency: fc.constant('ONCE' as const),
        triggerType: fc.constant('AFTER_SEGMENT_EVAL' as const),
        startDate,
      }),
      fc.record({
        frequency: fc.constant('DAILY' as const),
        triggerType: fc.constant('AFTER_SEGMENT_EVAL' as const),
        startDate,
        endDate,
      }),
    ),
  }),
  fc.record({
    exportMode: fc.constantFrom('DAILY_FULL_EXPORT' as const, 'FIRST_FULL_THEN_INCREMENTAL' as const),
    schedule: fc.record({ frequency: fc.constant('DAILY' as const), startDate, endDate, startTime }),
  }),
  fc.record({
    exportMode: fc.constant('FIRST_FULL_THEN_INCREMENTAL' as const),
    schedule: fc.record({
      frequency: fc.constantFrom(
        'EVERY_3_HOURS' as const,
        'EVERY_6_HOURS' as const,
        'EVERY_8_HOURS' as const,
        'EVERY_12_HOURS' as const,
      ),
      triggerType: fc.constantFrom('SCHEDULED' as const, undefined),
      startDate,
      endDate,
      startTime,
    }),
  }),
);

const segment: fc.Arbitrary<PlanSegment> = fc
  .tuple(
    hexId,
    fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }), { nil: undefined }),
    fc.constantFrom(
      template,
      '%DESTINATION_NAME%_%SEGMENT_ID%',
      '%SEGMENT_ID%.%DESTINATION_NAME%_%TIMESTAMP%',
    ),
    how,
  )
  .map(([id, name, filenameTemplate, { exportMode, schedule }]) =>
    without({ id, name, filenameTemplate, exportMode, schedule: without(schedule) }),
  );

/** A document has no members that are `undefined`. */
function without<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined)) as Value;
}

const attributes: fc.Arbitrary<Plan['attributes']> = fc
  .uniqueArray(
    fc
      .array(fc.constantFrom('person', 'name', 'address', '_acme', 'loyaltyId', 'city'), {
        minLength: 1,
        maxLength: 4,
      })
      .map((names) => names.join('.')),
    { minLength: 1, maxLength: 8 },
  )
  .chain((selected) =>
    fc.record({
      selected: fc.constant(selected),
      mandatory: fc.shuffledSubarray(selected),
      deduplication: fc.oneof(
        fc
          .shuffledSubarray(selected, { maxLength: Math.min(2, selected.length) })
          .map((paths) =>
            paths.map((attributePath): DeduplicationKey => ({ fieldType: 'ATTRIBUTE', attributePath })),
          ),
        fc
          .constantFrom('Email', 'ECID')
          .map((identityNamespace): DeduplicationKey[] => [{ fieldType: 'IDENTITY', identityNamespace }]),
      ),
    }),
  );

const destination: fc.Arbitrary<Plan['destination']> = fc.constantFrom(...catalog).chain((entry) =>
  fc.record({
    connectionSpecId: fc.constant(entry.connectionSpecId),
    auth: fc.constantFrom(...entry.auth).map(({ specName, fields }) => ({
      specName,
      params: Object.fromEntries(
        fields
          .filter((field) => field.isRequired)
          .map((field) => [
            field.name,
            field.isSecret ? { $secret: 'env:SECRET' } : (field.example ?? 'somebody'),
          ]),
      ),
    })),
    location: fc.constantFrom(...entry.modes).map(({ mode, fields }) => ({
      mode: String(mode),
      ...Object.fromEntries(fields.map((field) => [field.name, field.defaultValue ?? field.example ?? ''])),
    })),
  }),
);

/** Any sound plan for a destination of the catalog. */
export const soundPlan: fc.Arbitrary<Plan> = fc.record({
  version: fc.constant(1 as const),
  // What cannot be seen is a problem in a name.
  name: fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map(withoutHidden)
    .filter((name) => name !== ''),
  sandbox: fc.constantFrom('dev', 'prod', 'stage-2'),
  destination,
  segments: fc.uniqueArray(segment, { minLength: 1, maxLength: 5, selector: (one) => one.id }),
  attributes,
});
