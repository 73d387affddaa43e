import fc from 'fast-check';
import { applyPatch, type Operation } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../source/activation/spec/catalog.ts';
import { compare } from '../../source/activation/report.ts';
import { type Plan } from '../../source/activation/plan/plan.ts';
import {
  activationPatch,
  flowBody,
  maskedParams,
  maskedSecret,
  plannedRequests,
  sourceBaseConnectionBody,
  sourceConnectionBody,
  targetBaseConnectionBody,
  targetConnectionBody,
} from '../../source/activation/requests.ts';
import { isCreateStep, requestSteps, stepsToMake } from '../../source/activation/steps.ts';
import { locationParams } from '../../source/activation/spec/storage-location.ts';
import { flow } from '../../source/flow-service/flows.ts';
import { newerPlan } from '../helpers/newer-plan.ts';
import { loyalty, mountainBiking, soundPlan, tutorialPlan } from '../helpers/plans.ts';
import { some } from '../helpers/some.ts';

const caller = { authorization: 'Bearer ********', apiKey: 'key', orgId: '5555467B@AdobeOrg' };
const template = '%DESTINATION_NAME%_%SEGMENT_ID%_%DATETIME(YYYYMMdd_HHmmss)%';

const at = (connectionSpecId: string, location: Plan['destination']['location']): Plan => ({
  ...tutorialPlan,
  destination: { ...tutorialPlan.destination, connectionSpecId, location },
});

describe('the bodies that create objects', () => {
  it('make a connection to Profile Store without a sign-in', () => {
    expect(sourceBaseConnectionBody(tutorialPlan)).toEqual({
      name: 'Profile Store · Activate segments to Adobe Campaign',
      connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' },
    });
  });

  it('make a source connection on it', () => {
    const ids = { sourceBaseConnectionId: '1ed86558-59b5-42f7-9865-5859b552f7f4' };
    expect(sourceConnectionBody(tutorialPlan, ids)).toEqual({
      name: 'Profile Store source · Activate segments to Adobe Campaign',
      baseConnectionId: '1ed86558-59b5-42f7-9865-5859b552f7f4',
      connectionSpec: { id: '8a9c3494-9708-43d7-ae3f-cda01e5030e1', version: '1.0' },
      data: { format: 'CSV', schema: null },
      params: {},
    });
  });

  it('make an account at the destination with the parameters that were resolved', () => {
    const params = { accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'in clear' };
    expect(targetBaseConnectionBody(tutorialPlan, params)).toEqual({
      name: 'Adobe Campaign account · Activate segments to Adobe Campaign',
      connectionSpec: { id: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97', version: '1.0' },
      auth: { specName: 'S3', params },
    });
  });

  it('make an account without a sign-in where there is none', () => {
    const { connectionSpecId, location } = tutorialPlan.destination;
    const body = targetBaseConnectionBody(
      { ...tutorialPlan, destination: { connectionSpecId, location } },
      {},
    );
    expect(Object.keys(body)).toEqual(['name', 'connectionSpec']);
  });

  it('make a target connection at the storage location', () => {
    const ids = { targetBaseConnectionId: '1ed86558-59b5-42f7-9865-5859b552f7f4' };
    expect(targetConnectionBody(tutorialPlan, ids)).toEqual({
      name: 'Adobe Campaign target · Activate segments to Adobe Campaign',
      baseConnectionId: '1ed86558-59b5-42f7-9865-5859b552f7f4',
      connectionSpec: { id: '0b23e41a-cb4a-4321-a78f-3b654f5d7d97', version: '1.0' },
      data: { format: 'json', schema: { id: '1.0', version: '1.0' } },
      params: { mode: 'S3', bucketName: 'crm-exports', path: 'daily', format: 'CSV' },
    });
  });

  it('make a dataflow with the empty structure that a patch can add to', () => {
    const ids = { flowSpecId: 'F', sourceConnectionId: 'S', targetConnectionId: 'T' };
    expect(flowBody({ ...tutorialPlan, description: 'For the mountains' }, ids)).toEqual({
      name: 'Activate segments to Adobe Campaign',
      description: 'For the mountains',
      flowSpec: { id: 'F', version: '1.0' },
      sourceConnectionIds: ['S'],
      targetConnectionIds: ['T'],
      transformations: [
        {
          name: 'GeneralTransform',
          params: { segmentSelectors: { selectors: [] }, profileSelectors: { selectors: [] } },
        },
      ],
    });
  });

  const bodies = (plan: Plan, marker: string): Record<string, unknown>[] => {
    const id = '1';
    return [
      sourceBaseConnectionBody(plan, marker),
      sourceConnectionBody(plan, { sourceBaseConnectionId: id }, marker),
      targetBaseConnectionBody(plan, {}, marker),
      targetConnectionBody(plan, { targetBaseConnectionId: id }, marker),
      flowBody(plan, { flowSpecId: id, sourceConnectionId: id, targetConnectionId: id }, marker),
    ].map((body) => ({ ...body }));
  };

  it('carry the marker of the run after the description', () => {
    const plan = { ...tutorialPlan, description: 'For the mountains' };
    expect(bodies(plan, 'ferry run 1').map((body) => body['description'])).toEqual(
      Array(5).fill('For the mountains · ferry run 1'),
    );
    expect(bodies(tutorialPlan, 'ferry run 1').map((body) => body['description'])).toEqual(
      Array(5).fill('ferry run 1'),
    );
  });

  it('shorten names and descriptions to 255 characters, and never lose the marker', () => {
    const long = 'x'.repeat(255);
    for (const body of some(bodies({ ...tutorialPlan, name: long, description: long }, 'ferry run 1'))) {
      expect(String(body['name']).length).toBeLessThanOrEqual(255);
      expect(String(body['description']).length).toBeLessThanOrEqual(255);
      expect(body['description']).toMatch(/^x{200,} · ferry run 1$/);
    }
  });
});

describe('locationParams', () => {
  it.each<[string, string, Plan['destination']['location'], object]>([
    [
      'adds the format that the mode has',
      '64ef4b8b-a6e0-41b5-9677-3805d1ee5dd0',
      { mode: 'FTP', remotePath: '/exports' },
      { mode: 'FTP', remotePath: '/exports', format: 'CSV' },
    ],
    [
      'adds it for the mode of older tutorials too',
      'e258278b-a4cf-43ac-b158-4fa0ca0d948b',
      { mode: 'Cloud Storage', container: 'crm', path: 'daily' },
      { mode: 'Cloud Storage', container: 'crm', path: 'daily', format: 'CSV' },
    ],
    [
      'sends what the plan says rather than what it would add',
      '4890fc95-5a1f-4983-94bb-e060c08e3f81',
      { mode: 'S3', bucketName: 'crm', path: 'daily', format: 'PARQUET' },
      { mode: 'S3', bucketName: 'crm', path: 'daily', format: 'PARQUET' },
    ],
    [
      'adds nothing for a destination that nobody knows',
      '00000000-0000-0000-0000-000000000000',
      { path: 'daily', includeFileManifest: true },
      { path: 'daily', includeFileManifest: true },
    ],
  ])('%s', (_, connectionSpecId, location, wanted) => {
    expect(locationParams(at(connectionSpecId, location))).toEqual(wanted);
  });
});

describe('maskedParams', () => {
  it('shows plain parameters and hides where a secret comes from', () => {
    expect(maskedParams(tutorialPlan)).toEqual({
      accessId: 'AKIAIOSFODNN7EXAMPLE',
      secretKey: maskedSecret,
    });
  });

  it('is empty without a sign-in', () => {
    const { connectionSpecId, location } = tutorialPlan.destination;
    expect(maskedParams({ ...tutorialPlan, destination: { connectionSpecId, location } })).toEqual({});
  });
});

describe('activationPatch', () => {
  const params = '/transformations/0/params';

  it('adds the segments, then the attributes, then mandatory fields and keys', () => {
    const attribute = (path: string): object => ({
      op: 'add',
      path: `${params}/profileSelectors/selectors/-`,
      value: { type: 'JSON_PATH', value: { path } },
    });
    expect(activationPatch(tutorialPlan)).toEqual([
      {
        op: 'add',
        path: `${params}/segmentSelectors/selectors/-`,
        value: {
          type: 'PLATFORM_SEGMENT',
          value: {
            id: mountainBiking,
            name: 'Interested in Mountain Biking',
            filenameTemplate: template,
            exportMode: 'DAILY_FULL_EXPORT',
            schedule: {
              frequency: 'ONCE',
              triggerType: 'SCHEDULED',
              startDate: '2021-12-20',
              startTime: '17:00',
            },
          },
        },
      },
      {
        op: 'add',
        path: `${params}/segmentSelectors/selectors/-`,
        value: {
          type: 'PLATFORM_SEGMENT',
          value: {
            id: loyalty,
            name: 'Loyalty Segment',
            filenameTemplate: template,
            exportMode: 'FIRST_FULL_THEN_INCREMENTAL',
            schedule: {
              frequency: 'EVERY_6_HOURS',
              triggerType: 'SCHEDULED',
              startDate: '2021-12-22',
              endDate: '2021-12-31',
              startTime: '17:00',
            },
          },
        },
      },
      attribute('homeAddress.countryCode'),
      attribute('person.name.firstName'),
      attribute('person.name.lastName'),
      attribute('personalEmail.address'),
      attribute('segmentMembership.status'),
      {
        op: 'add',
        path: `${params}/profileSelectors/mandatoryFields`,
        value: ['person.name.firstName', 'person.name.lastName'],
      },
      {
        op: 'add',
        path: `${params}/profileSelectors/primaryFields`,
        value: [{ fieldType: 'ATTRIBUTE', attributePath: 'personalEmail.address' }],
      },
    ]);
  });

  it('leaves out mandatory fields and keys when there are none', () => {
    const attributes = { ...tutorialPlan.attributes, mandatory: [], deduplication: [] };
    const paths = activationPatch({ ...tutorialPlan, attributes }).map(({ path }) => path);
    expect(paths).toHaveLength(7);
    expect(new Set(paths)).toEqual(
      new Set([`${params}/segmentSelectors/selectors/-`, `${params}/profileSelectors/selectors/-`]),
    );
  });

  it('writes an identity as a key, and what an audience of another origin needs', () => {
    const patch = activationPatch({
      ...tutorialPlan,
      segments: [
        {
          id: mountainBiking,
          filenameTemplate: template,
          exportMode: 'DAILY_FULL_EXPORT',
          systemSegmentId: 'system',
          namespace: 'CustomerAudienceUpload',
          schedule: { frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '2026-12-01' },
        },
      ],
      attributes: {
        selected: ['Email'],
        mandatory: [],
        deduplication: [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
      },
    });
    expect(patch.map(({ value }) => value)).toEqual([
      {
        type: 'PLATFORM_SEGMENT',
        value: {
          id: mountainBiking,
          systemSegmentId: 'system',
          namespace: 'CustomerAudienceUpload',
          filenameTemplate: template,
          exportMode: 'DAILY_FULL_EXPORT',
          schedule: { frequency: 'DAILY', triggerType: 'AFTER_SEGMENT_EVAL', startDate: '2026-12-01' },
        },
      },
      { type: 'JSON_PATH', value: { path: 'Email' } },
      [{ fieldType: 'IDENTITY', identityNamespace: 'Email' }],
    ]);
  });

  it('gives exactly the selectors of the plan, in order, when it is applied to the new dataflow', () => {
    fc.assert(
      fc.property(soundPlan, (plan) => {
        const ids = { flowSpecId: 'F', sourceConnectionId: 'S', targetConnectionId: 'T' };
        const target = structuredClone(flowBody(plan, ids));
        const sent = JSON.parse(JSON.stringify(activationPatch(plan))) as Operation[];
        expect(applyPatch(target, sent).filter((error) => error !== null)).toEqual([]);

        const held = flow.parse({ ...target, state: 'enabled' });
        const [transformation] = held.transformations;
        const { segmentSelectors, profileSelectors } = transformation?.params ?? {};
        expect(
          segmentSelectors?.selectors.map(({ value }) => ({
            id: value.id,
            exportMode: value.exportMode,
            filenameTemplate: value.filenameTemplate,
            schedule: value.schedule,
          })),
        ).toEqual(
          plan.segments.map(({ id, exportMode, filenameTemplate, schedule }) => ({
            id,
            exportMode,
            filenameTemplate,
            schedule: { ...schedule, triggerType: schedule.triggerType ?? 'SCHEDULED' },
          })),
        );
        const { selected, mandatory, deduplication } = plan.attributes;
        expect(profileSelectors?.selectors.map(({ value }) => value.path)).toEqual(selected);
        expect(profileSelectors?.mandatoryFields ?? []).toEqual(mandatory);
        expect(profileSelectors?.primaryFields ?? []).toEqual(deduplication);
        expect(compare(plan, held)).toMatchObject({ isVerified: true, isReordered: false });
      }),
    );
  });
});

describe('plannedRequests', () => {
  const requests = plannedRequests(tutorialPlan, caller);

  it('go in the order of the contract', () => {
    expect(requests.map(({ step, method, path }) => `${step} ${method} ${path}`)).toEqual([
      'source-base-connection POST /data/foundation/flowservice/connections',
      'source-connection POST /data/foundation/flowservice/sourceConnections',
      'target-base-connection POST /data/foundation/flowservice/connections',
      'target-connection POST /data/foundation/flowservice/targetConnections',
      'flow POST /data/foundation/flowservice/flows',
      'activate PATCH /data/foundation/flowservice/flows/{flowId}',
      'validate GET /data/foundation/flowservice/flows/{flowId}',
    ]);
    const older = requestSteps.filter((step) => !/schema|mapping/.test(step));
    expect(requests.map(({ step }) => step)).toEqual(older);
  });

  it('name the sandbox and the caller in every call, and the version in the one that changes', () => {
    for (const { headers } of some(requests)) {
      expect(headers).toMatchObject({
        Authorization: 'Bearer ********',
        'x-api-key': 'key',
        'x-gw-ims-org-id': '5555467B@AdobeOrg',
        'x-sandbox-name': 'dev',
      });
    }
    expect(requests.map(({ headers }) => headers['If-Match'])).toEqual([
      ...Array(5).fill(undefined),
      '{etag}',
      undefined,
    ]);
    expect(requests.map(({ headers }) => headers['Content-Type'])).toEqual([
      ...Array(6).fill('application/json'),
      undefined,
    ]);
    expect(requests.at(-1)?.body).toBeNull();
  });

  it('write placeholders for what is not known yet', () => {
    const text = JSON.stringify(requests);
    for (const id of [
      'flowSpecId',
      'sourceBaseConnectionId',
      'sourceConnectionId',
      'targetBaseConnectionId',
      'targetConnectionId',
    ])
      expect(text).toContain(`{${id}}`);
    expect(text).not.toContain('CAMPAIGN_S3_SECRET');
  });

  it.each<[string, Plan, object, string]>([
    [
      'the catalog’s',
      at('4890fc95-5a1f-4983-94bb-e060c08e3f81', { mode: 'S3' }),
      {},
      '71471eba-b620-49e4-90fd-23f1fa0174d8',
    ],
    [
      'the plan’s before the catalog’s',
      {
        ...tutorialPlan,
        destination: {
          ...tutorialPlan.destination,
          connectionSpecId: '4890fc95-5a1f-4983-94bb-e060c08e3f81',
          flowSpecId: 'of the plan',
        },
      },
      {},
      'of the plan',
    ],
    ['the one that was looked up before all', tutorialPlan, { flowSpecId: 'looked up' }, 'looked up'],
  ])('use a flow spec: %s', (_, plan, known, wanted) => {
    const request = plannedRequests(plan, caller, known).find(({ step }) => step === 'flow');
    expect(request?.body).toMatchObject({ flowSpec: { id: wanted, version: '1.0' } });
  });

  it.each([
    ['an older card', tutorialPlan, 5],
    ['a newer card, without a connection to Profile Store', newerPlan, 7],
  ])('make what is counted, and no more: %s, less what is used again', (_, plan, count) => {
    const used: Partial<Plan>[] = [
      {},
      { source: { baseConnectionId: 'b' } },
      { source: { sourceConnectionId: 's' } },
      { source: { baseConnectionId: 'b', sourceConnectionId: 's' } },
      { destination: { ...plan.destination, baseConnectionId: 'a' } },
    ];
    const counts = used.map((one) => {
      const made = plannedRequests({ ...plan, ...one }, caller).map(({ step }) => step);
      expect(stepsToMake({ ...plan, ...one })).toEqual(made.filter(isCreateStep));
      return stepsToMake({ ...plan, ...one }).length;
    });
    const less = plan === newerPlan ? [0, 0, 1, 1, 1] : [0, 1, 2, 2, 1];
    expect(counts).toEqual(less.map((one) => count - one));
  });

  it('show no secret reference for any plan', () => {
    fc.assert(
      fc.property(soundPlan, (plan) => {
        const text = JSON.stringify(plannedRequests(plan, caller));
        expect(text).not.toContain('$secret');
        expect(text).not.toContain('env:SECRET');
        expect(text).toContain(maskedSecret);
      }),
    );
  });

  it('name the destination as people know it', () => {
    for (const entry of some(catalog)) {
      const body = plannedRequests(at(entry.connectionSpecId, {}), caller)[2]?.body;
      expect(body).toMatchObject({ name: `${entry.name} account · ${tutorialPlan.name}` });
    }
  });
});
